"""One route, declared once: what serves it and what `/openapi.json` says of it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Literal

from head_office.api.call import Answer, Call
from head_office.api.front import Front
from head_office.api.services import Services

Handler = Callable[[Services, Call], Answer]
Early = Callable[[Front, Call], Awaitable[Answer | None]]
Auth = Literal["none", "device", "api_key"]
KILOBYTE, MEGABYTE = 1 << 10, 1 << 20


@dataclass(frozen=True, slots=True)
class Operation:
    """A method on a path. `request` and `response` are msgspec types, or a media type for plain bytes.

    `example` is a request body that works; `body_limit` caps the body on the wire, in bytes; `problems` are codes of
    the problem table beyond those that any route of this kind may answer with. `early` may give the answer in the
    event loop, before a worker thread is taken; where there is no `handler` it always does. A `heavy` operation is
    admitted in its turn, or the caller is told when to come back. One that goes `outside` waits for another company's
    server: on threads of its own, so that nobody else waits for that server, too.
    """

    method: str
    path: str
    handler: Handler | None
    summary: str
    tag: str
    auth: Auth = "none"
    request: Any = None
    response: Any = None
    example: Any = None
    response_example: Any = None
    query: tuple[tuple[str, str], ...] = ()
    headers: tuple[tuple[str, str], ...] = ()
    problems: tuple[str, ...] = ()
    statuses: tuple[tuple[int, str], ...] = ()
    body_limit: int = 64 * KILOBYTE
    blocking: bool = True
    early: Early | None = None
    heavy: bool = False
    outside: bool = False

    @property
    def name(self) -> str:
        """The name of the function that answers, as other programs may call the operation."""
        answers = self.handler or self.early
        return answers.__name__ if answers is not None else ""
