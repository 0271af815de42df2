"""The shape of every synced record. Field names are the column names of both databases.

Every field has a default, so that a record from an older or newer program still decodes (additive evolution);
what a kind cannot do without stands in `guide_app.protocol.kinds`. Money is fen, moments are UTC milliseconds, ids are
canonical UUID text, pictures are SHA-256 in hex.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from msgspec import Meta, Struct, field

Id = Annotated[str, Meta(pattern=r"^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$")]
Short = Annotated[str, Meta(max_length=64)]
Line = Annotated[str, Meta(max_length=300)]
Text = Annotated[str, Meta(max_length=4000)]
Fen = Annotated[int, Meta(ge=-(1 << 53), le=1 << 53)]
Ms = Annotated[int, Meta(ge=0, lt=1 << 48)]
Count = Annotated[int, Meta(ge=-(1 << 31), lt=1 << 31)]


class Record(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Base of all kinds: the id within its scope."""

    id: Id = "00000000-0000-0000-0000-000000000000"


# --- brand scope: head office writes, every PC of the brand holds a copy -------------------------------------------


class Store(Record, frozen=True, kw_only=True, omit_defaults=True):
    """门店 store."""

    code: Short = ""
    name: Short = ""
    region: Short = ""
    address: Line = ""
    phone: Short = ""
    hours: Short = ""


class Guide(Record, frozen=True, kw_only=True, omit_defaults=True):
    """导购 shopping guide. `no` is the short number inside links; `number` is what staff know her by."""

    no: Annotated[int, Meta(ge=0, lt=1 << 16)] = 0
    number: Short = ""
    name: Short = ""
    role: Literal["guide", "store_manager"] = "guide"
    store_id: Id | None = None
    active: bool = True


class Product(Record, frozen=True, kw_only=True, omit_defaults=True):
    """款 style (SPU). `no` is the short number inside links; `image` is a blob's SHA-256 or empty."""

    no: Annotated[int, Meta(ge=0, lt=1 << 20)] = 0
    spu: Short = ""
    name: Line = ""
    category: Line = ""
    season: Short = ""
    points: list[Line] = field(default_factory=list)
    material: Line = ""
    care: Line = ""
    image: Short = ""
    price_fen: Fen = 0
    tag_price_fen: Fen = 0
    status: Literal["on_sale", "stopped"] = "on_sale"
    sensitive: bool = False


class Sku(Record, frozen=True, kw_only=True, omit_defaults=True):
    """规格 variant of a product: one colour in one size."""

    product_id: Id | None = None
    code: Short = ""
    gtin: Short = ""
    colour: Short = ""
    size: Short = ""
    price_fen: Fen = 0
    rank: Count = 0


class CouponTemplate(Record, frozen=True, kw_only=True, omit_defaults=True):
    """券模板. `discount_fen` for threshold_off and cash_off, `percent_off` (10 = 九折) for percent_off."""

    no: Annotated[int, Meta(ge=0, lt=1 << 14)] = 0
    name: Short = ""
    kind: Literal["threshold_off", "percent_off", "cash_off"] = "threshold_off"
    min_spend_fen: Fen = 0
    discount_fen: Fen = 0
    percent_off: Annotated[int, Meta(ge=0, le=100)] = 0
    max_discount_fen: Fen = 0
    valid_from: Ms = 0
    valid_until: Ms = 0
    valid_days: Count = 0
    claim_limit: Count = 1
    quota: Count = 0
    status: Literal["active", "paused", "ended"] = "active"


class Tag(Record, frozen=True, kw_only=True, omit_defaults=True):
    """标签 of head office's dictionary."""

    group: Annotated[str, Meta(max_length=15)] = ""
    name: Annotated[str, Meta(max_length=30)] = ""
    multi: bool = True
    rank: Count = 0


class Script(Record, frozen=True, kw_only=True, omit_defaults=True):
    """话术 with variables such as {称呼} {商品} {券} {门店}."""

    scene: Short = ""
    title: Line = ""
    body: Text = ""
    rank: Count = 0


