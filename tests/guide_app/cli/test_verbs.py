"""Every verb on an enrolled book: one JSON document, the right exit code, and the change it promises."""

from __future__ import annotations

import csv
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
import zxingcpp
from msgspec import structs
from PySide6.QtGui import QImage

from guide_app.cli.context import Place, open_desk
from guide_app.clients.tags import Hanging
from guide_app.protocol.poster_rules import body_of
from guide_app.protocol.scopes import BRAND
from tests.guide_app.cli.conftest import Guide
from tests.guide_app.coupons.office import publish
from tests.guide_app.sharing.posters import TEMPLATES
from tests.helpers.book import CHEN, COUPON_CODE, LIN, LOAFER, PIN, ZHOU, actor, ident


def test_a_client_is_found_and_shown_whole(guide: Guide) -> None:
    found = guide("clients", "search", "cyt")
    assert found.code == 0
    assert [(row["id"], row["name"], row["tags"]) for row in found.doc["clients"]] == [(CHEN, "陈雅婷", ["金卡"])]
    shown = guide("clients", "show", CHEN)
    assert shown.code == 0
    assert (shown.doc["orders"], shown.doc["total_fen"], shown.doc["primary_guide"]) == (4, 4 * 56900, "王敏")
    assert [coupon["code"] for coupon in shown.doc["coupons"]] == [COUPON_CODE]
    assert {entry["kind"] for entry in shown.doc["timeline"]} >= {"purchase"}


def test_a_message_beyond_the_limit_is_not_noted_and_a_visit_is(guide: Guide) -> None:
    said = [guide("clients", "note", CHEN, "新品到了", "--kind", "message") for _ in range(4)]
    assert [one.code for one in said] == [0, 0, 0, 1]
    assert said[-1].doc["error"]["code"] == "contact.limit"
    assert guide("clients", "note", CHEN, "来试鞋", "--kind", "visit").code == 0


def test_no_poster_is_made_for_whom_wants_no_marketing(guide: Guide, tmp_path: Path) -> None:
    words = ("--channel", "wechat")
    assert guide("privacy", "withdraw", CHEN, "marketing", *words).code == 0
    refused = guide("share", "--product", "LF2601", "--client", CHEN, "--out", str(tmp_path / "p.png"))
    assert (refused.code, refused.doc["error"]["code"]) == (1, "consent.refused")
    assert not (tmp_path / "p.png").exists()


def test_nobody_found_is_an_answer_and_no_failure(guide: Guide) -> None:
    assert guide("clients", "search", "诸葛").doc == {"query": "诸葛", "clients": []}
    assert "没有找到" in guide.says("clients", "search", "诸葛").out


def test_private_tags_find_a_client_for_the_guide_who_hung_them_alone(guide: Guide) -> None:
    with open_desk(Place.of(guide.folder)) as desk:
        desk.tag_deeds.hang(ZHOU, Hanging("徒步搭子", private=True), actor())
    assert [row["id"] for row in guide("clients", "search", "徒步搭子").doc["clients"]] == [ZHOU]
    assert guide("login", "--guide", "0300", stdin=PIN).code == 0
    assert guide("clients", "search", "徒步搭子").doc["clients"] == []


def test_the_limit_is_kept(guide: Guide) -> None:
    assert len(guide("clients", "search", "1", "--limit", 2).doc["clients"]) == 2


def test_a_client_is_added_changed_tagged_and_noted(guide: Guide) -> None:
    added = guide(
        "clients", "add", "--name", "吴佳", "--phone", "158 1234 6602", "--tag", "新客", "--set", "sex=female"
    )
    assert added.code == 0
    new = added.doc["id"]
    change = guide("clients", "set", new, "shoe_size=37.5", "remark=")
    assert (change.code, change.doc["after"]["shoe_size"]) == (0, "37.5")
    assert guide("clients", "tag", new, "+金卡", "-新客").doc == {"id": new, "added": ["金卡"], "removed": ["新客"]}
    assert guide("clients", "note", new, "鞋跟略紧").code == 0
    shown = guide("clients", "show", new).doc
    assert (shown["fields"]["phone"], shown["fields"]["sex"], shown["tags"]) == ("158****6602", "female", ["金卡"])
    assert any("鞋跟略紧" in entry["title"] + entry["detail"] for entry in shown["timeline"])
    assert guide("status").doc["outbox"]["waiting"] >= 5


def test_a_field_that_does_not_fit_is_told_in_chinese_and_only_what_may_be_set_is_listed(guide: Guide) -> None:
    refused = guide("clients", "set", CHEN, "birth_month=13").doc["error"]
    assert refused["sentence"] == "「birth_month」不能是「13」, 可以是: 1 到 12 的整数或空。"
    listed = guide("clients", "set", CHEN, "sho_size=37").doc["error"]["way_out"]
    named = set(listed.removeprefix("字段有: ").removesuffix("。").split(", "))
    assert {"name", "shoe_size", "birth_month"} <= named
    assert named.isdisjoint({"id", "created_at", "level", "member_no", "merged_into", "consent_at"})


