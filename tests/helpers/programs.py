"""The two programs as IT staff start them: real processes, `--json`, exit codes."""

from __future__ import annotations

import json
import os
import resource
import selectors
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

_VERB_SECONDS = 240
_READY_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Said:
    """What a program said: its exit code, the JSON document, seconds, CPU seconds and memory (MB) of the process."""

    code: int
    doc: dict[str, Any]
    seconds: float
    cpu_seconds: float
    megabytes: float


@dataclass(frozen=True, slots=True)
class Programs:
    """`head-office` over a database, and `guide` over a data folder. `environ` is added to the test's own."""

    database: str
    folder: Path
    environ: Mapping[str, str] = field(default_factory=dict)

    def office(self, *verb: str | Path, codes: tuple[int, ...] = (0,)) -> Said:
        """Run a verb of head office."""
        return self._run([*self._office(), "--json", *map(str, verb)], "", codes)

    def guide(self, *verb: str | Path, stdin: str = "", codes: tuple[int, ...] = (0,)) -> Said:
        """Run a verb of the desktop."""
        command = [sys.executable, "-m", "guide_app", "--data-dir", str(self.folder / "pc"), "--json"]
        return self._run([*command, *map(str, verb)], stdin, codes)

    @contextmanager
    def serving(self) -> Iterator[str]:
        """The office on a free port of the loopback; yields its origin."""
        command = [*self._office(), "serve", "--port", "0"]
        log = (self.folder / "office.log").open("wb")
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log, text=True, env=self._environ())
        try:
            yield _origin(process)
        finally:
            process.terminate()
            process.wait(30)
            if process.stdout is not None:
                process.stdout.close()
            log.close()

    def _office(self) -> list[str]:
        data_dir = str(self.folder / "office")
        return [sys.executable, "-m", "head_office", "--database", self.database, "--data-dir", data_dir]

    def _environ(self) -> dict[str, str]:
        plain = {k: v for k, v in os.environ.items() if not k.startswith("HEAD_OFFICE_")}
        return {**plain, "GUIDE_KEY_FILE": str(self.folder / "pc.key"), **self.environ}

    def _run(self, command: list[str], stdin: str, codes: tuple[int, ...]) -> Said:
        began = time.perf_counter()
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        done = subprocess.run(
            command,
            input=stdin,
            capture_output=True,
            text=True,
            timeout=_VERB_SECONDS,
            env=self._environ(),
            check=False,
        )
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        assert done.returncode in codes, (
            f"{command[3:]} gave {done.returncode}: {done.stdout[-800:]} {done.stderr[-1500:]}"
        )
        cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        seconds = time.perf_counter() - began
        return Said(done.returncode, json.loads(done.stdout), seconds, cpu, after.ru_maxrss / 1024)


def _origin(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    until = time.monotonic() + _READY_SECONDS
    with selectors.DefaultSelector() as selector:
        selector.register(process.stdout, selectors.EVENT_READ)
        while time.monotonic() < until and process.poll() is None:
            if selector.select(1.0) and (line := process.stdout.readline()):
                said = json.loads(line)
                if said.get("event") == "ready":
                    return str(said["origin"])
    raise RuntimeError(f"the office did not come up (exit code {process.poll()})")
