"""What a guide may settle when she says that two records are one person (`client.merge`, docs/protocol.md). Pure."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import msgspec

from guide_app.protocol.kinds import KINDS, check_fields

#: For how long a merge can be undone.
UNDO_DAYS = 30
#: A birthday is settled as a whole.
BIRTH_FIELDS = ("birth_month", "birth_day", "birth_year", "birth_calendar", "birth_leap")
#: What she is, not what she allows: consent, flags and moments follow rules of their own.
SETTLED_FIELDS = frozenset(
    {
        "name", "phone", "wechat", "sex", "age_band", "primary_guide_id", "source_channel", "shoe_size", "top_size",
        "trousers_size", "ring_size", "preference", "remark", "follow_state", "rhythm_days", *BIRTH_FIELDS,
    }
)  # fmt: skip
_NOTHING: Mapping[str, Any] = MappingProxyType({})
#: Fields that may stay unsaid inside a birthday.
_MAY_BE_SILENT = frozenset({"birth_year", "birth_leap"})


def settled_fields(keep: object) -> Mapping[str, Any]:
    """The fields of a command's `keep`, by name; nothing where it is left out.

    Raises ValueError naming the field that is not to be settled, says nothing or is of a wrong type, and for a part of
    a birthday.
    """
    if keep is None:
        return _NOTHING
    if not isinstance(keep, Mapping):
        raise ValueError("keep")  # noqa: TRY004 - the wire says something wrong, not the program
    fields: dict[str, Any] = dict(keep)
    for name, value in fields.items():
        if name not in SETTLED_FIELDS or (value in ("", None) and name not in _MAY_BE_SILENT):
            raise ValueError(name)
    if fields.keys() & set(BIRTH_FIELDS) and not fields.keys() >= set(BIRTH_FIELDS):
        raise ValueError(BIRTH_FIELDS[0])
    try:
        check_fields(KINDS["client"], fields)
    except msgspec.ValidationError as e:
        raise ValueError(str(e)) from e
    return MappingProxyType(fields)
