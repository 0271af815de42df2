"""The PC's disk is full or broken: a sentence that says so, nothing half done, and on as before once there is room."""

from __future__ import annotations

import pytest

from guide_app.cli.outcome import Exit
from tests.faults.brand import NUMBER, PIN, Pc, Work, healed, new_id, sound
from tests.faults.conftest import Stage
from tests.faults.crash_points import Doom

_FULL, _BROKEN = Doom(pages=2), Doom(file_bytes=8_192)
_TOLD = {"store.full", "store.io", "file.error", "pictures.io", "pictures.no_room"}


@pytest.mark.parametrize("doom", [_FULL, _BROKEN], ids=["full", "no more bytes"])
def test_a_round_without_room_keeps_what_was_there(stage: Stage, pc: Pc, doom: Doom) -> None:
    with pc.book() as book:
        work = book.work()
    stage.truth.write_all("client", {new_id(): {"name": f"客{n}", "remark": "长" * 200} for n in range(300)})
    ended = pc.sync(doom=doom)
    assert ended.code == Exit.FAILED, ended
    assert ended.doc["error"]["code"] in _TOLD
    assert "磁盘" in ended.doc["error"]["sentence"]
    sound(pc, stage.truth)
    healed(pc, stage.control, stage.truth, work)


@pytest.mark.parametrize("doom", [_FULL, _BROKEN], ids=["full", "no more bytes"])
def test_a_change_without_room_is_told_and_not_half_there(stage: Stage, pc: Pc, doom: Doom) -> None:
    assert pc.guide("login", "--guide", NUMBER, stdin=PIN + "\n").code == Exit.DONE
    ended = pc.guide("clients", "add", "--name", "王" * 40, "--set", "remark=" + "长" * 1900, doom=doom)
    if ended.code == Exit.DONE:  # it fitted into what was left
        pytest.fail("the disk was not full enough")
    assert ended.doc["error"]["code"] in _TOLD
    sound(pc, stage.truth)
    healed(pc, stage.control, stage.truth, Work())


def test_a_backup_without_room_leaves_nothing(pc: Pc) -> None:
    copy = pc.folder / "copy.db"
    ended = pc.guide("backup", copy, doom=Doom(file_bytes=65_536))
    assert ended.code != Exit.DONE
    assert not list(pc.folder.glob("copy.db*")), "an unfinished backup is no backup"
    assert pc.guide("backup", copy).code == Exit.DONE
    copy.unlink()


def test_a_restore_without_room_leaves_the_book(stage: Stage, pc: Pc) -> None:
    copy = pc.folder / "copy.db"
    assert pc.guide("backup", copy).code == Exit.DONE
    with pc.book() as book:
        work = book.work()
    ended = pc.guide("restore", copy, doom=Doom(file_bytes=65_536))
    assert ended.code != Exit.DONE
    assert ended.doc["error"]["sentence"]
    copy.unlink()
    sound(pc, stage.truth)
    healed(pc, stage.control, stage.truth, work)
