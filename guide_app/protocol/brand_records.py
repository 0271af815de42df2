"""Records of the brand scope: head office writes them, every PC of the brand holds a copy.

See `guide_app.protocol.records` for what holds for all records.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from msgspec import Meta, Struct, field

from guide_app.protocol.shapes import Count, Fen, Id, Line, Ms, Record, Short, Text


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


class Faq(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What customers ask of a product, and what is so."""

    question: Line = ""
    answer: Line = ""


class Product(Record, frozen=True, kw_only=True, omit_defaults=True):
    """款 style (SPU). `no` is the short number inside links; `image` is a blob's SHA-256 or empty.

    `warranty_days` counts from the purchase, `wear_days` is how long one usually lasts; 0 is not known. `channels`
    (store, private, online) is where it may be offered, empty for everywhere. `private_price_fen` is what everybody
    pays who comes by a guide's link (私域专享价), 0 for the price of the shop; `channel_price` says how it is used.
    `tags` are words of staff that coupons may be for. `forbidden` is what nobody may claim of it (广告法 arts. 9, 28).
    """

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
    warranty_days: Count = 0
    wear_days: Count = 0
    channels: list[Short] = field(default_factory=list)
    private_price_fen: Fen = 0
    tags: list[Short] = field(default_factory=list)
    faq: list[Faq] = field(default_factory=list)
    forbidden: list[Line] = field(default_factory=list)


class Sku(Record, frozen=True, kw_only=True, omit_defaults=True):
    """规格 variant of a product: one colour in one size."""

    product_id: Id | None = None
    code: Short = ""
    gtin: Short = ""
    colour: Short = ""
    size: Short = ""
    price_fen: Fen = 0
    rank: Count = 0


class Tag(Record, frozen=True, kw_only=True, omit_defaults=True):
    """标签 of head office's dictionary.

    `multi`: several tags of the group may hang on one client. `blocks`: who carries it is left out of lists and tasks
    (不要联系). A renamed tag remembers its former names in `was`; one merged into another names that one.
    """

    group: Annotated[str, Meta(max_length=15)] = ""
    name: Annotated[str, Meta(max_length=30)] = ""
    multi: bool = True
    rank: Count = 0
    visible: bool = True
    blocks: bool = False
    was: list[Line] = field(default_factory=list)
    merged_into: Id | None = None


class TagRule(Record, frozen=True, kw_only=True, omit_defaults=True):
    """自动标签: whoever fits `rule` (in the grammar of segments) is given the tag, for `days` days (0: for good).

    `why` is the sentence shown beside the tag.
    """

    tag_id: Id | None = None
    group: Annotated[str, Meta(max_length=15)] = ""
    name: Annotated[str, Meta(max_length=30)] = ""
    rule: dict[str, Any] = field(default_factory=dict)
    days: Count = 0
    why: Line = ""
    active: bool = True
    rank: Count = 0


class CustomField(Record, frozen=True, kw_only=True, omit_defaults=True):
    """自定义字段 that head office asks of clients. `private` ones are shown to the client's own guide only.

    `purpose` says what it is needed for (个人信息保护法 art. 6); `sensitive` asks separate consent first (art. 29).
    """

    name: Short = ""
    group: Short = ""
    type: Literal["text", "number", "date", "choice", "yes_no", "image"] = "text"
    choices: list[Line] = field(default_factory=list)
    private: bool = False
    sensitive: bool = False
    purpose: Line = ""
    active: bool = True
    rank: Count = 0


class Script(Record, frozen=True, kw_only=True, omit_defaults=True):
    """话术 with variables such as {称呼} {商品} {券} {门店}.

    `media` are SHA-256 of pictures that go with it. Variants of one text name the first in `variant_of` and say which
    they are (A, B).
    """

    scene: Short = ""
    title: Line = ""
    body: Text = ""
    rank: Count = 0
    media: list[Short] = field(default_factory=list)
    variant_of: Id | None = None
    variant: Short = ""
    active: bool = True


class SopStep(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One step of a sequence: what to do `day` days after its start."""

    day: Count = 0
    title: Line = ""
    body: Text = ""
    script_id: Id | None = None


class Sop(Record, frozen=True, kw_only=True, omit_defaults=True):
    """SOP: a sequence of steps that begins for a client at an occasion, or when a guide starts it (manual)."""

    name: Line = ""
    occasion: Literal["manual", "new_client", "first_purchase", "purchase", "lapse", "birthday", "festival"] = "manual"
    steps: list[SopStep] = field(default_factory=list)
    active: bool = True
    rank: Count = 0


class Festival(Record, frozen=True, kw_only=True, omit_defaults=True):
    """节日 of head office's calendar: a solar or lunar date each year, or a solar term by its name.

    `year` limits it to one year. `days_before` is when guides are reminded, `scene` which scripts fit.
    """

    name: Short = ""
    calendar: Literal["solar", "lunar", "term"] = "solar"
    year: Annotated[int, Meta(ge=1900, le=2200)] | None = None
    month: Annotated[int, Meta(ge=1, le=12)] | None = None
    day: Annotated[int, Meta(ge=1, le=31)] | None = None
    term: Short = ""
    days_before: Count = 0
    scene: Short = ""
    active: bool = True


class HouseRule(Record, frozen=True, kw_only=True, omit_defaults=True):
    """A figure or list that head office sets for all stores, by name; docs/house-rules.md lists names and defaults."""

    name: Short = ""
    value: dict[str, Any] = field(default_factory=dict)


class Campaign(Record, frozen=True, kw_only=True, omit_defaults=True):
    """活动 or 总部消息. `no` is the short number inside links; 0 is a message, which nobody shares.

    `coupon_template_id` is the coupon that goes with it, if one does.
    """

    no: Annotated[int, Meta(ge=0, lt=1 << 20)] = 0
    kind: Short = ""
    title: Line = ""
    body: Text = ""
    coupon_template_id: Id | None = None
    starts_at: Ms = 0
    ends_at: Ms = 0