def test_a_birthday_that_no_year_has_is_refused(guide: Guide) -> None:
    refused = guide("clients", "set", CHEN, "birth_month=2", "birth_day=30").doc["error"]
    assert (refused["code"], refused["sentence"]) == ("client.birthday", "1991 年 2 月没有 30 日。")
    april = ("--set", "birth_month=4", "--set", "birth_day=31")
    assert guide("clients", "add", "--name", "赵", *april).doc["error"]["sentence"] == "4 月没有 31 日。"
    assert guide("clients", "set", CHEN, "birth_month=2", "birth_day=29", "birth_year=").code == 0


@pytest.mark.parametrize(("said", "stored"), [
    ("1990年5月", ("solar", 1990, 5, None, False)), ("5月12日", ("solar", None, 5, 12, False)),
    ("农历闰六月三十", ("lunar", None, 6, 30, True)), ("１９９２－０２－２９", ("solar", 1992, 2, 29, False)),
    ("", ("solar", None, None, None, False)),
])  # fmt: skip
def test_a_birthday_is_taken_as_people_write_it(guide: Guide, said: str, stored: tuple[object, ...]) -> None:
    assert guide("clients", "set", CHEN, f"birthday={said}").code == 0
    fields = guide("clients", "show", CHEN).doc["fields"]
    names = ("calendar", "year", "month", "day", "leap")
    assert tuple(fields[f"birth_{name}"] for name in names) == stored


def test_the_age_band_follows_from_a_birthday_that_is_typed(guide: Guide) -> None:
    added = guide("clients", "add", "--name", "吴佳", "--set", "birthday=1990-05-12").doc["id"]
    assert guide("clients", "show", added).doc["fields"]["age_band"] == "35-44"
    assert guide("clients", "set", added, "birth_year=2000").doc["after"]["age_band"] == "25-34"
    child = guide("clients", "add", "--name", "小明", "--set", "birthday=2016-03-03")
    assert (child.code, child.doc["error"]["code"]) == (1, "client.under_age")


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["clients", "show", "nobody"], "client.unknown"),
        (["clients", "set", CHEN, "sho_size=37"], "client.field"),
        (["clients", "set", CHEN, "created_at=0"], "client.field"),
        (["clients", "set", CHEN, "birth_month=13"], "client.field"),
        (["clients", "tag", CHEN, "金卡"], "tag.syntax"),
        (["share", "--product", "NO-SUCH", "--out", "x.png"], None),
        (["share", "--product", "", "--out", "x.png"], None),
        (["share", "--product", "LF2601", "--template", "circus", "--out", "x.png"], "template.unknown"),
        (["coupon", "redeem", "7KQ2-M9RT-X4HD-3A"], None),
        (["import", "clients", "/nowhere/people.csv"], None),
        (["restore", "/nowhere/book.bak"], "file.missing"),
        (["backup", "/dev/null/book.bak"], None),
    ],
)
def test_a_refusal_exits_1_and_says_why_and_what_to_do(guide: Guide, words: list[str], code: str | None) -> None:
    ran = guide(*words)
    assert ran.code == 1
    error = ran.doc["error"]
    assert code in (None, error["code"])
    assert error["sentence"]
    assert error["way_out"]
    spoken = guide.says(*words)
    assert (spoken.code, spoken.out) == (1, "")
    assert error["sentence"] in spoken.err


def test_today_says_whom_and_why(guide: Guide) -> None:
    ran = guide("today", "--limit", 2)
    assert (ran.code, ran.doc["guide"]) == (0, "王敏")
    assert 0 < len(ran.doc["suggestions"]) <= 2
    assert all(row["reasons"] and row["name"] for row in ran.doc["suggestions"])


def test_a_coupon_is_issued_verified_and_redeemed_once_without_network(guide: Guide) -> None:
    issued = guide("coupon", "issue", "满400减80", "--client", ZHOU)
    assert (issued.code, issued.doc["client_id"], issued.doc["status"]) == (0, ZHOU, "claimed")
    held = guide("coupon", "verify", COUPON_CODE, "--amount", 56900)
    assert (held.code, held.doc["usable"], held.doc["discount_fen"]) == (0, True, 8000)
    short = guide("coupon", "verify", COUPON_CODE, "--amount", 39999)
    assert (short.code, short.doc["usable"]) == (1, False)
    assert short.doc["reasons"]
    typed = "-".join(COUPON_CODE.lower()[i : i + 4] for i in range(0, len(COUPON_CODE), 4))
    assert guide("coupon", "redeem", typed, "--order", "NJ-9", "--amount", 56900).code == 0
    again = guide("coupon", "redeem", COUPON_CODE)
    assert (again.code, again.doc["error"]["code"]) == (1, "coupon.redeemed")


