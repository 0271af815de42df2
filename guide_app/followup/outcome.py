"""What a deed on a task leaves behind besides the task: words on the timeline, a refusal, the end of a sequence."""

from __future__ import annotations

from guide_app.base.actor import Actor
from guide_app.base.errors import InvalidInputError
from guide_app.base.said import Said
from guide_app.followup.results import FINISHING, Result
from guide_app.followup.sop_queries import run_of
from guide_app.store.consent_facts import PROOF_LIMIT, file_said
from guide_app.store.uow import UnitOfWork

BODY_LIMIT = 4000


def write_outcome(
    uow: UnitOfWork, client_id: str | None, result: str, note: str, actor: Actor, *, task_id: str,
    otherwise: str, kind: str = "call",
) -> None:  # fmt: skip
    """Put how a contact ended on the client's timeline; `otherwise` are its words without a note.

    Without a client there is no timeline; with neither result nor note there is nothing to say.
    """
    words = note.strip()
    if len(words) > BODY_LIMIT:
        raise InvalidInputError("note.long", "备注超过 {most} 个字。", "写短一些。", most=BODY_LIMIT)
    ended = result in FINISHING
    if client_id is None or not (ended or words):
        return
    record = {
        "client_id": client_id, "guide_id": actor.guide_id, "kind": kind if ended else "note",
        "body": words or otherwise, "at": uow.now_ms,
        "result": str(result), "task_id": task_id,
    }  # fmt: skip
    uow.put("note", record, store_id=store_of(uow, client_id))
    if result == Result.REFUSED:
        said = Said("refused", proof=words[:PROOF_LIMIT])
        file_said(uow, client_id, said, actor.guide_id, store_id=store_of(uow, client_id))


def store_of(uow: UnitOfWork, client_id: str | None) -> str | None:
    """The store in which a client lives: what is written about her lives there too."""
    found = uow.conn.exec_driver_sql("SELECT store_id FROM client WHERE id = ?", (client_id,)).first()
    return None if found is None else str(found[0])


def end_run_if_done(uow: UnitOfWork, cause: str) -> None:
    """If `cause` is a step (`sop:<run>:<step>`) and was the last one open, mark its sequence as done."""
    word, _, rest = cause.partition(":")
    run = run_of(uow.conn, rest.partition(":")[0], uow.now_ms) if word == "sop" else None
    if run is not None and run.state == "running" and run.next_step is None:
        uow.patch("sop_run", run.id, {"state": "done"})
