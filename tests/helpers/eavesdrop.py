"""What stands between the office and everybody else: notes what an access log, a proxy or a browser would keep."""

from __future__ import annotations

from dataclasses import dataclass, field

import zstandard
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_SECRET = frozenset({b"authorization"})


@dataclass
class Eavesdropper:
    """Passes everything on. `lines` are addresses and headers both ways, `hints` all bodies of the hint channel.

    `handed_in` are the bodies that PCs pushed, unpacked.
    """

    app: ASGIApp
    lines: list[str] = field(default_factory=list)
    hints: list[bytes] = field(default_factory=list)
    handed_in: list[bytes] = field(default_factory=list)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        path, body = scope["path"], bytearray()
        self.lines.append(f"{scope['method']} {scope['raw_path'].decode()}?{scope['query_string'].decode()}")
        self._headers(">", scope["headers"])

        async def hear() -> Message:
            message = await receive()
            body.extend(message.get("body", b""))
            return message

        async def say(message: Message) -> None:
            if message["type"] == "http.response.start":
                self.lines.append(f"{scope['method']} {path} {message['status']}")
                self._headers("<", message.get("headers", ()))
            elif path.endswith("/hint"):
                self.hints.append(bytes(message.get("body", b"")))
            await send(message)

        await self.app(scope, hear, say)
        if path.endswith("/hint"):
            self.hints.append(bytes(body))
        elif path.endswith("/push"):
            packed = b"content-encoding" in {name for name, _ in scope["headers"]}
            plain = zstandard.ZstdDecompressor().decompressobj().decompress(bytes(body)) if packed else bytes(body)
            self.handed_in.append(plain)

    def _headers(self, way: str, headers: object) -> None:
        for name, value in headers:  # type: ignore[attr-defined]  # pairs of bytes
            if name.lower() not in _SECRET:
                self.lines.append(f"{way} {name.decode()}: {value.decode('latin-1')}")
