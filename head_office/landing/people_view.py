"""Who stands behind the page: the guide with name and badge number, or the store when she has left."""

from __future__ import annotations

import re
from dataclasses import dataclass

from guide_app.protocol.records import Guide, Store

_ROLE = {"guide": "导购", "store_manager": "店长"}
_DIALLED = re.compile(r"[^0-9+]")


@dataclass(frozen=True, slots=True)
class CardView:
    """A name card. `guide` is empty for the store's own card; `dial` is the phone as a `tel:` link takes it."""

    initial: str
    guide: str
    role: str
    number: str
    store: str
    address: str
    hours: str
    phone: str
    dial: str
    left: bool = False

    @property
    def name(self) -> str:
        """Whose card it is."""
        return self.guide or self.store


def card_view(guide: Guide | None, store: Store | None, brand: str) -> CardView:
    """The card of an active guide; else the store's, marked `left` if there was a guide; else the brand's."""
    here = guide is not None and guide.active
    place = store or _NO_STORE
    name = guide.name if guide is not None and here else ""
    shop = place.name or brand
    phone = place.phone.strip()
    return CardView(
        initial=(name or shop).strip()[:1] or "店",
        guide=name,
        role=_ROLE[guide.role] if guide is not None and here else "",
        number=guide.number if guide is not None and here else "",
        store=shop,
        address=place.address,
        hours=place.hours,
        phone=phone,
        dial=_DIALLED.sub("", phone),
        left=guide is None or not here,
    )


_NO_STORE = Store()
