"""What Ctrl+K finds besides commands: clients, products, coupon codes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from guide_app.base.errors import InvalidInputError, NotFoundError
from guide_app.base.money import yuan
from guide_app.protocol.coupon_code import show_code
from ui.kit.hit import Hit, SearchProvider
from ui.kit.page import Target

if TYPE_CHECKING:
    from guide_app.flows.desk import Desk

_CLIENTS, _PRODUCTS = 8, 5


def finders(desk: Callable[[], Desk | None]) -> tuple[SearchProvider, ...]:
    """Providers that ask the desk once it is there, on reader threads."""

    def over(find: Callable[[Desk, str], Sequence[Hit]]) -> Callable[[str], Sequence[Hit]]:
        def found(text: str) -> Sequence[Hit]:
            there = desk()
            return () if there is None else find(there, text)

        return found

    return (
        SearchProvider("coupon", over(_coupons)),
        SearchProvider("client", over(_clients)),
        SearchProvider("product", over(_products)),
    )


def _clients(desk: Desk, text: str) -> Sequence[Hit]:
    rows = desk.clients.search(text, _CLIENTS)
    return [Hit(row.name, " · ".join((row.phone, *row.tags)), "clients", Target("clients", row.id)) for row in rows]


def _products(desk: Desk, text: str) -> Sequence[Hit]:
    rows = desk.catalogue.products(text, _PRODUCTS)
    return [Hit(row.name, f"{row.spu} · {yuan(row.price_fen)}", "product", Target("products", row.id)) for row in rows]


def _coupons(desk: Desk, text: str) -> Sequence[Hit]:
    try:
        held = desk.coupons.by_code(text)
    except (InvalidInputError, NotFoundError):  # what was typed is no code of a coupon here: nothing found
        return ()
    detail = " · ".join(part for part in (held.client_name, held.terms.name) if part)
    return [Hit(show_code(held.code), detail, "coupon", Target("counter", held.code))]
