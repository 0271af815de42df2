"""The verb of other systems' coupons: external-coupons check, use, return, open, settle."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from dataclasses import asdict

import sqlalchemy as sa

from guide_app.base.arguments import whole
from guide_app.base.clock import Clock, china_datetime
from guide_app.base.errors import InvalidInputError, NotFoundError
from guide_app.base.ids import NIL, parse_id
from guide_app.base.money import yuan
from guide_app.protocol.external_coupon import ExternalCheck, ExternalTold, ExternalUse
from head_office.cli.database import Office
from head_office.cli.outcome import ATTENTION, DONE, FAILED, Outcome
from head_office.coupons.external.config import load_systems
from head_office.coupons.external.desk import Counter, ExternalDesk
from head_office.coupons.external.wechat import SOURCE
from head_office.store import audit
from head_office.store.tables import KIND_TABLES

_CODES = {"usable": DONE, "used": DONE, "refused": FAILED, "unsettled": ATTENTION}
_WORDS = {"usable": "可以核销", "used": "已核销", "refused": "不能核销", "unsettled": "还不知道结果"}
_STATES = {"free": "未使用", "used": "已核销", "expired": "已过期", "unknown": "状态不明"}


def add_external_arguments(verb: argparse.ArgumentParser) -> None:
    """The grammar of this verb."""
    deeds = verb.add_subparsers(dest="deed", metavar="DEED", required=True)
    check = deeds.add_parser("check", help="这一批减多少; 给出持券人的 OpenID 时还查这一张的状态")
    use = deeds.add_parser("use", help="核销一张; 没有收到回答时用同一个 --request 再问")
    for deed in (check, use):
        deed.add_argument("code", help="券码")
        deed.add_argument("--stock", required=True, metavar="ID", help="批次号")
        deed.add_argument("--store", required=True, metavar="CODE", help="门店代码")
        deed.add_argument("--amount", type=whole(1), required=deed is use, default=0, metavar="FEN")
        deed.add_argument("--order", default="", metavar="NO", help="小票号")
    check.add_argument("--openid", default="", help="持券人在 appid 下的 OpenID (不保存, 不记录)")
    use.add_argument("--request", default="", metavar="ID", help="请求号; 不给则新取一个")
    back = deeds.add_parser("return", help="退货后把券退给客户")
    back.add_argument("request", help="核销时的请求号")
    back.add_argument("--by", required=True, metavar="NAME", help="经办人 (记入审计)")
    deeds.add_parser("open", help="没有收到回答的核销, 各再问一次; 列出退了货而券没退的")
    settle = deeds.add_parser("settle", help="对方系统里已看清一次没有回答的核销是否成功")
    settle.add_argument("request")
    known = settle.add_mutually_exclusive_group(required=True)
    known.add_argument("--used", action="store_true")
    known.add_argument("--not-used", action="store_true")
    settle.add_argument("--by", required=True, metavar="NAME")


def external_verb(office: Office, args: argparse.Namespace, clock: Clock, environ: Mapping[str, str]) -> Outcome:
    """Carry the deed out. Raises GuideError."""
    desk = ExternalDesk(office.engine, load_systems(office.data_dir, environ, clock), clock)
    if not desk.is_on:
        raise InvalidInputError("external.off", "没有配置外部券。", "写法见 docs/coupons.md 的 wechat-pay.json。")
    match args.deed:
        case "check":
            return _check(office, desk, args)
        case "use":
            return _use(office, desk, args, clock)
        case "return":
            at = desk.give_back(_id(args.request), args.by)
            return Outcome({"returned_at": at}, [f"已于 {china_datetime(at):%Y-%m-%d %H:%M} 退还, 客户可以再用。"])
        case "open":
            return _open(desk)
        case _:
            desk.settle_by_hand(_id(args.request), used=args.used, by=args.by)
            return Outcome({"settled": args.request, "used": args.used}, ["已记下。"])


def _check(office: Office, desk: ExternalDesk, args: argparse.Namespace) -> Outcome:
    asked = ExternalCheck(code=args.code, stock_id=args.stock, amount_fen=args.amount, order_no=args.order)
    done = _told(desk.check(_counter(office, args.store), asked), "")
    if not args.openid:
        return done
    batch, _ = desk.terms(args.stock)
    held = desk.look_up(batch.source or SOURCE, args.code, args.openid)
    line = f"这一张: {_STATES[held.state]}, {held.valid_from} 至 {held.valid_until}"
    used_by = f", 核销请求号 {held.used_by}" if held.used_by else ""
    return Outcome({**done.doc, "coupon": asdict(held)}, [*done.lines, line + used_by], done.code)


def _use(office: Office, desk: ExternalDesk, args: argparse.Namespace, clock: Clock) -> Outcome:
    request = _id(args.request) if args.request else audit.new_id(clock.now_ms())
    asked = ExternalUse(
        request_no=request, code=args.code, stock_id=args.stock, amount_fen=args.amount, order_no=args.order
    )
    return _told(desk.use(_counter(office, args.store), asked), request)


def _told(told: ExternalTold, request: str) -> Outcome:
    off = f", 减 {yuan(told.discount_fen)}" if told.discount_fen else ""
    lines = [f"{told.name} · {_WORDS[told.state]}{off}".lstrip(" ·")]
    lines += [told.detail] if told.detail else []
    lines += [f"请求号 {request}"] if request else []
    doc = {"request": request, "state": told.state, "name": told.name, "discount_fen": told.discount_fen}
    doc |= {"min_spend_fen": told.min_spend_fen, "reason": told.reason, "detail": told.detail}
    return Outcome(doc, lines, _CODES[told.state])


def _open(desk: ExternalDesk) -> Outcome:
    done, left = desk.settle_open()
    lines = [f"{one.request_no}  {one.name}: {_WORDS[one.state]}" for one in done]
    lines += [f"{one.request_no}  {one.name}: {error}" for one, error in left]
    refunded = desk.to_give_back()
    lines += [
        f"{one.request_no}  {one.name}: 小票 {one.order_no} 已退款 {yuan(fen)}, 券还没有退给客户"
        " (head-office external-coupons return)"
        for one, fen in refunded
    ]
    doc = {
        "settled": [asdict(one) for one in done],
        "left": [one.request_no for one, _ in left],
        "refunded": [
            {"request": one.request_no, "order_no": one.order_no, "refunded_fen": fen} for one, fen in refunded
        ],
    }
    return Outcome(doc, lines or ["没有等回答的核销。"], ATTENTION if left or refunded else DONE)


def _counter(office: Office, code: str) -> Counter:
    """Staff of head office stand in for a store's counter."""
    table = KIND_TABLES["store"]
    with office.engine.connect() as connection:
        store_id = connection.execute(sa.select(table.c.id).where(table.c.code == code)).scalar()
    if store_id is None:
        raise NotFoundError("store.unknown", f"没有门店 {code}。", "请核对门店代码。")
    return Counter(str(store_id), NIL)


def _id(text: str) -> str:
    try:
        return parse_id(text)
    except ValueError as e:
        raise InvalidInputError(
            "external.request", f"「{text}」不是请求号。", "请求号是 32 位编号, 从列表里复制。"
        ) from e
