"""Where a record that somebody remembers is now: a customer's slip names a store and a client of months ago."""

from __future__ import annotations

from guide_app.protocol.scopes import store_scope
from head_office.feed.rows import Gone, Key, Row
from head_office.feed.write import FeedWriter


def find_now(writer: FeedWriter, key: Key) -> Key | None:
    """The live record behind a key, followed from store to store and from a merged client to whom she became."""
    passed: set[Key] = set()
    while key not in passed:
        passed.add(key)
        held = writer.held(key)
        if isinstance(held, Gone) and held.mark == "l" and held.to_store is not None:
            key = (store_scope(held.to_store), key[1], key[2])
        elif isinstance(held, Row) and held.data.get("merged_into"):
            key = (key[0], key[1], held.data["merged_into"])
        else:
            return key if isinstance(held, Row) else None
    return None
