"""The verb `demand`: what customers asked for in vain."""

from __future__ import annotations

import argparse
from dataclasses import asdict

from guide_app.base.arguments import DAYS_MAX, whole
from guide_app.base.clock import DAY_MS, Clock
from head_office.catalogue.demand import Asked, asked_in_vain
from head_office.cli.database import Office
from head_office.cli.outcome import Outcome


def add_demand_arguments(verb: argparse.ArgumentParser) -> None:
    """The grammar of the verb."""
    verb.add_argument("--days", type=whole(1, DAYS_MAX), default=30, help="看最近几天 (默认 30)")
    verb.add_argument("--limit", type=whole(1), default=50, help="最多列几个规格 (默认 50)")


def demand_verb(office: Office, args: argparse.Namespace, clock: Clock) -> Outcome:
    """List the variants most asked for in vain."""
    with office.engine.connect() as connection:
        rows = asked_in_vain(connection, clock.now_ms() - args.days * DAY_MS, args.limit)
    lines = [_line(row) for row in rows] or [f"近 {args.days} 天没有缺货登记。"]
    return Outcome({"days": args.days, "asked": [asdict(row) for row in rows]}, lines)


def _line(row: Asked) -> str:
    which = " ".join(filter(None, (row.spu, row.name, row.colour, row.size)))
    return f"{which}: {row.stores} 家店要过 {row.times} 次, 全部门店可售 {row.available}"
