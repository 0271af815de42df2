"""What the demo's head office sets for all stores: fields, tag rules, sequences, festivals, house rules."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

import msgspec

from guide_app.protocol import records as wire
from guide_app.protocol.records import Record
from head_office.demo.clock import DAY_MS
from head_office.demo.model import Script, Tag
from head_office.demo.rng import make_id, stream

_FIELDS: Final[tuple[dict[str, Any], ...]] = (
    {"name": "脚背", "group": "脚型", "type": "choice", "choices": ["高", "平", "正常"], "purpose": "选鞋楦"},
    {"name": "常走的路", "group": "穿着", "type": "choice", "choices": ["通勤", "久站", "开车", "跑步"],
     "purpose": "推荐鞋底"},
    {"name": "职业", "group": "穿着", "type": "text", "private": True, "purpose": "搭配场合"},
    {"name": "愿意收到养护提醒", "group": "服务", "type": "yes_no", "purpose": "养护提醒"},
)  # fmt: skip
#: Where boots stand in the catalogue of styles.
BOOTS: Final[dict[str, Any]] = {
    "any": [
        {"bought": {"category": f"鞋/{whose}/{kind}", "within_days": 730}}
        for whose in ("女", "男", "中性") for kind in ("切尔西靴", "长筒靴", "雪地靴", "马丁靴")
    ]
}  # fmt: skip
# Group and name of the tag, its rule (docs/segments.md), for how many days it hangs, and why.
_TAG_RULES: Final[tuple[tuple[str, str, dict[str, Any], int, str], ...]] = (
    ("状态", "沉睡", {"figure": "days_since_purchase", "at_least": 180}, 0, "180 天没有买过"),
    ("偏好", "靴", BOOTS, 365, "两年内买过靴子"),
    ("消费", "看重折扣", {"event": "redeemed", "times": 3, "within_days": 365}, 180, "一年内用过三张券"),
)
# Name and steps: after how many days, what, and the title of the script.
_SOPS: Final = (
    ("新客 30 天", ((1, "问候, 留下自己的联系方式", "谢谢光临"), (7, "问穿着是否合脚", "穿着是否合脚"),
                   (30, "一个月回访", "一个月回访"))),
    ("沉睡唤醒", ((0, "发一句问候, 不推商品", "好久不见"), (10, "邀请来店免费养护", "回访旧款"))),
)  # fmt: skip
# Name, calendar, month and day or solar term, days before, scene of scripts.
_FESTIVALS: Final[tuple[tuple[str, dict[str, Any], int], ...]] = (
    ("元旦", {"calendar": "solar", "month": 1, "day": 1}, 5),
    ("春节", {"calendar": "lunar", "month": 1, "day": 1}, 15),
    ("三八节", {"calendar": "solar", "month": 3, "day": 8}, 7),
    ("七夕", {"calendar": "lunar", "month": 7, "day": 7}, 5),
    ("中秋", {"calendar": "lunar", "month": 8, "day": 15}, 7),
    ("双十一", {"calendar": "solar", "month": 11, "day": 11}, 10),
    ("双十二", {"calendar": "solar", "month": 12, "day": 12}, 10),
    ("冬至", {"calendar": "term", "term": "冬至"}, 3),
)
_HOUSE_RULES: Final[tuple[tuple[str, dict[str, Any]], ...]] = (
    ("contact_budget", {"per_day": 18}),
    ("contact_limit", {"count": 3, "days": 7}),
    ("reveal_limit", {"per_day": 30}),
    ("export_limit", {"rows": 200}),
    ("retention_days", {"days": 1_095}),
)


def office_rules(tags: Sequence[Tag], scripts: Sequence[Script], now_ms: int) -> Iterator[Record]:
    """Records of the brand, as of 90 days before `now_ms` (UTC ms); the same arguments give the same ids."""
    rng = stream("office rules")
    at = now_ms - 90 * DAY_MS
    tag_ids = {(tag.group, tag.name): tag.id for tag in tags}
    script_ids = {script.title: script.id for script in scripts if script.variant_of is None}
    yield from (
        msgspec.convert({"id": make_id(rng, at), "rank": n, **field}, wire.CustomField)
        for n, field in enumerate(_FIELDS, 1)
    )
    for n, (group, name, rule, days, why) in enumerate(_TAG_RULES, 1):
        yield wire.TagRule(
            id=make_id(rng, at), tag_id=tag_ids[group, name], group=group, name=name, rule=rule, days=days, why=why,
            rank=n,
        )  # fmt: skip
    for n, (name, steps) in enumerate(_SOPS, 1):
        found = [wire.SopStep(day=day, title=title, script_id=script_ids[script]) for day, title, script in steps]
        yield wire.Sop(id=make_id(rng, at), name=name, steps=found, rank=n)
    for name, when, before in _FESTIVALS:
        known = {"id": make_id(rng, at), "name": name, "days_before": before, "scene": "大促预热", **when}
        yield msgspec.convert(known, wire.Festival)
    yield from (wire.HouseRule(id=make_id(rng, at), name=name, value=value) for name, value in _HOUSE_RULES)
