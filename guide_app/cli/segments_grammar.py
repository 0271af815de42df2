"""The grammar of `guide segments …` and `guide tags …`."""

from __future__ import annotations

import argparse

from guide_app.base.arguments import whole

_WHAT = "分群编号、内置分群 (active、r3v3 等), 或 JSON 规则 (docs/segments.md)"


def add_segments(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add both verbs and their deeds."""
    deeds = verbs.add_parser("segments", help="分群: 谁符合一条规则, 其中谁能联系").add_subparsers(
        dest="deed", metavar="DEED", required=True
    )
    deeds.add_parser("list", help="自己的和同事共享的分群, 内置分群及人数")
    count = deeds.add_parser("count", help="多少人符合, 能联系几位, 其余为什么不能")
    count.add_argument("what", metavar="WHAT", help=_WHAT)
    count.add_argument("--purpose", choices=("marketing", "service"), default="marketing", help="联系的目的")
    members = deeds.add_parser("members", help="符合的客户, 最近购买的在前")
    members.add_argument("what", metavar="WHAT", help=_WHAT)
    members.add_argument("--limit", type=whole(), default=200)
    overlap = deeds.add_parser("overlap", help="两个分群重叠多少")
    overlap.add_argument("what", metavar="WHAT", help=_WHAT)
    overlap.add_argument("other", metavar="OTHER", help=_WHAT)
    keep = deeds.add_parser("keep", help="保存一条规则; --frozen 保存为现在这份名单")
    keep.add_argument("name")
    keep.add_argument("what", metavar="WHAT", help=_WHAT)
    keep.add_argument("--frozen", action="store_true")
    keep.add_argument("--shared", action="store_true", help="全店可见")
    end = deeds.add_parser("end", help="不再保留")
    end.add_argument("what", metavar="ID")

    tags = verbs.add_parser("tags", help="标签: 来历、错标、自动标签").add_subparsers(
        dest="deed", metavar="DEED", required=True
    )
    show = tags.add_parser("show", help="一位客户的标签: 谁、何时、哪条规则打的")
    show.add_argument("id")
    wrong = tags.add_parser("wrong", help="标签不对: 去掉, 规则不再打上")
    wrong.add_argument("id")
    wrong.add_argument("name")
    wrong.add_argument("--why", default="", help="原因")
    tags.add_parser("run", help="按总部的规则打标签, 去掉到期的")
