"""GS1 Digital Link: one code that opens a page on a phone and says the GTIN at the till.

The grammar is that of GS1 Digital Link Standard: URI Syntax, release 1.6.0, for trade items: any domain, any path
before it, then `/01/{GTIN-14}` with qualifiers in the order of the standard (22 variant, 10 lot, 21 serial number, or
235 alone), then data attributes as query. Keys of the query that are no numbers are the owner's own, such as our `s`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote, unquote, urlsplit

from guide_app.base.errors import InvalidInputError
from guide_app.base.gtin import parse_gtin
from guide_app.base.phrase import Phrase

ORIGIN = "https://id.gs1.org"
"""The domain of canonical links."""

SHARE = "s"
"""Our own key in the query: the code of the short link that says who shared the product."""

_GTIN, _LENGTH = "01", 14
#: The qualifiers of a trade item in their order, each with the most characters it may have.
_QUALIFIERS = {"22": 20, "10": 20, "21": 20, "235": 28}
_ALONE = "235"
#: GS1 General Specifications, section 7.11: the characters that alphanumeric values are made of.
_CHARACTERS = re.compile(r"[!\"%&'()*+,\-./0-9:;<=>?A-Z_a-z]+")
_KEY = re.compile(r"[0-9]{2,4}")
_DATES = frozenset({"11", "12", "13", "15", "16", "17"})
_DATE = re.compile(r"[0-9]{2}(0[1-9]|1[0-2])(0[0-9]|[12][0-9]|3[01])")
_MOST_LETTERS = 90
_BROKEN = re.compile(r"%(?![0-9A-Fa-f]{2})")
_UNESCAPED = "-._"


@dataclass(frozen=True, slots=True)
class Gs1Link:
    """A trade item: 14 digits of GTIN; variant (22), lot (10), serial (21) and controlled extension (235) may be empty.

    `attributes` are the numbered pairs of the query, such as `("17", "261231")`, `own` all others.
    """

    gtin: str
    variant: str = ""
    lot: str = ""
    serial: str = ""
    extension: str = ""
    attributes: tuple[tuple[str, str], ...] = ()
    own: tuple[tuple[str, str], ...] = ()

    @property
    def share_code(self) -> str:
        """The code of the short link that it carries; empty for none."""
        return next((value for key, value in self.own if key == SHARE), "")

    def path(self) -> str:
        """`/01/…` with everything encoded and in order."""
        parts = (("22", self.variant), ("10", self.lot), ("21", self.serial), (_ALONE, self.extension))
        return f"/{_GTIN}/{self.gtin}" + "".join(f"/{key}/{_encoded(value)}" for key, value in parts if value)

    def url(self, origin: str) -> str:
        """The link at a domain of ours, with all of its query."""
        return _with_query(origin.rstrip("/") + self.path(), (*sorted(self.attributes), *self.own))

    def canonical(self) -> str:
        """The one spelling of what it identifies: GS1's domain, sorted attributes, nothing of the owner's own."""
        return _with_query(ORIGIN + self.path(), sorted(self.attributes))


def trade_item(gtin: str, share_code: str = "") -> Gs1Link:
    """A product by any of the usual lengths of its GTIN, with the share it is part of. Raises InvalidInputError."""
    own = ((SHARE, share_code),) if share_code else ()
    return Gs1Link(parse_gtin(gtin).zfill(_LENGTH), own=own)


def parse_gs1_link(text: str) -> Gs1Link:
    """A GS1 Digital Link of a trade item. Raises InvalidInputError that says what is wrong with it."""
    try:
        parts = urlsplit(text.strip())
    except ValueError as e:
        raise _refused(Phrase("地址读不懂")) from e
    if parts.scheme.lower() not in ("http", "https") or not parts.netloc:
        raise _refused(Phrase("不是网址"))
    return parse_gs1_path(parts.path, parts.query)


def parse_gs1_path(path: str, query: str = "") -> Gs1Link:
    """The same from the still encoded path and query of an address. Raises InvalidInputError."""
    segments = path.strip("/").split("/")
    start = _start(segments)
    values = segments[start:]
    if len(values) % 2:
        raise _refused(Phrase("标识与值不成对"))
    pairs = [(values[i], _decoded(values[i + 1])) for i in range(0, len(values), 2)]
    named = dict(pairs[1:])
    _check_order([key for key, _ in pairs[1:]])
    for key, value in named.items():
        _check_text(key, value, _QUALIFIERS[key])
    gtin = pairs[0][1]
    if len(gtin) != _LENGTH or parse_gtin(gtin) != gtin:
        raise _refused(Phrase("GTIN 应为 {digits} 位数字, 不足在前面补 0", {"digits": _LENGTH}))
    asked = _query(query)
    attributes = tuple((key, value) for key, value in asked if key.isdigit())
    for key, value in attributes:
        _check_attribute(key, value)
    if len({key for key, _ in attributes}) < len(attributes):
        raise _refused(Phrase("同一属性出现了两次"))
    own = tuple((key, value) for key, value in asked if not key.isdigit())
    return Gs1Link(
        gtin, named.get("22", ""), named.get("10", ""), named.get("21", ""), named.get(_ALONE, ""), attributes, own
    )


def _start(segments: list[str]) -> int:
    """Where `01` stands: whatever the path has before belongs to the domain's owner."""
    places = [i for i, part in enumerate(segments[:-1]) if part == _GTIN and segments[i + 1].isascii()]
    for place in reversed(places):  # a lot may be called 01, too: the key is the one after which all keys are known
        if all(key in _QUALIFIERS for key in segments[place + 2 :: 2]):
            return place
    raise _refused(Phrase("没有 /01/GTIN, 或后面的标识不认识"))


