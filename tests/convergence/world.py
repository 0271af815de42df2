"""The world of the convergence tests: real books round one office, everything that can happen to them, and quiet.

Every deed takes a PC and two numbers, from Hypothesis in the state machine and from a seeded source in the soak. The
world keeps the account of what must be at the office in the end: what was written, less what a deed destroyed with its
last copy (a disk thrown away before it had handed in its work, an office restored when nobody holds what it lost).
"""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from random import Random

from guide_app.base.errors import GuideError, InvalidInputError, NotFoundError, OfficeUnreachableError
from guide_app.protocol.scopes import BRAND, Scope, store_scope
from guide_app.store.overlay import Effect
from guide_app.sync.errors import OfficeRefusedError, SyncStuckError
from guide_app.sync.removal import allow, held_removals
from tests.convergence.pc import Pc
from tests.helpers.memory_office import Desk, MemoryOffice, OfficeServer
from tests.helpers.plain_book import STORE, HeldClock

OTHER = "018f0000-0000-7000-8000-0000000000a2"
STORES = (STORE, OTHER)
#: The manager of each store.
MANAGERS = {STORE: "018f0000-0000-7000-8000-00000000a001", OTHER: "018f0000-0000-7000-8000-00000000a002"}
HOUR_MS = 3_600_000
DAY_MS = 24 * HOUR_MS
SKEWS_MS = (0, DAY_MS, -DAY_MS, 365 * DAY_MS, -365 * DAY_MS)
#: Kinds whose every record must arrive; tags may be removed again.
COUNTED = ("client", "note", "task")
ROUNDS = 3
_CROWD = 60
#: What ends a device's name at the office: it must be taken in anew.
_LOST_NAME = frozenset({"auth.invalid", "device.forked", "mutation.gap"})


