"""The verbs `doctor` and `--self-test`: everything a helpdesk asks for, each with what to do about it."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator

from guide_app.base.errors import DamagedError, GuideError
from guide_app.cli.context import Place, open_desk
from guide_app.cli.doctor_sync import sync_findings
from guide_app.cli.finding import Finding, checked, told
from guide_app.cli.outcome import Outcome
from guide_app.sharing.check import Pixels, decode
from guide_app.sharing.qr import qr_matrix
from guide_app.store import backup
from guide_app.store.connect import require_sqlite

_LEAST_FREE = 500 << 20


def doctor(place: Place) -> Outcome:
    """`doctor`: 5 when something is wrong, 6 when the book is damaged."""
    findings = [*_machine(place), *_book(place)]
    return told(findings)


def self_test() -> Outcome:
    """`--self-test`: can this PC run the program at all? Needs no book and no network."""
    return told([checked("数据库引擎", _engine), checked("二维码", _qr), checked("窗口", _window)])


def _machine(place: Place) -> Iterator[Finding]:
    yield checked("数据库引擎", _engine)
    yield checked("二维码", _qr)
    folder = place.data_dir if place.data_dir.exists() else place.data_dir.parent
    free = shutil.disk_usage(folder if folder.exists() else "/").free
    yield Finding("磁盘空间", free > _LEAST_FREE, f"剩余 {free >> 20} MiB")


def _book(place: Place) -> Iterator[Finding]:
    if not place.book.exists():
        yield Finding("登记", False, "还没有登记: 运行 guide init。")
        return
    yield checked("数据库文件", lambda: _file(place))
    try:
        with open_desk(place) as desk:
            yield from sync_findings(desk, place)
    except GuideError as e:
        yield Finding("打开数据库", False, str(e), damaged=isinstance(e, DamagedError))


def _file(place: Place) -> str:
    report = backup.check(place.book, place.key())
    if report.faults:
        raise DamagedError("book.faulty", report.faults[0], "请从备份恢复。")
    return f"完好, {report.size >> 10} KiB"


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
