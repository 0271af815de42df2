"""Programs of others that are measured beside ours, in an environment of their own (`make bench-peers`)."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

from bench.report import Bench

PYTHON = Path(".cache/peers/bin/python")
PROGRAMS = Path(__file__).parent / "peer_programs"
_SECONDS = 120


def ask(program: str, bench: Bench, *arguments: str) -> dict[str, Any] | None:
    """What a program of `peer_programs` measured; None, with a line that says so, where peers are not installed."""
    name = program.removesuffix(".py")
    if not PYTHON.exists():
        bench.skip(name, "peers are not installed; `make bench-peers` installs them")
        return None
    done = subprocess.run(
        [PYTHON, PROGRAMS / program, *arguments], capture_output=True, text=True, timeout=_SECONDS, check=False
    )
    if done.returncode:
        bench.skip(name, done.stderr.strip().rpartition("\n")[2])
        return None
    found: dict[str, Any] = json.loads(done.stdout)
    return found
