"""What comes with the product: templates, the brand kit and the sample services.

In a checkout they lie beside the package, in a wheel they lie inside it.
"""

from __future__ import annotations

from pathlib import Path

from ebrochure.errors import MissingToolError

_PACKAGE = Path(__file__).resolve().parent
_HOMES = (_PACKAGE / "_shipped", _PACKAGE.parent)


def shipped(name: str) -> Path:
    """Return the shipped file or folder called `name`, such as ``templates`` or ``assets/brand``.

    Raises:
        MissingToolError: The installation lacks it.
    """
    for home in _HOMES:
        if (home / name).exists():
            return home / name
    msg = f"`{name}`, which belongs to ebrochure, is missing from this installation"
    raise MissingToolError(msg, "install ebrochure again")
