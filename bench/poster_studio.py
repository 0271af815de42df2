"""The sharing studio by its hands: first paint, what a key press costs the GUI thread, how soon the poster follows.

A real window over a catalogue of real size, without a screen. `stand` is the longest time for which the event loop
answered nobody: whatever a guide types meanwhile waits as long. A poster's picture is held against painting the same
drawing and nothing else, the page against an empty window.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from statistics import median
from time import perf_counter

from PySide6.QtCore import QEventLoop, QSettings, QSize, QTimer
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow

from bench.book import open_book
from bench.catalogue import frames
from bench.measure import Spent, options, quantile, timed, usual
from bench.poster import photo
from bench.poster_watch import Answered, Watch, typed
from bench.report import Bench, Peer, Target
from guide_app.flows.desk import Desk
from ui.app import app_object, bury
from ui.kit.page import PageContext, PageSpec
from ui.kit.page import Target as Place
from ui.kit.poster.maker import PosterMaker
from ui.kit.sweep import Sweeper
from ui.kit.theme import load_theme
from ui.kit.thumbs import Pictures
from ui.kit.undo import UndoStack
from ui.kit.work import Work
from ui.main_window import MainWindow
from ui.pages.share.page import SharePage
from ui.pages.share.studio import Studio as StudioWork
from ui.pages.today.page import TodayPage

_MS = 1000
_PAGE = 2_000
_PHOTOS = 24
_SIZE = QSize(1280, 800)
_P99 = 0.99
_LOOK_MS = 20
_TYPED = ("软底", "rdlfx", "BP00123", "酒红 短靴")
_CLIENT = ("陈", "wang", "138")
_WORDS = "姐, 上次您说想要一双软底的, 这双刚到店, 国家级的手工, 最后一双 37 码给您留着。"
_TEMPLATES = ("square", "a4", "shelf", "moments")

_STAND = Target(most=16)
_FIRST = Target(ratio_most=10)
_OPENED = Target(most=50)
_SEEN = Target(most=150)
_PICTURE = Target(most=50)


@dataclass(frozen=True, slots=True)
class Studio:
    """A window that shows the studio, and what watches it."""

    window: MainWindow
    page: SharePage
    watch: Watch
    shell: Answered
    """From making the window to its first page, 今日, at rest."""
    ahead: Spent
    """Making the studio's parts while nobody waits for it, as the window does at rest."""
    opened: Answered
    """From going to the studio to a poster in sight, read back."""


def _fill(desk: Desk, skus: int) -> None:
    """A catalogue whose products have photos, and what every poster says."""
    said = "UPDATE device SET brand = '红枫叶 REDMAPLE', link_origin = 'https://s.redmaple.example'"
    desk.db.apply(lambda applier: applier.conn.exec_driver_sql(said))
    coming = frames(skus)
    while page := list(islice(coming, _PAGE)):
        for number, frame in enumerate(f for f in page if f.kind == "product"):
            frame.data["image"] = f"{number % _PHOTOS:064x}"
        desk.db.apply(lambda applier, page=page: applier.apply(page))  # type: ignore[misc]


def _photos(folder: Path) -> Pictures:
    """Where the photo with a hash lies: a few files, as large as head office sends them."""
    folder.mkdir()
    for number in range(_PHOTOS):
        (folder / f"{number:064x}").write_bytes(photo())
    return lambda sha256: folder / sha256 if sha256 else None


@contextmanager
def studio(desk: Desk, pictures: Pictures, folder: Path) -> Iterator[Studio]:
    """Open the window on the sharing page, as the program does once the book is open."""
    app = app_object(["bench"], "bench")
    sweeper, theme = Sweeper(), load_theme()
    theme.apply(app)
    changes = ThreadPoolExecutor(1, "bench-changes")
    work = Work(changes, desk.db.readers)
    context = PageContext(theme, work, UndoStack(work))
    stop = desk.db.on_change(work.announce)
    watch, maker = Watch(work), PosterMaker()
    made: list[SharePage] = []
    spent: list[Spent] = []

    def factory(given: PageContext) -> SharePage:
        spent.append(timed(lambda: made.append(SharePage(given, desk, desk.roster.acting, maker, pictures))))
        return made[0]

    def show() -> None:
        specs = [
            PageSpec("today", "today", lambda: "今日", lambda given: TodayPage(given, desk, desk.roster.acting)),
            PageSpec("share", "share", lambda: "分享", factory),
        ]
        window = MainWindow(context, specs, QSettings(str(folder / "window.ini"), QSettings.Format.IniFormat))
        window.resize(_SIZE)
        window.activate()
        window.show()
        windows.append(window)

    windows: list[MainWindow] = []
    shell = watch.after(show)
    sweeper.settle()
    _wait_until_made(windows[0])
    opened = watch.after(lambda: windows[0].go(Place("share")))
    try:
        yield Studio(windows[0], made[0], watch, shell, spent[0], opened)
    finally:
        stop()
        windows[0].close()
        work.close()
        changes.shutdown(wait=True)
        theme.release()
        bury(windows[0], context.undo, work, theme)
        sweeper.stop()


