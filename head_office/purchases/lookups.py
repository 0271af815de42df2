"""Finds the records that receipts name by codes, numbers and phones: one statement a kind of name for a batch."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import sqlalchemy as sa
from sqlalchemy import Connection

from guide_app.base.errors import InvalidInputError
from guide_app.base.phone import normalise_phone
from guide_app.protocol.scopes import store_scope
from head_office.clients.family import survivors_of
from head_office.purchases.model import ClientRef, Receipt, ReceiptLine
from head_office.store.tables import KIND_TABLES


@dataclass(frozen=True, slots=True)
class Variant:
    """A variant of a product, as far as a receipt's line needs it."""

    sku_id: str
    product_id: str | None
    title: str
    colour: str
    size: str


@dataclass(frozen=True, slots=True)
class Names:
    """What the names in a batch of one store mean."""

    by_code: dict[str, Variant] = field(default_factory=dict)
    by_gtin: dict[str, Variant] = field(default_factory=dict)
    guides: dict[str, str] = field(default_factory=dict)
    clients: dict[tuple[str, str], str] = field(default_factory=dict)

    def variant(self, line: ReceiptLine) -> Variant | None:
        """The variant of a line, if the catalogue has it."""
        return self.by_code.get(line.sku_code) or self.by_gtin.get(line.gtin)

    def client(self, ref: ClientRef | None) -> str | None:
        """The client that a reference finds first by id, then member number, then phone."""
        return next((self.clients[name] for name in _names(ref) if name in self.clients), None)


def look_up(connection: Connection, store_id: str, receipts: Sequence[Receipt]) -> Names:
    """All names of a batch of receipts of one store."""
    lines = [line for receipt in receipts for line in receipt.lines]
    sku, product = KIND_TABLES["sku"], KIND_TABLES["product"]
    columns = (sku.c.id, sku.c.product_id, sa.func.coalesce(product.c.name, ""), sku.c.colour, sku.c.size)
    query = sa.select(*columns, sku.c.code, sku.c.gtin).join_from(
        sku, product, product.c.id == sku.c.product_id, isouter=True
    )
    names = Names()
    wanted = {line.sku_code for line in lines if line.sku_code}
    for *variant, code, _ in connection.execute(query.where(sku.c.code.in_(wanted))):
        names.by_code[code] = Variant(*variant)
    wanted = {line.gtin for line in lines if line.gtin and line.sku_code not in names.by_code}
    for *variant, _, gtin in connection.execute(query.where(sku.c.gtin.in_(wanted)).order_by(sku.c.seq.desc())):
        names.by_gtin[gtin] = Variant(*variant)
    guide = KIND_TABLES["guide"]
    numbers = {receipt.guide_number for receipt in receipts if receipt.guide_number}
    guides = sa.select(guide.c.number, guide.c.id).where(guide.c.number.in_(numbers))
    names.guides.update(tuple(row) for row in connection.execute(guides))
    _look_up_clients(connection, store_id, receipts, names)
    return names


def _look_up_clients(connection: Connection, store_id: str, receipts: Sequence[Receipt], names: Names) -> None:
    client = KIND_TABLES["client"]
    wanted: dict[str, set[str]] = {"id": set(), "member_no": set(), "phone": set()}
    for receipt in receipts:
        for name, value in _names(receipt.client):
            wanted[name].add(value)
    for name, values in wanted.items():
        if not values:
            continue
        column = client.c[name]
        query = sa.select(column, client.c.id).where(client.c.store_id == store_id, column.in_(values))
        # Should two clients share a phone, the older record counts.
        for value, client_id in connection.execute(query.order_by(client.c.seq.desc())):
            names.clients[name, value] = client_id
    became = survivors_of(connection, store_scope(store_id), names.clients.values())
    names.clients.update({name: became[client] for name, client in names.clients.items() if client in became})


def _names(ref: ClientRef | None) -> Iterable[tuple[str, str]]:
    if ref is None:
        return
    if ref.id:
        yield "id", ref.id
    if ref.member_no:
        yield "member_no", ref.member_no
    phone = _phone(ref.phone)
    if phone:
        yield "phone", phone


def _phone(text: str) -> str:
    try:
        return normalise_phone(text)
    except InvalidInputError:
        return ""  # tills send placeholders such as 0000; such a receipt simply has no client
