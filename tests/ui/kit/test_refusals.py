"""Every refusal that the core can raise is said in both languages, with its figures and its way out."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication

from guide_app.base.barred import barred_tag
from guide_app.base.errors import GuideError, InvalidInputError
from guide_app.base.flagged import flagged
from guide_app.base.phrase import Phrase, listed
from guide_app.base.tabular.limits import too_large
from guide_app.base.tag_words import TagGuard
from guide_app.protocol.advertising import AdvertisingLaw
from tests.helpers.repository import ROOT
from ui.kit import i18n
from ui.kit.errors import present
from ui.kit.i18n import PHRASE_CONTEXT, Language, Tongue, say
from ui.kit.resources import resource
from ui.kit.strings import calls, error_names, sources

# These come as they are: what head office answered, a path of a developer's file, the figures of a poster check.
_AS_THEY_ARE = frozenset({"OfficeRefusedError", "OfficeBusyError", "TemplateError", "PosterRefused"})


def spoken() -> list[tuple[str, ast.expr]]:
    """Where each sentence and way out of an error is written, and the expression that makes it."""
    modules = sources(ROOT / "guide_app")
    names = error_names(module for _, module in modules) - _AS_THEY_ARE
    return [
        (f"{path.relative_to(ROOT)}:{part.lineno}", part)
        for path, module in modules
        for call in calls(module, names)
        for part in call.args[1:3]
    ]


@pytest.fixture
def english(qapp: QApplication) -> Iterator[None]:
    del qapp
    language = Language(resource("i18n"))
    language.use(Tongue.EN)
    yield
    language.use(Tongue.ZH)


def test_no_refusal_is_finished_before_it_is_translated() -> None:
    """A sentence with its figures written into it could never be said in another language."""
    written = spoken()
    assert len(written) > 400
    assert not [place for place, part in written if any(isinstance(node, ast.JoinedStr) for node in ast.walk(part))]


@pytest.mark.usefixtures("english")
def test_every_refusal_has_an_english_sentence_and_way_out() -> None:
    texts = {part.value: place for place, part in spoken() if isinstance(part, ast.Constant) and part.value}
    silent = [
        f"{place} {text}"
        for text, place in texts.items()
        if QCoreApplication.translate(PHRASE_CONTEXT, str(text)) == text
    ]
    assert not silent


@pytest.mark.usefixtures("english")
def test_the_window_says_figures_and_what_is_said_within() -> None:
    failure = present(
        InvalidInputError(
            "phone.invalid", "「{text}」不是手机号。", "请输入 11 位手机号, 境外号码以 + 开头。", text="12"
        )
    )
    assert failure.sentence == "“12” is not a mobile number."
    assert failure.way_out.startswith("Please enter 11 digits")
    whom = flagged("Lin", "complaint", "heel", Phrase("不能发券"))
    assert whom is not None
    assert present(whom).sentence == "Lin: a complaint is open, no coupon can be given (heel)."
    assert "「12」不是手机号" in failure.detail, "support reads the core's own words"
    assert present(too_large("a.csv", Phrase("第 {number} 行的列数", {"number": 3}), 256)).sentence == (
        "“a.csv” is too large: columns in row 3 beyond 256."
    )
    assert say(listed([Phrase("已停售"), Phrase("属于敏感商品")])) == "no longer sold; a sensitive product"


@pytest.mark.usefixtures("english")
def test_the_law_is_named_in_english_too() -> None:
    judged = TagGuard.shipped().judge("羊毛过敏")
    assert judged is not None
    tag = present(barred_tag(judged, "羊毛过敏")).sentence
    assert tag.endswith("(Personal Information Protection Law, arts. 28, 29).")
    law = AdvertisingLaw.load(resource("words", "advertising.json"))
    with pytest.raises(InvalidInputError) as refused:
        law.require(["全国第一"], "script.law", "words")
    assert "(Advertising Law, art. 9 (3)): " in present(refused.value).sentence
    assert (i18n.listed("ab"), i18n.quoted("ab"), i18n.stated("ab")) == ("a, b", "a”, “b", "a; b")


def test_the_command_line_reads_the_same_in_chinese() -> None:
    error = GuideError("x.y", "{n} 件{what}。", "换成 {n}。", n=2, what=Phrase("超过 {most}", {"most": 1}))
    assert str(error) == "2 件超过 1。 换成 2。"
    assert (error.sentence, error.way_out) == ("2 件超过 1。", "换成 2。")


def test_a_sentence_without_figures_keeps_its_braces() -> None:
    assert GuideError("x.y", '读不懂 {"rule": 1}。').sentence == '读不懂 {"rule": 1}。'
