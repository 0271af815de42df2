"""`head-office templates check FILE`: is a poster template fit to be published? Needs no database."""

from __future__ import annotations

import argparse
from pathlib import Path

from head_office.cli.outcome import FAILED, Outcome
from head_office.publishing.posters import check_file


def add_template_arguments(parser: argparse.ArgumentParser) -> None:
    """The grammar of `templates`."""
    verbs = parser.add_subparsers(dest="templates", metavar="WHAT", required=True)
    check = verbs.add_parser("check", help="检查一个版式文件: 格式、安全边距、二维码留白、对比和模块大小")
    check.add_argument("file", type=Path)
    check.add_argument("--base", type=Path, metavar="FILE", help="门店改自哪个版式: 再检查有没有动锁定的部分")


def templates_verb(args: argparse.Namespace) -> Outcome:
    """Check a file. Raises InvalidInputError for one that cannot be read."""
    template, found = check_file(args.file, args.base)
    doc = {"file": args.file.name, "ok": not found, "problems": [problem._asdict() for problem in found]}
    if found:
        return Outcome(doc, [f"{args.file.name}: {len(found)} 处要改。", *map(str, found)], FAILED)
    size = f"{template.width:g} × {template.height:g} {template.unit}" if template else ""
    return Outcome(doc, [f"{args.file.name}: 可以发布 ({size})。"])
