"""What this PC is to head office: the one row of `device`."""

from __future__ import annotations

from dataclasses import dataclass, field

from sqlalchemy import Connection, select, update

from guide_app.base.errors import NotEnrolledError
from guide_app.protocol.scopes import Scope
from guide_app.store.tables import DEVICE


@dataclass(frozen=True, slots=True)
class Device:
    """This PC. Before enrolment `device_id` and `store_id` are None.

    `tag` ends its stamps, `key_no` and `link_key` sign its links, `offset_ms` is the office's clock minus ours (ms),
    `last_mid` numbers its last change and `acked_mid` the last one that the office has settled,
    whose chain is `acked_chain`. `wiped_at`: head office shut this PC out, and everything on it was destroyed then.
    """

    device_id: str | None
    tag: str
    key_no: int
    store_id: str | None
    store_name: str
    scopes: tuple[Scope, ...]
    link_origin: str
    brand: str
    office: str
    enrolled_at: int | None
    last_mid: int
    acked_mid: int
    acked_chain: str
    last_stamp: str
    offset_ms: int
    last_contact_ms: int | None
    wiped_at: int | None
    token: str | None = field(repr=False)
    link_key: bytes | None = field(repr=False)
    signing_key: bytes | None = field(repr=False)

    @property
    def enrolled(self) -> bool:
        """Whether head office has taken this PC in."""
        return self.device_id is not None


_READ = select(*(DEVICE.c[name] for name in Device.__dataclass_fields__))


def read_device(conn: Connection) -> Device:
    """The device row; an unenrolled one before enrolment."""
    row = conn.execute(_READ).mappings().one()
    return Device(**{**row, "scopes": tuple(row["scopes"])})


def enrolled_device(conn: Connection) -> Device:
    """The device row. Raises NotEnrolledError before enrolment."""
    device = read_device(conn)
    if not device.enrolled:
        raise NotEnrolledError(
            "device.not_enrolled",
            "这台电脑还没有登记到总部。",
            "向总部要一个登记码, 运行 guide init --office 地址 --code 登记码。",
        )
    return device


def save_device(conn: Connection, **columns: object) -> None:
    """Write columns of the device row; the caller is inside a change of the store."""
    conn.execute(update(DEVICE).values(**columns))


def save_counters(conn: Connection, last_mid: int, last_stamp: str) -> None:
    """Remember the last number and stamp given out."""
    conn.exec_driver_sql("UPDATE device SET last_mid = ?, last_stamp = ?", (last_mid, last_stamp))
