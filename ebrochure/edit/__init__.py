"""Edits that people make elsewhere: OpenTimelineIO out of what a build decided, and in as a video's body."""
