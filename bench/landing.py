"""The page that a customer opens: what it costs the office, what it weighs, when a slow phone paints it first.

The phone is Chromium with a quarter of this processor on a line of 1.6 Mbit/s and 150 ms, its cache empty each time.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser, sync_playwright

from bench.load import Caller
from bench.measure import options, quantile, tree_cpu
from bench.report import Bench, Target
from bench.scene import Size, desktop, engine, office
from bench.shop_link import shop_link

_OK = 200
_MS, _P99 = 1000, 0.99
_AGENT = {"User-Agent": "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Mobile Safari/537.36"}
_LATENCY_MS, _BYTES_A_SECOND, _SLOWER = 150, 200_000, 4
_PAINTED = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0"
_WEIGHT = """performance.getEntriesByType('resource').concat(performance.getEntriesByType('navigation'))
    .reduce((sum, entry) => sum + entry.transferSize, 0)"""
_HOSTS = "performance.getEntriesByType('resource').map(entry => new URL(entry.name).host)"

_FIRST_PAINT = Target(most=500)
_SIZE = Target(most=30)
_COST = Target(most=5)


def _paint(browser: Browser, url: str) -> tuple[float, float, set[str]]:
    """First contentful paint (ms), bytes of everything, and the hosts that were asked."""
    context = browser.new_context(viewport={"width": 390, "height": 844}, user_agent=_AGENT["User-Agent"])
    page = context.new_page()
    tools = context.new_cdp_session(page)
    speed = {"downloadThroughput": _BYTES_A_SECOND, "uploadThroughput": _BYTES_A_SECOND}
    tools.send("Network.enable")
    tools.send("Network.emulateNetworkConditions", {"offline": False, "latency": _LATENCY_MS, **speed})
    tools.send("Emulation.setCPUThrottlingRate", {"rate": _SLOWER})
    page.goto(url, wait_until="load")
    page.wait_for_function(f"({_PAINTED}) > 0")
    seen = page.evaluate(_PAINTED), page.evaluate(_WEIGHT), set(page.evaluate(_HOSTS))
    context.close()
    return seen


def _in_browser(bench: Bench, chromium: str, url: str, host: str, repeats: int) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        seen = [_paint(browser, url) for _ in range(repeats)]
        browser.close()
    bench.add("first contentful paint on a slow phone, p50", median(paint for paint, _, _ in seen), "ms", _FIRST_PAINT)
    bench.add("weight of the page with all it loads", median(size for _, size, _ in seen) / 1000, "kB", _SIZE)
    foreign = set().union(*(hosts for _, _, hosts in seen)) - {host}
    bench.add("other hosts asked", len(foreign), "hosts", Target(most=0))


def main(arguments: Sequence[str] | None = None) -> None:
    """Seed a shop, send a link, open it."""
    given = options("landing", arguments, requests=300, repeats=5)
    bench = Bench("landing", given.given, given.out)
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with office(folder, Size(20, 20, products=20)) as running, desktop(folder / "pc", running) as desk:
            with engine(desk.db, running.origin) as sync:
                sync.run_once()
                path = f"/s/{shop_link(desk)}"
            caller = Caller(running.address)
            said = [caller.ask("GET", path, headers=_AGENT) for _ in range(3)]
            before = tree_cpu(running.pid)
            said = [caller.ask("GET", path, headers=_AGENT) for _ in range(given.requests)]
            cost = (tree_cpu(running.pid) - before) / given.requests
            caller.close()
            if any(one.status != _OK for one in said):
                raise AssertionError({one.status for one in said})
            bench.add("a page, processor time of API and database", cost * _MS, "ms", _COST)
            bench.add("a page, p99", quantile([one.ms for one in said], _P99), "ms", Target(most=50))
            if chromium is None:
                bench.skip("first paint", "there is no Chromium on this machine")
            else:
                host = running.origin.partition("://")[2]
                _in_browser(bench, chromium, running.origin + path, host, given.repeats)
    bench.finish()


if __name__ == "__main__":
    main()
