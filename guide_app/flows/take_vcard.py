"""Writes clients as vCard 4.0 (RFC 6350), as telephones and mail programs read it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from guide_app.base.icalendar import escaped, folded
from guide_app.flows.take_tables import birthday_text

_GENDER = {"female": "F", "male": "M"}


def vcards(rows: Iterable[Mapping[str, Any]], mark: str) -> str:
    """A card for each row of `take_tables.CLIENTS`; fields that a row lacks are left out of its card."""
    return "".join(_card(row, mark) for row in rows)


def _card(row: Mapping[str, Any], mark: str) -> str:
    name, born = str(row.get("name") or ""), birthday(row)
    lines = [
        "BEGIN:VCARD",
        "VERSION:4.0",
        f"FN:{_text(name)}",
        *([f"TEL;TYPE=cell:{_text(row['phone'])}"] if row.get("phone") else ()),
        *([f"X-WECHAT:{_text(row['wechat'])}"] if row.get("wechat") else ()),
        *([f"GENDER:{_GENDER[row['sex']]}"] if row.get("sex") in _GENDER else ()),
        *([born] if born else ()),
        *([f"NOTE:{_text(row['remark'])}"] if row.get("remark") else ()),
        *([f"CATEGORIES:{','.join(_text(tag) for tag in str(row['tags']).split('、'))}"] if row.get("tags") else ()),
        f"X-EXPORT-MARK:{_text(mark)}",
        "END:VCARD",
    ]
    return "".join(folded(line).decode() for line in lines)


def birthday(row: Mapping[str, Any]) -> str:
    """The BDAY line; a lunar birthday is text there (RFC 6350, section 6.2.5), a month alone `1991-03` or `--03`."""
    if row.get("birth_month") is None:
        return ""
    if row.get("birth_calendar") == "lunar":
        return f"BDAY;VALUE=text:{birthday_text(row)}"
    year, month, day = row.get("birth_year"), row["birth_month"], row.get("birth_day")
    if day is None:
        return f"BDAY:{year:04d}-{month:02d}" if year else f"BDAY:--{month:02d}"
    return f"BDAY:{f'{year:04d}' if year else '--'}{month:02d}{day:02d}"


def _text(value: object) -> str:
    return escaped(str(value))
