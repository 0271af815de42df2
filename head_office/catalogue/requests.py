"""留货 and 调货: pieces that one store keeps, or sends to another. Head office writes the request into both scopes.

A store's PC sees its own scope only, so that a request to another store goes through here: both hold the same record
under one id. Only stores of one region may ask each other, as they see each other's stock.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from guide_app.base.clock import DAY_MS
from guide_app.protocol.messages import Mutation
from guide_app.protocol.scopes import BRAND, Scope, store_scope
from head_office.clients.transfer import is_manager
from head_office.feed.decide import Refusal
from head_office.feed.params import id_of, id_or_none, moment_of, number_of, text_of
from head_office.feed.rows import Key
from head_office.feed.rules import Commanded
from head_office.feed.write import FeedWriter

KIND = "stock_request"
LONGEST_MS = 7 * DAY_MS
MOST = 20
_LONGEST_ANSWER = 100

#: From which states a request may come into one, and which of its stores may say so.
_STEPS: Mapping[str, tuple[frozenset[str], str]] = MappingProxyType(
    {
        "accepted": (frozenset({"open"}), "from_store"),
        "refused": (frozenset({"open"}), "from_store"),
        "done": (frozenset({"accepted"}), "to_store"),
        "cancelled": (frozenset({"open", "accepted"}), "to_store"),
    }
)


def request_command(writer: FeedWriter, mutation: Mutation) -> Commanded:
    """`stock.request {kind, sku_id, qty, from_store?, at, until}`; the mutation's id is the new request's."""
    try:
        kind, sku_id = text_of(mutation, "kind"), id_of(mutation, "sku_id")
        qty, until = number_of(mutation, "qty"), number_of(mutation, "until")
        at, source = moment_of(mutation, "at", writer.now_ms), id_or_none(mutation, "from_store") or mutation.store
    except ValueError as e:
        return Commanded(Refusal("record.invalid", str(e)))
    if wrong := _wrong(kind, qty, until - at, away=source != mutation.store):
        return Commanded(Refusal("record.invalid", wrong))
    own, other = store_scope(mutation.store), store_scope(source)
    keys: list[Key] = [(scope, KIND, mutation.id) for scope in dict.fromkeys((own, other))]
    stores: list[Key] = [(BRAND, "store", mutation.store), (BRAND, "store", source)]
    sku: Key = (BRAND, "sku", sku_id)
    writer.load([*keys, *stores, sku])
    if any(writer.held(key) is not None for key in keys):
        return Commanded(touched=(keys[0],), duplicate=True)
    if writer.get(sku) is None:
        return Commanded(Refusal("record.unknown", "sku_id"))
    regions = [row.data["region"] if (row := writer.get(store)) else "" for store in stores]
    if source != mutation.store and not (regions[0] and regions[0] == regions[1]):
        return Commanded(Refusal("stock.no_neighbour"))
    data = {
        "kind": kind, "sku_id": sku_id, "qty": qty, "from_store": source, "to_store": mutation.store,
        "guide_id": mutation.by, "at": at, "until": until, "state": "open" if other != own else "accepted",
    }  # fmt: skip
    for key in keys:
        writer.put(key, data)
    return Commanded(touched=(keys[0],))


def answer_command(writer: FeedWriter, mutation: Mutation) -> Commanded:
    """`stock.answer {state, answer?, at}`; the mutation's id is the request's, its store one of the two."""
    try:
        state, answer = text_of(mutation, "state"), text_of(mutation, "answer", _LONGEST_ANSWER)
        at = moment_of(mutation, "at", writer.now_ms)
    except ValueError as e:
        return Commanded(Refusal("record.invalid", str(e)))
    key: Key = (store_scope(mutation.store), KIND, mutation.id)
    if state not in _STEPS:
        return Commanded(Refusal("record.invalid", "state"))
    row = writer.get(key)
    if row is None:
        return Commanded(Refusal("record.unknown"))
    keys: list[Key] = [(scope, KIND, mutation.id) for scope in _scopes(row.data)]
    writer.load(keys)
    if row.data["state"] == state:
        return Commanded(touched=(key,), duplicate=True)
    if problem := _refusal(writer, mutation, row.data, state, at):
        return Commanded(Refusal(problem), touched=(key,))
    for one in keys:
        writer.change(one, state=state, answer=answer, answered_by=mutation.by, answered_at=at)
    return Commanded(touched=(key,))


def _wrong(kind: str, qty: int, lasts_ms: int, *, away: bool) -> str:
    """The parameter that is wrong; empty if none is."""
    if kind not in {"hold", "transfer"} or (kind == "transfer" and not away):
        return "kind"
    if not 1 <= qty <= MOST:
        return "qty"
    return "" if 0 < lasts_ms <= LONGEST_MS else "until"


def _refusal(writer: FeedWriter, mutation: Mutation, request: Mapping[str, Any], state: str, at: int) -> str:
    before, side = _STEPS[state]
    if request[side] != mutation.store:
        return "stock.not_manager"
    if side == "from_store" and not is_manager(writer.connection, mutation.by, mutation.store):
        return "stock.not_manager"
    if request["state"] not in before:
        return "stock.settled"
    return "stock.over" if state == "accepted" and at >= request["until"] else ""


def _scopes(request: Mapping[str, Any]) -> tuple[Scope, ...]:
    stores = dict.fromkeys((request["to_store"], request["from_store"]))
    return tuple(store_scope(store) for store in stores)
