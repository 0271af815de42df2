"""The verbs of coupons: recall, coupon-key, coupons (report, daily)."""

from __future__ import annotations

import argparse
import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, get_args

import msgspec
from sqlalchemy import Connection

from guide_app.base.arguments import whole
from guide_app.base.clock import DAY_MS, Clock, day_start_ms
from guide_app.base.errors import InvalidInputError
from guide_app.base.ids import parse_id
from guide_app.base.money import yuan
from guide_app.base.tabular.rejects import SafeCsvWriter
from guide_app.protocol.recall import What
from head_office.cli.database import Office
from head_office.cli.outcome import ATTENTION, DONE, Outcome
from head_office.coupons.allot import lapse_allotments
from head_office.coupons.occasions import give_of_day
from head_office.coupons.recall import recall
from head_office.coupons.report import Line, Report, as_document, read_report
from head_office.coupons.signing import new_key
from head_office.feed.write import FeedWriter, in_transaction
from head_office.store import audit
from head_office.store.secret import load_secret

_LINE_TITLES = (
    "编号", "名称", "发出", "在客户手里", "已核销", "已过期", "已召回", "因退货退回", "额度在外", "核销金额(分)",
    "退回金额(分)", "重复核销", "重复核销金额(分)", "最多还要付(分)", "对账差额",
)  # fmt: skip
_COST_TITLES = ("编号", "核销门店", "发券导购", "导购姓名", "核销", "核销金额(分)", "因退货退回", "退回金额(分)")
_BORNE_TITLES = ("编号", "规则", "谁承担", "门店", "重复核销", "金额(分)")


def add_coupon_verbs(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """The grammar of these verbs."""
    back = verbs.add_parser("recall", help="召回一批券、一张券、一份额度, 或一台电脑的所有额度: 各店下次同步后不再收")
    back.add_argument("what", choices=get_args(What))
    back.add_argument("id")
    back.add_argument("--by", default="", metavar="NAME", help="经办人 (记入审计)")
    key = verbs.add_parser("coupon-key", help="给券签名的密钥").add_subparsers(
        dest="deed", metavar="DEED", required=True
    )
    key.add_parser("new", help="换一把新密钥; 旧密钥签过的券照常有效")
    deeds = verbs.add_parser("coupons", help="券的账和每天的事").add_subparsers(
        dest="deed", metavar="DEED", required=True
    )
    deeds.add_parser("daily", help="每天一次: 发生日券和新客券, 收回早已到期而没有交还的额度")
    told = deeds.add_parser("report", help="发出、核销、过期、召回、退回、额度在外, 各导购与门店的成本, 以及对账差额")
    told.add_argument("--template", metavar="NO", type=whole(), help="只看这个编号的券")
    told.add_argument("--from", dest="since", metavar="DATE", help="只算这天起发出的券")
    told.add_argument("--to", dest="until", metavar="DATE", help="只算到这天为止 (含) 发出的券")
    told.add_argument("--out", type=Path, metavar="DIR", help="写出三张 CSV 和一份 JSON")


def recall_verb(office: Office, args: argparse.Namespace, clock: Clock, environ: Mapping[str, str]) -> Outcome:
    """Recall, with the next version of the signed list. Raises NotFoundError."""
    now, secret, record_id = clock.now_ms(), load_secret(office.data_dir, environ), _id(args.id)

    def work(connection: Connection) -> None:
        writer = FeedWriter(connection, now)
        recall(writer, secret, args.what, record_id)
        writer.flush()
        detail = {"what": args.what, "id": record_id, "by": args.by}
        audit.record(connection, now, "office", "coupon.recall", detail)

    in_transaction(office.engine, work)
    return Outcome(
        {"recalled": f"{args.what}:{record_id}"}, ["已召回; 各店下次同步后不再收, 没联网的柜台会看到名单的日期。"]
    )


def coupon_key_verb(office: Office, clock: Clock, environ: Mapping[str, str]) -> Outcome:
    """Sign with a new key from now on."""
    now, secret = clock.now_ms(), load_secret(office.data_dir, environ)

    def work(connection: Connection) -> int:
        writer = FeedWriter(connection, now)
        no = new_key(writer, secret).no
        writer.flush()
        audit.record(connection, now, "office", "coupon.key", {"no": no})
        return no

    no = in_transaction(office.engine, work)
    return Outcome({"key_no": no}, [f"现在用第 {no} 把密钥签券; 以前签过的券照常有效。"])


def coupons_verb(office: Office, args: argparse.Namespace, clock: Clock, environ: Mapping[str, str]) -> Outcome:
    """The account of coupons, or what is due every day."""
    if args.deed == "report":
        return _report(office, args, clock)
    now, secret = clock.now_ms(), load_secret(office.data_dir, environ)
    given = give_of_day(office.engine, secret, now)
    lapsed = lapse_allotments(office.engine, now)
    line = f"发出生日券 {given.birthday} 张、新客券 {given.newcomer} 张; 收回到期额度 {lapsed} 张。"
    return Outcome({**asdict(given), "lapsed": lapsed}, [line])


def _report(office: Office, args: argparse.Namespace, clock: Clock) -> Outcome:
    """The account; 5 if the books do not agree."""
    time = {
        **({"since": day_start_ms(_day(args.since))} if args.since else {}),
        **({"until": day_start_ms(_day(args.until)) + DAY_MS} if args.until else {}),
    }
    with office.engine.connect() as connection:
        report = read_report(connection, clock.now_ms(), template_no=args.template, **time)
    if args.out is not None:
        _write(args.out, report)
    lines = [*map(_told, report.lines), f"对账差额 {report.difference}"]
    return Outcome(as_document(report), lines, DONE if report.difference == 0 else ATTENTION)


def _told(line: Line) -> str:
    return (
        f"{line.no:>5}  {line.name}: 发出 {line.issued}, 在手 {line.held}, 核销 {line.redeemed}, 过期 {line.expired},"
        f" 召回 {line.recalled}, 退回 {line.returned}, 额度在外 {line.in_allotments}; 成本 {yuan(line.cost_fen)},"
        f" 重复核销 {line.conflicts} ({yuan(line.conflict_fen)}), 最多还要付 {yuan(line.liability_fen)}"
    )


def _write(folder: Path, report: Report) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, titles, rows in (
            ("coupons.csv", _LINE_TITLES, report.lines),
            ("costs.csv", _COST_TITLES, report.costs),
            ("conflicts.csv", _BORNE_TITLES, report.conflicts),
        ):
            _write_csv(folder / name, titles, [tuple(asdict(row).values()) for row in rows])
        (folder / "coupons.json").write_bytes(msgspec.json.format(msgspec.json.encode(as_document(report)), indent=2))
    except OSError as e:
        raise InvalidInputError("file.write", f"写不了 {folder}: {e.strerror}。", "请换一个位置。") from e


def _write_csv(path: Path, titles: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as out:
        file = SafeCsvWriter(out)
        file.row(titles)
        for row in rows:
            file.row(row)


def _day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError as e:
        raise InvalidInputError("coupons.day", f"「{text}」不是日期。", "例如 2026-10-01。") from e


def _id(text: str) -> str:
    try:
        return parse_id(text)
    except ValueError as e:
        raise InvalidInputError("coupons.id", f"「{text}」不是编号。", "编号形如 0190f2c4-…, 从列表里复制。") from e
