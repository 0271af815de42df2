"""Three stores in Shanghai and their staff. Names, house numbers and telephone numbers are invented.

The house numbers lie beyond the ends of the roads. Telephone numbers begin with 9 after the area code: in China the
leading 9 is kept for short service codes, so no subscriber has such an eight-digit number.
"""

from __future__ import annotations

import datetime as dt
from typing import Final

from head_office.demo.clock import day_ms
from head_office.demo.model import Guide, Store
from head_office.demo.names import GUIDES, MANAGERS
from head_office.demo.rng import make_id, stream

_STORES: Final = (
    ("SH001", "南京西路店", "上海市静安区南京西路 3088 号枫叶广场 1 层 L108", "021-92580131", 31.2304, 121.4581),
    ("SH002", "徐家汇店", "上海市徐汇区漕溪北路 2688 号枫汇天地 2 层 205", "021-92580132", 31.1955, 121.4365),
    ("SH003", "五角场店", "上海市杨浦区淞沪路 5077 号枫悦里 1 层 116", "021-92580133", 31.3003, 121.5141),
)
_FIRST_NUMBER: Final = 231
_FIRST_MANAGER: Final = 101
OPENS, CLOSES = 10 * 60, 22 * 60


def stores(today: dt.date, seed: int) -> list[Store]:
    """The stores, oldest first."""
    rng = stream(seed, "stores")
    opened = day_ms(today - dt.timedelta(days=5 * 365))
    return [
        Store(make_id(rng, opened + i), code, name, "华东区", address, phone, "10:00-22:00", latitude, longitude)
        for i, (code, name, address, phone, latitude, longitude) in enumerate(_STORES)
    ]


def staff(shops: list[Store], today: dt.date, seed: int) -> list[Guide]:
    """Twelve guides, 王敏 0231 first, and a manager for each store; `no` counts from 1."""
    rng = stream(seed, "staff")
    joined = day_ms(today - dt.timedelta(days=4 * 365))
    people: list[Guide] = []
    number = _FIRST_NUMBER
    for shop, names in zip(shops, GUIDES, strict=True):
        for name in names:
            people.append(_guide(make_id(rng, joined), len(people) + 1, number, name, shop, manager=False))
            number += 1
    for i, (shop, name) in enumerate(zip(shops, MANAGERS, strict=True)):
        people.append(_guide(make_id(rng, joined), len(people) + 1, _FIRST_MANAGER + i, name, shop, manager=True))
    return people


def _guide(id_: str, no: int, number: int, name: str, shop: Store, *, manager: bool) -> Guide:
    """One member of staff. Her PIN is her number with its last two digits repeated: 0231 -> 023131."""
    text = f"{number:04d}"
    return Guide(id_, no, text, name, "store_manager" if manager else "guide", shop.id, text + text[-2:])
