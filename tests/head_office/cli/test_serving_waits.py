"""An office that stops does not wait for the PCs that wait for it."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from pathlib import Path
from urllib.parse import urlencode

import pytest
from sqlalchemy import Engine

from guide_app.protocol.envelope import unseal
from guide_app.protocol.messages import ScopeFrame, decode_lines
from tests.head_office.kit import enrol_device, make_store

_PATIENCE_S = 20


def _ask(origin: str, path: str, token: str) -> tuple[int, bytes]:
    request = urllib.request.Request(f"{origin}{path}", headers={"Authorization": f"Bearer {token}"})  # noqa: S310
    try:
        with urllib.request.urlopen(request, timeout=_PATIENCE_S) as reply:  # noqa: S310 - loopback
            sha, encoding = reply.headers["Guide-SHA256"], reply.headers["Content-Encoding"]
            body = reply.read()
            return reply.status, unseal(body, sha256=sha, encoding=encoding, limit=1 << 24) if sha else body
    except urllib.error.HTTPError as e:
        with e:
            return e.code, e.read()


def _question(origin: str, token: str) -> str:
    """Where a PC stands that has just pulled, as a question for news."""
    frames = decode_lines(_ask(origin, "/sync/v1/pull", token)[1])
    places = [("c", f"{f.scope}~{f.epoch}~{f.seq}") for f in frames if isinstance(f, ScopeFrame)]
    return f"/sync/v1/hint?{urlencode([*places, ('wait', '50')])}"


def _waiting(origin: str) -> bool:
    """Whether one of the office's processes says that a PC waits; the answer comes from any of them."""
    with urllib.request.urlopen(f"{origin}/metrics", timeout=_PATIENCE_S) as reply:  # noqa: S310 - loopback
        lines = reply.read().decode().splitlines()
    return any(line.startswith("guide_hint_waiting{") and line.endswith(" 1") for line in lines)


@pytest.mark.parametrize("workers", ["1", "2"])
def test_it_lets_them_go_and_ends(office_url: str, office_engine: Engine, tmp_path: Path, workers: str) -> None:
    make_store(office_engine)
    token = enrol_device(office_engine).token
    program = [sys.executable, "-m", "head_office", "--data-dir", str(tmp_path), "--database", office_url]
    process = subprocess.Popen(
        [*program, "serve", "--port", "0", "--workers", workers], stdout=subprocess.PIPE, text=True
    )
    said: list[int] = []
    try:
        assert process.stdout is not None
        origin = json.loads(process.stdout.readline())["origin"]
        question = _question(origin, token)
        asking = threading.Thread(target=lambda: said.append(_ask(origin, question, token)[0]))
        asking.start()
        deadline = time.monotonic() + _PATIENCE_S
        while not _waiting(origin):
            assert time.monotonic() < deadline
        began = time.monotonic()
        process.send_signal(signal.SIGTERM)
        assert process.wait(_PATIENCE_S) in (0, 1)
        assert time.monotonic() - began < 8, "granian would wait for the answer, or kill after ten seconds"
        asking.join()
        assert said == [503], "the PC is told to come back"
    finally:
        if process.poll() is None:
            process.kill()
        process.communicate()
