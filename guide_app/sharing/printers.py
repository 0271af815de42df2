"""Which printer serves which purpose on this PC: kept here, never synced; and how bytes get to it."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from guide_app.base.actor import Actor
from guide_app.base.errors import GuideError, InvalidInputError
from guide_app.protocol.poster_layers import BarCode, Template
from guide_app.sharing.thermal import Language
from guide_app.store.database import Database

Purpose = Literal["poster", "label", "receipt"]
Way = Literal["system", "network", "queue", "file"]

RAW_PORT = 9100
"""Where network printers take raw jobs (AppSocket; the port that HP JetDirect made common)."""

_KEY = "sharing.printers"
_WAIT_S = 6.0
_MOST_OFF = 10.0
_WIDEST_RECEIPT = 80.0


class Printer(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One printer. `way` system prints through the operating system's dialog; the others get raw `language`.

    `address` is `host` or `host:port` (network), a queue's name (queue), a device or file (file). `dots_mm` is 8 for
    203 dpi, 11.81 for 300 dpi. `reach` is how many dots a receipt printer reaches across (384 on 58 mm paper, 576 on
    80 mm; 0: all). `right_mm`, `down_mm` move the print, as read from the test page.
    """

    way: Way = "system"
    language: Language = "tspl"
    address: Annotated[str, Meta(max_length=300)] = ""
    dots_mm: Annotated[float, Meta(ge=5, le=25)] = 8.0
    reach: Annotated[int, Meta(ge=0, le=4000)] = 0
    gap_mm: Annotated[float, Meta(ge=0, le=20)] = 2.0
    right_mm: Annotated[float, Meta(ge=-_MOST_OFF, le=_MOST_OFF)] = 0.0
    down_mm: Annotated[float, Meta(ge=-_MOST_OFF, le=_MOST_OFF)] = 0.0


def purpose_of(template: Template) -> Purpose:
    """What kind of paper a template is for: slips are of one colour and higher than wide, labels the other ones."""
    if template.unit == "px" or not template.one_colour:
        return "poster"
    return "receipt" if template.height > template.width and template.width <= _WIDEST_RECEIPT else "label"


def with_bars_instead(template: Template, templates: Mapping[str, Template]) -> list[Template]:
    """For a label without the till's bars: those of `templates` that have them beside the link; else nothing."""
    if purpose_of(template) != "label" or _has_bars(template):
        return []
    return [other for other in templates.values() if other.linked and purpose_of(other) == "label" and _has_bars(other)]


def _has_bars(template: Template) -> bool:
    return any(isinstance(layer, BarCode) for layer in template.layers)


class Printers:
    """Remembers a printer for each purpose."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def all(self) -> dict[Purpose, Printer]:
        """The printers kept, by purpose; who has none prints through the operating system."""
        text = self._db.query(
            lambda conn: conn.exec_driver_sql("SELECT value FROM setting WHERE key = ?", (_KEY,)).scalar_one_or_none()
        )
        kept = msgspec.json.decode(text, type=dict[Purpose, Printer]) if text else {}
        purposes: tuple[Purpose, ...] = ("poster", "label", "receipt")
        return {purpose: kept.get(purpose, Printer()) for purpose in purposes}

    def keep(self, purpose: Purpose, printer: Printer, actor: Actor) -> None:
        """Use this printer from now on. Raises InvalidInputError for one that cannot be reached by what is said."""
        checked(printer)
        found = {**self.all(), purpose: printer}
        value = msgspec.json.encode(found).decode()
        self._db.change(lambda uow: uow.save_setting(_KEY, value), by=actor.guide_id, origin=actor.origin)


def checked(printer: Printer) -> Printer:
    """The printer, if its figures and address can be. Raises InvalidInputError."""
    try:
        msgspec.convert(msgspec.to_builtins(printer), Printer)
    except msgspec.ValidationError as e:
        raise InvalidInputError("print.setting", "打印机的设置不对: {why}。", "请改好再保存。", why=str(e)) from e
    if printer.way != "system" and not printer.address.strip():
        raise InvalidInputError("print.address", "缺少打印机地址。", "网络打印机填 IP, 队列填名称, 文件填路径。")
    if printer.way == "network":
        host_of(printer.address)
    return printer


def host_of(address: str) -> tuple[str, int]:
    """Host and port of `host`, `host:port`, `[v6]` or `[v6]:port`. Raises InvalidInputError."""
    text = address.strip()
    host, port = text, str(RAW_PORT)
    if text.startswith("["):
        host, _, rest = text[1:].partition("]")
        port = rest.removeprefix(":") or port
    elif text.count(":") == 1:
        host, _, port = text.partition(":")
    if not host or any(sign.isspace() for sign in host) or not port.isascii() or not port.isdigit():
        raise InvalidInputError(
            "print.address",
            "「{address}」不是打印机地址。",
            "例如 192.168.1.80 或 192.168.1.80:9100。",
            address=address,
        )
    number = int(port)
    if not 0 < number < 1 << 16:
        raise InvalidInputError(
            "print.address", "端口 {port} 不存在。", "打印机一般是 {usual}。", port=port, usual=RAW_PORT
        )
    return host, number


def deliver(data: bytes, printer: Printer, wait_s: float = _WAIT_S) -> None:
    """Send a raw job, waiting at most `wait_s` for each step. Raises GuideError that says what else to do."""
    checked(printer)
    try:
        if printer.way == "network":
            _to_network(data, printer.address, wait_s)
        elif printer.way == "queue":
            _to_queue(data, printer.address.strip(), wait_s)
        elif printer.way == "file":
            _to_file(data, Path(printer.address.strip()))
        else:
            raise InvalidInputError("print.setting", "这台打印机由系统打印。", "请用「打印…」。")
    except (OSError, subprocess.SubprocessError) as e:
        raise GuideError(
            "print.unreachable",
            "打印机「{address}」没有接受任务: {why}。",
            "检查电源、纸和网线; 或改用系统打印, 或 Ctrl+S 存为 PDF 再打。",
            address=printer.address,
            why=str(e),
        ) from e


def _to_network(data: bytes, address: str, wait_s: float) -> None:
    with socket.create_connection(host_of(address), timeout=wait_s) as line:
        line.sendall(data)
        line.shutdown(socket.SHUT_WR)


def _to_file(data: bytes, path: Path) -> None:
    """A device (`/dev/usb/lp0`, `COM3`) or a plain file, which is replaced."""
    with path.open("wb") as target:
        target.write(data)


def _to_queue(data: bytes, queue: str, wait_s: float) -> None:
    if sys.platform == "win32":
        from guide_app.sharing.spooler import spool  # noqa: PLC0415 - there is no such thing elsewhere

        spool(data, queue)
        return
    program = shutil.which("lp")
    if program is None:
        raise FileNotFoundError("lp (CUPS)")
    command = [program, "-d", queue, "-o", "raw", "-s", "--", "-"]
    told = subprocess.run(command, input=data, capture_output=True, timeout=wait_s, check=False)  # noqa: S603 - no shell
    if told.returncode:
        raise OSError(told.stderr.decode(errors="replace").strip() or f"lp: {told.returncode}")
