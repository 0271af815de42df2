"""The verbs `doctor` and `--self-test`: everything a helpdesk asks for, each with what to do about it."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from guide_app.base.clock import DAY_MS
from guide_app.base.errors import GuideError
from guide_app.cli.context import Place, open_desk
from guide_app.cli.link import office_link
from guide_app.cli.outcome import Exit, Outcome
from guide_app.flows.desk import Desk
from guide_app.sharing.check import Pixels, decode
from guide_app.sharing.qr import qr_matrix
from guide_app.store import backup
from guide_app.store.connect import require_sqlite
from guide_app.sync.queries import SyncQueries

_LEAST_FREE = 500 << 20
_CLOCK_TOLERANCE_MS = 5 * 60_000
_OFFLINE_DAYS = 30


@dataclass(frozen=True, slots=True)
class Finding:
    """One check: its name, whether it is well, and what was seen or is to be done."""

    name: str
    well: bool
    said: str


def doctor(place: Place) -> Outcome:
    """`doctor`: non-zero when something is wrong."""
    findings = [*_machine(place), *_book(place)]
    return _told(findings)


def self_test() -> Outcome:
    """`--self-test`: can this PC run the program at all? Needs no book and no network."""
    return _told([_checked("数据库引擎", _engine), _checked("二维码", _qr), _checked("窗口", _window)])


def _machine(place: Place) -> Iterator[Finding]:
    yield _checked("数据库引擎", _engine)
    yield _checked("二维码", _qr)
    folder = place.data_dir if place.data_dir.exists() else place.data_dir.parent
    free = shutil.disk_usage(folder if folder.exists() else "/").free
    yield Finding("磁盘空间", free > _LEAST_FREE, f"剩余 {free >> 20} MiB")


def _book(place: Place) -> Iterator[Finding]:
    if not place.book.exists():
        yield Finding("登记", False, "还没有登记: 运行 guide init。")
        return
    yield _checked("数据库文件", lambda: _file(place))
    try:
        with open_desk(place) as desk:
            yield from _standing(desk)
            yield _checked("总部", lambda: _contact(desk, place))
    except GuideError as e:
        yield Finding("打开数据库", False, str(e))


def _standing(desk: Desk) -> Iterator[Finding]:
    now = desk.clock.now_ms()
    standing = SyncQueries(desk.db).standing()
    yield Finding("登记", standing.enrolled, standing.store_name or "运行 guide init。")
    last = standing.last_contact_ms
    days = (now - last) // DAY_MS if last else None
    said = f"{days} 天前" if days is not None else "从未"
    yield Finding("上次联系", days is not None and days < _OFFLINE_DAYS, said)
    yield Finding("待上交", True, f"{standing.waiting} 条")
    yield Finding("未被接受", not standing.parked, f"{standing.parked} 条")
    yield Finding("读不懂的记录", not standing.quarantined, f"{standing.quarantined} 条")
    skew = standing.clock_offset_ms
    yield Finding("电脑时间", abs(skew) < _CLOCK_TOLERANCE_MS, f"与总部相差 {skew / 1000:.0f} 秒")
    for scope in standing.scopes:
        yield Finding(f"校验 {scope.scope}", scope.equal is not False, f"seq {scope.seq} · {scope.n_live} 条")


def _file(place: Place) -> str:
    report = backup.check(place.book, place.key())
    if report.faults:
        raise GuideError("book.faulty", report.faults[0], "请从备份恢复。")
    return f"完好, {report.size >> 10} KiB"


def _contact(desk: Desk, place: Place) -> str:
    with office_link(desk, place) as link:
        report = link.engine.run_once()
    return f"可以联系, {report.seconds:.1f} 秒"


def _engine() -> str:
    return f"SQLite {require_sqlite()} + SQLCipher"


def _qr() -> str:
    text = "HTTPS://EXAMPLE.COM/S/TEST"
    rows = qr_matrix(text).rows
    scale, quiet = 4, 4
    width = (len(rows) + 2 * quiet) * scale
    data = bytearray(b"\xff" * (width * width * 4))
    for y in range(width):
        for x in range(width):
            r, c = y // scale - quiet, x // scale - quiet
            if 0 <= r < len(rows) and 0 <= c < len(rows) and rows[r][c]:
                at = (y * width + x) * 4
                data[at : at + 3] = b"\0\0\0"
    reading = decode(Pixels(width, width, width * 4, bytes(data)), "self-test")
    if reading.texts != (text,):
        raise GuideError("qr.unreadable", "二维码自检没有读出原文。", "请重新安装程序。")
    return "生成并读回"


def _window() -> str:
    if sys.platform == "linux" and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from ui.app import make_app  # noqa: PLC0415 - Qt only where a window is tested

    app = make_app(["guide"], "self-test")
    name = app.platformName()
    app.quit()
    return name


def _checked(name: str, check: Callable[[], str]) -> Finding:
    try:
        return Finding(name, True, check())
    except GuideError as e:
        return Finding(name, False, str(e))


def _told(findings: list[Finding]) -> Outcome:
    doc = {"checks": [{"name": f.name, "well": f.well, "said": f.said} for f in findings]}
    lines = [f"{'✓' if f.well else '✗'} {f.name}: {f.said}" for f in findings]
    return Outcome(doc, lines, Exit.DONE if all(f.well for f in findings) else Exit.ATTENTION)
