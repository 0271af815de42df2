"""What scripts of IT staff rely on: the exit code tells why, and nothing is lost or changed by a refusal."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from guide_app.base.clock import DAY_MS
from guide_app.protocol.messages import Mutation
from tests.guide_app.cli.conftest import CODE, Guide
from tests.helpers.book import CHEN, COUPON_CODE, KEY, PIN, ZHOU, HandClock
from tests.helpers.memory_office import MemoryOffice
from tests.helpers.memory_office.office import Done
from tests.helpers.plain_book import STORE

_ON_A_BOOK = [
    ["login", "--guide", "0231"],
    ["sync", "--once"],
    ["clients", "search", "王"],
    ["clients", "show", CHEN],
    ["clients", "add", "--name", "吴佳"],
    ["today"],
    ["share", "--product", "LF2601"],
    ["coupon", "verify", COUPON_CODE],
    ["import", "clients", "people.csv"],
    ["export", "out", "--reason", "回访"],
    ["backup", "book.bak"],
    ["db-check"],
    ["db-decrypt", "plain.db"],
    ["erase", CHEN, "--reason", "本人要求"],
]
_BY_A_GUIDE = [
    ["clients", "add", "--name", "吴佳"],
    ["clients", "set", CHEN, "remark=x"],
    ["clients", "tag", CHEN, "+金卡"],
    ["clients", "note", CHEN, "x"],
    ["clients", "merge", CHEN, ZHOU],
    ["clients", "transfer", CHEN, "--store", "SH002", "--reason", "搬家"],
    ["today"],
    ["coupon", "redeem", COUPON_CODE],
    ["erase", CHEN, "--reason", "本人要求"],
]


@pytest.mark.parametrize("words", _ON_A_BOOK, ids=lambda words: " ".join(words[:2]))
def test_3_before_enrolment_and_no_book_is_made(fresh: Guide, words: list[str]) -> None:
    ran = fresh(*words)
    assert (ran.code, ran.doc["error"]["code"]) == (3, "not_enrolled")
    assert "guide init" in ran.doc["error"]["way_out"]
    assert not fresh.folder.exists()


def test_3_for_the_status_of_a_pc_that_is_not_enrolled(fresh: Guide) -> None:
    ran = fresh("status")
    assert (ran.code, ran.doc["enrolled"], ran.doc["scopes"]) == (3, False, [])


@pytest.mark.parametrize("words", _BY_A_GUIDE, ids=lambda words: " ".join(words[:2]))
def test_3_while_nobody_acts_and_nothing_is_written(locked: Guide, words: list[str]) -> None:
    ran = locked(*words)
    assert (ran.code, ran.doc["error"]["code"]) == (3, "locked.nobody")
    assert locked("status").doc["outbox"]["waiting"] == 0


def test_3_for_a_wrong_pin_and_then_for_the_right_one_too_soon(locked: Guide, clock: HandClock) -> None:
    for _ in range(5):
        assert locked("login", "--guide", "0231", stdin="0000").code == 3
    assert locked("login", "--guide", "0231", stdin=PIN).doc["error"]["code"] == "locked.tries"
    clock.ms += 61_000
    right = locked("login", "--guide", "0231", stdin=f"{PIN}\n")
    assert (right.code, right.doc["name"]) == (0, "王敏")
    assert locked("login", "--guide", "9999", stdin=PIN).code == 3


def test_3_for_a_lost_or_wrong_key_and_the_recovery_key_helps(guide: Guide, tmp_path: Path) -> None:
    key = tmp_path / "book.key"
    before = (guide.folder / "book.db").read_bytes()
    key.unlink()
    assert guide("status").doc["error"]["code"] == "key.missing"
    assert not key.exists(), "a new key would shut the book for good"
    key.write_text("00" * 32, "ascii")
    wrong = guide("clients", "search", "王")
    assert (wrong.code, wrong.doc["error"]["code"]) == (3, "store.wrong_key")
    assert (guide.folder / "book.db").read_bytes() == before
    key.write_text(KEY.hex(), "ascii")
    assert guide("status").code == 0


def test_4_when_the_office_is_away_and_the_work_is_kept(guide: Guide) -> None:
    guide("clients", "note", CHEN, "鞋跟略紧")
    waiting = guide("status").doc["outbox"]["waiting"]
    for words in (["sync"], ["sync", "--once"]):
        ran = guide(*words)
        assert (ran.code, ran.doc["error"]["code"]) == (4, "office.unreachable")
    assert guide("status").doc["outbox"]["waiting"] == waiting > 0
    assert len(guide("clients", "search", "略紧").doc["clients"]) == 1


def test_4_for_an_enrolment_that_cannot_be_asked_for(fresh: Guide) -> None:
    assert fresh("init", "--code", CODE).code == 4
    assert fresh("status").doc["enrolled"] is False


@pytest.mark.parametrize(
    "address", ["office.example.com", "not a url", "ftp://office", "https://", "http://[::", "http://o:x"]
)
def test_1_for_an_address_that_is_none_for_no_line_is_down(fresh: Guide, address: str) -> None:
    ran = fresh("init", "--code", CODE, "--office", address)
    assert (ran.code, ran.doc["error"]["code"]) == (1, "office.address")
    assert address in ran.doc["error"]["sentence"]


def test_0_for_enrolment_and_a_round_that_agrees(joined: Guide, office: MemoryOffice) -> None:
    ran = joined("sync", "--once")
    assert ran.code == 0
    assert {scope["scope"]: scope["equal"] for scope in ran.doc["scopes"]} == {"brand": True, f"store:{STORE}": True}
    assert ran.doc["pulled"] == 1
    assert joined("status").doc["last_contact_ms"] == office.clock.now_ms()
    assert joined("sync").doc["pulled"] == 0


def test_1_for_a_code_that_is_not_valid_or_a_second_enrolment(
    fresh: Guide, joined: Guide, monkeypatch: pytest.MonkeyPatch
) -> None:
    again = joined("init", "--code", CODE, "--office", "http://127.0.0.1:9")
    assert (again.code, again.doc["error"]["code"]) == (1, "device.enrolled")
    origin = joined("status").doc["office"]
    other = Guide(fresh.folder.with_name("other"), fresh.capture, monkeypatch)
    monkeypatch.setenv("GUIDE_KEY_FILE", str(other.folder / "key"))
    used = other("init", "--code", CODE, "--office", origin)
    assert (used.code, used.doc["error"]["code"]) == (1, "enrol.code_invalid")


def test_a_round_fetches_what_the_acting_guide_may_hand_out_without_network(
    joined: Guide, office: MemoryOffice, clock: HandClock
) -> None:
    guide_id, batch = "018f0000-0000-7000-8000-00000000d001", "018f0000-0000-7000-8000-00000000e001"
    from argon2 import PasswordHasher  # noqa: PLC0415 - only this office has guides

    asked: list[tuple[object, object]] = []

    def lease(at: MemoryOffice, mutation: Mutation) -> Done:
        asked.append((mutation.data["template_id"], mutation.data["guide_id"]))
        return at.done()

    office.commands["allotment.lease"] = lease
    pin = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PIN)
    office.write("guide", guide_id, {"no": 1, "number": "0231", "name": "王敏", "store_id": STORE})
    office.write("guide_pin", guide_id, {"pin_hash": pin}, STORE)
    office.write("coupon_template", batch, {"no": 9, "name": "满300减50", "discount_fen": 5_000, "allot_count": 3})
    assert (joined("sync").code, asked) == (0, []), "nobody acts yet"
    assert joined("login", "--guide", "0231", stdin=PIN).code == 0
    ran = joined("sync", "--once")
    assert (ran.code, ran.doc["pushed"], asked) == (0, 1, [(batch, guide_id)])
    assert (joined("sync").doc["pushed"], len(asked)) == (0, 1), "asked a moment ago"
    clock.ms += 2 * DAY_MS
    assert (joined("sync").doc["pushed"], len(asked)) == (1, 2), "none came"


def test_5_when_the_office_refused_something(joined: Guide, office: MemoryOffice) -> None:
    client, guide_id = "018f0000-0000-7000-8000-00000000c001", "018f0000-0000-7000-8000-00000000d001"
    from argon2 import PasswordHasher  # noqa: PLC0415 - only this office has guides

    pin = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PIN)
    office.write("guide", guide_id, {"no": 1, "number": "0231", "name": "王敏", "store_id": STORE})
    office.write("guide_pin", guide_id, {"pin_hash": pin}, STORE)
    office.write("client", client, {"name": "陈雅婷", "primary_guide_id": guide_id}, STORE)
    assert joined("sync").code == 0
    assert joined("login", "--guide", "0231", stdin=PIN).code == 0
    del office.commands["client.erase"]  # an office without the command refuses it
    refused = joined("erase", client, "--reason", "本人要求")
    assert (refused.code, refused.doc["office"]) == (5, "refused")
    told = joined("status")
    assert (told.code, told.doc["parked"]) == (5, 1)


def test_1_for_the_demo_where_head_office_is_not_installed_and_nothing_is_made(
    fresh: Guide, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "head_office", None)
    ran = fresh("demo", "--headless", "--out", tmp_path / "out")
    assert (ran.code, ran.doc["error"]["code"]) == (1, "demo.no_office")
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    "verb", [["status"], ["clients", "search", "王"], ["today"], ["db-check"], ["doctor"], ["backup", "b.bak"]]
)
def test_6_for_a_damaged_book_which_is_left_as_it_is(guide: Guide, verb: list[str]) -> None:
    book = guide.folder / "book.db"
    broken = bytearray(book.read_bytes())
    for at in range(0, len(broken), 4096):
        broken[at + 100 : at + 140] = bytes(40)
    book.write_bytes(broken)
    ran = guide(*verb)
    assert ran.code == 6, ran.out
    assert "恢复" in ran.out
    assert book.read_bytes() == bytes(broken)


def test_6_for_a_file_that_is_no_book(guide: Guide) -> None:
    for content in (b"", b"SQLite format 3\0" + bytes(5000)):
        (guide.folder / "book.db").write_bytes(content)
        assert guide("status").code == 6
        assert (guide.folder / "book.db").read_bytes() == content


def test_6_for_a_page_that_rotted_after_the_check_at_the_start(guide: Guide) -> None:
    book = guide.folder / "book.db"
    rotten = bytearray(book.read_bytes())
    at = len(rotten) // 4096 // 2 * 4096
    rotten[at + 100 : at + 200] = bytes(100)
    book.write_bytes(rotten)
    ran = guide("db-check")
    assert ran.code == 6
    assert ran.doc["faults"] == [f"HMAC verification failed for page {at // 4096 + 1}"], "once, not for every tree"
