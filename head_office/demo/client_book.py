"""What the demo's guides keep of clients besides tags and notes: consents, relations, dates, wishes, services.

All of it is about 王敏's ten clients of the stories, but for the consents: everybody who said anything has one.
Two of the ten are known in the other stores, too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from random import Random
from typing import Any, Final

import msgspec

from guide_app.protocol import records as wire
from guide_app.protocol.records import Record
from head_office.demo.clock import DAY_MS
from head_office.demo.model import Client, Guide, Product
from head_office.demo.office_rules import BOOTS
from head_office.demo.rng import make_id, stream

Scoped = tuple[str, Record]

# Whose, and what (docs: the record kinds of the same names); `days` before today.
_RELATIONS: Final[tuple[tuple[str, dict[str, Any]], ...]] = (
    ("陈雅婷", {"kind": "family", "name": "妹妹", "sex": "female", "shoe_size": "36", "note": "喜欢玛丽珍"}),
    ("周建国", {"kind": "child", "name": "儿子", "sex": "male", "note": "明年结婚, 要一套正装"}),
    ("赵敏", {"kind": "family", "name": "外孙", "sex": "male", "shoe_size": "27"}),
    ("何俊", {"kind": "spouse", "name": "太太", "sex": "female", "shoe_size": "37"}),
)
_DATES: Final[tuple[tuple[str, dict[str, Any]], ...]] = (
    ("陈雅婷", {"kind": "anniversary", "title": "结婚纪念日", "month": 12, "day": 6}),
    ("沈一诺", {"kind": "birthday", "title": "农历生日", "calendar": "lunar", "month": 8, "day": 10}),
    ("赵敏", {"kind": "custom", "title": "外孙上幼儿园", "month": 9, "day": 1}),
)
_ANSWERS: Final = (
    ("陈雅婷", "脚背", "高"), ("陈雅婷", "常走的路", "久站"), ("陈雅婷", "愿意收到养护提醒", "yes"),
    ("许晨曦", "常走的路", "跑步"), ("赵敏", "脚背", "平"),
)  # fmt: skip
_WISHES: Final[tuple[tuple[str, str, dict[str, Any]], ...]] = (
    ("林小满", "云感小白鞋", {"want": "云感小白鞋 36 码, 到了告诉她", "size": "36", "tell": True}),
    ("沈一诺", "双面呢大衣", {"want": "驼色长款, 等降温再买", "colour": "驼色"}),
    ("许晨曦", "", {"want": "下个月半马要一双缓震跑鞋", "size": "38", "tell": True}),
)
_SERVICES: Final[tuple[tuple[str, dict[str, Any], int], ...]] = (
    ("陈雅婷", {"kind": "alteration", "title": "后跟撑鞋", "body": "软底乐福鞋左脚略紧, 已上鞋撑"}, 3),
    ("冯雪", {"kind": "repair", "title": "换前掌", "body": "金属扣乐福前掌磨薄, 送修"}, -2),
)
_OWN_SCRIPTS: Final = (
    ("沉睡唤醒", "问候熟客", "{称呼}, 今天降温, 记得加件衣服。路过店里来喝杯热茶。"),
    ("到货通知", "留码", "{称呼}, 您的码我先收在后仓, 周日前都在。"),
)
_LIST: Final = ("周末爱来店", ("陈雅婷", "林小满", "沈一诺"))
# Known in another store as well: who, how she is written there, and how many days ago she was contacted there.
_ELSEWHERE: Final = (("陈雅婷", "陈小姐", (2, 6)), ("许晨曦", "许女士", (9,)))


def client_book(
    clients: Sequence[Client],
    guides: Sequence[Guide],
    products: Sequence[Product],
    office: Sequence[Record],
    now_ms: int,
) -> Iterator[Scoped]:
    """(store id, record) as of `now_ms` (UTC ms); `office` are the brand's rules. Same arguments, same ids."""
    book = _Book(clients, guides, now_ms)
    yield from book.consents(clients)
    yield from book.about(_RELATIONS, wire.Relation)
    yield from book.about(_DATES, wire.ClientDate)
    yield from book.answers({r.name: r.id for r in office if isinstance(r, wire.CustomField)})
    yield from book.wishes(products)
    yield from book.services()
    yield from book.lists()
    yield from book.runs([r.id for r in office if isinstance(r, wire.Sop)])
    yield from book.elsewhere(guides)


