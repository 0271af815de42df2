"""The signals of sequences: for each run that goes on, its next step once that is due."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection

from guide_app.base.clock import china_date
from guide_app.base.phrase import Phrase
from guide_app.followup.model import Cause, Signal
from guide_app.followup.sop_queries import running
from guide_app.followup.whose import EVERYBODY, Whose


def steps(conn: Connection, now_ms: int, whose: Whose = EVERYBODY) -> Iterator[Signal]:
    """One signal a run at most: a later step waits for the one before it."""
    today = china_date(now_ms)
    for run in running(conn, now_ms, whose.client_id):
        step = run.next_step
        if step is None or step.state != "due":
            continue
        said = {"sop": run.name, "no": step.no, "of": len(run.steps), "title": step.title}
        reason = Phrase("「{sop}」第 {no}/{of} 步: {title}", said)
        late = (today - step.due).days
        yield Signal(run.client_id, Cause.STEP, reason, late, key=step.cause, script_id=step.script_id)
