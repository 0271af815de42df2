"""Takes in what a device did: gather the records under lock, decide by pure rules, write once, answer.

All of it is one transaction with the device's own place in line (`last_mid`), so a batch counts exactly once however
often it is sent, and a replay is answered like the first time. Trade words join in by `PushRules`: commands they carry
out, and arrivals they react to.
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection

from guide_app.protocol.messages import Push, Pushed
from head_office.feed.batch import Batch
from head_office.feed.brief import sent_by
from head_office.feed.decide import count
from head_office.feed.place import ForkedError, MutationGapError, Place, Sender, lock_place, settle_place
from head_office.feed.quarantine import quarantine
from head_office.feed.results import keep_results
from head_office.feed.route import Left
from head_office.feed.rules import Commanded, PushRules
from head_office.feed.write import FeedWriter

__all__ = ["Commanded", "ForkedError", "MutationGapError", "PushRules", "Sender", "push"]

# A whole book that is handed over is one row for all its clients, known by when it was under way.
_COUNT_LATE = (
    "UPDATE transfer SET late = late + %(taken)s, refused = refused + %(refused)s"
    " WHERE store_id = %(store)s::uuid AND id = (SELECT id FROM transfer"
    " WHERE store_id = %(store)s::uuid AND to_store = %(to)s::uuid AND created_ms <= %(at)s"
    " AND (finished_ms IS NULL OR finished_ms >= %(at)s)"
    " ORDER BY client_id IS NOT DISTINCT FROM %(client)s::uuid DESC, created_ms DESC LIMIT 1)"
)


def push(connection: Connection, sender: Sender, message: Push, rules: PushRules, now_ms: int) -> Pushed:
    """Apply mutations with consecutive `mid`s; those the office has already change nothing. `now_ms` is UTC ms.

    Without mutations it only says where the office stands. Raises MutationGapError, ForkedError.
    """
    mutations = message.mutations
    place = lock_place(connection, sender)
    known = [mutation for mutation in mutations if mutation.mid <= place.last]
    fresh = mutations[len(known) :]
    if fresh and fresh[0].mid != place.last + 1:
        raise MutationGapError(place.last)
    chain = place.chain_after(message)
    counted, effective = count(fresh, place.effective, now_ms)
    batch = Batch(FeedWriter(connection, now_ms, sender), sender, rules)
    batch.gather(known, counted)
    moves = place.moves_of(mutations)
    if fresh:
        batch.apply(counted)
        moves = batch.moves
        settled = [one.forgotten() if one.is_about(batch.erased) else one for one in batch.settled]
        keep_results(connection, sender, settled, now_ms)
        quarantine(connection, sender, fresh, settled, now_ms)
        _count_late(connection, batch.followed)
        place = Place(fresh[-1].mid, chain, effective, fresh[0].mid, moves)
        settle_place(connection, sender, place, now_ms)
    return Pushed(
        last_mid=place.last,
        results=batch.results,
        records=batch.frames(sent_by(mutations) if message.brief else {}),
        moves=[move for move in moves if move.scope in sender.granted],
        server_ms=now_ms,
        chain=chain,
    )


def _count_late(connection: Connection, followed: Iterable[tuple[Left, bool]]) -> None:
    """Note with each transfer how many edits came after it: taken or refused."""
    for left, taken in followed:
        if left.to_store is not None:
            values = {"store": left.store_id, "to": left.to_store, "at": left.at_ms, "client": left.client_id}
            connection.exec_driver_sql(_COUNT_LATE, {**values, "taken": int(taken), "refused": int(not taken)})
