"""Posters made on other processes are those made here; who cannot be made is named, and the others come."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import msgspec
import psutil  # type: ignore[import-untyped]  # ships no types
import pytest
from PySide6.QtGui import QGuiApplication, QImage

from guide_app.base.errors import GuideError
from guide_app.protocol.poster_layers import Template
from tests.guide_app.sharing.posters import FULL
from ui.kit.poster import crew
from ui.kit.poster.crew import Process, ProcessEndedError
from ui.kit.poster.maker import Commission, MadePoster, PosterMaker
from ui.kit.poster.photos import PhotoError
from ui.kit.poster.press import MANY, PressBeside, PressHere, begun_ahead, press_for

LEVELS = 4
"""Qt paints the first letters of a process up to three of 255 levels lighter or darker than the next ones."""


class Poison:
    """Ends the process that unpacks it, as a fault in a decoder would."""

    def __reduce__(self) -> tuple[object, ...]:
        return os._exit, (9,)


@pytest.fixture
def maker(qapp: QGuiApplication) -> PosterMaker:
    del qapp
    return PosterMaker()


@pytest.fixture
def photo(tmp_path: Path, snapshot: bytes) -> Path:
    file = tmp_path / "photo.jpg"
    file.write_bytes(snapshot)
    return file


def commission(number: int, photo: Path | None = None, template: str = "square") -> Commission:
    said = replace(FULL, product=f"软底乐福鞋 {number}", photo=None)
    return Commission(template, said, photo, "png", for_chat=True)


def alike(one: MadePoster, other: MadePoster) -> bool:
    a, b = (QImage.fromData(made.data).convertToFormat(QImage.Format.Format_RGB32) for made in (one, other))
    first, second = bytes(a.constBits()), bytes(b.constBits())
    return (one.drawing, one.report, a.size(), a.dotsPerMeterX()) == (
        other.drawing, other.report, b.size(), b.dotsPerMeterX(),
    ) and max(abs(x - y) for x, y in zip(first, second, strict=True)) <= LEVELS  # fmt: skip


def test_two_processes_make_the_pictures_of_one_and_name_who_cannot_be_made(
    maker: PosterMaker, photo: Path, tmp_path: Path
) -> None:
    (tmp_path / "broken.jpg").write_bytes(b"no picture")
    maker.learn({**maker.shipped, "own": replace_title(maker)})
    wanted = [commission(n, photo) for n in range(3)]
    wanted[1] = commission(1, tmp_path / "broken.jpg")
    wanted += [commission(3, photo, "own"), commission(4, photo, "label")]
    here = PressHere(maker)
    with press_for(maker, len(wanted), processes=2) as press:
        claims = list(begun_ahead(wanted, press.begin, press.ahead))
        for number, claim in enumerate(claims):
            if number == 1:
                with pytest.raises(PhotoError, match="JPEG"):
                    claim()
            else:
                assert alike(claim(), here.begin(wanted[number])())


def replace_title(maker: PosterMaker) -> Template:
    return msgspec.structs.replace(maker.shipped["square"], title="本店")


def test_a_poster_that_ends_its_process_is_named_and_the_others_come(maker: PosterMaker) -> None:
    wanted = [commission(n) for n in range(4)]
    wanted[2] = replace(wanted[2], photo=Poison())  # type: ignore[arg-type] # what no file can do as surely
    with press_for(maker, len(wanted), processes=1) as press:
        claims = [press.begin(one) for one in wanted]
        made = [claims[n]() for n in (0, 1)]
        with pytest.raises(GuideError, match="意外中止"):
            claims[2]()
        made += [claims[3](), press.begin(wanted[0])()]
    assert [one.drawing.title for one in made] == [maker.commissioned(wanted[n]).drawing.title for n in (0, 1, 3, 0)]


def test_posters_whose_process_is_killed_come_from_another(maker: PosterMaker) -> None:
    press = PressBeside(maker, 2)
    claims = [press.begin(commission(n)) for n in range(2)]
    assert [claim().report.passed for claim in claims] == [True, True]
    killed = press.crew.pids
    for pid in killed:
        psutil.Process(pid).suspend()  # so that none of these is made before the kill
    claims = [press.begin(commission(n)) for n in range(6)]
    for pid in killed:
        psutil.Process(pid).kill()
    assert [claim().report.passed for claim in claims] == [True] * 6
    assert set(press.crew.pids) > set(killed)
    press.close()


def test_a_batch_that_is_given_up_leaves_no_process(maker: PosterMaker) -> None:
    press = PressBeside(maker, 2)
    first, *_ = [press.begin(commission(n)) for n in range(9)]
    first()
    for pid in press.crew.pids:
        psutil.Process(pid).suspend()  # as one that hangs
    press.close()
    assert press.crew.pids
    assert not any(psutil.pid_exists(pid) for pid in press.crew.pids)


def test_half_an_answer_of_a_process_that_has_ended_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    answer = "import os, pickle; os.write(1, pickle.dumps(bytes(100_000))[:5_000]); os._exit(9)"
    monkeypatch.setattr(crew, "_this_program", lambda: [sys.executable, "-c", answer])
    process = Process("offscreen", {})
    with pytest.raises(ProcessEndedError):
        process.come_up()
    process.let_go()


def test_where_no_process_comes_up_posters_are_made_here(maker: PosterMaker) -> None:
    maker.learn({**maker.shipped, "fatal": Poison()})  # type: ignore[dict-item] # ends every process that starts
    press = PressBeside(maker, 1)
    claims = [press.begin(commission(n)) for n in range(2)]
    assert [claim().report.passed for claim in claims] == [True, True]
    assert press.begin(commission(2))().report.passed
    assert len(press.crew.pids) == 1  # nobody starts another in vain for each poster
    press.close()


def test_where_no_process_may_start_posters_are_made_here(maker: PosterMaker, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object, **__: object) -> None:
        raise PermissionError(1, "not permitted")

    monkeypatch.setattr(subprocess, "Popen", refused)
    with press_for(maker, MANY, processes=2) as press:
        assert press.begin(commission(0))().report.passed


def test_few_posters_are_made_here(maker: PosterMaker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    with press_for(maker, MANY - 1) as few, press_for(maker, MANY) as many:
        assert (type(few), type(many)) == (PressHere, PressBeside)
    monkeypatch.setattr(os, "cpu_count", lambda: 1)
    with press_for(maker, MANY) as alone:
        assert type(alone) is PressHere


@pytest.mark.parametrize(("ahead", "begun"), [(0, 1), (2, 3), (9, 5)])
def test_no_more_are_begun_than_wait_for_a_process(ahead: int, begun: int) -> None:
    seen: list[int] = []

    def begin(number: int) -> int:
        seen.append(number)
        return number

    coming = begun_ahead(range(5), begin, ahead)
    assert (next(coming), len(seen)) == (0, begun)
    assert list(coming) == [1, 2, 3, 4]


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="Windows ends processes otherwise")
def test_a_process_ends_with_the_one_that_started_it() -> None:
    script = (
        "import os, signal\n"
        "from ui.kit.poster.crew import Process\n"
        "process = Process('offscreen', {})\n"
        "process.come_up()\n"
        "print(process.pid, flush=True)\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False, timeout=60)
    try:
        psutil.Process(int(done.stdout)).wait(timeout=60)
    except psutil.NoSuchProcess:
        return


def test_a_process_that_makes_posters_loads_neither_windows_nor_the_book_nor_the_command() -> None:
    heavy = ("PySide6.QtWidgets", "sqlalchemy", "sqlcipher3", "keyring", "requests", "guide_app.cli", "ui.pages")
    script = (
        "import sys\n"
        "import guide_app.__main__, ui.kit.poster.worker\n"
        f"print(*[name for name in {heavy!r} if name in sys.modules])\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.split() == []
