"""Client cards of about 390 bytes, always the same: what every system in the sync measurement carries."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

import msgspec

from bench.people import people
from guide_app.base.ids import uuid7

_START_MS = 1_700_000_000_000
_RANDOM_BITS = 74
_PHRASES = (
    "脚背偏高",
    "久站一整天",
    "喜欢软底乐福鞋",
    "右脚略宽",
    "平时穿半码",
    "同事推荐来的",
    "给妈妈挑过生日礼",
    "不要亮面",
    "只看头层牛皮",
    "怕冷要加绒",
    "周末带孩子来",
    "常去健身房",
    "新房刚装修",
    "下月出差广州",
    "喜欢米白和焦糖",
    "鞋跟不过五厘米",
    "介意胶水味",
    "要能机洗",
    "开会要正式一点",
    "上次的短靴很满意",
    "发票开公司",
    "等新款到货",
    "会员日再买",
    "怕磨脚要贴后跟",
    "换过一次尺码",
    "想配同色手包",
    "先加企业微信",
    "别打电话",
    "晚上八点后方便",
    "婚礼前一周取",
    "雨天也能穿",
    "通勤要走两公里",
    "试了三双犹豫",
    "预算六百上下",
    "看中橱窗那双",
    "老客介绍新客",
    "退过一件针织衫",
    "大衣要及膝",
    "偏爱直筒裤",
    "羊毛会痒",
)
_LEAST, _MOST = 5, 8


def cards(count: int, guide: str, seed: int = 1) -> Iterator[tuple[str, dict[str, Any]]]:
    """Id and fields of `count` clients of the guide with this id."""
    rng = random.Random(seed + 2)
    for n, person in enumerate(people(count, seed)):
        note = "，".join(rng.sample(_PHRASES, rng.randint(_LEAST, _MOST)))
        born = {
            "birth_year": rng.randint(1955, 2008),
            "birth_month": rng.randint(1, 12),
            "birth_day": rng.randint(1, 28),
        }
        card_id = uuid7(_START_MS + n * 40_000, rng.getrandbits(_RANDOM_BITS))
        yield card_id, {**person, **born, "primary_guide_id": guide, "remark": note}


def lines(some: Iterator[tuple[str, dict[str, Any]]]) -> bytes:
    """The cards as one JSON object a line, for the peers' programs."""
    return msgspec.json.Encoder().encode_lines({"id": card_id, **fields} for card_id, fields in some)
