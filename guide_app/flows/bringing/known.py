"""A person of the file who is in the book already: what differs, and what her record becomes. Pure.

Nothing that is there is overwritten unless a person chose so, field by field. Her record has one phone; with `both` the
other number is written into the remark.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from guide_app.base.phone import mask_phone
from guide_app.base.tabular.people import BIRTH, missing_fields
from guide_app.flows.bringing.model import Difference, Keep
from guide_app.flows.take_tables import birthday_text

_BIRTHDAY = "birthday"
_OTHER_PHONE = "另一个手机号: {phone}"


def clash(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether two records with something in common have different phones: then they are two persons."""
    return bool(one.get("phone") and other.get("phone") and one["phone"] != other["phone"])


def differences(held: Mapping[str, Any], offered: Mapping[str, Any]) -> tuple[Difference, ...]:
    """Fields that both fill and fill differently; a birthday is one field, and the book's phone comes masked."""
    found = [
        Difference(name, _shown(name, str(held[name])), str(value))
        for name, value in offered.items()
        if name not in BIRTH and value not in (None, "") and held.get(name) not in (None, "", value)
    ]
    if held.get("birth_month") is not None and offered.get("birth_month") is not None:
        mine, theirs = birthday_text(held), birthday_text(offered)
        if mine != theirs:
            found.append(Difference(_BIRTHDAY, mine, theirs))
    return tuple(found)


def _shown(name: str, value: str) -> str:
    """The book's value as everybody may see it: an import is no way round the log of looks."""
    return mask_phone(value) if name == "phone" else value


def resolve(held: Mapping[str, Any], offered: Mapping[str, Any], chosen: Mapping[str, Keep]) -> dict[str, Any]:
    """The fields to change: those that the record lacks, and those for which the file was chosen."""
    changes = missing_fields(held, offered)
    for one in differences(held, offered):
        keep = chosen.get(one.field, "mine")
        if keep == "theirs":
            names = BIRTH if one.field == _BIRTHDAY else (one.field,)
            changes |= {name: offered[name] for name in names}
        elif keep == "both" and one.field == "phone":
            remark = changes.get("remark") or held.get("remark") or ""
            told = _OTHER_PHONE.format(phone=offered["phone"])
            changes["remark"] = remark if told in remark else "\n".join(filter(None, (remark, told)))
    return {name: value for name, value in changes.items() if held.get(name) != value}
