"""Columns as a person chooses them: `COLUMN=FIELD`, and `COLUMN=` for one that is to be left out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace

from guide_app.base.errors import GuideError, InvalidInputError
from guide_app.base.phrase import Phrase
from guide_app.base.tabular.fields import Field

_FLAG = Phrase("{way_out}命令行用 --map 列=字段。")


@contextmanager
def named_by_flag() -> Iterator[None]:
    """Let a command say how columns are named to it, where those of a file inside are not told by their titles."""
    try:
        yield
    except GuideError as e:
        if e.code != "table.columns":
            raise
        raise type(e)(e.code, e.said, _FLAG.given(way_out=e.remedy)) from e


@dataclass(frozen=True, slots=True)
class Choice:
    """The fields that are still looked for by their titles, and the columns whose field was named."""

    fields: Sequence[Field]
    columns: Mapping[str, str]


def parse_choices(pairs: Iterable[str]) -> dict[str, str]:
    """Field names by column title; an empty one leaves the column out. Raises InvalidInputError."""
    chosen: dict[str, str] = {}
    for pair in pairs:
        title, sep, name = pair.rpartition("=")
        if not sep or not title.strip():
            raise InvalidInputError("map.syntax", "「{pair}」不是 列=字段。", "例如 --map 联系方式=phone。", pair=pair)
        chosen[title] = name.strip()
    return chosen


def choose(fields: Sequence[Field], chosen: Mapping[str, str]) -> Choice:
    """Apply what was chosen: left-out columns are looked for under no title any more."""
    left_out = {title.casefold() for title, name in chosen.items() if not name}
    kept = [
        replace(field, titles=tuple(title for title in field.titles if title.casefold() not in left_out))
        for field in fields
        if field.name not in left_out
    ]
    return Choice(kept, {title: name for title, name in chosen.items() if name})
