"""Drawing in a process of its own: `python -m head_office.demo.art_worker` reads sitters as JSON and writes pictures.

The rasteriser holds Python's lock, so threads do not help; and a plain child process, unlike a pool's, leaves no
helper process behind. Each picture goes out as four bytes of length (big-endian) and the JPEG.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from typing import BinaryIO, Final

import msgspec

from head_office.demo.art import Sitter, draw

_LENGTH_BYTES: Final = 4


def draw_apart(sitters: Sequence[Sitter]) -> list[bytes]:
    """The pictures of the sitters, drawn by a child process. Raises CalledProcessError if it fails."""
    command = [sys.executable, "-m", "head_office.demo.art_worker"]
    done = subprocess.run(  # noqa: S603 - our own module by our own interpreter
        command, input=msgspec.json.encode(sitters), capture_output=True, check=True
    )
    pictures = unpack(done.stdout)
    if len(pictures) != len(sitters):
        raise ValueError(f"{len(sitters)} pictures asked for, {len(pictures)} came")
    return pictures


def pack(pictures: Sequence[bytes]) -> bytes:
    """Pictures one after the other, each with its length before it."""
    return b"".join(len(p).to_bytes(_LENGTH_BYTES, "big") + p for p in pictures)


def unpack(data: bytes) -> list[bytes]:
    """The reverse of `pack`. Raises ValueError if the data ends within a picture."""
    pictures = []
    at = 0
    while at < len(data):
        start = at + _LENGTH_BYTES
        at = start + int.from_bytes(data[at:start], "big")
        if at > len(data):
            raise ValueError("the pictures are cut off")
        pictures.append(data[start:at])
    return pictures


def main(source: BinaryIO, target: BinaryIO) -> None:
    """Read sitters to the end of `source`, write their pictures to `target`."""
    sitters = msgspec.json.decode(source.read(), type=list[Sitter])
    target.write(pack([draw(s) for s in sitters]))


if __name__ == "__main__":
    main(sys.stdin.buffer, sys.stdout.buffer)
