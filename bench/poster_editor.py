"""The template editor at the keyboard: what a key press costs the GUI thread, and when its poster is read back.

A real editor of each of three templates, without a screen: through the list, moving an element, stepping a number,
typing a text, taking it all back.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from statistics import median

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from bench.measure import options, quantile
from bench.poster_watch import Answered, Watch, typed
from bench.report import Bench, Target
from guide_app.protocol.poster_layers import Text
from guide_app.sharing.sample import sample
from ui.app import app_object, bury
from ui.kit.poster.maker import PosterMaker
from ui.kit.theme import load_theme
from ui.kit.work import Work
from ui.pages.share.editor import EditorOrder, TemplateEditor
from ui.pages.share.materials import ask_json

_P99 = 0.99
_FRAME = Target(most=16)
_TEMPLATES = ("a4", "moments", "shelf")
_WORDS = "new arrivals for autumn"
_NONE, _ALT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.AltModifier
_CONTROL = Qt.KeyboardModifier.ControlModifier


@contextmanager
def _editor(name: str) -> Iterator[tuple[TemplateEditor, Watch]]:
    """An editor of the template that ships under this name, at rest."""
    theme = load_theme()
    changes, readers = ThreadPoolExecutor(1, "bench-changes"), ThreadPoolExecutor(2, "bench-readers")
    work = Work(changes, readers)
    watch, maker = Watch(work), PosterMaker()
    template = maker.template(name)
    order = EditorOrder(template, template, sample("红枫叶 REDMAPLE", "https://s.redmaple.example/s/" + "A" * 27))
    window = QWidget()
    editor = TemplateEditor(window, theme, work, maker.renderer, order, ask_json)
    editor.show()
    editor.activateWindow()
    watch.after(editor.list.setFocus)
    while not editor.form.prepared:  # nobody has read the first line by then
        QApplication.processEvents()
    try:
        yield editor, watch
    finally:
        work.close()
        changes.shutdown(wait=True)
        readers.shutdown(wait=True)
        bury(window, work, theme)


def _pressed(
    watch: Watch, field: QWidget, key: Qt.Key, times: int, modifier: Qt.KeyboardModifier = _NONE
) -> list[Answered]:
    return [watch.after(partial(QTest.keyClick, field, key, modifier)) for _ in range(times)]


def _measured(name: str, repeats: int) -> dict[str, list[Answered]]:
    """What was answered to each kind of key press."""
    with _editor(name) as (editor, watch):
        free = [element for element in editor.editing.elements() if not element.locked]
        placed = next(element for element in free if element.layer.box is not None)
        worded = next(element for element in free if isinstance(element.layer, Text))
        found = {"through the list": _pressed(watch, editor.list, Qt.Key.Key_Down, editor.list.count() - 1)}
        watch.after(partial(editor.choose, placed.path))
        found["an element moved"] = _pressed(watch, editor.list, Qt.Key.Key_Right, repeats, _ALT)
        field = editor.form.fields["x"]
        watch.after(field.setFocus)
        found["a number stepped"] = _pressed(watch, field, Qt.Key.Key_Up, repeats)
        found["taken back"] = _pressed(watch, editor.list, Qt.Key.Key_Z, repeats, _CONTROL)
        watch.after(partial(editor.choose, worded.path))
        text = editor.form.fields["text"]
        watch.after(text.setFocus)
        found["a letter typed"] = typed(watch, text, _WORDS)
        if not editor.editing.changed:
            raise RuntimeError("the keys did not reach the editor")
        return found


def main(arguments: Sequence[str] | None = None) -> None:
    """Open the editors, press keys, print."""
    given = options("poster_editor", arguments, repeats=20)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    bench = Bench("poster_editor", given.given, given.out)
    app = app_object(["bench"], "bench")
    load_theme().apply(app)
    for name in _TEMPLATES:
        for what, done in _measured(name, given.repeats).items():
            cpu = quantile([d.cpu for d in done], _P99)
            bench.add(f"{name}: {what}: GUI thread's processor time, p99", cpu, "ms", _FRAME)
            bench.add(f"{name}: {what}: until read back, median", median(d.rest for d in done), "ms", Target())
    bench.finish()


if __name__ == "__main__":
    main()
