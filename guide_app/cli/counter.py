"""Verbs at the counter: coupon issue|give|verify|redeem|allotments."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

import msgspec

from guide_app.base.clock import china_datetime
from guide_app.base.errors import InvalidInputError
from guide_app.base.money import yuan
from guide_app.cli.outcome import Exit, Outcome
from guide_app.coupons.model import HeldCoupon
from guide_app.coupons.queries import CounterState
from guide_app.flows.desk import Desk
from guide_app.flows.till import Draft, TillLine
from guide_app.protocol.coupon_code import show_code

_FORM = """每行 {"sku": 货号或条码, "qty": 件数, "amount_fen": 金额 (分, 可不写)}, 放在一个 JSON 数组里。"""


class _Line(msgspec.Struct, frozen=True):
    """A line of a bill as a script writes it; without an amount it costs what it costs now."""

    sku: str
    qty: int = 1
    amount_fen: int | None = None


def coupon(desk: Desk, args: argparse.Namespace) -> Outcome:
    """`coupon issue|give|verify|redeem|allotments`."""
    deeds = {"issue": _issue, "give": _give, "verify": _verify, "redeem": _redeem, "allotments": _allotments}
    return deeds[args.deed](desk, args)


def _issue(desk: Desk, args: argparse.Namespace) -> Outcome:
    held = desk.coupon_deeds.issue(args.batch, args.client, desk.roster.acting())
    return Outcome(_doc(held), [f"已发「{held.terms.name}」 {show_code(held.code)}"])


def _give(desk: Desk, args: argparse.Namespace) -> Outcome:
    held = desk.coupon_gifts.give(args.code, args.to, desk.roster.acting())
    told = f"「{held.terms.name}」 {show_code(held.code)} 已转给 {held.client_name}, 联网后由总部确认。"
    return Outcome(_doc(held) | _way(desk, held), [told])


def _way(desk: Desk, held: HeldCoupon) -> dict[str, Any]:
    """Through whose hands a coupon has gone."""
    rows = desk.coupon_gifts.of_coupon(held.id)
    return {"gifts": [{"from": r.giver, "to": r.receiver, "at": r.at, "pending": r.pending} for r in rows]}


def _verify(desk: Desk, args: argparse.Namespace) -> Outcome:
    seen = desk.till.reckon(_draft(desk, args), None)
    for refused in seen.refused:
        raise refused.error
    (shown,) = seen.laid
    held, verdict = shown.coupon, shown.verdict
    doc = _doc(held) | {
        "usable": verdict.usable, "reasons": [str(r) for r in verdict.reasons], "codes": list(verdict.codes),
        "discount_fen": verdict.discount_fen, "shares": list(seen.shares), "payable_fen": seen.payable_fen,
        "genuine": held.id in seen.proven, **_way(desk, held),
    }  # fmt: skip
    said = "可用" if verdict.usable else "不可用: " + "; ".join(map(str, verdict.reasons))
    until = f"{china_datetime(held.valid_until):%Y-%m-%d} 前有效" if held.valid_until else "长期有效"
    facts = (held.client_name, held.guide_name, until, "签名有效" if held.id in seen.proven else "")
    lines = [f"「{held.terms.name}」 {said}", " · ".join(filter(None, facts)), _room(seen.state)]
    if seen.payable_fen is not None and verdict.usable:
        lines.append(f"减 {yuan(verdict.discount_fen)}, 应付 {yuan(seen.payable_fen)}")
    return Outcome(doc, lines, Exit.DONE if verdict.usable else Exit.FAILED)


def _redeem(desk: Desk, args: argparse.Namespace) -> Outcome:
    actor = desk.roster.acting()
    seen = desk.till.reckon(_draft(desk, args), actor.guide_id)
    for refused in seen.refused:
        raise refused.error
    (held,) = desk.coupon_deeds.redeem_bill(
        seen.draft.texts, seen.bill, actor, order_no=args.order, client_id=seen.draft.client_id
    )
    return Outcome(_doc(held), [f"已核销「{held.terms.name}」, 联网后由总部确认。"])


def _allotments(desk: Desk, _args: argparse.Namespace) -> Outcome:
    """What the acting guide may still hand out without network, and what the counter may still take."""
    actor, state = desk.roster.acting(), desk.coupons.state()
    mine = desk.allotments.of_guide(actor.guide_id or "")
    doc: dict[str, Any] = {
        "allotments": [
            {
                "id": a.id, "name": a.name, "count": a.count, "left": a.left, "drawn_fen": a.drawn_fen,
                "budget_fen": a.certificate.budget_fen, "expires_at": a.expires_at,
                "over": a.expires_at <= state.present_ms,
            }
            for a in mine
        ],
        "redeem": {
            "count": state.room.count, "discount_fen": state.room.discount_fen, "until": state.room.until,
            "recalls_at": state.recalls_at,
        },
    }  # fmt: skip
    lines = [f"「{a.name}」 剩 {a.left}/{a.count} 张, {china_datetime(a.expires_at):%Y-%m-%d %H:%M} 前" for a in mine]
    return Outcome(doc, [*(lines or ["没有离线发券额度。"]), _room(state)])


def _draft(desk: Desk, args: argparse.Namespace) -> Draft:
    lines = _read_lines(desk, args.lines) if args.lines is not None else ()
    text = desk.asked_codes.known(args.code)
    return Draft("cli", texts=(text,), client_id=args.client, lines=lines, amount_fen=args.amount)


def _read_lines(desk: Desk, file: Path) -> tuple[TillLine, ...]:
    """A bill from a JSON file. Raises InvalidInputError for what is no bill, or an article that is not in the book."""
    try:
        asked = msgspec.json.decode(file.read_bytes(), type=list[_Line])
    except (OSError, msgspec.DecodeError) as e:
        raise InvalidInputError("bill.invalid", f"读不了明细 {file}: {e}", _FORM) from e
    made = []
    for line in asked:
        found = desk.scans.find(line.sku, typed=True)
        if found.kind != "article" or line.qty < 1:
            raise InvalidInputError("bill.line", f"明细里的「{line.sku}」不是一件商品。", _FORM)
        variant = found.variants[0]
        amount = variant.price_fen * line.qty if line.amount_fen is None else line.amount_fen
        made.append(TillLine(variant.product_id, variant.title, line.qty, amount))
    return tuple(made)


def _room(state: CounterState) -> str:
    room = state.room
    return f"离线核销额度剩 {room.count} 张 / {yuan(room.discount_fen)}"


def _doc(held: HeldCoupon) -> dict[str, Any]:
    return {
        "id": held.id, "code": held.code, "name": held.terms.name, "status": held.status, "client_id": held.client_id,
        "client": held.client_name, "guide": held.guide_name, "valid_until": held.valid_until,
    }  # fmt: skip
