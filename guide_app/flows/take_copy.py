"""查阅复制: all that this PC holds of one client, for handing over to her (个人信息保护法 45).

The copy has every record that names her, of every kind there is, also those of records that were merged into hers: as
JSON for other programs (45 (3)) and as a page that she can read and print. What one colleague keeps to herself (private
notes and tags, private fields) is not shown to another: the copy says how many there are, since when and whose, so that
she can ask their author, or head office, for them. Records about other people that mention her as a relative are theirs
and stay out.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from guide_app.base.actor import Actor
from guide_app.base.clock import Clock, china_datetime
from guide_app.base.errors import InvalidInputError
from guide_app.flows.take_copy_content import AccessCopy, read_copy
from guide_app.flows.take_copy_page import page
from guide_app.flows.take_folder import filled, require_free
from guide_app.store.database import Database
from guide_app.store.uow import UnitOfWork


@dataclass(frozen=True, slots=True)
class Copied:
    """What was written: records by kind, how many were withheld, and the JSON's SHA-256 as it stands in the log."""

    folder: Path
    records: Mapping[str, int]
    withheld: int
    sha256: str


def take_copy(db: Database, clock: Clock, actor: Actor, client_id: str, folder: Path, *, proven_by: str) -> Copied:
    """Write `copy.json`, `copy.html` and her photos into `folder`, which must be new or empty, and note it.

    `proven_by` says how she showed who she is. For her own guide and for managers. Raises NotFoundError; GuideError
    (`copy.not_hers`) for another guide; InvalidInputError without `proven_by` or for a folder that holds something.
    Not to be called on the book's writer thread.
    """
    proof_of_identity = proven_by.strip()
    if not proof_of_identity:
        raise InvalidInputError("copy.identity", "没有写怎样核实了客户本人。", "例如「当面, 手机号验证」。")
    require_free(folder)
    copy = db.query(lambda conn: read_copy(conn, client_id, actor))
    now = clock.now_ms()
    head = {
        "made_at": china_datetime(now).isoformat(timespec="seconds"), "store": actor.store_name,
        "made_by": f"{actor.name} ({actor.number})", "proven_by": proof_of_identity,
    }  # fmt: skip
    with filled(folder) as fresh:
        text = json.dumps(head | _document(copy), ensure_ascii=False, indent=2) + "\n"
        sha256 = hashlib.sha256(text.encode()).hexdigest()
        (fresh / "copy.json").write_text(text, encoding="utf-8")
        for name, body in copy.photos.items():
            if body:
                (fresh / copy.photo_file(name)).write_bytes(body)
        (fresh / "copy.html").write_text(page(copy, head, sha256), encoding="utf-8")
        line = {
            "guide_id": actor.guide_id, "client_id": client_id, "deed": "access_copy", "reason": proof_of_identity,
            "records": 1, "proof": sha256, "at": now,
        }  # fmt: skip
        store = copy.clients[0]["store_id"]

        def note(uow: UnitOfWork) -> None:
            uow.put("access_log", line, store_id=store)

        db.change(note, by=actor.guide_id, origin=actor.origin)
    counts = {kind: len(found) for kind, found in copy.records.items()}
    return Copied(folder, counts, len(copy.withheld), sha256)


def _document(copy: AccessCopy) -> dict[str, Any]:
    withheld = [{"kind": one.kind, "guide": one.guide, "at": one.at} for one in copy.withheld]
    return {
        "client_id": copy.client_id, "clients": copy.clients, "records": copy.records, "withheld": withheld,
        "names": {key: name for key, name in copy.names.items() if key in _mentioned(copy)},
        "photos": {name: copy.photo_file(name) or None for name in copy.photos},
        "units": {"at": "UTC 毫秒", "fen": "人民币分"},
    }  # fmt: skip


def _mentioned(copy: AccessCopy) -> frozenset[str]:
    every = (*copy.clients, *(record for found in copy.records.values() for record in found))
    return frozenset(value for record in every for value in record.values() if isinstance(value, str))