class Campaign(Record, frozen=True, kw_only=True, omit_defaults=True):
    """活动 or 总部消息."""

    kind: Short = ""
    title: Line = ""
    body: Text = ""
    starts_at: Ms = 0
    ends_at: Ms = 0


# --- store scope: held by the PCs of one store ----------------------------------------------------------------------


class GuidePin(Record, frozen=True, kw_only=True, omit_defaults=True):
    """Argon2id hash of a guide's PIN; same id as the guide. Goes to her own store's PCs only."""

    pin_hash: Line = ""


class Client(Record, frozen=True, kw_only=True, omit_defaults=True):
    """客户. `contact_state`: none (not asked) → one_to_one → marketing; refused is final for the guide.

    `merged_into` names the client that this one turned out to be; she is archived since.
    """

    name: Short = ""
    phone: Annotated[str, Meta(max_length=20)] = ""
    wechat: Short = ""
    member_no: Short = ""
    sex: Literal["", "female", "male"] = ""
    age_band: Short = ""
    birth_calendar: Literal["solar", "lunar"] = "solar"
    birth_year: Annotated[int, Meta(ge=1880, le=2200)] | None = None
    birth_month: Annotated[int, Meta(ge=1, le=12)] | None = None
    birth_day: Annotated[int, Meta(ge=1, le=31)] | None = None
    birth_leap: bool = False
    primary_guide_id: Id | None = None
    level: Short = ""
    source_channel: Short = ""
    contact_state: Literal["none", "one_to_one", "marketing", "refused"] = "none"
    consent_version: Short = ""
    consent_at: Ms | None = None
    shoe_size: Short = ""
    top_size: Short = ""
    preference: Line = ""
    remark: Text = ""
    follow_state: Short = ""
    starred: bool = False
    no_profiling: bool = False
    archived_at: Ms | None = None
    created_at: Ms = 0
    merged_into: Id | None = None


class ClientTag(Record, frozen=True, kw_only=True, omit_defaults=True):
    """One tag on one client. Removing it is a tombstone of this id, so that a concurrent add survives."""

    client_id: Id | None = None
    group: Annotated[str, Meta(max_length=15)] = ""
    name: Annotated[str, Meta(max_length=30)] = ""
    origin: Literal["guide", "hq", "rule"] = "guide"
    guide_id: Id | None = None
    at: Ms = 0


class Note(Record, frozen=True, kw_only=True, omit_defaults=True):
    """A touch on the timeline: 备注 note, 电话 call, 到店 visit, 消息 message. A fact, never edited."""

    client_id: Id | None = None
    guide_id: Id | None = None
    kind: Literal["note", "call", "visit", "message"] = "note"
    body: Text = ""
    at: Ms = 0


class Purchase(Record, frozen=True, kw_only=True, omit_defaults=True):
    """One receipt. A return is a purchase of its own with negative amounts that names the original."""

    order_no: Short = ""
    kind: Literal["sale", "return"] = "sale"
    origin_order_no: Short = ""
    client_id: Id | None = None
    guide_id: Id | None = None
    at: Ms = 0
    total_fen: Fen = 0
    discount_fen: Fen = 0
    coupon_code: Short = ""
    channel: Short = ""
    verified: bool = True


class PurchaseLine(Record, frozen=True, kw_only=True, omit_defaults=True):
    """One line of a receipt; `amount_fen` is what was paid for `qty` pieces after discounts."""

    purchase_id: Id | None = None
    sku_id: Id | None = None
    product_id: Id | None = None
    title: Line = ""
    colour: Short = ""
    size: Short = ""
    qty: Count = 0
    amount_fen: Fen = 0
    discount_fen: Fen = 0


class Stock(Record, frozen=True, kw_only=True, omit_defaults=True):
    """Stock of one variant in the scope's store (id = the variant's id), true at `as_of`."""

    on_hand: Count = 0
    available: Count = 0
    reserved: Count = 0
    in_transit: Count = 0
    as_of: Ms = 0


