"""`head-office tags`: the dictionary with how many clients carry each tag; rename, merge, and take either back."""

from __future__ import annotations

import argparse
from dataclasses import asdict

from sqlalchemy import Connection

from guide_app.base.clock import Clock, china_datetime
from head_office.cli.database import Office
from head_office.cli.outcome import Outcome
from head_office.feed.write import in_transaction
from head_office.publishing import dictionary
from head_office.publishing.dictionary import TagChange, TagLine

_DEEDS = {"rename": "改名为", "merge": "并入"}


def add_tag_arguments(parser: argparse.ArgumentParser) -> None:
    """What stands after `tags`."""
    deeds = parser.add_subparsers(dest="deed", metavar="DEED", required=True)
    deeds.add_parser("list", help="列出标签库: 各有多少客户, 曾用名, 并入了谁")
    change = deeds.add_parser("rename", help="改名; 客户身上的标签和历史都保留")
    join = deeds.add_parser("merge", help="并入同组的另一个标签; 客户不会少")
    for deed, to in ((change, "TO"), (join, "INTO")):
        deed.add_argument("group", metavar="GROUP")
        deed.add_argument("name", metavar="NAME")
        deed.add_argument("to", metavar=to)
    deeds.add_parser("changes", help="列出改名和合并, 各带编号")
    back = deeds.add_parser("undo", help="撤销一次改名或合并")
    back.add_argument("change", metavar="ID")
    for deed in (change, join, back):
        deed.add_argument("--by", required=True, metavar="NAME", help="经办人 (记入审计)")


def tags_verb(office: Office, args: argparse.Namespace, clock: Clock) -> Outcome:
    """Carry out one deed. Raises GuideError."""
    now = clock.now_ms()
    if args.deed == "list":
        with office.engine.connect() as connection:
            tags = dictionary.list_tags(connection, now)
        return Outcome({"tags": [asdict(tag) for tag in tags]}, [*map(_tag_line, tags)] or ["标签库是空的。"])
    if args.deed == "changes":
        with office.engine.connect() as connection:
            changes = dictionary.list_changes(connection)
        return Outcome({"changes": [asdict(one) for one in changes]}, [*map(_line, changes)] or ["还没有改过。"])

    def work(connection: Connection) -> TagChange:
        if args.deed == "undo":
            return dictionary.undo(connection, args.change, by=args.by, now_ms=now)
        deed = dictionary.rename if args.deed == "rename" else dictionary.merge
        return deed(connection, args.group, args.name, args.to, by=args.by, now_ms=now)

    done = in_transaction(office.engine, work)
    way_back = f"撤销: head-office tags undo {done.id} --by 姓名"
    said = ["已撤销。"] if args.deed == "undo" else [f"{done.clients} 位客户带着它, 一位不少。", way_back]
    return Outcome({"change": asdict(done)}, [_line(done), *said])


def _tag_line(tag: TagLine) -> str:
    marks = [f"曾用名 {'、'.join(tag.was)}"] if tag.was else []
    marks += [f"已并入「{tag.merged_into}」"] if tag.merged_into else [] if tag.visible else ["不开放"]
    marks += ["需留意"] if tag.blocks else []
    return "  ".join([f"{tag.group} · {tag.name}", f"{tag.clients:,} 位客户", *marks])


def _line(change: TagChange) -> str:
    when = f"{china_datetime(change.at_ms):%Y-%m-%d %H:%M}"
    back = "  (已撤销)" if change.taken_back else ""
    what = f"「{change.tag}」{_DEEDS[change.deed]}「{change.to}」"
    return f"{change.id}  {when}  {change.by}  {change.group} · {what}  {change.clients:,} 位客户{back}"
