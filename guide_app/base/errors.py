"""Errors that reach a person: a stable code, a title, a sentence, and the way out."""

from __future__ import annotations

from guide_app.base.phrase import Phrase


class GuideError(Exception):
    """An expected failure that a user or an operator reads.

    `code` is stable and machine-readable (`guide_app.protocol.problems` lists those that cross the wire);
    `sentence` says what happened and where; `way_out` says what to do next. Both are given as templates with their
    `params` beside them, and both are kept: as Chinese text for the command line and the log, and as `said` and
    `remedy` for a window in another language. What is made elsewhere comes as a `Phrase` with its own parameters.
    """

    def __init__(self, code: str, sentence: str | Phrase, way_out: str | Phrase = "", /, **params: object) -> None:
        self.code = code
        self.said = sentence if isinstance(sentence, Phrase) else Phrase(sentence, params)
        self.remedy = way_out if isinstance(way_out, Phrase) else Phrase(way_out, params)
        self.sentence = str(self.said)
        self.way_out = str(self.remedy)
        super().__init__(self.sentence)

    def __str__(self) -> str:
        return f"{self.sentence} {self.way_out}".strip()


class NotEnrolledError(GuideError):
    """This PC has no head office yet (exit code 3)."""


class LockedError(GuideError):
    """No acting guide, a wrong PIN, or no database key (exit code 3)."""


class OfficeUnreachableError(GuideError):
    """Head office did not answer; all work is kept (exit code 4)."""


class DamagedError(GuideError):
    """Stored data failed a check; nothing was changed (exit code 6)."""


class InvalidInputError(GuideError):
    """A value the user gave cannot be accepted; the sentence names the field."""


class NotFoundError(GuideError):
    """No such record in this book."""
