"""`/s/<code>/claim` and `/s/<code>/c/<slip>`: taking a coupon, and the coupon in the hand."""

from __future__ import annotations

import re
from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import Response

from guide_app.base.errors import GuideError
from head_office.coupons.claim import Claim, claim
from head_office.coupons.queries import template_by_id
from head_office.feed.write import in_transaction
from head_office.landing import queries
from head_office.landing.answers import Message, address_of, message_page, page, redirect, too_often
from head_office.landing.coupon_view import held_view
from head_office.landing.forms import ClaimForm, claim_form
from head_office.landing.page_view import is_over
from head_office.landing.people_view import card_view
from head_office.landing.qr import qr_view
from head_office.landing.seal import BadSlipError, Slip
from head_office.landing.services import Services
from head_office.landing.showing import SLIP_COOKIE, Visit, coupon_url, held_slip, show_page, visit
from head_office.store.audit import new_id

_UUID7 = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
_SLIP = re.compile(r"[A-Za-z0-9_=-]*")
#: Whoever repeats a claim within this time is taken for the same person on a bad line.
_REPEAT_MS = 15 * 60_000
_SLIP_S = 180 * 86_400


def post_claim(services: Services, request: Request, fields: Mapping[str, str]) -> Response:
    """Hand out the link's coupon; then look at it, so that a reload sends nothing again."""
    code = request.path_params["code"]
    wait = services.limits.claims_by_address.take(address_of(services, request))
    if wait:
        return too_often(services, wait, code)
    with services.engine.connect() as connection:
        seen = visit(services, connection, request)
    wait = services.limits.claims_by_link.take(seen.opened.code)
    if wait:
        return too_often(services, wait, code)
    already = held_slip(services, seen)
    if already is not None:
        return redirect(coupon_url(services, code, already))
    if is_over(seen.facts, services.clock.now_ms()):  # the form was opened while the campaign still ran
        return show_page(services, seen)
    form = claim_form(fields, services.consent)
    if not form.good:
        return show_page(services, seen, form, 422)
    return _claim(services, seen, form, fields.get("claim_id", ""))


def get_coupon(services: Services, request: Request) -> Response:
    """The coupon that the slip in the address names."""
    gone = Message(
        404, "没有这张券", "地址不完整，或者这张券已经不在了。", "领券时留过手机号的话，到店报手机号也能查到。"
    )
    with services.engine.connect() as connection:
        seen = visit(services, connection, request, even_revoked=True)
        try:
            slip = services.sealer.open(_sealed(request.path_params["slip"]))
        except BadSlipError:
            return message_page(services, gone, seen.opened.code)
        coupon = queries.read_coupon(connection, slip)
        template = template_by_id(connection, coupon.template_id) if coupon is not None else None
        names = queries.read_names(connection, template) if template is not None else {}
    card = card_view(seen.facts.guide, seen.facts.store, services.site.brand)
    if coupon is None or template is None:
        return message_page(services, gone, seen.opened.code, card)
    held = held_view(coupon, template, card, services.clock.now_ms(), names)
    return page(services, 200, "coupon", held=held, qr=qr_view(held.scanned), code=seen.opened.code)


def _sealed(text: str) -> str:
    """The slip without what a chat took for a part of the address."""
    found = _SLIP.match(text)
    return found[0] if found else ""


def _claim(services: Services, seen: Visit, form: ClaimForm, claim_id: str) -> Response:
    now = services.clock.now_ms()
    asked = Claim(
        claim_id=claim_id if _UUID7.fullmatch(claim_id) else new_id(now),
        opened=seen.opened,
        phone=form.phone,
        choice="marketing" if form.marketing else "none",
        consent_version=services.consent.version if form.marketing else "",
    )
    try:
        claimed = in_transaction(services.engine, lambda connection: claim(connection, services.secret, asked, now))
    except GuideError as e:
        return _refused(services, seen, form, e)
    return _handed_out(services, seen, Slip(seen.opened.store_id, claimed.client_id, claimed.coupon_id))


def _handed_out(services: Services, seen: Visit, slip: Slip) -> Response:
    response = redirect(coupon_url(services, seen.opened.code, slip))
    response.set_cookie(
        SLIP_COOKIE,
        services.sealer.seal(slip),
        max_age=_SLIP_S,
        path="/s",
        secure=services.site.secure,
        httponly=True,
        samesite="lax",
    )
    return response


def _refused(services: Services, seen: Visit, form: ClaimForm, error: GuideError) -> Response:
    """What to say when no new coupon came of it."""
    if error.code == "coupon.limit":
        return _claimed_before(services, seen, form)
    with services.engine.connect() as connection:
        facts = queries.read_facts(connection, seen.opened, services.clock.now_ms())
    changed = Visit(seen.opened, facts, seen.slip, seen.held)
    return show_page(services, changed, ClaimForm(form.phone, form.marketing, message=error.sentence), 409)


def _claimed_before(services: Services, seen: Visit, form: ClaimForm) -> Response:
    """Show the coupon again to whoever took it a moment ago, or on this very phone; a stranger learns no code."""
    opened, now = seen.opened, services.clock.now_ms()
    with services.engine.connect() as connection:
        same_phone = seen.slip is not None and queries.phone_of(connection, seen.slip) == form.phone
        since = 0 if same_phone else now - _REPEAT_MS
        slip = queries.coupon_claimed_since(connection, opened.store_id, form.phone, opened.template_id or "", since)
    if slip is not None:
        return _handed_out(services, seen, slip)
    message = Message(
        409,
        "这个手机号领过这张券了",
        "没有用掉、也没有转赠的话，券还在：到店报手机号，店员就能找到它。",
        "在领券的那台手机上打开这个链接，也能看到券码。",
        back=f"/s/{opened.code}",
    )
    return message_page(
        services, message, opened.code, card_view(seen.facts.guide, seen.facts.store, services.site.brand)
    )
