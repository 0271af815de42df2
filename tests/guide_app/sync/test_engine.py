"""A round of sync, against an office over real HTTP."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from guide_app.base.errors import NotEnrolledError, OfficeUnreachableError
from guide_app.protocol.merge import State
from guide_app.protocol.scopes import BRAND, store_scope
from guide_app.store.holding import held_digest
from guide_app.sync.errors import OfficeBusyError, SyncStuckError
from guide_app.sync.plan import corrected_offset, measured_offset
from guide_app.sync.queries import SyncQueries
from tests.helpers.desk import TestDesk
from tests.helpers.memory_office import Done, MemoryOffice, OfficeServer
from tests.helpers.plain_book import STORE, HeldClock, open_book

SCOPE = store_scope(STORE)
CLIENT = "018f0000-0000-7000-8000-00000000c001"
PRODUCT = "018f0000-0000-7000-8000-00000000b001"
COUPON = "018f0000-0000-7000-8000-00000000e001"
Make = Callable[..., TestDesk]


def equal(desk: TestDesk, office: MemoryOffice) -> bool:
    """The desk holds exactly what the office holds in its scopes."""
    scopes = (BRAND, SCOPE)
    held = desk.db.query(lambda conn: [held_digest(conn, scope) for scope in scopes])
    return held == [(office.feeds[scope].digest, len(office.feeds[scope].live)) for scope in scopes]


def test_what_a_guide_writes_offline_arrives_and_comes_to_the_other_pc(desk_of: Make, office: MemoryOffice) -> None:
    one, two = desk_of(1), desk_of(2)
    client = one.put("client", name="王女士", phone="13800000001")
    one.put("note", client_id=client, body="喜欢乐福鞋", at=5)
    one.patch("client", client, starred=True)

    report = one.sync()

    assert (report.pushed, report.rejected, report.merged) == (3, 0, 0)
    assert all(scope.equal for scope in report.scopes)
    assert office.read("client", client, STORE)["starred"] is True  # type: ignore[index]
    two.sync()
    assert two.field("client", client, "name") == "王女士"
    assert equal(one, office)
    assert equal(two, office)


def test_a_quiet_round_asks_once_and_changes_nothing(desk: TestDesk, office: MemoryOffice) -> None:
    desk.sync()
    office.requests.clear()
    report = desk.sync()
    assert (report.pushed, report.pulled) == (0, 0)
    assert office.requests == ["GET /sync/v1/pull"]


def test_own_writes_do_not_come_back_as_news(desk: TestDesk) -> None:
    desk.sync()
    desk.put("client", name="王女士")
    report = desk.sync()
    assert (report.pushed, report.pulled) == (1, 0)
    assert all(scope.equal for scope in report.scopes)


def test_what_the_office_writes_arrives_and_later_versions_replace_it(desk: TestDesk, office: MemoryOffice) -> None:
    office.write("product", PRODUCT, {"name": "乐福鞋", "points": ["头层牛皮"], "price_fen": 42900})
    desk.sync()
    office.write("product", PRODUCT, {"price_fen": 39900})
    report = desk.sync()
    assert report.pulled == 1
    assert desk.field("product", PRODUCT, "price_fen") == 39900
    assert desk.field("product", PRODUCT, "points") == '["头层牛皮"]'


def test_pending_edits_stay_visible_through_pulls_and_win_when_later(desk: TestDesk, office: MemoryOffice) -> None:
    office.write("client", CLIENT, {"name": "王", "remark": "旧"}, STORE)
    desk.sync()
    desk.patch("client", CLIENT, remark="新")
    office.write("client", CLIENT, {"level": "金卡"}, STORE)
    desk.engine._office.push = _refuse_push  # type: ignore[method-assign,assignment]
    with pytest.raises(OfficeUnreachableError):
        desk.sync()
    from guide_app.sync.pull import PullRound  # noqa: PLC0415 - the pull alone, as if the push had not happened yet

    PullRound(desk.db, desk.engine._office, lambda _: None, 2000).run()
    assert (desk.field("client", CLIENT, "remark"), desk.field("client", CLIENT, "level")) == ("新", "金卡")


def _refuse_push(*_: object) -> None:
    raise OfficeUnreachableError("office.unreachable", "no")


def test_a_rejected_change_is_parked_with_its_reason_and_the_base_shows_through(
    desk: TestDesk, office: MemoryOffice
) -> None:
    office.write("client", CLIENT, {"name": "王", "remark": "旧"}, STORE)
    desk.sync()
    desk.patch("client", CLIENT, remark="新")
    office.end("client", CLIENT, STORE)

    report = desk.sync()

    assert report.rejected == 1
    assert report.needs_attention
    assert desk.field("client", CLIENT, "remark") is None, "the office erased her"
    (parked,) = SyncQueries(desk.db).parked()
    assert (parked.code, parked.sentence) == ("record.gone", "这条记录已被删除。")
    assert desk.scalar("SELECT count(*) FROM base") == 0


def test_a_refused_edit_gives_way_to_the_offices_version(desk: TestDesk, office: MemoryOffice) -> None:
    office.write("client", CLIENT, {"name": "王", "remark": "旧"}, STORE)
    desk.sync()
    desk.patch("client", CLIENT, remark="新")
    office._refusal = lambda *_: "scope.forbidden"  # type: ignore[method-assign]
    desk.sync()
    assert desk.field("client", CLIENT, "remark") == "旧"
    (parked,) = SyncQueries(desk.db).parked()
    assert parked.data == {"remark": "新"}


def test_the_loser_of_two_edits_is_told_what_he_lost(desk_of: Make, clock: HeldClock, office: MemoryOffice) -> None:
    one, two = desk_of(1), desk_of(2)
    office.write("client", CLIENT, {"name": "王"}, STORE)
    one.sync()
    two.sync()
    one.patch("client", CLIENT, remark="一", shoe_size="37")
    clock.move(1000)
    two.patch("client", CLIENT, remark="二")
    two.sync()
    report = one.sync()

    assert report.merged == 1
    assert one.field("client", CLIENT, "remark") == "二"
    assert one.field("client", CLIENT, "shoe_size") == "37", "edits of different fields are both kept"
    (lost,) = SyncQueries(one.db).lost()
    assert (lost.field, lost.sent, lost.now) == ("remark", "一", "二")
    two.sync()
    assert equal(one, office)
    assert equal(two, office)


@pytest.mark.parametrize("moment", ["before", "after"])
def test_a_lost_reply_costs_nothing(desk: TestDesk, server: OfficeServer, office: MemoryOffice, moment: str) -> None:
    client = desk.put("client", name="王")
    desk.put("note", client_id=client, body="来过", at=1)
    broken = iter(["drop"])
    server.fault = lambda when, request: next(broken, "") if (when, "push" in request) == (moment, True) else ""
    with pytest.raises(OfficeUnreachableError):
        desk.sync()
    assert desk.scalar("SELECT count(*) FROM outbox WHERE state = 'waiting'") == 2
    desk.patch("client", client, remark="后来")
    report = desk.sync()
    assert report.rejected == 0
    assert desk.scalar("SELECT count(*) FROM outbox WHERE state = 'waiting'") == 0
    assert len(office.feeds[SCOPE].live) == 2
    assert office.read("client", client, STORE)["remark"] == "后来"  # type: ignore[index]
    assert equal(desk, office)


def test_a_replayed_answer_shows_the_same(desk: TestDesk, server: OfficeServer, office: MemoryOffice) -> None:
    office.write("client", CLIENT, {"name": "王"}, STORE)
    desk.sync()
    desk.patch("client", CLIENT, remark="新")
    note = desk.put("note", client_id=CLIENT, body="来过", at=1)
    broken = iter(["drop"])
    server.fault = lambda when, request: next(broken, "") if (when, "push" in request) == ("after", True) else ""
    with pytest.raises(OfficeUnreachableError):
        desk.sync()
    desk.sync()
    assert (desk.field("client", CLIENT, "remark"), desk.field("note", note, "body")) == ("新", "来过")
    assert equal(desk, office)


def test_a_set_element_removed_here_is_gone_there(desk_of: Make, office: MemoryOffice) -> None:
    one, two = desk_of(1), desk_of(2)
    client = one.put("client", name="王")
    tag = one.put("client_tag", client_id=client, name="乐福鞋", at=1)
    one.sync()
    two.sync()
    two.remove("client_tag", tag)
    assert two.field("client_tag", tag, "name") is None
    two.sync()
    one.sync()
    assert one.field("client_tag", tag, "name") is None
    assert equal(one, office)
    assert equal(two, office)


def test_a_record_that_leaves_the_scope_is_purged_with_all_the_queue_says_of_it(
    desk: TestDesk, office: MemoryOffice
) -> None:
    client = desk.put("client", name="赵秘密", phone="13911112222")
    desk.sync()
    office.end("client", client, STORE, mark="l")
    desk.sync()
    assert desk.field("client", client, "name") is None
    assert desk.scalar("SELECT count(*) FROM outbox WHERE data LIKE '%赵秘密%'") == 0


def test_a_withdrawn_grant_purges_the_scope(desk: TestDesk, office: MemoryOffice) -> None:
    client = desk.put("client", name="王")
    desk.sync()
    next(iter(office.desks.values())).granted.discard(SCOPE)
    desk.sync()
    assert desk.field("client", client, "name") is None
    assert [stand.scope for stand in SyncQueries(desk.db).standing().scopes] == [BRAND]


def test_kinds_and_fields_of_a_newer_office_are_kept(desk: TestDesk, office: MemoryOffice) -> None:
    office.write("client", CLIENT, {"name": "王", "zodiac": "龙"}, STORE)
    feed = office.feeds[SCOPE]
    feed.write(("appointment", "018f0000-0000-7000-8000-00000000f001"), State({"text": "想要红色"}))
    report = desk.sync()
    assert all(scope.equal for scope in report.scopes), "what is not understood is held all the same"
    desk.patch("client", CLIENT, remark="改")
    desk.sync()
    assert feed.live[("client", CLIENT)][1].data["zodiac"] == "龙"
    assert desk.field("client", CLIENT, "extra") == '{"zodiac":"龙"}'
    assert desk.scalar("SELECT count(*) FROM unknown_record WHERE kind = 'appointment'") == 1


def test_a_record_that_does_not_fit_is_set_aside_and_reported(desk: TestDesk, office: MemoryOffice) -> None:
    office.write("client", CLIENT, {"name": "王", "birth_month": 13}, STORE)
    good = "018f0000-0000-7000-8000-00000000c002"
    office.write("client", good, {"name": "李"}, STORE)
    report = desk.sync()
    assert desk.field("client", good, "name") == "李"
    assert [scope.equal for scope in report.scopes] == [True, False]
    assert SyncQueries(desk.db).standing().quarantined == 1
    office.write("client", CLIENT, {"birth_month": 12}, STORE)
    report = desk.sync()
    assert all(scope.equal for scope in report.scopes)
    assert SyncQueries(desk.db).standing().quarantined == 0


def test_a_scope_that_differs_is_read_anew_and_is_equal_again(desk: TestDesk, office: MemoryOffice) -> None:
    for n in range(5):
        office.write("client", CLIENT[:-1] + str(n), {"name": f"客{n}"}, STORE)
    desk.sync()
    stray = CLIENT[:-1] + "9"
    desk.db.apply(
        lambda a: (
            a.conn.exec_driver_sql("DELETE FROM client WHERE name = '客1'"),
            a.conn.exec_driver_sql(
                "INSERT INTO client (id, store_id, name, seq) VALUES (?, ?, 'x', 1)", (stray, STORE)
            ),
            a.conn.exec_driver_sql("UPDATE cursor SET held_digest = ''"),
        )
    )
    report = desk.sync()
    assert report.repaired == (SCOPE,)
    assert all(scope.equal for scope in report.scopes)
    assert desk.field("client", stray, "name") is None
    assert equal(desk, office)


def test_an_office_restored_from_a_backup_gets_back_what_it_lost(desk_of: Make, office: MemoryOffice) -> None:
    one, two = desk_of(1), desk_of(2)
    early = one.put("client", name="早")
    one.sync()
    two.sync()
    saved = office.backup()
    late = one.put("client", name="晚", phone="13800000009")
    one.patch("client", early, remark="备份之后")
    one.sync()
    theirs = two.put("client", name="二号机的")
    two.sync()
    one.sync()
    office.restore(saved, "e2")

    for _ in range(2):
        one.sync()
        two.sync()
    report = one.sync()

    assert office.read("client", late, STORE)["name"] == "晚"  # type: ignore[index]
    assert office.read("client", early, STORE)["remark"] == "备份之后"  # type: ignore[index]
    assert office.read("client", theirs, STORE)["name"] == "二号机的"  # type: ignore[index]
    assert all(scope.equal for scope in report.scopes)
    assert equal(one, office)
    assert equal(two, office)


def test_a_pc_restored_from_a_backup_is_stopped_and_can_join_again(
    desk: TestDesk, desk_of: Make, office: MemoryOffice, server: OfficeServer, clock: HeldClock
) -> None:
    desk.put("client", name="一")
    desk.sync()
    saved = desk.db.path.parent.parent / "copy"
    desk.db.close()
    saved.mkdir()
    for file in desk.db.path.parent.iterdir():
        (saved / file.name).write_bytes(file.read_bytes())
    again = desk_of(1, code="")
    again.put("client", name="二")
    again.sync()
    clock.move(60_000)

    copied = TestDesk(saved, server.origin, desk.clock, seed=77)
    try:
        kept = copied.put("client", name="备份里写的")
        with pytest.raises(SyncStuckError) as caught:
            copied.sync()
        assert caught.value.code == "device.forked"
        from guide_app.sync.enrol import Application, enrol  # noqa: PLC0415 - used once
        from guide_app.sync.transport import Transport  # noqa: PLC0415 - used once

        transport = Transport(server.origin, None, desk.clock)
        enrol(copied.db, transport, server.origin, Application("CODE-5", "换机", "0.1.0", bytes(32)), rejoin=True)
        transport.close()
    finally:
        copied.close()
    joined = TestDesk(saved, server.origin, desk.clock, seed=78)
    try:
        report = joined.sync()
        assert report.rejected == 0
        until = joined.db.query(lambda c: c.exec_driver_sql("SELECT key FROM setting").scalars().all())
        assert any(key.startswith("device.former.") for key in until), "it knows what it was enrolled as"
        assert office.read("client", kept, STORE)["name"] == "备份里写的"  # type: ignore[index]
        assert equal(joined, office)
    finally:
        joined.close()


def test_a_page_that_follows_another_place_than_asked_for_is_not_taken_over(
    desk: TestDesk, office: MemoryOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.sync()
    for n in range(3):
        office.write("client", f"018f0000-0000-7000-8000-0000000000c{n}", {"name": f"客{n}"}, STORE)
    feed = office.feeds[SCOPE]
    page = feed.page
    monkeypatch.setattr(feed, "page", lambda after, limit: page(after + 1, limit))  # a cache's answer of another day
    with pytest.raises(OfficeUnreachableError, match="以前的回答"):
        desk.sync()
    assert desk.scalar("SELECT count(*) FROM client") == 0
    monkeypatch.undo()
    desk.sync()
    assert desk.scalar("SELECT count(*) FROM client") == 3


def test_one_poisonous_change_is_parked_and_the_others_go_on(desk: TestDesk, office: MemoryOffice) -> None:
    clients = [desk.put("client", name=f"客{n}") for n in range(40)]
    office.poison = {clients[13], clients[29]}
    report = desk.sync()
    assert (report.pushed, report.rejected) == (40, 2)
    assert len(office.feeds[SCOPE].live) == 38
    parked = SyncQueries(desk.db).parked()
    assert {p.change.record_id for p in parked} == office.poison
    assert {p.data["name"] for p in parked} == {"客13", "客29"}
    assert len(office.requests) < 80


def test_an_office_that_fails_at_everything_parks_nothing(desk: TestDesk, server: OfficeServer) -> None:
    desk.put("client", name="王")
    server.fault = lambda *_: "500"
    with pytest.raises(OfficeBusyError):
        desk.sync()
    assert desk.scalar("SELECT state FROM outbox") == "waiting"


def test_without_enrolment_nothing_is_asked(tmp_path_factory: pytest.TempPathFactory, desk: TestDesk) -> None:
    from guide_app.sync.engine import SyncEngine  # noqa: PLC0415 - used once

    db = open_book(tmp_path_factory.mktemp("fresh"), enrol=False)
    try:
        with pytest.raises(NotEnrolledError):
            SyncEngine(db, desk.transport).run_once()
    finally:
        db.close()


def test_a_command_shows_its_effect_at_once_and_the_offices_answer_later(
    desk: TestDesk, office: MemoryOffice, clock: HeldClock
) -> None:
    from guide_app.store.overlay import Effect  # noqa: PLC0415 - used once

    office.write("coupon", COUPON, {"code": "7KQ2M9RTX4HD3J", "status": "claimed"}, STORE)
    desk.sync()
    redemption = "018f0000-0000-7000-8000-00000000d00d"

    def deed(uow: object) -> None:
        uow.command(  # type: ignore[attr-defined]
            "coupon.redeem",
            COUPON,
            {"redemption_id": redemption},
            [
                Effect("coupon", COUPON, "patch", {"status": "redeemed", "redeemed_at": clock.ms}),
                Effect("redemption", redemption, "put", {"coupon_id": COUPON, "status": "pending"}),
            ],
        )

    desk.db.change(deed, by=None, origin="test")
    assert desk.field("coupon", COUPON, "status") == "redeemed"
    assert desk.field("redemption", redemption, "status") == "pending"

    def refuse(_: MemoryOffice, mutation: object) -> Done:
        del mutation
        return Done("coupon.redeemed")

    office.commands["coupon.redeem"] = refuse
    report = desk.sync()
    assert report.rejected == 1
    assert desk.field("coupon", COUPON, "status") == "claimed"
    assert desk.field("redemption", redemption, "status") is None
    assert equal(desk, office)


def test_the_clock_is_set_right_by_the_office(desk: TestDesk, office: MemoryOffice) -> None:
    office.clock = HeldClock(desk.clock.now_ms() + 3_600_000)
    desk.sync()
    office.write("store", STORE, {"phone": "021"})
    desk.sync()
    assert desk.db.query(lambda c: c.exec_driver_sql("SELECT offset_ms FROM device").scalar()) == 3_600_000
    note_at = desk.db.change(lambda uow: uow.now_ms, by=None, origin="test")
    assert note_at == office.clock.now_ms()


@pytest.mark.parametrize(
    ("sent", "got", "server", "kept"),
    [
        (1_000, 1_040, 1_020, 0),  # agrees
        (1_000, 1_300, 1_640, 0),  # within the network's noise
        (1_000, 9_000, 1_000, 0),  # made at once and eight seconds under way: the clocks may well agree
        (1_000, 9_000, 9_000, 0),
        (1_000, 9_000, 9_100, 4_100),  # no way round it: the office is ahead
        (1_000, 1_040, 5_020, 4_000),
    ],
)
def test_a_slow_answer_does_not_set_a_right_clock_wrong(sent: int, got: int, server: int, kept: int) -> None:
    assert corrected_offset(0, measured_offset(sent, got, server)) == kept


def test_only_one_process_syncs_at_a_time(desk: TestDesk) -> None:
    from guide_app.store.lock import BusyError, file_lock  # noqa: PLC0415 - used once

    with file_lock(desk.db.path.with_name("sync.lock"), 0), pytest.raises(BusyError):
        desk.engine.run_once(lock_wait_s=0)
