"""The documents hold together: links lead somewhere, decisions have one shape, the manual lists every target."""

from __future__ import annotations

import json
import re
import subprocess

import pytest

from head_office.publishing.named import HOUSE_RULE_PARTS
from tests.helpers.repository import ROOT, project_files, short

LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
LOCKED = re.compile(r"^([\w.-]+)==", re.MULTILINE)
RECORDS = sorted((ROOT / "docs/decisions").glob("[0-9]*.md"))


def test_every_link_inside_the_project_leads_somewhere() -> None:
    broken = [
        (short(path), target)
        for path in project_files()
        if path.suffix == ".md"
        for target in LINK.findall(path.read_text("utf-8"))
        if not re.match(r"[a-z]+:|#", target) and not (path.parent / target.partition("#")[0]).exists()
    ]
    assert not broken


def test_decisions_are_numbered_without_a_gap() -> None:
    assert [int(path.name[:3]) for path in RECORDS] == list(range(1, len(RECORDS) + 1))


@pytest.mark.parametrize("name", [path.name for path in RECORDS])
def test_a_decision_has_its_four_parts(name: str) -> None:
    text = (ROOT / "docs/decisions" / name).read_text("utf-8")
    assert re.findall(r"^## (.+)$", text, re.MULTILINE) == ["Context", "Decision", "Alternatives", "Consequence"]


def test_every_decision_is_in_the_list() -> None:
    listed = re.findall(r"\((\d{3}-[\w-]+\.md)\)", (ROOT / "docs/decisions/README.md").read_text("utf-8"))
    assert listed == [path.name for path in RECORDS]


def test_the_licences_name_every_package_that_the_desktop_is_delivered_with() -> None:
    shipped = LOCKED.findall((ROOT / "requirements/desktop.lock").read_text("utf-8"))
    told = re.sub(r"[._]", "-", (ROOT / "docs/licences.md").read_text("utf-8").lower())
    others = {"pyside6-essentials": "pyside6", "shiboken6": "shiboken", "argon2-cffi-bindings": "argon2-cffi and its"}
    assert "pillow" in shipped
    assert [name for name in shipped if others.get(name, name) not in told] == []


def test_the_manual_of_templates_names_every_one() -> None:
    folder = ROOT / "resources/templates"
    told = set(re.findall(r"`(\w+)`", (folder / "README.md").read_text("utf-8")))
    assert {path.stem for path in folder.glob("*.json")} - {"palettes"} <= told


def test_what_the_guides_manual_quotes_of_the_window_stands_there() -> None:
    quoted = re.findall("「([^」]+)」", (ROOT / "docs/user-guide.zh.md").read_text("utf-8"))
    shown = (ROOT / "resources/i18n/guide_en.ts").read_text("utf-8")
    not_of_the_window = {"真皮", "限量", "无变化"}  # words of a script, a line of the command line
    missing = [words for words in quoted if words not in not_of_the_window]
    missing = [words for words in missing if not all(part.strip() in shown for part in words.split("…"))]
    assert quoted
    assert missing == []


def test_the_table_of_house_rules_has_every_rule_with_all_its_parts() -> None:
    rows = re.findall(r"^\| `(\w+)` \| `(\{.*?\})` \|", (ROOT / "docs/house-rules.md").read_text("utf-8"), re.MULTILINE)
    told = {name: set(json.loads(value)) for name, value in rows}
    assert told == {name: set(parts) for name, parts in HOUSE_RULE_PARTS.items()}


def test_make_help_lists_every_target() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    targets = set(re.findall(r"^([a-z0-9%-]+):", makefile, re.MULTILINE))
    shown = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert set(re.findall(r"make ([a-z0-9%-]+)", shown)) >= targets


@pytest.mark.parametrize(
    "target", ["run", "test", "lint", "bench", "bench-%", "bench-peers", "soak", "fmt", "help", "lock"]
)
def test_the_promised_targets_are_there(target: str) -> None:
    assert re.search(rf"^{re.escape(target)}:", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
