"""A screen of its own for windows under measurement, and processes that tell where they are."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter

DRIVERS = Path(__file__).parent / "drivers"
_MS = 1000
_SECONDS = 60


@contextmanager
def screen() -> Iterator[dict[str, str]]:
    """The environment for windows: a virtual X server of its own, or Qt's offscreen platform where there is none."""
    if shutil.which("Xvfb") is None:
        yield {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
        return
    reader, writer = os.pipe()
    command = ["Xvfb", "-displayfd", str(writer), "-screen", "0", "1600x1000x24", "-nolisten", "tcp"]
    server = subprocess.Popen(command, pass_fds=[writer], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    os.close(writer)
    try:
        with os.fdopen(reader) as told:
            number = told.readline().strip()
        yield {**os.environ, "QT_QPA_PLATFORM": "xcb", "DISPLAY": f":{number}"}
    finally:
        server.terminate()
        server.wait(_SECONDS)


class Started:
    """A driver's process; `until(word)` waits for a line that begins so and returns milliseconds since the start."""

    def __init__(self, driver: str, environ: Mapping[str, str], *arguments: str) -> None:
        root = str(DRIVERS.parent.parent)
        self._began = perf_counter()
        self._process = subprocess.Popen(
            [sys.executable, DRIVERS / driver, *arguments],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            env={**environ, "PYTHONPATH": root},
        )
        self.line = ""

    @property
    def pid(self) -> int:
        """Of the process."""
        return self._process.pid

    def until(self, word: str) -> float:
        """Wait; raises RuntimeError if the process ends before."""
        for line in self._process.stdout or ():
            if line.startswith(word):
                self.line = line.strip()
                return (perf_counter() - self._began) * _MS
        raise RuntimeError(f"the window ended with {self._process.wait(_SECONDS)} before it was {word}")

    def stop(self) -> None:
        """Let it end by itself, or make it."""
        try:
            self._process.wait(1)
        except subprocess.TimeoutExpired:
            self._process.terminate()
            self._process.wait(_SECONDS)
        if self._process.stdout is not None:
            self._process.stdout.close()
