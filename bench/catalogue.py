"""Finding a product as a guide types: milliseconds from text to rows over all variants, beside SQLite's LIKE.

Each keystroke's text is asked several times and its median taken. LIKE asks name, code, barcode and colour of the same
encrypted book, and finds neither pinyin nor initials.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path

from bench.book import open_book
from bench.measure import Spent, options, quantile, timed, usual
from bench.people import STORE
from bench.report import Bench, Peer, Target
from guide_app.base.gtin import check_digit
from guide_app.base.ids import uuid7
from guide_app.protocol.messages import RecordFrame
from guide_app.protocol.scopes import BRAND, store_scope
from guide_app.store import product_search
from guide_app.store.database import Database

_SIZES = ("35", "36", "37", "38", "39", "40")
_COLOURS = ("黑色", "米白色", "焦糖棕", "酒红色", "雾霾蓝", "浅灰色", "藏青色", "奶茶色")
_SOFT = ("软底", "云感", "轻奢", "复古", "法式", "通勤", "手工", "厚底", "尖头", "方头", "真皮", "防滑")
_SORT = (
    "乐福鞋",
    "小白鞋",
    "单鞋",
    "短靴",
    "凉鞋",
    "玛丽珍鞋",
    "运动鞋",
    "风衣",
    "羊毛大衣",
    "针织衫",
    "半身裙",
    "衬衫",
)
_TYPED = (
    "软底乐福鞋", "rdlfx", "ruandi", "lfx", "BP00123", "6900000012",
    "黑色", "酒红 短靴", "米白 xbx 38", "大衣", "女鞋", "fs",
)  # fmt: skip
_REPEATS, _LIKE_REPEATS = 7, 3
_PAGE = 2_000
_LIMIT = 200
_P50, _P99 = 0.5, 0.99
_ASKED = Target(most=50)


def frames(skus: int) -> Iterator[RecordFrame]:
    """A catalogue of at least `skus` variants in six sizes and up to eight colours, each with its stock."""
    each = len(_SIZES) * 2
    for number in range(skus // each + 1):
        product, base = uuid7(1_700_000_000_000, number), number * each
        name = f"{_SOFT[number % 12]}{_SOFT[number // 12 % 12]}{_SORT[number // 7 % 12]} {2020 + number % 7}"
        yield RecordFrame(
            BRAND, "product", product, base * 3 + 10,
            {"no": number + 1, "spu": f"BP{number:05}", "name": name, "category": "女鞋/" + _SORT[number // 7 % 12],
             "price_fen": 39_900 + number},
        )  # fmt: skip
        for place in range(each):
            sku, digits = uuid7(1_710_000_000_000, base + place), f"690{base + place:09}"
            colour, size = _COLOURS[(number + place // len(_SIZES)) % len(_COLOURS)], _SIZES[place % len(_SIZES)]
            variant = {"product_id": product, "code": f"BP{number:05}-{place:02}", "colour": colour, "size": size}
            gtin = f"{digits}{check_digit(digits)}"
            yield RecordFrame(BRAND, "sku", sku, base * 3 + 11 + 2 * place, {**variant, "gtin": gtin})
            figures = {"on_hand": 3, "available": 2, "as_of": 1_790_000_000_000}
            yield RecordFrame(store_scope(STORE), "stock", sku, base + place + 10, figures)


def keystrokes() -> list[str]:
    """The texts that stand in the field after each key."""
    texts = [text[:n] for text in _TYPED for n in range(1, len(text) + 1) if not text[:n].endswith(" ")]
    return list(dict.fromkeys(texts))


def _like(db: Database, text: str) -> None:
    pattern = f"%{text}%"
    db.query(
        lambda conn: conn.exec_driver_sql(
            "SELECT DISTINCT p.id, p.name FROM product p JOIN sku k ON k.product_id = p.id"
            " WHERE p.name LIKE ?1 OR p.spu LIKE ?1 OR k.code LIKE ?1 OR k.gtin LIKE ?1 OR k.colour LIKE ?1 LIMIT ?2",
            (pattern, _LIMIT),
        ).all()
    )


def _each(ask: Callable[[str], object], repeats: int) -> list[Spent]:
    return [usual(lambda text=text: ask(text), repeats) for text in keystrokes()]  # type: ignore[misc]


def main(arguments: Sequence[str] | None = None) -> None:
    """Build the catalogue, type, print."""
    given = options("catalogue", arguments, clients=1_000, skus=50_000)
    bench = Bench("catalogue", given.given, given.out)
    with tempfile.TemporaryDirectory() as folder:
        db, desk = open_book(Path(folder), given.clients)
        try:
            coming = frames(given.skus)
            while page := list(islice(coming, _PAGE)):
                db.apply(lambda applier, page=page: applier.apply(page))  # type: ignore[misc]
            rows = _each(lambda text: desk.catalogue.products(text, _LIMIT), _REPEATS)
            all_rows = _each(lambda text: desk.catalogue.products(text, 5_000), _REPEATS)
            like = _each(lambda text: _like(db, text), _LIKE_REPEATS)
            scan = usual(lambda: desk.catalogue.find("BP00123-05"), _REPEATS)
            whole = usual(lambda: desk.catalogue.products("", 5_000), _REPEATS)
            anew = timed(lambda: db.apply(lambda applier: product_search.rebuild(applier.conn)))
        finally:
            db.close()
    book = f"{given.skus:,} variants"
    for share in (_P50, _P99):
        name = f"p{share * 100:g} of the keystrokes"
        ours, whole_list, theirs = (quantile([spent.wall for spent in way], share) for way in (rows, all_rows, like))
        bench.add(f"text to rows, {book}, {name}", ours, "ms", _ASKED, Peer("LIKE on the same book", theirs))
        bench.add(f"text to all its rows, {book}, {name}", whole_list, "ms", _ASKED, Peer("LIKE, 200 rows", theirs))
    bench.add(f"a scanned barcode to its product, {book}", scan.wall, "ms", _ASKED)
    bench.add(f"the whole list, {book}", whole.wall, "ms", Target(most=300))
    bench.add(f"the index made anew, {book}", anew.wall, "ms", Target(most=5_000))
    bench.finish()


if __name__ == "__main__":
    main()
