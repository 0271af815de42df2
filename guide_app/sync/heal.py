"""Gives back to an office, restored from an older backup, what it had acknowledged and lost."""

from __future__ import annotations

from sqlalchemy import Connection

from guide_app.store import outbox, photos
from guide_app.store.apply import Applier
from guide_app.store.database import Database
from guide_app.store.device import read_device
from guide_app.store.order import keep_order
from guide_app.sync.errors import SyncStuckError
from guide_app.sync.plan import Standing, standing


def where_office_stands(conn: Connection, office_mid: int) -> Standing:
    """What the office's last number of ours means."""
    device = read_device(conn)
    held = conn.exec_driver_sql("SELECT count(*) FROM outbox WHERE mid > ?", (office_mid,)).scalar_one()
    return standing(office_mid, acked_mid=device.acked_mid, last_mid=device.last_mid, held_after=held)


def heal(db: Database, office_mid: int) -> None:
    """Let everything after `office_mid` wait again. Raises SyncStuckError if some of it is no longer held."""

    def work(applier: Applier) -> None:
        found = where_office_stands(applier.conn, office_mid)
        if found == "gap":
            raise SyncStuckError(
                "mutation.gap",
                "总部只有到第 {office_mid} 号为止的修改, 其后的一部分在本机已超过 30 天不再保留。",
                "请联系总部信息部门。",
                office_mid=office_mid,
            )
        if found == "forked":
            raise forked()
        if found == "lost":
            records = outbox.reopen(applier.conn, office_mid)
            keep_order(applier.conn, office_mid)
            applier.set_base_from_view(records)
            applier.lay_over(records)
            photos.send_again(applier.conn)

    db.apply(work)


def forked() -> SyncStuckError:
    """Another copy of this PC has been at work under its name."""
    return SyncStuckError(
        "device.forked",
        "这台电脑的数据曾被复制或从备份恢复, 总部已有这里没有的修改。",
        "向总部要一个新的登记码, 运行 guide init --rejoin; 未上交的修改会保留。",
    )
