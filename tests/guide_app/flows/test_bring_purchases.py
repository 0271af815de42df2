"""Receipts that a guide noted herself."""

from __future__ import annotations

from pathlib import Path

from guide_app.flows.bringing.model import BringOptions, BringReport
from guide_app.flows.bringing.purchases import bring_purchases
from guide_app.flows.desk import Desk
from tests.helpers.book import CHEN, LOAFER, actor

RECEIPTS = """单号,时间,品名,条码,数量,金额,手机号,工号
W1,2026-10-01 15:00,,2000000000015,1,569,13800005678,0231
W1,2026-10-01 15:00,鞋油,,2,60,13800005678,0231
W2,2026-10-02,小白鞋,,-1,-429,13800005678,
W3,2026-10-03,小白鞋,,1,429,13799999999,
W4,2026-10-03,小白鞋,,1,429,,
W5,2026-10-03,小白鞋,,1,429,13800005678,9999
W6,哪天,小白鞋,,1,429,13800005678,
"""


def bring(desk: Desk, path: Path, text: str | None = None, **options: object) -> BringReport:
    if text is not None:
        path.write_text(text, encoding="utf-8")
    return bring_purchases(desk.db, actor(), path, BringOptions(**options))  # type: ignore[arg-type]


def test_receipts_of_known_clients_are_taken_unverified(desk: Desk, tmp_path: Path) -> None:
    before = desk.clients.portrait(CHEN).figures
    report = bring(desk, tmp_path / "receipts.csv", RECEIPTS)
    assert (report.rows, report.added, report.rejected) == (7, 3, 4)
    assert [(r.row_no, r.code) for r in report.rejects] == [
        (5, "client.unknown"),
        (6, "client.unknown"),
        (7, "guide.unknown"),
        (8, "date.invalid"),
    ]
    after = desk.clients.portrait(CHEN).figures
    assert (after.orders - before.orders, after.total_fen - before.total_fen) == (1, 62_900 - 42_900)
    lines = {line.title: line for line in desk.clients.purchases(CHEN) if line.order_no.startswith("W")}
    assert (lines["软底乐福鞋 2026 秋"].size, lines["软底乐福鞋 2026 秋"].amount_fen) == ("37", 56_900)
    assert (lines["小白鞋"].kind, lines["小白鞋"].qty) == ("return", -1)
    found = desk.db.query(
        lambda c: c.exec_driver_sql(
            "SELECT DISTINCT p.verified, l.product_id FROM purchase p JOIN purchase_line l ON l.purchase_id = p.id"
            " WHERE p.order_no = 'W1' AND l.product_id IS NOT NULL"
        ).one()
    )
    assert tuple(found) == (0, LOAFER)


def test_the_same_receipts_again_change_nothing_and_other_content_is_refused(desk: Desk, tmp_path: Path) -> None:
    bring(desk, tmp_path / "receipts.csv", RECEIPTS)
    again = bring(desk, tmp_path / "receipts.csv")
    assert (again.added, again.unchanged, again.rejected) == (0, 3, 4)
    changed = bring(desk, tmp_path / "receipts.csv", RECEIPTS.replace("鞋油,,2,60", "鞋油,,2,61"))
    assert [r.row_no for r in changed.rejects if r.code == "purchase.differs"] == [2, 3]


def test_a_trial_run_writes_nothing(desk: Desk, tmp_path: Path) -> None:
    report = bring(desk, tmp_path / "receipts.csv", RECEIPTS, dry_run=True, errors=tmp_path / "errors.csv")
    assert (report.added, report.rejected) == (3, 4)
    assert desk.db.query(lambda c: c.exec_driver_sql("SELECT count(*) FROM outbox").scalar_one()) == 0
    assert (tmp_path / "errors.csv").read_text("utf-8-sig").count("\n") == 5
