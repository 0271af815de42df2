"""转赠 in whatever order: given, used, merged, moved away, erased. Whose the coupon is, and of whom no word is left."""

from __future__ import annotations

from typing import Any

import msgspec
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection

from guide_app.base.clock import DAY_MS
from guide_app.protocol.coupon_code import make_code
from guide_app.protocol.messages import Mutation
from guide_app.protocol.scopes import BRAND
from head_office.coupons.recount import recount_coupons
from head_office.feed.check import check_feed
from head_office.store.tables import KIND_TABLES
from tests.head_office.kit import NOW, SECRET, Pc, enrol_device, make_store, make_template, new_id, put_all, rows_of
from tests.helpers.examples import few

WHO = ("giver", "friend", "other")
DEEDS = [
    *(("give", who) for who in WHO[1:]),
    *(("erase", who) for who in WHO),
    *(("merge", pair) for pair in (("giver", "friend"), ("friend", "giver"), ("friend", "other"), ("giver", "other"))),
    *(("move", who) for who in WHO),
    *(("use", who) for who in WHO[:2]),
    *(("use_unaware", who) for who in WHO[:2]),
]


class History:
    """A coupon of one of three clients of a store; a PC of each of two stores does what is asked, as far as it can."""

    def __init__(self, pc: Pc) -> None:
        self.engine = pc.engine
        self.now = NOW
        self.there = next((s["id"] for s in rows_of(pc.engine, "store") if s["code"] == "SH02"), "")
        if not self.there:
            self.there = make_store(pc.engine, "SH02", "徐家汇店", region="上海")
        self.pcs = [Pc(pc.engine, enrol_device(pc.engine, code), pc.rules) for code in ("SH01", "SH02")]
        self.template_id = make_template(pc.engine, transferable=True, claim_limit=1)
        known = [row["id"] for row in rows_of(pc.engine, "guide") if row["role"] == "store_manager"]
        self.manager = known[0] if known else new_id()
        role = {"no": 9, "role": "store_manager", "store_id": self.pcs[0].who.store_id}
        put_all(pc.engine, BRAND, "guide", {} if known else {self.manager: role})
        self.people = {who: new_id() for who in WHO}
        self.phones = {who: f"138{new_id()[-8:].translate(str.maketrans('abcdef', '012345'))}" for who in WHO}
        self.erased: set[str] = set()
        for who, client_id in self.people.items():
            self._push(0, "put", "client", client_id, name=who, phone=self.phones[who])
        self.coupon_id = new_id()
        asked: dict[str, Any] = {"template_id": self.template_id, "code": make_code(), "claimed_at": NOW}
        self._push(0, "command", "coupon.issue", self.coupon_id, client_id=self.people["giver"], **asked)

    def give(self, who: str) -> None:
        ids = {name: new_id() for name in ("gave_id", "got_id", "deed_id")}
        for pc in range(2):
            self._push(pc, "command", "coupon.give", self.coupon_id, client_id=self.people[who], **ids, at=self.now)

    def erase(self, who: str) -> None:
        gone = self._family(self.people[who])
        for pc in range(2):
            self._push(pc, "command", "client.erase", self.people[who], reason="本人要求")
        left = {row["id"] for row in rows_of(self.engine, "client")}
        self.erased |= gone - left

    def merge(self, pair: tuple[str, str]) -> None:
        one, into = (self.people[who] for who in pair)
        for pc in range(2):
            self._push(pc, "command", "client.merge", one, into=into)

    def move(self, who: str) -> None:
        self._push(0, "command", "client.transfer", self.people[who], to_store=self.there, reason="搬家")

    def use(self, who: str, **more: Any) -> None:
        coupon = self.coupon
        asked: dict[str, Any] = {"code": coupon["code"], "amount_fen": 40_000, "at": self.now}
        asked |= {"redemption_id": new_id(), "order_no": f"A{new_id()[-8:]}", "client_id": self.people[who], **more}
        self._push(0, "command", "coupon.redeem", self.coupon_id, **asked)

    def use_unaware(self, who: str) -> None:
        self.use(who, offline=True, known_until=NOW - DAY_MS, discount_fen=5_000)

    @property
    def coupon(self) -> dict[str, Any]:
        (held,) = [row for row in rows_of(self.engine, "coupon") if row["id"] == self.coupon_id]
        return held

    def claims(self, connection: Connection) -> int:
        """How many coupons of the batch count as taken by somebody, whatever her number is by now."""
        asked = {"template": self.template_id}
        query = "SELECT coalesce(sum(claims), 0) FROM coupon_claim WHERE template_id = %(template)s::uuid"
        return int(connection.exec_driver_sql(query, asked).scalar_one())

    def _family(self, client_id: str) -> set[str]:
        into = {row["id"]: row["merged_into"] for row in rows_of(self.engine, "client")}

        def root(one: str) -> str:
            while (above := into.get(one)) is not None:
                one = above
            return one

        return {one for one in into if root(one) == root(client_id)} | {client_id}

    def _push(self, pc: int, *what: Any, **data: Any) -> None:
        self.now += 60_000
        said: Mutation = self.pcs[pc].mutation(*what, ms=self.now, **data)
        self.pcs[pc].push(msgspec.structs.replace(said, by=self.manager), now_ms=self.now)


def require_sound(history: History) -> None:
    """What holds at any moment."""
    assert check_feed(history.engine).ok
    coupon, clients = history.coupon, {row["id"]: row for row in rows_of(history.engine, "client")}
    holder = clients.get(coupon["client_id"])
    if coupon["client_id"] is not None:
        assert holder is not None
        assert (holder["store_id"], holder["merged_into"]) == (coupon["store_id"], None)
    assert (coupon["status"] == "claimed") <= (holder is not None)  # nobody's coupon is free
    ends = [row for row in rows_of(history.engine, "coupon_gift") if row["coupon_id"] == history.coupon_id]
    assert sorted({row["side"] for row in ends}) == sorted(row["side"] for row in ends)
    for end in ends:
        assert clients[end["client_id"]]["store_id"] == end["store_id"]
        assert clients[end["client_id"]]["merged_into"] is None
    if coupon["given_at"] is None:
        assert ends == []
    counted = [
        row for row in rows_of(history.engine, "redemption")
        if row["coupon_id"] == history.coupon_id and row["status"] == "confirmed"
    ]  # fmt: skip
    assert len(counted) == (coupon["status"] == "redeemed")
    for kind in KIND_TABLES:
        said = str(rows_of(history.engine, kind))
        assert not any(one in said for one in history.erased), kind
    with history.engine.connect() as connection, connection.begin() as undone:
        live = history.claims(connection)
        connection.exec_driver_sql("DELETE FROM coupon_claim")
        recount_coupons(connection, SECRET)
        assert history.claims(connection) == live
        undone.rollback()


@settings(max_examples=few(6), suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(deeds=st.lists(st.sampled_from(DEEDS), min_size=2, max_size=7))
def test_whatever_happens_to_giver_and_receiver(pc: Pc, deeds: list[tuple[str, Any]]) -> None:
    history = History(pc)
    for deed, about in deeds:
        getattr(history, deed)(about)
    require_sound(history)
