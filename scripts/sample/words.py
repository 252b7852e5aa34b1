"""What the drawn slides and leaflets say; spoken words stand in the services' own scripts."""

from __future__ import annotations

from sample.slides import LeafletText, SlideText

REMOTE_ACCESS = (
    SlideText(
        "Work safely from anywhere",
        ("At home, on a train or out in the rain", "On any device that we manage"),
        "hills",
    ),
    SlideText(
        "It connects by itself",
        (
            "Open your laptop, and you are in",
            "Files, email, maps and drawings",
            "Just as they are at your desk",
        ),
        "laptop",
    ),
    SlideText(
        "We ask for two things",
        ("Use only a device that we manage", "Lock your screen when you walk away"),
        "lock",
    ),
    SlideText(
        "Passkeys replace passwords",
        ("From spring 2027", "Sign in with a fingerprint or a glance", "Questions? priya.shah@example.org"),
        "fingerprint",
    ),
)

BACKUP = (
    SlideText(
        "A slip should never cost you your work",
        ("Laptops get lost", "People delete the wrong folder", "It happens every week"),
        "bin",
    ),
    SlideText(
        "Copied every hour, kept for ninety days",
        ("Your Documents folder", "Every team drive"),
        "clock",
    ),
    SlideText(
        "Getting a file back",
        ("Right-click its folder", "Choose “Previous versions”", "Pick an hour, press “Restore”"),
        "versions",
    ),
    SlideText(
        "If we lose a building",
        ("A second copy, forty miles away", "Working again by the next morning"),
        "two-houses",
    ),
)

QUICK_GUIDE = LeafletText(
    "Remote access: quick guide",
    "Keep this page in your van or your bag. It is all you need to work away from your desk.",
    (
        (
            "Connect",
            (
                "Open your laptop and sign in. It finds the network by itself.",
                "Wait until the blue drop in the corner of the screen is full.",
                "No signal? Keep working. Your changes travel home later.",
            ),
        ),
        (
            "Stay safe",
            (
                "Use only a device that we manage.",
                "Press Windows and L together when you walk away.",
                "Sit with your back to a wall when others could read your screen.",
            ),
        ),
        (
            "If something goes wrong",
            (
                "Restart the laptop. That cures most things.",
                "Ring extension 1234, day or night. A person answers.",
                "Lost your device? Tell us within the hour, and we will wipe it.",
            ),
        ),
    ),
)

TRAVEL_CHECKLIST = LeafletText(
    "Working abroad: checklist",
    "Some countries restrict encryption. Tell us a week before you travel and we will see to the rest.",
    (
        (
            "A week before",
            (
                "Write to priya.shah@example.org with the country and your dates.",
                "Ask whether you need a loan laptop. There is no charge.",
                "Check that your telephone can be reached there.",
            ),
        ),
        (
            "On the way",
            (
                "Carry your devices with you, never in the hold.",
                "Charge from the wall, not from a public USB socket.",
            ),
        ),
        (
            "When you are back",
            (
                "Return the loan laptop within two days.",
                "Tell us if anyone took a device out of your sight.",
            ),
        ),
    ),
)

MEETING_ROOMS = (
    "First, open your calendar, and find the time of your meeting.",
    "The green rooms are available, so choose one of them.",
    "Then press the button. Your name will appear on the screen outside the door.",
    "If nobody comes within ten minutes, the room is free for other people.",
)
"""Spoken in the one service that has no script, so its captions are a machine's; easy to hear."""
