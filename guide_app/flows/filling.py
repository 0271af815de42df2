"""What a script's variables stand for, from the client, product and coupon at hand: joins the rooms that know them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from guide_app.base.actor import Actor
from guide_app.base.errors import NotFoundError
from guide_app.catalogue.queries import CatalogueQueries
from guide_app.clients.queries import ClientQueries
from guide_app.sharing.caption import NOBODY, salutation
from guide_app.sharing.queries import Sender, SharingQueries

CLIENT, PRODUCT, COUPON = "称呼", "商品", "券"
#: The variables that guides are offered when they write a script.
VARIABLES = (CLIENT, PRODUCT, COUPON, "门店", "导购")


@dataclass(frozen=True, slots=True)
class Subject:
    """Ids of what a message is about; empty: without, or to nobody in particular."""

    client_id: str = ""
    product_id: str = ""
    offer_id: str = ""


@dataclass(frozen=True, slots=True)
class Filling:
    """What the subject is called, and the variables' values; an empty value leaves its variable standing."""

    subject: Subject
    client_name: str
    product_name: str
    offer_name: str
    values: Mapping[str, str]


def variables(sender: Sender, called: str, product: str, coupon: str) -> dict[str, str]:
    """The values of all variables that the program knows."""
    return {
        CLIENT: called, PRODUCT: product, COUPON: coupon, "门店": sender.store, "导购": sender.guide,
        "品牌": sender.brand, "门店电话": sender.store_phone,
    }  # fmt: skip


@dataclass(frozen=True, slots=True)
class ScriptFilling:
    """Reads what scripts are filled with."""

    clients: ClientQueries
    catalogue: CatalogueQueries
    sharing: SharingQueries

    def fill(self, subject: Subject, actor: Actor) -> Filling:
        """The values for a subject. What has gone meanwhile (a product, an ended coupon) leaves its variable standing.

        Raises NotFoundError for a client who is not in the book.
        """
        sender = self.sharing.sender(actor)
        name, called = "", NOBODY
        if subject.client_id:
            fields = self.clients.portrait(subject.client_id).fields
            name = str(fields["name"])
            called = salutation(name, str(fields["sex"]))
        product = self._product(subject.product_id, actor.store_id)
        offer = next((o.name for o in self.sharing.offers() if o.id == subject.offer_id), "")
        return Filling(subject, name, product, offer, variables(sender, called, product, offer))

    def _product(self, product_id: str, store_id: str) -> str:
        if not product_id:
            return ""
        try:
            return self.catalogue.card(product_id, store_id).row.name
        except NotFoundError:  # its name is asked for, as any other hole is
            return ""
