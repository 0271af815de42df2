"""Choosing the acting guide with a PIN, and asking who it is."""

from __future__ import annotations

from collections.abc import Mapping

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

from guide_app.base.actor import Actor
from guide_app.base.clock import Clock
from guide_app.base.errors import LockedError, NotEnrolledError
from guide_app.roster.model import GuideRow, StoreRow, Tries
from guide_app.store.database import Database
from guide_app.store.uow import UnitOfWork

_ACTING = "roster.acting"


class Roster:
    """Knows the guides of this PC's store and who acts.

    PINs are checked here against argon2id hashes (RFC 9106) that came with the sync, so it works without network.
    """

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock
        self._hasher = PasswordHasher()

    def guides(self) -> tuple[GuideRow, ...]:
        """Active guides of this store, managers first."""
        statement = """SELECT g.id, g.no, g.number, g.name, g.role, p.pin_hash IS NOT NULL AND p.pin_hash <> '' AS ready
            FROM guide g JOIN device d ON d.store_id = g.store_id
            LEFT JOIN guide_pin p ON p.id = g.id AND p.store_id = g.store_id
            WHERE g.active ORDER BY g.role <> 'store_manager', g.number"""
        rows = self._db.query(lambda conn: conn.exec_driver_sql(statement).mappings().all())
        return tuple(GuideRow(**{**row, "ready": bool(row["ready"])}) for row in rows)

    def stores(self) -> tuple[StoreRow, ...]:
        """The other stores of the brand, by code."""
        statement = """SELECT s.id, s.code, s.name FROM store s
            WHERE s.id <> coalesce((SELECT store_id FROM device), '') ORDER BY s.code"""
        rows = self._db.query(lambda conn: conn.exec_driver_sql(statement).all())
        return tuple(StoreRow(*row) for row in rows)

    def names(self) -> Mapping[str, str]:
        """Names of all guides this PC has heard of, those of other stores and former ones included, by id."""
        rows = self._db.query(lambda conn: conn.exec_driver_sql("SELECT id, name FROM guide").all())
        return {row[0]: row[1] for row in rows}

    def login(self, number: str, pin: str, origin: str = "cli") -> Actor:
        """Make the guide with this staff number the acting one. Raises LockedError (unknown, wrong, too many tries)."""
        self._prove(number, pin, origin, acts=True)
        return self.acting(origin)

    def vouch(self, number: str, pin: str, origin: str = "cli") -> GuideRow:
        """The guide of this store who typed her PIN to answer for another's deed; who acts stays as it is.

        Raises LockedError as `login` does; wrong PINs count together.
        """
        return self._prove(number, pin, origin, acts=False)

    def _prove(self, number: str, pin: str, origin: str, *, acts: bool) -> GuideRow:
        guide = next((g for g in self.guides() if g.number == number), None)
        if guide is None or not guide.ready:
            raise LockedError(
                "locked.unknown",
                "本店没有工号 {number} 的导购, 或她还没有 PIN。",
                "请先同步, 或找店长。",
                number=number,
            )
        key = f"roster.tries.{guide.id}"
        now = self._clock.now_ms()
        tries = self._tries(key)
        if wait := tries.locked_for(now):
            raise LockedError(
                "locked.tries", "PIN 连续输错, 暂时锁定。", "请 {seconds} 秒后再试。", seconds=-(-wait // 1000)
            )
        right = self._matches(guide.id, pin)
        after = tries.after(right=right, now_ms=now)

        def deed(uow: UnitOfWork) -> None:
            uow.save_setting(key, f"{after.wrong}:{after.at}")
            if right and acts:
                uow.save_setting(_ACTING, guide.id)

        self._db.change(deed, by=guide.id, origin=origin)
        if not right:
            raise LockedError("locked.pin", "PIN 不对。", "请重新输入; 连错 5 次会锁定 1 分钟。")
        return guide

    def acting(self, origin: str = "cli") -> Actor:
        """The acting guide. Raises NotEnrolledError or LockedError."""
        statement = """SELECT g.id AS guide_id, g.no AS guide_no, g.number, g.name, g.role, d.store_id, d.store_name
            FROM setting s JOIN guide g ON g.id = s.value JOIN device d ON d.store_id = g.store_id
            WHERE s.key = ? AND g.active"""
        row = self._db.query(lambda conn: conn.exec_driver_sql(statement, (_ACTING,)).mappings().first())
        if row is not None:
            return Actor(**row, origin=origin)
        if self._db.query(lambda conn: conn.exec_driver_sql("SELECT device_id FROM device").scalar()) is None:
            raise NotEnrolledError(
                "not_enrolled", "这台电脑还没有登记。", "运行 guide init --office 网址 --code 登记码。"
            )
        raise LockedError("locked.nobody", "还没有选择导购。", "运行 guide login --guide 工号, 并输入 PIN。")

    def store_code(self) -> str:
        """The code by which tills and head office name this store; empty before the first sync."""
        statement = "SELECT s.code FROM device d JOIN store s ON s.id = d.store_id"
        return self._db.query(lambda conn: conn.exec_driver_sql(statement).scalar()) or ""

    def logout(self) -> None:
        """Nobody acts any more."""

        def deed(uow: UnitOfWork) -> None:
            uow.save_setting(_ACTING, "")

        self._db.change(deed, by=None, origin="roster")

    def _matches(self, guide_id: str, pin: str) -> bool:
        stored = self._db.query(
            lambda conn: conn.exec_driver_sql(
                "SELECT pin_hash FROM guide_pin WHERE id = ? AND store_id = (SELECT store_id FROM device)", (guide_id,)
            ).scalar_one()
        )
        try:
            return self._hasher.verify(stored, pin)
        except (VerifyMismatchError, InvalidHashError):
            return False

    def _tries(self, key: str) -> Tries:
        text = self._db.query(
            lambda conn: conn.exec_driver_sql("SELECT value FROM setting WHERE key = ?", (key,)).scalar()
        )
        if not text:
            return Tries()
        wrong, at = str(text).split(":")
        return Tries(int(wrong), int(at))
