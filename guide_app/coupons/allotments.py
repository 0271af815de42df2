"""额度: what a guide may hand out on this PC without network, and the coupons that come out of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import Connection

from guide_app.base.actor import Actor
from guide_app.base.clock import DAY_MS, Clock
from guide_app.base.errors import InvalidInputError
from guide_app.base.phrase import Phrase
from guide_app.coupons.proof import office_keys, present_ms, read_recalls
from guide_app.protocol.coupon_code import derive_code
from guide_app.protocol.coupon_records import CouponTemplate
from guide_app.protocol.coupon_terms import validity
from guide_app.protocol.recall import entry
from guide_app.protocol.voucher import (
    Certificate,
    Voucher,
    coupon_of,
    holder_mark,
    is_certified,
    sign_by_device,
)
from guide_app.store.database import Database
from guide_app.store.device import Device, enrolled_device
from guide_app.store.uow import UnitOfWork

_OPEN = """
    SELECT a.id, a.template_id, t.no AS template_no, t.name, a.guide_id, g.no AS guide_no, a.device_key, a.count AS n,
        a.budget_fen, a.starts_at, a.expires_at, a.key_no, a.signature,
        (SELECT coalesce(max(c.serial), -1) + 1 FROM coupon c WHERE c.allotment_id = a.id) AS used,
        (SELECT coalesce(sum(c.value_fen), 0) FROM coupon c WHERE c.allotment_id = a.id) AS drawn_fen
    FROM allotment a JOIN coupon_template t ON t.id = a.template_id JOIN guide g ON g.id = a.guide_id
    WHERE a.state = 'open' AND a.device_id = ? AND a.guide_id = ? ORDER BY a.expires_at, a.id"""
_OFFERED = """
    SELECT id, allot_count FROM coupon_template
    WHERE allot_count > 0 AND status = 'active' AND recalled_at IS NULL AND (valid_until = 0 OR valid_until > ?)"""
_ASKED = """
    SELECT json_extract(data, '$.template_id') FROM outbox
    WHERE op = 'command' AND kind = 'allotment.lease' AND json_extract(data, '$.guide_id') = ?
        AND (state = 'waiting' OR created_at > ? AND id NOT IN (SELECT id FROM allotment))"""
_REFUSED = "SELECT mid FROM outbox WHERE op = 'command' AND kind LIKE 'allotment.%' AND state = 'parked'"
_RETURNING = "SELECT id FROM outbox WHERE op = 'command' AND kind = 'allotment.return' AND state = 'waiting'"


@dataclass(frozen=True, slots=True)
class Allotment:
    """An open allotment of a guide on this PC: `left` coupons until `expires_at` (UTC ms)."""

    id: str
    template_id: str
    name: str
    count: int
    left: int
    drawn_fen: int
    expires_at: int
    certificate: Certificate


@dataclass(frozen=True, slots=True)
class Drawn:
    """A coupon out of an allotment, signed; handed out at `claimed_at` (UTC ms)."""

    coupon_id: str
    claimed_at: int
    code: str
    allotment_id: str
    serial: int
    valid_from: int
    valid_until: int
    value_fen: int
    token: str


class Allotments:
    """Asks head office for allotments in good time, and hands back what is over."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    def of_guide(self, guide_id: str) -> tuple[Allotment, ...]:
        """Her open allotments on this PC, those that end first at the head; also such that are over."""

        def read(conn: Connection) -> tuple[Allotment, ...]:
            device = enrolled_device(conn)
            return open_allotments(conn, device, guide_id)

        return self._db.query(read)

    def provide(self, actor: Actor) -> int:
        """Ask for what is running out, hand back what has ended; returns how many commands are on their way.

        For every batch that gives allotments: a new one as soon as not more than half of its size is left. What head
        office refused is asked for again a day later.
        """
        if actor.guide_id is None:
            return 0
        guide_id = actor.guide_id

        def deed(uow: UnitOfWork) -> int:
            conn, n = uow.conn, 0
            device = enrolled_device(conn)
            now = present_ms(device, self._clock)
            for mid in conn.exec_driver_sql(_REFUSED).scalars().all():
                uow.discard(mid)
            held = open_allotments(conn, device, guide_id)
            returning = set(conn.exec_driver_sql(_RETURNING).scalars())
            asked = set(conn.exec_driver_sql(_ASKED, (guide_id, self._clock.now_ms() - DAY_MS)).scalars())
            for over in held:
                if over.expires_at <= now and over.id not in returning:
                    uow.command("allotment.return", over.id, {}, effects=())
                    n += 1
            for template_id, size in conn.exec_driver_sql(_OFFERED, (now,)).all():
                left = sum(a.left for a in held if a.template_id == template_id and a.expires_at > now)
                if left * 2 <= size and template_id not in asked:
                    params = {"template_id": template_id, "guide_id": guide_id, "device_id": device.device_id}
                    uow.command("allotment.lease", uow.new_id(), params, effects=())
                    n += 1
            return n

        return self._db.change(deed, by=actor.guide_id, origin=actor.origin)


