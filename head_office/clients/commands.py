"""What PCs may ask to be done with a client: erase her, merge her into another or take that back, hand her over.

The push has followed her moves already: the mutation's store is the one in which she lives now.
"""

from __future__ import annotations

from guide_app.base.errors import GuideError
from guide_app.protocol.messages import Mutation
from guide_app.protocol.one_person import settled_fields
from guide_app.protocol.scopes import store_scope
from head_office.clients.erase import erase_client
from head_office.clients.erased import erased_among
from head_office.clients.merge import Kept, bring_back, merge_clients
from head_office.clients.transfer import Handover, is_manager, is_store, move_clients, note_transfer, works_at
from head_office.feed.decide import Refusal
from head_office.feed.params import id_of, id_or_none, text_of
from head_office.feed.rows import Gone, Key
from head_office.feed.rules import Commanded
from head_office.feed.write import FeedWriter
from head_office.store import audit
from head_office.store.secret import OfficeSecret

_LONGEST_REASON = 200


class EraseCommand:
    """`client.erase {reason}`; the mutation's id is the client's."""

    def __init__(self, secret: OfficeSecret) -> None:
        self._secret = secret

    def __call__(self, writer: FeedWriter, mutation: Mutation) -> Commanded:
        """Erase the client; erasing her again changes nothing, however long ago it was."""
        key = _key(mutation)
        try:
            reason = text_of(mutation, "reason", _LONGEST_REASON)
        except ValueError as e:
            return Commanded(Refusal("record.invalid", str(e)))
        if writer.get(key) is None:
            was_erased = erased_among(writer.connection, self._secret, mutation.store, [mutation.id])
            return Commanded(touched=(key,), duplicate=True) if was_erased else Commanded(Refusal("record.unknown"))
        touched = erase_client(writer, self._secret, key[0], mutation.id, by=mutation.by, reason=reason)
        return Commanded(touched=touched)


class MergeCommand:
    """`client.merge {into, keep?}`; the mutation's id is the client's whose record ends."""

    def __init__(self, secret: OfficeSecret) -> None:
        self._secret = secret

    def __call__(self, writer: FeedWriter, mutation: Mutation) -> Commanded:
        """Make them one; of those who are one already it counts what was settled, as far as it is the latest word."""
        try:
            into, keep = id_of(mutation, "into"), settled_fields(mutation.data.get("keep"))
        except ValueError as e:
            return Commanded(Refusal("record.invalid", str(e)))
        kept = Kept(keep, mutation.stamp)
        done = merge_clients(writer, self._secret, _key(mutation)[0], mutation.id, into, mutation.by, kept)
        refused = Refusal(done.problem) if done.problem else None
        return Commanded(refused, done.touched, duplicate=done.duplicate, lost=done.lost)


class UnmergeCommand:
    """`client.unmerge`; the mutation's id is the client's whose record had ended."""

    def __init__(self, secret: OfficeSecret) -> None:
        self._secret = secret

    def __call__(self, writer: FeedWriter, mutation: Mutation) -> Commanded:
        """Bring her back; one who is not merged stays as she is."""
        key = _key(mutation)
        held = writer.get(key)
        if held is None:
            return Commanded(Refusal("record.gone" if isinstance(writer.held(key), Gone) else "record.unknown"))
        survivor = held.data["merged_into"]
        if survivor is None:
            return Commanded(touched=(key,), duplicate=True)
        try:
            back = bring_back(writer, self._secret, mutation.id, mutation.by or "", within=key[0])
        except GuideError as e:
            return Commanded(Refusal("merge.too_old", e.code), touched=(key,))
        return Commanded(touched=(key, (key[0], "client", survivor), *back))


class TransferCommand:
    """`client.transfer {to_store, to_guide?, reason}`; the mutation's id is the client's, its `by` a store manager."""

    def __init__(self, secret: OfficeSecret) -> None:
        self._secret = secret

    def __call__(self, writer: FeedWriter, mutation: Mutation) -> Commanded:
        """Move the client with all that hangs on her; moving her to where she is already changes nothing."""
        try:
            to_store, to_guide = id_of(mutation, "to_store"), id_or_none(mutation, "to_guide")
            reason = text_of(mutation, "reason", _LONGEST_REASON)
        except ValueError as e:
            return Commanded(Refusal("record.invalid", str(e)))
        key = _key(mutation)
        if to_store == mutation.store and writer.get(key) is not None:
            return Commanded(touched=(key,), duplicate=True)
        refused = _refusal(writer, mutation, to_store, to_guide)
        if refused is not None:
            return Commanded(refused, touched=(key,))
        handover = Handover(key[0], store_scope(to_store), to_guide)
        left = move_clients(writer, self._secret, handover, [mutation.id])
        note_transfer(writer, handover, mutation.id, left, by=mutation.by or "", reason=reason)
        detail = {"client_id": mutation.id, "to_store": to_store, "records": len(left)}
        actor = mutation.by or ""
        audit.record(writer.connection, writer.now_ms, actor, "client.transfer", detail, store_id=mutation.store)
        return Commanded(touched=tuple(left))


def _refusal(writer: FeedWriter, mutation: Mutation, to_store: str, to_guide: str | None) -> Refusal | None:
    held = writer.held(_key(mutation))
    if held is None or isinstance(held, Gone):
        return Refusal("record.unknown" if held is None else "record.gone")
    if not is_manager(writer.connection, mutation.by, mutation.store):
        return Refusal("transfer.not_manager")
    if not is_store(writer.connection, to_store):
        return Refusal("transfer.store_unknown")
    if to_guide is not None and not works_at(writer.connection, to_guide, to_store):
        return Refusal("record.invalid", "to_guide")
    return None


def _key(mutation: Mutation) -> Key:
    return (store_scope(mutation.store), "client", mutation.id)
