"""Which kinds of record exist, where they live, who may write what, and how two edits of one become one."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

import msgspec

from guide_app.protocol import records as r

ScopeKind = Literal["brand", "store"]
Policy = Literal["office", "fields", "fact", "set"]


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of record.

    `policy`: office (only head office writes; devices may ask by command), fields (per-field last writer wins),
    fact (written once, never edited), set (added and removed, adds win). `device_fields` are the fields a device may
    send; `required` must be there in a put. `lattice` fields move only forward along the given order. The ids of a
    `borrowed` kind are those of something else in the brand (a variant, a guide), or shared by the stores that a record
    is about: every store may have the same.
    """

    name: str
    scope: ScopeKind
    struct: type[r.Record]
    policy: Policy
    device_fields: frozenset[str] = frozenset()
    required: frozenset[str] = frozenset()
    lattice: tuple[tuple[str, tuple[str, ...]], ...] = ()
    borrowed: bool = False

    @property
    def fields(self) -> tuple[str, ...]:
        """All field names except `id`, in declared order."""
        return tuple(f for f in self.struct.__struct_fields__ if f != "id")


def _all_but(struct: type[r.Record], *names: str) -> frozenset[str]:
    return frozenset(struct.__struct_fields__) - {"id", *names}


def _brand(name: str, struct: type[r.Record]) -> Kind:
    return Kind(name, "brand", struct, "office")


def _fact(name: str, struct: type[r.Record], *required: str) -> Kind:
    return Kind(name, "store", struct, "fact", _all_but(struct), frozenset(required))


def _set(name: str, struct: type[r.Record], *required: str) -> Kind:
    return Kind(name, "store", struct, "set", _all_but(struct), frozenset(required))


def _fields(
    name: str, struct: type[r.Record], *required: str, lattice: tuple[tuple[str, tuple[str, ...]], ...] = ()
) -> Kind:
    return Kind(name, "store", struct, "fields", _all_but(struct), frozenset(required), lattice=lattice)


def _office(name: str, struct: type[r.Record], *, borrowed: bool = False) -> Kind:
    return Kind(name, "store", struct, "office", borrowed=borrowed)


_KINDS = (
    _brand("store", r.Store),
    _brand("guide", r.Guide),
    _brand("product", r.Product),
    _brand("sku", r.Sku),
    _brand("coupon_template", r.CouponTemplate),
    _brand("office_key", r.OfficeKey),
    _brand("recall_list", r.RecallList),
    _brand("tag", r.Tag),
    _brand("tag_rule", r.TagRule),
    _brand("custom_field", r.CustomField),
    _brand("script", r.Script),
    _brand("sop", r.Sop),
    _brand("festival", r.Festival),
    _brand("house_rule", r.HouseRule),
    _brand("campaign", r.Campaign),
    _brand("poster_template", r.PosterTemplate),
    _office("guide_pin", r.GuidePin, borrowed=True),
    Kind(
        "client",
        "store",
        r.Client,
        "fields",
        _all_but(r.Client, "level", "member_no", "merged_into"),
        frozenset({"name"}),
    ),
    Kind(
        "client_tag",
        "store",
        r.ClientTag,
        "set",
        _all_but(r.ClientTag),
        frozenset({"client_id", "name"}),
    ),
    _set("tag_bar", r.TagBar, "client_id", "name"),
    _fact("consent", r.Consent, "client_id", "purpose", "at"),
    _fields("relation", r.Relation, "client_id", "kind"),
    _fields("client_date", r.ClientDate, "client_id", "kind"),
    _fields("custom_value", r.CustomValue, "client_id", "field_id"),
    _fact("stated_size", r.StatedSize, "client_id", "size_kind", "at"),
    _fields("wish", r.Wish, "client_id", lattice=(("state", ("open", "fulfilled", "dropped")),)),
    _fields("segment", r.Segment, "name"),
    _set("segment_member", r.SegmentMember, "segment_id", "client_id"),
    _fields("sop_run", r.SopRun, "client_id", "sop_id", lattice=(("state", ("running", "done", "stopped")),)),
    _fields("own_script", r.OwnScript, "guide_id", "title"),
    _fields("copied", r.Copied, "client_id", "guide_id", "at", lattice=(("state", ("open", "not_sent", "sent")),)),
    _set("favourite", r.Favourite, "guide_id", "what", "target"),
    Kind(
        "purchase",
        "store",
        r.Purchase,
        "fact",
        _all_but(r.Purchase),
        frozenset({"order_no", "at"}),
    ),
    Kind(
        "purchase_line",
        "store",
        r.PurchaseLine,
        "fact",
        _all_but(r.PurchaseLine),
        frozenset({"purchase_id", "title"}),
    ),
    _set("bought_for", r.BoughtFor, "client_id", "purchase_line_id"),
    _fields("service", r.Service, "client_id", "kind", lattice=(("state", ("open", "done")),)),
    _office("stock", r.Stock, borrowed=True),
    _office("stock_nearby", r.StockNearby, borrowed=True),
    _set("missing_size", r.MissingSize, "product_id", "at"),
    _office("stock_request", r.StockRequest, borrowed=True),
    Kind(
        "task",
        "store",
        r.Task,
        "fields",
        _all_but(r.Task, "urged_at", "done_by"),
        frozenset({"title"}),
        lattice=(("status", ("open", "done", "cancelled")),),
    ),
    Kind("note", "store", r.Note, "fact", _all_but(r.Note), frozenset({"client_id", "body"})),
    _fact("access_log", r.AccessLog, "guide_id", "deed", "at"),
    _office("company_view", r.CompanyView),
    _fields("look", r.Look, "name", "no"),
    _fields("own_template", r.OwnTemplate, "name", "base", "body"),
    Kind("share", "store", r.Share, "fact", _all_but(r.Share), frozenset({"code", "guide_id"})),
    _office("share_event", r.ShareEvent),
    _office("allotment", r.Allotment),
    _office("coupon", r.Coupon),
    _office("coupon_gift", r.CouponGift),
    _office("redemption", r.Redemption),
    _office("attribution", r.Attribution),
    _office("target", r.Target),
)

#: Every kind by name, in the order in which records may refer to earlier ones.
KINDS = MappingProxyType({k.name: k for k in _KINDS})

#: Commands a device may send: the deed and the kind of record it is about.
COMMANDS = MappingProxyType(
    {
        "coupon.redeem": "coupon",
        "coupon.issue": "coupon",
        "coupon.give": "coupon",
        "allotment.lease": "allotment",
        "allotment.return": "allotment",
        "client.erase": "client",
        "client.merge": "client",
        "client.unmerge": "client",
        "client.transfer": "client",
        "task.complete": "task",
        "stock.request": "stock_request",
        "stock.answer": "stock_request",
        "receipt.photo": "purchase",
    }
)

_PLAIN = {kind.name: kind.struct() for kind in _KINDS}


def full_fields(kind: Kind, data: dict[str, object]) -> dict[str, object]:
    """All known fields of a record, with defaults where `data` is silent; unknown fields are left out."""
    plain = _PLAIN[kind.name]
    return {name: data.get(name, getattr(plain, name)) for name in kind.fields}


def check_fields(kind: Kind, data: dict[str, object]) -> None:
    """Raise msgspec.ValidationError, naming the field, if a known field of `data` has a wrong type or range."""
    known = {name: value for name, value in data.items() if name in kind.struct.__struct_fields__}
    msgspec.convert(known, kind.struct)