class NearbyFigure(Struct, frozen=True, array_like=True):
    """What a neighbouring store had of a variant, and when that was true."""

    store_id: Id
    available: Count
    as_of: Ms


class StockNearby(Record, frozen=True, kw_only=True, omit_defaults=True):
    """Figures of the other stores of the region for one variant (id = the variant's id)."""

    stores: list[NearbyFigure] = field(default_factory=list)


class Task(Record, frozen=True, kw_only=True, omit_defaults=True):
    """任务. `kind` promise is 答应过的事. Status only moves forward: open < done; cancelled by office wins."""

    kind: Literal["task", "promise", "care", "birthday", "callback"] = "task"
    title: Line = ""
    body: Text = ""
    origin: Literal["guide", "manager", "hq", "rule"] = "guide"
    guide_id: Id | None = None
    client_id: Id | None = None
    due_at: Ms | None = None
    status: Literal["open", "done", "cancelled"] = "open"
    result: Short = ""
    done_at: Ms | None = None
    urged_at: Ms | None = None
    created_at: Ms = 0
    done_by: Id | None = None


class Share(Record, frozen=True, kw_only=True, omit_defaults=True):
    """A share that left the PC: which link, to whom, how. `key_no` and `share_no` name it inside the link."""

    guide_id: Id | None = None
    client_id: Id | None = None
    product_id: Id | None = None
    coupon_template_id: Id | None = None
    key_no: Annotated[int, Meta(ge=0, lt=1 << 20)] = 0
    share_no: Annotated[int, Meta(ge=0, lt=1 << 22)] = 0
    code: Short = ""
    template: Short = ""
    channel: Literal["copy", "link", "save", "print", "cli"] = "copy"
    price_fen: Fen = 0
    at: Ms = 0


class ShareEvent(Record, frozen=True, kw_only=True, omit_defaults=True):
    """What came of a share. A scan names the client only if she consented to marketing."""

    share_id: Id | None = None
    guide_id: Id | None = None
    product_id: Id | None = None
    client_id: Id | None = None
    coupon_id: Id | None = None
    kind: Literal["scan", "claim"] = "scan"
    at: Ms = 0


class Coupon(Record, frozen=True, kw_only=True, omit_defaults=True):
    """A coupon in a customer's hand. Owned by head office, changed by commands."""

    template_id: Id | None = None
    code: Short = ""
    client_id: Id | None = None
    guide_id: Id | None = None
    share_id: Id | None = None
    status: Literal["claimed", "redeemed", "expired", "void"] = "claimed"
    claimed_at: Ms = 0
    valid_from: Ms = 0
    valid_until: Ms = 0
    redeemed_at: Ms | None = None


class Redemption(Record, frozen=True, kw_only=True, omit_defaults=True):
    """核销 of a coupon at a counter. `conflict`: the coupon had been redeemed before elsewhere."""

    coupon_id: Id | None = None
    coupon_code: Short = ""
    guide_id: Id | None = None
    order_no: Short = ""
    amount_fen: Fen = 0
    discount_fen: Fen = 0
    status: Literal["pending", "confirmed", "conflict"] = "confirmed"
    at: Ms = 0


class Attribution(Record, frozen=True, kw_only=True, omit_defaults=True):
    """归属: whose sale it is and why. A refund adds a negative row, nothing is edited.

    `rule` is coupon, link or bound; `evidence` holds the facts the rule saw (ids, names, moments) and the
    competing touches, so that the reason can be shown years later.
    """

    purchase_id: Id | None = None
    client_id: Id | None = None
    guide_id: Id | None = None
    amount_fen: Fen = 0
    rule: Literal["coupon", "link", "bound", "served", "none"] = "none"
    evidence: dict[str, Any] = field(default_factory=dict)
    at: Ms = 0


class Target(Record, frozen=True, kw_only=True, omit_defaults=True):
    """Monthly sales target of a guide; `month` is `2026-11`."""

    guide_id: Id | None = None
    month: Short = ""
    target_fen: Fen = 0