class _Book:
    """王敏's clients by name, and ids from one stream."""

    def __init__(self, clients: Sequence[Client], guides: Sequence[Guide], now_ms: int) -> None:
        self._rng: Random = stream("client book")
        self._now = now_ms
        self._guide = guides[0]
        self._hers: Mapping[str, Client] = {c.name: c for c in clients if c.primary_guide_id == self._guide.id}

    def consents(self, clients: Sequence[Client]) -> Iterator[Scoped]:
        for client in clients:
            if client.contact_state == "none" or client.consent_at is None:
                continue
            yield client.store_id, wire.Consent(
                id=self._id(client.consent_at), client_id=client.id, guide_id=client.primary_guide_id,
                purpose="service" if client.contact_state == "one_to_one" else "marketing",
                granted=client.contact_state != "refused", version=client.consent_version, way="scan",
                proof="本人扫码确认", at=client.consent_at,
            )  # fmt: skip

    def about(self, rows: Sequence[tuple[str, dict[str, Any]]], make: type[Record]) -> Iterator[Scoped]:
        for days, (name, said) in enumerate(rows, 20):
            yield self._scoped(make, {**self._by(name, days), **said})

    def answers(self, fields: Mapping[str, str]) -> Iterator[Scoped]:
        for days, (name, field, value) in enumerate(_ANSWERS, 30):
            said = {**self._by(name, days), "field_id": fields[field], "value": value}
            yield self._scoped(wire.CustomValue, said)

    def wishes(self, products: Sequence[Product]) -> Iterator[Scoped]:
        ids = {product.name: product.id for product in products}
        for days, (name, product, said) in enumerate(_WISHES, 1):
            yield self._scoped(wire.Wish, {**self._by(name, days), "product_id": ids.get(product), **said})

    def services(self) -> Iterator[Scoped]:
        for name, said, due in _SERVICES:
            yield self._scoped(wire.Service, {**self._by(name, 4), "due_at": self._now + due * DAY_MS, **said})

    def lists(self) -> Iterator[Scoped]:
        at, guide = self._now - 10 * DAY_MS, self._guide
        boots = {"all": [BOOTS, {"figure": "days_since_purchase", "at_least": 180}]}
        for name, rule in (("冬靴 180 天未购", boots), ("星标客户", {"all": [{"flag": "starred"}]})):
            yield guide.store_id, wire.Segment(id=self._id(at), name=name, rule=rule, guide_id=guide.id, at=at)
        static = wire.Segment(id=self._id(at), name=_LIST[0], mode="static", guide_id=guide.id, at=at)
        yield guide.store_id, static
        for name in _LIST[1]:
            yield self._scoped(wire.SegmentMember, {**self._by(name, 10), "segment_id": static.id})
        for scene, title, body in _OWN_SCRIPTS:
            own = wire.OwnScript(id=self._id(at), guide_id=guide.id, scene=scene, title=title, body=body, at=at)
            yield guide.store_id, own
            yield (
                guide.store_id,
                wire.Favourite(id=self._id(at), guide_id=guide.id, what="own_script", target=own.id, at=at),
            )

    def runs(self, sops: Sequence[str]) -> Iterator[Scoped]:
        for name, sop, days in (("吴佳", sops[0], 3), ("赵敏", sops[1], 0)):
            said = {key: value for key, value in self._by(name, days).items() if key != "at"}
            yield self._scoped(wire.SopRun, {**said, "sop_id": sop, "started_at": self._now - days * DAY_MS})

    def elsewhere(self, guides: Sequence[Guide]) -> Iterator[Scoped]:
        others = [guide for guide in guides if guide.store_id != self._guide.store_id]
        for (name, called, days), guide in zip(_ELSEWHERE, others, strict=False):
            known, met = self._hers[name], self._now - 60 * DAY_MS
            twin = wire.Client(
                id=self._id(met), name=called, phone=known.phone, sex=known.sex, primary_guide_id=guide.id,
                source_channel="门店", contact_state="one_to_one", consent_at=met, created_at=met,
            )  # fmt: skip
            yield guide.store_id, twin
            for ago in days:
                at = self._now - ago * DAY_MS
                note = wire.Note(id=self._id(at), client_id=twin.id, guide_id=guide.id, kind="message", at=at)
                yield guide.store_id, msgspec.structs.replace(note, body="问她要不要来看新到的大衣。")

    def _by(self, name: str, days: int) -> dict[str, Any]:
        """What all of these records say: of whom, by whom, when."""
        at = self._now - days * DAY_MS
        return {"id": self._id(at), "client_id": self._hers[name].id, "guide_id": self._guide.id, "at": at}

    def _scoped(self, make: type[Record], said: Mapping[str, Any]) -> Scoped:
        known = set(make.__struct_fields__)
        return self._guide.store_id, msgspec.convert({k: v for k, v in said.items() if k in known}, make)

    def _id(self, at: int) -> str:
        return make_id(self._rng, at)
