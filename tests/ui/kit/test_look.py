"""Tokens, theme and icons: one file of colours, readable in both schemes, live to switch."""

import json
import re
from pathlib import Path

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QLineEdit, QSpinBox, QWidget

from ui.kit.icons import IconSet
from ui.kit.qss import TONES
from ui.kit.resources import resource
from ui.kit.spin import roomy
from ui.kit.theme import Mode, Theme, load_theme
from ui.kit.tokens import Colours, load_tokens

TOKENS = load_tokens(resource("theme", "tokens.json"))
SCHEMES = [pytest.param(TOKENS.light, id="light"), pytest.param(TOKENS.dark, id="dark")]


def luminance(colour: str) -> float:
    """Relative luminance of WCAG 2.2."""
    parts = [
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
        for value in (QColor(colour).redF(), QColor(colour).greenF(), QColor(colour).blueF())
    ]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one: str, other: str) -> float:
    """Contrast ratio of WCAG 2.2."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("colours", SCHEMES)
def test_text_can_be_read(colours: Colours) -> None:
    pairs = [
        (colours.ink, colours.panel),
        (colours.ink, colours.ground),
        (colours.ink_2, colours.panel),
        (colours.ink_2, colours.ground),
        (colours.accent_text, colours.panel),
        (colours.on_accent, colours.accent),
        (colours.rail_ink, colours.rail),
        (colours.rail_ink_active, colours.rail_active),
        (colours.toast_ink, colours.toast),
        (colours.toast_action, colours.toast),
        *((getattr(colours, f"{tone}_soft_ink"), getattr(colours, f"{tone}_soft")) for tone in TONES),
    ]
    assert [(ink, ground) for ink, ground in pairs if contrast(ink, ground) < 4.5] == []


@pytest.mark.parametrize("colours", SCHEMES)
def test_every_colour_is_a_colour(colours: Colours) -> None:
    assert [name for name in Colours._fields if not QColor(getattr(colours, name)).isValid()] == []


def test_a_misspelt_token_is_refused(tmp_path: Path) -> None:
    raw = json.loads(resource("theme", "tokens.json").read_text(encoding="utf-8"))
    raw["dark"]["inky"] = raw["dark"].pop("ink")
    wrong = tmp_path / "tokens.json"
    wrong.write_text(json.dumps(raw), encoding="utf-8")
    with pytest.raises(TypeError, match="inky"):
        load_tokens(wrong)


def test_auto_follows_the_system(qapp: QApplication) -> None:
    theme = load_theme(Mode.AUTO)
    theme.apply(qapp)
    seen: list[Colours] = []
    theme.changed.connect(seen.append)
    assert theme.dark == (qapp.styleHints().colorScheme() is Qt.ColorScheme.Dark)
    theme.set_mode(Mode.DARK)
    assert theme.dark
    theme.set_mode(Mode.LIGHT)
    assert seen == [TOKENS.dark, TOKENS.light]
    theme.release()
    qapp.setStyleSheet("")


def test_icons_take_the_token_colour_and_stay_sharp(theme: Theme) -> None:
    icons = IconSet(resource("icons"))
    one, two = (icons.pixmap("search", theme.colours.accent, 20, ratio) for ratio in (1.0, 2.0))
    assert (one.size(), two.size()) == (QSize(20, 20), QSize(40, 40))
    inks = {
        two.toImage().pixelColor(x, y).name().upper()
        for x in range(40)
        for y in range(40)
        if two.toImage().pixelColor(x, y).alpha() == 255
    }
    assert inks == {theme.colours.accent}
    assert icons.pixmap("search", theme.colours.accent, 20) is one


def test_every_icon_draws_something() -> None:
    icons = IconSet(resource("icons"))
    empty = []
    for name in icons.names():
        image = icons.pixmap(name, "#000000", 24).toImage()
        if not any(image.pixelColor(x, y).alpha() for x in range(24) for y in range(24)):
            empty.append(name)
    assert icons.names()
    assert empty == []
    with pytest.raises(FileNotFoundError):
        icons.icon("no-such-icon", "#000000")


def first_ink(field: QWidget) -> int:
    """The first column inside the border that holds something of the text."""
    field.resize(120, 36)
    image = field.grab().toImage()
    middle = range(image.height() // 2 - 4, image.height() // 2 + 4)
    return next(x for x in range(3, image.width()) if any(image.pixelColor(x, y).lightnessF() < 0.4 for y in middle))


def test_a_number_stands_as_far_from_the_border_as_a_word(theme: Theme) -> None:
    assert not theme.dark
    number = roomy(QSpinBox())
    number.setValue(29)
    assert abs(first_ink(number) - first_ink(QLineEdit("29"))) <= 1
    ui = Path(__file__).parents[3] / "ui"
    bare = [
        path.name
        for path in ui.rglob("*.py")
        if re.search(r"(?<!roomy\()Q(Double)?SpinBox\(\)", path.read_text("utf-8"))
    ]
    assert bare == []
