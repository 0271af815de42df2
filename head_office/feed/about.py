"""Whom a mutation is about by its own words, and what a void stands for."""

from __future__ import annotations

from typing import Any

import msgspec

from guide_app.protocol.kinds import COMMANDS
from guide_app.protocol.messages import Mutation


def original(mutation: Mutation) -> Mutation:
    """What a void stands for, as far as it says so; any other mutation itself."""
    op, text = mutation.data.get("op"), mutation.data.get("data")
    if mutation.op != "void" or not isinstance(op, str) or not isinstance(text, str):
        return mutation
    try:
        data = msgspec.json.decode(text, type=dict[str, Any])
        return msgspec.convert({**msgspec.to_builtins(mutation), "op": op, "data": data}, Mutation)
    except (msgspec.DecodeError, RecursionError):
        return mutation


def client_of(mutation: Mutation) -> str:
    """The id of the client that it is about; empty if it does not say."""
    if COMMANDS.get(mutation.kind, mutation.kind) == "client":
        return mutation.id
    client_id = original(mutation).data.get("client_id")
    return client_id if isinstance(client_id, str) else ""