def _wait_until_made(window: MainWindow) -> None:
    window.pages.make_ahead(("share",), lambda: True)
    loop, look = QEventLoop(), QTimer()
    look.timeout.connect(lambda: loop.quit() if window.pages.page("share") else None)
    look.start(_LOOK_MS)
    loop.exec()
    look.stop()


def _empty_window() -> None:
    """The least there is: a window with a line of text, painted."""
    window = QMainWindow()
    window.setCentralWidget(QLabel("导购台"))
    window.resize(_SIZE)
    window.show()
    QApplication.processEvents()
    window.grab()
    window.close()
    bury(window)


def _searched(one: Studio) -> list[Answered]:
    done: list[Answered] = []
    for text in _TYPED:
        done += typed(one.watch, one.page.finder.search, text)
        one.watch.after(one.page.finder.search.clear)
    return done


def _sought(one: Studio) -> list[Answered]:
    done: list[Answered] = []
    for text in _CLIENT:
        done += typed(one.watch, one.page.side.recipient.field, text)
        one.watch.after(one.page.side.recipient.field.clear)
    return done


def _chosen(one: Studio, rounds: int) -> tuple[list[Answered], list[float]]:
    """Another template, again and again: what it cost, and milliseconds until its poster was in sight."""
    seen: list[float] = []
    began = 0.0

    def note(_preview: object) -> None:
        seen.append((perf_counter() - began) * _MS)

    one.page.easel.previewed.connect(note)
    done = []
    for name in _TEMPLATES * rounds:
        began = perf_counter()
        done.append(one.watch.after(lambda name=name: one.page.side.templates.choose(name)))  # type: ignore[misc]
    one.page.easel.previewed.disconnect(note)
    return done, seen


def _painted(one: Studio, pictures: Pictures, repeats: int) -> tuple[Spent, Spent]:
    """The preview as the studio makes it, and only painted from a drawing that is there."""
    draft, look, room = one.page.easel.draft, one.page.look, one.page.stage.view.room()
    if draft is None:
        raise RuntimeError("no poster stands on the easel")
    maker = PosterMaker()
    easel = StudioWork(maker, pictures)
    drawing = easel.preview(draft, look, room, 1.0).drawing
    return (
        usual(lambda: easel.preview(draft, look, room, 1.0), repeats),
        usual(lambda: maker.renderer.preview(drawing, room, 1.0), repeats),
    )


def _add(bench: Bench, what: str, done: Sequence[Answered]) -> None:
    """The figures of one kind of deed."""
    for name, values, target in (
        ("longest stand, p99", [d.stand for d in done], _STAND),
        ("longest stand, own, p99", [d.stand_own for d in done], _STAND),
        ("GUI thread's processor time, p99", [d.cpu for d in done], Target()),
        ("until all is at rest, median", [median(d.rest for d in done)], Target()),
    ):
        bench.add(f"{what}: {name}", quantile(values, _P99), "ms", target)


def main(arguments: Sequence[str] | None = None) -> None:
    """Fill a book, open the studio, type."""
    given = options("poster_studio", arguments, clients=10_000, skus=50_000, repeats=10)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    bench = Bench("poster_studio", given.given, given.out)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        db, desk = open_book(folder, given.clients)
        try:
            _fill(desk, given.skus)
            pictures = _photos(folder / "photos")
            _measure(bench, desk, pictures, folder, given.repeats)
        finally:
            db.close()
    bench.finish()


def _measure(bench: Bench, desk: Desk, pictures: Pictures, folder: Path, repeats: int) -> None:
    app_object(["bench"], "bench")
    empty = timed(_empty_window)
    with studio(desk, pictures, folder) as one:
        peer = Peer("empty window, the first of the process", empty.cpu)
        bench.add("window with 今日, GUI thread's processor time", one.shell.cpu, "ms", Target(), peer)
        bench.add("studio's parts made at rest, GUI thread's processor time", one.ahead.cpu, "ms", _OPENED)
        bench.add("studio opened, GUI thread's processor time", one.opened.cpu, "ms", _FIRST, peer)
        bench.add("studio opened: longest stand, own", one.opened.stand_own, "ms", _OPENED)
        bench.add("studio opened: until a poster is in sight, read back", one.opened.rest, "ms", Target())
        _add(bench, "key press, product search", _searched(one))
        _add(bench, "key press, client search", _sought(one))
        _add(bench, "key press, words", typed(one.watch, one.page.side.words.editor, _WORDS))
        done, seen = _chosen(one, max(1, repeats // 3))
        _add(bench, "another template", done)
        bench.add("another template: poster in sight, p99", quantile(seen, _P99), "ms", _SEEN)
        preview, bare = _painted(one, pictures, repeats)
    if len(seen) != len(done):
        raise RuntimeError("not every template was shown")
    bench.add("preview laid out and painted", preview.wall, "ms", _PICTURE, Peer("the bare picture", bare.wall))
    bench.add("preview, processor time", preview.cpu, "ms", _PICTURE, Peer("the bare picture", bare.cpu))


if __name__ == "__main__":
    main()
