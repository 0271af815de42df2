"""What the pages about a link are put together from: facts and the visitor's slip in, an answer out."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import Response

from guide_app.base.errors import NotFoundError
from guide_app.protocol.link import BadLinkError, read
from guide_app.protocol.records import Coupon
from head_office.landing.answers import page
from head_office.landing.coupon_view import held_state
from head_office.landing.facts import Facts
from head_office.landing.forms import ClaimForm
from head_office.landing.her_guide import NOTE, keeps_other_guide, with_her_guide
from head_office.landing.page_view import Page, page_view
from head_office.landing.queries import read_coupon, read_facts
from head_office.landing.seal import BadSlipError, Slip
from head_office.landing.services import Services
from head_office.sharing.links import OpenedLink, open_link
from head_office.store.audit import new_id

#: The cookie that remembers who claimed on this phone; its value is sealed.
SLIP_COOKIE = "slip"

_NOTES = ("库存由门店上报，以到店为准。", "优惠券不兑现、不找零，一次用完。")


@dataclass(frozen=True, slots=True)
class Visit:
    """A verified link with its facts, and the coupon that this visitor took before, if any."""

    opened: OpenedLink
    facts: Facts
    slip: Slip | None
    held: Coupon | None


def visit(services: Services, connection: Connection, request: Request, *, even_revoked: bool = False) -> Visit:
    """Look up the link in the address. Raises NotFoundError for what is no link of ours, LinkRevokedError.

    What she has already, and the way to take consent back, stay open `even_revoked`.
    """
    opened = opened_link(services, connection, request.path_params["code"], even_revoked=even_revoked)
    slip = slip_of(services, request.cookies.get(SLIP_COOKIE, ""))
    held = read_coupon(connection, slip) if slip is not None else None
    facts = with_her_guide(connection, read_facts(connection, opened, services.clock.now_ms()), opened, slip)
    return Visit(opened, facts, slip, held)


def opened_link(services: Services, connection: Connection, code: str, *, even_revoked: bool = False) -> OpenedLink:
    """The verified link; garbled codes are refused before the database is asked. Raises as `open_link` does."""
    try:
        read(code)
    except (BadLinkError, ValueError) as e:
        raise NotFoundError("not_found", "没有这个链接。") from e
    return open_link(connection, services.secret, code, even_revoked=even_revoked)


def slip_of(services: Services, sealed: str) -> Slip | None:
    """The slip in a cookie; None without one, or if it is none of ours (a changed secret, a curious customer)."""
    try:
        return services.sealer.open(sealed)
    except BadSlipError:
        return None


def show_page(services: Services, seen: Visit, form: ClaimForm | None = None, status: int = 0) -> Response:
    """The landing page; with the form as it was sent, if something is wrong with it."""
    now = services.clock.now_ms()
    mine = held_slip(services, seen)
    view = page_view(seen.facts, services.site.brand, now)
    return page(
        services,
        status or view.status,
        "page",
        page=view,
        form=form or ClaimForm(),
        consent=services.consent,
        claim_id=new_id(now),
        held_url=coupon_url(services, view.code, mine) if mine is not None else "",
        bar=bool(view.card.dial or mine or view.claimable),
        notes=_notes(seen, view),
    )


def _notes(seen: Visit, view: Page) -> tuple[str, ...]:
    kept = (NOTE,) if keeps_other_guide(seen.facts, seen.opened) else ()
    return (*kept, *(_NOTES if view.kind == "product" else ()))


def coupon_url(services: Services, code: str, slip: Slip) -> str:
    """Where a claimed coupon is shown: unguessable, and silent about whose it is."""
    return f"/s/{code}/c/{services.sealer.seal(slip)}"


def held_slip(services: Services, seen: Visit) -> Slip | None:
    """The visitor's own coupon of the link's template, while she can still use it."""
    held = seen.held
    if held is None or held.template_id is None or held.template_id != seen.opened.template_id:
        return None
    return seen.slip if held_state(held, services.clock.now_ms()) in ("ready", "early") else None
