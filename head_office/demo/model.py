"""The demo brand as frozen data. Field names are those of `guide_app.protocol.records` wherever a record has them.

Money is fen, moments are UTC milliseconds, ids are UUIDv7 text, `store_id` names the scope of what a store owns.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from head_office.demo.art import Sitter
from head_office.demo.drawing.tone import RGB

Sex = Literal["", "female", "male"]
ContactState = Literal["none", "one_to_one", "marketing", "refused"]


@dataclass(frozen=True, slots=True)
class Store:
    """门店. `latitude`, `longitude` in degrees (WGS 84), near the landmark the store is named after."""

    id: str
    code: str
    name: str
    region: str
    address: str
    phone: str
    hours: str
    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Guide:
    """导购 or 店长. `pin` is what she types in the demo; the office stores only its hash."""

    id: str
    no: int
    number: str
    name: str
    role: Literal["guide", "store_manager"]
    store_id: str
    pin: str
    active: bool = True


@dataclass(frozen=True, slots=True)
class Colour:
    """A colour by its Chinese name and sRGB."""

    name: str
    rgb: RGB


@dataclass(frozen=True, slots=True)
class Product:
    """款. `family` is the key of its drawing, `weight` how well it sells against others, `launched` its first day."""

    id: str
    no: int
    spu: str
    name: str
    category: str
    season: str
    points: tuple[str, ...]
    material: str
    care: str
    price_fen: int
    tag_price_fen: int
    status: Literal["on_sale", "stopped"]
    sensitive: bool
    family: str
    audience: str
    colours: tuple[Colour, ...]
    sizes: tuple[str, ...]
    weight: float
    launched: dt.date

    @property
    def sitter(self) -> Sitter:
        """What its picture is drawn from: the first colour stands for the style."""
        return Sitter(self.family, self.spu, self.name, self.colours[0].rgb)


@dataclass(frozen=True, slots=True)
class Sku:
    """规格: one colour in one size; `rank` orders sizes within the product."""

    id: str
    product_id: str
    code: str
    gtin: str
    colour: str
    size: str
    price_fen: int
    rank: int


@dataclass(frozen=True, slots=True)
class CouponTemplate:
    """券模板. `percent_off` 10 = 九折; `quota` 0 = unlimited; `allotment` is what each guide may give out."""

    id: str
    no: int
    name: str
    kind: Literal["threshold_off", "percent_off", "cash_off"]
    min_spend_fen: int
    discount_fen: int
    percent_off: int
    max_discount_fen: int
    valid_from: int
    valid_until: int
    valid_days: int
    claim_limit: int
    quota: int
    status: Literal["active", "paused", "ended"]
    allotment: int


@dataclass(frozen=True, slots=True)
class Tag:
    """标签 of head office's dictionary."""

    id: str
    group: str
    name: str
    multi: bool
    rank: int


@dataclass(frozen=True, slots=True)
class Script:
    """话术 with variables {称呼} {商品} {券} {门店} {导购}. A second text of one is its variant B."""

    id: str
    scene: str
    title: str
    body: str
    rank: int
    variant: str = ""
    variant_of: str | None = None


@dataclass(frozen=True, slots=True)
class Campaign:
    """活动 or 总部消息; `no` 0 is a message, which nobody shares. `coupon_template_id` is its coupon, if it has one."""

    id: str
    kind: str
    title: str
    body: str
    starts_at: int
    ends_at: int
    no: int = 0
    coupon_template_id: str | None = None


