"""Mobile numbers of mainland China: one stored form, one masked form."""

from __future__ import annotations

import re

from guide_app.base.errors import InvalidInputError

_MOBILE = re.compile(r"1[3-9]\d{9}", re.ASCII)
_SEPARATORS = re.compile(r"[\s\-()（）.]")
_FOREIGN = re.compile(r"\+\d{6,15}", re.ASCII)
_FULL_WIDTH = str.maketrans("０１２３４５６７８９＋", "0123456789+")


def normalise_phone(text: str) -> str:
    """Digits only, without the country code: `+86 138-1234-5678` → `13812345678`; empty stays empty.

    Numbers of other countries keep their `+`. Raises InvalidInputError for anything else.
    """
    if _MOBILE.fullmatch(text):
        return text
    plain = _SEPARATORS.sub("", text.translate(_FULL_WIDTH))
    for prefix in ("+86", "0086"):
        plain = plain.removeprefix(prefix)
    if not plain or _MOBILE.fullmatch(plain) or _FOREIGN.fullmatch(plain):
        return plain
    raise InvalidInputError(
        "phone.invalid", "「{text}」不是手机号。", "请输入 11 位手机号, 境外号码以 + 开头。", text=text
    )


def as_searched(text: str) -> str:
    """A whole mobile number of the mainland as it is stored, however it was copied; any other text as it is."""
    try:
        plain = normalise_phone(text)
    except InvalidInputError:
        return text
    return plain if _MOBILE.fullmatch(plain) else text


def mask_phone(phone: str) -> str:
    """`138****5678`: what the screen shows until the number is revealed (and the reveal logged)."""
    keep_head, keep_tail = 3, 4
    if len(phone) <= keep_head + keep_tail:
        return "*" * len(phone)
    hidden = len(phone) - keep_head - keep_tail
    return phone[:keep_head] + "*" * hidden + phone[-keep_tail:]
