"""Whole conversations between a PC and an office, as a second implementation of either would hold them.

A conversation is a list of steps. `say` is a request line, `message` its body (plain, before the envelope) and `hear`
what the office answers: status and body, line by line for a page. `office` is a deed of the office's own between two
requests. What is different from one office to the next (tokens, epochs, ids of devices) stands as `$name`: it is filled
in when said, and put back when heard. `learn` names what is first met in a step. How a refusal is worded is the
office's own affair: only codes are written down.
"""

from __future__ import annotations

import http.client
import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from guide_app.protocol.envelope import SCHEMA_HEADER, SHA_HEADER, seal, unseal
from guide_app.protocol.messages import SCHEMA

_LIMIT = 1 << 24


class Speaker:
    """Speaks the steps of a conversation with the office at `origin`; remembers the names that it has learnt."""

    def __init__(self, origin: str) -> None:
        self._at = urlsplit(origin)
        self.names: dict[str, str] = {}

    def say(self, step: Mapping[str, Any]) -> dict[str, Any]:
        """The step with what was heard, in terms of names."""
        method, target = self.fill(step["say"]).split(" ", 1)
        headers = {SCHEMA_HEADER: str(SCHEMA)}
        if step.get("as"):
            headers["Authorization"] = f"Bearer {self.names[step['as']]}"
        body = b""
        if "message" in step:
            plain = json.dumps(step["message"], ensure_ascii=False, separators=(",", ":"))
            body, sealed = seal(self.fill(plain).encode())
            headers |= sealed | {"Content-Type": "application/json"}
        connection = http.client.HTTPConnection(self._at.hostname or "", self._at.port, timeout=20)
        try:
            connection.request(method, target, body=body or None, headers=headers)
            answer = connection.getresponse()
            wire = answer.read()
        finally:
            connection.close()
        heard: dict[str, Any] = {"status": answer.status}
        if wire:
            heard |= self._understood(answer, wire, step.get("learn", {}))
        return {**step, "hear": heard}

    def fill(self, text: str) -> str:
        """The text with the values of the names in it."""
        for name in sorted(self.names, key=len, reverse=True):
            text = text.replace(f"${name}", self.names[name])
        return text

    def _understood(
        self, answer: http.client.HTTPResponse, wire: bytes, learn: Mapping[str, list[int | str]]
    ) -> dict[str, Any]:
        sha = answer.getheader(SHA_HEADER)
        if sha:
            wire = unseal(wire, sha256=sha, encoding=answer.getheader("Content-Encoding"), limit=_LIMIT)
        if (answer.getheader("Content-Type") or "").startswith("application/x-ndjson"):
            lines = [json.loads(line) for line in wire.decode().splitlines()]
            self._learn(lines, learn)
            return {"lines": json.loads(self._named(lines))}
        message = json.loads(wire)
        for result in message.get("results", ()):
            result.pop("detail", None)
        if answer.status >= http.client.BAD_REQUEST:
            extra = {name: value for name, value in message.get("extra", {}).items() if name != "trace_id"}
            return {"code": message["code"], **({"extra": extra} if extra else {})}
        self._learn(message, learn)
        return {"message": json.loads(self._named(message))}

    def _learn(self, message: Any, learn: Mapping[str, list[int | str]]) -> None:
        for name, path in learn.items():
            value = message
            for part in path:
                value = value[part]
            self.names[name] = str(value)

    def _named(self, message: Any) -> str:
        text = json.dumps(message, ensure_ascii=False)
        for name, value in sorted(self.names.items(), key=lambda pair: -len(pair[1])):
            text = text.replace(value, f"${name}")
        return text
