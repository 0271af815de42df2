"""What is shared and what came of it: looks, shares, and the events that follow them."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from msgspec import Meta, field

from guide_app.protocol.shapes import Count, Fen, Id, Line, Ms, Record, Short


class Look(Record, frozen=True, kw_only=True, omit_defaults=True):
    """搭配: two to six products of one outfit, shared by one link. `no` is its short number inside links.

    A PC gives the number without asking, at random among those its store does not use; should two PCs that have not
    met give the same, the share behind a link says which look was meant.
    """

    name: Line = ""
    product_ids: Annotated[list[Id], Meta(max_length=6)] = field(default_factory=list)
    no: Annotated[int, Meta(ge=0, lt=1 << 20)] = 0
    guide_id: Id | None = None
    at: Ms = 0
    ended_at: Ms | None = None


class PosterTemplate(Record, frozen=True, kw_only=True, omit_defaults=True):
    """海报模板 of head office: one version of the template `name`. A published version does not change any more.

    `body` is the template (docs/gallery/template.schema.json). The highest `active` version is offered; from a
    `locked` one no store may make one of its own.
    """

    name: Short = ""
    version: Count = 1
    body: dict[str, Any] = field(default_factory=dict)
    locked: bool = False
    active: bool = True
    rank: Count = 0


class OwnTemplate(Record, frozen=True, kw_only=True, omit_defaults=True):
    """门店自制海报模板: one version of what a store made out of the template `base`, whose locked parts it keeps."""

    name: Short = ""
    version: Count = 1
    base: Short = ""
    body: dict[str, Any] = field(default_factory=dict)
    guide_id: Id | None = None
    at: Ms = 0
    ended_at: Ms | None = None


class Share(Record, frozen=True, kw_only=True, omit_defaults=True):
    """A share that left the PC: which link, to whom, how. `key_no` and `share_no` name it inside the link.

    It is of a product, of a look or of a campaign; with none it is the guide's own card. `price_until` is how long the
    price on the poster holds, as the poster says; 0 where it says nothing.
    """

    guide_id: Id | None = None
    client_id: Id | None = None
    product_id: Id | None = None
    look_id: Id | None = None
    campaign_id: Id | None = None
    coupon_template_id: Id | None = None
    key_no: Annotated[int, Meta(ge=0, lt=1 << 20)] = 0
    share_no: Annotated[int, Meta(ge=0, lt=1 << 22)] = 0
    code: Short = ""
    template: Short = ""
    channel: Literal["copy", "link", "save", "print", "cli"] = "copy"
    price_fen: Fen = 0
    price_until: Ms = 0
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
