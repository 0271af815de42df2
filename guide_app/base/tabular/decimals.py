"""Amounts that must not be rounded: prices of a tenth of a penny, sums over a whole file."""

from __future__ import annotations

import re
from decimal import Decimal

from guide_app.base.errors import InvalidInputError
from guide_app.base.tabular.values import plain

#: Minor units in one unit of money; only currencies with two decimals (ISO 4217) are taken.
MINOR = 100
CURRENCIES = {"CNY": "¥", "GBP": "£", "USD": "$", "EUR": "€", "HKD": "$", "SGD": "$", "AUD": "$", "CHF": "Fr"}

_GROUPED = r"(?:\d{1,3}(?:,\d{3})+|\d+)"
_DECIMAL = re.compile(
    rf"(?P<sign>[-+]?)\s*(?:[A-Z]{{3}}|[¥£$€])?\s*(?P<inner>[-+]?)(?P<number>{_GROUPED}(?:\.\d*)?|\.\d+)\s*(?:[A-Z]{{3}}|元)?",
    re.IGNORECASE,
)
_BRACKETED = re.compile(r"\((.+)\)")
_MOST_DIGITS = 18


def parse_currency(text: str) -> str:
    """An ISO 4217 code of a currency with two decimals. Raises InvalidInputError."""
    code = text.strip().upper()
    if code not in CURRENCIES:
        raise InvalidInputError(
            "currency.unknown", "不认得币种「{text}」。", "可用: {known}。", text=text, known=", ".join(CURRENCIES)
        )
    return code


def parse_decimal(text: str) -> Decimal:
    """A price exactly as written: `2.55`, `£1,234.50`, `0.001`, `(12.00)` for minus 12. Raises InvalidInputError."""
    value = plain(text)
    bracketed = _BRACKETED.fullmatch(value)
    found = _DECIMAL.fullmatch(bracketed[1] if bracketed else value)
    signs = "" if found is None else found["sign"] + found["inner"] + ("-" if bracketed else "")
    if found is None or len(signs) > 1 or len(found["number"]) > _MOST_DIGITS:
        raise InvalidInputError("money.invalid", "「{text}」不是金额。", "请输入如 429 或 429.50。", text=text)
    number = Decimal(found["number"].replace(",", ""))
    return -number if signs == "-" else number


def whole_fen(fen: Decimal) -> int:
    """The number of fen (pence, cents) as an integer. Raises InvalidInputError for a part of one."""
    whole = int(fen)
    if whole != fen:
        raise InvalidInputError(
            "money.fraction", "金额是 {amount:f} 分, 不是整分。", "最多两位小数。", amount=fen.normalize()
        )
    return whole
