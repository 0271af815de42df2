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
class Query:
    """A parameter of the query: a whole number or text, once or `many` times, `needed` or left out at will."""

    name: str
    about: str
    whole: bool = False
    many: bool = False
    needed: bool = False


@dataclass(frozen=True, slots=True)
class Operation:
    """A method on a path. `request` and `response` are msgspec types, or a media type for plain bytes.

    Without `response` there is no 200: all that it answers with stands in `statuses`. `lines` is the message that each
    line of a stream holds. `headers` must be there, `conditions` are headers that may.

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
    lines: Any = None
    query: tuple[Query, ...] = ()
    headers: tuple[tuple[str, str], ...] = ()
    conditions: tuple[tuple[str, str], ...] = ()
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
