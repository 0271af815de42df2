"""docs/protocol.md says what the code does, where a machine can tell."""

from __future__ import annotations

import re
from pathlib import Path

import msgspec
import pytest

from guide_app.protocol import coupon_code, merge, messages
from guide_app.protocol.kinds import COMMANDS, KINDS
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


@pytest.mark.parametrize(("policy", "kind"), [("fields", "client"), ("fact", "note"), ("set", "client_tag")])
def test_what_a_device_may_send_is_answered_as_the_table_says(policy: str, kind: str) -> None:
    rows = dict(re.findall(r"^\| `(fields|fact|set)` \| (.*) \|$", TEXT, re.MULTILINE))
    put, patch, remove = (cell.strip() for cell in rows[policy].split(" | "))
    if policy != "fields":  # its cells refer to the ones above
        patch = rows["fields"].split(" | ")[1] + patch
    of, here, ended, stamp = KINDS[kind], merge.State(), merge.State(gone=True), "0" * 16 + ".0000000a"
    assert ("duplicate" in put, merge.put(of, ended, {}, stamp).status) == (True, "duplicate")
    assert ("`duplicate` where there is one" in put) == (merge.put(of, here, {}, stamp).status == "duplicate")
    for state in (None, ended):
        assert f"`{merge.patch(of, state, {}, stamp).code}`" in patch
    assert ("`record.immutable`" in patch) == (merge.patch(of, here, {}, stamp).code == "record.immutable")
    for outcome in (merge.remove(of, here), merge.remove(of, ended), merge.remove(of, None)):
        assert outcome.status == "applied" or f"`{outcome.code or outcome.status}`" in remove


def test_it_says_how_a_coupons_check_character_is_made() -> None:
    assert "take the exclusive or with its value and multiply by x" in TEXT
    total = 0
    for character in (code := "7KQ2M9RTX4HD3J")[:-1]:
        total = (total ^ coupon_code.ALPHABET.index(character)) << 1
        total ^= 0b100101 if total >> 5 else 0
    assert coupon_code.ALPHABET[total] == code[-1]


def test_no_record_holds_a_fraction_whose_text_two_programs_would_write_in_two_ways() -> None:
    assert "No field of a record or message holds a fraction." in TEXT
    _, shapes = msgspec.json.schema_components([kind.struct for kind in KINDS.values()], schema_hook=lambda _: {})
    assert '"type":"number"' not in msgspec.json.encode(shapes).decode()


def test_numbers_are_those_of_the_program() -> None:
    assert f"at most {messages.MAX_BATCH} mutations" in TEXT
    assert f"limit={messages.PAGE_LIMIT}" in TEXT
    assert f"Version {messages.SCHEMA}." in TEXT
    assert f"{plan.CLOCK_NOISE_MS} ms" in TEXT
    assert f"more than {plan.CLOCK_TOLERANCE_MS // 1000} s ahead" in TEXT
    assert f"from {Rhythm().first_wait_s:g} s up to {Rhythm().longest_wait_s / 60:g} min" in TEXT
