"""kill -9 of the desktop at any statement, file and request: nothing lost, nothing doubled, open again at once."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest

from guide_app.store import backup
from guide_app.store.schema import HEAD
from guide_app.sync.blobs import BlobStore
from tests.faults.brand import KEY, NUMBER, OFFER, PIN, Pc, Work, healed, new_id, sound
from tests.faults.conftest import Stage
from tests.faults.crash_points import Doom
from tests.faults.old_book import FIRST, grow_old
from tests.faults.processes import Ended
from tests.faults.scenes import Scene, Verb, shares


def worked(_: Stage, pc: Pc) -> Work:
    with pc.book() as book:
        return book.work()


def at_work(stage: Stage, pc: Pc) -> Work:
    """A guide is at work, her client has reached the office."""
    assert pc.guide("login", "--guide", NUMBER, stdin=PIN + "\n").code == 0
    work = worked(stage, pc)
    pc.settled()
    return work


def many_clients(stage: Stage, _: Pc) -> Work:
    stage.truth.write_all("client", {new_id(): {"name": f"客{n}"} for n in range(40)})
    return Work()


def saying(*words: str | Path) -> Callable[[Stage, Pc, Work], Verb]:
    return lambda *_: list(words)


PUSH = Scene("push", worked, saying("sync", "--once"), "ask POST /sync/v1/push", "ask GET /sync/v1/pull")
PULL = Scene("pull", many_clients, saying("sync", "--once"), "ask GET /sync/v1/pull", page=3)
ERASE = Scene("erase", at_work, lambda _, __, work: ["erase", work.client, "--reason", "本人要求"], "sql BEGIN IMM")
ISSUE = Scene("issue", at_work, lambda _, __, w: ["coupon", "issue", OFFER, "--client", w.client], "sql BEGIN IMM")
BACKUP = Scene("backup", worked, lambda _, pc, __: ["backup", pc.folder / "copy.db"])


@pytest.mark.parametrize("share", shares(6))
@pytest.mark.parametrize("scene", [PUSH, PULL], ids=lambda scene: scene.name)
def test_a_round_killed_anywhere_is_finished_by_the_next(stage: Stage, pc: Pc, scene: Scene, share: float) -> None:
    work, _, _ = scene.cut(stage, pc, share)
    sound(pc, stage.truth)
    healed(pc, stage.control, stage.truth, work)


@pytest.mark.parametrize("share", shares(2))
def test_a_picture_half_fetched_is_fetched_again(stage: Stage, pc: Pc, share: float) -> None:
    def prepare(stage: Stage, pc: Pc) -> Work:
        pictures = [stage.truth.picture(n) for n in stage.next_numbers(3)]
        pc.settled()
        return Work([("blob", sha256) for sha256 in pictures])

    scene = Scene("blob", prepare, saying("sync", "--once", "--pictures"), "ask GET /sync/v1/blobs")
    work, _, _ = scene.cut(stage, pc, share)
    sound(pc, stage.truth)
    store = BlobStore(pc.folder / "pictures")
    for _, sha256 in work.ids:
        path = store.path(sha256)
        assert path is None or store.put(path.read_bytes()) == sha256, "a picture is there whole or not at all"
    assert pc.guide("sync", "--once", "--pictures").code == 0
    assert store.missing([sha256 for _, sha256 in work.ids]) == []
    assert not list((pc.folder / "pictures").rglob("*.part")), "what a dead program left is cleared away"


@pytest.mark.skipif(HEAD == FIRST, reason="the book has had one version only")
@pytest.mark.parametrize("share", shares(6))
def test_a_migration_happens_or_it_does_not(stage: Stage, pc: Pc, share: float) -> None:
    def prepare(stage: Stage, pc: Pc) -> Work:
        pc.settled()
        work = worked(stage, pc)
        grow_old(pc.path, KEY)
        return work

    scene = Scene("migration", prepare, saying("status"))
    work, _, _ = scene.cut(stage, pc, share)
    sound(pc, stage.truth)
    with pc.book() as book:
        assert book.rows("SELECT version_num FROM alembic_version") == [(HEAD,)]
        assert book.rows("SELECT count(*) FROM outbox WHERE state = 'waiting'") == [(4,)]
    healed(pc, stage.control, stage.truth, work)


@pytest.mark.parametrize("share", shares(4))
def test_a_backup_is_whole_or_not_there(stage: Stage, pc: Pc, share: float) -> None:
    copy = pc.folder / "copy.db"
    copy.unlink(missing_ok=True)
    work, _, _ = BACKUP.cut(stage, pc, share)
    sound(pc, stage.truth)
    if copy.exists():
        assert not backup.check(copy, KEY).faults
        copy.unlink()
    assert pc.guide("backup", copy).code == 0
    assert not list(pc.folder.glob("*.part")), "what a dead program left is cleared away"
    healed(pc, stage.control, stage.truth, work)


@pytest.mark.parametrize("share", shares(4))
def test_a_restore_leaves_the_old_book_or_the_new_one(stage: Stage, pc: Pc, share: float) -> None:
    copy = pc.folder / "copy.db"

    def prepare(stage: Stage, pc: Pc) -> Work:
        for old in pc.folder.glob("copy.db*"):
            old.unlink()
        work = worked(stage, pc)
        assert pc.guide("backup", pc.folder / "copy.db").code == 0
        with pc.book() as book:
            later = book.put("note", client_id=work.client, body="备份之后", at=6)
        return Work([*work.ids, ("note", later)], work.client)

    scene = Scene("restore", prepare, lambda _, pc, __: ["restore", pc.folder / "copy.db"])
    work, _, last = scene.cut(stage, pc, share)
    assert pc.path.exists(), f"there is no book after a death at: {last}"
    sound(pc, stage.truth)
    assert not backup.check(copy, KEY).faults
    with pc.book() as book:
        notes = book.rows("SELECT count(*) FROM note WHERE body = '备份之后'")
    there = Work(work.ids[:-1] if notes == [(0,)] else work.ids, work.client)
    healed(pc, stage.control, stage.truth, there)
    clear_asides(pc)


def clear_asides(pc: Pc) -> None:
    for path in pc.folder.glob("book.db.before-restore-*"):
        path.unlink()


@pytest.mark.parametrize("share", shares(3))
def test_a_rejoin_keeps_what_was_not_handed_in(stage: Stage, pc: Pc, share: float) -> None:
    codes: list[str] = []

    def verb(stage: Stage, _pc: Pc, _work: Work) -> Verb:
        codes.append(stage.truth.code())
        return ["init", "--rejoin", "--office", stage.origin, "--code", codes[-1]]

    scene = Scene("rejoin", worked, verb, "ask POST /sync/v1/enrol")
    work, _, _ = scene.cut(stage, pc, share)
    sound(pc, stage.truth)
    again = pc.guide("init", "--rejoin", "--office", stage.origin, "--code", codes[-1])
    assert again.code == 0, again
    healed(pc, stage.control, stage.truth, work)


@pytest.mark.parametrize("share", shares(3))
def test_a_first_start_is_finished_by_the_next(stage: Stage, tmp_path: Path, share: float) -> None:
    def begin(folder: Path, code: str, at: int) -> Ended:
        points = Doom(log=str(stage.folder / "first-start"), at=at, watch=str(folder))
        words = ("init", "--office", stage.origin, "--code", code, "--name", "1号机")
        return Pc(folder, stage.programs).guide(*words, doom=points)

    if "first start" not in stage.lengths:
        assert begin(stage.folder / "first", stage.truth.code(), 0).code == 0
        stage.lengths["first start"] = len((stage.folder / "first-start").read_text("utf-8").splitlines())
    code = stage.truth.code()
    assert begin(tmp_path / "pc", code, round(share * stage.lengths["first start"])).killed
    again = begin(tmp_path / "pc", code, 0)
    assert again.code == 0 or again.doc["error"]["code"] == "device.enrolled", again
    pc = Pc(tmp_path / "pc", stage.programs)
    assert pc.sync().code == 0
    with pc.book(bytes.fromhex((pc.folder / "key").read_text("ascii"))) as book:
        assert book.digests() == stage.truth.stands()


@pytest.mark.parametrize("share", shares(3))
def test_an_erasure_is_carried_out_to_the_end(stage: Stage, pc: Pc, share: float) -> None:
    work, _, _ = ERASE.cut(stage, pc, share)
    sound(pc, stage.truth)
    if not erased(pc, work.client):
        pc.guide("erase", work.client, "--reason", "本人要求")
    healed(pc, stage.control, stage.truth, Work())
    for kind, record_id in work.ids:
        assert not stage.truth.holds(kind, record_id)
    with pc.book() as book:
        assert work.client not in str(book.contents())


def erased(pc: Pc, client: str) -> bool:
    """Whether the request has been made."""
    with pc.book() as book:
        return bool(book.rows(f"SELECT 1 FROM outbox WHERE kind = 'client.erase' AND id = '{client}'"))


@pytest.mark.parametrize("share", shares(3))
def test_a_pc_shut_out_destroys_what_it_holds_in_the_end(stage: Stage, share: float) -> None:
    def prepare(stage: Stage, pc: Pc) -> Work:
        work = worked(stage, pc)
        pc.settled()
        assert pc.guide("backup", pc.folder / "copy.db").code == 0
        assert pc.guide("restore", pc.folder / "copy.db").code == 0
        with pc.book() as book:
            device = str(book.rows("SELECT device_id FROM device")[0][0])
        stage.office.run("revoke", device)
        return Work(work.ids, device)

    scene = Scene("shut out", prepare, saying("sync", "--once"), "ask GET", code=1)
    pc = stage.pc("shut-out")
    work, _, _ = scene.cut(stage, pc, share)
    assert pc.sync().code != 0
    assert not list(pc.folder.glob("book.db.before-restore-*"))
    with pc.book() as book:
        assert not any(book.contents().values())
        assert book.rows("SELECT device_id, token FROM device") == [(None, None)]
    assert stage.truth.scalar("SELECT wiped_ms FROM device WHERE id::text = %(id)s", id=work.client)


@pytest.mark.parametrize("share", shares(1))
def test_a_coupon_is_issued_once_or_not_at_all(stage: Stage, pc: Pc, share: float) -> None:
    work, _, _ = ISSUE.cut(stage, pc, share)
    sound(pc, stage.truth)
    with pc.book() as book:
        issued = book.rows(f"SELECT code FROM coupon WHERE client_id = '{work.client}'")
    assert len(issued) <= 1
    healed(pc, stage.control, stage.truth, work)
    counted = "SELECT count(*) FROM coupon WHERE client_id::text = %(id)s"
    assert stage.truth.scalar(counted, id=work.client) == len(issued)


@pytest.mark.parametrize("share", shares(1))
def test_an_import_begun_again_doubles_nothing(stage: Stage, pc: Pc, share: float) -> None:
    def prepare(stage: Stage, pc: Pc) -> Work:
        work = at_work(stage, pc)
        (first,) = stage.next_numbers(1)
        with (pc.folder / "clients.csv").open("w", encoding="utf-8", newline="") as stream:
            table = csv.writer(stream)
            table.writerow(["姓名", "手机"])
            table.writerows([f"导入{first}-{n}", f"137{first:04d}{n:04d}"] for n in range(300))
        return work

    scene = Scene(
        "import", prepare, lambda _, pc, __: ["import", "clients", pc.folder / "clients.csv"], "sql BEGIN IMM"
    )
    work, _, _ = scene.cut(stage, pc, share)
    sound(pc, stage.truth)
    again = pc.guide("import", "clients", pc.folder / "clients.csv")
    assert again.code == 0, again
    healed(pc, stage.control, stage.truth, work)
    first = (pc.folder / "clients.csv").read_text("utf-8").splitlines()[1].partition("-")[0]
    counted = "SELECT count(*) FROM client WHERE name LIKE %(name)s"
    assert stage.truth.scalar(counted, name=first + "-%") == 300
