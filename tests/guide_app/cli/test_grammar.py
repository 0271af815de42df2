"""Help, usage and version: what a person or a script meets first."""

from __future__ import annotations

import pytest

from guide_app.cli.main import _VERBS
from tests.guide_app.cli.conftest import Guide


def test_help_names_every_verb_with_a_line_on_it(fresh: Guide) -> None:
    ran = fresh.says("--help")
    assert ran.code == 0
    lines = {words[0]: words[1:] for line in ran.out.splitlines() if (words := line.split())}
    assert [verb for verb in _VERBS if not lines.get(verb)] == []


@pytest.mark.parametrize("verb", sorted(_VERBS))
def test_every_verb_has_help_of_its_own(fresh: Guide, verb: str) -> None:
    ran = fresh.says(verb, "--help")
    assert ran.code == 0
    assert f"guide {verb}" in ran.out


@pytest.mark.parametrize(
    "words",
    [
        ["juggle"], ["--colour", "red"], ["clients"], ["clients", "juggle"], ["clients", "search"], ["init"],
        ["share"], ["share", "--product", "A", "--batch", "b.csv"], ["share", "--product", "A", "--format", "gif"],
        ["sync", "--once", "--watch"], ["coupon", "redeem"], ["coupon", "verify", "X", "--amount", "many"],
        ["import", "dogs", "x.csv"], ["erase", "some-id"], ["today", "--limit", "all"],
        ["today", "--limit", str(2**63)], ["parked", "discard", str(10**30)], ["privacy", "log", "--days", "99999999"],
        ["coupon", "verify", "X", "--amount", "-1"], ["clients", "search", "\udcff"], ["backup", "\udcfe.bak"],
    ],
)  # fmt: skip
def test_what_is_not_understood_exits_2_with_the_usage_on_stderr(fresh: Guide, words: list[str]) -> None:
    ran = fresh(*words)
    assert (ran.code, ran.doc["error"]["code"]) == (2, "usage")
    assert ran.err.startswith("usage: guide")
    assert ran.doc["error"]["sentence"] in ran.err
    assert (fresh.says(*words).code, fresh.says(*words).out) == (2, "")
    assert not fresh.folder.exists()


def test_the_version_is_printed(fresh: Guide) -> None:
    ran = fresh.says("--version")
    assert (ran.code, ran.out.split()[0]) == (0, "guide")
