"""Each bug of `mutants.py`, planted in a copy of the sources, is found by the test that stands beside it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import pytest

from tests.helpers.repository import ROOT
from tests.house.mutants import MUTANTS as COMMON
from tests.house.mutants import Mutant
from tests.house.mutants_coupons import COUPON_MUTANTS
from tests.house.mutants_feed import FEED_MUTANTS
from tests.house.mutants_links import LINK_MUTANTS

MUTANTS = (*COMMON, *FEED_MUTANTS, *COUPON_MUTANTS, *LINK_MUTANTS)

_INVARIANTS = {f"I{n}" for n in range(1, 14)}
_COPIED = ("guide_app", "head_office", "ui", "resources", "tests", "docs")
_TESTS_FAILED = 1
_SECONDS = count(1_000_000_000)


def _id(mutant: Mutant) -> str:
    return mutant.holds.replace(" ", "-")


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sources in a place of their own, where nobody works."""
    place = tmp_path_factory.mktemp("mutants")
    skip = shutil.ignore_patterns("__pycache__", "*.pyc")
    for name in _COPIED:
        shutil.copytree(ROOT / name, place / name, ignore=skip)
    shutil.copy(ROOT / "pyproject.toml", place)
    return place


def _run(copy: Path, test: str) -> subprocess.CompletedProcess[str]:
    """One test of the copy, which Python finds before the installed sources because it starts there."""
    environ = {**os.environ, "PYTHONPATH": str(copy)}
    options = ("-q", "-x", "-m", "soak or not soak", "--no-header", "--tb=line", "--basetemp", str(copy / "tmp"))
    command = [sys.executable, "-m", "pytest", *options, test]
    return subprocess.run(command, cwd=copy, env=environ, capture_output=True, text=True, check=False, timeout=280)


@contextmanager
def _planted(file: Path, text: str) -> Iterator[None]:
    """Another text in a file of the copy for a while.

    Python tells compiled files apart by whole seconds and size: each text gets a second of its own.
    """
    healthy = file.read_text("utf-8")
    _write(file, text)
    try:
        yield
    finally:
        _write(file, healthy)


def _write(file: Path, text: str) -> None:
    file.write_text(text, "utf-8")
    second = next(_SECONDS)
    os.utime(file, (second, second))


def _found(copy: Path, mutant: Mutant) -> None:
    file = copy / mutant.file
    with _planted(file, file.read_text("utf-8").replace(mutant.old, mutant.new)):
        done = _run(copy, mutant.found_by)
    said = f"{done.stdout}\n{done.stderr}"
    assert done.returncode == _TESTS_FAILED, f"not found: {mutant.holds}\n{said[-3000:]}"


def test_the_table_is_in_step_with_the_sources() -> None:
    astray = [m.holds for m in MUTANTS if (ROOT / m.file).read_text("utf-8").count(m.old) != 1]
    assert not astray, "these texts do not stand in their files exactly once"
    nowhere = [m.found_by for m in MUTANTS if not (ROOT / m.found_by.partition("::")[0]).is_file()]
    assert not nowhere
    assert len({m.holds for m in MUTANTS}) == len(MUTANTS)


def test_every_invariant_has_its_bug() -> None:
    assert {m.holds.partition(" ")[0] for m in MUTANTS} >= _INVARIANTS


def test_the_copy_is_what_is_tested(copy: Path) -> None:
    done = _run(copy, "tests/guide_app/protocol/test_hlc.py")
    assert done.returncode == 0, done.stdout
    with _planted(copy / "guide_app" / "protocol" / "hlc.py", "raise RuntimeError('the copy')\n"):
        done = _run(copy, "tests/guide_app/protocol/test_hlc.py")
    assert "the copy" in done.stdout + done.stderr


@pytest.mark.parametrize("mutant", [m for m in MUTANTS if m.fast], ids=_id)
def test_a_planted_bug_is_found(copy: Path, mutant: Mutant) -> None:
    _found(copy, mutant)


@pytest.mark.soak
@pytest.mark.parametrize("mutant", [m for m in MUTANTS if not m.fast], ids=_id)
def test_a_planted_bug_is_found_at_length(copy: Path, mutant: Mutant) -> None:
    _found(copy, mutant)
