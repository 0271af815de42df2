"""`/sync/v1/erased`: a PC says that nothing is left on it of erased clients, or of anything; and asks who is erased."""

from __future__ import annotations

from sqlalchemy import Connection

from guide_app.base.ids import is_id
from guide_app.protocol.envelope import SCHEMA_HEADER, SHA_HEADER
from guide_app.protocol.messages import Erased
from head_office.api.call import Answer, Call, RefusalError, json_answer
from head_office.api.operation import KILOBYTE, Operation, Query
from head_office.api.services import Services
from head_office.api.sync_routes import bearer, check_schema, read_message
from head_office.clients.confirmations import confirm
from head_office.clients.erased import EVERYWHERE, erased_among
from head_office.enrolment.devices import authenticate
from head_office.feed.write import in_transaction

_MOST = 1_000
_MOST_ASKED = 50
_EXAMPLE = Erased(["0190f5e2-7c00-7000-8000-0000000000c1"])


def note_erased(services: Services, call: Call) -> Answer:
    """Note which erasures the device has carried out, and say them back: a gateway can answer, but not that.

    A device that was shut out may still say that it is wiped.
    """
    check_schema(call)
    token, said, now = bearer(call), read_message(call, Erased, 64 * KILOBYTE), services.clock.now_ms()
    if len(said.clients) > _MOST or not all(is_id(client_id) for client_id in said.clients):
        raise RefusalError("request.invalid", f"clients: 最多 {_MOST} 个 UUID。")

    def work(connection: Connection) -> None:
        who = authenticate(connection, token, now, even_revoked=said.wiped)
        confirm(connection, who.store_id, who.device_id, {*who.heads, *who.ended}, said, now)

    in_transaction(services.engine, work)
    return json_answer(said, sealed=True)


def list_erased(services: Services, call: Call) -> Answer:
    """Those of the asked clients who were erased: a device asks for whom only its refused changes still name.

    It tells of an id that the caller names whether it was erased, and nothing else.
    """
    check_schema(call)
    asked = [value for name, value in call.query if name == "id"]
    with services.engine.connect() as connection:
        authenticate(connection, bearer(call), services.clock.now_ms())
        if not 1 <= len(asked) <= _MOST_ASKED or not all(is_id(client_id) for client_id in asked):
            raise RefusalError("request.malformed", f"id 是客户的编号, 一次 1 至 {_MOST_ASKED} 个。")
        found = erased_among(connection, services.secret, EVERYWHERE, asked)
    return json_answer(Erased(sorted(found)), sealed=True)


OPERATIONS = (
    Operation(
        "POST",
        "/sync/v1/erased",
        note_erased,
        "确认已在本机抹除 (个保法第 47 条), 或已整机清除",
        "sync",
        auth="device",
        request=Erased,
        response=Erased,
        example=_EXAMPLE,
        headers=((SHA_HEADER, "SHA-256 of the body as sent, hex"), (SCHEMA_HEADER, "schema of the messages")),
        problems=("device.revoked", "schema.unsupported", "request.corrupt"),
    ),
    Operation(
        "GET",
        "/sync/v1/erased",
        list_erased,
        "被拒绝的修改里提到、本机已没有的客户, 哪些已依法抹除",
        "sync",
        auth="device",
        response=Erased,
        response_example=_EXAMPLE,
        query=(Query("id", f"a client's id; up to {_MOST_ASKED} of them", many=True, needed=True),),
        headers=((SCHEMA_HEADER, "schema of the records"),),
        problems=("request.malformed", "device.revoked", "schema.unsupported"),
    ),
)
