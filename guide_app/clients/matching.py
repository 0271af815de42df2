"""Why each client of a search was found, read for those who were found by their words and not by their names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import Connection

from guide_app.clients.found import Field, Match, named_match, told_match
from guide_app.clients.model import ClientRow
from guide_app.store.codec import json_list
from guide_app.store.search import Hit
from guide_app.store.shown_tags import SHOWN_TAGS

_TOLD = "T"
#: All that the index of words holds of some clients; nothing private is among it.
_TEXTS = f"""
    SELECT t.client_id, 'tag', t.name FROM {SHOWN_TAGS} t WHERE t.client_id IN (SELECT value FROM json_each(:ids))
    UNION ALL SELECT id, 'preference', preference FROM client WHERE id IN (SELECT value FROM json_each(:ids))
    UNION ALL SELECT id, 'remark', remark FROM client WHERE id IN (SELECT value FROM json_each(:ids))
    UNION ALL SELECT n.client_id, 'note', n.body FROM note n
        WHERE n.client_id IN (SELECT value FROM json_each(:ids)) AND NOT n.private AND instr(lower(n.body), :typed)"""


def with_matches(
    conn: Connection, rows: Sequence[ClientRow], hits: Sequence[Hit], text: str, now_ms: int
) -> tuple[ClientRow, ...]:
    """The `rows`, each with why its hit was found by `text`."""
    by = {hit.client_id: hit.by for hit in hits}
    typed = text.strip()
    first = typed.split()[0] if typed else ""
    told = [row.id for row in rows if by[row.id] == _TOLD]
    texts: dict[str, list[tuple[Field, str]]] = defaultdict(list)
    if told:
        asked = {"ids": json_list(told), "typed": typed.lower(), "now": now_ms, "viewer": None}
        for client_id, field, words in conn.exec_driver_sql(_TEXTS, asked):
            texts[client_id].append((field, words))

    def why(row: ClientRow) -> Match | None:
        if by[row.id] == _TOLD:
            return told_match(typed, texts[row.id])
        return named_match(by[row.id], first, row.name)

    return tuple(replace(row, match=why(row)) for row in rows)
