"""Clients by the hundred thousand, always the same, as an office would send them."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

from guide_app.base.ids import uuid7
from guide_app.protocol.messages import RecordFrame
from guide_app.protocol.scopes import store_scope

_START_MS = 1_700_000_000_000
_RANDOM_BITS = 74
STORE = uuid7(_START_MS, 1)
GUIDE = uuid7(_START_MS, 2)
_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许邓冯韩曹曾彭萧蔡潘田董袁于余叶蒋杜苏魏程吕丁沈任姚"
    "卢傅钟姜崔谭廖范汪陆金石戴贾韦夏单查解"
)
_GIVEN = (
    "雅婷敏建国小满晨曦一诺俊可雪静丽伟芳娜秀英强磊洋艳勇军杰娟涛超明霞平刚桂文辉玲慧莹欣怡子轩梓涵浩宇思远嘉怡若兮"
)
_SIZES = range(34, 46)


def people(count: int, seed: int = 1) -> Iterator[dict[str, Any]]:
    """The fields of `count` clients with names, phones and sizes drawn from `seed`."""
    rng = random.Random(seed)
    for n in range(count):
        yield {
            "name": rng.choice(_SURNAMES) + "".join(rng.choices(_GIVEN, k=rng.choice((1, 2, 2)))),
            "phone": f"1{rng.choice('3456789')}{rng.randrange(10**9):09d}",
            "sex": rng.choice(("female", "male", "")),
            "shoe_size": str(rng.choice(_SIZES)),
            "primary_guide_id": GUIDE,
            "contact_state": rng.choice(("none", "one_to_one", "marketing")),
            "remark": rng.choice(("", "脚背高", "喜欢乐福鞋", "久站")),
            "created_at": _START_MS + n,
        }


def clients(count: int, seed: int = 1) -> Iterator[RecordFrame]:
    """The same as records, numbered from 1."""
    bits = random.Random(seed + 1)
    for n, fields in enumerate(people(count, seed)):
        client_id = uuid7(_START_MS + n, bits.getrandbits(_RANDOM_BITS))
        yield RecordFrame(store_scope(STORE), "client", client_id, n + 1, fields)
