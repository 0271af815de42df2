"""The counter by command: a bill from a file, vouchers, what is left of allotments; what start and sync set right."""

from __future__ import annotations

import json
from pathlib import Path
from unittest.mock import Mock

import pytest

from guide_app.cli.context import Place
from guide_app.cli.shell.backstage import Backstage, Ears
from guide_app.flows.asked_codes import AskedCodes
from guide_app.flows.desk import Desk
from guide_app.protocol.coupon_code import make_code, show_code
from guide_app.protocol.scopes import BRAND
from tests.guide_app.cli.conftest import Guide
from tests.guide_app.coupons import office
from tests.helpers.book import CHEN, COUPON_CODE, LIN, NOW, OFFER, ZHOU, HandClock, actor, ident, open_desk


@pytest.fixture
def counter(guide: Guide) -> Guide:
    """A PC with head office's key and an allotment."""
    with open_desk(guide.folder, HandClock(), load=False) as desk:
        office.set_up(desk)
    return guide


def lines(folder: Path, *said: dict[str, object]) -> Path:
    file = folder / "bill.json"
    file.write_text(json.dumps(said), "utf-8")
    return file


def test_a_bill_is_judged_by_its_lines(guide: Guide, tmp_path: Path) -> None:
    file = lines(tmp_path, {"sku": "LF2601-BK-37", "qty": 1}, {"sku": "SN2602", "qty": 2, "amount_fen": 80_000})
    held = guide("coupon", "verify", COUPON_CODE, "--lines", file)
    assert (held.code, held.doc["discount_fen"], held.doc["payable_fen"]) == (0, 8_000, 128_900)
    assert sum(held.doc["shares"]) == 8_000
    assert guide("coupon", "redeem", COUPON_CODE, "--order", "NJ-3", "--lines", file).code == 0
    assert guide("coupon", "verify", COUPON_CODE, "--lines", file).doc["codes"] == ["coupon.redeemed"]


@pytest.mark.parametrize("text", ["{", '[{"sku": "nothing"}]', '[{"sku": "SN2602", "qty": 0}]'])
def test_what_is_no_bill_is_refused_in_words(guide: Guide, tmp_path: Path, text: str) -> None:
    file = tmp_path / "bill.json"
    file.write_text(text, "utf-8")
    refused = guide("coupon", "verify", COUPON_CODE, "--lines", file)
    assert refused.code == 1
    assert refused.doc["error"]["code"] in ("bill.invalid", "bill.line")


def test_a_voucher_is_verified_and_redeemed(counter: Guide) -> None:
    text = office.by_office()
    held = counter("coupon", "verify", text, "--amount", 40_000)
    assert (held.code, held.doc["usable"], held.doc["genuine"]) == (0, True, True)
    assert counter("coupon", "redeem", text, "--amount", 40_000).code == 0
    again = counter("coupon", "redeem", text, "--amount", 40_000)
    assert (again.code, again.doc["error"]["code"]) == (1, "coupon.redeemed")
    assert counter("coupon", "verify", text[:-2] + "22").doc["error"]["code"] == "coupon.forged"


def test_a_code_alone_is_asked_about_at_head_office(counter: Guide, monkeypatch: pytest.MonkeyPatch) -> None:
    code = make_code()
    refused = counter("coupon", "verify", code, "--amount", 40_000)  # head office is not there
    assert (refused.code, refused.doc["error"]["code"]) == (1, "coupon.unknown")
    monkeypatch.setattr(AskedCodes, "voucher_of", lambda _codes, asked: office.by_office() if asked == code else "")
    held = counter("coupon", "verify", show_code(code), "--amount", 40_000)
    assert (held.code, held.doc["usable"], held.doc["genuine"]) == (0, True, True)
    assert counter("coupon", "redeem", code, "--amount", 40_000).code == 0
    assert counter("coupon", "redeem", code, "--amount", 40_000).doc["error"]["code"] == "coupon.redeemed"


def test_what_is_left_without_network(counter: Guide) -> None:
    assert counter("coupon", "issue", "满300减50", "--client", LIN).code == 0
    left = counter("coupon", "allotments")
    (allotment,) = left.doc["allotments"]
    assert (left.code, allotment["count"], allotment["left"], allotment["over"]) == (0, 3, 2, False)
    assert (left.doc["redeem"]["count"], left.doc["redeem"]["recalls_at"]) == (200, NOW)
    assert "剩 2/3 张" in counter.says("coupon", "allotments").out


def stage_over(desk: Desk, folder: Path) -> Backstage:
    return Backstage(desk, Place.of(folder, {"GUIDE_KEY_FILE": str(folder / "key")}), Ears(print, print))


def test_a_start_gives_the_coupons_of_the_last_runs_bills_free(tmp_path: Path) -> None:
    with open_desk(tmp_path, HandClock()) as desk:
        desk.coupon_holds.hold("a bill of the last run", [ident(60)], actor())
        stage_over(desk, tmp_path).opening()
        desk.coupon_holds.hold("a new bill", [ident(60)], actor())


def test_after_a_round_an_allotment_that_runs_out_is_asked_for_once(tmp_path: Path) -> None:
    with open_desk(tmp_path, HandClock()) as desk:
        office.set_up(desk)
        for _ in range(2):
            desk.coupon_deeds.issue("满300减50", LIN, actor())
        stage, asked = stage_over(desk, tmp_path), "SELECT count(*) FROM outbox WHERE kind = 'allotment.lease'"

        def leases() -> int:
            return int(desk.db.query(lambda c: c.exec_driver_sql(asked).scalar_one()))

        stage._after_round(Mock())
        assert leases() == 0, "nobody acts yet"
        stage.session.begin(actor())
        stage._after_round(Mock())
        stage._after_round(Mock())
        assert leases() == 1


def test_a_coupon_is_given_to_a_friend_and_the_way_is_told(guide: Guide) -> None:
    refused = guide("coupon", "give", COUPON_CODE, "--to", ZHOU)
    assert (refused.code, refused.doc["error"]["code"]) == (1, "coupon.not_transferable")
    with open_desk(guide.folder, HandClock(), load=False) as desk:
        terms = {"no": 3, "name": "满400减80", "discount_fen": 8_000, "transferable": True}
        office.publish(desk, (BRAND, "coupon_template", OFFER, terms), seq=7_000)
    given = guide("coupon", "give", COUPON_CODE, "--to", ZHOU)
    assert (given.code, given.doc["client"], given.doc["status"]) == (0, "周建国", "claimed")
    (step,) = guide("coupon", "verify", COUPON_CODE, "--client", ZHOU).doc["gifts"]
    assert (step["from"], step["to"], step["pending"]) == ("陈雅婷", "周建国", True)
    assert guide("coupon", "verify", COUPON_CODE, "--client", CHEN).doc["codes"] == ["coupon.holder"]
    again = guide("coupon", "give", COUPON_CODE, "--to", CHEN)
    assert again.doc["error"]["code"] == "coupon.given"
