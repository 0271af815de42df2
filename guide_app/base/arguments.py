"""What both programs take from a command line: text that can be written down again, and numbers within bounds."""

from __future__ import annotations

import argparse
import math
from collections.abc import Callable, Sequence
from typing import Any, NoReturn

from guide_app.base.argument_words import in_chinese
from guide_app.base.errors import GuideError

#: The largest whole number both databases keep.
WHOLE_MAX = 2**63 - 1
#: Days that a look back may reach: a century.
DAYS_MAX = 36_525


class UsageError(GuideError):
    """What was typed is no command (exit code 2). As text it begins with how the command is typed."""

    def __init__(self, prog: str, usage: str, message: str) -> None:
        super().__init__("usage", "{message}", "看一看 {prog} --help。", message=message, prog=prog)
        self.usage = usage

    def __str__(self) -> str:
        return f"{self.usage}{super().__str__()}"


class Grammar(argparse.ArgumentParser):
    """A parser, and so are those of its verbs, that leaves it to its caller how a wrong command is told.

    Its help is Chinese; only `usage:` stays, which other programs look for.
    """

    def __init__(self, **given: Any) -> None:
        """Take what argparse takes, by name."""
        super().__init__(**given, add_help=False)
        self._positionals.title, self._optionals.title = "参数", "选项"
        self.add_argument("-h", "--help", action="help", help="显示这份说明")

    def error(self, message: str) -> NoReturn:
        """Raise UsageError; argparse itself would write to standard error and end the program."""
        raise UsageError(self.prog, self.format_usage(), in_chinese(message))


def parse_readable(parser: argparse.ArgumentParser, given: Sequence[str]) -> argparse.Namespace:
    """Parse arguments all of which are text; bytes that are not UTF-8 are wrong usage like any other.

    Python hands those over as lone surrogates, which neither a database nor a terminal takes.
    Raises UsageError, where `parser` is a Grammar.
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
