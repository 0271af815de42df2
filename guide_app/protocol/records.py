"""The shape of every synced record. Field names are the column names of both databases.

Every field has a default, so that a record from an older or newer program still decodes (additive evolution);
what a kind cannot do without stands in `guide_app.protocol.kinds`. Money is fen, moments are UTC milliseconds, ids are
canonical UUID text, pictures are SHA-256 in hex.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from msgspec import Meta, field

from guide_app.protocol.brand_records import (
    Campaign,
    CustomField,
    Festival,
    Guide,
    HouseRule,
    Product,
    Script,
    Sku,
    Sop,
    SopStep,
    Store,
    Tag,
    TagRule,
)  # fmt: skip
from guide_app.protocol.coupon_records import (
    Allotment,
    Coupon,
    CouponGift,
    CouponTemplate,
    OfficeKey,
    RecallList,
    Redemption,
)
from guide_app.protocol.shapes import Count, Fen, Id, Line, Ms, Record, Short, Text
from guide_app.protocol.share_records import Look, OwnTemplate, PosterTemplate, Share, ShareEvent
from guide_app.protocol.stock_records import MissingSize, Stock, StockNearby, StockRequest

#: What comes from elsewhere and is found here, too: all records in one place.
__all__ = [
    "Allotment", "Campaign", "Count", "Coupon", "CouponGift", "CouponTemplate", "CustomField", "Fen", "Festival",
    "Guide", "HouseRule", "Id", "Line", "Look", "MissingSize", "Ms", "OfficeKey", "OwnTemplate", "PosterTemplate",
    "Product", "RecallList", "Record", "Redemption", "Script", "Share", "ShareEvent", "Short", "Sku", "Sop", "SopStep",
    "Stock", "StockNearby", "StockRequest", "Store", "Tag", "TagRule", "Text",
]  # fmt: skip

# --- store scope: held by the PCs of one store ----------------------------------------------------------------------


class GuidePin(Record, frozen=True, kw_only=True, omit_defaults=True):
    """Argon2id hash of a guide's PIN; same id as the guide. Goes to her own store's PCs only."""

    pin_hash: Line = ""


class Client(Record, frozen=True, kw_only=True, omit_defaults=True):
    """客户. `contact_state`: none (not asked) → one_to_one → marketing; refused is final for the guide.

    `merged_into` names the client that this one turned out to be; she is archived since. `flag` keeps her off lists
    while a complaint is open, or for good (blocked). `rhythm_days`: how often an intimate (`starred`) client is called.
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
    trousers_size: Short = ""
    ring_size: Short = ""
    flag: Literal["", "complaint", "blocked"] = ""
    flag_why: Line = ""
    rhythm_days: Count = 0


class ClientTag(Record, frozen=True, kw_only=True, omit_defaults=True):
    """One tag on one client. Removing it is a tombstone of this id, so that a concurrent add survives.

    `tag_id` names the dictionary's tag, which may be renamed; `until` is when it takes itself off; `why` what a rule
    saw. A `private` one is its guide's own.
    """

    client_id: Id | None = None
    group: Annotated[str, Meta(max_length=15)] = ""
    name: Annotated[str, Meta(max_length=30)] = ""
    origin: Literal["guide", "hq", "rule"] = "guide"
    guide_id: Id | None = None
    at: Ms = 0
    tag_id: Id | None = None
    rule_id: Id | None = None
    why: Line = ""
    until: Ms | None = None
    private: bool = False


class TagBar(Record, frozen=True, kw_only=True, omit_defaults=True):
    """No rule hangs this tag on this client again: she or her guide said that it is wrong."""

    client_id: Id | None = None
    group: Annotated[str, Meta(max_length=15)] = ""
    name: Annotated[str, Meta(max_length=30)] = ""
    guide_id: Id | None = None
    why: Line = ""
    at: Ms = 0


class Note(Record, frozen=True, kw_only=True, omit_defaults=True):
    """A touch on the timeline. A fact, never edited; a `private` one is its guide's own.

    `kind`: 备注 note, 电话 call, 到店 visit, 消息 message sent, 回复 reply to one, 状态 change of the follow-up state.
    `result` is how a call or message ended, `task_id` and `script_id` what it belonged to.
    """

    client_id: Id | None = None
    guide_id: Id | None = None
    kind: Literal["note", "call", "visit", "message", "reply", "state"] = "note"
    body: Text = ""
    at: Ms = 0
    private: bool = False
    result: Short = ""
    task_id: Id | None = None
    script_id: Id | None = None


