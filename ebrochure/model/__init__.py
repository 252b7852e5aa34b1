"""Floor 1: frozen data in the trade's words. No input, no output, one noun a file."""