@pytest.mark.parametrize("fmt", ["png", "jpg", "webp"])
def test_a_poster_is_made_recorded_and_carries_its_link(guide: Guide, tmp_path: Path, fmt: str) -> None:
    out = tmp_path / f"poster.{fmt}"
    ran = guide(
        "share", "--product", "LF2601", "--coupon", "满400减80", "--client", CHEN, "--format", fmt, "--out", out
    )
    assert ran.code == 0, ran.out
    assert ran.doc["url"].startswith("https://s.redmaple.example/s/")
    assert ran.doc["url"] in ran.doc["caption"]
    image = QImage(str(out)).convertToFormat(QImage.Format.Format_Grayscale8)
    flat = memoryview(image.constBits()).cast("B", (image.height(), image.bytesPerLine()))
    assert [code.text for code in zxingcpp.read_barcodes(flat)] == [ran.doc["url"]]
    assert ran.doc["price_until"].endswith("+08:00")
    assert ran.doc["missing_signs"] == []
    assert guide("status").doc["outbox"]["waiting"] >= 1
    assert any(e["kind"] == "share" for e in guide("clients", "show", CHEN).doc["timeline"])


def test_a_poster_that_cannot_be_written_leaves_no_record(guide: Guide, tmp_path: Path) -> None:
    (tmp_path / "in-the-way.png" / "full").mkdir(parents=True)
    ran = guide("share", "--product", "LF2601", "--client", CHEN, "--out", tmp_path / "in-the-way.png")
    assert ran.code != 0
    assert not any(e["kind"] == "share" for e in guide("clients", "show", CHEN).doc["timeline"])
    assert [path.name for path in tmp_path.glob("*.part")] == []


def test_many_posters_come_from_a_list(guide: Guide, tmp_path: Path) -> None:
    wanted = tmp_path / "list.csv"
    wanted.write_text("LF2601,first\nSN2602\n\n", "utf-8")
    ran = guide("share", "--batch", wanted, "--format", "pdf", "--out", tmp_path / "posters")
    assert ran.code == 0, ran.out
    assert sorted(path.name for path in (tmp_path / "posters").iterdir()) == ["LF2601.pdf", "SN2602.pdf"]
    assert len({share["url"] for share in ran.doc["shares"]}) == 2


def test_a_manager_makes_posters_for_her_guides_and_a_guide_does_not(guide: Guide, tmp_path: Path) -> None:
    words = ("share", "--product", "LF2601", "--template", "square", "--out", tmp_path / "posters", "--guides")
    assert guide(*words, "0300").doc["error"]["code"] == "batch.manager"
    assert guide(*words, "0231").code == 0
    assert guide("login", "--guide", "0300", stdin=PIN).code == 0
    ran = guide(*words, "all")
    assert (ran.code, ran.doc["stopped"]) == (0, False), ran.out
    assert {share["guide"] for share in ran.doc["shares"]} == {"王敏", "李娜"}
    assert len({share["url"] for share in ran.doc["shares"]}) == 2
    assert sorted(path.name for path in (tmp_path / "posters").iterdir()) == ["0231-王敏", "0300-李娜"]


def test_what_is_refused_in_a_batch_is_named_once_and_the_others_go_on(guide: Guide, tmp_path: Path) -> None:
    shoe = {"no": 7, "spu": "LF2601", "name": "软底乐福鞋", "category": "女鞋", "price_fen": 56900, "status": "stopped"}
    with open_desk(Place.of(guide.folder)) as desk:
        publish(desk, (BRAND, "product", LOAFER, shoe), seq=9_000)
    wanted, out = tmp_path / "list.csv", tmp_path / "posters"
    wanted.write_text("LF2601\nno-such-shoe\nSN2602\n", "utf-8")
    words = ("share", "--batch", wanted, "--template", "square", "--format", "jpg", "--out", out, "--guides", "all")
    assert guide("login", "--guide", "0300", stdin=PIN).code == 0
    ran = guide(*words)
    assert (ran.code, ran.doc["stopped"]) == (5, False), ran.out
    assert [(one["product"], one["code"]) for one in ran.doc["refused"]] == [
        ("LF2601", "product.not_shareable"), ("no-such-shoe", "product.unknown"),
    ]  # fmt: skip
    assert {share["guide"] for share in ran.doc["shares"]} == {"王敏", "李娜"}
    assert sorted(path.name for path in out.rglob("*.*")) == ["SN2602.jpg", "SN2602.jpg"]
    said = guide.says(*words)
    assert "没有做: LF2601  「软底乐福鞋」已停售, 不能分享。" in said.out


