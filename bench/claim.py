"""The last coupons: more customers than coupons claim at once, each from an address and with a phone of her own."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from urllib.parse import urlencode

from bench.load import Caller, Said, at_once
from bench.measure import options, quantile
from bench.report import Bench, Target
from bench.scene import Size, desktop, engine, office
from bench.shop_link import shop_link
from guide_app.base.clock import DAY_MS, SystemClock
from guide_app.base.ids import uuid7
from guide_app.cli.demo.customer import PageSeen, Phone
from guide_app.protocol.scopes import BRAND
from head_office.cli.database import Office
from head_office.feed.write import write_all

_SEE_OTHER = 303
_ERROR = 500
_P99 = 0.99
_RATE = Target(least=100)
_SLOWEST = Target(most=1_000)


@dataclass(frozen=True, slots=True)
class _Customer:
    """One who claims."""

    number: int
    page: PageSeen

    def claim(self, caller: Caller) -> Said:
        """Send the page's form."""
        now = SystemClock().now_ms()
        phone = f"139{self.number:08d}"
        fields = {**self.page.hidden, "claim_id": uuid7(now, self.number), "phone": phone}
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "User-Agent": "Mozilla/5.0 (Linux; Android 15) Mobile",
            "X-Forwarded-For": f"10.{self.number >> 16 & 255}.{self.number >> 8 & 255}.{self.number & 255}",
        }
        path = self.page.action.partition("://")[2].partition("/")[2]
        target = f"/{path}" if path else self.page.action
        return caller.ask("POST", target, urlencode(fields).encode(), headers)


def _offer(opened: Office, quota: int) -> None:
    now = SystemClock().now_ms()
    terms = {
        "no": 1,
        "name": "满 100 减 10",
        "min_spend_fen": 10_000,
        "discount_fen": 1_000,
        "valid_from": now - DAY_MS,
        "valid_until": now + DAY_MS,
        "quota": quota,
    }
    write_all(opened.engine, now, [((BRAND, "coupon_template", uuid7(now, 1)), terms)])


def main(arguments: Sequence[str] | None = None) -> None:
    """Offer so many, let more come."""
    given = options("claim", arguments, coupons=50, customers=200, in_flight=32)
    bench = Bench("claim", given.given, given.out)
    with tempfile.TemporaryDirectory() as name:
        folder, size = Path(name), Size(20, 20, products=20)
        shop = office(folder, size, "--proxies", "1", prepare=lambda opened: _offer(opened, given.coupons))
        with shop as running, desktop(folder / "pc", running) as desk:
            with engine(desk.db, running.origin) as sync:
                sync.run_once()
                page = Phone().open(f"{running.origin}/s/{shop_link(desk)}")
                customers = [_Customer(n, page) for n in range(given.customers)]
                began = perf_counter()
                said = at_once(running.address, customers, lambda caller, one: one.claim(caller), given.in_flight)
                seconds = perf_counter() - began
                sync.run_once()
            held = desk.db.query(lambda conn: conn.exec_driver_sql("SELECT count(*) FROM coupon").scalar_one())
    given_out = sum(one.status == _SEE_OTHER for one in said)
    failed = sum(one.status >= _ERROR for one in said)
    what = f"{given.customers} customers, {given.coupons} coupons"
    wrong = abs(given_out - given.coupons) + abs(int(held) - given.coupons) + failed
    bench.add(f"{what}: too many, too few or failed", wrong, "claims", Target(most=0))
    bench.add(f"{what}: answered", given.customers / seconds, "claims/s", _RATE)
    bench.add("answer to a claim, p99", quantile([one.ms for one in said], _P99), "ms", _SLOWEST)
    bench.finish()


if __name__ == "__main__":
    main()
