"""One instance, words for strays, translations that are found."""

import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from guide_app.base.phrase import Phrase
from guide_app.flows.poster import offer_phrase, offer_text
from guide_app.protocol.coupon_records import CouponTemplate
from guide_app.sharing.queries import CouponOffer
from ui.app import catch_strays, settings_in
from ui.kit.errors import Failure
from ui.kit.i18n import Language, Tongue, say
from ui.kit.instance import SingleInstance
from ui.kit.resources import resource


def test_a_second_start_wakes_the_first_and_ends(qtbot: QtBot, tmp_path: Path) -> None:
    name = f"guide-desk-test-{tmp_path.name}"
    first, second = SingleInstance(tmp_path, name), SingleInstance(tmp_path, name)
    assert first.first()
    with qtbot.waitSignal(first.asked_forward):
        assert not second.first()
    first.release()
    assert second.first()
    second.release()
    QCoreApplication.processEvents()


def test_a_stray_exception_is_shown_and_logged(monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[Failure] = []
    logged: list[BaseException] = []
    monkeypatch.setattr(sys, "excepthook", sys.__excepthook__)
    catch_strays(shown.append, logged.append)
    error = ZeroDivisionError("x")
    sys.excepthook(type(error), error, None)
    assert logged == [error]
    assert shown[0].title == "这一步没有完成"


def test_settings_are_a_file_that_can_be_read(tmp_path: Path) -> None:
    settings = settings_in(tmp_path)
    settings.setValue("look/theme", "dark")
    settings.sync()
    assert "theme=dark" in (tmp_path / "window.ini").read_text(encoding="utf-8")


def test_phrases_of_the_core_are_said_in_the_language_in_force(qapp: QApplication) -> None:
    del qapp
    phrase = Phrase("{when}生日 ({day})", {"when": Phrase("明天"), "day": "3-8"})
    assert say(phrase) == "明天生日 (3-8)"
    language = Language(resource("i18n"))
    language.use(Tongue.EN)
    try:
        assert say(phrase) == "Birthday tomorrow (3-8)"
    finally:
        language.use(Tongue.ZH)
    QCoreApplication.removeTranslator(language._qts)


@pytest.mark.parametrize(
    ("terms", "chinese", "english"),
    [
        (("threshold_off", 40_000, 8_000, 0, 0), "满 ¥400 减 ¥80", "¥80 off from ¥400"),
        (("percent_off", 0, 0, 15, 10_000), "8.5 折, 最多减 ¥100", "15% off, at most ¥100 off"),
        (("cash_off", 0, 3_000, 0, 0), "立减 ¥30", "¥30 off"),
    ],
)
def test_what_a_coupon_is_worth_is_said_in_the_language_in_force(
    qapp: QApplication, terms: tuple[str, int, int, int, int], chinese: str, english: str
) -> None:
    del qapp
    offer = CouponOffer("", 1, "", *terms, valid_until=0, terms=CouponTemplate())
    assert say(offer_phrase(offer)) == offer_text(offer) == chinese
    language = Language(resource("i18n"))
    language.use(Tongue.EN)
    try:
        assert say(offer_phrase(offer)) == english
        assert offer_text(offer) == chinese, "a poster is for customers"
    finally:
        language.use(Tongue.ZH)
    QCoreApplication.removeTranslator(language._qts)


def test_a_missing_language_file_is_told(qapp: QApplication, tmp_path: Path) -> None:
    del qapp
    language = Language(tmp_path)
    with pytest.raises(FileNotFoundError):
        language.use(Tongue.EN)
