"""What both programs take from a command line: text that can be written down again, and numbers within bounds."""

from __future__ import annotations

import argparse
import math
from collections.abc import Callable, Sequence

#: The largest whole number both databases keep.
WHOLE_MAX = 2**63 - 1
#: Days that a look back may reach: a century.
DAYS_MAX = 36_525


def parse_readable(parser: argparse.ArgumentParser, given: Sequence[str]) -> argparse.Namespace:
    """Parse arguments all of which are text; bytes that are not UTF-8 end the program like any other wrong usage.

    Python hands those over as lone surrogates, which neither a database nor a terminal takes.
    """
    for argument in given:
        try:
            argument.encode()
        except UnicodeEncodeError:
            shown = argument.encode(errors="backslashreplace").decode()
            parser.error(f"参数不是 UTF-8 文字: {shown}")
    return parser.parse_args(given)


def whole(low: int = 0, high: int = WHOLE_MAX) -> Callable[[str], int]:
    """An argparse `type`: a whole number from `low` to `high`."""

    def read(text: str) -> int:
        try:
            number = int(text)
        except ValueError:
            raise argparse.ArgumentTypeError(f"要一个整数, 不是 {text!r}") from None
        if not low <= number <= high:
            raise argparse.ArgumentTypeError(f"要在 {low} 和 {high} 之间, 不是 {text}")
        return number

    return read


def hours(high: float) -> Callable[[str], float]:
    """An argparse `type`: more than no hours, at most `high`."""

    def read(text: str) -> float:
        try:
            number = float(text)
        except ValueError:
            number = math.nan
        if not 0 < number <= high:
            raise argparse.ArgumentTypeError(f"要大于 0, 最多 {high:g} 小时, 不是 {text!r}")
        return number

    return read
