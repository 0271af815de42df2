"""The translators' command: `python -m ui.kit.strings`.

Collects all strings (of `ui/`, the `Phrase` templates of `guide_app/` and its problem sentences) into
`resources/i18n/guide_en.ts` and compiles `guide_en.qm`. It fails, naming them, while strings lack an English text.
Edit the .ts file by hand or with Qt Linguist. Needs `pyside6-lupdate` and `pyside6-lrelease`, which come with
PySide6-Essentials.
"""

import ast
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

from guide_app.protocol.problems import PROBLEMS
from ui.kit.i18n import PHRASE_CONTEXT
from ui.kit.resources import resource


def _templates(root: Path) -> Iterator[str]:
    """Template texts of all `Phrase("…")` calls below `root`."""
    for path in sorted(root.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            first = node.args[0]
            if name == "Phrase" and isinstance(first, ast.Constant) and isinstance(first.value, str) and first.value:
                yield first.value


def _run(program: str, *arguments: str) -> None:
    subprocess.run([str(Path(sys.executable).parent / program), *arguments], check=True)  # noqa: S603 - Qt's own tools


def collect(root: Path, ts: Path) -> None:
    """Write all strings of `root/ui` and the core's phrases into `ts`, keeping translations, dropping dead ones."""
    with tempfile.TemporaryDirectory() as folder:
        phrases = Path(folder) / "phrases.py"
        said = [*_templates(root / "guide_app"), *(kind.sentence for kind in PROBLEMS.values())]
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
