"""Clients of the demo brand: who they are, before they have bought anything.

No person is meant. Mobile numbers have the shape 1[3-9]xxxxxxxxx but begin with 154, 160, 161, 163, 164, 168, 169 or
179: number blocks that the numbering plan of telecommunications networks (电信网编号计划,
2017 edition) leaves without an
operator, so that no number can ring at anybody's.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random
from typing import Final

from borax.calendars.lunardate import LunarDate

from head_office.demo.births import Birth, birth
from head_office.demo.clock import DAY_MS, day_ms
from head_office.demo.heroes import HEROES, Hero
from head_office.demo.model import Client, ContactState, Guide, Sex, Store
from head_office.demo.names import GIVEN, POLYPHONES, RARE, SURNAMES
from head_office.demo.rng import make_id, stream, weighted

COUNT: Final = 1600
WEEKS: Final = 156
PREFIXES: Final = ("154", "160", "161", "163", "164", "168", "169", "179")
CONSENT_VERSION: Final = "2025-01"

# Acquisition: the book was opened three years ago with the regulars of the day, who are met within the first quarter;
# after that new clients come evenly. A few are only leads who have not bought.
FOUNDING_SHARE: Final = 0.35
FOUNDING_WEEKS: Final = 13
LEAD_SHARE: Final = 0.04
_STORE_WEIGHTS: Final = (0.42, 0.32, 0.26)
_FEMALE: Final = 0.68
_GIVES_WECHAT, _KNOWN_FOOT, _KNOWN_TOP, _STARRED = 0.7, 0.86, 0.6, 0.02
_CONTACT: Final[tuple[tuple[ContactState, float], ...]] = (
    ("marketing", 0.5), ("one_to_one", 0.27), ("none", 0.16), ("refused", 0.07),
)  # fmt: skip
_CHANNELS: Final = (
    ("门店", 0.52), ("老带新", 0.12), ("公众号", 0.08), ("小红书", 0.09), ("视频号", 0.06), ("抖音", 0.05),
    ("天猫", 0.05), ("活动", 0.03),
)  # fmt: skip
_FEMALE_FEET: Final = (("34", 2.0), ("35", 9), ("36", 22), ("37", 30), ("38", 23), ("39", 11), ("40", 3))
_MALE_FEET: Final = (("39", 5.0), ("40", 14), ("41", 25), ("42", 27), ("43", 18), ("44", 8), ("45", 3))
_FEMALE_TOPS: Final = (("S", 26.0), ("M", 40), ("L", 25), ("XL", 9))
_MALE_TOPS: Final = (("M", 16.0), ("L", 38), ("XL", 32), ("XXL", 14))
_STYLES: Final[dict[Sex, tuple[tuple[tuple[str, ...], str, float], ...]]] = {
    "female": (
        (("loafer", "derby", "shirt", "trousers", "blazer", "tote", "trench"), "通勤, 偏爱基础色", 22),
        (("white_sneaker", "canvas", "tshirt", "jeans", "sweatshirt", "hoodie"), "休闲, 小白鞋", 24),
        (("mary_jane", "ballet", "dress", "skirt", "cardigan", "crossbody"), "法式, 裙装", 18),
        (("runner", "dad_shoe", "joggers", "jacket", "down_vest", "socks"), "运动, 好走路", 14),
        (("pump", "long_boot", "coat", "chelsea", "pullover", "scarf"), "大衣与靴, 成套买", 12),
        (("kids", "runner", "down_jacket", "socks", "white_sneaker"), "常给孩子买", 10),
    ),
    "male": (
        (("derby", "shirt", "trousers", "blazer", "belt", "coat"), "商务正装", 34),
        (("runner", "tshirt", "joggers", "hoodie", "dad_shoe", "backpack"), "运动休闲", 36),
        (("martin", "jeans", "jacket", "denim_jacket", "chelsea", "canvas"), "工装与靴", 18),
        (("loafer", "polo", "pullover", "shorts", "skate"), "轻商务", 12),
    ),
    "": (((), "", 1),),
}


@dataclass(frozen=True, slots=True)
class Person:
    """A client with her first day (None for a lead) and, for a scripted one, her story."""

    client: Client
    first: int | None
    hero: Hero | None = None


def people(shops: Sequence[Store], guides: Sequence[Guide], today: dt.date, seed: int) -> list[Person]:
    """`COUNT` clients: the scripted ones first, then names that are hard to sort, then everybody else."""
    rng = stream(seed, "people")
    phone = _phones(rng)
    by_store = [[g for g in guides if g.store_id == s.id and g.role == "guide"] for s in shops]
    made = [_scripted(hero, guides[0], today, phone, rng) for hero in HEROES]
    while len(made) < COUNT:
        team = rng.choices(by_store, _STORE_WEIGHTS)[0]
        made.append(_ordinary(len(made) - len(HEROES), rng.choice(team), today, phone, rng))
    return made


def _phones(rng: Random) -> Callable[[str], str]:
    """A maker of phone numbers, each only once; it takes the last four digits or an empty text."""
    used: set[str] = set()

    def make(last4: str) -> str:
        while True:
            tail = last4 or f"{rng.randrange(10_000):04d}"
            number = f"{rng.choice(PREFIXES)}{rng.randrange(10_000):04d}{tail}"
            if number not in used:
                used.add(number)
                return number

    return make


def _scripted(hero: Hero, guide: Guide, today: dt.date, phone: Callable[[str], str], rng: Random) -> Person:
    first = day_ms(today - dt.timedelta(days=max(b.days for b in hero.bought)), 10 * 60)
    born = hero.birth
    if hero.lunar_tomorrow:
        lunar = LunarDate.from_solar(today + dt.timedelta(days=1))
        born = Birth("lunar", hero.born, lunar.month, lunar.day)
    taste = next((s[0] for s in _STYLES[hero.sex]), ())
    client = Client(
        id=make_id(rng, first), store_id=guide.store_id, primary_guide_id=guide.id, name=hero.name,
        phone=phone(hero.last4),
        wechat=hero.wechat, member_no=_member_no(rng), sex=hero.sex,
        age_band=_age_band(today.year - (born.year or hero.born)),
        birth_calendar=born.calendar, birth_year=born.year, birth_month=born.month, birth_day=born.day,
        birth_leap=born.leap,
        level="", source_channel=hero.channel, contact_state=hero.contact, consent_version=CONSENT_VERSION,
        consent_at=first,
        shoe_size=hero.shoe_size, top_size=hero.top_size, preference=hero.preference, remark="", follow_state="跟进中",
        starred=hero.starred, created_at=first, tastes=taste,
    )  # fmt: skip
    return Person(client, first, hero)


def _ordinary(index: int, guide: Guide, today: dt.date, phone: Callable[[str], str], rng: Random) -> Person:
    sex: Sex = "female" if rng.random() < _FEMALE else "male"
    year = today.year - min(72, max(18, round(rng.gauss(38, 12))))
    name, sex = _name(index, sex, year, rng)
    first = _first_moment(today, rng)
    lead = rng.random() < LEAD_SHARE
    born = birth(rng, year)
    contact = weighted(rng, _CONTACT)
    tastes, preference = weighted(rng, [((t, p), w) for t, p, w in _STYLES[sex]])
    asked = contact != "none"
    client = Client(
        id=make_id(rng, first), store_id=guide.store_id, primary_guide_id=guide.id, name=name, phone=phone(""),
        wechat=_wechat(rng) if contact in {"one_to_one", "marketing"} and rng.random() < _GIVES_WECHAT else "",
        member_no=_member_no(rng), sex=sex, age_band=_age_band(today.year - year),
        birth_calendar=born.calendar, birth_year=born.year, birth_month=born.month, birth_day=born.day,
        birth_leap=born.leap,
        level="", source_channel=weighted(rng, _CHANNELS), contact_state=contact,
        consent_version=CONSENT_VERSION if asked else "", consent_at=first if asked else None,
        shoe_size=weighted(rng, _FEMALE_FEET if sex == "female" else _MALE_FEET) if rng.random() < _KNOWN_FOOT else "",

        top_size=weighted(rng, _FEMALE_TOPS if sex == "female" else _MALE_TOPS) if rng.random() < _KNOWN_TOP else "",

        preference=preference, remark="", follow_state=weighted(rng, (("待跟进", 3.0), ("跟进中", 5), ("", 6))),
        starred=rng.random() < _STARRED, created_at=first, tastes=tastes,
    )  # fmt: skip
    return Person(client, None if lead else first)


def _first_moment(today: dt.date, rng: Random) -> int:
    """When she was first met; see the note on acquisition above. Never later than yesterday."""
    founding = rng.random() < FOUNDING_SHARE
    day = rng.randrange(FOUNDING_WEEKS * 7) if founding else rng.randrange(FOUNDING_WEEKS * 7, WEEKS * 7)
    return day_ms(today - dt.timedelta(days=WEEKS * 7)) + day * DAY_MS + rng.randrange(11 * 60, 21 * 60) * 60_000


def _name(index: int, sex: Sex, year: int, rng: Random) -> tuple[str, Sex]:
    if index < len(RARE):
        name, fixed = RARE[index]
        return name, "female" if fixed == "female" else "male"
    roll = index - len(RARE)
    surname = POLYPHONES[roll] if roll < len(POLYPHONES) else weighted(rng, SURNAMES)
    _, women, men = next((g for g in reversed(GIVEN) if g[0] <= year), GIVEN[0])
    return surname + rng.choice(women if sex == "female" else men), sex


def _member_no(rng: Random) -> str:
    return f"RM{rng.randrange(10**8):08d}"


def _wechat(rng: Random) -> str:
    """An invented WeChat id: 6-20 letters, digits, - and _, a letter first."""
    letters = "abcdefghijklmnopqrstuvwxyz"
    return "".join(rng.choice(letters) for _ in range(rng.randint(4, 8))) + f"_{rng.randrange(1000):03d}"


def _age_band(age: int) -> str:
    """The band a guide would tick: 18-24, 25-34, 35-44, 45-54, 55+."""
    for low, high in ((18, 24), (25, 34), (35, 44), (45, 54)):
        if age <= high:
            return f"{low}-{high}"
    return "55+"
