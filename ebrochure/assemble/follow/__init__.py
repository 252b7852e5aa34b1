"""Slides follow the speaker: when each slide's turn comes, from its words and those that are said."""
