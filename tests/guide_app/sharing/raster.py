"""Reads print jobs as the printers' manuals say: what a printer would put on paper."""

from __future__ import annotations

import re

from guide_app.sharing.thermal import Bitmap


def read_escpos(job: bytes) -> Bitmap:
    """The dots of a receipt: only the commands that the program may use, in their order."""
    at, rows, width = 0, b"", 0
    while at < len(job):
        rest = job[at:]
        if rest.startswith(b"\x1b@"):
            at += 2
        elif rest.startswith(b"\x1dv0\x00"):
            width, height = (int.from_bytes(rest[i : i + 2], "little") for i in (4, 6))
            rows += rest[8 : 8 + width * height]
            at += 8 + width * height
        elif rest.startswith(b"\x1bd"):
            at += 3
        elif rest.startswith(b"\x1dVB"):
            at += 4
        else:
            raise AssertionError(f"unknown command at {at}: {rest[:4]!r}")
    return Bitmap(width * 8, len(rows) // width, rows)


def read_tspl(job: bytes) -> tuple[Bitmap, int]:
    """The dots of a label and how many of it."""
    found = re.search(rb"\r\nBITMAP 0,0,(\d+),(\d+),0,", job)
    assert found is not None
    width, height = int(found[1]), int(found[2])
    data = job[found.end() : found.end() + width * height]
    tail = re.fullmatch(rb"\r\nPRINT 1,(\d+)\r\n", job[found.end() + width * height :])
    assert tail is not None
    return Bitmap(width * 8, height, bytes(byte ^ 0xFF for byte in data)), int(tail[1])


def read_zpl(job: bytes) -> tuple[Bitmap, int]:
    """The dots of a label and how many of it."""
    found = re.fullmatch(
        rb"\^XA\^PW\d+\^LL\d+\^LH0,0\^FO0,0\^GFA,(\d+),\1,(\d+),([0-9A-F]+)\^FS\^PQ(\d+)\^XZ\r\n", job
    )  # fmt: skip
    assert found is not None
    data, width = bytes.fromhex(found[3].decode()), int(found[2])
    assert len(data) == int(found[1])
    return Bitmap(width * 8, len(data) // width, data), int(found[4])
