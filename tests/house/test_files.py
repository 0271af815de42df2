"""What may stand in the project's files, and how long they may be."""

from __future__ import annotations

import re

import pytest

from tests.helpers.repository import ROOT, python_files, short, text_files

MOST_LINES = 500

# Put together from parts, so that this file does not name them itself.
REGISTRY_HOSTS = [
    ".".join(parts)
    for parts in (
        ("pypi", "org"),
        ("pythonhosted", "org"),
        ("npmjs", "org"),
        ("npmjs", "com"),
        ("deb", "debian", "org"),
        ("archive", "ubuntu", "com"),
        ("anaconda", "org"),
    )
]
UNFINISHED = re.compile("|".join((r"\bTO" + r"DO\b", r"\bFIX" + r"ME\b", r"\bXX" + r"X\b")))
ONE_MACHINE = re.compile(r"(?<![\w.])/(?:work|farm)/|" + r"\.\./sha" + r"red\b|/tmp/lab\b")
# Real data may lie beside a checkout; these two say where.
KNOW_THE_NEIGHBOUR = {"tests/helpers/real_data.py", "docs/real-data.md", "tests/house/test_files.py"}


@pytest.mark.parametrize("path", ["guide_app/__init__.py", "guide_app/protocol/__init__.py"])
def test_package_roots_are_empty(path: str) -> None:
    assert (ROOT / path).read_bytes() == b""


def test_no_python_file_is_too_long() -> None:
    lengths = {short(path): len(path.read_text("utf-8").splitlines()) for path in python_files()}
    # A released migration is a frozen list of statements; splitting it would serve nobody.
    assert not {name: n for name, n in lengths.items() if n > MOST_LINES and "/migrations/versions/" not in name}


def test_no_file_names_a_package_registry() -> None:
    found = [(short(path), host) for path, text in text_files() for host in REGISTRY_HOSTS if host in text]
    assert not found


def test_no_file_names_one_machine() -> None:
    found = [
        (short(path), match[0])
        for path, text in text_files()
        if short(path) not in KNOW_THE_NEIGHBOUR and (match := ONE_MACHINE.search(text))
    ]
    assert not found


def test_nothing_is_left_unfinished() -> None:
    found = [(short(path), match[0]) for path, text in text_files() if (match := UNFINISHED.search(text))]
    assert not found
