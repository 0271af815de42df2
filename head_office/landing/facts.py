"""What the office knows about one genuine link at one moment: the material of every page below `/s/<code>`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from guide_app.protocol.link import Subject
from guide_app.protocol.records import Campaign, Guide, Product, Sku, Stock, Store
from guide_app.protocol.stock_records import NearbyFigure
from head_office.catalogue.prices import Asked
from head_office.coupons.limits import UsedUp
from head_office.coupons.model import Template

_PRIVATE = "private"


def is_sold(product: Product) -> bool:
    """Whether the brand still sells it."""
    return product.status == "on_sale"


def goes_into_chats(product: Product) -> bool:
    """Whether a guide may show it to customers one by one (私域): not what is private to whoever buys it."""
    return not product.sensitive and (not product.channels or _PRIVATE in product.channels)


@dataclass(frozen=True, slots=True)
class Facts:
    """Records a link points at; None where the office has none (any more).

    `store` is the store of the PC that signed the link. `stock` and `nearby` are that store's figures by variant id;
    `store_names` names the neighbours. `remaining` counts coupons left, None without a quota; `used_up` is another
    limit that is reached; `coupon_names` names the products and stores of its terms. `shared_price_fen` is the price
    that stood on the poster, 0 while the share record has not arrived; `shared_price_until` (UTC ms) how long it said
    that this holds, 0 where it said nothing. `look` are the products of a look that are still sold
    and may be shown, in order; `look_gone` counts the others. `asked` are the product's prices so far, oldest first.
    """

    code: str
    subject: Subject
    store: Store | None = None
    guide: Guide | None = None
    product: Product | None = None
    skus: tuple[Sku, ...] = ()
    stock: Mapping[str, Stock] = field(default_factory=lambda: MappingProxyType({}))
    nearby: Mapping[str, tuple[NearbyFigure, ...]] = field(default_factory=lambda: MappingProxyType({}))
    store_names: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    template: Template | None = None
    remaining: int | None = None
    used_up: UsedUp = ""
    coupon_names: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    shared_price_fen: int = 0
    shared_price_until: int = 0
    look_name: str = ""
    look: tuple[Product, ...] = ()
    look_gone: int = 0
    campaign: Campaign | None = None
    asked: tuple[Asked, ...] = ()