@dataclass(frozen=True, slots=True)
class Client:
    """客户 of one store. `tastes` (drawing families) steers the simulation only."""

    id: str
    store_id: str
    primary_guide_id: str
    name: str
    phone: str
    wechat: str
    member_no: str
    sex: Sex
    age_band: str
    birth_calendar: Literal["solar", "lunar"]
    birth_year: int | None
    birth_month: int | None
    birth_day: int | None
    birth_leap: bool
    level: str
    source_channel: str
    contact_state: ContactState
    consent_version: str
    consent_at: int | None
    shoe_size: str
    top_size: str
    preference: str
    remark: str
    follow_state: str
    starred: bool
    created_at: int
    tastes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ClientTag:
    """One tag on one client."""

    id: str
    store_id: str
    client_id: str
    group: str
    name: str
    origin: Literal["guide", "hq", "rule"]
    guide_id: str | None
    at: int


@dataclass(frozen=True, slots=True)
class Note:
    """A touch on the timeline."""

    id: str
    store_id: str
    client_id: str
    guide_id: str
    kind: Literal["note", "call", "visit", "message"]
    body: str
    at: int


@dataclass(frozen=True, slots=True)
class Task:
    """任务; kind `promise` is 答应过的事."""

    id: str
    store_id: str
    kind: Literal["task", "promise", "care", "birthday", "callback"]
    title: str
    body: str
    origin: Literal["guide", "manager", "hq", "rule"]
    guide_id: str | None
    client_id: str | None
    due_at: int | None
    status: Literal["open", "done", "cancelled"]
    result: str
    done_at: int | None
    urged_at: int | None
    created_at: int


@dataclass(frozen=True, slots=True)
class Purchase:
    """One receipt; a return is its own with negative amounts and names the original in `origin_order_no`."""

    id: str
    store_id: str
    order_no: str
    kind: Literal["sale", "return"]
    origin_order_no: str
    client_id: str | None
    guide_id: str
    at: int
    total_fen: int
    discount_fen: int
    coupon_code: str
    channel: str


@dataclass(frozen=True, slots=True)
class PurchaseLine:
    """`amount_fen` is what was paid for `qty` pieces after `discount_fen`; a return's line names the bought one."""

    id: str
    store_id: str
    purchase_id: str
    sku_id: str
    product_id: str
    title: str
    colour: str
    size: str
    qty: int
    amount_fen: int
    discount_fen: int
    origin_line_id: str | None


@dataclass(frozen=True, slots=True)
class Stock:
    """Figures of one variant in one store, true at `as_of`; available = on hand - reserved."""

    store_id: str
    sku_id: str
    on_hand: int
    available: int
    reserved: int
    in_transit: int
    as_of: int


@dataclass(frozen=True, slots=True)
class Coupon:
    """A coupon in a customer's hand."""

    id: str
    store_id: str
    template_id: str
    code: str
    client_id: str
    guide_id: str
    share_id: str | None
    status: Literal["claimed", "redeemed", "expired", "void"]
    claimed_at: int
    valid_from: int
    valid_until: int
    redeemed_at: int | None


@dataclass(frozen=True, slots=True)
class Redemption:
    """核销 of a coupon on an order."""

    id: str
    store_id: str
    coupon_id: str
    coupon_code: str
    guide_id: str
    order_no: str
    amount_fen: int
    discount_fen: int
    status: Literal["pending", "confirmed", "conflict"]
    at: int


@dataclass(frozen=True, slots=True)
class Target:
    """Monthly sales target of a guide; `month` is `2026-11`."""

    id: str
    store_id: str
    guide_id: str
    month: str
    target_fen: int


@dataclass(frozen=True, slots=True)
class Share:
    """A poster or link that a guide sent. Its signed `code` is made by whoever holds the brand's link key."""

    id: str
    store_id: str
    guide_id: str
    client_id: str | None
    product_id: str
    coupon_template_id: str | None
    share_no: int
    template: str
    channel: Literal["copy", "link", "save", "print", "cli"]
    price_fen: int
    at: int


@dataclass(frozen=True, slots=True)
class ShareEvent:
    """What came of a share; the client is named only if she consented to marketing."""

    id: str
    store_id: str
    share_id: str
    guide_id: str
    product_id: str
    client_id: str | None
    coupon_id: str | None
    kind: Literal["scan", "claim"]
    at: int
