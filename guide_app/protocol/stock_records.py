"""Stock of a store's variants, what its neighbours have, what was asked for in vain, and pieces asked to be kept."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct, field

from guide_app.protocol.shapes import Count, Id, Line, Ms, Record, Short


class Stock(Record, frozen=True, kw_only=True, omit_defaults=True):
    """Stock of one variant in the scope's store (id = the variant's id), true at `as_of`."""

    on_hand: Count = 0
    available: Count = 0
    reserved: Count = 0
    in_transit: Count = 0
    as_of: Ms = 0


class NearbyFigure(Struct, frozen=True, array_like=True):
    """What a neighbouring store had of a variant, and when that was true.

    The last three are None in what an office of before wrote.
    """

    store_id: Id
    available: Count
    as_of: Ms
    on_hand: Count | None = None
    reserved: Count | None = None
    in_transit: Count | None = None


class StockNearby(Record, frozen=True, kw_only=True, omit_defaults=True):
    """Figures of the other stores of the region for one variant (id = the variant's id)."""

    stores: list[NearbyFigure] = field(default_factory=list)


class MissingSize(Record, frozen=True, kw_only=True, omit_defaults=True):
    """缺货登记: somebody asked for a size that was not there. It says nothing of who: her wish does.

    `sku_id` is None for a size that is not made; `colour` and `size` are what was asked for.
    """

    product_id: Id | None = None
    sku_id: Id | None = None
    colour: Short = ""
    size: Short = ""
    guide_id: Id | None = None
    at: Ms = 0


class StockRequest(Record, frozen=True, kw_only=True, omit_defaults=True):
    """留货 hold or 调货 transfer: `qty` pieces that `from_store` keeps, or sends to `to_store`, until `until`.

    Both stores hold the same record; head office alone writes it. For whom a piece is kept stays with the store that
    asked (her wish), so that no client's name crosses stores. open < accepted < done; refused and cancelled are ends.
    """

    kind: Literal["hold", "transfer"] = "hold"
    sku_id: Id | None = None
    qty: Count = 1
    from_store: Id | None = None
    to_store: Id | None = None
    guide_id: Id | None = None
    at: Ms = 0
    until: Ms = 0
    state: Literal["open", "accepted", "refused", "done", "cancelled"] = "open"
    answer: Line = ""
    answered_by: Id | None = None
    answered_at: Ms | None = None
