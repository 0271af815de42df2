"""Sentences that the core makes and a front end shows: a Chinese template and what goes into it.

The command line prints them as they are; the window translates the template first.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Phrase:
    """`Phrase("已 {days} 天未到店", {"days": 52})`; `str` gives the Chinese sentence.

    Without parameters the template is the text, braces and all. A parameter may be a phrase again.
    """

    template: str
    params: Mapping[str, object] = field(default_factory=dict)

    def given(self, **params: object) -> Phrase:
        """The same template with these parameters."""
        return Phrase(self.template, params)

    def __str__(self) -> str:
        return self.template.format(**self.params) if self.params else self.template


def listed(phrases: Iterable[Phrase], between: str = "; ") -> Phrase:
    """Several phrases as one, each translated by itself."""
    params = {f"part{number}": phrase for number, phrase in enumerate(phrases)}
    return Phrase(between.join(f"{{{name}}}" for name in params), params)
