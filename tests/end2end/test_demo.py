"""The main job as a stranger tries it: `guide demo --headless` in a process of its own, judged by what it leaves."""

from __future__ import annotations

import csv
import json
import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil  # type: ignore[import-untyped]  # ships no types
import pytest
import zxingcpp
from PySide6.QtGui import QImage

_SECONDS = 900
_PRODUCT = "软底乐福鞋"
_STEPS = (
    "第一次同步", "商品图片", "当班", "找客户", "选商品和券", "海报", "同步分享", "拔掉网线", "断网时分享", "客户扫码",
    "伪造的链接", "插回网线", "客户领券", "领券回到本店", "核销", "收银接口", "收银小票", "归属", "退货", "对账",
    "第二台电脑", "断网各写各的", "联网后各归各位", "接收中", "存疑的先放着",
)  # fmt: skip
_PAGES = ("today", "clients", "products", "share", "scripts", "counter", "sync", "settings", "today-dark")
_SYNC_STATES = ("offline", "decide", "pictures", "first-load", "held", "held-dark")
pytestmark = pytest.mark.timeout(_SECONDS + 60)


@dataclass(frozen=True)
class Told:
    """What a run of the demo left behind."""

    out: Path
    scratch: Path
    code: int
    stdout: str
    stderr: str

    @property
    def report(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads((self.out / "report.json").read_text("utf-8"))
        return found

    def step(self, name: str) -> dict[str, Any]:
        figures: dict[str, Any] = next(step["figures"] for step in self.report["steps"] if step["name"] == name)
        return figures


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Told:
    out = tmp_path_factory.mktemp("demo")
    scratch = tmp_path_factory.mktemp("scratch")
    # Where none is cached yet, drawing all pictures takes longer than everything else together.
    options = ("--headless", "--pictures", "100", "--out", str(out))
    command = [sys.executable, "-m", "guide_app", "--json", "demo", *options]
    environ = {**os.environ, "TMPDIR": str(scratch), "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(command, capture_output=True, text=True, timeout=_SECONDS, check=False, env=environ)
    return Told(out, scratch, done.returncode, done.stdout, done.stderr)


def _codes(picture: Path) -> list[str]:
    image = QImage(str(picture)).convertToFormat(QImage.Format.Format_Grayscale8)
    assert not image.isNull()
    flat = memoryview(image.constBits()).cast("B", (image.height(), image.bytesPerLine()))
    return [code.text for code in zxingcpp.read_barcodes(flat)]


def test_it_succeeds_and_says_so_in_one_document(told: Told) -> None:
    assert (told.code, told.report["error"], told.report["ok"]) == (0, None, True), told.stderr
    assert json.loads(told.stdout) == told.report
    assert told.report["simulated"] is True


def test_every_step_is_told_in_order(told: Told) -> None:
    assert tuple(step["name"] for step in told.report["steps"]) == _STEPS
    assert all(step["said"] and step["seconds"] >= 0 for step in told.report["steps"])
    lines = [line for line in told.stderr.splitlines() if re.match(r"\s*\d+  ", line)]
    assert [line.split("  ", 1)[1].split(":")[0] for line in lines[1:]] == list(_STEPS)


def test_nothing_was_lost_or_doubled_on_the_way(told: Told) -> None:
    assert told.step("第一次同步")["records"] > 10_000
    end = told.step("对账")
    assert end["office_ok"] is True
    assert set(end["scopes"]) == {"brand", next(scope for scope in end["scopes"] if scope.startswith("store:"))}
    assert told.step("拔掉网线")["code"] == "office.unreachable"
    assert told.step("插回网线")["pushed"] == 2
    assert told.step("核销")["again"] == "coupon.redeemed"


def test_the_sale_and_its_refund_went_to_the_guide_who_shared(told: Told) -> None:
    sale, refund = told.step("归属"), told.step("退货")
    assert sale["amount_fen"] == told.step("收银小票")["paid_fen"] == -refund["amount_fen"] > 0
    assert sale["rule"] == "coupon"
    assert sale["evidence"]["touches"]


def test_a_forged_link_was_refused(told: Told) -> None:
    assert (told.step("客户扫码")["status"], told.step("伪造的链接")["status"]) == (200, 404)


@pytest.mark.parametrize(("picture", "step"), [("poster.png", "海报"), ("poster-offline.png", "断网时分享")])
def test_a_poster_carries_its_short_link(told: Told, picture: str, step: str) -> None:
    url = told.step(step)["url"]
    assert _codes(told.out / picture) == [url]
    assert len(url.partition("://")[2].partition("/")[2]) <= 30


def test_the_caption_and_the_page_to_print_name_the_product(told: Told) -> None:
    caption = (told.out / "caption.txt").read_text("utf-8")
    assert _PRODUCT in caption
    assert told.step("海报")["url"] in caption
    command = ["pdftotext", str(told.out / "poster-a4.pdf"), "-"]
    text = subprocess.run(command, capture_output=True, text=True, timeout=30, check=True).stdout
    assert _PRODUCT in text


@pytest.mark.parametrize("page", [*_PAGES, *(f"sync-{state}" for state in _SYNC_STATES)])
def test_every_page_was_photographed_at_work(told: Told, page: str) -> None:
    name = f"window-{page}.png"
    assert name in told.report["screenshots"]
    image = QImage(str(told.out / name))
    assert (image.width(), image.height()) == (1280, 800)
    seen = {image.pixel(x, y) for x in range(0, 1280, 5) for y in range(0, 800, 5)}
    assert len(seen) > 50, "an empty page has few colours"


def test_what_two_pcs_did_apart_is_told_and_settled(told: Told) -> None:
    assert told.step("断网各写各的")["waiting"] == 4
    with (told.out / "refused.csv").open(encoding="utf-8-sig", newline="") as file:
        (refused,) = csv.DictReader(file)
    assert (refused["代码"], refused["类型"]) == ("coupon.redeemed", "coupon.redeem")


def test_the_report_names_every_file_that_is_there(told: Told) -> None:
    assert set(told.report["files"]) | {"report.json"} == {path.name for path in told.out.iterdir()}


def test_nothing_is_left_running_or_lying_about(told: Told) -> None:
    marks = (str(told.scratch), str(told.out))
    left = [p.info for p in psutil.process_iter(["pid", "cmdline"]) if any(m in " ".join(_line(p)) for m in marks)]
    assert not left
    assert list(told.scratch.iterdir()) == []


def _line(process: psutil.Process) -> list[str]:
    return process.info["cmdline"] or []
