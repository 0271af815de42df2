"""GTIN-13 for own-label goods: GS1 General Specifications, section 7.9 (check digit) and 1.4 (prefixes 200-299).

Prefixes 200-299 are kept for restricted circulation: numbers a company may give inside its own shops and that no
manufacturer owns, so that demo barcodes never name somebody's real article.
"""

from __future__ import annotations

from typing import Final

PREFIX: Final = "260"
_LENGTH: Final = 12


def check_digit(digits: str) -> int:
    """The check digit of the digits before it: weights 3 and 1 alternating from the right, up to the next ten.

    Raises ValueError if `digits` holds anything but digits.
    """
    if not digits.isascii() or not digits.isdigit():
        raise ValueError(f"not digits only: {digits!r}")
    total = sum(int(d) * (3 if i % 2 == 0 else 1) for i, d in enumerate(reversed(digits)))
    return -total % 10


def is_valid(gtin: str) -> bool:
    """Whether a GTIN-13 has thirteen digits and the right check digit."""
    return len(gtin) == _LENGTH + 1 and gtin.isascii() and gtin.isdigit() and check_digit(gtin[:-1]) == int(gtin[-1])


def restricted_gtin(product_no: int, variant: int) -> str:
    """The GTIN-13 of the `variant`-th variant (0-9999) of product `product_no` (0-99999)."""
    body = f"{PREFIX}{product_no:05d}{variant:04d}"
    if len(body) != _LENGTH:
        raise ValueError(f"number does not fit: {product_no}, {variant}")
    return f"{body}{check_digit(body)}"