def test_templates_of_head_office_serve_here_too(guide: Guide, tmp_path: Path) -> None:
    made = structs.replace(TEMPLATES["square"], title="店庆方图", name="anniversary")
    data = {"name": made.name, "version": 1, "body": body_of(made), "locked": True, "active": True}
    with open_desk(Place.of(guide.folder)) as desk:
        publish(desk, (BRAND, "poster_template", ident(900), data), seq=9_000)
    ran = guide("share", "--product", "LF2601", "--template", "anniversary", "--out", tmp_path / "poster.png")
    assert ran.code == 0, ran.out
    assert QImage(str(tmp_path / "poster.png")).width() == 1080
    unknown = guide("share", "--product", "LF2601", "--template", "circus", "--out", tmp_path / "no.png")
    assert "anniversary" in unknown.doc["error"]["way_out"]


def test_a_file_is_tried_then_imported_and_refused_rows_can_be_mended(guide: Guide, tmp_path: Path) -> None:
    source, errors = tmp_path / "people.csv", tmp_path / "refused.csv"
    source.write_text("姓名,手机\n吴佳,15812346602\n无名,123\n陈雅婷,13800005678\n", "utf-8-sig")
    tried = guide("import", "clients", source, "--dry-run")
    assert (tried.code, tried.doc["added"], tried.doc["rejected"], tried.doc["dry_run"]) == (5, 1, 1, True)
    assert guide("clients", "search", "吴佳").doc["clients"] == []
    done = guide("import", "clients", source, "--errors", errors)
    assert (done.code, done.doc["rows"], done.doc["added"], done.doc["rejected"]) == (5, 3, 1, 1)
    with errors.open(encoding="utf-8-sig", newline="") as lines:
        assert [row[0] for row in csv.reader(lines)][1:] == ["无名"]
    assert len(guide("clients", "search", "吴佳").doc["clients"]) == 1
    again = guide("import", "clients", source)
    assert again.doc["added"] == 0


def test_a_guide_takes_her_own_clients_away_in_open_files(guide: Guide, tmp_path: Path) -> None:
    ran = guide("export", tmp_path / "out", "--reason", "回访")
    assert (ran.code, ran.doc["clients"]) == (0, 2)
    assert "clients.csv" in ran.doc["files"]
    with (tmp_path / "out" / "clients.csv").open(encoding="utf-8-sig", newline="") as lines:
        told = {text for row in csv.reader(lines) for text in row}
    assert {"陈雅婷", "周建国"} <= told
    assert "林小满" not in told, "she is another guide's client"
    only = guide("export", tmp_path / "only", "--clients")
    assert (only.code, set(only.doc["files"])) == (0, {"clients.csv"})


def test_a_folder_that_takes_no_file_is_not_told_as_a_fault_of_the_book(guide: Guide) -> None:
    ran = guide("backup", "/proc/book.bak")
    assert (ran.code, ran.doc["error"]["code"]) == (1, "file.error")
    assert "/proc/book.bak" in ran.doc["error"]["sentence"]


def test_a_backup_brings_the_book_back(guide: Guide, tmp_path: Path) -> None:
    made = guide("backup", tmp_path / "book.bak")
    assert (made.code, made.doc["clients"], made.doc["verified"]) == (0, 3, True)
    guide("clients", "add", "--name", "吴佳")
    back = guide("restore", tmp_path / "book.bak")
    assert back.code == 0
    assert Path(back.doc["previous"]).exists()
    assert guide("clients", "search", "吴佳").doc["clients"] == []
    assert len(guide("clients", "search", "cyt").doc["clients"]) == 1


def test_a_sound_book_is_told_so_and_can_be_read_by_any_sqlite(guide: Guide, tmp_path: Path) -> None:
    checked = guide("db-check")
    assert (checked.code, checked.doc["faults"]) == (0, [])
    plain = guide("db-decrypt", tmp_path / "plain.db")
    assert plain.code == 0
    with closing(sqlite3.connect(tmp_path / "plain.db")) as raw:
        assert raw.execute("SELECT count(*) FROM client").fetchone() == (3,)


def test_the_doctor_tells_what_is_wrong(guide: Guide) -> None:
    ran = guide("doctor")
    assert ran.code == 5
    well = {check["name"]: check["well"] for check in ran.doc["checks"]}
    assert well["数据库文件"]
    assert well["登记"]
    assert not well["总部"]


def test_words_for_people_hold_the_same(guide: Guide) -> None:
    assert LIN in guide.says("clients", "search", "林").out
    assert "陈雅婷" in guide.says("clients", "show", CHEN).out
    assert "138****5678" in guide.says("clients", "show", CHEN).out, "numbers are masked where others may look on"
    assert "南京西路店" in guide.says("status").out
