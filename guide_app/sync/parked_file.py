"""Refused changes, and records that could not be taken in, as a file for whoever can help.

JSON for programs, CSV for people; told apart by the file's ending.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from guide_app.base.clock import china_datetime
from guide_app.base.errors import InvalidInputError
from guide_app.base.tabular.rejects import SafeCsvWriter
from guide_app.sync.health import OddRecord
from guide_app.sync.queries import ParkedChange

_PARKED = ("编号", "类型", "操作", "记录", "说明", "修改时间", "修改人", "未被接受的时间", "代码", "原因", "内容")
_ODD = ("范围", "类型", "记录", "说明", "序号", "原因", "收到时间", "内容")


def write_parked(changes: Sequence[ParkedChange], target: Path) -> None:
    """Write `changes` to `target` (`.json` or `.csv`). Raises InvalidInputError for another ending, OSError."""
    _write("parked", changes, _PARKED, [_parked_cells(one) for one in changes], target)


def write_odd(records: Sequence[OddRecord], target: Path) -> None:
    """Write `records` to `target` in the same way."""
    _write("odd", records, _ODD, [_odd_cells(one) for one in records], target)


def _write(
    name: str,
    things: Sequence[ParkedChange] | Sequence[OddRecord],
    header: Sequence[str],
    rows: Sequence[Sequence[object]],
    target: Path,
) -> None:
    ending = target.suffix.lower()
    if ending == ".csv":
        with target.open("w", encoding="utf-8-sig", newline="") as out:
            table = SafeCsvWriter(out)
            table.row(header)
            for cells in rows:
                table.row(cells)
    elif ending == ".json":
        doc = {name: [asdict(thing) for thing in things]}
        target.write_text(json.dumps(doc, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    else:
        raise InvalidInputError(
            "file.format",
            "不支持 {suffix} 的文件。",
            "请用 .json 或 .csv 结尾的文件名。",
            suffix=target.suffix or "没有后缀",
        )


def _parked_cells(parked: ParkedChange) -> tuple[object, ...]:
    change = parked.change
    return (
        change.mid, change.kind, change.op, change.record_id, change.about, _moment(change.created_at), change.by or "",
        _moment(parked.at), parked.code, parked.sentence, json.dumps(parked.data, ensure_ascii=False),
    )  # fmt: skip


def _odd_cells(odd: OddRecord) -> tuple[object, ...]:
    return (
        odd.scope, odd.kind, odd.record_id, odd.about, odd.seq, odd.detail, _moment(odd.at),
        json.dumps(odd.data, ensure_ascii=False),
    )  # fmt: skip


def _moment(at_ms: int) -> str:
    return f"{china_datetime(at_ms):%Y-%m-%d %H:%M:%S}" if at_ms else ""
