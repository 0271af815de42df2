"""Every way in which sync can fail has words, and words in English."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from guide_app.base.errors import GuideError, LockedError
from guide_app.protocol.problems import PROBLEMS
from tests.helpers.repository import ROOT, tree_of
from ui.kit.errors import present
from ui.kit.i18n import Language, Tongue
from ui.kit.problems import made_here, problem_words, trouble_words
from ui.kit.resources import resource

# Raised to whoever asked for a single deed or ran a verb, never the end of a round.
_OF_ONE_DEED = frozenset({"outbox.unknown", "result.unknown", "removal.unknown", "device.enrolled", "file.format"})


def codes_of_rounds() -> Iterator[str]:
    """First arguments of errors made in `guide_app/sync`, as far as they are codes."""
    for path in sorted((ROOT / "guide_app/sync").glob("*.py")):
        for node in ast.walk(tree_of(path)):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            first = node.args[0]
            if not (name == "unreachable" or name.endswith("Error")) or not isinstance(first, ast.Constant):
                continue
            if isinstance(first.value, str) and "." in first.value and " " not in first.value:
                yield first.value


@pytest.mark.parametrize("code", ["key.no_keyring", "key.missing", "store.wrong_key"])
def test_nobody_is_told_to_log_in_where_the_key_of_the_book_is_missing(qapp: QApplication, code: str) -> None:
    del qapp
    assert present(LockedError(code, "-")).title == "客户簿打不开"
    assert present(LockedError("locked.nobody", "-")).title == "需要先登录"


@pytest.fixture
def english(qapp: QApplication) -> Iterator[None]:
    del qapp
    language = Language(resource("i18n"))
    language.use(Tongue.EN)
    yield
    language.use(Tongue.ZH)


def test_every_code_that_ends_a_round_has_words() -> None:
    found = set(codes_of_rounds())
    assert {"office.unreachable", "device.forked", "office.clock"} <= found
    assert found - PROBLEMS.keys() - made_here() - _OF_ONE_DEED == set()


@pytest.mark.usefixtures("english")
@pytest.mark.parametrize("code", sorted({*PROBLEMS, *made_here()}))
def test_every_code_is_said_in_english(code: str) -> None:
    said = f"{problem_words(code)} {trouble_words(code, '')}"
    assert said.strip()
    assert not [letter for letter in said if "\u3000" <= letter <= "\u9fff"], said


@pytest.mark.usefixtures("english")
def test_a_failure_speaks_english_where_its_code_is_known() -> None:
    failure = present(GuideError("coupon.redeemed", "这张券之前已核销。"))
    assert failure.sentence == "This coupon has been redeemed before."
    assert "这张券之前已核销" in failure.detail, "the core's own words stay in the detail"
    assert present(GuideError("import.odd", "表格读不懂。")).sentence == "表格读不懂。"


def test_in_chinese_the_core_s_own_words_stand(qapp: QApplication) -> None:
    del qapp
    failure = present(GuideError("office.unreachable", "连不上总部 http://10.0.0.1。", "稍后再试。"))
    assert (failure.sentence, failure.way_out) == ("连不上总部 http://10.0.0.1。", "稍后再试。")


def test_an_unknown_code_says_at_least_itself(qapp: QApplication) -> None:
    del qapp
    assert "coupon.odd" in problem_words("coupon.odd")
    assert trouble_words("x.y", "原话").sentence == "原话"
