"""Head office and PCs come back from older backups, by the commands that staff would use: nobody's work is missing."""

from __future__ import annotations

import shutil
from pathlib import Path

from guide_app.cli.outcome import Exit
from tests.faults.brand import Pc, Work, healed, sound
from tests.faults.conftest import Stage


def rejoin(stage: Stage, pc: Pc) -> None:
    """What IT does when a PC says that it was copied or restored."""
    ended = pc.guide("init", "--rejoin", "--office", stage.origin, "--code", stage.truth.code())
    assert ended.code == Exit.DONE, ended


def told_forked(pc: Pc) -> None:
    """The PC refuses to hand in under a name that another copy has used, and says what to do."""
    ended = pc.sync()
    assert ended.code == Exit.FAILED, ended
    assert ended.doc["error"]["code"] == "device.forked"
    assert "--rejoin" in ended.doc["error"]["way_out"]


def all_of(*works: Work) -> Work:
    return Work([pair for work in works for pair in work.ids])


def test_an_office_restored_from_an_older_backup_is_given_what_it_lost(stage: Stage, pc: Pc, tmp_path: Path) -> None:
    with pc.book() as book:
        before = book.work("备份前")
    pc.settled()
    stage.control.settled()
    stage.office.run("backup", tmp_path / "office.dump")
    with pc.book() as book:
        after = book.work("备份后")
        book.db.change(lambda u: u.patch("client", before.client, {"remark": "备份后改"}), by=None, origin="test")
    with stage.control.book() as book:
        other = book.work("另一台")
    pc.settled()
    stage.control.settled()
    with pc.book() as book:
        unsent = book.work("还没上交")
    stage.office.run("restore", tmp_path / "office.dump")
    assert not stage.truth.holds("client", after.client)

    for one in (pc, stage.control):
        one.settled(repaired=True)
    healed(pc, stage.control, stage.truth, all_of(before, after, other, unsent))
    remark = "SELECT remark FROM client WHERE id::text = %(id)s"
    assert stage.truth.scalar(remark, id=before.client) == "备份后改"
    assert stage.office.run("check")["ok"] is True


def test_a_pc_restored_from_an_older_backup_keeps_its_unsent_work(stage: Stage, pc: Pc) -> None:
    copy = pc.folder / "copy.db"
    with pc.book() as book:
        before = book.work("备份前未交")
    assert pc.guide("backup", copy).code == Exit.DONE
    pc.settled()
    with pc.book() as book:
        after = book.work("备份后")
    pc.settled()
    assert pc.guide("restore", copy).code == Exit.DONE
    with pc.book() as book:
        later = book.work("恢复后")
    told_forked(pc)
    sound(pc, stage.truth)
    rejoin(stage, pc)
    healed(pc, stage.control, stage.truth, all_of(before, after, later))


def test_a_pc_restored_without_new_work_is_found_out_too(stage: Stage, pc: Pc) -> None:
    copy = pc.folder / "copy-idle.db"
    assert pc.guide("backup", copy).code == Exit.DONE
    with pc.book() as book:
        after = book.work("备份后")
    pc.settled()
    assert pc.guide("restore", copy).code == Exit.DONE
    told_forked(pc)
    rejoin(stage, pc)
    healed(pc, stage.control, stage.truth, after)


def test_of_two_copies_of_one_disk_the_second_becomes_a_new_pc(stage: Stage, pc: Pc) -> None:
    shutil.copytree(pc.folder, twin_folder := pc.folder.with_name("twin"))
    twin = Pc(twin_folder, pc.programs)
    with pc.book() as book:
        mine = book.work("原机")
    with twin.book() as book:
        theirs = book.work("副本")
    pc.settled()
    told_forked(twin)
    rejoin(stage, twin)
    healed(twin, stage.control, stage.truth, theirs)
    healed(pc, stage.control, stage.truth, all_of(mine, theirs))


def test_office_and_pc_both_restored_lose_only_what_neither_has(stage: Stage, pc: Pc, tmp_path: Path) -> None:
    copy = pc.folder / "copy-both.db"
    stage.office.run("backup", tmp_path / "office.dump")
    with pc.book() as book:
        first = book.work("总部备份后")
    pc.settled()
    assert pc.guide("backup", copy).code == Exit.DONE
    with pc.book() as book:
        lost = book.work("本机备份后")
    pc.settled()
    stage.office.run("restore", tmp_path / "office.dump")
    assert pc.guide("restore", copy).code == Exit.DONE
    for one in (pc, stage.control):
        one.settled(repaired=True)
    healed(pc, stage.control, stage.truth, first)
    assert not stage.truth.holds("client", lost.client)


def test_a_damaged_book_gives_way_to_its_backup(stage: Stage, pc: Pc) -> None:
    copy = pc.folder / "copy-damaged.db"
    with pc.book() as book:
        work = book.work("救回来")
    assert pc.guide("backup", copy).code == Exit.DONE
    damaged = bytes(range(256)) * 64
    pc.path.write_bytes(damaged)
    assert pc.guide("status").code == Exit.DAMAGED
    ended = pc.guide("restore", copy)
    assert ended.code == Exit.DONE, ended
    assert Path(ended.doc["previous"]).read_bytes() == damaged, "what was there is kept as it was"
    healed(pc, stage.control, stage.truth, work)
