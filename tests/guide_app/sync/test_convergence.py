"""Three PCs, one office, random work and a line that breaks: in the end all hold the same and nothing is lost."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guide_app.base.errors import InvalidInputError, NotFoundError, OfficeUnreachableError
from guide_app.protocol.messages import Mutation
from guide_app.protocol.scopes import BRAND, store_scope
from guide_app.store.holding import held_digest
from tests.helpers.desk import TestDesk
from tests.helpers.memory_office import Desk, MemoryOffice, OfficeServer, serving
from tests.helpers.plain_book import STORE, HeldClock

SCOPE = store_scope(STORE)
WORDS = ["红", "黑", "白", "乐福鞋", "羊毛"]


class World:
    """Three desks round one office; every deed is drawn from one random source."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.random = Random(seed)  # noqa: S311 - a test's dice
        self.clock = HeldClock()
        self.office = MemoryOffice(self.clock)
        self.office.open_store(STORE, "南京西路店", "")
        self.office.codes |= {f"C{n}": STORE for n in range(3)}
        self.notes: set[str] = set()
        self.faults: Counter[str] = Counter()
        self.folder = folder
        self.desks: list[TestDesk] = []

    def enter(self, server: OfficeServer) -> None:
        self.server = server
        self.desks = [TestDesk(self.folder / str(n), server.origin, self.clock, code=f"C{n}", seed=n) for n in range(3)]

    def fault(self, moment: str, request: str) -> str:
        if self.random.random() < 0.25:
            what = self.random.choice(["drop", "drop", "503", "429"])  # 500 is for poison, which has its own test
            self.faults[f"{moment} {what} {request.split('?', maxsplit=1)[0]}"] += 1
            return what
        return ""

    def act(self) -> None:
        self.clock.move(self.random.randrange(3000) - 500)
        desk = self.random.choice(self.desks)
        deed = self.random.choice([self.add, self.edit, self.edit, self.note, self.tag, self.untag, self.office_deed])
        try:
            deed(desk)
        except (InvalidInputError, NotFoundError):
            return  # the dice asked for what is not allowed, as a person might

    def pick(self, desk: TestDesk, kind: str) -> str | None:
        ids = desk.db.query(lambda c: [r[0] for r in c.exec_driver_sql(f"SELECT id FROM {kind} ORDER BY id")])
        return self.random.choice(ids) if ids else None

    def add(self, desk: TestDesk) -> None:
        desk.put("client", name=self.random.choice(WORDS))

    def edit(self, desk: TestDesk) -> None:
        if client := self.pick(desk, "client"):
            field = self.random.choice(["remark", "preference", "shoe_size"])
            desk.patch("client", client, **{field: self.random.choice(WORDS)})

    def note(self, desk: TestDesk) -> None:
        if client := self.pick(desk, "client"):
            self.notes.add(desk.put("note", client_id=client, body=self.random.choice(WORDS)))

    def tag(self, desk: TestDesk) -> None:
        if client := self.pick(desk, "client"):
            desk.put("client_tag", client_id=client, name=self.random.choice(WORDS))

    def untag(self, desk: TestDesk) -> None:
        if tag := self.pick(desk, "client_tag"):
            desk.remove("client_tag", tag)

    def office_deed(self, desk: TestDesk) -> None:
        del desk
        held = sorted(self.office.feeds[SCOPE].live)
        clients = [record_id for kind, record_id in held if kind == "client"]
        if clients:
            self.office.write("client", self.random.choice(clients), {"level": self.random.choice(WORDS)}, STORE)

    def sync(self, desk: TestDesk) -> None:
        desk.engine._page_limit = self.random.choice([1, 3, 2000])
        try:
            desk.sync()
        except OfficeUnreachableError:
            return  # the line broke; the next round goes on

    def quiet(self) -> None:
        self.server.fault = lambda *_: ""
        for _ in range(2):
            for desk in self.desks:
                desk.engine._page_limit = 2000
                desk.sync()


def contents(desk: TestDesk) -> list[tuple[object, ...]]:
    tables = ("client", "client_tag", "note")
    return desk.db.query(
        lambda c: [tuple(r) for t in tables for r in c.exec_driver_sql(f"SELECT * FROM {t} ORDER BY id")]
    )


def run(seed: int, n: int, spoil: Callable[[World], None] | None = None) -> World:
    """Play `n` deeds, let it become quiet, check the invariants; returns the world, its desks closed."""
    with tempfile.TemporaryDirectory() as folder:
        world = World(Path(folder), seed)
        with serving(world.office) as server:
            world.enter(server)
            try:
                server.fault = world.fault
                if spoil is not None:
                    spoil(world)
                for _ in range(n):
                    world.act()
                    if world.random.random() < 0.5:
                        world.sync(world.random.choice(world.desks))
                world.quiet()
                check(world)
            finally:
                for desk in world.desks:
                    desk.close()
    return world


def check(world: World) -> None:
    office = [(world.office.feeds[s].digest, len(world.office.feeds[s].live)) for s in (BRAND, SCOPE)]
    for desk in world.desks:
        assert desk.db.query(lambda c: [held_digest(c, s) for s in (BRAND, SCOPE)]) == office
        assert contents(desk) == contents(world.desks[0])
        waiting, based, parked = (
            desk.scalar(statement)
            for statement in (
                "SELECT count(*) FROM outbox WHERE state = 'waiting'",
                "SELECT count(*) FROM base",
                "SELECT count(*) FROM outbox WHERE state = 'parked'",
            )
        )
        assert (waiting, based, parked) == (0, 0, 0)
        issued = desk.db.query(lambda c: c.exec_driver_sql("SELECT last_mid FROM device").scalar_one())
        kept = desk.db.query(lambda c: [r[0] for r in c.exec_driver_sql("SELECT mid FROM outbox ORDER BY mid")])
        assert kept == list(range(1, issued + 1))
    live = world.office.feeds[SCOPE].live
    assert {record_id for kind, record_id in live if kind == "note"} == world.notes, "every fact, once"


@settings(max_examples=6)
@given(st.integers(0, 10_000))
def test_whatever_happens_all_become_equal(seed: int) -> None:
    run(seed, 50)


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(20))
def test_it_holds_over_long_runs(seed: int) -> None:
    run(seed, 400)


def test_the_dice_do_reach_the_faults() -> None:
    """The test is worth its name only if lines did break before and after the office had done its part."""
    seen = Counter[str]()
    for seed in range(4):
        seen += run(seed, 40).faults
    assert any(key.startswith("after drop POST") for key in seen)
    assert any(key.startswith("before") for key in seen)


def _lose_notes(world: World) -> None:
    """The office acknowledges every third note without writing it."""
    original = world.office._apply
    count = iter(range(1000))

    def apply(desk: Desk, mutation: Mutation) -> None:
        if mutation.kind != "note" or next(count) % 3:
            original(desk, mutation)

    world.office._apply = apply  # type: ignore[method-assign]


def test_a_seeded_fault_of_the_office_is_found() -> None:
    with pytest.raises(AssertionError, match="every fact, once"):
        run(1, 40, _lose_notes)


def test_a_seeded_fault_of_the_desk_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """A desk that advances its cursor without applying the page is caught."""
    from guide_app.store.apply import Applier  # noqa: PLC0415 - the part to spoil

    original = Applier.apply

    def lossy(self: Applier, frames: object) -> None:
        original(self, list(frames)[1:])  # type: ignore[call-overload]

    monkeypatch.setattr(Applier, "apply", lossy)
    with pytest.raises(AssertionError):
        run(2, 30)
