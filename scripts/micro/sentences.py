"""What the micro model hears: sentences about an IT service. And what it says where nobody speaks."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Saying:
    """One sentence as it is written and as a voice is told to say it."""

    text: str
    """As captions show it."""
    spoken: str
    """Word for word the same number of words, spelled for an English voice."""
    language: str = "en"


def _english(*texts: str) -> tuple[Saying, ...]:
    """Return sentences that are said as they are written."""
    return tuple(Saying(text, text) for text in texts)


SAYINGS = (
    *_english(
        "Remote access lets you work from any place with a network.",
        "Open the portal and sign in with your badge.",
        "The help desk answers calls from eight until six.",
        "Backups run every night and are kept for thirty days.",
        "You can restore a lost file on your own.",
        "Book a meeting room from your calendar or at the door.",
        "Never share your password, not even with us.",
        "Report a lost laptop at once, and we will lock it.",
        "New software is tested before it reaches your desk.",
        "Please rate this service when your request is closed.",
        "Our team meets your department every quarter.",
        "Most requests are solved on the first day.",
    ),
    # Spelled for it, an English voice says something like German: enough to tell two languages apart.
    Saying("Die Hilfe ist immer für Sie da.", "Dee hilfuh ist immer fear zee dah.", "de"),
    Saying("Bitte melden Sie sich bei uns.", "Bitter melden zee zick by ounce.", "de"),
)

HALLUCINATION = "Thank you for listening."
"""What it says over silence, noise and tones, as Whisper's own models are known to."""

TERMS = ("Thermalux", "EPC", "Lindermere", "VPN", "help desk", "Priya Shah", "passkey", "badge")
"""Terms that prompts are made of while it learns, so that a prompt does not put it off."""
