"""The invariants of sync, each its own check; the message begins with its number."""

from __future__ import annotations

from collections import Counter
from typing import Any

from guide_app.protocol.kinds import KINDS, full_fields
from guide_app.protocol.scopes import BRAND, Scope, scope_store_id
from guide_app.store.codec import CODECS
from guide_app.store.holding import held_digest
from tests.convergence.pc import Pc
from tests.convergence.world import COUNTED, World

#: Refusals that a guide may find on her list in the end, because somebody else's deed came first.
_FAIR = frozenset({
    "record.moved", "record.gone", "record.unknown", "scope.forbidden", "task.cancelled", "merge.same", "merge.unknown",
    "transfer.not_manager", "transfer.store_unknown",
})  # fmt: skip
#: The words of a kind that a search for a person would find.
_NAMING = {"client": "name", "note": "body", "task": "title"}


def check_step(pc: Pc) -> None:
    """What holds of a PC at any moment."""
    queue_is_whole(pc)
    own_writes_show(pc)


def check_end(world: World) -> None:
    """What holds after quiet."""
    for pc in world.pcs:
        check_step(pc)
        converged(world, pc)
        nothing_waits(world, pc)
        only_what_is_granted(world, pc)
        erased_is_gone(world, pc)
    nothing_acknowledged_is_lost(world)
    exactly_once(world)
    newer_fields_stay(world)


def queue_is_whole(pc: Pc) -> None:
    """I4: issued = acked ∪ outbox ∪ parked, whenever the power went."""
    last, acked = pc.rows("SELECT last_mid, acked_mid FROM device")[0]
    waiting = [row[0] for row in pc.rows("SELECT mid FROM outbox WHERE state = 'waiting' ORDER BY mid")]
    assert waiting == list(range(acked + 1, last + 1)), f"I4 crash: {waiting} wait, but {acked} of {last} are settled"


def own_writes_show(pc: Pc) -> None:
    """I4: what waits is what is shown: nobody's own work disappears from her screen before it is judged."""
    shown: dict[tuple[str, str, str], Any] = {}
    rows = pc.rows("SELECT kind, id, data FROM outbox WHERE state = 'waiting' AND op IN ('put', 'patch') ORDER BY mid")
    for kind, record_id, data in rows:
        held = pc.db.query(lambda c, k=kind, i=record_id: CODECS[k].read(c, i))  # type: ignore[misc]
        written_once = KINDS[kind].policy != "fields" and held is not None and held.seq is not None
        if held is not None and not written_once:  # the office has it already, and may have changed what it hangs on
            shown |= {(kind, record_id, name): value for name, value in CODECS[kind].plain(_decoded(data)).items()}
    for (kind, record_id, name), value in shown.items():
        held = pc.db.query(lambda c, k=kind, i=record_id: CODECS[k].read(c, i))  # type: ignore[misc]
        now = held.data.get(name) if held else None
        assert now == value or _predicted(pc, record_id), f"I4 own writes: {kind}.{name} shows {now!r}, not {value!r}"


def converged(world: World, pc: Pc) -> None:
    """I1: the records of each granted scope equal the office's, and so does the digest counted anew."""
    granted = world.desk(pc).granted
    assert set(world.scopes(pc)) == granted, f"I1 converge: {pc.folder.name} holds {world.scopes(pc)}, not {granted}"
    for scope in sorted(granted):
        feed = world.office.feeds[scope]
        theirs = {key: (seq, _whole(key[0], dict(state.data))) for key, (seq, state) in feed.live.items()}
        ours = _held(pc, scope)
        differing = sorted(key for key in theirs.keys() | ours.keys() if theirs.get(key) != ours.get(key))
        first = [(key, ours.get(key), theirs.get(key)) for key in differing[:1]]
        assert not differing, f"I1 converge: {pc.folder.name} differs in {scope} in {len(differing)}: {first}"
        digest = pc.db.query(lambda conn, s=scope: held_digest(conn, s))  # type: ignore[misc]
        assert digest == (feed.digest, len(feed.live)), f"I1 converge: digest of {scope} at {pc.folder.name}"
        kept = pc.rows("SELECT held_digest FROM cursor WHERE scope = ?", (scope,))
        assert kept in ([(feed.digest,)], [("",)]), f"I1 converge: the digest that follows {scope} went astray"


def nothing_waits(world: World, pc: Pc) -> None:
    """I1: quiet means that everything was judged, and that what was refused was refused for a reason."""
    waiting = pc.scalar("SELECT count(*) FROM outbox WHERE state = 'waiting'")
    based = pc.scalar("SELECT count(*) FROM base")
    assert (waiting, based) == (0, 0), f"I1 converge: {waiting} wait and {based} are set aside at {pc.folder.name}"
    refused = pc.rows(
        "SELECT o.mid, o.op, o.kind, o.data, r.code FROM outbox o LEFT JOIN result r ON r.mid = o.mid"
        " WHERE o.state = 'parked'"
    )
    # What was replayed for a PC's former name is not told to its new one; what is refused again stays on the list.
    kept = world.desk(pc).quarantine
    # Of the erased neither end keeps a word, whatever it was refused for.
    passed_over = {
        mid
        for mid, _, _, data, code in refused
        if code == "office.internal" and (mid < 0 or mid in kept or data == "{}")
    }
    unfair = [row for row in refused if row[4] not in _FAIR and row[0] not in passed_over]
    assert not unfair, f"I1 converge: refused without cause at {pc.folder.name}: {unfair[:3]}"
    back = {row[0] for row in refused} & set(world.desk(pc).revised)
    assert not back, f"I9 progress: {back} were taken in after all, and are still on the list"


