"""Head office's part in coupons for tests of a desktop: its keys, a batch with an allotment, the recall list."""

from __future__ import annotations

from typing import Any

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from guide_app.base.clock import DAY_MS
from guide_app.flows.desk import Desk
from guide_app.protocol.coupon_records import RecallList
from guide_app.protocol.messages import RecordFrame
from guide_app.protocol.recall import sign_list
from guide_app.protocol.scopes import BRAND, store_scope
from guide_app.protocol.voucher import Certificate, Voucher, certify, holder_mark, sign_by_office
from tests.helpers.book import DEVICE_KEY, NOW, STORE, WANG, ident

OFFICE_KEY = Ed25519PrivateKey.from_private_bytes(b"the key of the tests' headoffice")
BATCH, ALLOTMENT = ident(70), ident(71)
BATCH_NO, WANG_NO = 12, 1
SIZE = 3


def publish(desk: Desk, *frames: tuple[str, str, str, dict[str, Any]], seq: int = 5_000) -> None:
    """Let records (scope, kind, id, data) arrive by sync."""
    records = [
        RecordFrame(scope, kind, record_id, seq + i, data) for i, (scope, kind, record_id, data) in enumerate(frames)
    ]
    desk.db.apply(lambda applier: applier.apply(records))


def set_up(desk: Desk, **terms: Any) -> None:
    """The office's key, an empty recall list, a batch with allotments, and Wang's allotment of three coupons."""
    batch = {
        "no": BATCH_NO, "name": "满300减50", "min_spend_fen": 30_000, "discount_fen": 5_000, "claim_limit": 0,
        "valid_days": 7, "allot_count": SIZE, **terms,
    }  # fmt: skip
    public = OFFICE_KEY.public_key().public_bytes_raw().hex()
    publish(
        desk,
        (BRAND, "office_key", ident(72), {"no": 1, "public_key": public}),
        (BRAND, "coupon_template", BATCH, batch),
        (store_scope(STORE), "allotment", ALLOTMENT, allotment()),
    )
    recall(desk)


def certificate(**other: Any) -> Certificate:
    """What head office allows Wang on the PC of the book."""
    plain: dict[str, Any] = {
        "allotment_id": ALLOTMENT, "template_no": BATCH_NO, "guide_no": WANG_NO,
        "device_key": DEVICE_KEY.public_key().public_bytes_raw(), "count": SIZE, "budget_fen": 15_000,
        "starts_at": NOW - NOW % 60_000, "expires_at": NOW - NOW % 60_000 + 2 * DAY_MS, "key_no": 1,
    }  # fmt: skip
    return certify(Certificate(**{**plain, **other}), OFFICE_KEY)


def allotment(device_id: str = ident(99), **other: Any) -> dict[str, Any]:
    """The record of Wang's allotment."""
    said = certificate(**other)
    return {
        "template_id": BATCH, "guide_id": WANG, "device_id": device_id, "device_key": said.device_key.hex(),
        "count": said.count, "budget_fen": said.budget_fen, "starts_at": said.starts_at,
        "expires_at": said.expires_at, "key_no": said.key_no, "signature": said.signature.hex(),
    }  # fmt: skip


def recall(desk: Desk, *entries: str, version: int = 1, genuine: bool = True, at: int = NOW) -> None:
    """The recall list as head office has it now."""
    listed = sign_list(RecallList(version=version, at=at, entries=list(entries), key_no=1), OFFICE_KEY)
    data = {name: value for name, value in msgspec.to_builtins(listed).items() if name != "id"}
    if not genuine:
        data["entries"] = data["entries"][1:]
    publish(desk, (BRAND, "recall_list", ident(73), data), seq=9_000 + version)


def by_office(n: int = 80, client_id: str | None = None, **other: Any) -> str:
    """A coupon claimed on head office's page that this PC has never heard of."""
    plain: dict[str, Any] = {"valid_from": NOW - DAY_MS, "valid_until": NOW + 7 * DAY_MS, "value_fen": 0}
    return sign_by_office(
        Voucher(ident(n), BATCH_NO, **{**plain, **other}, holder=holder_mark(client_id), key_no=1), OFFICE_KEY
    )
