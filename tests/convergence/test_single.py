"""Invariants that need a scene of their own: any paging is one pull (I6), poison holds nobody up (I9), idling (I13)."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from math import ceil, log2
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from guide_app.base.errors import OfficeUnreachableError
from guide_app.protocol.scopes import BRAND, store_scope
from guide_app.store.holding import held_rows
from guide_app.sync.backoff import Backoff, jitter
from tests.convergence.pc import Pc
from tests.convergence.world import MANAGERS, OTHER
from tests.helpers.memory_office import MemoryOffice, OfficeServer, serving
from tests.helpers.plain_book import STORE, HeldClock

SCOPE = store_scope(STORE)


@pytest.fixture
def clock() -> HeldClock:
    return HeldClock()


@pytest.fixture
def office(clock: HeldClock) -> MemoryOffice:
    made = MemoryOffice(clock)
    made.open_store(STORE, "南京西路店", "")
    made.codes |= {f"C{n}": STORE for n in range(9)}
    return made


@pytest.fixture
def server(office: MemoryOffice) -> Iterator[OfficeServer]:
    with serving(office) as running:
        yield running


@pytest.fixture
def pc_of(tmp_path: Path, blank: Path, server: OfficeServer, clock: HeldClock) -> Iterator[Callable[[int], Pc]]:
    made: list[Pc] = []

    def make(n: int) -> Pc:
        shutil.copytree(blank, tmp_path / f"pc{n}")
        pc = Pc(tmp_path / f"pc{n}", server.origin, clock, STORE, seed=n)
        pc.join(f"C{n}")
        made.append(pc)
        return pc

    yield make
    for pc in made:
        pc.close()


def ident(n: int) -> str:
    return f"018f0000-0000-7000-8000-{n:012x}"


def fill(office: MemoryOffice, steps: list[tuple[int, int]]) -> None:
    """A history of writes and ends of a few records of both scopes."""
    for n, what in steps:
        kind, store = ("client", STORE) if n % 2 else ("tag", "")
        if what == 0 and (kind, ident(n)) in office._feed(kind, store).live:
            office.end(kind, ident(n), store, "l" if n % 3 else "x")
        else:
            office.write(kind, ident(n), {"name": f"名{n}-{what}"}, store)


def held(pc: Pc) -> list[tuple[str, str, int]]:
    return [row for scope in (BRAND, SCOPE) for row in sorted(pc.db.query(lambda c, s=scope: list(held_rows(c, s))))]  # type: ignore[misc]


STEPS = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 4)), min_size=5, max_size=60)


# Each example plays two books against an office: making a failing one smaller would take minutes.
@settings(max_examples=6, phases=(Phase.explicit, Phase.generate))
@given(
    before=STEPS,
    after=STEPS,
    limits=st.lists(st.integers(1, 7), min_size=1, max_size=4),
    cuts=st.lists(st.integers(1, 60), max_size=3),
)
def test_i6_any_paging_and_any_cut_is_one_pull(
    tmp_path_factory: pytest.TempPathFactory, blank: Path, before: list[tuple[int, int]], after: list[tuple[int, int]],
    limits: list[int], cuts: list[int],
) -> None:  # fmt: skip
    clock, folder = HeldClock(), tmp_path_factory.mktemp("cuts")
    office = MemoryOffice(clock)
    office.open_store(STORE, "南京西路店", "")
    office.codes |= {"C0": STORE, "C1": STORE}
    with serving(office) as server:
        pcs: list[Pc] = []
        try:
            for n in range(2):
                shutil.copytree(blank, folder / f"pc{n}")
                pcs.append(Pc(folder / f"pc{n}", server.origin, clock, STORE, seed=n))
                pcs[n].join(f"C{n}")
            whole, parts = pcs
            for history in (before, after):
                fill(office, history)
                reports = [whole.sync()]
                for limit in limits:
                    parts.page_limit = limit
                    for nth in cuts:
                        with parts.power_cut(nth):
                            reports.append(parts.sync())
                reports.append(parts.sync())
                assert not any(report.repaired for report in reports), (
                    "I6 cuts: pages alone must do, without the digest's help"
                )
                assert held(parts) == held(whole), "I6 cuts: pages and a whole pull differ"
        finally:
            for pc in pcs:
                pc.close()


@pytest.mark.parametrize(("n", "k"), [(64, 1), (200, 3)])
def test_i9_poison_holds_nobody_up_and_costs_few_requests(
    pc_of: Callable[[int], Pc], office: MemoryOffice, n: int, k: int
) -> None:
    pc = pc_of(1)
    pc.sync()
    clients = [pc.put("client", name=f"客{i}") for i in range(n)]
    office.poison = {clients[(i + 1) * n // (k + 1)] for i in range(k)}
    office.requests.clear()
    report = pc.sync()
    live = {record_id for kind, record_id in office.feeds[SCOPE].live if kind == "client"}
    assert live == set(clients) - office.poison, "I9 progress: the others must be acknowledged"
    assert report.rejected == k
    asked = sum("push" in request for request in office.requests)
    assert asked <= 8 * (k + 1) * ceil(log2(n)), f"I9 progress: {asked} requests for {k} in {n}"


def test_i13_an_idle_round_is_one_question(pc_of: Callable[[int], Pc], office: MemoryOffice) -> None:
    pc = pc_of(1)
    pc.sync()
    office.requests.clear()
    pc.sync()
    assert office.requests == ["GET /sync/v1/pull"], "I13 idle: one question, no more"


def test_a_line_that_breaks_at_every_second_answer_still_gets_on(
    pc_of: Callable[[int], Pc], office: MemoryOffice, server: OfficeServer
) -> None:
    fill(office, [(n, 1) for n in range(60)])
    pc = pc_of(1)
    pc.page_limit = 4
    answers = iter(range(10_000))
    server.fault = lambda moment, _: "drop" if moment == "after" and next(answers) % 2 else ""
    for _ in range(40):
        try:
            pc.sync()
        except OfficeUnreachableError:
            continue
        break
    server.fault = lambda *_: ""
    pc.sync()
    assert len(held(pc)) == 60


def test_retries_are_spread_at_random() -> None:
    waits = [Backoff().pause(8, None, jitter) for _ in range(200)]
    assert max(waits) <= 128
    assert len({round(wait) for wait in waits}) > 40, "4,000 shops must not come back in the same second"


def test_a_pc_that_joins_anew_again_and_again_keeps_what_was_refused(
    pc_of: Callable[[int], Pc], office: MemoryOffice
) -> None:
    pc = pc_of(1)
    for name in range(2, 5):
        client = pc.put("client", name=f"第{name}次")
        office.poison = {client}
        pc.sync()
        pc.put("client", name="还没上交")
        pc.join(f"C{name}")
    refused = pc.rows("SELECT json_extract(data, '$.name') FROM outbox WHERE state = 'parked' ORDER BY mid DESC")
    assert refused == [("第2次",), ("第3次",), ("第4次",)]
    assert pc.rows("SELECT mid FROM outbox WHERE state = 'waiting'") == [(1,)]
    pc.sync()
    assert sum(kind == "client" for kind, _ in office.feeds[SCOPE].live) == 3


def test_i7_the_later_hour_wins_and_not_the_busier_pc(
    pc_of: Callable[[int], Pc], office: MemoryOffice, clock: HeldClock
) -> None:
    office.write("client", ident(1), {"name": "王"}, STORE)
    one, two = pc_of(1), pc_of(2)
    one.sync()
    two.sync()
    for n in range(5):
        one.patch("client", ident(1), remark=f"早上第{n}次")
    clock.move(3_600_000)
    two.patch("client", ident(1), remark="一小时以后")
    two.sync()
    one.sync()
    told = office.read("client", ident(1), STORE)
    assert told is not None
    assert told["remark"] == "一小时以后"


def test_i8_what_left_while_an_answer_was_lost_leaves_no_word(
    pc_of: Callable[[int], Pc], office: MemoryOffice, server: OfficeServer
) -> None:
    pc = pc_of(1)
    client = pc.put("client", name="赵姐")
    pc.sync()
    note = pc.put("note", client_id=client, body="走了的话")
    task = pc.put("task", title="走了的事")
    server.fault = lambda moment, request: "drop" if moment == "after" and "push" in request else ""
    with pytest.raises(OfficeUnreachableError):
        pc.sync()
    server.fault = lambda *_: ""
    for kind, record_id in (("task", task), ("note", note), ("client", client)):
        office.end(kind, record_id, STORE, "l")
    office.tidy()
    pc.sync()
    assert not pc.rows("SELECT 1 FROM outbox WHERE data LIKE '%走了的%'")
    assert "走了的".encode() not in pc.all_bytes()


def test_i8_nothing_stays_of_a_scope_that_was_granted_and_taken_back_between_two_pulls(
    pc_of: Callable[[int], Pc], office: MemoryOffice, server: OfficeServer, clock: HeldClock
) -> None:
    office.open_store(OTHER, "徐家汇店", "")
    manager = {"no": 1, "name": "店长", "role": "store_manager", "store_id": STORE}
    office.write("guide", MANAGERS[STORE], manager)
    pc = pc_of(1)
    client = pc.put("client", name="赵姐")
    pc.sync()
    (desk,) = office.desks.values()
    desk.grant(store_scope(OTHER))
    pc.command("client.transfer", client, MANAGERS[STORE], to_store=OTHER, reason="搬家")
    server.fault = lambda moment, request: "drop" if moment == "before" and "pull" in request else ""
    with pytest.raises(OfficeUnreachableError):
        pc.sync()
    server.fault = lambda *_: ""
    desk.drop(store_scope(OTHER), clock.now_ms())
    pc.sync()
    assert ("client", client) in office.feeds[store_scope(OTHER)].live
    assert pc.ids("client") == []
    pc.db.compact()
    assert "赵姐".encode() not in pc.all_bytes()


def test_i1_what_a_restored_office_writes_anew_is_told_from_what_it_lost(
    pc_of: Callable[[int], Pc], office: MemoryOffice, clock: HeldClock
) -> None:
    pc = pc_of(1)
    client = pc.put("client", name="钱姐")
    pc.sync()
    saved = office.backup()
    clock.move(1000)
    office.write("client", client, {"level": "金卡"}, STORE)
    pc.sync()
    clock.move(1000)
    office.restore(saved, "e2")
    office.write("client", client, {"level": "银卡"}, STORE)
    pc.sync()
    assert pc.rows("SELECT level FROM client") == [("银卡",)]


def test_i11_a_clock_a_year_ahead_costs_nothing_that_a_restored_office_needs(
    pc_of: Callable[[int], Pc], office: MemoryOffice
) -> None:
    pc = pc_of(1)
    saved = office.backup()
    client = pc.put("client", name="昨天的")
    pc.sync()
    pc.clock.skew_ms = 365 * 86_400_000
    pc.put("client", name="今天的")
    pc.sync()
    office.restore(saved, "e2")
    pc.sync()
    assert ("client", client) in office.feeds[SCOPE].live
    assert len(office.feeds[SCOPE].live) == 2


def test_i7_what_a_clock_ahead_wrote_first_does_not_win_when_the_office_asks_for_it_again(
    pc_of: Callable[[int], Pc], office: MemoryOffice, clock: HeldClock
) -> None:
    pc = pc_of(1)
    saved = office.backup()
    pc.clock.skew_ms = 365 * 86_400_000
    client = pc.put("client", name="赵姐")
    pc.patch("client", client, remark="先写的")
    pc.sync()
    pc.clock.skew_ms = 0
    pc.sync()
    clock.move(3_600_000)
    pc.patch("client", client, remark="后写的")
    pc.sync()
    told = office.read("client", client, STORE)
    assert told is not None
    assert told["remark"] == "后写的"
    office.restore(saved, "e2")
    report = pc.sync()
    told = office.read("client", client, STORE)
    assert told is not None
    assert (told["remark"], pc.rows("SELECT remark FROM client")) == ("后写的", [("后写的",)])
    assert report.merged == 0


def test_i10_what_was_refused_before_speaks_no_more_of_the_erased(
    pc_of: Callable[[int], Pc], office: MemoryOffice
) -> None:
    pc = pc_of(1)
    client = pc.put("client", name="赵姐")
    pc.sync()
    take, office._refusal = office._refusal, lambda *_: "record.invalid"  # type: ignore[method-assign]
    pc.put("note", client_id=client, body="不收的话")
    pc.sync()
    office._refusal = take  # type: ignore[method-assign]
    assert pc.rows("SELECT 1 FROM outbox WHERE data LIKE '%不收的话%'")
    office.do("client.erase", client, {}, store_id=STORE)
    pc.sync()
    assert not pc.rows("SELECT 1 FROM outbox WHERE data LIKE '%不收的话%'")
    assert "不收的话".encode() not in pc.all_bytes()


def test_i10_a_backup_put_back_after_her_tombstone_is_gone_speaks_no_more_of_the_erased(
    pc_of: Callable[[int], Pc], office: MemoryOffice, tmp_path: Path
) -> None:
    pc = pc_of(1)
    client = pc.put("client", name="赵姐")
    pc.sync()
    take, office._refusal = office._refusal, lambda *_: "record.invalid"  # type: ignore[method-assign]
    pc.put("note", client_id=client, body="不收的话")
    pc.sync()
    office._refusal = take  # type: ignore[method-assign]
    pc.save(tmp_path / "saved")
    office.do("client.erase", client, {}, store_id=STORE)
    office.tidy()
    pc.restore(tmp_path / "saved")
    pc.sync()
    assert not pc.rows("SELECT 1 FROM outbox WHERE data LIKE '%不收的话%'")
    pc.db.compact()
    assert "不收的话".encode() not in pc.all_bytes()


def test_i10_refused_words_about_somebody_who_left_do_not_stay_for_ever(
    pc_of: Callable[[int], Pc], office: MemoryOffice, clock: HeldClock
) -> None:
    pc = pc_of(1)
    client, kept = pc.put("client", name="赵姐"), pc.put("client", name="钱姐")
    pc.sync()
    take, office._refusal = office._refusal, lambda *_: "record.invalid"  # type: ignore[method-assign]
    pc.put("note", client_id=client, body="走了的话")
    pc.put("note", client_id=kept, body="还在的话")
    pc.sync()
    office._refusal = take  # type: ignore[method-assign]
    office.end("client", client, STORE, "l")
    pc.sync()
    refused = "SELECT json_extract(data, '$.body') FROM outbox WHERE state = 'parked' ORDER BY mid"
    assert pc.rows(refused) == [("走了的话",), ("还在的话",)], "a guide may still want to know what she wrote"
    clock.move(31 * 86_400_000)
    pc.put("client", name="孙姐")
    pc.sync()
    assert pc.rows(refused) == [(None,), ("还在的话",)]
    pc.db.compact()
    assert "走了的话".encode() not in pc.all_bytes()


def test_i8_what_was_handed_in_before_the_first_pull_goes_with_the_grant(
    pc_of: Callable[[int], Pc], office: MemoryOffice, server: OfficeServer, clock: HeldClock
) -> None:
    """The line broke after the first push, so the PC stands nowhere yet in the store that is taken back."""
    pc = pc_of(1)
    client = pc.put("client", name="赵姐")
    pc.put("note", client_id=client, body="写在前头")
    server.fault = lambda moment, request: "drop" if moment == "before" and "pull" in request else ""
    with pytest.raises(OfficeUnreachableError):
        pc.sync()
    server.fault = lambda *_: ""
    assert pc.rows("SELECT id FROM client") == [(client,)]
    office.desks[str(pc.scalar("SELECT token FROM device"))].drop(SCOPE, clock.now_ms())
    pc.sync()
    for kind in ("client", "note"):
        assert not pc.rows(f"SELECT id FROM {kind}"), kind
    assert pc.rows("SELECT value FROM device, json_each(device.scopes)") == [(BRAND,)]
    assert "写在前头".encode() not in pc.all_bytes()


def test_i10_refused_words_about_her_go_though_her_store_is_closed_to_this_pc(
    pc_of: Callable[[int], Pc], office: MemoryOffice
) -> None:
    """No frame of her store comes here any more: the PC asks after whom only its refused changes name."""
    pc = pc_of(1)
    client, other = pc.put("client", name="赵姐"), pc.put("client", name="孙姐")
    pc.sync()
    desk = office.desks[str(pc.scalar("SELECT token FROM device"))]
    desk.drop(SCOPE, office.clock.now_ms() - 10_000)
    pc.put("note", client_id=client, body="不收的话")
    pc.patch("client", client, remark="也不收")
    kept = pc.put("note", client_id=other, body="还在清单上的话")
    pc.sync()
    assert pc.rows("SELECT code FROM result ORDER BY mid") == [("scope.forbidden",)] * 3
    office.do("client.erase", client, {}, store_id=STORE)
    pc.sync()
    assert pc.rows("SELECT id FROM outbox WHERE state = 'parked' AND data <> '{}'") == [(kept,)]
    assert (desk.device_id, client) in office.confirmed
    for word in ("不收的话", "也不收"):
        assert word.encode() not in pc.all_bytes()
    office.requests.clear()
    office.do("client.erase", other, {}, store_id=STORE)
    pc.sync()
    pc.sync()
    assert office.requests.count("GET /sync/v1/erased") == 1, "who is forgotten is not asked for again"
