"""`/sync/v1/external-coupons/…`: a counter asks about coupons of other systems, with network or not at all."""

from __future__ import annotations

from guide_app.protocol.envelope import SCHEMA_HEADER
from guide_app.protocol.external_coupon import ExternalCheck, ExternalTold, ExternalUse
from head_office.api.call import Answer, Call, json_answer
from head_office.api.operation import KILOBYTE, Operation
from head_office.api.services import Services
from head_office.api.sync_routes import bearer, check_schema, read_message
from head_office.coupons.external.desk import Counter, ExternalDesk
from head_office.enrolment.devices import authenticate

_MOST = 4 * KILOBYTE
_EXAMPLE_ID = "01900000-0000-7000-8000-000000000001"
_EXAMPLE = ExternalTold(
    state="used", name="微信满300减50", discount_fen=5_000, amount_fen=42_000, used_at=1_780_000_000_000
)


def check_external_coupon(services: Services, call: Call) -> Answer:
    """What a coupon of a published batch takes off a bill."""
    counter = _counter(services, call)
    return json_answer(_desk(services).check(counter, read_message(call, ExternalCheck, _MOST)), sealed=True)


def use_external_coupon(services: Services, call: Call) -> Answer:
    """Redeem one; the same request number again is the same use."""
    counter = _counter(services, call)
    return json_answer(_desk(services).use(counter, read_message(call, ExternalUse, _MOST)), sealed=True)


def _counter(services: Services, call: Call) -> Counter:
    check_schema(call)
    with services.engine.connect() as connection:
        who = authenticate(connection, bearer(call), services.clock.now_ms())
    return Counter(who.store_id, who.device_id)


def _desk(services: Services) -> ExternalDesk:
    return ExternalDesk(services.engine, services.external, services.clock)


OPERATIONS = (
    Operation(
        "POST",
        "/sync/v1/external-coupons/check",
        check_external_coupon,
        "别家系统的券 (微信商家券) 能减多少",
        "sync",
        auth="device",
        request=ExternalCheck,
        response=ExternalTold,
        example=ExternalCheck(code="1234567890123456789012", stock_id="1280000000000001", amount_fen=42_000),
        response_example=ExternalTold(state="usable", name="微信满300减50", discount_fen=5_000, min_spend_fen=30_000),
        headers=((SCHEMA_HEADER, "schema of the records"),),
        problems=("device.revoked", "schema.unsupported"),
        body_limit=_MOST,
        outside=True,
    ),
    Operation(
        "POST",
        "/sync/v1/external-coupons/use",
        use_external_coupon,
        "核销别家系统的券; 同一请求号再问即同一次核销",
        "sync",
        auth="device",
        request=ExternalUse,
        response=ExternalTold,
        example=ExternalUse(
            request_no=_EXAMPLE_ID, code="1234567890123456789012", stock_id="1280000000000001", amount_fen=42_000,
            order_no="A20261122001",
        ),
        response_example=_EXAMPLE,
        headers=((SCHEMA_HEADER, "schema of the records"),),
        problems=("device.revoked", "schema.unsupported"),
        body_limit=_MOST,
        outside=True,
    ),
)  # fmt: skip
