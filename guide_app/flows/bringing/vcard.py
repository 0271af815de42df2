"""Reads vCard 2.1, 3.0 and 4.0 as phones and mail programs write them (RFC 2425, 2426, 6350; versit vCard 2.1).

Only the few properties of a client are looked at; photographs and keys are skipped undecoded, so that a broken one
harms nobody. A card that cannot be read is one card refused, never the end of the file (docs/decisions/029-vcards.md).
"""

from __future__ import annotations

import quopri
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from guide_app.base.errors import InvalidInputError
from guide_app.base.phrase import Phrase
from guide_app.base.tabular.limits import DEFAULT_LIMITS, Limits, TableError, too_large
from guide_app.base.tabular.text import detect_encoding

_BEGIN, _END = "BEGIN:VCARD", "END:VCARD"
_LINE = re.compile(r'(?:[\w-]+\.)?(?P<name>[\w-]+)(?P<params>(?:;(?:[^":;]|"[^"]*")*)*):(?P<value>.*)', re.DOTALL)
_PARAM = re.compile(r';(?P<key>[^"=;]*)(?:=(?P<value>(?:[^";]|"[^"]*")*))?')
_BREAK = re.compile(r"\r\n|\r|\n")  # and no other: a note may hold the line separators of Unicode
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_PARTS = re.compile(r"(?<!\\);")
_HAN = re.compile(r"[\u3400-\u9fff]")
_NOISE = frozenset(("mycontacts", "my contacts", "starred", "contacts"))
_WANTED = frozenset(("FN", "N", "TEL", "BDAY", "GENDER", "NOTE", "CATEGORIES", "X-WECHAT", "X-WEIXIN", "IMPP", "SEX"))
_LONGEST = 20_000  # characters of a property that is kept


@dataclass
class Card:
    """One card: the line it begins on, its wanted properties, and whether it has an end."""

    line_no: int
    properties: dict[str, list[Property]] = field(default_factory=dict)
    ended: bool = False

    def first(self, name: str) -> str:
        """The text of the first property of this name, else empty."""
        found = self.properties.get(name)
        return found[0].text if found else ""


@dataclass(frozen=True, slots=True)
class Property:
    """A property's decoded text and its parameters, upper case."""

    text: str
    params: Mapping[str, str]

    @property
    def preferred(self) -> bool:
        """Whether it says that it is the one to use, or a mobile phone."""
        words = " ".join((*self.params, *self.params.values()))
        return "PREF" in words or "CELL" in words


def is_vcard(path: Path) -> bool:
    """Whether the file begins like a vCard, whatever it is called."""
    try:
        with path.open("rb") as file:
            head = file.read(64)
    except OSError:
        return False
    return head.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \r\n\t").upper().startswith(b"BEGIN:VCARD")


def read_cards(path: Path, encoding: str | None = None, limits: Limits = DEFAULT_LIMITS) -> Iterator[Card]:
    """The cards of a file, in order. Raises TableError for the file as a whole."""
    if path.stat().st_size > limits.file_bytes:
        raise too_large(path.name, Phrase("文件的字节数"), limits.file_bytes)
    codec = encoding or detect_encoding(path, limits)
    try:
        text = path.read_bytes().decode(codec).removeprefix("\ufeff")
    except (UnicodeDecodeError, LookupError) as e:
        raise TableError(
            "table.encoding", "「{name}」不是 {codec} 编码。", "请指定编码。", name=path.name, codec=codec
        ) from e
    card: Card | None = None
    depth = 0
    for line_no, line in _logical_lines(text):
        word = line.strip().upper()
        if word == _BEGIN:
            depth += 1
            if depth == 1:
                card = Card(line_no)
        elif word == _END and card is not None:
            depth -= 1
            if depth == 0:
                card.ended = True
                yield card
                card = None
        elif card is not None and depth == 1:
            _add(card, line)
    if card is not None:
        yield card


def card_values(card: Card) -> dict[str, str]:
    """The cells that a card makes in the columns of a client list. Raises InvalidInputError for half a card."""
    if not card.ended:
        raise InvalidInputError("vcard.unended", "这张名片没有结束 (END:VCARD)。", "文件可能不完整, 请重新导出。")
    return {
        "name": _name(card),
        "phone": _phone(card),
        "wechat": _wechat(card),
        "sex": (card.first("GENDER") or card.first("SEX"))[:1],
        "birthday": _birthday(card.first("BDAY")),
        "remark": card.first("NOTE"),
        "tags": ",".join(tag for tag in card.first("CATEGORIES").split(",") if tag.strip().lower() not in _NOISE),
    }


def _logical_lines(text: str) -> Iterator[tuple[int, str]]:
    """Lines unfolded: continued by a blank in front, or by a soft break where quoted-printable is said."""
    number, kept, soft = 0, "", False
    for n, line in enumerate(_BREAK.split(text), 1):
        if soft:
            kept = kept[:-1] + line
        elif line[:1] in (" ", "\t") and kept:
            kept += line[1:]
        else:
            if kept:
                yield number, kept
            number, kept = n, line
        head = kept[:200].upper()
        soft = kept.endswith("=") and "QUOTED-PRINTABLE" in head.partition(":")[0]
    if kept:
        yield number, kept


def _add(card: Card, line: str) -> None:
    found = _LINE.fullmatch(line)
    if found is None or found["name"].upper() not in _WANTED or len(found["value"]) > _LONGEST:
        return
    params: dict[str, str] = {}
    for one in _PARAM.finditer(found["params"]):  # TYPE may come several times
        key, said = one["key"].upper(), (one["value"] or "").strip('"').upper()
        params[key] = f"{params[key]} {said}" if key in params else said
    value = found["value"]
    if "QUOTED-PRINTABLE" in (params.get("ENCODING"), *params):
        value = _unquoted(value, params.get("CHARSET") or "UTF-8")
    name = found["name"].upper()
    if name != "N":
        value = _unescaped(value)
    card.properties.setdefault(name, []).append(Property(value.strip(), params))


def _unquoted(value: str, charset: str) -> str:
    raw = quopri.decodestring(value.encode())
    try:
        return raw.decode(charset)
    except (UnicodeDecodeError, LookupError):
        return raw.decode("gb18030", "replace")  # old Chinese phones write GBK and say nothing, or something else


def _unescaped(value: str) -> str:
    return _ESCAPED.sub(lambda found: "\n" if found[1] in "nN" else found[1], value)


def _name(card: Card) -> str:
    full = card.first("FN")
    parts = [_unescaped(part).strip() for part in _PARTS.split(card.first("N"))]
    family, given, more = [*parts, "", "", ""][:3]
    if _HAN.search(family + given):
        return f"{family}{given}" if not _HAN.search(full) else full.replace(" ", "")
    return full or " ".join(filter(None, (given, more, family)))


def _phone(card: Card) -> str:
    numbers = card.properties.get("TEL", [])
    best = next((number for number in numbers if number.preferred), numbers[0] if numbers else None)
    if best is None:
        return ""
    return best.text.removeprefix("tel:").partition(";")[0]


def _wechat(card: Card) -> str:
    said = card.first("X-WECHAT") or card.first("X-WEIXIN")
    if said:
        return said
    for address in (one.text for one in card.properties.get("IMPP", [])):
        scheme, _, name = address.partition(":")
        if scheme.lower() in {"wechat", "weixin"}:
            return name
    return ""


def _birthday(text: str) -> str:
    """A date without its time; `--0203` stays as it is (RFC 6350, section 4.3.1)."""
    return text.partition("T")[0]
