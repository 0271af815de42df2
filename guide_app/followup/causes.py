"""What a suggestion was made for, as a text that is the same on every PC, and the task that keeps it. Pure.

`care3:<purchase>`, `birthday:<client>:2026`, `sop:<run>:<step>`: a kind, the record it comes from, perhaps a year or
number. Since the task's id follows from the cause, two PCs that handle the same suggestion offline write one record.
"""

from __future__ import annotations

from guide_app.base.ids import derived_id, uuid7_ms


def cause_of(kind: str, record_id: str, *rest: object) -> str:
    """`kind:record:rest`; `record_id` is a record's id."""
    return ":".join((kind, record_id, *map(str, rest)))


def task_id_of(cause: str) -> str:
    """The id of the one task for `cause`, in the form of the other ids: its moment is that of the cause's record."""
    return derived_id(uuid7_ms(cause.split(":")[1]), cause)
