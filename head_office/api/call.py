"""A request and its answer as the routes see them: plain data, no web framework."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import msgspec

from guide_app.base.errors import GuideError, InvalidInputError, NotFoundError
from guide_app.protocol.envelope import SHA_HEADER
from guide_app.protocol.problems import MEDIA_TYPE, PROBLEMS, Problem, problem

JSON = "application/json"
NDJSON = "application/x-ndjson"
TRACE_HEADER = "Trace-Id"
_BUSY_SECONDS = 2


@dataclass(frozen=True, slots=True)
class Call:
    """One request: header names in lower case, the body as it came over the wire."""

    headers: Mapping[str, str]
    path: Mapping[str, str]
    query: Sequence[tuple[str, str]]
    body: bytes
    peer: str
    trace_id: str


@dataclass(frozen=True, slots=True)
class Answer:
    """One response; `sealed` ones get the envelope of the sync protocol."""

    status: int = 200
    body: bytes = b""
    media_type: str = JSON
    headers: Mapping[str, str] = field(default_factory=dict)
    sealed: bool = False


class RefusalError(GuideError):
    """A request that is answered by a problem document, with data for programs and headers."""

    def __init__(
        self, code: str, sentence: str = "", *, headers: Mapping[str, str] | None = None, **extra: object
    ) -> None:
        super().__init__(code, sentence or PROBLEMS[code].sentence)
        self.headers = dict(headers or {})
        self.extra = extra


def json_answer(message: Any, *, status: int = 200, sealed: bool = False) -> Answer:
    """An answer with the JSON of `message`."""
    return Answer(status, msgspec.json.encode(message), sealed=sealed)


def problem_answer(found: Problem, trace_id: str, headers: Mapping[str, str] | None = None) -> Answer:
    """A problem document (RFC 9457) that names the trace under which the office logged it.

    It has a checksum like every body, but is never compressed: whoever reads it may be no PC.
    """
    named = msgspec.structs.replace(found, extra={**found.extra, "trace_id": trace_id})
    body = msgspec.json.encode(named)
    return Answer(found.status, body, MEDIA_TYPE, {SHA_HEADER: hashlib.sha256(body).hexdigest(), **(headers or {})})


def problem_of(error: GuideError) -> Problem:
    """The document for an expected error; codes that only one room knows become the general one of their class."""
    extra = error.extra if isinstance(error, RefusalError) else {}
    if error.code in PROBLEMS:
        return problem(error.code, str(error), **extra)
    if isinstance(error, NotFoundError):
        return problem("not_found", str(error), reason=error.code)
    if isinstance(error, InvalidInputError):
        return problem("request.invalid", str(error), reason=error.code)
    return problem("office.internal")


def busy(seconds: int = _BUSY_SECONDS) -> RefusalError:
    """The office cannot now, but after so many seconds."""
    return RefusalError("office.busy", headers={"Retry-After": str(seconds)})
