"""The shape of the style tables: what a family of goods has in common, and one line per style."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

WOMEN: Final = "女"
MEN: Final = "男"
UNISEX: Final = "中性"
KIDS: Final = "童"

SPRING, SUMMER, AUTUMN, WINTER, ALL_YEAR = "春", "夏", "秋", "冬", "四季"


@dataclass(frozen=True, slots=True)
class Style:
    """One style: its name, whom it is for, tag price in yuan, season, and points of its own."""

    name: str
    audience: str
    yuan: int
    season: str
    points: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Family:
    """What all styles of one drawn family share. `code` begins the SPU code, `shelf` is the category's last step."""

    key: str
    code: str
    room: str
    shelf: str
    sizes: str
    colours: tuple[str, ...]
    materials: tuple[str, ...]
    care: str
    points: tuple[str, ...]
    styles: tuple[Style, ...]
    sensitive: bool = False


W, M, U, K = WOMEN, MEN, UNISEX, KIDS
SP, SU, AU, WI, ALL = SPRING, SUMMER, AUTUMN, WINTER, ALL_YEAR

SIZES: Final[dict[tuple[str, str], tuple[str, ...]]] = {
    ("shoe", WOMEN): ("34", "35", "36", "37", "38", "39", "40"),
    ("shoe", MEN): ("38", "39", "40", "41", "42", "43", "44", "45"),
    ("shoe", UNISEX): ("35", "36", "37", "38", "39", "40", "41", "42", "43", "44"),
    ("shoe", KIDS): ("26", "27", "28", "29", "30", "31", "32", "33"),
    ("letter", WOMEN): ("S", "M", "L", "XL"),
    ("letter", MEN): ("M", "L", "XL", "XXL"),
    ("letter", UNISEX): ("S", "M", "L", "XL", "XXL"),
    ("tailored", WOMEN): ("155/80A", "160/84A", "165/88A", "170/92A"),
    ("tailored", MEN): ("170/88A", "175/92A", "180/96A", "185/100A"),
    ("waist", WOMEN): ("155/64A", "160/68A", "165/72A", "170/76A"),
    ("waist", MEN): ("170/76A", "175/80A", "180/84A", "185/88A"),
    ("inch", WOMEN): ("25", "26", "27", "28", "29", "30"),
    ("inch", MEN): ("29", "30", "31", "32", "33", "34", "36"),
    ("belt", MEN): ("105", "110", "115", "120"),
    ("belt", WOMEN): ("90", "95", "100", "105"),
    ("one", WOMEN): ("均码",),
    ("one", MEN): ("均码",),
    ("one", UNISEX): ("均码",),
}
