"""What is made from a finished video and offered beside it; the video itself is never touched."""
