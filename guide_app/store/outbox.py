"""The queue of changes on their way to head office. Numbers (`mid`) are gapless; nothing leaves it unanswered."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
from sqlalchemy import Connection

from guide_app.protocol.chain import EMPTY_CHAIN, Chain
from guide_app.protocol.kinds import COMMANDS, KINDS
from guide_app.protocol.messages import SCHEMA, Mutation, Result
from guide_app.store.codec import decode_json, encode_json, json_list
from guide_app.store.overlay import Effect, Step

#: How long settled changes are kept, so that an office restored from a backup can be given what it lost.
KEEP_SETTLED_MS = 30 * 86_400_000
#: How long values that lost to later edits can be brought back.
KEEP_LOST_MS = 90 * 86_400_000

_INSERT = (
    'INSERT INTO outbox (mid, grp, op, kind, id, store, stamp, data, "by", schema, effects, created_at)'
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_MUTATION = 'SELECT mid, op, kind, id, store, stamp, data, "by", grp, schema, passed FROM outbox'

_OF_CLIENTS = json_list(["client", *(name for name, about in COMMANDS.items() if about == "client")])
_HER = "CASE WHEN kind IN (SELECT value FROM json_each(:clients)) THEN id ELSE json_extract(data, '$.client_id') END"
_STAYS = """WITH RECURSIVE line AS (SELECT id, merged_into FROM client WHERE id = ?1
    UNION SELECT c.id, c.merged_into FROM line JOIN client c ON c.id = line.merged_into)
    SELECT id FROM line WHERE merged_into IS NULL"""
_ERASE, _TRANSFER, _MERGE = "client.erase", "client.transfer", "client.merge"
_SETS = json_list(name for name, kind in KINDS.items() if kind.policy == "set")


@dataclass(frozen=True, slots=True)
class Settled:
    """Which records the settled changes bore on, as (kind, id)."""

    records: frozenset[tuple[str, str]]
    n_parked: int


def row_of(mutation: Mutation, effects: Sequence[Effect], now_ms: int) -> tuple[Any, ...]:
    """The outbox row of a mutation made at `now_ms` (UTC)."""
    return (
        mutation.mid, mutation.group, mutation.op, mutation.kind, mutation.id, mutation.store, mutation.stamp,
        encode_json(mutation.data).decode(), mutation.by, mutation.schema or SCHEMA,
        encode_json(effects).decode() if effects else "[]", now_ms,
    )  # fmt: skip


def append(conn: Connection, rows: list[tuple[Any, ...]]) -> None:
    """Write rows made by `row_of`."""
    if rows:
        conn.exec_driver_sql(_INSERT, rows)


def waiting(conn: Connection, limit: int, after: int = 0) -> list[Mutation]:
    """The oldest changes after number `after` that the office has not settled, in order."""
    where = "WHERE state = 'waiting' AND mid > ? ORDER BY mid LIMIT ?"
    rows = conn.exec_driver_sql(f"{_MUTATION} {where}", (after, limit)).all()
    return [_as_sent(row) for row in rows]


def between(conn: Connection, after: int, last: int) -> list[Mutation]:
    """The changes with numbers from `after` + 1 to `last` that are held, in order."""
    rows = conn.exec_driver_sql(f"{_MUTATION} WHERE mid > ? AND mid <= ? ORDER BY mid", (after, last))
    return [_as_sent(row) for row in rows]


def pass_over(conn: Connection, mid: int, *, bare: bool) -> None:
    """Send a void in place of a change that head office cannot digest, from now on and however often.

    Numbers have no gaps, so it can be passed over only by settling its number. Unless `bare`, its content goes along as
    text, for staff to replay once the cause is mended.
    """
    conn.exec_driver_sql("UPDATE outbox SET passed = ? WHERE mid = ?", ("bare" if bare else "told", mid))


def n_waiting(conn: Connection) -> int:
    """How many changes the office has not settled."""
    return int(conn.exec_driver_sql("SELECT count(*) FROM outbox WHERE state = 'waiting'").scalar_one())


def read(conn: Connection, mid: int) -> Mutation | None:
    """One change by number, whatever its state."""
    row = conn.exec_driver_sql(f"{_MUTATION} WHERE mid = ?", (mid,)).first()
    return None if row is None else _mutation(row)


def read_parked(conn: Connection, mid: int) -> tuple[Mutation, list[Effect]] | None:
    """A refused change and the effects it had predicted."""
    row = conn.exec_driver_sql("SELECT effects FROM outbox WHERE mid = ? AND state = 'parked'", (mid,)).first()
    mutation = read(conn, mid)
    return None if row is None or mutation is None else (mutation, _effects(row[0]))


def read_lost(conn: Connection, mid: int) -> tuple[str, str, dict[str, Any]] | None:
    """Kind, id and the values of a change that lost to later edits: of the record that has them now."""
    row = conn.exec_driver_sql(
        "SELECT o.kind, o.id, r.lost FROM result r JOIN outbox o ON o.mid = r.mid WHERE r.mid = ?", (mid,)
    ).first()
    return None if row is None else (*overtaken(conn, row[0], row[1]), decode_json(row[2]))


def overtaken(conn: Connection, kind: str, record_id: str) -> tuple[str, str]:
    """Kind and id of the record that the values of a change are about: of a merge, the client who stays."""
    if kind not in COMMANDS:
        return kind, record_id
    stays: str | None = conn.exec_driver_sql(_STAYS, (record_id,)).scalar()
    return COMMANDS[kind], stays or record_id


def chain_at(conn: Connection, mid: int) -> Chain:
    """The chain after change `mid` as the office has it; empty if that is no longer known."""
    if mid == 0:
        return EMPTY_CHAIN
    found: str | None = conn.exec_driver_sql("SELECT chain FROM outbox WHERE mid = ?", (mid,)).scalar()
    if found:
        return found
    acked: str | None = conn.exec_driver_sql("SELECT acked_chain FROM device WHERE acked_mid = ?", (mid,)).scalar()
    return acked or ""


def chain_settled(conn: Connection, chains: Sequence[tuple[int, Chain]]) -> None:
    """Note the chains of settled changes, by number; the last one's stands for the office's place."""
    conn.exec_driver_sql("UPDATE outbox SET chain = ? WHERE mid = ?", [(here, mid) for mid, here in chains])
    conn.exec_driver_sql("UPDATE device SET acked_chain = ?", (chains[-1][1],))


def waiting_ids(conn: Connection, kind: str, ids: Iterable[str]) -> set[str]:
    """Those of the records that have changes or effects of commands waiting."""
    wanted = set(ids)
    rows = conn.exec_driver_sql(
        "SELECT DISTINCT id FROM outbox WHERE kind = ? AND id IN (SELECT value FROM json_each(?))"
        " AND state = 'waiting' AND op NOT IN ('command', 'void')",
        (kind, json_list(wanted)),
    )
    found = {row[0] for row in rows}
    found |= {e.id for _, _, effects in _waiting_commands(conn) for e in effects if e.kind == kind and e.id in wanted}
    return found


def steps_for(conn: Connection, kind: str, record_id: str) -> list[Step]:
    """The waiting changes of one record, in order."""
    rows = conn.exec_driver_sql(
        "SELECT mid, op, data, stamp FROM outbox"
        " WHERE kind = ? AND id = ? AND state = 'waiting' AND op NOT IN ('command', 'void') ORDER BY mid",
        (kind, record_id),
    )
    numbered = [(row[0], Step(row[1], decode_json(row[2]), row[3])) for row in rows]
    numbered += [
        (mid, Step(e.op, e.data, stamp, predicted=True))
        for mid, stamp, effects in _waiting_commands(conn)
        for e in effects
        if (e.kind, e.id) == (kind, record_id)
    ]
    return [step for _, step in sorted(numbered, key=lambda pair: pair[0])]


def settle(conn: Connection, last_mid: int, results: Sequence[Result], now_ms: int) -> Settled:
    """The office has judged everything up to `last_mid`: refused changes are parked, the others acknowledged.

    Nobody needs to see that a void was refused; nor, where the office that was restored has never heard of it, that an
    element of a set is not there to be removed, or somebody not there to be erased or handed over once more.
    """
    rows = conn.exec_driver_sql(
        "SELECT op, kind, id, effects, mid, data FROM outbox WHERE state = 'waiting' AND mid <= ?", (last_mid,)
    ).all()
    unknown = {r.mid for r in results if r.code == "record.unknown"}
    moot = {mid for op, kind, *_, mid, data in rows if mid in unknown and _is_moot(op, kind, data)}
    void = {row[4] for row in rows if row[0] == "void"} | moot
    rejected = [r.mid for r in results if r.status == "rejected" and r.mid not in void]
    parked = conn.exec_driver_sql(
        "UPDATE outbox SET state = 'parked', acked_at = ?"
        " WHERE state = 'waiting' AND mid <= ? AND mid IN (SELECT value FROM json_each(?))",
        (now_ms, last_mid, encode_json(rejected).decode()),
    ).rowcount
    conn.exec_driver_sql(
        "UPDATE outbox SET state = 'acked', acked_at = ? WHERE state = 'waiting' AND mid <= ?", (now_ms, last_mid)
    )
    told = [r for r in results if (r.status == "rejected" or r.lost) and r.mid not in void]
    if told:
        conn.exec_driver_sql(
            "INSERT INTO result (mid, status, code, detail, lost, at) VALUES (?, ?, ?, ?, ?, ?)"
            " ON CONFLICT (mid) DO NOTHING",
            [(r.mid, r.status, r.code, r.detail, encode_json(r.lost).decode(), now_ms) for r in told],
        )
    conn.exec_driver_sql("UPDATE device SET acked_mid = max(acked_mid, ?)", (last_mid,))
    touched = {(row[1], row[2]) for row in rows if row[0] != "command"}
    touched |= {(e.kind, e.id) for row in rows if row[0] == "command" for e in _effects(row[3])}
    return Settled(frozenset(touched), parked)


def reopen(conn: Connection, last_mid: int) -> list[tuple[str, str]]:
    """The office has lost what came after `last_mid`: let it wait again; returns the records concerned.

    Refused changes are left as they are if they stand at the end; between others they are sent once more, because
    numbers may have no gaps; what has been blanked since goes as void.
    """
    rows = conn.exec_driver_sql(
        "UPDATE outbox SET state = 'waiting', acked_at = NULL, passed = '',"
        " op = CASE WHEN data = '{}' AND op IN ('put', 'patch') THEN 'void' ELSE op END"
        " WHERE mid > ? AND state <> 'waiting'"
        " RETURNING op, kind, id, effects",
        (last_mid,),
    ).all()
    conn.exec_driver_sql("DELETE FROM result WHERE mid > ?", (last_mid,))
    conn.exec_driver_sql("UPDATE device SET acked_chain = ?", (chain_at(conn, last_mid),))
    conn.exec_driver_sql("UPDATE device SET acked_mid = ?", (last_mid,))
    touched = {(row[1], row[2]) for row in rows if row[0] != "command"}
    touched |= {(e.kind, e.id) for row in rows if row[0] == "command" for e in _effects(row[3])}
    return sorted(touched)


def forget(conn: Connection, kind: str, ids: Iterable[str], *, waiting_too: bool) -> None:
    """Blank what the queue still says about records that left or were erased, commands included; the numbers stay."""
    wanted = json_list(ids)
    kinds = json_list([kind, *(name for name, about in COMMANDS.items() if about == kind)])
    where = "kind IN (SELECT value FROM json_each(?)) AND id IN (SELECT value FROM json_each(?))"
    if not waiting_too:
        where += " AND state <> 'waiting'"
    conn.exec_driver_sql(
        f"UPDATE result SET lost = '{{}}', detail = '' WHERE mid IN (SELECT mid FROM outbox WHERE {where})",
        (kinds, wanted),
    )
    if kind == "client" and not waiting_too:  # she moved: where to is no word about her, and a restored office asks
        moved = f"kind = '{_TRANSFER}' AND state = 'acked'"
        conn.exec_driver_sql(
            f"UPDATE outbox SET data = json_remove(data, '$.reason'), effects = '[]' WHERE {where} AND {moved}",
            (kinds, wanted),
        )
        where += f" AND NOT ({moved})"
    _blank(conn, where, (kinds, wanted))
    if kind == "client":  # tags that were taken off her again have no row by which they could be found
        sets = "kind IN (SELECT value FROM json_each(?)) AND state = 'acked'"
        hers = f"{sets} AND op = 'put' AND json_extract(data, '$.client_id') IN (SELECT value FROM json_each(?))"
        taken_off = f"{sets} AND op = 'remove' AND id IN (SELECT id FROM outbox WHERE {hers})"
        _blank(conn, taken_off, (_SETS, _SETS, wanted))
        _blank(conn, hers, (_SETS, wanted))
        _forget_settled(conn, wanted)


def _forget_settled(conn: Connection, wanted: str) -> None:
    """Leave of merges into these clients, who may be two persons again, only that they were asked for."""
    into = "kind = ? AND state <> 'waiting' AND json_extract(data, '$.into') IN (SELECT value FROM json_each(?))"
    conn.exec_driver_sql(
        f"UPDATE result SET lost = '{{}}', detail = '' WHERE mid IN (SELECT mid FROM outbox WHERE {into})",
        (_MERGE, wanted),
    )
    conn.exec_driver_sql(
        f"UPDATE outbox SET data = json_remove(data, '$.keep'), effects = '[]' WHERE {into}", (_MERGE, wanted)
    )


def forget_removed_elsewhere(conn: Connection, kind: str, record_id: str) -> None:
    """Blank what was said of a set's element that somebody else removed: this PC has no removal to tell beside it.

    An office that was restored and heard of the removal first would else be given the element back.
    """
    here = "SELECT 1 FROM outbox r WHERE r.kind = ? AND r.id = ? AND r.op = 'remove' AND r.state <> 'parked'"
    where = f"kind = ? AND id = ? AND state = 'acked' AND NOT EXISTS ({here})"
    _blank(conn, where, (kind, record_id, kind, record_id))


def forget_handed_over(conn: Connection, store: str, ids: Iterable[str]) -> None:
    """These clients are in `store` (again): that they were handed over from it is nothing to tell an office once more.

    One that was restored, and had heard first of her return, would else hand her over anew.
    """
    # `+` keeps SQLite from looking each of them up: of handovers there are few or none, of clients a whole page.
    where = "kind = ? AND state = 'acked' AND store = ? AND +id IN (SELECT value FROM json_each(?))"
    _blank(conn, where, (_TRANSFER, store, json_list(ids)))


def forget_about(conn: Connection, client: str) -> None:
    """Blank every change about a client who was erased, also what waits and what was refused. The numbers stay."""
    where = "json_extract(data, '$.client_id') = ?"
    conn.exec_driver_sql(
        f"UPDATE result SET lost = '{{}}', detail = '' WHERE mid IN (SELECT mid FROM outbox WHERE {where})", (client,)
    )
    _blank(conn, where, (client,))


def strangers(conn: Connection) -> dict[str, str]:
    """Clients whom refused changes name though they are not held here, and the store of such a change.

    Left out are those who were never at the office: their own first change is among the refused or waits.
    """
    rows = conn.exec_driver_sql(
        f"SELECT her, max(store) FROM (SELECT {_HER} AS her, store FROM outbox"
        " WHERE state = 'parked' AND data <> '{}') WHERE her IS NOT NULL AND her NOT IN (SELECT id FROM client)"
        " AND her NOT IN (SELECT id FROM outbox WHERE kind = 'client' AND op = 'put' AND state <> 'acked')"
        " GROUP BY her",
        {"clients": _OF_CLIENTS},
    )
    return {row[0]: row[1] for row in rows}


def forget_absent(conn: Connection, records: Iterable[tuple[str, str]]) -> bool:
    """Blank the settled changes of those (kind, id) that are not held here; returns whether there were any.

    They went to another store or were erased before the office's word of it came, or that word never will. Elements of
    a set are absent every day, because somebody removed them: they count if their client is absent too.
    """
    by_kind: dict[str, list[str]] = defaultdict(list)
    for kind, record_id in records:
        if kind in KINDS:
            by_kind[kind].append(record_id)
    found = False
    for kind, ids in by_kind.items():
        with_her = (
            " AND op = 'put' AND json_extract(data, '$.client_id') NOT IN (SELECT id FROM client)"
            if KINDS[kind].policy == "set"
            else ""
        )
        absent = conn.exec_driver_sql(
            "SELECT mid FROM outbox WHERE kind = ? AND id IN (SELECT value FROM json_each(?)) AND state = 'acked'"
            f" AND op <> 'void' AND NOT EXISTS (SELECT 1 FROM \"{kind}\" held WHERE held.id = outbox.id){with_her}",
            (kind, json_list(ids)),
        ).all()
        if absent:
            _forget_numbers(conn, [row[0] for row in absent])
            found = True
    return found


def _is_moot(op: str, kind: str, data: str) -> bool:
    """Whether a change asks for nothing that is left to do where the office does not know the record.

    What was said before has lost its reason meanwhile: the first time each of these gives one.
    """
    return op == "remove" or (kind in (_ERASE, _TRANSFER) and "reason" not in decode_json(data))


def _forget_numbers(conn: Connection, mids: Sequence[int]) -> None:
    where, wanted = "mid IN (SELECT value FROM json_each(?))", encode_json(list(mids)).decode()
    conn.exec_driver_sql(f"UPDATE result SET lost = '{{}}', detail = '' WHERE {where}", (wanted,))
    _blank(conn, where, (wanted,))


def _blank(conn: Connection, where: str, params: tuple[str, ...]) -> None:
    """Leave the number alone, which is sent as void from now on; of a refused change one still sees that it was.

    That somebody was to be erased stays, without the reason: an office that lost it would bring her back.
    """
    conn.exec_driver_sql(
        "UPDATE outbox SET data = '{}', effects = '[]', passed = '',"
        f" op = CASE WHEN state = 'parked' OR kind = '{_ERASE}' THEN op ELSE 'void' END WHERE {where}",
        params,
    )


def revised(conn: Connection, mids: Sequence[int]) -> int:
    """The office has taken these refused changes in after all; returns how many were on the list."""
    wanted = encode_json(list(mids)).decode()
    listed = "mid IN (SELECT value FROM json_each(?)) AND state = 'parked'"
    conn.exec_driver_sql(f"DELETE FROM result WHERE mid IN (SELECT mid FROM outbox WHERE {listed})", (wanted,))
    return conn.exec_driver_sql(f"UPDATE outbox SET state = 'acked' WHERE {listed}", (wanted,)).rowcount


def prune(conn: Connection, now_ms: int) -> bool:
    """Drop settled changes after thirty days, lost values after ninety; refused changes stay until dealt with.

    Of refused ones about a client who is not held here any more the words go after thirty days: should she be erased
    elsewhere, nobody would tell this PC. Returns whether there were any.
    """
    conn.exec_driver_sql(
        "DELETE FROM result WHERE at < ? AND mid NOT IN (SELECT mid FROM outbox WHERE state = 'parked')",
        (now_ms - KEEP_LOST_MS,),
    )
    conn.exec_driver_sql(
        "DELETE FROM outbox WHERE state = 'acked' AND acked_at < ? AND mid NOT IN (SELECT mid FROM result)",
        (now_ms - KEEP_SETTLED_MS,),
    )
    her = "json_extract(data, '$.client_id')"
    strange = conn.exec_driver_sql(
        f"SELECT mid FROM outbox WHERE state = 'parked' AND acked_at < ? AND {her} NOT IN (SELECT id FROM client)"
        f" AND {her} NOT IN (SELECT id FROM outbox WHERE kind = 'client' AND op = 'put' AND state <> 'acked')",
        (now_ms - KEEP_SETTLED_MS,),
    ).all()
    if strange:
        _forget_numbers(conn, [row[0] for row in strange])
    return bool(strange)


def _waiting_commands(conn: Connection) -> list[tuple[int, str, list[Effect]]]:
    rows = conn.exec_driver_sql(
        "SELECT mid, stamp, effects FROM outbox WHERE op = 'command' AND state = 'waiting' ORDER BY mid"
    )
    return [(row[0], row[1], _effects(row[2])) for row in rows]


def _effects(text: str) -> list[Effect]:
    found: list[Mapping[str, Any]] = decode_json(text)
    return [Effect(e["kind"], e["id"], e["op"], e["data"]) for e in found]


def _as_sent(row: Any) -> Mutation:
    """The change as it goes on the wire: a void for one that is passed over."""
    mutation, passed = _mutation(row), row[-1]
    if not passed:
        return mutation
    told = {"op": mutation.op, "data": encode_json(mutation.data).decode()}
    return msgspec.structs.replace(mutation, op="void", data=told if passed == "told" else {})


def _mutation(row: Any) -> Mutation:
    mid, op, kind, record_id, store, stamp, data, by, group, schema, _ = row
    written_by = 0 if schema == SCHEMA else schema  # a program speaks of its own version in the header
    return Mutation(mid, op, kind, record_id, store, stamp, decode_json(data), by, group, written_by)