def _check_order(keys: list[str]) -> None:
    places = [list(_QUALIFIERS).index(key) for key in keys]
    if places != sorted(set(places)) or (_ALONE in keys and len(keys) > 1):
        raise _refused(Phrase("限定标识的顺序应为 22、10、21, 各最多一次; 235 只能单独出现"))


def _check_text(key: str, value: str, most: int) -> None:
    if not 0 < len(value) <= most or not _CHARACTERS.fullmatch(value):
        raise _refused(Phrase("({key}) 应为 1 至 {most} 个 GS1 允许的字符", {"key": key, "most": most}))


def _check_attribute(key: str, value: str) -> None:
    if not _KEY.fullmatch(key) or key == _GTIN or key in _QUALIFIERS:
        raise _refused(Phrase("({key}) 不能写在 ? 后面", {"key": key}))
    _check_text(key, value, _MOST_LETTERS)
    if key in _DATES and not _DATE.fullmatch(value):
        raise _refused(Phrase("({key}) 的日期应为 YYMMDD", {"key": key}))


def _query(text: str) -> list[tuple[str, str]]:
    """The pairs of a query; `;` parts them as well as `&` (URI syntax, section 4.9)."""
    pairs = [part.partition("=") for part in re.split("[&;]", text) if part]
    return [(_decoded(key), _decoded(value)) for key, _, value in pairs]


def _decoded(text: str) -> str:
    if _BROKEN.search(text):
        raise _refused(Phrase("百分号编码不完整"))
    try:
        return unquote(text, errors="strict")
    except UnicodeDecodeError as e:
        raise _refused(Phrase("百分号编码读不懂")) from e


def _encoded(text: str) -> str:
    return quote(text, safe=_UNESCAPED)


def _with_query(address: str, pairs: Iterable[tuple[str, str]]) -> str:
    query = "&".join(f"{_encoded(key)}={_encoded(value)}" for key, value in pairs)
    return f"{address}?{query}" if query else address


def _refused(why: Phrase) -> InvalidInputError:
    return InvalidInputError("gs1.invalid", "不是 GS1 Digital Link: {why}。", "请重新扫码, 或换一个码。", why=why)
