"""What Ctrl+K finds besides commands, and where a scanned code leads: clients, products, coupon codes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from guide_app.base.errors import InvalidInputError, NotFoundError
from guide_app.base.money import yuan
from guide_app.protocol.coupon_code import show_code
from ui.kit.hit import Hit, SearchProvider
from ui.kit.page import Target
from ui.pages.clients.words import field_text

if TYPE_CHECKING:
    from guide_app.clients.model import ClientRow
    from guide_app.flows.desk import Desk
    from guide_app.flows.scanned import Found

_CLIENTS, _PRODUCTS = 8, 5


def finders(desk: Callable[[], Desk | None], viewer: Callable[[], str | None]) -> tuple[SearchProvider, ...]:
    """Providers that ask the desk once it is there, on reader threads. `viewer` is the guide who is at work."""

    def over(find: Callable[[Desk, str], Sequence[Hit]]) -> Callable[[str], Sequence[Hit]]:
        def found(text: str) -> Sequence[Hit]:
            there = desk()
            return () if there is None else find(there, text)

        return found

    return (
        SearchProvider("coupon", over(_coupons)),
        SearchProvider("client", over(lambda there, text: _clients(there, text, viewer()))),
        SearchProvider("product", over(_products)),
    )


def _clients(desk: Desk, text: str, viewer: str | None) -> Sequence[Hit]:
    rows = desk.clients.search(text, _CLIENTS, viewer)
    return [Hit(row.name, _client_detail(row), "clients", Target("clients", row.id)) for row in rows]


def _client_detail(row: ClientRow) -> str:
    """Which field matched, where it is not the name; then number and tags."""
    match = row.match
    named = match is None or match.field in ("name", "pinyin")
    why = "" if match is None or named else f"{field_text(match.field)} {match.words}"
    return " · ".join(filter(None, (why, row.phone, *row.tags)))


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


def scanned_target(found: Found, client_id: str = "") -> Target | None:
    """Where a scanned code leads: a coupon to the counter, goods to their page, one client's own code to her.

    `client_id` is the client in sight: the page of goods then says whether they are there in her size.
    """
    if found.kind in ("coupon", "receipt"):
        return Target("counter", found.text)
    if found.product_id:
        return Target("products", found.product_id, {"client": client_id} if client_id else {})
    if found.kind == "link":
        return Target("share")
    return Target("clients", found.clients[0].id) if found.kind == "client" else None
