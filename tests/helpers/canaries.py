"""A person made up to be recognised anywhere, and a search for her in whatever leaves the programs.

What may not say who a customer is (a link, a QR code, a log line) may not say it in disguise either: percent-encoded,
in base64, escaped for JSON or HTML, as UTF-16, or as a digest of the bare number. A phone number has eleven digits, so
its unkeyed digest is as good as the number itself: it is found by trying all (个人信息保护法 art. 4 and 73: what can be
restored has not been anonymised).
"""

from __future__ import annotations

import base64
import hashlib
import html
import json
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import quote, quote_plus

_DIGESTS = ("md5", "sha1", "sha224", "sha256", "sha384", "sha512", "sha3_256", "blake2b", "blake2s")
#: How much of a digest gives it away, in hexadecimal digits and in characters of base64.
_HEX, _B64 = 16, 12
_PHONE = 11
_CHARSETS = ("utf-8", "gb18030", "utf-16-le", "utf-16-be")


@dataclass(frozen=True)
class Canary:
    """One person. `told` are words that nobody else would say; `phone` has eleven digits."""

    name: str
    spelled: str
    phone: str
    wechat: str
    birthday: tuple[int, int, int]
    note: str
    _exact: dict[bytes, str] = field(init=False, repr=False)
    _folded: dict[bytes, str] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        exact, folded = {}, {}
        for what, text in self._said():
            for form, needle in _forms(text):
                folded[needle.lower()] = f"{what} {form}"
            for form, needle in _base64_of(text):
                exact[needle] = f"{what} {form}"
        for form, needle, any_case in _digests(self.phone):
            (folded if any_case else exact)[needle] = f"phone {form}"
        object.__setattr__(self, "_exact", exact)
        object.__setattr__(self, "_folded", folded)

    def found_in(self, text: str | bytes) -> list[str]:
        """What of her stands in a text, in which disguise; empty where there is nothing of her."""
        data = text.encode() if isinstance(text, str) else text
        low = data.lower()
        hits = [what for needle, what in self._exact.items() if needle in data]
        return hits + [what for needle, what in self._folded.items() if needle in low]

    def _said(self) -> Iterator[tuple[str, str]]:
        yield "name", self.name
        yield "name", self.spelled
        yield "wechat", self.wechat
        yield "note", self.note
        a, b, c = self.phone[:3], self.phone[3:7], self.phone[7:]
        for text in (self.phone, self.phone[3:], f"{a} {b} {c}", f"{a}-{b}-{c}"):
            yield "phone", text
        year, month, day = self.birthday
        for text in (
            f"{year}-{month:02}-{day:02}", f"{year}/{month:02}/{day:02}", f"{year}{month:02}{day:02}",
            f"{year}-{month}-{day}", f"{year}年{month}月{day}日",
        ):  # fmt: skip
            yield "birthday", text


def _forms(text: str) -> Iterator[tuple[str, bytes]]:
    """How a text is commonly written where it may not stand, in lower case or not."""
    yield "as it is", text.encode()
    yield "percent-encoded", quote(text, safe="").encode()
    yield "percent-encoded for a form", quote_plus(text).encode()
    yield "escaped for JSON", json.dumps(text)[1:-1].encode()
    yield "escaped for HTML", html.escape(text).encode()
    yield "as HTML numbers", text.encode("ascii", "xmlcharrefreplace")
    yield "backwards", text[::-1].encode()
    for charset in _CHARSETS:
        raw = text.encode(charset)
        yield f"in {charset}", raw
        yield f"in hexadecimal {charset}", raw.hex().encode()
        yield f"percent-encoded {charset}", quote(raw, safe="").encode()
    if text.isdigit() and len(text) == _PHONE:
        yield "as a hexadecimal number", f"{int(text):x}".encode()


def _base64_of(text: str) -> Iterator[tuple[str, bytes]]:
    """What base64 makes of a text alone, for each of the three places at which it may begin in something longer."""
    raw = text.encode()
    for offset in range(3):
        for name, encode in (("base64", base64.b64encode), ("base64 for URLs", base64.urlsafe_b64encode)):
            yield f"in {name}", encode(bytes(offset) + raw)[-(-offset * 8 // 6) : (offset + len(raw)) * 8 // 6]
    yield "in base32", base64.b32encode(raw)[: len(raw) * 8 // 5]


def _digests(phone: str) -> Iterator[tuple[str, bytes, bool]]:
    """Digests of a bare number as they begin: form, needle, whether the case of letters does not matter."""
    for text in (phone, f"+86{phone}", f"86{phone}"):
        for name in _DIGESTS:
            digest = hashlib.new(name, text.encode())
            yield f"as {name}", digest.hexdigest()[:_HEX].encode(), True
            for encode in (base64.b64encode, base64.urlsafe_b64encode):
                yield f"as {name} in base64", encode(digest.digest())[:_B64], False
        yield "as crc32", f"{zlib.crc32(text.encode()):08x}".encode(), True


LISTENING_RAIN = Canary(
    "欧阳听雨", "ouyangtingyu", "13917305628", "oy_tingyu-87", (1987, 4, 19), "先生姓司徒, 左脚拇外翻, 只穿宽楦"
)  # fmt: skip
