"""`/01/<gtin>…`: the page behind a product's own code, as GS1 Digital Link asks for (URI syntax, release 1.6.0).

With `?s=<code>` it is also somebody's share: a genuine code for this very product leads on to the page of that link,
where coupon, attribution and counting are. Without one nobody shared it, so the page has no guide, no coupon and no
stock, and opening it is no scan of a share. Variant, lot, serial number and dates are read and checked, not shown.
"""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from guide_app.base.errors import InvalidInputError, NotFoundError
from guide_app.base.gs1_link import Gs1Link, parse_gs1_path
from guide_app.base.gtin import parse_gtin, spellings
from guide_app.protocol.link import Subject
from head_office.landing.answers import Message, address_of, message_page, page, redirect, too_often
from head_office.landing.facts import Facts
from head_office.landing.forms import ClaimForm
from head_office.landing.page_view import page_view
from head_office.landing.queries import read_product_facts
from head_office.landing.services import Services
from head_office.landing.showing import opened_link
from head_office.sharing.link_rules import LinkRevokedError

_NO_PRODUCT = Message(404, "没有这个商品", "这个条码不是本品牌的商品，或者它已经撤下。")
_LEADS_ON = 307


def get_product(services: Services, request: Request) -> Response:
    """The product with this GTIN, or the page of the share that the address carries."""
    try:
        item = parse_gs1_path(_path(request), request.scope["query_string"].decode("ascii", "replace"))
    except InvalidInputError:
        return message_page(services, _NO_PRODUCT)
    with services.engine.connect() as connection:
        facts = read_product_facts(connection, gtin_spellings(item.gtin))
    if facts is None:
        return message_page(services, _NO_PRODUCT)
    if item.share_code:
        if _is_share_of(services, item, facts):
            return redirect(f"/s/{item.share_code}", _LEADS_ON)
        wait = services.limits.misses_by_address.take(address_of(services, request))
        if wait:
            return too_often(services, wait)
    return _show(services, facts)


def gtin_spellings(text: str) -> tuple[str, ...]:
    """The usual lengths of a GTIN, shortest first; empty for anything that is none."""
    try:
        return spellings(parse_gtin(text))
    except InvalidInputError:
        return ()


def _path(request: Request) -> str:
    """The path as it was sent, for a value may hold an encoded `/`; a shorter GTIN is brought to 14 digits."""
    raw: bytes = request.scope.get("raw_path") or request.scope["path"].encode("utf-8", "replace")
    key, _, rest = raw.decode("ascii", "replace").partition("?")[0].strip("/").partition("/")
    gtin, slash, more = rest.partition("/")
    known = gtin_spellings(gtin)
    return f"{key}/{known[-1] if known else gtin}{slash}{more}"


def _is_share_of(services: Services, item: Gs1Link, facts: Facts) -> bool:
    """Whether the code was signed by one of our PCs for this product, wherever it leads today, and is in use."""
    try:
        with services.engine.connect() as connection:
            link = opened_link(services, connection, item.share_code).link
    except (NotFoundError, LinkRevokedError):
        return False
    product = facts.product
    return product is not None and (link.subject, link.subject_no) == (Subject.PRODUCT, product.no)


def _show(services: Services, facts: Facts) -> Response:
    view = page_view(facts, services.site.brand, services.clock.now_ms())
    return page(
        services,
        view.status,
        "page",
        page=view,
        form=ClaimForm(),
        consent=services.consent,
        claim_id="",
        held_url="",
        bar=False,
        notes=("各门店的库存与活动请到店查询。",),
    )
