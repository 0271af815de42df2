"""The photo of a receipt that a guide noted is taken away, replaced or put back."""

from __future__ import annotations

from guide_app.protocol.messages import Mutation
from guide_app.protocol.photo import is_name
from guide_app.protocol.scopes import store_scope
from head_office.feed.decide import Refusal
from head_office.feed.params import text_of
from head_office.feed.rows import Key, Row
from head_office.feed.rules import Commanded
from head_office.feed.write import FeedWriter


def photo_command(writer: FeedWriter, mutation: Mutation) -> Commanded:
    """`receipt.photo {photo}`; the mutation's id is the noted purchase's, `photo` a photo's name or empty."""
    try:
        photo = text_of(mutation, "photo")
    except ValueError as e:
        return Commanded(Refusal("record.invalid", str(e)))
    key: Key = (store_scope(mutation.store), "purchase", mutation.id)
    row = writer.held(key)
    if not isinstance(row, Row):
        return Commanded(Refusal("record.gone" if row else "record.unknown"))
    if row.data["verified"] or not (photo == "" or is_name(photo)):
        return Commanded(Refusal("record.invalid", "photo"), touched=(key,))
    if row.data["photo"] == photo:
        return Commanded(touched=(key,), duplicate=True)
    writer.change(key, photo=photo)
    return Commanded(touched=(key,))
