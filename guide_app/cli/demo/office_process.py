"""The demo's head office: the real program in its own process, spoken to by its own command line."""

from __future__ import annotations

import importlib.util
import json
import os
import selectors
import subprocess
import sys
import time
import urllib.parse
from pathlib import Path
from typing import Any, Self

from guide_app.base.errors import GuideError

_START_SECONDS = 90.0
_STOP_SECONDS = 30.0
_VERB_SECONDS = 300


class OfficeProcess:
    """`head-office serve` on a free port of the loopback over its own embedded PostgreSQL in `data_dir`."""

    def __init__(self, data_dir: Path, log: Path) -> None:
        self._data_dir = data_dir
        self._log = log
        self._process: subprocess.Popen[str] | None = None
        self.origin = ""

    @property
    def data_dir(self) -> Path:
        """Where it keeps its database and its secret."""
        return self._data_dir

    @property
    def address(self) -> tuple[str, int]:
        """Host and port."""
        parts = urllib.parse.urlsplit(self.origin)
        return parts.hostname or "", parts.port or 0

    @staticmethod
    def require() -> None:
        """Raise GuideError where head office is not installed beside this program, as in the desktop's bundle."""
        if importlib.util.find_spec("head_office") is None:
            raise GuideError(
                "demo.no_office",
                "演示自带总部, 这里没有装总部程序 (head-office)。",
                "请在源代码目录运行 make run; 要用正式总部, 请运行 guide init。",
            )

    def run(self, *verb: str) -> dict[str, Any]:
        """Run a verb with `--json`. Raises GuideError with what it said if it fails."""
        done = subprocess.run(  # noqa: S603 - our own program
            [*self._command(), "--json", *verb],
            capture_output=True, text=True, timeout=_VERB_SECONDS, check=False, env=self._environ(),
        )  # fmt: skip
        if done.returncode:
            said = done.stdout or done.stderr
            raise GuideError("demo.office", f"head-office {' '.join(verb)} 失败: {said.strip()[-800:]}")
        answer: dict[str, Any] = json.loads(done.stdout)
        return answer

    @property
    def pid(self) -> int:
        """Of the serving process; 0 while it does not serve."""
        return self._process.pid if self._process is not None else 0

    def start(self, *options: str) -> None:
        """Start serving, with these options of `serve`, and wait until it says that it is ready. Raises GuideError."""
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(  # noqa: S603 - our own program
                [*self._command(), "serve", "--port", "0", *options],
                stdout=subprocess.PIPE, stderr=log, text=True, env=self._environ(),
            )  # fmt: skip
        self.origin = self._ready()["origin"]

    def stop(self) -> None:
        """Ask it to stop and wait."""
        if self._process is None:
            return
        self._process.terminate()
        try:
            self._process.wait(_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        if self._process.stdout is not None:
            self._process.stdout.close()
        self._process = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def _command(self) -> list[str]:
        return [sys.executable, "-m", "head_office", "--data-dir", str(self._data_dir)]

    def _environ(self) -> dict[str, str]:
        return {k: v for k, v in os.environ.items() if not k.startswith("HEAD_OFFICE_")}

    def _ready(self) -> dict[str, Any]:
        process = self._process
        if process is None or process.stdout is None:
            raise GuideError("demo.office", "总部没有启动。")
        until = time.monotonic() + _START_SECONDS
        with selectors.DefaultSelector() as selector:
            selector.register(process.stdout, selectors.EVENT_READ)
            while time.monotonic() < until and process.poll() is None:
                if selector.select(1.0) and (line := process.stdout.readline()):
                    said: dict[str, Any] = json.loads(line)
                    if said.get("event") == "ready":
                        return said
        self.stop()
        raise GuideError("demo.office", "总部没有就绪。", f"请看日志 {self._log}。")