def open_allotments(conn: Connection, device: Device, guide_id: str) -> tuple[Allotment, ...]:
    """The guide's allotments on this PC that head office holds to be open."""
    found = []
    for row in conn.exec_driver_sql(_OPEN, (device.device_id, guide_id)).all():
        size, expires_at = row.n, row.expires_at
        certificate = Certificate(
            row.id, row.template_no, row.guide_no, bytes.fromhex(row.device_key), size, row.budget_fen,
            row.starts_at, expires_at, row.key_no, bytes.fromhex(row.signature),
        )  # fmt: skip
        left = max(0, size - row.used)
        found.append(Allotment(row.id, row.template_id, row.name, size, left, row.drawn_fen, expires_at, certificate))
    return tuple(found)


def has_allotment(conn: Connection, device: Device, terms: CouponTemplate, guide_id: str, now_ms: int) -> bool:
    """Whether a coupon of the batch is left for the guide on this PC."""
    return any(
        a.left and a.expires_at > now_ms for a in open_allotments(conn, device, guide_id) if a.template_id == terms.id
    )


def draw(
    uow: UnitOfWork, clock: Clock, terms: CouponTemplate, guide_id: str, client_id: str, below: Callable[[int], int]
) -> Drawn:
    """The next coupon out of the guide's allotments of a batch, signed by this PC.

    Raises InvalidInputError `coupon.no_allotment`, naming what is missing and the way out.
    """
    device = enrolled_device(uow.conn)
    now = present_ms(device, clock)
    recalls = read_recalls(uow.conn)
    keys = office_keys(uow.conn)
    mine = [
        a
        for a in open_allotments(uow.conn, device, guide_id)
        if a.template_id == terms.id
        and entry("allotment", a.id) not in recalls.entries
        and is_certified(a.certificate, keys.get(a.certificate.key_no, b""))
    ]
    if not mine:
        raise _none(Phrase("本机还没有这批券的额度"))
    running = [a for a in mine if a.expires_at > now]
    if not running:
        raise _none(Phrase("这批券的额度已到期"))
    value = _drawn_value(terms, below)
    chosen = next((a for a in running if a.left and a.drawn_fen + value <= a.certificate.budget_fen), None)
    if chosen is None:
        raise _none(Phrase("这批券的额度已用完"))
    serial = chosen.count - chosen.left
    # A clock that is a little behind head office's would hand it out before the lease began.
    claimed_at = max(now, chosen.certificate.starts_at)
    begins, until = validity(
        claimed_at, valid_from=terms.valid_from, valid_until=terms.valid_until, valid_days=terms.valid_days,
        starts_next_day=terms.starts_next_day,
    )  # fmt: skip
    key = Ed25519PrivateKey.from_private_bytes(device.signing_key or b"")
    voucher = Voucher(
        coupon_of(chosen.id, serial), terms.no, begins, until, value,
        holder_mark(None if terms.transferable else client_id), chosen.certificate.key_no, serial, chosen.certificate,
    )  # fmt: skip
    token = sign_by_device(voucher, key)
    code = derive_code(key.private_bytes_raw(), f"{chosen.id}:{serial}")
    return Drawn(voucher.coupon_id, claimed_at, code, chosen.id, serial, begins, until, value, token)


def _drawn_value(terms: CouponTemplate, below: Callable[[int], int]) -> int:
    if terms.kind != "random_off":
        return 0
    return terms.random_min_fen + below(max(0, terms.random_max_fen - terms.random_min_fen) + 1)


def _none(why: Phrase) -> InvalidInputError:
    return InvalidInputError(
        "coupon.no_allotment", "{why}, 现在不能发。", "连上网同步一次会领到新额度; 或换一种券。", why=why
    )
