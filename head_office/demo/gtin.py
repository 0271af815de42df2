"""GTIN-13 for own-label goods: GS1 General Specifications, section 1.4 (prefixes 200-299).

Prefixes 200-299 are kept for restricted circulation: numbers a company may give inside its own shops and that no
manufacturer owns, so that demo barcodes never name somebody's real article.
"""

from __future__ import annotations

from typing import Final

from guide_app.base.gtin import check_digit

PREFIX: Final = "260"
_LENGTH: Final = 12


def restricted_gtin(product_no: int, variant: int) -> str:
    """The GTIN-13 of the `variant`-th variant (0-9999) of product `product_no` (0-99999)."""
    body = f"{PREFIX}{product_no:05d}{variant:04d}"
    if len(body) != _LENGTH:
        raise ValueError(f"number does not fit: {product_no}, {variant}")
    return f"{body}{check_digit(body)}"
