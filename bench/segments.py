"""Segments as a guide asks them: counts, overlap and who is left out, beside the same asked of SQLite by hand."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from itertools import islice

from bench.book import count_of, folder_for, open_book
from bench.measure import options, usual
from bench.people import GUIDE, STORE
from bench.report import Bench, Peer, Target
from guide_app.base.actor import Actor
from guide_app.base.clock import DAY_MS
from guide_app.base.ids import uuid7
from guide_app.flows.desk import Desk
from guide_app.protocol.messages import RecordFrame
from guide_app.protocol.scopes import BRAND, store_scope
from guide_app.segments import grids
from guide_app.segments import model as m
from guide_app.store.database import Database

_REPEATS = 5
_PAGE = 2_000
_BITS = 74
_MONTHS_MS = 500 * DAY_MS
#: A guide waits for no count on the book of a large store; larger books are measured without a promise.
_LARGE_STORE = 20_000
_LIVE = Target(most=200)
#: 冬靴 38 码, 180 天未购, 有同意: the example of the manual.
_BOOTS = m.All((
    m.Bought(category="女鞋/靴子", size="38"), m.Figure("days_since_purchase", at_least=180), m.Consented("marketing"),
))  # fmt: skip
_BOOTS_BY_HAND = """SELECT count(*) FROM client c WHERE c.archived_at IS NULL AND c.merged_into IS NULL
    AND c.contact_state = 'marketing'
    AND NOT EXISTS (SELECT 1 FROM consent s WHERE s.client_id = c.id AND s.purpose = 'marketing')
    AND (SELECT max(at) FROM purchase p WHERE p.client_id = c.id AND p.kind = 'sale') <= :then
    AND EXISTS (SELECT 1 FROM purchase p JOIN purchase_line l ON l.purchase_id = p.id JOIN product g
        ON g.id = l.product_id WHERE p.client_id = c.id AND l.size = '38' AND g.category = '女鞋/靴子')"""
_LEFT = m.Figure("left_percent", at_least=80)
_ACTOR = Actor(GUIDE, 1, "0001", "王敏", "guide", STORE, "测量店", "bench")


def _receipts(db: Database, now: int) -> Iterator[RecordFrame]:
    """Two products, and receipts of one piece for most clients over the last 500 days."""
    dice = random.Random(11)
    products = [uuid7(1_600_000_000_000, n) for n in (1, 2)]
    for no, (product, category) in enumerate(zip(products, ("女鞋/靴子", "女鞋/乐福鞋"), strict=True), 1):
        yield RecordFrame(BRAND, "product", product, 10 + no, {"no": no, "name": category, "category": category})
    scope, seq = store_scope(STORE), 10_000_000
    ids = db.query(lambda conn: [row[0] for row in conn.exec_driver_sql("SELECT id FROM client ORDER BY id")])
    for client in ids:
        # From her first day on she comes at her own pace, and leaves after a time with a chance of her own.
        at, pace, leaves = (
            now - dice.randrange(_MONTHS_MS),
            DAY_MS / dice.gammavariate(2, 1 / 80),
            dice.betavariate(1, 4),
        )
        while (at := at + round(dice.expovariate(1 / pace))) < now and dice.random() > leaves:
            receipt, line = (uuid7(at, dice.getrandbits(_BITS)) for _ in range(2))
            sale = {"client_id": client, "order_no": receipt[-8:], "kind": "sale", "at": at, "total_fen": 49_900}
            piece = {"purchase_id": receipt, "product_id": dice.choice(products), "qty": 1, "amount_fen": 49_900,
                     "size": dice.choice(("36", "37", "38", "39"))}  # fmt: skip
            yield RecordFrame(scope, "purchase", receipt, seq := seq + 1, {**sale, "guide_id": GUIDE})
            yield RecordFrame(scope, "purchase_line", line, seq := seq + 1, piece)


def _fill(db: Database, now: int) -> None:
    frames = _receipts(db, now)
    while page := list(islice(frames, _PAGE)):
        db.apply(lambda applier, page=page: applier.apply(page))  # type: ignore[misc]


def _asked(desk: Desk) -> dict[str, Callable[[], object]]:
    """What is measured, by its words."""
    segments = desk.segments
    return {
        "boots in 38, 180 days, with consent: count": lambda: segments.count(_BOOTS, GUIDE),
        "the same: who is left out, by reason": lambda: segments.reach(_BOOTS, GUIDE),
        "everybody: who is left out, by reason": lambda: segments.reach(m.EVERYBODY, GUIDE),
        "likely to have left by 80 %: count": lambda: segments.count(_LEFT, GUIDE),
        "overlap of boots and interval passed": lambda: segments.overlap(_BOOTS, grids.overdue(), GUIDE),
        "nine cells": lambda: segments.grid(GUIDE),
        "five stages": lambda: segments.stages(GUIDE),
        "table of who let her interval pass": lambda: segments.lines(grids.overdue(), GUIDE),
    }


def _by_hand(db: Database, now: int) -> int:
    then = {"then": now - 180 * DAY_MS}
    return int(db.query(lambda conn: conn.exec_driver_sql(_BOOTS_BY_HAND, then).scalar_one()))


def main(arguments: Sequence[str] | None = None) -> None:
    """Build the book, ask, print."""
    given = options("segments", arguments, clients=_LARGE_STORE)
    bench = Bench("segments", given.given, given.out)
    book = f"{given.clients:,} clients"
    target = _LIVE if given.clients <= _LARGE_STORE else Target()
    with folder_for(given) as folder:
        db, desk = open_book(folder, given.clients)
        try:
            now = desk.clock.now_ms()
            if not count_of(db, "purchase"):
                _fill(db, now)
            learnt = usual(lambda: desk.rhythm.learn(_ACTOR), 1).wall
            bench.add(f"learn who leaves, {book}, once a day", learnt, "ms", Target(most=10_000))
            by_hand = usual(lambda: _by_hand(db, now), _REPEATS)
            for words, ask in _asked(desk).items():
                took, like = usual(ask, _REPEATS), words.endswith("consent: count")
                peers = [Peer("SQLite by hand", limit) if like else None for limit in (by_hand.wall, by_hand.cpu)]
                bench.add(f"{words}, {book}", took.wall, "ms", target, peers[0])
                bench.add(f"{words}, {book}, processor time", took.cpu, "ms", target, peers[1])
        finally:
            db.close()
    bench.finish()


if __name__ == "__main__":
    main()
