"""Serves an ASGI application on loopback with the office's own web server, for browsers and other real clients."""

from __future__ import annotations

import asyncio
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from granian.constants import Interfaces
from granian.server.embed import Server
from starlette.types import ASGIApp

_PATIENCE_S = 15.0


@contextmanager
def serving(app: ASGIApp) -> Iterator[str]:
    """Base URL (`http://127.0.0.1:port`) of `app`, served from a thread of this process until the block ends."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    loop = asyncio.new_event_loop()
    made: list[Server] = []

    async def run() -> None:
        server = Server(app, port=port, interface=Interfaces.ASGI, log_enabled=False)
        made.append(server)
        await server.serve()

    def work() -> None:
        asyncio.set_event_loop(loop)
        loop.run_until_complete(run())
        loop.run_until_complete(loop.shutdown_default_executor())
        loop.close()

    thread = threading.Thread(target=work, name="office server")
    thread.start()
    try:
        _wait(port, thread)
        yield f"http://127.0.0.1:{port}"
    finally:
        if thread.is_alive():
            loop.call_soon_threadsafe(made[0].stop)
        thread.join(_PATIENCE_S)


def _wait(port: int, thread: threading.Thread) -> None:
    deadline = time.monotonic() + _PATIENCE_S
    while thread.is_alive() and time.monotonic() < deadline:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except ConnectionRefusedError:
            thread.join(0.01)
        else:
            return
    raise RuntimeError("the server did not come up")
