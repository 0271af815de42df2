"""Money is integer fen (1 yuan = 100 fen); nothing in the program computes with floats of yuan."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation

from guide_app.base.errors import InvalidInputError

FEN_PER_YUAN = 100


def yuan(fen: int, *, sign: bool = False) -> str:
    """`¥1,234.50` for 123450 fen; whole yuan lose their zeros: `¥429`. Negative: `-¥12.30`."""
    mark = "-" if fen < 0 else "+" if sign and fen > 0 else ""
    whole, rest = divmod(abs(fen), FEN_PER_YUAN)
    return f"{mark}¥{whole:,}" + (f".{rest:02d}" if rest else "")


def parse_yuan(text: str) -> int:
    """Fen of what a person types: `¥1,234.5`, `429元`. Raises InvalidInputError, never rounds."""
    plain = text.strip().replace(",", "").replace("，", "").lstrip("¥￥").removesuffix("元").strip()
    try:
        value = Decimal(plain) * FEN_PER_YUAN
    except InvalidOperation as e:
        raise InvalidInputError("money.invalid", "「{text}」不是金额。", "请输入如 429 或 429.50。", text=text) from e
    if not value.is_finite() or value != value.to_integral_value():
        raise InvalidInputError("money.invalid", "「{text}」不是整分的金额。", "最多两位小数。", text=text)
    return int(value)


def apportion(total: int, weights: Sequence[int]) -> list[int]:
    """Split `total` fen by `weights` so that the parts sum to `total` exactly.

    Largest-remainder method (Hamilton); ties go to the earlier line. Weights must be >= 0 and not all zero
    unless `total` is 0. Raises ValueError.
    """
    whole = sum(weights)
    if any(w < 0 for w in weights) or (whole == 0 and total != 0):
        raise ValueError("weights must be non-negative and not all zero")
    if total < 0:
        return [-part for part in apportion(-total, weights)]
    if whole == 0:
        return [0] * len(weights)
    parts = [total * w // whole for w in weights]
    by_remainder = sorted(range(len(weights)), key=lambda i: (-(total * weights[i] % whole), i))
    for i in by_remainder[: total - sum(parts)]:
        parts[i] += 1
    return parts
