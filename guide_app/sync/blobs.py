"""Pictures on disk, named by the SHA-256 of their bytes: whole ones in `ab/<sha256>`, those under way beside them.

A picture's modification time says when it was last looked at (0: never), so that what nobody looks at can make room;
its bytes never change, so the time is free to say that.
"""

from __future__ import annotations

import errno
import hashlib
import os
import re
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import IO

from guide_app.base.clock import Clock, SystemClock
from guide_app.store.faults import StorageError

_SHA256 = re.compile(r"[0-9a-f]{64}")
_PART = ".part"
_PIECE = 1 << 16
#: Missing pictures that were looked for are remembered up to this many: about what a screen shows.
_MOST_WISHES = 128
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


@dataclass(frozen=True, slots=True)
class Held:
    """A picture on disk: its bytes, and when it was last looked at (UTC ms; 0: never)."""

    size: int
    shown_ms: int


class Part:
    """A picture of which some bytes have come; what has come survives a restart of the program."""

    def __init__(self, file: IO[bytes], part: Path, place: Path) -> None:
        """Go on where `file` ends."""
        self._file = file
        self._part = part
        self._place = place
        self._hash = hashlib.sha256()
        self.size = 0
        while piece := file.read(_PIECE):
            self._count(piece)

    @property
    def whole(self) -> bool:
        """Whether the bytes so far are the picture."""
        return self._hash.hexdigest() == self._place.name

    def write(self, piece: bytes) -> None:
        """Add the next bytes. Raises StorageError."""
        with disk_faults():
            self._file.write(piece)
        self._count(piece)

    def restart(self) -> None:
        """Throw away what has come."""
        with disk_faults():
            self._file.seek(0)
            self._file.truncate()
        self._hash = hashlib.sha256()
        self.size = 0

    def keep(self) -> None:
        """Give the picture its name; it must be `whole`. Raises StorageError."""
        if not self.whole:
            raise ValueError(f"{self._part.name} is not the picture of this name")
        with disk_faults():
            self._file.flush()
            os.fsync(self._file.fileno())
            self._file.close()
            os.utime(self._part, (0, 0))
            self._part.replace(self._place)

    def _count(self, piece: bytes) -> None:
        self._hash.update(piece)
        self.size += len(piece)


