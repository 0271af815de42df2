"""The project's own files, for the tests that hold the rules of the house."""

from __future__ import annotations

import ast
import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SKIPPED_FOLDERS = frozenset({".git", ".venv", ".cache", "out", "build", "dist", "__pycache__"})


@cache
def project_files() -> tuple[Path, ...]:
    """Every file that belongs to the project: what git tracks or would add; without git, what lies in the tree."""
    if (ROOT / ".git").exists():
        listed = subprocess.run(
            ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        paths = {ROOT / name for name in listed.split("\0") if name}
    else:
        paths = {path for path in ROOT.rglob("*") if not SKIPPED_FOLDERS.intersection(path.relative_to(ROOT).parts)}
    return tuple(sorted(path for path in paths if path.is_file()))


def python_files(*folders: str) -> list[Path]:
    """Python files of the project, all of them or those under `folders`."""
    return [path for path in project_files() if path.suffix == ".py" and _is_under(path, folders)]


def text_files() -> list[tuple[Path, str]]:
    """Return every file that reads as UTF-8 text, with its text."""
    found = []
    for path in project_files():
        data = path.read_bytes()
        if b"\0" not in data:
            found.append((path, data.decode("utf-8", "replace")))
    return found


def short(path: Path) -> str:
    """Return the path as seen from the project's root, with forward slashes."""
    return path.relative_to(ROOT).as_posix()


@cache
def tree_of(path: Path) -> ast.Module:
    """Return the syntax tree of a Python file."""
    return ast.parse(path.read_text("utf-8"), filename=str(path))


def _is_under(path: Path, folders: tuple[str, ...]) -> bool:
    return not folders or any(path.is_relative_to(ROOT / folder) for folder in folders)
