"""`/sync/v1/blobs/<sha256>?kind=…&id=…`: photos that hang on a record, up from the PC that took them and down again.

Whoever asks says by which record it knows the photo; without seeing that record nobody gets or gives one.
"""

from __future__ import annotations

import hashlib
from typing import Literal

from sqlalchemy import Connection

from guide_app.base.ids import is_id
from guide_app.protocol.envelope import SCHEMA_HEADER
from guide_app.protocol.photo import MEDIA_TYPE, MOST_BYTES, is_name, photo_fault
from head_office.api.call import Answer, Call, RefusalError
from head_office.api.operation import Operation, Query
from head_office.api.services import Services
from head_office.api.sync_routes import bearer, check_schema
from head_office.clients.photos import Naming, keep_photo, naming_store, read_photo, sent_too_many
from head_office.enrolment.devices import authenticate
from head_office.feed.write import in_transaction

#: A PC that has sent its share comes again after an hour (seconds).
_COME_AGAIN_S = 3600
_FAULTS = {
    "format": "照片必须是完整的 JPEG。",
    "beside": "照片里还带着别的内容 (拍摄地点、设备、缩略图), 请重新编码后再传。",
    "pixels": "照片的像素太多。",
}
_KEPT: Literal[204] = 204
_QUERY = (
    Query("kind", "of the record that names the photo: `custom_value` or `purchase`", needed=True),
    Query("id", "of that record", needed=True),
)


def is_photo(call: Call) -> bool:
    """Whether a photo of a record is asked for, and not a picture of the catalogue."""
    return any(name == "kind" for name, _ in call.query)


def fetch_photo(services: Services, call: Call) -> Answer:
    """Hand a photo to a device that sees the record by which it knows it."""
    naming = _naming(call)
    with services.engine.connect() as connection:
        device = authenticate(connection, bearer(call), services.clock.now_ms())
        store = naming_store(connection, device, naming)
        body = None if store is None else read_photo(connection, store, naming)
    if body is None:
        raise _unknown()
    return Answer(200, body, MEDIA_TYPE)


def put_photo(services: Services, call: Call) -> Answer:
    """Keep a photo with the record that names it; the same again is answered the same."""
    check_schema(call)
    naming = _naming(call)
    now_ms = services.clock.now_ms()

    def work(connection: Connection) -> Answer:
        device = authenticate(connection, bearer(call), now_ms)
        _check(call.body, naming.sha256)
        store = naming_store(connection, device, naming, lock=True)
        if store is None:
            raise _unknown()
        if read_photo(connection, store, naming) is None:
            if sent_too_many(connection, device, now_ms):
                raise RefusalError("rate.limited", headers={"Retry-After": str(_COME_AGAIN_S)})
            keep_photo(connection, store, naming, call.body, device_id=device.device_id, now_ms=now_ms)
        return Answer(_KEPT)

    return in_transaction(services.engine, work)


def _naming(call: Call) -> Naming:
    asked = dict(call.query)
    sha256, record = call.path["sha256"], asked.get("id", "")
    if not is_name(sha256) or not is_id(record):
        raise _unknown()
    return Naming(asked.get("kind", ""), record, sha256)


def _check(body: bytes, sha256: str) -> None:
    if hashlib.sha256(body).hexdigest() != sha256:
        raise RefusalError("request.corrupt")
    fault = photo_fault(body)
    if fault:
        raise RefusalError("request.invalid", _FAULTS.get(fault, ""), reason=f"photo.{fault}")


def _unknown() -> RefusalError:
    return RefusalError("not_found", "没有这张图片。")


OPERATIONS = (
    Operation(
        "PUT",
        "/sync/v1/blobs/{sha256}",
        put_photo,
        "交一张记录上的照片 (客户或小票)",
        "sync",
        auth="device",
        request=MEDIA_TYPE,
        query=_QUERY,
        headers=((SCHEMA_HEADER, "schema of the records"),),
        problems=(
            "not_found",
            "request.corrupt",
            "request.too_large",
            "request.invalid",
            "rate.limited",
            "device.revoked",
            "schema.unsupported",
        ),
        statuses=((_KEPT, "Kept, or kept already."),),
        body_limit=MOST_BYTES,
    ),
)
