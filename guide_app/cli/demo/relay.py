"""The desktop's network cable: a TCP relay on the loopback that can be pulled out and put back."""

from __future__ import annotations

import contextlib
import socket
import threading
from typing import Self

_CHUNK = 1 << 16
_POLL_SECONDS = 0.2


class Relay:
    """Forwards connections to `target` (host, port) while plugged; refuses and cuts them while unplugged."""

    def __init__(self, target: tuple[str, int]) -> None:
        self._target = target
        self._plugged = threading.Event()
        self._plugged.set()
        self._closing = threading.Event()
        self._live: set[socket.socket] = set()
        self._lock = threading.Lock()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._listener.settimeout(_POLL_SECONDS)
        self._threads = [threading.Thread(target=self._accept, name="relay")]
        self._threads[0].start()

    @property
    def origin(self) -> str:
        """The address that the desktop uses for head office."""
        return f"http://127.0.0.1:{self._listener.getsockname()[1]}"

    def unplug(self) -> None:
        """Cut every connection and refuse new ones."""
        self._plugged.clear()
        self._drop()

    def plug(self) -> None:
        """Let connections through again."""
        self._plugged.set()

    def close(self) -> None:
        """Stop; no thread and no socket is left."""
        self._closing.set()
        self._drop()
        for thread in self._threads:
            thread.join()
        self._listener.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _drop(self) -> None:
        with self._lock:
            for live in self._live:
                with contextlib.suppress(OSError):  # the other side may have closed it already
                    live.shutdown(socket.SHUT_RDWR)

    def _accept(self) -> None:
        while not self._closing.is_set():
            try:
                near, _ = self._listener.accept()
            except TimeoutError:
                continue
            if not self._plugged.is_set():
                near.close()
                continue
            try:
                far = socket.create_connection(self._target, timeout=5)
            except OSError:
                near.close()
                continue
            far.settimeout(None)
            with self._lock:
                self._live |= {near, far}
            for source, sink in ((near, far), (far, near)):
                thread = threading.Thread(target=self._pump, args=(source, sink), name="relay-pump")
                self._threads.append(thread)
                thread.start()

    def _pump(self, source: socket.socket, sink: socket.socket) -> None:
        with contextlib.suppress(OSError):  # a cut cable ends both directions
            while data := source.recv(_CHUNK):
                sink.sendall(data)
        with contextlib.suppress(OSError):
            sink.shutdown(socket.SHUT_WR)
        with self._lock:
            self._live.discard(source)
        source.close()
