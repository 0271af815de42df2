"""Scopes: the unit of permission, cursor and digest. `brand`, or `store:<uuid>`."""

from __future__ import annotations

from functools import lru_cache

from guide_app.base.ids import NIL, parse_id

Scope = str
BRAND: Scope = "brand"
_STORE_PREFIX = "store:"
_STORES = 8_192


def store_scope(store_id: str) -> Scope:
    """The scope of one store."""
    return _STORE_PREFIX + store_id


@lru_cache(maxsize=_STORES)  # asked for every record that passes, of a few stores
def scope_store_id(scope: Scope) -> str:
    """The store of a scope; the nil UUID for `brand`. Raises ValueError for anything else."""
    if scope == BRAND:
        return NIL
    if not scope.startswith(_STORE_PREFIX):
        raise ValueError(f"not a scope: {scope!r}")
    return parse_id(scope.removeprefix(_STORE_PREFIX))
