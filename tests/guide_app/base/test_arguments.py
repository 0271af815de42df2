"""A wrong command is told in Chinese, with the place and the way out, for whichever program it was."""

from __future__ import annotations

import argparse
import string
from collections.abc import Sequence

import pytest

from guide_app.base.arguments import Grammar, UsageError, parse_readable, whole


def _grammar() -> argparse.ArgumentParser:
    parser = Grammar(prog="guide")
    verbs = parser.add_subparsers(dest="verb", metavar="VERB", required=True)
    share = verbs.add_parser("share")
    share.add_argument("goods", metavar="GOODS")
    share.add_argument("--days", type=whole(1, 9))
    share.add_argument("--rate", type=float)
    share.add_argument("--size", nargs=2)
    share.add_argument("--names", nargs="+")
    share.add_argument("--dry-run", action="store_true")
    kind = share.add_mutually_exclusive_group(required=True)
    kind.add_argument("--poster", choices=["wechat", "print"])
    kind.add_argument("--link", action="store_true")
    verbs.add_parser("sync")
    return parser


@pytest.mark.parametrize("typed", [["--help"], ["share", "-h"]])
def test_the_help_is_chinese_too(typed: Sequence[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        parse_readable(_grammar(), typed)
    told = capsys.readouterr().out
    assert (ended.value.code, told[:12]) == (0, "usage: guide")
    assert all(words in told for words in ("参数:", "选项:", "显示这份说明"))
    assert not any(words in told for words in ("positional", "options:", "show this"))


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ([], "还缺 VERB。"),
        (["snyc"], "VERB: 没有「snyc」。您要的是不是 sync? 可用: share、sync。"),
        (["share", "--link"], "还缺 GOODS。"),
        (["share", "g"], "--poster --link 里要给一个。"),
        (["share", "g", "--link", "--poster", "print"], "--poster: 不能和 --link 一起用。"),
        (["share", "g", "--poster", "web"], "--poster: 没有「web」。可用: wechat、print。"),
        (["share", "g", "--poster"], "--poster: 后面要跟一个值。"),
        (["share", "g", "--link", "--size", "1"], "--size: 后面要跟 2 个值。"),
        (["share", "g", "--link", "--names"], "--names: 后面至少要跟一个值。"),
        (["share", "g", "--link", "--days", "x"], "--days: 要一个整数, 不是 'x'。"),
        (["share", "g", "--link", "--rate", "x"], "--rate: 要一个数, 不是「x」。"),
        (["share", "g", "--link=1"], "--link: 后面不跟值, 去掉「1」。"),
        (["share", "g", "--link", "--odd", "h"], "不认识 --odd h。"),
    ],
)
def test_what_is_wrong_is_said_in_chinese(typed: Sequence[str], told: str) -> None:
    with pytest.raises(UsageError) as raised:
        parse_readable(_grammar(), typed)
    assert raised.value.sentence == told
    assert raised.value.way_out.endswith("--help。")
    names = {"VERB", "GOODS", "snyc", "sync", "share", "link", "poster", "print", "wechat", "web", "size", "names"}
    words = set("".join(c if c in string.ascii_letters else " " for c in told).split())
    assert words <= names | {"days", "rate", "odd", "h", "x"}, "no word of argparse's own"
