"""The error tree: every error a user may meet, with the place and the next step.

    EbrochureError
    ├── MaterialError      what was dropped in cannot be used (one service fails)
    ├── SettingsError      ebrochure.yaml or brand.yaml is wrong (nothing can be built)
    ├── MissingToolError   something the machine lacks
    ├── ProcessError       a child process failed or ran out of time
    ├── StoreError         the store cannot be written
    ├── LockedError        another build holds the workspace
    └── Interrupted        somebody asked to stop

Every one survives pickling: its arguments are its state.
"""

from __future__ import annotations

from ebrochure.model.findings import Finding, Level


class EbrochureError(Exception):
    """Base of all errors that end in a sentence and not in a traceback."""

    def __init__(self, message: str, hint: str | None = None) -> None:
        """Keep the sentence and the next step."""
        super().__init__(message, hint)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        """Return the sentence, and the next step below it."""
        return self.message if self.hint is None else f"{self.message}\n  hint: {self.hint}"


class MaterialError(EbrochureError):
    """What was dropped in cannot be used; carries every finding at once."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        """Keep all findings: the author mends them in one go."""
        Exception.__init__(self, findings)
        self.findings = findings
        self.message = "\n".join(str(item) for item in findings)
        self.hint = None

    @classmethod
    def one(
        cls,
        code: str,
        message: str,
        *,
        file: str | None = None,
        line: int | None = None,
        hint: str | None = None,
    ) -> MaterialError:
        """Return the error for a single finding."""
        return cls((Finding(code, Level.ERROR, message, file, line, hint),))


class SettingsError(MaterialError):
    """`ebrochure.yaml` or `brand.yaml` is wrong: nothing can be built until it is mended."""


class MissingToolError(EbrochureError):
    """The machine lacks something that the work needs."""


class ProcessError(EbrochureError):
    """A child process failed, or was ended because it ran out of time."""

    def __init__(self, message: str, hint: str | None = None, stderr: str = "") -> None:
        """Keep the last lines the process wrote."""
        Exception.__init__(self, message, hint, stderr)
        self.message = message
        self.hint = hint
        self.stderr = stderr


class StoreError(EbrochureError):
    """The store cannot be read or written."""


class LockedError(EbrochureError):
    """Another build holds the lock of this workspace."""


class Interrupted(EbrochureError):  # noqa: N818  it is no failure, somebody asked for it
    """The work was stopped on request."""
