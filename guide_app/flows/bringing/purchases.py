"""Receipts from a file into the book: what a guide noted herself, never what head office vouches for."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection

from guide_app.base.actor import Actor
from guide_app.base.errors import GuideError, InvalidInputError, NotFoundError
from guide_app.base.phrase import Phrase
from guide_app.base.tabular.receipts import Receipt, ReceiptGatherer, ReceiptLine, ReceiptRules, receipt_fields
from guide_app.base.tabular.rejects import RowReject
from guide_app.flows.bringing.model import BringOptions, BringReport, NobodyWatches, Verdict, Watch
from guide_app.flows.bringing.source import open_source, write_rejects
from guide_app.store.codec import json_list
from guide_app.store.database import Database
from guide_app.store.uow import UnitOfWork

_LOOK_EVERY = 500


@dataclass(frozen=True, slots=True)
class _Variant:
    sku_id: str
    product_id: str | None
    title: str
    colour: str
    size: str


@dataclass(frozen=True, slots=True)
class _Names:
    """What the names on the receipts mean in this book, and the receipts it has."""

    clients: Mapping[str, str]
    guides: Mapping[str, str]
    variants: Mapping[str, _Variant]
    held: Mapping[str, tuple[int, int]]


_UNKNOWN = Phrase("客户本里没有这位顾客, 先导入客户。")
_UNNAMED = Phrase("没有写明顾客的手机号或会员号。")


@dataclass(frozen=True, slots=True)
class _Judged:
    """A receipt and what becomes of it; `problem` (column, value, why) where it is refused."""

    receipt: Receipt
    verdict: Verdict | None
    problem: tuple[str, str, GuideError] | None = None


def bring_purchases(
    db: Database, actor: Actor, path: Path, options: BringOptions | None = None, watch: Watch | None = None
) -> BringReport:
    """Bring receipts of clients of this book, in one transaction; they count as unverified until head office has them.

    A receipt that is there already is left alone. Not to be called on the book's writer thread. Raises TableError,
    InvalidInputError, and whatever `watch.check` raises; then nothing has changed.
    """
    options, watch = options or BringOptions(), watch or NobodyWatches()
    started = time.monotonic()
    fields = tuple(field for field in receipt_fields() if field.name != "store")
    n_rows = 0
    with open_source(path, fields, options) as source:
        gatherer = ReceiptGatherer(fields, source.reading, ReceiptRules())
        for row in source.reading.rows:
            gatherer.add(row)
            n_rows += 1
            if n_rows % _LOOK_EVERY == 0:
                watch.check()
                watch.report(n_rows, source.total)
    receipts = list(gatherer.receipts())
    rejects = {number: why for refused in gatherer.refused() for number, why in refused.rejects.items()}
    if options.dry_run:
        judged = db.query(lambda conn: _judge(receipts, _look_up(conn, receipts)))
    else:
        judged = db.change(lambda uow: _carry_out(uow, receipts, watch), by=actor.guide_id, origin=actor.origin)
    counts: Counter[str] = Counter()
    for one in judged:
        if one.problem is not None:
            rejects |= {number: (RowReject.of(number, *one.problem),) for number in one.receipt.rows}
        else:
            counts[one.verdict or ""] += len(one.receipt.rows)
    write_rejects(path, source.reading.header, rejects, options)
    return BringReport(
        what="purchases",
        source=path.name,
        dry_run=options.dry_run,
        rows=n_rows,
        added=counts["added"],
        merged=0,
        unchanged=counts["unchanged"],
        rejected=len(rejects),
        rejects=[reject for number in sorted(rejects) for reject in rejects[number]],
        columns=source.titles,
        unused=source.unused,
        errors=options.errors if rejects else None,
        seconds=time.monotonic() - started,
    )


def _look_up(conn: Connection, receipts: Sequence[Receipt]) -> _Names:
    lines = [line for receipt in receipts for line in receipt.lines]
    words = json_list({word for line in lines for word in (line.sku_code, line.gtin) if word})
    variants: dict[str, _Variant] = {}
    for code, gtin, *variant in conn.exec_driver_sql(
        "SELECT k.code, k.gtin, k.id, k.product_id, coalesce(p.name, ''), k.colour, k.size"
        " FROM sku k LEFT JOIN product p ON p.id = k.product_id"
        " WHERE k.code IN (SELECT value FROM json_each(?)) OR k.gtin IN (SELECT value FROM json_each(?))",
        (words, words),
    ):
        variants |= {name: _Variant(*variant) for name in (gtin, code) if name}
    clients: dict[str, str] = {}
    for name in ("phone", "member_no"):
        wanted = json_list({receipt.said(name) for receipt in receipts} - {""})
        rows = conn.exec_driver_sql(
            f"SELECT {name}, id FROM client WHERE {name} IN (SELECT value FROM json_each(?)) ORDER BY created_at DESC",
            (wanted,),
        )
        clients |= {f"{name}:{value}": client_id for value, client_id in rows}
    orders = json_list({receipt.order_no for receipt in receipts})
    held = conn.exec_driver_sql(
        "SELECT order_no, total_fen, at FROM purchase WHERE order_no IN (SELECT value FROM json_each(?))", (orders,)
    )
    guides = conn.exec_driver_sql("SELECT number, id FROM guide")
    return _Names(
        clients,
        {number: guide_id for number, guide_id in guides},  # noqa: C416 - rows are no plain pairs to mypy
        variants,
        {order_no: (total, at) for order_no, total, at in held},
    )


def _judge(receipts: Sequence[Receipt], names: _Names) -> list[_Judged]:
    return [_judge_one(receipt, names) for receipt in receipts]


def _judge_one(receipt: Receipt, names: _Names) -> _Judged:
    order_no, number = receipt.order_no, receipt.said("guide_number")
    held = names.held.get(order_no)
    if held == (receipt.total_fen, receipt.at):
        return _Judged(receipt, "unchanged")
    if held is not None:
        return _refused(
            receipt, "单号", order_no, InvalidInputError("purchase.differs", "这个单号已在客户本里, 内容不同。")
        )
    if _client(receipt, names) is None:
        who = receipt.said("phone") or receipt.said("member_no")
        why = _UNKNOWN if who else _UNNAMED
        return _refused(receipt, "手机号", who, NotFoundError("client.unknown", why))
    if number and number not in names.guides:
        return _refused(
            receipt, "导购", number, NotFoundError("guide.unknown", "没有工号「{number}」。", number=number)
        )
    return _Judged(receipt, "added")


def _refused(receipt: Receipt, column: str, value: str, why: GuideError) -> _Judged:
    return _Judged(receipt, None, (column, value, why))


def _client(receipt: Receipt, names: _Names) -> str | None:
    keys = (f"{name}:{receipt.said(name)}" for name in ("member_no", "phone"))
    return next((names.clients[key] for key in keys if key in names.clients), None)


def _carry_out(uow: UnitOfWork, receipts: Sequence[Receipt], watch: Watch) -> list[_Judged]:
    names = _look_up(uow.conn, receipts)
    judged = _judge(receipts, names)
    for done, one in enumerate(judged):
        if done % _LOOK_EVERY == 0:
            watch.check()
            watch.report(done, len(judged))
        if one.verdict == "added":
            _put(uow, one.receipt, names)
    watch.check()
    watch.report(len(judged), len(judged))
    return judged


def _put(uow: UnitOfWork, receipt: Receipt, names: _Names) -> None:
    purchase = {
        "order_no": receipt.order_no,
        "kind": "return" if receipt.is_return else "sale",
        "origin_order_no": receipt.said("origin_order_no"),
        "client_id": _client(receipt, names),
        "guide_id": names.guides.get(receipt.said("guide_number")),
        "at": receipt.at,
        "total_fen": receipt.total_fen,
        "discount_fen": sum(line.discount_fen for line in receipt.lines),
        "coupon_code": receipt.said("coupon_code"),
        "channel": receipt.said("channel"),
        "verified": False,
    }
    purchase_id = uow.put("purchase", purchase)
    for line in receipt.lines:
        uow.put("purchase_line", _line(line, purchase_id, names.variants))


def _line(line: ReceiptLine, purchase_id: str, variants: Mapping[str, _Variant]) -> dict[str, object]:
    variant = variants.get(line.sku_code) or variants.get(line.gtin)
    return {
        "purchase_id": purchase_id,
        "sku_id": variant.sku_id if variant else None,
        "product_id": variant.product_id if variant else None,
        "title": line.title or (variant.title if variant else line.sku_code or line.gtin),
        "colour": line.colour or (variant.colour if variant else ""),
        "size": line.size or (variant.size if variant else ""),
        "qty": line.qty,
        "amount_fen": line.amount_fen,
        "discount_fen": line.discount_fen,
    }
