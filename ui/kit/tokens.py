"""Design tokens: the one file that the desktop's style sheet and the landing pages are painted from."""

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from PySide6.QtGui import QColor


@dataclass(frozen=True, slots=True)
class Fonts:
    """Font family chain (first installed one wins) and sizes in px."""

    families: tuple[str, ...]
    body: int
    small: int
    tiny: int
    section: int
    title: int
    figure: int


@dataclass(frozen=True, slots=True)
class Radii:
    """Corner radii in px."""

    card: int
    control: int
    pill: int


@dataclass(frozen=True, slots=True)
class Space:
    """Distances in px: between cards, around a page, inside a card."""

    gap: int
    page: int
    card: int


class Colours(NamedTuple):
    """One scheme's colours as `#RRGGBB`; the field names are the token names used everywhere.

    A named tuple, because a frozen dataclass of this many fields takes 5 ms of every start to be made.
    """

    ink: str
    ink_2: str
    ink_3: str
    ground: str
    panel: str
    stage: str
    line: str
    line_strong: str
    track: str
    hover: str
    selected: str
    accent: str
    accent_hover: str
    accent_pressed: str
    on_accent: str
    accent_text: str
    accent_soft: str
    accent_soft_ink: str
    accent_wash: str
    accent_line: str
    warm: str
    warm_soft: str
    warm_soft_ink: str
    red: str
    red_soft: str
    red_soft_ink: str
    gold: str
    gold_soft: str
    gold_soft_ink: str
    blue: str
    blue_soft: str
    blue_soft_ink: str
    grey_soft: str
    grey_soft_ink: str
    dot_ok: str
    dot_wait: str
    dot_alarm: str
    dot_idle: str
    rail: str
    rail_active: str
    rail_hover: str
    rail_ink: str
    rail_ink_active: str
    rail_logo: str
    rail_logo_ink: str
    toast: str
    toast_ink: str
    toast_action: str
    shadow: str


@dataclass(frozen=True, slots=True)
class Tokens:
    """Everything in `tokens.json`."""

    font: Fonts
    radius: Radii
    space: Space
    light: Colours
    dark: Colours


def load_tokens(path: Path) -> Tokens:
    """Read the token file.

    Raises `OSError` when it cannot be read and `TypeError` when a colour is missing or unknown, so that a
    misspelt token never becomes a black rectangle on screen.
    """
    raw = json.loads(path.read_text(encoding="utf-8"))
    font = dict(raw["font"])
    font["families"] = tuple(font["families"])
    return Tokens(
        font=Fonts(**font),
        radius=Radii(**raw["radius"]),
        space=Space(**raw["space"]),
        light=Colours(**raw["light"]),
        dark=Colours(**raw["dark"]),
    )


@lru_cache(maxsize=256)
def qcolor(value: str) -> QColor:
    """Return the `QColor` of a `#RRGGBB` token value; cached because painters ask on every row."""
    return QColor(value)