class Consent(Record, frozen=True, kw_only=True, omit_defaults=True):
    """同意 or its withdrawal, with its proof (个人信息保护法 arts. 13-17, 29). A fact; the latest of its kind counts.

    `purpose`: 服务 service, 营销 marketing, 画像 profiling, 敏感 sensitive facts, 儿童 a child's facts (guardian),
    提供 giving to others. `channel` is where it applies, `any` for all. `way` is how she gave it; `proof` says where
    the proof lies (form number, page, what was said).
    """

    client_id: Id | None = None
    purpose: Literal["service", "marketing", "profiling", "sensitive", "child", "share"] = "marketing"
    channel: Literal["any", "wechat", "phone", "sms", "visit"] = "any"
    granted: bool = True
    version: Short = ""
    way: Literal["spoken", "paper", "page", "scan", "office"] = "spoken"
    proof: Line = ""
    guide_id: Id | None = None
    at: Ms = 0


class Relation(Record, frozen=True, kw_only=True, omit_defaults=True):
    """A person close to a client: another client (`relative_id`) or one who is known by name and sizes only.

    `kind` is what she is to the client. Ended with `ended_at`.
    """

    client_id: Id | None = None
    relative_id: Id | None = None
    kind: Literal["spouse", "child", "parent", "family", "friend", "referred_by"] = "family"
    name: Short = ""
    sex: Literal["", "female", "male"] = ""
    shoe_size: Short = ""
    top_size: Short = ""
    note: Line = ""
    guide_id: Id | None = None
    at: Ms = 0
    ended_at: Ms | None = None


class ClientDate(Record, frozen=True, kw_only=True, omit_defaults=True):
    """A client's date besides her birthday: a child's birthday, an anniversary, her birthday in the other calendar.

    A child under 14 needs the guardian's consent (个人信息保护法 art. 31), given at `guardian_at`.
    """

    client_id: Id | None = None
    kind: Literal["child_birthday", "anniversary", "birthday", "custom"] = "custom"
    title: Short = ""
    calendar: Literal["solar", "lunar"] = "solar"
    year: Annotated[int, Meta(ge=1880, le=2200)] | None = None
    month: Annotated[int, Meta(ge=1, le=12)] | None = None
    day: Annotated[int, Meta(ge=1, le=31)] | None = None
    leap: bool = False
    days_before: Count = 7
    relation_id: Id | None = None
    guardian_at: Ms | None = None
    guide_id: Id | None = None
    at: Ms = 0
    ended_at: Ms | None = None


class CustomValue(Record, frozen=True, kw_only=True, omit_defaults=True):
    """What a client said to a field of head office's. Of several for one field the latest `at` counts.

    `value` is text; numbers in plain decimal, dates as 2026-11-22, pictures as SHA-256; empty is no answer.
    """

    client_id: Id | None = None
    field_id: Id | None = None
    value: Text = ""
    guide_id: Id | None = None
    at: Ms = 0


class Wish(Record, frozen=True, kw_only=True, omit_defaults=True):
    """心愿单: what a client would like, to be told of when it is there. `want` is in her words."""

    client_id: Id | None = None
    product_id: Id | None = None
    sku_id: Id | None = None
    want: Line = ""
    colour: Short = ""
    size: Short = ""
    tell: bool = False
    guide_id: Id | None = None
    at: Ms = 0
    state: Literal["open", "fulfilled", "dropped"] = "open"


class StatedSize(Record, frozen=True, kw_only=True, omit_defaults=True):
    """A size as the client said it, and when. A fact: the latest of its kind and brand counts, an empty one ends it.

    `brand` is whose sizes are meant, empty for all. The client's own size fields go on saying the latest without brand.
    """

    client_id: Id | None = None
    size_kind: Literal["shoe", "top", "trousers", "ring"] = "shoe"
    brand: Short = ""
    size: Short = ""
    guide_id: Id | None = None
    at: Ms = 0


class Service(Record, frozen=True, kw_only=True, omit_defaults=True):
    """售后: a repair, exchange, alteration or complaint, or a warranty that ends at `until`."""

    client_id: Id | None = None
    purchase_id: Id | None = None
    purchase_line_id: Id | None = None
    product_id: Id | None = None
    kind: Literal["repair", "exchange", "alteration", "complaint", "warranty"] = "repair"
    title: Line = ""
    body: Text = ""
    due_at: Ms | None = None
    until: Ms | None = None
    guide_id: Id | None = None
    at: Ms = 0
    state: Literal["open", "done"] = "open"


class BoughtFor(Record, frozen=True, kw_only=True, omit_defaults=True):
    """A line of a receipt was bought for somebody else: a relation, or `who` in words. Her own sizes leave it out."""

    client_id: Id | None = None
    purchase_line_id: Id | None = None
    relation_id: Id | None = None
    who: Short = ""
    guide_id: Id | None = None
    at: Ms = 0


