"""The short answer to a push: a record that stands as it was sent is named, not repeated. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from guide_app.protocol.messages import Frame, Mutation, SentFrame
from guide_app.protocol.scopes import store_scope
from head_office.feed.rows import Gone, Key, Row, frame_of, spare_data


def sent_by(mutations: Iterable[Mutation]) -> dict[Key, Mutation | None]:
    """The records that these are about; with the `put` of each that is the only mutation about it."""
    puts: dict[Key, Mutation | None] = {}
    for mutation in mutations:
        key: Key = (store_scope(mutation.store), mutation.kind, mutation.id)
        puts[key] = mutation if mutation.op == "put" and key not in puts else None
    return puts


def in_brief(key: Key, held: Row | Gone, sent: Mutation | None) -> Frame:
    """The frame of a record as it stands, without its fields if it now holds exactly what `sent` said.

    The device needs nothing else to know which, as long as that is the only mutation of the push about the record.
    """
    if sent is not None and isinstance(held, Row) and _says(held, sent, key[1]):
        return SentFrame(*key, held.seq)
    return frame_of(key, held)


def _says(held: Row, sent: Mutation, kind: str) -> bool:
    # Equal as they were said: the usual case, which spares looking at each field.
    return held.said == sent.data or spare_data(kind, held.telling) == spare_data(kind, sent.data)
