"""With which key head office signs coupons, and how a coupon gets its signed form.

Keys follow from the office's secret by number; the public halves are brand records (`office_key`) that every PC holds.
The first key and the first recall list are made by whoever needs them first.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec
import sqlalchemy as sa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import Connection
from sqlalchemy.dialects.postgresql import insert

from guide_app.base.ids import derived_id
from guide_app.protocol.coupon_gift import is_hers_alone
from guide_app.protocol.coupon_records import CouponTemplate, RecallList
from guide_app.protocol.recall import sign_list
from guide_app.protocol.scopes import BRAND
from guide_app.protocol.voucher import Voucher, holder_mark, sign_by_office
from head_office.coupons.recall_over import over
from head_office.feed.rows import Key
from head_office.feed.write import FeedWriter
from head_office.store.secret import OfficeSecret
from head_office.store.tables import KIND_TABLES, recall_entry

_KEYS = KIND_TABLES["office_key"]
#: There is one list in a brand, and it is the same record for ever.
RECALLS: Key = (BRAND, "recall_list", derived_id(0, "recall list"))


class Signer:
    """Signs with the newest of the office's keys."""

    def __init__(self, no: int, key: Ed25519PrivateKey) -> None:
        self.no = no
        self.key = key

    def token(
        self, coupon_id: str, coupon: Mapping[str, Any], template: CouponTemplate, holder: bytes | None = None
    ) -> str:
        """The signed form of a coupon. One that whoever brings it may use names no holder.

        `holder` is her mark where it is known from an earlier voucher only.
        """
        alone = is_hers_alone(transferable=template.transferable, given_at=coupon.get("given_at"))
        return sign_by_office(
            Voucher(
                coupon_id,
                template.no,
                coupon["valid_from"],
                coupon["valid_until"],
                coupon["value_fen"],
                holder if holder is not None else holder_mark(coupon["client_id"] if alone else None),
                key_no=self.no,
            ),
            self.key,
        )


def public_keys(connection: Connection) -> dict[int, bytes]:
    """The office's public keys (32 bytes, raw) by number."""
    rows = connection.execute(sa.select(_KEYS.c.no, _KEYS.c.public_key))
    return {row.no: bytes.fromhex(row.public_key) for row in rows}


def signer(writer: FeedWriter, secret: OfficeSecret) -> Signer:
    """The present signer; stages the first key and an empty recall list where there are none yet."""
    no = writer.connection.scalar(sa.select(sa.func.max(_KEYS.c.no)))
    if no is not None:
        return Signer(no, secret.coupon_key(no))
    return _add_key(writer, secret, 1)


def ensure_signing(connection: Connection, secret: OfficeSecret, now_ms: int) -> None:
    """Have a key and a recall list before anybody asks for them; a transaction of its own."""
    writer = FeedWriter(connection, now_ms)
    signer(writer, secret)
    writer.flush()


def new_key(writer: FeedWriter, secret: OfficeSecret) -> Signer:
    """Sign with a new key from now on; what the former signed holds on."""
    current = signer(writer, secret)
    stood = writer.connection.scalar(sa.select(_KEYS.c.no).where(_KEYS.c.no == current.no))
    return current if stood is None else _add_key(writer, secret, current.no + 1)


def _add_key(writer: FeedWriter, secret: OfficeSecret, no: int) -> Signer:
    made = Signer(no, secret.coupon_key(no))
    key: Key = (BRAND, "office_key", derived_id(0, f"office key {no}"))
    writer.load([key])
    if writer.get(key) is None:
        public = made.key.public_key().public_bytes_raw().hex()
        writer.put(key, {"no": no, "public_key": public, "since": writer.now_ms})
    stage_recalls(writer, made, ())
    return made


def stage_recalls(writer: FeedWriter, by: Signer, more: tuple[str, ...]) -> None:
    """The recall list with `more` entries, one version on; an unchanged list stays as it is.

    What says nothing any more is left out of a new version.
    """
    writer.load([RECALLS])
    held = writer.get(RECALLS)
    listed = msgspec.convert(dict(held.data), RecallList) if held else RecallList()
    known = set(listed.entries)
    fresh = [entry for entry in dict.fromkeys(more) if entry not in known]
    if held is not None and not fresh:
        return
    past = over(writer.connection, listed.entries, writer.now_ms)
    entries = [*(entry for entry in listed.entries if entry not in past), *fresh]
    listed = RecallList(version=listed.version + 1, at=writer.now_ms, entries=entries, key_no=by.no)
    rows = [{"entry": entry, "at": writer.now_ms} for entry in fresh]
    if rows:
        writer.connection.execute(insert(recall_entry).on_conflict_do_nothing(), rows)
    signed = msgspec.to_builtins(sign_list(listed, by.key))
    writer.put(RECALLS, {name: value for name, value in signed.items() if name != "id"})
