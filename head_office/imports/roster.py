"""Imports of stores and guides."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
import sqlalchemy as sa
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError
from msgspec import UNSET
from sqlalchemy import Connection

from guide_app.base.clock import Clock
from guide_app.base.errors import InvalidInputError
from guide_app.base.tabular.fields import Field, Reading
from guide_app.base.tabular.people import parse_line, parse_number, parse_short
from guide_app.base.tabular.values import parse_flag, plain
from guide_app.protocol.scopes import BRAND, store_scope
from head_office.feed.rows import Key
from head_office.feed.write import FeedWriter
from head_office.imports.keyed import STORE_TITLES, gather_keyed, ids_by, stores_by_word, unknown_store, verdict
from head_office.imports.ledger import Ledger
from head_office.imports.model import Options, Problem, Unit, Verdict
from head_office.roster.service import GuideIn, StoreIn, save_guides, save_stores
from head_office.store.tables import KIND_TABLES

_MANAGERS = frozenset(("店长", "经理", "store_manager", "manager"))
_GUIDES = frozenset(("导购", "店员", "营业员", "guide", "staff"))
_PIN_DIGITS = range(4, 9)
_PIN_WEIGHT = 100  # hashing one takes 50 ms: few in a transaction, so that the brand is not closed for long


def _parse_role(text: str) -> str:
    word = plain(text).lower()
    if word in _MANAGERS:
        return "store_manager"
    if word in _GUIDES:
        return "guide"
    raise InvalidInputError("guide.role", f"「{text}」不是角色。", "请输入 导购 或 店长。")


def _parse_pin(text: str) -> str:
    pin = plain(text).removesuffix(".0")
    if not pin.isascii() or not pin.isdigit() or len(pin) not in _PIN_DIGITS:
        raise InvalidInputError("guide.pin", "PIN 必须是 4 到 8 位数字。")  # what was typed is not repeated
    return pin


class StoreImporter:
    """门店: known by code."""

    fields = (
        Field(
            "code",
            ("代码", "门店代码", "门店编号", "门店编码", "编号", "编码", "店号", "store code"),
            parse_number,
            required=True,
        ),
        Field("name", ("名称", "门店", "门店名称", "店名", "store"), parse_short),
        Field("region", ("区域", "地区", "城市", "大区", "country"), parse_short),
        Field("address", ("地址", "门店地址"), parse_line),
        Field("phone", ("电话", "门店电话", "联系电话"), parse_number),
        Field("hours", ("营业时间", "opening hours"), parse_short),
    )
    measure = ""
    tables = ("store",)

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    def gather(self, reading: Reading, ledger: Ledger) -> list[Unit[StoreIn]]:
        """One unit a store."""
        return gather_keyed(reading, ledger, lambda values: (values["code"], StoreIn(**said(values))))

    def take(self, connection: Connection, units: Sequence[Unit[StoreIn]]) -> list[Verdict | Problem]:
        """Write stores; a new one must have a name."""
        writer = FeedWriter(connection, self._clock.now_ms())
        known = ids_by(connection, "store", "code", {unit.record.code for unit in units})
        named = [unit.record for unit in units if unit.record.code in known or unit.record.name is not UNSET]
        saved = save_stores(writer, named)
        verdicts: list[Verdict | Problem] = [
            verdict(writer, (BRAND, "store", saved.ids[unit.record.code]))
            if unit.record.code in saved.ids
            else Problem("名称", "", "store.no_name", f"新门店「{unit.record.code}」要有名称。")
            for unit in units
        ]
        writer.flush()
        return verdicts

    def finish(self) -> Sequence[str]:
        """Nothing is left."""
        return ()


@dataclass(frozen=True, slots=True)
class GuideRow:
    """A guide as a row has her. `store` is a code or a name; `pin` is kept as its hash only."""

    guide: GuideIn
    store: str
    pin: str


class GuideImporter:
    """导购: known by staff number. A column PIN sets the number with which she logs in at her store's PCs."""

    fields = (
        Field("number", ("工号", "导购工号", "员工号", "编号", "staff no"), parse_number, required=True),
        Field("name", ("姓名", "导购", "名字"), parse_short),
        Field("role", ("角色", "职位", "岗位"), _parse_role),
        Field("store", STORE_TITLES, parse_short),
        Field("active", ("在职", "有效"), parse_flag),
        Field("pin", ("PIN", "PIN 码", "密码"), _parse_pin),
    )
    measure = ""
    tables = ("guide", "guide_pin")

    def __init__(self, clock: Clock, options: Options) -> None:
        self._clock = clock
        self._store = options.store
        self._hasher = PasswordHasher()

    def gather(self, reading: Reading, ledger: Ledger) -> list[Unit[GuideRow]]:
        """One unit a guide."""
        weight = _PIN_WEIGHT if "pin" in reading.columns else 1
        return gather_keyed(reading, ledger, self._build, weight=weight)

    def take(self, connection: Connection, units: Sequence[Unit[GuideRow]]) -> list[Verdict | Problem]:
        """Write guides and the hashes of their PINs; a new guide must have a name and a store."""
        writer = FeedWriter(connection, self._clock.now_ms())
        stores = stores_by_word(connection, {unit.record.store for unit in units})
        known = ids_by(connection, "guide", "number", {unit.record.guide.number for unit in units})
        problems = {i: why for i, unit in enumerate(units) if (why := _problem(unit.record, stores, known))}
        placed = {i: _placed(unit.record, stores) for i, unit in enumerate(units) if i not in problems}
        saved = save_guides(writer, list(placed.values()))
        verdicts: list[Verdict | Problem] = []
        for i, unit in enumerate(units):
            if i in problems:
                verdicts.append(problems[i])
                continue
            key: Key = (BRAND, "guide", saved.ids[placed[i].number])
            guide = writer.get(key)
            done = verdict(writer, key)
            store_id = guide.data["store_id"] if guide is not None else None
            new_pin = self._keep_pin(writer, key[2], store_id, unit.record.pin)
            verdicts.append("changed" if new_pin and done == "unchanged" else done)
        writer.flush()
        return verdicts

    def finish(self) -> Sequence[str]:
        """Nothing is left."""
        return ()

    def _build(self, values: Mapping[str, Any]) -> tuple[object, GuideRow]:
        known = said(values, but=("store", "pin"))
        return values["number"], GuideRow(GuideIn(**known), values.get("store") or self._store, values.get("pin") or "")

    def _keep_pin(self, writer: FeedWriter, guide_id: str, store_id: str | None, pin: str) -> bool:
        """Let the hash of her PIN stand in her store's scope and nowhere else; returns whether anything changed."""
        table = KIND_TABLES["guide_pin"]
        query = sa.select(table.c.store_id, table.c.pin_hash).where(table.c.id == guide_id)
        held: dict[str, str] = {place: pin_hash for place, pin_hash in writer.connection.execute(query)}  # noqa: C416 - rows, not pairs
        elsewhere = [place for place in held if place != store_id]
        for place in elsewhere:
            writer.remove((store_scope(place), "guide_pin", guide_id))
        here = held.get(store_id or "")
        wanted = here or next((held[place] for place in elsewhere), None)
        if pin and not self._matches(wanted, pin):
            wanted = self._hasher.hash(pin)
        if store_id is None or wanted is None or wanted == here:
            return bool(elsewhere)
        writer.put((store_scope(store_id), "guide_pin", guide_id), {"pin_hash": wanted})
        return True

    def _matches(self, stored: str | None, pin: str) -> bool:
        if not stored:
            return False
        try:
            return self._hasher.verify(stored, pin)
        except (VerifyMismatchError, InvalidHashError):
            return False


def said(values: Mapping[str, Any], but: Sequence[str] = ()) -> dict[str, Any]:
    """The cells that say something; a blank one leaves the field as it is."""
    return {name: value for name, value in values.items() if value is not None and name not in but}


def _problem(row: GuideRow, stores: Mapping[str, object], known: Mapping[str, str]) -> Problem | None:
    if row.store and row.store not in stores:
        return unknown_store(row.store)
    if row.guide.number in known:
        return None
    if not row.store:
        return unknown_store("")
    if row.guide.name is UNSET:
        return Problem("姓名", "", "guide.no_name", f"新导购「{row.guide.number}」要有姓名。")
    return None


def _placed(row: GuideRow, stores: Mapping[str, tuple[str, str]]) -> GuideIn:
    """The guide with the code of her store."""
    return msgspec.structs.replace(row.guide, store_code=stores[row.store][0]) if row.store else row.guide
