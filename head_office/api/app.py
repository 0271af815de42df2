"""The web application: turns requests into calls, answers into responses, and every failure into a problem document."""

from __future__ import annotations

import logging
import secrets
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from functools import partial
from http import HTTPStatus

import anyio.to_thread
import msgspec
from sqlalchemy.exc import SQLAlchemyError
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from guide_app.base.errors import GuideError
from guide_app.protocol.envelope import seal
from guide_app.protocol.problems import problem
from head_office.api import (
    backfill_routes,
    blob_routes,
    bucket_routes,
    coupon_routes,
    erased_routes,
    erp_routes,
    external_routes,
    health_routes,
    hint_routes,
    link_routes,
    photo_routes,
    sync_routes,
)
from head_office.api.admission import Gate
from head_office.api.call import TRACE_HEADER, Answer, Call, RefusalError, busy, problem_answer, problem_of
from head_office.api.front import Front, make_front
from head_office.api.openapi import describe
from head_office.api.operation import Operation
from head_office.api.services import Services
from head_office.store.engine import is_transient

logger = logging.getLogger(__name__)

#: Looked through in this order: what is asked most stands first.
OPERATIONS: tuple[Operation, ...] = (
    *hint_routes.OPERATIONS,
    *sync_routes.OPERATIONS,
    *bucket_routes.OPERATIONS,
    *erased_routes.OPERATIONS,
    *blob_routes.OPERATIONS,
    *photo_routes.OPERATIONS,
    *backfill_routes.OPERATIONS,
    *link_routes.OPERATIONS,
    *coupon_routes.OPERATIONS,
    *external_routes.OPERATIONS,
    *health_routes.OPERATIONS,
    *erp_routes.OPERATIONS,
)
_METHOD_NOT_ALLOWED = 405


def create_app(
    services: Services, more: Sequence[BaseRoute] = (), *, threads: int = 20, gate: Gate | None = None
) -> Starlette:
    """The application. `more` are routes of other rooms (landing pages, console), which answer errors themselves.

    `gate` bounds the heavy requests, which have worker threads of their own, as those have that wait for another
    company; `threads` serve all others. Together no more than the database pool has connections. `app.state.front` is
    what waits in the event loop: whoever stops the server calls `front.heads.release()` first, or waiting PCs hold it
    open.
    """
    front = make_front(services, gate or Gate())
    document = msgspec.json.encode(describe(OPERATIONS))
    openapi = Operation(
        "GET", "/openapi.json", lambda _s, _c: Answer(200, document), "this document", "ops", blocking=False
    )
    routes: list[BaseRoute] = [_route(services, front, operation) for operation in (*OPERATIONS, openapi)]

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        anyio.to_thread.current_default_thread_limiter().total_tokens = threads
        yield
        await front.heads.close()

    app = Starlette(
        routes=[*routes, *more], lifespan=lifespan, exception_handlers={HTTPException: _refused, Exception: _broken}
    )
    app.state.front = front
    return app


def _route(services: Services, front: Front, operation: Operation) -> Route:
    async def endpoint(request: Request) -> Response:
        began = time.perf_counter()
        trace_id = secrets.token_hex(8)
        answer = await _answer(services, front, operation, request, trace_id)
        services.metrics.add("guide_requests_total", route=operation.path, status=str(answer.status))
        services.metrics.add("guide_request_seconds_total", time.perf_counter() - began, route=operation.path)
        return _response(answer, trace_id)

    return Route(operation.path, endpoint, methods=[operation.method])


async def _answer(services: Services, front: Front, operation: Operation, request: Request, trace_id: str) -> Answer:
    try:
        call = Call(
            headers=_headers(request),
            path={name: str(value) for name, value in request.path_params.items()},
            query=request.query_params.multi_items(),
            body=await _body(request, operation.body_limit),
            peer=request.client.host if request.client else "",
            trace_id=trace_id,
        )
        if operation.early is not None and (answer := await operation.early(front, call)) is not None:
            return answer
        return await _handled(services, front, operation, call)
    except Exception as e:  # noqa: BLE001 - whatever it is, the caller gets a problem document and the log the trace
        return _failure(operation, e, trace_id)


async def _handled(services: Services, front: Front, operation: Operation, call: Call) -> Answer:
    """The handler's answer, from the thread where it belongs."""
    if operation.handler is None:
        raise TypeError(f"{operation.path} has nobody who answers")
    if not operation.blocking:
        return operation.handler(services, call)
    work = partial(operation.handler, services, call)
    if operation.outside:
        return await front.outside.run(work)
    return await (front.admission.run(work) if operation.heavy else run_in_threadpool(work))


def _failure(operation: Operation, error: Exception, trace_id: str) -> Answer:
    """The problem document for an error; unexpected ones are logged with their trace, never shown."""
    if isinstance(error, ClientDisconnect):
        return problem_answer(problem("request.malformed"), trace_id)
    if isinstance(error, (SQLAlchemyError, OSError)) and is_transient(error):
        logger.warning("%s %s put off, trace %s: %s", operation.method, operation.path, trace_id, type(error).__name__)
        error = busy()
    if isinstance(error, GuideError):
        headers = error.headers if isinstance(error, RefusalError) else None
        return problem_answer(problem_of(error), trace_id, headers)
    logger.error("%s %s failed, trace %s", operation.method, operation.path, trace_id, exc_info=error)
    return problem_answer(problem("office.internal"), trace_id)


def _headers(request: Request) -> dict[str, str]:
    return {name.decode("latin-1"): value.decode("latin-1") for name, value in request.headers.raw}


async def _body(request: Request, limit: int) -> bytes:
    """The body as sent, refused as soon as it is known to be too large."""
    announced = request.headers.get("content-length", "0")
    too_large = RefusalError("request.too_large", f"请求超过 {limit} 字节。")
    if announced.isdigit() and int(announced) > limit:
        raise too_large
    parts: list[bytes] = []
    size = 0
    async for part in request.stream():
        size += len(part)
        if size > limit:
            raise too_large
        parts.append(part)
    return b"".join(parts)


def _response(answer: Answer, trace_id: str) -> Response:
    headers = {TRACE_HEADER: trace_id, "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
    body = answer.body
    if answer.sealed:
        body, described = seal(body)
        headers |= described
    response = Response(body, answer.status, headers | dict(answer.headers))
    if answer.body or answer.status == HTTPStatus.OK:
        response.headers["Content-Type"] = answer.media_type
    return response


async def _refused(_request: Request, error: Exception) -> Response:
    """What the router itself refuses: an unknown path, a wrong method."""
    status, headers = (error.status_code, error.headers) if isinstance(error, HTTPException) else (0, None)
    trace_id = secrets.token_hex(8)
    found = problem("method.not_allowed" if status == _METHOD_NOT_ALLOWED else "not_found")
    return _response(problem_answer(found, trace_id, headers), trace_id)


async def _broken(request: Request, _error: Exception) -> Response:
    """A failure outside the routes above; Starlette has logged nothing yet, and raises it again after this answer."""
    trace_id = secrets.token_hex(8)
    logger.error("%s %s failed, trace %s", request.method, request.url.path, trace_id)
    return _response(problem_answer(problem("office.internal"), trace_id), trace_id)