class World:
    """PCs round one office."""

    def __init__(self, folder: Path, blank: Path, stores: Sequence[str], seed: int, fault_rate: float) -> None:
        self.folder = folder
        self.dice = Random(seed)  # noqa: S311 - a test's dice
        self.clock = HeldClock()
        self.office = MemoryOffice(self.clock)
        self.faults: Counter[str] = Counter()
        self.done: Counter[str] = Counter()
        self.pcs: list[Pc] = []
        #: What must be at the office in the end: kind and id.
        self.expected: set[tuple[str, str]] = set()
        #: The client that each note and task was written about.
        self.about: dict[str, str] = {}
        #: Marks of records that ended for good, kept over the office's tidying; fields of a newer office, by client.
        self.ended: set[tuple[str, str]] = set()
        self.newer: dict[str, str] = {}
        self._blank = blank
        self.fault_rate = fault_rate
        self._stores = stores
        self._made = 0
        self._saved: dict[str, Path] = {}
        self._vault: MemoryOffice | None = None
        for store, name in zip(STORES, ("南京西路店", "徐家汇店"), strict=True):
            self.office.open_store(store, name, f"OPEN-{name}")
            self.office.write("store", store, {"name": name, "code": name})
            manager = {"no": 1 + STORES.index(store), "name": "店长", "role": "store_manager", "store_id": store}
            self.office.write("guide", MANAGERS[store], manager)

    def enter(self, server: OfficeServer) -> None:
        """Take the PCs in and let the line be bad from now on."""
        self.server = server
        for store in self._stores:
            self.pcs.append(self._new_pc(store))
        server.fault = self._fault

    def close(self) -> None:
        """Let everything go."""
        for pc in self.pcs:
            pc.close()

    def act(self, deed: str, which: int, a: int, b: int) -> Pc:
        """One deed at one PC; what the dice ask for and the rules forbid is left undone, as with a person."""
        self.clock.move(1 + a % 1000)
        pc = self.pcs[which % len(self.pcs)]
        try:
            DEEDS[deed](self, pc, a, b)
        except (InvalidInputError, NotFoundError):
            return pc
        self.done[deed] += 1
        return pc

    def quiet(self) -> None:
        """The line is good, every guide allows what was held, staff mend what was poison: three rounds."""
        self.server.fault = lambda *_: ""
        for _ in range(ROUNDS):
            self.mend(self.pcs[0], 0, 0)
            self.clock.move(7 * HOUR_MS)
            for pc in self.pcs:
                pc.page_limit = 2000
                self._round(pc)
                for held in pc.db.query(held_removals):
                    allow(pc.db, held.scope, None)

    # --- the line ----------------------------------------------------------------------------------------------

    def _fault(self, moment: str, request: str) -> str:
        if self.dice.random() >= self.fault_rate:
            return ""
        before = ("drop", "503", "429", "twice", "late")
        what = self.dice.choice(before if moment == "before" else ("drop", "cut", "503"))
        self.faults[f"{moment} {what} {request.split('?', maxsplit=1)[0]}"] += 1
        return what

    def _round(self, pc: Pc) -> None:
        """One round; a PC that has lost its name is taken in anew with what it still has to hand in."""
        try:
            pc.sync()
        except OfficeUnreachableError:
            return
        except (SyncStuckError, OfficeRefusedError) as e:
            if e.code not in _LOST_NAME:
                raise
            self.done[f"({e.code})"] += 1
            with self.destroying(pc):
                self._join(pc)
        # Refused words about who is not held here go after thirty days; the number goes too if the office forgets it.
        self.ended |= set(pc.rows("SELECT kind, id FROM outbox WHERE state = 'parked' AND op = 'put' AND data = '{}'"))

    def _join(self, pc: Pc) -> None:
        self._made += 1
        code = f"C{self._made}"
        self.office.codes[code] = pc.store
        with self._good_line():
            pc.join(code)

    @contextmanager
    def _good_line(self) -> Iterator[None]:
        """A line without faults for a while, and as bad as before after it, also where the power goes meanwhile."""
        line, self.server.fault = self.server.fault, lambda *_: ""
        try:
            yield
        finally:
            self.server.fault = line

    def _new_pc(self, store: str) -> Pc:
        self._made += 1
        folder = self.folder / f"pc{self._made}"
        shutil.copytree(self._blank, folder)
        pc = Pc(folder, self.server.origin, self.clock, store, seed=self._made)
        self._join(pc)
        return pc

    # --- the account -------------------------------------------------------------------------------------------

    def at_office(self) -> set[tuple[str, str]]:
        """Every record that lives at the office."""
        return {key for feed in self.office.feeds.values() for key in feed.live}

    def queued(self) -> set[str]:
        """Every fact that some PC could still hand in."""
        return {record_id for pc in self.pcs for record_id in pc.queued()}

    def is_erased(self, client: str) -> bool:
        """Whether a client, or whoever she was merged into since, has been erased, in whatever store."""
        if client in self.office.erased:
            return True
        held = [state for feed in self.office.feeds.values() if (state := feed.state(("client", client)))]
        into = [state.data["merged_into"] for state in held if state.data.get("merged_into")]
        return any(self.is_erased(survivor) for survivor in into)

    @contextmanager
    def destroying(self, *pcs: Pc, office: bool = False) -> Iterator[None]:
        """A deed that may destroy the last copy of something: what nobody has afterwards is not expected any more."""
        risked = {record_id for pc in pcs for record_id in pc.mentioned()}
        if office:
            risked |= {record_id for _, record_id in self.at_office()}
        yield
        left = self.queued() | {record_id for _, record_id in self.at_office()}
        self.expected = {key for key in self.expected if key[1] not in risked or key[1] in left}

    def desk(self, pc: Pc) -> Desk:
        """The PC as the office knows it."""
        found: str = pc.scalar("SELECT token FROM device")
        return self.office.desks[found]

    def _expect(self, kind: str, record_id: str) -> str:
        self.expected.add((kind, record_id))
        return record_id

    def _client(self, pc: Pc, a: int) -> tuple[str, str] | None:
        rows = pc.rows("SELECT id, store_id FROM client ORDER BY id")
        return (rows[a % len(rows)][0], rows[a % len(rows)][1]) if rows else None

    def _own_client(self, pc: Pc, a: int) -> str | None:
        rows = pc.rows("SELECT id FROM client WHERE store_id = ? ORDER BY id", (pc.store,))
        return str(rows[a % len(rows)][0]) if rows else None

    # --- a guide's day -----------------------------------------------------------------------------------------

    def add_client(self, pc: Pc, a: int, b: int) -> None:
        scopes = [scope for scope in self.scopes(pc) if scope != BRAND]
        if scopes:
            store = scopes[b % len(scopes)].partition(":")[2]
            self._made += 1
            self._expect("client", pc.put("client", store, name=f"客{self._made:05d}号", shoe_size=str(a % 9)))

    def edit(self, pc: Pc, a: int, b: int) -> None:
        if found := self._client(pc, a):
            field = ("remark", "preference", "top_size")[b % 3]
            pc.patch("client", found[0], **{field: f"改{b}"})

    def note(self, pc: Pc, a: int, b: int) -> None:
        del b
        if found := self._client(pc, a):
            self._made += 1
            note = pc.put("note", found[1], client_id=found[0], body=f"记{self._made:05d}号")
            self.about[self._expect("note", note)] = found[0]

    def tag(self, pc: Pc, a: int, b: int) -> None:
        if found := self._client(pc, a):
            pc.put("client_tag", found[1], client_id=found[0], name=f"签{b % 5}")

    def untag(self, pc: Pc, a: int, b: int) -> None:
        del b
        if tags := pc.ids("client_tag"):
            pc.remove("client_tag", tags[a % len(tags)])

    def task(self, pc: Pc, a: int, b: int) -> None:
        del b
        if found := self._client(pc, a):
            self._made += 1
            task = pc.put("task", found[1], client_id=found[0], title=f"事{self._made:05d}号")
            self.about[self._expect("task", task)] = found[0]

    def complete(self, pc: Pc, a: int, b: int) -> None:
        rows = pc.rows("SELECT id FROM task WHERE status = 'open' AND store_id = ? ORDER BY id", (pc.store,))
        if rows:
            task = rows[a % len(rows)][0]
            effect = Effect("task", task, "patch", {"status": "done", "result": f"果{b}"})
            pc.command("task.complete", task, MANAGERS[pc.store], [effect], result=f"果{b}", at=pc.clock.now_ms())

    def merge(self, pc: Pc, a: int, b: int) -> None:
        one, two = self._own_client(pc, a), self._own_client(pc, b)
        if one and two and one != two:
            pc.command("client.merge", one, MANAGERS[pc.store], into=two)

    def transfer(self, pc: Pc, a: int, b: int) -> None:
        del b
        if client := self._own_client(pc, a):
            to_store = STORES[1 - STORES.index(pc.store)]
            pc.command("client.transfer", client, MANAGERS[pc.store], to_store=to_store, reason="搬家")

    def erase(self, pc: Pc, a: int, b: int) -> None:
        del b
        if client := self._own_client(pc, a):
            pc.command("client.erase", client, MANAGERS[pc.store], reason="本人要求")

    def sync(self, pc: Pc, a: int, b: int) -> None:
        pc.page_limit = (1, 3, 2000)[a % 3]
        pc.batch_limit = (1, 3, 500)[b % 3]
        self._round(pc)

    # --- accidents ---------------------------------------------------------------------------------------------

    def cut_round(self, pc: Pc, a: int, b: int) -> None:
        """The power goes in the midst of a round."""
        pc.page_limit = (1, 3, 2000)[b % 3]
        pc.batch_limit = (1, 3, 500)[b // 3 % 3]
        with pc.power_cut(1 + a % 150):
            self._round(pc)

    def cut_writing(self, pc: Pc, a: int, b: int) -> None:
        """The power goes while a guide saves: what she had not been told is saved need not be there."""
        if found := self._client(pc, b):
            with pc.power_cut(1 + a % 10):
                record_id = pc.put("note", found[1], client_id=found[0], body="半句")
                self.about[self._expect("note", record_id)] = found[0]

    def set_clock(self, pc: Pc, a: int, b: int) -> None:
        del b
        pc.clock.skew_ms = SKEWS_MS[a % len(SKEWS_MS)]

    def save(self, pc: Pc, a: int, b: int) -> None:
        """Back the PC up."""
        del a, b
        place = self.folder / f"saved-{pc.folder.name}"
        pc.save(place)
        self._saved[pc.folder.name] = place

    def restore(self, pc: Pc, a: int, b: int) -> None:
        """Put an older backup in place of the book."""
        del a, b
        if pc.folder.name in self._saved:
            with self.destroying(pc):
                pc.restore(self._saved[pc.folder.name])

    def copy_disk(self, pc: Pc, a: int, b: int) -> None:
        """A copy of the disk goes to work beside the PC, under the same name, in place of a neighbour."""
        del a
        old = self.pcs[b % len(self.pcs)]
        if old is not pc and old.store == pc.store:
            self._scrap(old)
            self._made += 1
            folder = self.folder / f"pc{self._made}"
            pc.save(folder)
            self.pcs.append(Pc(folder, self.server.origin, self.clock, pc.store, seed=self._made))

    def revoke(self, pc: Pc, a: int, b: int) -> None:
        """The office shuts the PC out, which destroys its book at the next contact; a new one takes its place."""
        del a, b
        desk = self.office.desks.get(str(pc.scalar("SELECT token FROM device")))
        if desk is None:
            return
        others = [p for p in self.pcs if p is not pc and p.scalar("SELECT token FROM device") == desk.token]
        if others:
            return  # its copy would be shut out with it
        desk.revoked = True
        self._saved.clear()  # a backup of the same name would be shut out with it
        with self._good_line(), self.destroying(pc):
            self._see_wiped(pc, desk)
            self.pcs.remove(pc)
        pc.close()
        self.pcs.append(self._new_pc(pc.store))

    def _see_wiped(self, pc: Pc, desk: Desk) -> None:
        try:
            pc.sync()
        except GuideError as e:
            assert e.code == "device.revoked", e.code  # noqa: PT017 - one check of many in a run of the dice
        assert desk.wiped, "I8 privacy: a PC that was shut out must destroy its book"
        assert b"\xe5\xae\xa2" not in pc.all_bytes(), "I8 privacy: names are left on a PC that was shut out"

    def _scrap(self, pc: Pc) -> None:
        with self.destroying(pc):
            self.pcs.remove(pc)
        pc.close()

    # --- at the office -----------------------------------------------------------------------------------------

    def office_edit(self, pc: Pc, a: int, b: int) -> None:
        del pc
        held = sorted((key, store) for store in STORES for key in self.office.feeds[store_scope(store)].live)
        clients = [(key[1], store) for key, store in held if key[0] == "client"]
        if clients:
            client, store = clients[a % len(clients)]
            self.office.write("client", client, {"level": f"级{b}"}, store)

    def cancel_task(self, pc: Pc, a: int, b: int) -> None:
        del b
        feed = self.office.feeds[store_scope(pc.store)]
        tasks = sorted(key[1] for key in feed.live if key[0] == "task")
        if tasks:
            self.office.write("task", tasks[a % len(tasks)], {"status": "cancelled"}, pc.store)

    def newer_field(self, pc: Pc, a: int, b: int) -> None:
        """An office of a newer version gives a client a field that the desktop does not know."""
        feed = self.office.feeds[store_scope(pc.store)]
        clients = sorted(key[1] for key in feed.live if key[0] == "client")
        if clients:
            client = clients[a % len(clients)]
            self.newer[client] = f"属相{b}"
            self.office.write("client", client, {"zodiac": self.newer[client]}, pc.store)

    def grant(self, pc: Pc, a: int, b: int) -> None:
        """Help in the other store, or its end."""
        del b
        desk = self.office.desks.get(str(pc.scalar("SELECT token FROM device")))
        if desk is None:
            return
        other = store_scope(STORES[1 - STORES.index(pc.store)])
        if a % 2:
            desk.grant(other)
        else:
            desk.drop(other, self.clock.now_ms())

    def tidy(self, pc: Pc, a: int, b: int) -> None:
        """All PCs were away for longer than tombstones are kept.

        Leave markers stay while somebody has work to hand in: without them the office cannot tell a client who moved
        from one it has never seen, and would take a copied disk's second word of her for a new person.
        """
        del pc, a, b
        self._remember_ended()
        waiting = any(pc.scalar("SELECT count(*) FROM outbox WHERE state = 'waiting'") for pc in self.pcs)
        self.office.tidy("x" if waiting else "xl")

    def _remember_ended(self) -> None:
        feeds = self.office.feeds.values()
        self.ended |= {key for feed in feeds for key, mark in feed.ended.items() if mark.mark == "x"}

    def crowd(self, pc: Pc, a: int, b: int) -> None:
        """The office fills a dictionary, or empties it again at one go."""
        del pc, b
        ids = [f"018f0000-0000-7000-8000-{0xF0000 + n:012x}" for n in range(_CROWD)]
        for record_id in ids:
            if a % 2:
                self.office.write("tag", record_id, {"name": "签"})
            elif ("tag", record_id) in self.office.feeds[BRAND].live:
                self.office.end("tag", record_id)

    def poison(self, pc: Pc, a: int, b: int) -> None:
        """A note that the office cannot digest."""
        self.note(pc, a, b)
        notes = pc.rows("SELECT id FROM outbox WHERE kind = 'note' AND state = 'waiting' ORDER BY mid DESC LIMIT 1")
        self.office.poison |= {row[0] for row in notes}

    def mend(self, pc: Pc, a: int, b: int) -> None:
        """Staff mend the cause and replay what was set aside for it."""
        del pc, a, b
        self.office.poison.clear()
        for desk in self.office.desks.values():
            for mid, mutation in list(desk.quarantine.items()):
                if mutation.op == "void":
                    self.office.replay(desk, mid)

    def save_office(self, pc: Pc, a: int, b: int) -> None:
        del pc, a, b
        self._vault = self.office.backup()

    def restore_office(self, pc: Pc, a: int, b: int) -> None:
        """The office goes back to its backup; PCs taken in since then must be taken in anew."""
        del pc, a, b
        if self._vault is not None:
            self._remember_ended()
            # A backup from before an erasure has it undone, except where it was asked for: its words need not return.
            self.expected = {k for k in self.expected if not self.is_erased(self.about.get(k[1], k[1]))}
            with self.destroying(office=True):
                self._made += 1
                self.office.restore(self._vault, f"e{self._made}")
            held = {key[1]: state.data for feed in self.office.feeds.values() for key, (_, state) in feed.live.items()}
            self.newer = {client: data["zodiac"] for client, data in held.items() if "zodiac" in data}

    def scopes(self, pc: Pc) -> list[Scope]:
        """What the PC believes to be granted."""
        found = pc.rows("SELECT value FROM device, json_each(device.scopes) ORDER BY value")
        return [row[0] for row in found]


Deed = Callable[[World, Pc, int, int], None]
DAILY: dict[str, Deed] = {
    "add_client": World.add_client, "edit": World.edit, "note": World.note, "tag": World.tag, "untag": World.untag,
    "task": World.task, "complete": World.complete, "sync": World.sync, "office_edit": World.office_edit,
}  # fmt: skip
RARE: dict[str, Deed] = {
    "merge": World.merge, "transfer": World.transfer, "erase": World.erase, "cut_round": World.cut_round,
    "cut_writing": World.cut_writing, "set_clock": World.set_clock, "save": World.save, "restore": World.restore,
    "copy_disk": World.copy_disk, "revoke": World.revoke, "cancel_task": World.cancel_task,
    "newer_field": World.newer_field, "grant": World.grant, "tidy": World.tidy, "crowd": World.crowd,
    "poison": World.poison, "mend": World.mend, "save_office": World.save_office,
    "restore_office": World.restore_office,
}  # fmt: skip
DEEDS = {**DAILY, **RARE}
