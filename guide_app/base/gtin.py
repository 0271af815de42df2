"""GTIN: the number under a barcode (GS1 General Specifications, section 7.9 for its check digit)."""

from __future__ import annotations

from guide_app.base.errors import InvalidInputError

_LENGTHS = (8, 12, 13, 14)


def check_digit(digits: str) -> int:
    """The check digit of the digits before it: weights 3 and 1 alternating from the right, up to the next ten."""
    total = sum(int(digit) * (3 if place % 2 == 0 else 1) for place, digit in enumerate(reversed(digits)))
    return -total % 10


def parse_gtin(text: str) -> str:
    """The digits of a GTIN-8, -12, -13 or -14. Raises InvalidInputError that says what is wrong with it."""
    digits = text.replace(" ", "").replace("-", "")
    if not digits.isascii() or not digits.isdigit() or len(digits) not in _LENGTHS:
        raise InvalidInputError("gtin.invalid", "「{text}」不是条码。", "条码是 8、12、13 或 14 位数字。", text=text)
    right = check_digit(digits[:-1])
    if right != int(digits[-1]):
        raise InvalidInputError(
            "gtin.check_digit",
            "条码「{text}」的校验位应为 {right}, 不是 {given}。",
            "请重新扫码, 或核对条码数字。",
            text=text,
            right=right,
            given=digits[-1],
        )
    return digits


def spellings(digits: str) -> tuple[str, ...]:
    """The forms under which one number may stand in a catalogue, shortest first; `digits` are at most 14.

    Noughts in front do not count (GS1 General Specifications, 3.3.2).
    """
    whole = digits.zfill(_LENGTHS[-1])
    return tuple(whole[-length:] for length in _LENGTHS if not whole[:-length].strip("0"))