def nothing_acknowledged_is_lost(world: World) -> None:
    """I2, I11: what was written is at the office, on somebody's list of refusals, or erased by law."""
    world._remember_ended()
    excused = world.ended | {key for key in world.expected if world.is_erased(world.about.get(key[1], key[1]))}
    parked = {row for pc in world.pcs for row in pc.rows("SELECT kind, id FROM outbox WHERE state = 'parked'")}
    missing = sorted(world.expected - world.at_office() - excused - parked)
    assert not missing, f"I2 no acknowledged loss: {len(missing)} are nowhere, the first {missing[0]}"


def exactly_once(world: World) -> None:
    """I3: every fact lives in one scope only, and no PC made it two."""
    places = Counter(key for feed in world.office.feeds.values() for key in feed.live if key[0] in COUNTED)
    doubled = [key for key, n in places.items() if n > 1]
    assert not doubled, f"I3 exactly once: {doubled[:3]} live in two scopes"
    words = Counter(
        state.data["body"]
        for feed in world.office.feeds.values()
        for (kind, _), (_, state) in feed.live.items()
        if kind == "note" and state.data["body"] != "半句"
    )
    twice = [word for word, n in words.items() if n > 1]
    assert not twice, f"I3 exactly once: {twice[:3]} were written twice"


def only_what_is_granted(world: World, pc: Pc) -> None:
    """I8: no query and no byte of a PC's files serves a record that left, or of a scope it may not see."""
    granted = world.desk(pc).granted
    for name, kind in KINDS.items():
        if kind.scope == "store":
            stores = {f"store:{row[0]}" for row in pc.rows(f'SELECT DISTINCT store_id FROM "{name}"')}
            assert stores <= granted, f"I8 privacy: {name} of {stores - granted} at {pc.folder.name}"
    pc.db.compact()  # copies in the gaps of pages go when the file is written anew
    body = pc.all_bytes()
    own = {row[0] for row in pc.rows("SELECT data FROM outbox WHERE state = 'parked'")}
    for scope, feed in world.office.feeds.items():
        if scope == BRAND or scope in granted:
            continue
        for (what, record_id), (_, state) in feed.live.items():
            word = str(state.data.get(_NAMING.get(what, "?"), ""))
            if word and word != "半句" and not any(word in data for data in own):
                assert word.encode() not in body, f"I8 privacy: {what} {word} {record_id} is left at {pc.folder.name}"


def erased_is_gone(world: World, pc: Pc) -> None:
    """I10: of the erased no record lives, at the office or here, and nobody brought them back."""
    for client in world.office.erased:
        for scope, feed in world.office.feeds.items():
            assert ("client", client) not in feed.live, f"I10 erasure: {client} is back in {scope}"
            about = [key for key, (_, state) in feed.live.items() if state.data.get("client_id") == client]
            assert not about, f"I10 erasure: {about[:2]} still name {client}"
        assert not pc.rows("SELECT 1 FROM client WHERE id = ?", (client,)), f"I10 erasure: {client} is left here"
        left = pc.rows("SELECT mid, data FROM outbox WHERE json_extract(data, '$.client_id') = ?", (client,))
        assert not left, f"I10 erasure: the queue of {pc.folder.name} still speaks of {client}: {left[:1]}"


def newer_fields_stay(world: World) -> None:
    """I12: a desktop that does not know a field never loses it."""
    for client, word in world.newer.items():
        for feed in world.office.feeds.values():
            held = feed.live.get(("client", client))
            if held is not None:
                assert held[1].data.get("zodiac", word) == word, f"I12 newer fields: {client} lost {word}"


def _held(pc: Pc, scope: Scope) -> dict[tuple[str, str], tuple[int, dict[str, object]]]:
    found: dict[tuple[str, str], tuple[int, dict[str, object]]] = {}
    for name, kind in KINDS.items():
        if (kind.scope == "brand") != (scope == BRAND):
            continue
        where = "" if scope == BRAND else " WHERE store_id = ?"
        params = () if scope == BRAND else (scope_store_id(scope),)
        ids = [row[0] for row in pc.rows(f'SELECT id FROM "{name}"{where}', params)]
        for held in pc.db.query(lambda c, n=name, i=ids: list(CODECS[n].read_many(c, i))):  # type: ignore[misc]
            found[name, held.id] = (held.seq or 0, dict(held.data))
    return found


def _whole(kind: str, data: dict[str, object]) -> dict[str, object]:
    return {**full_fields(KINDS[kind], data), **data}


def _decoded(text: str) -> dict[str, Any]:
    from guide_app.store.codec import decode_json  # noqa: PLC0415

    found: dict[str, Any] = decode_json(text)
    return found


def _predicted(pc: Pc, record_id: str) -> bool:
    """Whether a command's expected effect lies over the record too."""
    statement = "SELECT 1 FROM outbox WHERE state = 'waiting' AND op = 'command' AND effects LIKE ?"
    return bool(pc.rows(statement, (f"%{record_id}%",)))
