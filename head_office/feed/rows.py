"""Records between the database's columns and the wire's frames."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from msgspec import Struct

from guide_app.protocol.hlc import Stamp
from guide_app.protocol.kinds import KINDS, Kind
from guide_app.protocol.messages import GoneFrame, LeaveFrame, RecordFrame
from guide_app.protocol.scopes import Scope
from head_office.feed.statements import KIND_SQL

#: A record anywhere in the brand: scope, kind, id.
Key = tuple[Scope, str, str]


class Row(Struct, frozen=True, gc=False):
    """A live record. `data` holds all known fields and the unknown ones that came along; `seq` 0: not yet written.

    `said`, where it is known, holds all that are not at their default and few others: most fields are, and need not be
    looked at.
    """

    data: Mapping[str, Any]
    seq: int = 0
    stamps: Mapping[str, Stamp] = {}
    said: Mapping[str, Any] | None = None

    @property
    def telling(self) -> Mapping[str, Any]:
        """The fields among which are all that are not at their default."""
        return self.data if self.said is None else self.said


class Gone(Struct, frozen=True, gc=False):
    """A record that left: `mark` x deleted, l moved to the scope of store `to_store` (None: not known); UTC ms."""

    seq: int
    mark: str
    to_store: str | None = None
    at_ms: int = 0


@dataclass(frozen=True, slots=True)
class _Shape:
    """Where a kind's fields lie in a row of its columns, and what their defaults are.

    `plain` is no proxy: of a dict a copy is made at once, of a proxy key by key, and every record begins as one.
    """

    fields: tuple[tuple[str, int, Any], ...]
    plain: dict[str, Any]
    id: int
    seq: int
    stamps: int | None
    extra: int


def _shape(kind: Kind) -> _Shape:
    columns, plain = KIND_SQL[kind.name].columns, dict(KIND_SQL[kind.name].plain)
    return _Shape(
        fields=tuple((name, columns.index(name), plain[name]) for name in kind.fields),
        plain=plain,
        id=columns.index("id"),
        seq=columns.index("seq"),
        stamps=columns.index("stamps") if "stamps" in columns else None,
        extra=columns.index("extra"),
    )


_SHAPES = MappingProxyType({name: _shape(kind) for name, kind in KINDS.items()})


def read_row(kind: str, values: Sequence[Any]) -> tuple[str, Row]:
    """Id and record of one row as the statements of `KIND_SQL` read it."""
    shape = _SHAPES[kind]
    data = {name: values[i] for name, i, _ in shape.fields}
    if values[shape.extra] is not None:
        data = {**values[shape.extra], **data}
    stamps = {} if shape.stamps is None else values[shape.stamps]
    return values[shape.id], Row(data, values[shape.seq], stamps)


def read_frame(scope: Scope, kind: str, values: Sequence[Any]) -> RecordFrame:
    """The frame of one row as the statements of `KIND_SQL` read it."""
    shape = _SHAPES[kind]
    data = {name: value for name, i, default in shape.fields if (value := values[i]) != default}
    if values[shape.extra] is not None:
        data = {**values[shape.extra], **data}
    return RecordFrame(scope, kind, values[shape.id], values[shape.seq], data)


def frame_of(key: Key, held: Row | Gone) -> RecordFrame | GoneFrame | LeaveFrame:
    """The frame of a record as it stands."""
    scope, kind, record_id = key
    if isinstance(held, Gone):
        frame = GoneFrame if held.mark == "x" else LeaveFrame
        return frame(scope, kind, record_id, held.seq)
    return RecordFrame(scope, kind, record_id, held.seq, spare_data(kind, held.telling))


def spare_data(kind: str, data: Mapping[str, Any]) -> dict[str, Any]:
    """`data` as frames carry it: without fields at their default."""
    plain = _SHAPES[kind].plain
    return {name: value for name, value in data.items() if name not in plain or value != plain[name]}


def whole_data(kind: str, data: Mapping[str, Any]) -> dict[str, Any]:
    """`data` with defaults for every known field it is silent about; unknown fields stay."""
    return {**_SHAPES[kind].plain, **data}


def write_row(kind: str, record_id: str, row: Row, seq: int) -> dict[str, Any]:
    """The JSON object from which the server makes the row, without fields at their default.

    `row.data` holds all known fields.
    """
    plain = _SHAPES[kind].plain
    written = {name: value for name, value in row.telling.items() if name in plain and value != plain[name]}
    written |= {"id": record_id, "seq": seq, "stamps": row.stamps}
    if len(row.data) > len(plain):
        written["extra"] = {name: value for name, value in row.data.items() if name not in plain}
    return written
