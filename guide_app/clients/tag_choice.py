"""What a guide may hang, in the order in which it is offered: her usual ones first, then group by group. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from guide_app.store.pinyin import initials, syllable

#: Usual tags have a number key each.
MOST_USUAL = 9


@dataclass(frozen=True, slots=True)
class TagChoice:
    """A tag on offer. Without `multi` it replaces others of its group; a `private` one is the guide's own.

    `times` she hung it lately, the last time at `last_at` (UTC ms; 0: never). `heard` is what else it is found by: its
    pinyin and its initials.
    """

    name: str
    group: str = ""
    multi: bool = True
    blocks: bool = False
    private: bool = False
    times: int = 0
    last_at: int = 0
    heard: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TagGroup:
    """The tags of one group; `single`: one of them at most may hang. Head office's groups have names."""

    name: str
    single: bool
    tags: tuple[TagChoice, ...]


@dataclass(frozen=True, slots=True)
class Offer:
    """`usual`: at most MOST_USUAL, the most often hung first; `groups`: everything, as the dictionary is ordered."""

    usual: tuple[TagChoice, ...]
    groups: tuple[TagGroup, ...]

    def named(self, name: str) -> TagChoice | None:
        """The tag of exactly this name."""
        return next((tag for group in self.groups for tag in group.tags if tag.name == name), None)


def spoken(name: str) -> tuple[str, ...]:
    """By what a tag is found besides its name: `aitongqin`, `atq` for 爱通勤."""
    read = tuple(map(syllable, name))
    return ("".join(read), initials(read))


def offer(choices: Iterable[TagChoice]) -> Offer:
    """The choices, given in the dictionary's order, as they are offered."""
    tags = tuple(choices)
    used = sorted((tag for tag in tags if tag.times), key=lambda tag: (-tag.times, -tag.last_at, tag.name))
    groups = tuple(
        TagGroup(name, all(not tag.multi for tag in found), found)
        for name, found in ((name, tuple(found)) for name, found in groupby(tags, key=lambda tag: tag.group))
    )
    return Offer(tuple(used[:MOST_USUAL]), groups)


def matching(offered: Offer, typed: str) -> tuple[TagGroup, ...]:
    """The groups with only those tags that `typed` finds: in name or group, or where pinyin or initials begin so."""
    word = "".join(typed.split()).casefold()
    if not word:
        return offered.groups
    kept = ((group, tuple(tag for tag in group.tags if _fits(tag, word))) for group in offered.groups)
    return tuple(TagGroup(group.name, group.single, tags) for group, tags in kept if tags)


def best(groups: Sequence[TagGroup], typed: str) -> TagChoice | None:
    """What Enter means: the tag that is called, spelt or abbreviated exactly so, else the first found."""
    word = "".join(typed.split()).casefold()
    found = [tag for group in groups for tag in group.tags]
    exact = (tag for tag in found if tag.name.casefold() == word or word in tag.heard)
    return next(exact, found[0] if found else None)


def _fits(tag: TagChoice, word: str) -> bool:
    return (
        word in tag.name.casefold() or word in tag.group.casefold() or any(said.startswith(word) for said in tag.heard)
    )
