"""The translators' command: `python -m ui.kit.strings`.

Collects all strings (of `ui/`, the `Phrase` templates of `guide_app/`, the sentences of its errors and of head office's
problems) into `resources/i18n/guide_en.ts` and compiles `guide_en.qm`. It fails, naming them, while strings lack an
English text. Edit the .ts file by hand or with Qt Linguist. Needs `pyside6-lupdate` and `pyside6-lrelease`, which come
with PySide6-Essentials.
"""

import ast
import json
import subprocess
import sys
import tempfile
from collections.abc import Container, Iterable, Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

from guide_app.flows.bringing.preview import choosable_fields
from guide_app.flows.take_book import column_titles
from guide_app.protocol.problems import PROBLEMS
from guide_app.protocol.ways_out import WAYS_OUT
from ui.kit.i18n import PHRASE_CONTEXT
from ui.kit.resources import resource


def sources(root: Path) -> list[tuple[Path, ast.Module]]:
    """Modules of the core at `root` that the window hears of; the command line speaks to a terminal."""
    modules = []
    for path in sorted(root.rglob("*.py")):
        room, *inside = path.relative_to(root).parts
        if room != "cli" or inside[0] == "shell":
            modules.append((path, ast.parse(path.read_text(encoding="utf-8"))))
    return modules


def error_names(modules: Iterable[ast.Module]) -> frozenset[str]:
    """Names of `GuideError` and of all classes made of it, told by the source."""
    classes = [node for module in modules for node in ast.walk(module) if isinstance(node, ast.ClassDef)]
    known = {"GuideError"}
    while more := {c.name for c in classes if not known.isdisjoint(map(_name, c.bases))} - known:
        known |= more
    return frozenset(known)


def calls(module: ast.Module, names: Container[str]) -> Iterator[ast.Call]:
    """All calls of what goes by one of `names`."""
    return (node for node in ast.walk(module) if isinstance(node, ast.Call) and _name(node.func) in names)


def _name(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else getattr(node, "attr", "")


def _templates(root: Path) -> Iterator[str]:
    """Templates of all `Phrase("…")` calls below `root`, and sentence and way out of all errors."""
    modules = [module for _, module in sources(root)]
    errors = error_names(modules)
    for module in modules:
        for call in calls(module, {"Phrase", *errors}):
            for part in call.args[:1] if _name(call.func) == "Phrase" else call.args[1:3]:
                if isinstance(part, ast.Constant) and isinstance(part.value, str) and part.value:
                    yield part.value


def _written_lists(folder: Path) -> Iterator[str]:
    """What the lists of words say of themselves: by which article a word is barred, why, what to say instead."""
    for path in sorted(folder.rglob("*.json")):
        held = json.loads(path.read_text(encoding="utf-8"))
        for entry in (held, *held.get("entries", ())):
            yield from (entry[name] for name in ("title", "article", "why", "instead") if entry.get(name))


def _columns() -> Iterator[str]:
    """Titles of the columns of files that are brought in and taken out, as the dialogs list them."""
    for what in ("clients", "purchases"):
        yield from (title for _, title in choosable_fields(what))
    yield from column_titles()


def _run(program: str, *arguments: str) -> None:
    subprocess.run([str(Path(sys.executable).parent / program), *arguments], check=True)  # noqa: S603 - Qt's own tools


def collect(root: Path, ts: Path) -> None:
    """Write all strings of `root/ui` and the core's phrases into `ts`, keeping translations, dropping dead ones."""
    with tempfile.TemporaryDirectory() as folder:
        phrases = Path(folder) / "phrases.py"
        said = [
            *_templates(root / "guide_app"),
            *(kind.sentence for kind in PROBLEMS.values()),
            *WAYS_OUT.values(),
            *_written_lists(root / "resources/words"),
            *_columns(),
        ]
        lines = [f"translate({PHRASE_CONTEXT!r}, {text!r})" for text in dict.fromkeys(said)]
        phrases.write_text("\n".join(lines) + "\n", encoding="utf-8")
        sources = [str(path) for path in sorted((root / "ui").rglob("*.py"))]
        options = (
            "-source-language",
            "zh_CN",
            "-target-language",
            "en",
            "-locations",
            "none",
            "-no-obsolete",
            "-silent",
        )
        _run("pyside6-lupdate", *options, *sources, str(phrases), "-ts", str(ts))


def missing(ts: Path) -> list[str]:
    """Source strings without a finished translation."""
    found = []
    for message in ET.parse(ts).getroot().iter("message"):  # noqa: S314 - our own file
        translation = message.find("translation")
        forms = (
            [] if translation is None else [translation.text, *(form.text for form in translation.iter("numerusform"))]
        )
        if not any(text and text.strip() for text in forms) or (
            translation is not None and translation.get("type") == "unfinished"
        ):
            found.append(message.findtext("source", ""))
    return found


def main() -> int:
    """Collect and compile; 1 when English is incomplete."""
    root = Path(__file__).resolve().parents[2]
    ts = resource("i18n", "guide_en.ts")
    collect(root, ts)
    left = missing(ts)
    for text in left:
        sys.stderr.write(f"no English: {text}\n")
    _run("pyside6-lrelease", "-silent", str(ts), "-qm", str(ts.with_suffix(".qm")))
    return 1 if left else 0


if __name__ == "__main__":
    raise SystemExit(main())
