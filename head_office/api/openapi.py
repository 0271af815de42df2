"""`/openapi.json`: OpenAPI 3.1 made from the operations and the message structs themselves, so it cannot lag behind."""

from __future__ import annotations

import re
from collections.abc import Sequence
from importlib.metadata import version
from typing import Any

import msgspec

from guide_app.protocol.problems import MEDIA_TYPE, PROBLEMS, Problem, problem
from head_office.api.call import JSON
from head_office.api.operation import Operation

_PARAMETER = re.compile(r"\{(\w+)\}")
_COMMON = ("request.malformed", "request.too_large", "rate.limited", "office.busy", "office.internal")
_SECURITY = {"device": "deviceToken", "api_key": "apiKey"}
_REFERENCE = "#/components/schemas/{name}"


def describe(operations: Sequence[Operation]) -> dict[str, Any]:
    """The whole document."""
    types = [t for o in operations for t in (o.request, o.response) if t is not None and not isinstance(t, str)]
    _, components = msgspec.json.schema_components([*types, Problem], schema_hook=_any, ref_template=_REFERENCE)
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
    found = [("path", name, "", True) for name in _PARAMETER.findall(operation.path)]
    found += [("query", name, text, False) for name, text in operation.query]
    found += [("header", name, text, True) for name, text in operation.headers]
    return [
        {"in": place, "name": name, "required": required, "schema": {"type": "string"}}
        | ({"description": text} if text else {})
        for place, name, text, required in found
    ]


def _responses(operation: Operation) -> dict[str, Any]:
    responses: dict[str, Any] = {
        "200": {"description": "Done.", "content": _content(operation.response, operation.response_example)}
    }
    for status, text in operation.statuses:
        responses[str(status)] = {"description": text}
    auth = () if operation.auth == "none" else ("auth.missing", "auth.invalid")
    codes = dict.fromkeys((*operation.problems, *auth, *_COMMON))
    by_status: dict[int, list[str]] = {}
    for code in codes:
        by_status.setdefault(PROBLEMS[code].status, []).append(code)
    for status, mine in sorted(by_status.items()):
        examples = {code: {"value": msgspec.to_builtins(problem(code))} for code in mine}
        schema = {"$ref": _REFERENCE.format(name="Problem")}
        content = {MEDIA_TYPE: {"schema": schema, "examples": examples}}
        responses[str(status)] = {"description": ", ".join(f"`{code}`" for code in mine), "content": content}
    return responses


def _content(shape: Any, example: Any) -> dict[str, Any]:
    if isinstance(shape, str):
        return {shape: {"schema": {"type": "string"}}}
    (schema,), _ = msgspec.json.schema_components([shape], schema_hook=_any, ref_template=_REFERENCE)
    described: dict[str, Any] = {"schema": schema}
    if example is not None:
        described["example"] = msgspec.to_builtins(example)
    return {JSON: described}
