"""What a scanner reads off goods: GTIN symbols, GS1 element strings and GS1 Digital Links.

Sources: GS1 General Specifications (section 3 for application identifiers, 5.2 for EAN/UPC, 7.8 for FNC1 as group
separator, 7.11 for the century of a date), GS1 Digital Link Standard: URI Syntax,
ISO/IEC 15424 (symbology identifiers).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from urllib.parse import parse_qsl, unquote, urlsplit

from guide_app.base.errors import InvalidInputError
from guide_app.base.gtin import check_digit, parse_gtin

GS = "\x1d"
"""Group separator: how FNC1 after a field of variable length is transmitted."""
#: What a gun or a person leaves around a code. `str.strip` alone would take a leading group separator for a blank.
_BLANK = " \t\r\n"

#: Application identifiers of fixed length: digits of the value. All others run to a group separator or the end.
_FIXED: Mapping[str, int] = MappingProxyType(
    {"00": 18, "01": 14, "02": 14, "11": 6, "12": 6, "13": 6, "15": 6, "16": 6, "17": 6, "20": 2}
)
#: Of variable length: the most characters of the value. `310` stands for 3100 to 3109.
_VARIABLE: Mapping[str, int] = MappingProxyType(
    {
        "10": 20, "21": 20, "22": 20, "235": 28, "240": 30, "241": 30, "242": 6, "250": 30, "251": 30, "30": 8,
        "37": 8, "400": 30, "401": 30, "420": 20, "421": 12, "90": 30, "91": 90, "92": 90, "93": 90, "94": 90,
        "95": 90, "96": 90, "97": 90, "98": 90, "99": 90,
    }
)  # fmt: skip
_MEASURES = tuple(str(n) for n in (*range(310, 317), *range(320, 338), *range(340, 358), *range(360, 370)))
_LOCATIONS = tuple(str(n) for n in range(410, 418))
_SYMBOLOGY = re.compile(r"\][A-Za-z][0-9A-Za-z]")
_BRACKETED = re.compile(r"\((\d{2,4})\)([^(]*)")
_LINK = re.compile(r"(?:^|/)01/([^/]+)")
_PAIR = re.compile(r"/(\d{2,4})/([^/]+)")
_CENTURY, _HALF = 100, 50
_UPC_E = 8


@dataclass(frozen=True, slots=True)
class Goods:
    """What a symbol says about goods. `gtin` as GTIN-14; `elements` by application identifier, `01` included."""

    gtin: str
    elements: Mapping[str, str] = field(default_factory=dict)

    @property
    def serial(self) -> str:
        """Serial number (21)."""
        return self.elements.get("21", "")

    @property
    def batch(self) -> str:
        """Batch or lot (10)."""
        return self.elements.get("10", "")

    def expires(self, today: dt.date) -> dt.date | None:
        """Expiry date (17); its century is the one nearest to `today`, day 00 the last of the month."""
        text = self.elements.get("17", "")
        return _date(text, today) if text else None


def split_symbology(text: str) -> tuple[str, str]:
    """The symbology identifier that some guns put before a code (`]E0`, `]C1`, `]d2`), and the rest."""
    found = _SYMBOLOGY.match(text)
    return (found.group(), text[3:]) if found else ("", text)


def parse_goods(text: str) -> Goods | None:
    """What a scanned text says about goods; None if it means to be something else.

    Takes EAN-8, EAN-13, UPC-A, UPC-E, ITF-14, GS1-128, GS1 DataMatrix and GS1 Digital Link, with or without symbology
    identifier. Raises InvalidInputError where it is one of them but a check digit or a field does not hold.
    """
    symbology, plain = split_symbology(text.strip(_BLANK))
    if "://" in plain:
        return _from_link(plain)
    if plain.startswith("("):
        return _goods(_from_brackets(plain))
    separated = plain.startswith(GS) or GS in plain or symbology in ("]C1", "]d2", "]e0", "]Q3", "]J1")
    bare = plain.isascii() and plain.isdigit()
    if separated or (plain.startswith("01") and len(plain) >= _FIXED["01"] + 2 and plain[2:16].isdigit()):
        return _goods(parse_elements(plain))
    if not bare or len(plain) not in (6, 7, 8, 12, 13, 14):
        return None
    return Goods(_gtin14(plain, is_upc_e=symbology == "]E0" and len(plain) < _UPC_E))


def parse_elements(text: str) -> dict[str, str]:
    """The fields of an element string, in order. Raises InvalidInputError for what is no such string."""
    rest, found = text.lstrip(GS), dict[str, str]()
    while rest:
        identifier = _identifier(rest)
        body = rest[len(identifier) :]
        size = _fixed_size(identifier)
        if size is None:
            value, _, rest = body.partition(GS)
            if not value or len(value) > _most(identifier):
                raise _broken(text)
        else:
            value, rest = body[:size], body[size:].removeprefix(GS)
            if len(value) != size or not value.isdigit():
                raise _broken(text)
        found[identifier] = value
    if not found:
        raise _broken(text)
    return found


def upc_a(upc_e: str) -> str:
    """The UPC-A (12 digits) that a UPC-E of 6, 7 or 8 digits stands for (General Specifications 5.2.2.4.2).

    Six digits are without number system (0) and check digit, seven without check digit. Raises InvalidInputError.
    """
    digits = f"0{upc_e}" if len(upc_e) == _UPC_E - 2 else upc_e
    if not digits.isascii() or not digits.isdigit() or len(digits) not in (7, 8) or digits[0] not in "01":
        raise InvalidInputError("gtin.invalid", "「{upc_e}」不是 UPC-E 条码。", "UPC-E 是 6 到 8 位数字。", upc_e=upc_e)
    system, body, last = digits[0], digits[1:7], digits[6]
    if last in "012":
        full = f"{system}{body[:2]}{last}0000{body[2:5]}"
    elif last == "3":
        full = f"{system}{body[:3]}00000{body[3:5]}"
    elif last == "4":
        full = f"{system}{body[:4]}00000{body[4]}"
    else:
        full = f"{system}{body[:5]}0000{last}"
    check = str(check_digit(full))
    if len(digits) == _UPC_E and digits[7] != check:
        raise InvalidInputError(
            "gtin.check_digit",
            "条码「{upc_e}」的校验位应为 {check}, 不是 {given}。",
            "请重新扫码, 或核对条码数字。",
            upc_e=upc_e,
            check=check,
            given=digits[7],
        )
    return full + check


def _gtin14(digits: str, *, is_upc_e: bool) -> str:
    if is_upc_e or len(digits) < _UPC_E:
        return upc_a(digits).zfill(14)
    try:
        return parse_gtin(digits).zfill(14)
    except InvalidInputError:
        if len(digits) == _UPC_E and digits[0] in "01":  # a gun that sends UPC-E as printed: the other check digit
            return upc_a(digits).zfill(14)
        raise


def _goods(elements: Mapping[str, str]) -> Goods | None:
    gtin = elements.get("01") or elements.get("02")
    return None if gtin is None else Goods(parse_gtin(gtin).zfill(14), elements)


def _from_brackets(text: str) -> dict[str, str]:
    found = {identifier: value.strip() for identifier, value in _BRACKETED.findall(text)}
    if not found:
        raise _broken(text)
    return found


def _from_link(text: str) -> Goods | None:
    """The goods of a link, however loosely it keeps to the standard: what we print is held to it by `gs1_link`."""
    address = urlsplit(text)
    found = _LINK.search(address.path)
    if found is None:
        return None
    gtin = unquote(found.group(1))
    if not gtin.isdigit():
        return None
    elements = {"01": parse_gtin(gtin).zfill(14)}
    elements |= {name: unquote(value) for name, value in _PAIR.findall(address.path[found.end() :])}
    elements |= {name: value for name, value in parse_qsl(address.query) if name.isdigit()}
    return Goods(elements["01"], elements)


def _identifier(rest: str) -> str:
    for size in (2, 3, 4):
        head = rest[:size]
        if head in _FIXED or head in _VARIABLE:
            return head
        if size == 3 and head in _LOCATIONS:  # noqa: PLR2004 - identifiers of three digits
            return head
        if size == 4 and head[:3] in _MEASURES:  # noqa: PLR2004 - three digits and the place of the decimal point
            return head
    raise _broken(rest)


def _fixed_size(identifier: str) -> int | None:
    if identifier[:3] in _MEASURES:
        return 6
    return 13 if identifier in _LOCATIONS else _FIXED.get(identifier)


def _most(identifier: str) -> int:
    return _VARIABLE[identifier]


def _date(text: str, today: dt.date) -> dt.date:
    year = today.year - today.year % _CENTURY + int(text[:2])
    year += _CENTURY * ((today.year - year > _HALF) - (year - today.year > _HALF - 1))
    month, day = int(text[2:4]), int(text[4:6])
    try:
        if day:
            return dt.date(year, month, day)
        return dt.date(year + month // 12, month % 12 + 1, 1) - dt.timedelta(days=1)
    except ValueError as e:
        raise _broken(text) from e


def _broken(text: str) -> InvalidInputError:
    return InvalidInputError("gs1.invalid", "「{text}」读不全。", "请对准条码再扫一次。", text=text.replace(GS, "⟨GS⟩"))
