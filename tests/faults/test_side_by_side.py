"""Several processes on one book, and changes while a round is under way."""

from __future__ import annotations

from guide_app.cli.outcome import Exit
from tests.faults.brand import GUIDE, Pc, Work, healed, new_id, sound
from tests.faults.conftest import Stage


def test_rounds_at_once_on_one_book_hand_in_once(stage: Stage, pc: Pc) -> None:
    with pc.book() as book:
        works = [book.work(f"客{n}") for n in range(20)]
    running = [pc.start("sync", "--once") for _ in range(3)]
    ended = [one.wait() for one in running]
    assert [one.code for one in ended] == [Exit.DONE] * 3, ended
    assert sum(one.doc["pushed"] for one in ended) == 80
    sound(pc, stage.truth)
    healed(pc, stage.control, stage.truth, Work([pair for work in works for pair in work.ids]))


def test_work_during_a_round_waits_for_the_next(stage: Stage, pc: Pc) -> None:
    stage.truth.write_all("client", {new_id(): {"name": f"客{n}"} for n in range(300)})
    with pc.book() as book:
        works = [book.work("先")]
        running = pc.start("sync", "--once")
        works += [book.work(f"同时{n}") for n in range(20)]
        assert running.wait().code == Exit.DONE
    sound(pc, stage.truth)
    healed(pc, stage.control, stage.truth, Work([pair for work in works for pair in work.ids]))


def test_two_programs_that_write_at_once_give_out_each_number_once(stage: Stage, pc: Pc) -> None:
    with pc.book() as one, pc.book() as other:
        works = [book.work(f"客{n}") for n in range(10) for book in (one, other)]
    sound(pc, stage.truth)
    healed(pc, stage.control, stage.truth, Work([pair for work in works for pair in work.ids]))


def test_a_new_pc_is_not_held_up_by_the_ends_of_what_it_never_had(stage: Stage) -> None:
    with stage.control.book() as book:
        client = book.work().client
        book.settled()
        tags = [book.put("client_tag", client_id=client, name=f"签{n}") for n in range(70)]
        book.settled()
        for tag in tags:
            book.db.change(lambda u, t=tag: u.remove("client_tag", t), by=GUIDE, origin="test")  # type: ignore[misc]
        book.settled()
    pc = stage.pc("late")
    healed(pc, stage.control, stage.truth, Work())
