"""`/01/<gtin>`: the page behind the bar code of a product, as GS1 Digital Link asks for (GS1 DL URI syntax, 1.5).

Nobody shared it, so it has no guide, no coupon and no stock; opening it is no scan of a share.
"""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from guide_app.base.errors import InvalidInputError
from guide_app.base.gtin import parse_gtin
from head_office.landing.answers import Message, message_page, page
from head_office.landing.forms import ClaimForm
from head_office.landing.page_view import page_view
from head_office.landing.queries import read_product_facts
from head_office.landing.services import Services

_LENGTHS = (8, 12, 13, 14)
_NO_PRODUCT = Message(404, "没有这个商品", "这个条码不是本品牌的商品，或者它已经撤下。")


def get_product(services: Services, request: Request) -> Response:
    """The product with this GTIN."""
    spellings = gtin_spellings(request.path_params["gtin"])
    if not spellings:
        return message_page(services, _NO_PRODUCT)
    with services.engine.connect() as connection:
        facts = read_product_facts(connection, spellings)
    if facts is None:
        return message_page(services, _NO_PRODUCT)
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
        notes=("划线价为吊牌价，不代表曾以此价成交。各门店的库存与活动请到店查询。",),
    )


def gtin_spellings(text: str) -> tuple[str, ...]:
    """The usual lengths of a GTIN, shortest first; empty for anything that is none."""
    try:
        whole = parse_gtin(text).zfill(_LENGTHS[-1])
    except InvalidInputError:
        return ()
    return tuple(whole[-n:] for n in _LENGTHS if not whole[:-n].strip("0"))
