"""What a list may not bring in without a consent: facts of health, and children under 14 (个人信息保护法 arts. 28-31).

A list proves no consent, so a sentence or tag about either stays out of a row that is otherwise taken, and the report
says so, unless the client is known and has given that consent already. A row about somebody who is under 14 herself is
not taken at all, as nothing of it may be kept. Pure, and the same at the desk and at head office.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from guide_app.base.ages import GUARDED_AGE, age_on, too_young
from guide_app.base.barred import require_none_barred, told, whose
from guide_app.base.errors import InvalidInputError
from guide_app.base.tabular.rejects import RowReject
from guide_app.base.tag_words import Finding, TagGuard

#: Columns in which people write what they like, with the titles by which the report names them.
TOLD = {"remark": "备注", "preference": "偏好"}
#: The purposes of consent (`WordList.consent`) that let something in.
PURPOSES = ("sensitive", "child")
_TAGS = "标签"


@dataclass(frozen=True, slots=True)
class Withheld:
    """A text of a row that needs a consent, and why: of the field `name`, or of a tag if that is empty."""

    name: str
    text: str
    purpose: str
    why: RowReject


class Lawful(NamedTuple):
    """What of a row may be kept of anybody, and what only with her consent."""

    fields: Mapping[str, Any]
    tags: tuple[str, ...]
    withheld: tuple[Withheld, ...] = ()


def lawful_row(
    number: int, fields: Mapping[str, Any], tags: tuple[str, ...], guard: TagGuard, today: dt.date
) -> Lawful:
    """A row (its number in the file) without what needs a consent first. Raises InvalidInputError if none of it may be.

    The reasons name the word that was found and never repeat a whole sentence.
    """
    said = {name: str(fields[name]) for name in TOLD if fields.get(name)}
    notes = {name: found for name, text in said.items() if (found := guard.judge(text, tag=False))}
    marks = {tag: found for tag in tags if (found := guard.judge(tag))}
    if notes or marks:
        require_none_barred(notes.values(), marks.items())
    _require_grown_up(fields, guard, today)
    if not notes and not marks:
        return Lawful(fields, tags)
    withheld = [
        Withheld(name, said[name], found.words.consent, RowReject.of(number, TOLD[name], "", _unasked_note(found)))
        for name, found in notes.items()
    ]
    withheld += [
        Withheld("", tag, found.words.consent, RowReject.of(number, _TAGS, "", _unasked_tag(found, tag)))
        for tag, found in marks.items()
    ]
    kept = {name: value for name, value in fields.items() if name not in notes}
    return Lawful(kept, tuple(tag for tag in tags if tag not in marks), tuple(withheld))


def with_consents(row: Lawful, granted: Collection[str]) -> Lawful:
    """The row as a client may have it whose consents of the purposes `granted` stand; what is left is withheld."""
    fields, tags, withheld = dict(row.fields), list(row.tags), []
    for one in row.withheld:
        if one.purpose not in granted:
            withheld.append(one)
        elif one.name:
            fields.setdefault(one.name, one.text)
        else:
            tags.append(one.text)
    return Lawful(fields, tuple(dict.fromkeys(tags)), tuple(withheld))


def reasons(withheld: Sequence[Withheld]) -> list[RowReject]:
    """Why each of these was left out."""
    return [one.why for one in withheld]


def _require_grown_up(fields: Mapping[str, Any], guard: TagGuard, today: dt.date) -> None:
    """Raise InvalidInputError if a row's birthday, or the age it says, is that of somebody under 14 on `today`."""
    year, band = fields.get("birth_year"), fields.get("age_band")
    young = year is not None and _age(year, fields, today) < GUARDED_AGE
    if young or (band and _says_child(str(band), guard)):
        raise too_young()


def _unasked_tag(finding: Finding, text: str) -> InvalidInputError:
    return InvalidInputError(
        "list.consent_needed",
        "标签「{text}」涉及{title} (「{word}」), 须先取得{whose} ({article})。",
        "这一处没有导入; 登记同意后, 请在她的资料里补写。",
        **told(finding),
        whose=whose(finding),
        text=text,
    )


def _unasked_note(finding: Finding) -> InvalidInputError:
    return InvalidInputError(
        "list.consent_needed",
        "这句话里有{title} (「{word}」), 须先取得{whose} ({article})。",
        "这一处没有导入; 登记同意后, 请在她的资料里补写。",
        **told(finding),
        whose=whose(finding),
    )


def _age(year: int, fields: Mapping[str, Any], today: dt.date) -> int:
    month, day = fields.get("birth_month"), fields.get("birth_day")
    return age_on(year, month, day, today, fields.get("birth_calendar") or "solar")


def _says_child(age_band: str, guard: TagGuard) -> bool:
    """Whether an age (`12`, `10岁`, `6-12`) or a word (`儿童`) says that she is under 14."""
    numbers = [int(digits) for digits in re.findall(r"\d+", age_band)]
    if numbers:
        return max(numbers) < GUARDED_AGE
    finding = guard.judge(age_band)
    return finding is not None and finding.words.consent == "child"
