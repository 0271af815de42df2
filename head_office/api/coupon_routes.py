"""`/sync/v1/coupon-codes`: a counter that was told only a coupon's 14 characters asks for its voucher."""

from __future__ import annotations

import logging

from sqlalchemy import Connection

from guide_app.protocol.coupon_asked import CodeAsked, CodeTold
from guide_app.protocol.envelope import SCHEMA_HEADER
from head_office.api.call import Answer, Call, RefusalError, json_answer
from head_office.api.operation import KILOBYTE, Operation
from head_office.api.services import Services
from head_office.api.sync_routes import bearer, check_schema, read_message
from head_office.coupons.lookup import Answered, look_up
from head_office.enrolment.devices import Device, authenticate
from head_office.feed.write import in_transaction

logger = logging.getLogger(__name__)

_MOST = KILOBYTE
_SECOND_MS = 1_000
_EXAMPLE = CodeTold(token="GD" + "7KQ2M9RT" * 20 + "X4")


def tell_of_code(services: Services, call: Call) -> Answer:
    """The voucher of the coupon with this code, or why it cannot be used at this counter."""
    check_schema(call)
    token, now_ms = bearer(call), services.clock.now_ms()

    def work(connection: Connection) -> tuple[Device, Answered]:
        asking = authenticate(connection, token, now_ms)
        code = read_message(call, CodeAsked, _MOST).code
        return asking, look_up(connection, services.secret, asking, code, now_ms)

    asking, found = in_transaction(services.engine, work)
    if found.wait_ms:
        logger.warning("PC %s asks for too many coupon codes, trace %s", asking.device_id, call.trace_id)
        raise RefusalError(found.problem, headers={"Retry-After": str(found.wait_ms // _SECOND_MS + 1)})
    if found.problem:
        raise RefusalError(found.problem)
    return json_answer(CodeTold(token=found.token), sealed=True)


OPERATIONS = (
    Operation(
        "POST",
        "/sync/v1/coupon-codes",
        tell_of_code,
        "只有 14 位券码时, 联网要这张券的签名凭据",
        "sync",
        auth="device",
        request=CodeAsked,
        response=CodeTold,
        example=CodeAsked(code="7KQ2-M9RT-X4HD-3W"),
        response_example=_EXAMPLE,
        headers=((SCHEMA_HEADER, "schema of the records"),),
        problems=(
            "coupon.unknown",
            "coupon.redeemed",
            "coupon.void",
            "coupon.recalled",
            "coupon.expired",
            "coupon.store",
            "rate.limited",
            "device.revoked",
            "schema.unsupported",
        ),
        body_limit=_MOST,
    ),
)
