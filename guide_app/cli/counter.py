"""Verbs at the counter: coupon issue|verify|redeem."""

from __future__ import annotations

import argparse
from typing import Any

from guide_app.base.clock import china_datetime
from guide_app.cli.outcome import Exit, Outcome
from guide_app.coupons.model import HeldCoupon
from guide_app.flows.desk import Desk
from guide_app.protocol.coupon_code import show_code


def coupon(desk: Desk, args: argparse.Namespace) -> Outcome:
    """`coupon issue|verify|redeem`."""
    return {"issue": _issue, "verify": _verify, "redeem": _redeem}[args.deed](desk, args)


def _issue(desk: Desk, args: argparse.Namespace) -> Outcome:
    held = desk.coupon_deeds.issue(args.batch, args.client, desk.roster.acting())
    return Outcome(_doc(held), [f"已发「{held.terms.name}」 {show_code(held.code)}"])


def _verify(desk: Desk, args: argparse.Namespace) -> Outcome:
    held, verdict = desk.coupons.verify(args.code, args.amount)
    doc = _doc(held) | {
        "usable": verdict.usable, "reasons": [str(r) for r in verdict.reasons], "codes": list(verdict.codes),
        "discount_fen": verdict.discount_fen,
    }  # fmt: skip
    said = "可用" if verdict.usable else "不可用: " + "; ".join(map(str, verdict.reasons))
    until = f"{china_datetime(held.valid_until):%Y-%m-%d} 前有效" if held.valid_until else "长期有效"
    lines = [f"「{held.terms.name}」 {said}", f"{held.client_name} · {held.guide_name} · {until}"]
    return Outcome(doc, lines, Exit.DONE if verdict.usable else Exit.FAILED)


def _redeem(desk: Desk, args: argparse.Namespace) -> Outcome:
    held = desk.coupon_deeds.redeem(args.code, desk.roster.acting(), order_no=args.order, amount_fen=args.amount)
    return Outcome(_doc(held), [f"已核销「{held.terms.name}」, 联网后由总部确认。"])


def _doc(held: HeldCoupon) -> dict[str, Any]:
    return {
        "id": held.id, "code": held.code, "name": held.terms.name, "status": held.status, "client_id": held.client_id,
        "client": held.client_name, "guide": held.guide_name, "valid_until": held.valid_until,
    }  # fmt: skip
