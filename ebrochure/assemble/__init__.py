"""From footage and words to one finished video."""
