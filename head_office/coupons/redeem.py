"""核销: a coupon is used up once, wherever in the brand, by one transaction that holds its row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from guide_app.protocol.coupon_bill import Ticket, at_most, obstacles, take_off
from guide_app.protocol.coupon_code import normalise_code
from guide_app.protocol.coupon_gift import is_hers_alone
from guide_app.protocol.coupon_mix import may_go_together
from guide_app.protocol.voucher import is_voucher
from head_office.coupons.asked import Redeemed, Redemption
from head_office.coupons.bearer import BEYOND, ENDED, Case, borne
from head_office.coupons.external.uses import stands_alone
from head_office.coupons.holder import is_hers
from head_office.coupons.model import Template, ticket_of
from head_office.coupons.proof import Proof, ended_at, prove
from head_office.coupons.queries import locate, locate_id, template_by_id
from head_office.coupons.settle import COPIED, OUTSIDE, OVER, STRANGER
from head_office.coupons.uses import Use, counted, same_sale, uses_of
from head_office.feed.rows import Key
from head_office.feed.write import FeedWriter

__all__ = ["Redeemed", "Redemption", "redeem"]

#: What is held against a coupon on a receipt, which says too little of goods and buyer to be judged by the terms.
_EVEN_ON_RECEIPTS = ("coupon.redeemed", "coupon.expired", "coupon.not_yet", *ENDED)


def redeem(writer: FeedWriter, asked: Redemption) -> Redeemed:
    """Use up a coupon. The same redemption again is a duplicate and changes nothing.

    A second redemption of a coupon, and one that should not have been where the price was reduced already, is kept as a
    record in conflict, with who bears it and by which rule: the customer has her discount, and the store must see that.
    """
    shown = _shown(writer, asked)
    if isinstance(shown, str):
        return Redeemed(shown)
    coupon_key, coupon, template, proof = shown
    own_key: Key = (asked.scope, "redemption", asked.id)
    about = Redeemed(touched=(coupon_key,), guide_id=coupon["guide_id"], client_id=coupon["client_id"])
    if writer.get(own_key) is not None:
        return replace(about, duplicate=True, touched=(coupon_key, own_key))
    uses = uses_of(writer, coupon_key[2])
    told = _told_before([use for use in uses if _may_be(use, asked, coupon, proof)], asked)
    if told is not None and not _is_judged_anew(told, uses, asked):
        ended_by = "coupon.holder" if told.rule == STRANGER else "coupon.recalled"
        about = replace(about, problem="coupon.redeemed" if counted(uses) else ended_by)
        return _told_again(writer, asked, about, told)
    own_key = own_key if told is None else told.key
    ended = ended_at(writer.connection, coupon_key[2], coupon, asked.code if proof else "")
    if ended is not None and asked.at < ended and coupon["status"] == "void":
        coupon = {**coupon, "status": "claimed"}  # it was worth something when it was used
    ticket = ticket_of(coupon_key[2], coupon, template)
    beside = _beside(writer, asked, ticket)
    case = Case(asked, "", coupon_key, coupon, template, proof, ended, counted(uses))
    problem = _problem(writer, case, ticket, beside)
    about = replace(about, problem=problem)
    if problem and not _is_booked(problem, asked):
        return about
    record = _record(writer, asked, ticket, beside) | {"coupon_code": coupon["code"]}
    if problem:
        record |= borne(writer, replace(case, problem=problem), record["discount_fen"])
    writer.put(own_key, record)
    if not problem or record["rule"] in OUTSIDE:
        writer.change(coupon_key, status="redeemed", redeemed_at=asked.at)
    return replace(about, touched=(coupon_key, own_key))


def _is_booked(problem: str, asked: Redemption) -> bool:
    """Whether a use that is refused is written down: a second one always, others where a discount was given.

    On a receipt that is a coupon which had ended before; one out of its time has nothing left to be used up.
    """
    return problem == "coupon.redeemed" or asked.offline or (asked.receipt and problem in ENDED)


def _problem(writer: FeedWriter, case: Case, ticket: Ticket, beside: Sequence[Ticket]) -> str:
    """The first reason why the coupon is worth nothing on this bill; empty if it is."""
    asked, proof = case.asked, case.proof
    found = [obstacle.code for obstacle in obstacles(ticket, asked.bill)]
    if asked.receipt:
        found = [code for code in found if code in _EVEN_ON_RECEIPTS]
    if case.ended is not None and case.ended <= asked.at and "coupon.void" not in found:
        return "coupon.recalled"
    first = next(iter(found), "")
    if proof is not None and proof.beyond and first not in ("coupon.redeemed", *ENDED):
        return BEYOND
    who, voucher = (asked.scope, asked.client_id), proof.voucher if proof else None
    given_at = case.coupon["given_at"]
    # A counter without network that cannot have heard of the gift stands on what held before.
    knew = given_at is not None and not (asked.offline and asked.known_until < given_at)
    if knew and voucher is not None and voucher.is_for(None):  # from before it was given: it names nobody
        voucher = None
    alone = is_hers_alone(transferable=case.template.transferable, given_at=given_at if knew else None)
    hers = is_hers(writer.connection, who, case.coupon_key[0], case.coupon, voucher, transferable=not alone)
    if not first and not hers:
        return "coupon.holder"
    if not first and not asked.receipt and stands_alone(writer.connection, asked.scope, asked.order_no):
        return "coupon.exclusive"
    return first or ("" if may_go_together([ticket, *beside]) else "coupon.exclusive")


def _record(writer: FeedWriter, asked: Redemption, ticket: Ticket, beside: Sequence[Ticket]) -> dict[str, Any]:
    offs = take_off([ticket, *beside], asked.bill)
    taken = next(off.total_fen for off in offs if off.ticket_id == ticket.id)
    if asked.offline and not asked.bill.lines:
        taken = at_most(ticket) or 0
    return {
        "coupon_id": ticket.id,
        "guide_id": asked.guide_id,
        "order_no": asked.order_no,
        "amount_fen": asked.amount_fen,
        "discount_fen": taken,
        "at": asked.at,
        "offline": asked.offline,
        "device_id": asked.device_id,
        "heard_at": writer.now_ms,
    }


def _shown(writer: FeedWriter, asked: Redemption) -> tuple[Key, Mapping[str, Any], Template, Proof | None] | str:
    """The coupon behind what was shown, locked, and its template; or why there is none."""
    proof: Proof | None = None
    if is_voucher(asked.code):
        proved = prove(writer, asked.code, asked.at, given=asked.given)
        if isinstance(proved, str):
            return proved
        proof, key = proved, proved.key
    else:
        found = locate(writer.connection, normalise_code(asked.code))
        if found is None:
            return "coupon.unknown"
        key = found
    coupon = writer.get(key)
    template = template_by_id(writer.connection, coupon.data["template_id"]) if coupon else None
    return (key, coupon.data, template, proof) if coupon and template else "coupon.unknown"


def _beside(writer: FeedWriter, asked: Redemption, ticket: Ticket) -> list[Ticket]:
    """The other coupons on the bill, as far as head office knows them."""
    found = []
    for coupon_id in asked.beside:
        key = locate_id(writer.connection, coupon_id)
        held = writer.get(key) if key is not None and coupon_id != ticket.id else None
        template = template_by_id(writer.connection, held.data["template_id"]) if held else None
        if held is not None and template is not None:
            found.append(ticket_of(coupon_id, held.data, template))
    return found


def _may_be(use: Use, asked: Redemption, coupon: Mapping[str, Any], proof: Proof | None) -> bool:
    """Whether a use may be of what is shown now: a forged or copied voucher is not the genuine one of its serial.

    By its order number a use is found whatever was shown: one sale is one use.
    """
    if asked.order_no and use.order_no == asked.order_no:
        return True
    if proof is not None and proof.beyond:
        return use.status == "conflict"  # such a use never counts
    is_copy = proof is not None and proof.copied
    if use.rule == OVER:
        return coupon["status"] == "void" and not is_copy
    return use.rule != COPIED or proof is None or is_copy


def _told_before(uses: Sequence[Use], asked: Redemption) -> Use | None:
    """The use that this tells of once more. A stranger's is told again by its till or its order number alone.

    Whoever names another client, and no such number, tells of another person's use.
    """
    told = same_sale(uses, asked.scope, asked.order_no, asked.at)
    if told is None or told.rule != STRANGER or asked.client_id is None or told.order_no == asked.order_no:
        return told
    return same_sale([use for use in uses if use.rule != STRANGER], asked.scope, asked.order_no, asked.at)


def _is_judged_anew(told: Use, uses: Sequence[Use], asked: Redemption) -> bool:
    """Whether what was refused is told again as another thing, and nothing stands in its way any more.

    A till that was refused once asks again for the same bill; or it was she herself and not somebody else.
    """
    came_free = told.status == "conflict" and not told.offline and counted(uses) is None
    return came_free or (told.rule == STRANGER and asked.client_id is not None)


def _told_again(writer: FeedWriter, asked: Redemption, about: Redeemed, use: Use) -> Redeemed:
    """Till and counter PC tell of one use: it is kept once, with the order number that one of them knows.

    By the number a refund finds it. `about` says what speaks against it if it is in conflict.
    """
    touched = (*about.touched, use.key)
    if asked.order_no and not use.order_no:
        writer.change(use.key, order_no=asked.order_no)
    if use.status == "conflict":
        return replace(about, touched=touched)
    return replace(about, problem="", duplicate=True, touched=touched)
