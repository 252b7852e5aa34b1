"""From words to cues, and the rules they are held to."""
