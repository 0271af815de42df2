"""`/openapi.json`: OpenAPI 3.1 made from the operations and the message structs themselves, so it cannot lag behind."""

from __future__ import annotations

import re
from collections.abc import Sequence
from importlib.metadata import version
from typing import Any

import msgspec

from guide_app.protocol.kinds import COMMANDS, KINDS, Kind
from guide_app.protocol.problems import MEDIA_TYPE, PROBLEMS, Problem, problem
from head_office.api.call import JSON
from head_office.api.operation import Operation, Query

_PARAMETER = re.compile(r"\{(\w+)\}")
_COMMON = ("request.malformed", "request.too_large", "rate.limited", "office.busy", "office.internal")
_LATER, _SECONDS = (429, 503), {"type": "integer"}
_SECURITY = {"device": "deviceToken", "api_key": "apiKey"}
_REFERENCE = "#/components/schemas/{name}"


def describe(operations: Sequence[Operation]) -> dict[str, Any]:
    """The whole document."""
    types = [t for o in operations for t in (o.request, o.response, o.lines) if _is_shape(t)]
    records = [kind.struct for kind in KINDS.values()]
    every = [*types, Problem, *records]
    _, components = msgspec.json.schema_components(every, schema_hook=_any, ref_template=_REFERENCE)
    paths: dict[str, dict[str, Any]] = {}
    for operation in operations:
        paths.setdefault(operation.path, {})[operation.method.lower()] = _operation(operation)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "导购台 head office",
            "version": version("guide-desk"),
            "description": "Money is integer fen, moments are UTC milliseconds, ids are UUIDs. "
            "Errors are RFC 9457 problem documents with a stable `code`.",
        },
        "paths": paths,
        "components": {
            "schemas": components,
            "securitySchemes": {
                "deviceToken": {"type": "http", "scheme": "bearer", "description": "Given once by /sync/v1/enrol."},
                "apiKey": {"type": "http", "scheme": "bearer", "description": "Made by `head-office api-key create`."},
            },
        },
        "x-kinds": {kind.name: _kind(kind) for kind in KINDS.values()},
        "x-commands": dict(COMMANDS),
    }


def _is_shape(declared: Any) -> bool:
    return declared is not None and not isinstance(declared, str)


def _kind(kind: Kind) -> dict[str, Any]:
    """What a device must know of a kind of record before it can read or write one (`guide_app/protocol/kinds.py`)."""
    return {
        "scope": kind.scope,
        "policy": kind.policy,
        "data": {"$ref": _REFERENCE.format(name=kind.struct.__name__)},
        "device_fields": sorted(kind.device_fields),
        "required": sorted(kind.required),
        "lattice": {name: list(order) for name, order in kind.lattice},
        "borrowed": kind.borrowed,
    }


def _any(kind: type) -> dict[str, Any]:
    """The schema of what may be anything."""
    if kind is object:
        return {"description": "any JSON value"}
    raise NotImplementedError(kind)


def _operation(operation: Operation) -> dict[str, Any]:
    described: dict[str, Any] = {
        "operationId": operation.name,
        "summary": operation.summary,
        "tags": [operation.tag],
        "parameters": _parameters(operation),
        "responses": _responses(operation),
    }
    if operation.auth != "none":
        described["security"] = [{_SECURITY[operation.auth]: []}]
    if operation.request is not None:
        described["requestBody"] = {"required": True, "content": _content(operation.request, operation.example)}
    return described


def _parameters(operation: Operation) -> list[dict[str, Any]]:
    path = [_parameter("path", Query(name, "", needed=True)) for name in _PARAMETER.findall(operation.path)]
    query = [_parameter("query", asked) for asked in operation.query]
    needed = [_parameter("header", Query(name, text, needed=True)) for name, text in operation.headers]
    return path + query + needed + [_parameter("header", Query(*condition)) for condition in operation.conditions]


def _parameter(place: str, asked: Query) -> dict[str, Any]:
    one = {"type": "integer" if asked.whole else "string"}
    schema = {"type": "array", "items": one} if asked.many else one
    described = {"in": place, "name": asked.name, "required": asked.needed, "schema": schema}
    if asked.many:
        described |= {"style": "form", "explode": True}
    return described | ({"description": asked.about} if asked.about else {})


def _responses(operation: Operation) -> dict[str, Any]:
    responses: dict[str, Any] = {}
    if operation.response is not None:
        responses["200"] = {"description": "Done.", "content": _content(operation.response, operation.response_example)}
    if operation.lines is not None:
        line = msgspec.json.schema_components([operation.lines], schema_hook=_any, ref_template=_REFERENCE)[0][0]
        responses["200"]["content"][operation.response]["x-line"] = line
    for status, text in operation.statuses:
        responses[str(status)] = {"description": text}
    auth = () if operation.auth == "none" else ("auth.missing", "auth.invalid")
    shape = ("request.invalid",) if _is_shape(operation.request) else ()
    codes = dict.fromkeys((*operation.problems, *shape, *auth, *_COMMON))
    by_status: dict[int, list[str]] = {}
    for code in codes:
        by_status.setdefault(PROBLEMS[code].status, []).append(code)
    for status, mine in sorted(by_status.items()):
        examples = {code: {"value": msgspec.to_builtins(problem(code))} for code in mine}
        schema = {"$ref": _REFERENCE.format(name="Problem")}
        content = {MEDIA_TYPE: {"schema": schema, "examples": examples}}
        responses[str(status)] = {"description": ", ".join(f"`{code}`" for code in mine), "content": content}
        if status in _LATER:
            responses[str(status)]["headers"] = {"Retry-After": {"description": "seconds", "schema": _SECONDS}}
    return responses


def _content(shape: Any, example: Any) -> dict[str, Any]:
    if isinstance(shape, str):
        return {shape: {"schema": {"type": "string"}}}
    (schema,), _ = msgspec.json.schema_components([shape], schema_hook=_any, ref_template=_REFERENCE)
    described: dict[str, Any] = {"schema": schema}
    if example is not None:
        described["example"] = msgspec.to_builtins(example)
    return {JSON: described}
