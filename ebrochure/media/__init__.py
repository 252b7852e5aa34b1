"""The only door to ffmpeg: start it, watch it, stop it, and know what it made."""
