"""Who stands in the book twice: two PCs that were apart took the same person down. Pure; proposes, never merges."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Why = Literal["phone", "wechat", "birthday"]


@dataclass(frozen=True, slots=True)
class Person:
    """What one record says of a person. `birth` is (calendar, month, day, leap month); None where not known."""

    id: str
    store_id: str
    name: str
    phone: str
    wechat: str
    sex: str
    birth: tuple[str, int, int, bool] | None
    birth_year: int | None
    created_at: int


@dataclass(frozen=True, slots=True)
class Double:
    """Two records that look like one person: `gone` would go into `stays`, the older. `why`, strongest first."""

    gone: Person
    stays: Person
    why: tuple[Why, ...]


def doubles(people: Iterable[Person]) -> list[Double]:
    """Pairs of one store with the same phone, the same WeChat, or the same name and birthday; strongest first.

    Of a larger group each is paired with its oldest record, so that merging all pairs leaves one. The answer does not
    depend on the order of `people`: every PC proposes the same.
    """
    groups: dict[tuple[Why, tuple[str, ...]], list[Person]] = defaultdict(list)
    for person in people:
        for why, key in _keys(person):
            groups[why, (person.store_id, *key)].append(person)
    found: dict[tuple[str, str], tuple[Person, Person, list[Why]]] = {}
    for (why, _), group in groups.items():
        stays, *others = sorted(group, key=_age)
        for gone in others:
            if why == "birthday" and not _may_be_one(gone, stays):
                continue
            found.setdefault((gone.id, stays.id), (gone, stays, []))[2].append(why)
    pairs = [Double(gone, stays, tuple(sorted(why, key=_STRENGTH.index))) for gone, stays, why in found.values()]
    return sorted(pairs, key=lambda pair: (_STRENGTH.index(pair.why[0]), -len(pair.why), pair.stays.id, pair.gone.id))


_STRENGTH: tuple[Why, ...] = ("phone", "wechat", "birthday")


def wechat_key(wechat: str) -> str:
    """A WeChat name as it is compared."""
    return wechat.strip().casefold()


def name_key(name: str) -> str:
    """A name as it is compared: however wide it was typed, without spaces."""
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())


def _keys(person: Person) -> Iterable[tuple[Why, tuple[str, ...]]]:
    if person.phone:
        yield "phone", (person.phone,)
    if wechat := wechat_key(person.wechat):
        yield "wechat", (wechat,)
    name = name_key(person.name)
    if name and person.birth is not None:
        yield "birthday", (name, *map(str, person.birth))


def _age(person: Person) -> tuple[int, str]:
    return person.created_at, person.id


def _may_be_one(a: Person, b: Person) -> bool:
    """Whether two of one name and birthday may be one person: nothing that both say tells them apart."""
    said = ((a.birth_year, b.birth_year), (a.sex, b.sex), (a.phone, b.phone))
    return not any(one and other and one != other for one, other in said)