class Segment(Record, frozen=True, kw_only=True, omit_defaults=True):
    """分群 that a guide keeps: `rule` is a tree in the grammar of docs/segments.md; a static one has members."""

    name: Short = ""
    rule: dict[str, Any] = field(default_factory=dict)
    mode: Literal["dynamic", "static"] = "dynamic"
    shared: bool = False
    guide_id: Id | None = None
    at: Ms = 0
    ended_at: Ms | None = None


class SegmentMember(Record, frozen=True, kw_only=True, omit_defaults=True):
    """A client in a static segment."""

    segment_id: Id | None = None
    client_id: Id | None = None
    guide_id: Id | None = None
    at: Ms = 0


class SopRun(Record, frozen=True, kw_only=True, omit_defaults=True):
    """A sequence that runs for a client. A step is due at `started_at` + its day + `shift_days`; postponing shifts all.

    What was done is kept in tasks whose `cause` is `sop:<run>:<step>`.
    """

    client_id: Id | None = None
    sop_id: Id | None = None
    guide_id: Id | None = None
    started_at: Ms = 0
    shift_days: Count = 0
    state: Literal["running", "done", "stopped"] = "running"


class OwnScript(Record, frozen=True, kw_only=True, omit_defaults=True):
    """A guide's own 话术; a `shared` one is for all guides of the store to use."""

    guide_id: Id | None = None
    scene: Short = ""
    title: Line = ""
    body: Text = ""
    at: Ms = 0
    ended_at: Ms | None = None
    shared: bool = False


class Copied(Record, frozen=True, kw_only=True, omit_defaults=True):
    """What a guide copied for a client, and whether she sent it: nothing is sent by a program.

    `open` is a question not answered yet. `sent` is told by a message note, which alone counts as a contact; what was
    copied and not sent stays as that. `share_id` is the share it was, `script_id` what it was written with.
    """

    client_id: Id | None = None
    guide_id: Id | None = None
    share_id: Id | None = None
    script_id: Id | None = None
    body: Text = ""
    at: Ms = 0
    state: Literal["open", "not_sent", "sent"] = "open"
    answered_at: Ms | None = None


class Favourite(Record, frozen=True, kw_only=True, omit_defaults=True):
    """What a guide wants at hand: a script, a product, a segment, by its id."""

    guide_id: Id | None = None
    what: Literal["script", "own_script", "product", "segment", "tag"] = "script"
    target: Id | None = None
    at: Ms = 0


class AccessLog(Record, frozen=True, kw_only=True, omit_defaults=True):
    """Who looked behind the mask or took clients out (个人信息保护法 arts. 51, 54), and who approved it.

    `word_override`: who sent a doubtful word all the same (广告法 art. 28), and why; `proof` is the word.
    `receipt_photo`: who took a noted receipt's photo away or put one on; `proof` is its name.
    """

    guide_id: Id | None = None
    client_id: Id | None = None
    deed: Literal["reveal", "export", "access_copy", "print_list", "copy_script", "word_override", "receipt_photo"] = (
        "reveal"
    )
    reason: Line = ""
    records: Count = 0
    approved_by: Id | None = None
    proof: Line = ""
    at: Ms = 0


class CompanyView(Record, frozen=True, kw_only=True, omit_defaults=True):
    """What other stores' contact with the same person amounts to (id = the client's id), without anybody's notes.

    `contacts` are the moments of the last 30 days' contacts elsewhere, `colleagues` how many guides of other stores
    have her in their book, `refused` whether she refused contact anywhere.
    """

    client_id: Id | None = None
    colleagues: Count = 0
    contacts: list[int] = field(default_factory=list)
    refused: bool = False
    as_of: Ms = 0


class Purchase(Record, frozen=True, kw_only=True, omit_defaults=True):
    """One receipt. A return is a purchase of its own with negative amounts that names the original.

    `photo` is the SHA-256 of a picture of the receipt, for a sale that a guide noted; empty for none.
    """

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
    photo: Short = ""


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


class Task(Record, frozen=True, kw_only=True, omit_defaults=True):
    """任务. `kind` promise is 答应过的事. Status only moves forward: open < done; cancelled by office wins.

    `cause` names what a rule made it for (`care3:<purchase>`), so that it is never made or done twice. It shows from
    `starts_at` on and vanishes at `expires_at`. `batch_id` is what head office sent out as one.
    """

    kind: Literal["task", "promise", "care", "birthday", "callback", "sop", "service"] = "task"
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
    cause: Line = ""
    starts_at: Ms | None = None
    expires_at: Ms | None = None
    assigned_by: Id | None = None
    script_id: Id | None = None
    coupon_template_id: Id | None = None
    product_id: Id | None = None
    batch_id: Id | None = None


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
