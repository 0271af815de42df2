"""Writes data for trying out and for measuring."""

from __future__ import annotations

import argparse
import time
from collections.abc import Mapping

from guide_app.base.clock import Clock
from guide_app.base.errors import GuideError
from guide_app.protocol.scopes import store_scope
from head_office.cli.database import Office
from head_office.cli.outcome import Outcome
from head_office.clients.identity import note_everyone
from head_office.feed.heads import ensure_head
from head_office.feed.write import write_all
from head_office.seeding.bench import BenchBrand, Size
from head_office.store.secret import load_secret


def seed_verb(office: Office, args: argparse.Namespace, clock: Clock, environ: Mapping[str, str]) -> Outcome:
    """Write a brand for measuring into an empty office. Raises GuideError if it is not empty."""
    with office.engine.connect() as connection:
        if connection.exec_driver_sql("SELECT EXISTS (SELECT 1 FROM store)").scalar_one():
            raise GuideError("seed.not_empty", "这个总部已有门店, 模拟数据只写进空的总部。", "换一个 --data-dir。")
    began = time.perf_counter()
    secret = load_secret(office.data_dir, environ)
    lines, doc = _bench(office, args, clock)
    note_everyone(office.engine, secret)
    seconds = round(time.perf_counter() - began, 2)
    return Outcome({**doc, "simulated": True, "seconds": seconds}, [*lines, f"用时 {seconds} 秒。以上都是模拟数据。"])


def _bench(office: Office, args: argparse.Namespace, clock: Clock) -> tuple[list[str], dict[str, object]]:
    size = Size(args.stores, args.guides, args.clients, args.products, args.purchases)
    if size.stores < 1:
        raise GuideError("seed.size", "--stores 至少是 1。")
    brand = BenchBrand(size, args.number)
    count = write_all(office.engine, clock.now_ms(), brand.records())
    with office.engine.begin() as connection:
        for store_id in brand.store_ids:
            ensure_head(connection, store_scope(store_id))
    return [f"写入 {count} 条记录, {size.stores} 家门店 (代码 B0001 起)。"], {"records": count, "stores": size.stores}
