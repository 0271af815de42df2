"""Each import contract of pyproject.toml is kept, and catches a deliberate offence in a copy of the sources."""

from __future__ import annotations

import ast
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.helpers.repository import ROOT, python_files, tree_of

PACKAGES = ("guide_app", "ui", "head_office")
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]

# contract: the file that offends, and the line that does it
OFFENCES = {
    "desktop-floors": ("guide_app/store/offence.py", "import ui.kit"),
    "desktop-rooms": ("guide_app/cellar/__init__.py", ""),
    "window-floors": ("ui/kit/offence.py", "import ui.pages"),
    "pages-apart": ("ui/pages/offence.py", "import ui.pages.partner"),
    "office-floors": ("head_office/store/offence.py", "import head_office.demo"),
    "office-takes-wire": ("head_office/store/offence.py", "import guide_app.store"),
    "desktop-without-office": ("guide_app/sync/offence.py", "import head_office.store"),
    "desktop-without-server-packages": ("ui/kit/offence.py", "import jinja2"),
    "qt-only-in-ui": ("guide_app/clients/offence.py", "import PySide6.QtCore"),
    "ui-without-sql-and-http": ("ui/pages/offence.py", "import guide_app.store"),
    "plain-wire": ("guide_app/protocol/offence.py", "import sqlalchemy"),
    "one-network-door": ("guide_app/sync/offence.py", "import requests"),
    "one-database-door": ("guide_app/clients/offence.py", "import sqlcipher3"),
    "no-circles": ("guide_app/base/offence.py", "import guide_app.protocol.offence"),
}
# a second file that the offence needs
PARTNERS = {
    "pages-apart": ("ui/pages/partner.py", ""),
    "no-circles": ("guide_app/protocol/offence.py", "import guide_app.base.offence"),
}

# What the two lowest floors may take from outside the standard library.
PLAIN = {
    "guide_app/base": {"borax", "charset_normalizer", "msgspec", "python_calamine"},
    "guide_app/protocol": {"cryptography", "msgspec", "zstandard"},
}


@pytest.fixture(scope="module")
def copy_of_sources(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Yield a folder with nothing but the Python sources and the contracts."""
    copy = tmp_path_factory.mktemp("sources")
    for package in PACKAGES:
        shutil.copytree(ROOT / package, copy / package, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", copy)
    yield copy
    shutil.rmtree(copy)


def lint(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run import-linter on the sources in `folder`; its return code is 0 when all contracts are kept."""
    program = Path(sys.executable).with_name("lint-imports")
    return subprocess.run(
        [program, "--config", "pyproject.toml", "--cache-dir", str(folder / "cache"), *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_all_contracts_are_kept(copy_of_sources: Path) -> None:
    done = lint(copy_of_sources)
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_contract_has_its_offence() -> None:
    assert {contract["id"] for contract in CONTRACTS} == OFFENCES.keys()


@pytest.mark.parametrize("contract", OFFENCES)
def test_a_contract_catches_its_offence(contract: str, copy_of_sources: Path) -> None:
    written = []
    for name, line in filter(None, (OFFENCES[contract], PARTNERS.get(contract))):
        path = copy_of_sources / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"{line}\n")
        written.append(path)
    done = lint(copy_of_sources, "--contract", contract)
    for path in written:
        path.unlink()
        if not any(path.parent.iterdir()):
            path.parent.rmdir()
    assert done.returncode == 1, done.stdout + done.stderr
    assert "BROKEN" in done.stdout


@pytest.mark.parametrize("floor", PLAIN)
def test_the_lowest_floors_take_nothing_else_from_outside(floor: str) -> None:
    allowed = PLAIN[floor] | set(sys.stdlib_module_names) | {"guide_app"}
    foreign = {(path.name, name) for path in python_files(floor) for name in imported(path) if name not in allowed}
    assert not foreign


def imported(path: Path) -> set[str]:
    """Top-level names of the packages that a file imports, wherever in the file."""
    names: set[str] = set()
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            names.update(alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            names.add(node.module.partition(".")[0])
    return names
