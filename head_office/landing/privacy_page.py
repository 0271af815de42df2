"""`/s/<code>/privacy`: who processes what and why, taking consent back, and where to complain."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import Response

from guide_app.base.errors import GuideError
from head_office.feed.write import in_transaction
from head_office.landing.answers import address_of, page, redirect, too_often
from head_office.landing.forms import WithdrawForm, withdraw_form
from head_office.landing.people_view import card_view
from head_office.landing.queries import phone_of
from head_office.landing.services import Services
from head_office.landing.showing import Visit, visit
from head_office.landing.withdraw import claimant_of_code, claimant_of_slip, withdraw

_DONE = {
    "no_marketing": "已撤回。我们不会再向你发送新品与优惠信息；已领的券照常可用。",
    "no_contact": "已记下。导购不会再主动联系你；已领的券照常可用。",
}


def get_privacy(services: Services, request: Request) -> Response:
    """The page; after a withdrawal it says so."""
    seen, known = _visit(services, request)
    return _show(services, seen, WithdrawForm(), known=known, done=_DONE.get(request.query_params.get("done", ""), ""))


def post_privacy(services: Services, request: Request, fields: Mapping[str, str]) -> Response:
    """Take consent back, or refuse all contact."""
    wait = services.limits.withdrawals_by_address.take(address_of(services, request))
    if wait:
        return too_often(services, wait, request.path_params["code"])
    seen, known = _visit(services, request)
    form = withdraw_form(fields, known=known)
    if not form.good:
        return _show(services, seen, form, known=known, status=422)

    def work(connection: Connection) -> int:
        if known and seen.slip is not None:
            claimant = claimant_of_slip(seen.slip)
        else:
            claimant = claimant_of_code(connection, form.phone, form.coupon)
        return withdraw(connection, claimant, form.wish, services.clock.now_ms())

    try:
        in_transaction(services.engine, work)
    except GuideError as e:
        return _show(services, seen, replace(form, message=str(e)), known=known, status=422)
    return redirect(f"/s/{seen.opened.code}/privacy?done={form.wish}#withdraw")


def _visit(services: Services, request: Request) -> tuple[Visit, bool]:
    """The link, and whether this browser has shown a slip of a client that still exists."""
    with services.engine.connect() as connection:
        seen = visit(services, connection, request, even_revoked=True)
        return seen, seen.slip is not None and bool(phone_of(connection, seen.slip))


def _show(
    services: Services, seen: Visit, form: WithdrawForm, *, known: bool, done: str = "", status: int = 200
) -> Response:
    card = card_view(seen.facts.guide, seen.facts.store, services.site.brand)
    return page(
        services,
        status,
        "privacy",
        code=seen.opened.code,
        card=card,
        consent=services.consent,
        form=form,
        known=known,
        done=done,
    )
