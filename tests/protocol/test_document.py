"""docs/protocol.md says what the code does, where a machine can tell."""

from __future__ import annotations

import re
from pathlib import Path

from guide_app.protocol import coupon_code, messages
from guide_app.protocol.kinds import COMMANDS
from guide_app.protocol.problems import PROBLEMS
from guide_app.sync import office, plan
from guide_app.sync.watch import Rhythm
from tests.helpers.golden import golden

TEXT = (Path(__file__).resolve().parents[2] / "docs" / "protocol.md").read_text("utf-8")


def test_every_problem_code_is_listed_with_its_status() -> None:
    listed = dict(re.findall(r"^\| `([a-z_.]+)` \| (\d{3}) \|", TEXT, re.MULTILINE))
    assert {code: int(status) for code, status in listed.items()} == {c: k.status for c, k in PROBLEMS.items()}


def test_every_problem_code_has_its_golden_line() -> None:
    assert {case["code"] for case in golden("problems")} == set(PROBLEMS)


def test_routes_and_commands_are_described() -> None:
    for word in (office.ENROL, office.PUSH, office.PULL, office.BLOBS, *COMMANDS, coupon_code.ALPHABET):
        assert word in TEXT


def test_numbers_are_those_of_the_program() -> None:
    assert f"at most {messages.MAX_BATCH} mutations" in TEXT
    assert f"limit={messages.PAGE_LIMIT}" in TEXT
    assert f"Version {messages.SCHEMA}." in TEXT
    assert f"{plan.CLOCK_NOISE_MS} ms" in TEXT
    assert f"more than {plan.CLOCK_TOLERANCE_MS // 1000} s ahead" in TEXT
    assert f"from {Rhythm().first_wait_s:g} s up to {Rhythm().longest_wait_s / 60:g} min" in TEXT
