"""What a list may not bring in without a consent: facts of health, and children under 14 (个人信息保护法 arts. 28-31).

A list proves no consent, so a sentence or tag about either stays out of a row that is otherwise taken, and the report
says so; a row about somebody who is under 14 herself is not taken at all, as nothing of it may be kept.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import Any

from guide_app.base.errors import InvalidInputError
from guide_app.base.tabular.rejects import RowReject
from guide_app.clients.dates import GUARDED_AGE, age_on
from guide_app.clients.lawful import unasked
from guide_app.clients.tag_words import TagGuard

#: Columns in which people write what they like, with the titles by which the report names them.
TOLD = {"remark": "备注", "preference": "偏好"}
_TAGS = "标签"


def require_grown_up(fields: Mapping[str, Any], guard: TagGuard, today: dt.date) -> None:
    """Raise InvalidInputError if a row's birthday, or the age it says, is that of somebody under 14 on `today`."""
    year = fields.get("birth_year")
    young = year is not None and _age(year, fields, today) < GUARDED_AGE
    if young or _says_child(str(fields.get("age_band") or ""), guard):
        raise InvalidInputError(
            "client.under_age",
            "不满 {age} 岁, 须先取得监护人的同意 (个人信息保护法第 28、31 条)。",
            "请不要为孩子建档; 可以记在家长的重要日子里。",
            age=GUARDED_AGE,
        )


def without_unasked(
    number: int, fields: Mapping[str, Any], tags: tuple[str, ...], guard: TagGuard
) -> tuple[dict[str, Any], tuple[str, ...], list[RowReject]]:
    """A row's fields and tags less those that need a consent first, and why each of them is left out.

    The reasons name the word that was found and never repeat a whole sentence.
    """
    left_out = []
    kept = dict(fields)
    for name, title in TOLD.items():
        if why := unasked(str(fields.get(name) or ""), guard, tag=False):
            del kept[name]
            left_out.append(RowReject.of(number, title, "", why))
    free = []
    for tag in tags:
        if why := unasked(tag, guard, tag=True):
            left_out.append(RowReject.of(number, _TAGS, "", why))
        else:
            free.append(tag)
    return kept, tuple(free), left_out


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
