"""Writes data for trying out and for measuring."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Mapping
from pathlib import Path

from guide_app.base.clock import Clock
from guide_app.base.errors import GuideError
from guide_app.protocol.scopes import store_scope
from head_office.cli.database import Office
from head_office.cli.outcome import Outcome
from head_office.clients.identity import note_everyone
from head_office.demo.brand import SEED
from head_office.feed.heads import ensure_head
from head_office.feed.write import write_all
from head_office.seeding.bench import BenchBrand, Size
from head_office.seeding.demo import PIN, seed_demo
from head_office.store.secret import OfficeSecret, load_secret


def seed_verb(office: Office, args: argparse.Namespace, clock: Clock, environ: Mapping[str, str]) -> Outcome:
    """Write the demo brand or a brand for measuring into an empty office. Raises GuideError if it is not empty."""
    with office.engine.connect() as connection:
        if connection.exec_driver_sql("SELECT EXISTS (SELECT 1 FROM store)").scalar_one():
            raise GuideError("seed.not_empty", "这个总部已有门店, 模拟数据只写进空的总部。", "换一个 --data-dir。")
    began = time.perf_counter()
    secret = load_secret(office.data_dir, environ)
    if args.seed == "demo":
        lines, doc = _demo(office, secret, args, clock, environ)
    else:
        lines, doc = _bench(office, secret, args, clock)
    seconds = round(time.perf_counter() - began, 2)
    return Outcome({**doc, "simulated": True, "seconds": seconds}, [*lines, f"用时 {seconds} 秒。以上都是模拟数据。"])


def _demo(
    office: Office, secret: OfficeSecret, args: argparse.Namespace, clock: Clock, environ: Mapping[str, str]
) -> tuple[list[str], dict[str, object]]:
    seed = SEED if args.number is None else args.number
    cache = _picture_cache(environ)
    seeded = seed_demo(office.engine, secret, clock.now_ms(), seed, pictures=args.pictures, cache=cache)
    lines = [
        f"{seeded.name}: {seeded.records:,} 条记录, {seeded.pictures} 张商品图。",
        f"门店代码: {'、'.join(seeded.stores)}; 每位导购的 PIN 都是 {PIN}。",
    ]
    doc: dict[str, object] = {
        "brand": seeded.name,
        "records": seeded.records,
        "pictures": seeded.pictures,
        "stores": list(seeded.stores),
        "pin": PIN,
    }
    return lines, doc


def _bench(
    office: Office, secret: OfficeSecret, args: argparse.Namespace, clock: Clock
) -> tuple[list[str], dict[str, object]]:
    size = Size(args.stores, args.guides, args.clients, args.products, args.purchases)
    if size.stores < 1:
        raise GuideError("seed.size", "--stores 至少是 1。", "请写 1 或更大的数。")
    brand = BenchBrand(size, args.number)
    count = write_all(office.engine, clock.now_ms(), brand.records())
    with office.engine.begin() as connection:
        for store_id in brand.store_ids:
            ensure_head(connection, store_scope(store_id))
    note_everyone(office.engine, secret)
    return [f"写入 {count} 条记录, {size.stores} 家门店 (代码 B0001 起)。"], {"records": count, "stores": size.stores}


def _picture_cache(environ: Mapping[str, str]) -> Path:
    """Where drawn pictures are kept between runs: the same product always looks the same."""
    if sys.platform == "win32":
        base = Path(environ.get("LOCALAPPDATA", Path.home()))
    else:
        base = Path(environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return base / "guide-desk" / "demo-pictures"
