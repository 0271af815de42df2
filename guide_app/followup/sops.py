"""SOP: sequences of steps for one client, and when each step is due. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

from guide_app.base.clock import china_date
from guide_app.followup.causes import cause_of
from guide_app.protocol.records import SopStep

#: Why no step of hers comes on today's list: she refused contact, wants no marketing on any channel, or was put out of
#: the lists (archived, a complaint, a tag that blocks). Empty: nothing keeps them.
Silence = Literal["", "refused", "objects", "blocked"]


@dataclass(frozen=True, slots=True)
class SopRow:
    """A sequence that head office offers."""

    id: str
    name: str
    occasion: str
    steps: tuple[SopStep, ...]


@dataclass(frozen=True, slots=True)
class StepRow:
    """One step of a run. `no` counts from 1; `cause` is what its task is kept under."""

    no: int
    title: str
    body: str
    script_id: str | None
    due: dt.date
    state: Literal["done", "due", "coming"]
    cause: str


@dataclass(frozen=True, slots=True)
class RunRow:
    """A sequence that runs, ran or was stopped for a client."""

    id: str
    client_id: str
    sop_id: str
    name: str
    state: str
    steps: tuple[StepRow, ...]

    @property
    def next_step(self) -> StepRow | None:
        """The first step that is not done; None once the run has ended."""
        return next((step for step in self.steps if step.state != "done"), None) if self.state == "running" else None


def steps_of(
    run_id: str, started_at: int, shift_days: int, steps: Collection[SopStep], answered: Collection[str], today: dt.date
) -> tuple[StepRow, ...]:
    """The steps of a run that began at `started_at` (UTC ms), in their order; `answered` are causes that have a task.

    A step is due on its day after the start, later by all days of postponing; a step that is done stays so.
    """
    begun = china_date(started_at)
    rows = []
    for no, step in enumerate(steps, 1):
        cause = cause_of("sop", run_id, no)
        due = begun + dt.timedelta(days=step.day + shift_days)
        state: Literal["done", "due", "coming"] = "done" if cause in answered else "due" if due <= today else "coming"
        rows.append(StepRow(no, step.title, step.body, step.script_id, due, state, cause))
    return tuple(rows)