class BlobStore:
    """The pictures on disk. What has its name is whole: it was checked before.

    Safe to share between threads. One process at a time should fetch into it.
    """

    def __init__(self, folder: Path, clock: Clock | None = None) -> None:
        """`clock` tells when a picture is looked at."""
        self.folder = folder
        self._clock = clock or SystemClock()
        self._wishes: OrderedDict[str, None] = OrderedDict()
        self._wishing = Lock()
        self._hear_wish: Callable[[], None] = _nobody

    def path(self, sha256: str) -> Path | None:
        """Where the picture lies, and note that it is looked at; None if it is not here (or `sha256` is no such name).

        What is not here is wished for: it comes before the others.
        """
        place = self._place(sha256)
        if place is None:
            return None
        try:
            self._note_look(place)
        except FileNotFoundError:
            self._wish(sha256)
            return None
        except OSError:  # a folder that may only be read serves its pictures all the same
            return place if place.is_file() else None
        return place

    def put(self, body: bytes) -> str:
        """Keep a picture; returns its SHA-256 in hex. Raises StorageError."""
        sha256 = hashlib.sha256(body).hexdigest()
        if self.missing([sha256]):
            with self.part(sha256) as part:
                part.restart()
                part.write(body)
                part.keep()
        return sha256

    @contextmanager
    def part(self, sha256: str) -> Iterator[Part]:
        """What has come of a picture that is not here yet, to be added to. Raises StorageError, ValueError."""
        place = self._place(sha256)
        if place is None:
            raise ValueError(f"not a picture's name: {sha256}")
        unfinished = place.with_name(place.name + _PART)
        with disk_faults():
            place.parent.mkdir(parents=True, exist_ok=True)
            file = unfinished.open("a+b")
        part = None
        try:
            file.seek(0)
            part = Part(file, unfinished, place)
            yield part
        except StorageError:
            part = None  # a full disk needs the room for other things
            raise
        finally:
            with suppress(OSError):  # the bytes that a full disk refused are refused again here
                file.close()
            if part is None or not part.size:
                unfinished.unlink(missing_ok=True)

    def missing(self, wanted: Iterable[str]) -> list[str]:
        """Those of the names that are pictures' names and not here, each once."""
        places = {sha: self._place(sha) for sha in wanted}
        return [sha for sha, place in places.items() if place is not None and not place.is_file()]

    def held(self) -> dict[str, Held]:
        """All whole pictures by name."""
        found: dict[str, Held] = {}
        for entry in self._entries():
            if _SHA256.fullmatch(entry.name):
                with suppress(FileNotFoundError):  # another process made room meanwhile
                    stat = entry.stat()
                    found[entry.name] = Held(stat.st_size, stat.st_mtime_ns // 1_000_000)
        return found

    def drop(self, names: Iterable[str]) -> None:
        """Make room by taking pictures out; those that are not here do no harm."""
        for place in filter(None, map(self._place, names)):
            with suppress(OSError):  # where an open file cannot be removed it stays until the next time
                place.unlink(missing_ok=True)

    def drop_parts(self, wanted: Iterable[str]) -> None:
        """Remove what has come of pictures that nobody wants any more."""
        keep = {sha + _PART for sha in wanted}
        for entry in self._entries():
            if entry.name.endswith(_PART) and entry.name not in keep:
                Path(entry.path).unlink(missing_ok=True)

    def wishes(self) -> list[str]:
        """Pictures that were looked for and are still not here, the latest first."""
        with self._wishing:
            names = list(reversed(self._wishes))
        return self.missing(names)

    def grant(self, sha256: str) -> None:
        """The picture has come, or cannot: what was looked for until now counts as looked at."""
        with self._wishing:
            wished = sha256 in self._wishes
            self._wishes.pop(sha256, None)
        place = self._place(sha256)
        if wished and place is not None:
            with suppress(OSError):  # it could not come, or was taken out in the same moment
                self._note_look(place)

    def on_wish(self, hear: Callable[[], None]) -> None:
        """Have `hear` called, on the thread that looks, when a picture is looked for in vain for the first time."""
        self._hear_wish = hear

    def _note_look(self, place: Path) -> None:
        now = self._clock.now_ms() * 1_000_000
        os.utime(place, ns=(now, now))

    def _wish(self, sha256: str) -> None:
        with self._wishing:
            fresh = sha256 not in self._wishes
            self._wishes[sha256] = None
            self._wishes.move_to_end(sha256)
            while len(self._wishes) > _MOST_WISHES:
                self._wishes.popitem(last=False)
        if fresh:
            self._hear_wish()

    def _place(self, sha256: str) -> Path | None:
        return self.folder / sha256[:2] / sha256 if _SHA256.fullmatch(sha256) else None

    def _entries(self) -> Iterator[os.DirEntry[str]]:
        if not self.folder.is_dir():
            return
        with os.scandir(self.folder) as shelves:
            names = [shelf.path for shelf in shelves if shelf.is_dir(follow_symlinks=False)]
        for name in names:
            with os.scandir(name) as entries:
                yield from entries


@contextmanager
def disk_faults() -> Iterator[None]:
    """Turn what the disk refuses of pictures into StorageError; records are another matter and go on."""
    try:
        yield
    except OSError as e:
        if e.errno in _FULL:
            raise no_room() from e
        raise StorageError("pictures.io", "商品图片写不进磁盘, 已暂停接收; 资料照常同步。", "请检查图片目录。") from e


def no_room() -> StorageError:
    """The disk has no room for pictures."""
    return StorageError("pictures.no_room", "磁盘空间不足, 商品图片暂停接收; 资料照常同步。", "请腾出磁盘空间。")


def _nobody() -> None:
    """Nobody listens."""
