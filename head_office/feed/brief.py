"""The short answer to a push: a record that stands as it was sent is named, not repeated. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from guide_app.protocol.messages import Frame, Mutation, RecordFrame, SentFrame
from guide_app.protocol.scopes import store_scope
from head_office.feed.rows import Key, spare_data


def in_brief(frames: Sequence[Frame], mutations: Sequence[Mutation]) -> list[Frame]:
    """`frames`, the answer to a push of `mutations`, without the fields that the device has just sent.

    Only for a record that a single `put` of this push is about, and that now holds exactly what it said: the device
    needs nothing else to know which.
    """
    puts: dict[Key, Mutation | None] = {}
    for mutation in mutations:
        key: Key = (store_scope(mutation.store), mutation.kind, mutation.id)
        puts[key] = mutation if mutation.op == "put" and key not in puts else None
    return [_briefly(frame, puts) for frame in frames]


def _briefly(frame: Frame, puts: dict[Key, Mutation | None]) -> Frame:
    if not isinstance(frame, RecordFrame):
        return frame
    sent = puts.get((frame.scope, frame.kind, frame.id))
    if sent is None or spare_data(frame.kind, sent.data) != frame.data:
        return frame
    return SentFrame(frame.scope, frame.kind, frame.id, frame.seq)
