"""`/sync/v1/links`: with which key a PC signs links, and at which domain they open."""

from __future__ import annotations

from guide_app.protocol.envelope import SCHEMA_HEADER
from guide_app.protocol.messages import LinkPlace
from head_office.api.call import Answer, Call, json_answer
from head_office.api.operation import Operation
from head_office.api.services import Services
from head_office.api.sync_routes import bearer, check_schema
from head_office.enrolment.devices import authenticate
from head_office.sharing.origins import read_origins

_EXAMPLE = LinkPlace(7, "ab" * 32, "https://go.example.com", ["https://s.example.net"])


def tell_link_place(services: Services, call: Call) -> Answer:
    """The device's own key and the origins in force; asked when the house rule `links` has changed."""
    check_schema(call)
    with services.engine.connect() as connection:
        who = authenticate(connection, bearer(call), services.clock.now_ms())
        origins = read_origins(connection)
    key = services.secret.link_key(who.key_no).hex()
    place = LinkPlace(who.key_no, key, origins.first or services.link_origin, list(origins.standby))
    return json_answer(place, sealed=True)


OPERATIONS = (
    Operation(
        "GET",
        "/sync/v1/links",
        tell_link_place,
        "本机签链接的密钥, 与链接的域名",
        "sync",
        auth="device",
        response=LinkPlace,
        response_example=_EXAMPLE,
        headers=((SCHEMA_HEADER, "schema of the records"),),
        problems=("device.revoked", "schema.unsupported"),
    ),
)
