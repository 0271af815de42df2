"""A guide's own lists into her book."""

from __future__ import annotations

import csv
from pathlib import Path

import openpyxl
import pytest

from guide_app.base.errors import GuideError, InvalidInputError
from guide_app.base.tabular.limits import TableError
from guide_app.clients.model import ClientFilter
from guide_app.flows.bringing.clients import bring_clients
from guide_app.flows.bringing.model import BringOptions, BringReport
from guide_app.flows.desk import Desk
from guide_app.store.uow import UnitOfWork
from tests.helpers.book import CHEN, NOW, WANG, actor

LIST = """客户名单 2026
姓名,手机号,性别,生日,标签,备注,鞋码
张曼,+86 137-0000-1111,女,农历八月十五,金卡、周末来,=1+1,37
陈小姐,13800005678,女,,老客户,喜欢小白鞋,
,13600002222,,,,,
无名,,,,,,
坏号码,1234,,,,,
张曼,13700001111,,,,,38
"""


def bring(desk: Desk, path: Path, text: str | None = None, **options: object) -> BringReport:
    if text is not None:
        path.write_text(text, encoding="utf-8")
    return bring_clients(desk.db, actor(), path, BringOptions(**options))  # type: ignore[arg-type]


def waiting(desk: Desk) -> int:
    return int(desk.db.query(lambda c: c.exec_driver_sql("SELECT count(*) FROM outbox").scalar_one()))


def test_a_list_is_taken_in_and_everybody_accounted_for(desk: Desk, tmp_path: Path) -> None:
    report = bring(desk, tmp_path / "list.csv", LIST)
    assert (report.rows, report.added, report.merged, report.unchanged, report.rejected) == (6, 3, 1, 0, 2)
    assert [(r.row_no, r.code) for r in report.rejects] == [(6, "client.no_key"), (7, "phone.invalid")]
    (zhang,) = desk.clients.search("zhangman")
    portrait = desk.clients.portrait(zhang.id)
    assert (portrait.fields["sex"], portrait.fields["birth_calendar"], portrait.fields["birth_month"]) == (
        "female",
        "lunar",
        8,
    )
    assert (portrait.fields["remark"], portrait.fields["shoe_size"]) == ("=1+1", "37")
    assert {(tag.group, tag.name, tag.origin) for tag in portrait.tags} == {
        ("等级", "金卡", "hq"),
        ("", "周末来", "guide"),
    }
    assert portrait.fields["primary_guide_id"] == WANG
    assert [row.name for row in desk.clients.search("13600002222")] == ["顾客 2222"]


def test_a_known_phone_fills_what_is_empty_and_overwrites_nothing(desk: Desk, tmp_path: Path) -> None:
    bring(desk, tmp_path / "list.csv", LIST)
    fields = desk.clients.portrait(CHEN).fields
    assert (fields["name"], fields["remark"], fields["shoe_size"]) == ("陈雅婷", "喜欢小白鞋", "37")
    assert [tag.name for tag in desk.clients.portrait(CHEN).tags] == ["金卡", "老客户"]


def test_the_same_list_again_changes_nothing(desk: Desk, tmp_path: Path) -> None:
    bring(desk, tmp_path / "list.csv", LIST)
    before = waiting(desk)
    again = bring(desk, tmp_path / "list.csv")
    assert (again.added, again.merged, again.unchanged, again.rejected) == (0, 0, 4, 2)
    assert waiting(desk) == before


def test_a_trial_run_says_the_same_and_writes_nothing(desk: Desk, tmp_path: Path) -> None:
    before = waiting(desk)
    trial = bring(desk, tmp_path / "list.csv", LIST, dry_run=True)
    assert waiting(desk) == before
    real = bring(desk, tmp_path / "list.csv")
    assert (trial.added, trial.merged, trial.rejected) == (real.added, real.merged, real.rejected)


def test_refused_rows_can_be_corrected_and_brought_again(desk: Desk, tmp_path: Path) -> None:
    errors = tmp_path / "errors.csv"
    report = bring(desk, tmp_path / "list.csv", LIST, errors=errors)
    assert report.errors == errors
    with errors.open(encoding="utf-8-sig", newline="") as stream:
        assert [row["原行号"] for row in csv.DictReader(stream)] == ["6", "7"]
    errors.write_text(errors.read_text("utf-8-sig").replace("1234", "13500003333"), "utf-8-sig")
    assert bring(desk, errors).added == 1


def test_two_rows_of_one_number_that_say_different_things_are_told(desk: Desk, tmp_path: Path) -> None:
    text = "姓名,手机号,生日,鞋码\n张三丰,13700001111,03-08,42\n赵六,13700001111,,42\n张三丰,13700001111,03-09,\n"
    report = bring(desk, tmp_path / "two.csv", text)
    said = [(one.rows, one.name, [(d.field, d.mine, d.theirs) for d in one.differences]) for one in report.doubled]
    assert said == [
        ((2, 3), "张三丰", [("name", "张三丰", "赵六")]),
        ((2, 4), "张三丰", [("birthday", "03-08", "03-09")]),
    ]
    (row,) = desk.clients.search("13700001111")
    assert row.name == "张三丰"


def test_stopping_leaves_nothing_behind(desk: Desk, tmp_path: Path) -> None:
    class Impatient:
        told = 0

        def report(self, done: int, total: int) -> None:
            self.told += 1
            del done, total

        def check(self) -> None:
            if self.told > 3:
                raise GuideError("import.cancelled", "已取消。")

    path = tmp_path / "long.csv"
    path.write_text("姓名,手机号\n" + "".join(f"客{n},{13_700_000_000 + n}\n" for n in range(3_000)), encoding="utf-8")
    with pytest.raises(GuideError, match="已取消"):
        bring_clients(desk.db, actor(), path, watch=Impatient())
    assert desk.clients.count(ClientFilter(), WANG) == 3
    assert waiting(desk) == 0


def test_two_people_may_share_a_wechat_but_not_a_phone(desk: Desk, tmp_path: Path) -> None:
    text = "姓名,手机号,微信\n母,13700001111,family\n女,13700002222,family\n父,,family\n,13700001111,\n"
    report = bring(desk, tmp_path / "list.csv", text)
    assert (report.added, report.merged, report.rejected) == (4, 0, 0)
    assert sorted(row.name for row in desk.clients.search("1370000")) == ["女", "母"]
    assert bring(desk, tmp_path / "list.csv").unchanged == 4


def test_workbooks_and_chosen_columns(desk: Desk, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.create_sheet("会员")
    for row in (["Kunde", "Mobil", "备注"], ["张曼", 13700001111, "秘密"]):
        sheet.append(row)
    book.save(tmp_path / "list.xlsx")
    chosen = {"Kunde": "name", "Mobil": "phone", "备注": ""}
    report = bring(desk, tmp_path / "list.xlsx", sheet="会员", columns=chosen)
    assert (report.added, report.unused) == (1, ("备注",))
    with pytest.raises(TableError, match="没有工作表"):
        bring(desk, tmp_path / "list.xlsx", sheet="没有")


def test_birthdays_of_a_month_and_without_a_year_come_in_and_impossible_ones_are_told_with_their_row(
    desk: Desk, tmp_path: Path
) -> None:
    rows = ["3月", "农历八月", "?年3月8日", "13月", "2月30日", "农历1985年闰四月"]
    text = "姓名,手机号,生日\n" + "".join(f"客{n},1370000{n:04d},{row}\n" for n, row in enumerate(rows))
    report = bring(desk, tmp_path / "list.csv", text)
    assert report.added == 3
    held = {row.name: desk.clients.portrait(row.id).fields for row in desk.clients.search("客", 20)}
    assert [
        tuple(held[f"客{n}"][f"birth_{part}"] for part in ("calendar", "year", "month", "day")) for n in range(3)
    ] == [("solar", None, 3, None), ("lunar", None, 8, None), ("solar", None, 3, 8)]
    assert [(one.row_no, one.field, one.code) for one in report.rejects] == [
        (5, "生日", "birthday.invalid"), (6, "生日", "birthday.invalid"), (7, "生日", "client.birthday"),
    ]  # fmt: skip


def test_contacts_of_a_phone(desk: Desk, tmp_path: Path) -> None:
    cards = (
        "BEGIN:VCARD\nVERSION:3.0\nN:张;曼;;;\nFN:张曼\nTEL;TYPE=CELL:13700001111\nBDAY:--0815\nEND:VCARD\n"
        "BEGIN:VCARD\nVERSION:3.0\nFN:陈小姐\nTEL:138 0000 5678\nNOTE:喜欢小白鞋\nEND:VCARD\n"
        "BEGIN:VCARD\nVERSION:3.0\nFN:物业\nTEL:905-555-1234\nEND:VCARD\n"
        "BEGIN:VCARD\nVERSION:3.0\nFN:半张\n"
    )
    errors = tmp_path / "errors.csv"
    report = bring(desk, tmp_path / "contacts.vcf", cards, errors=errors)
    assert (report.added, report.merged) == (1, 1)
    assert [(r.row_no, r.code) for r in report.rejects] == [(3, "phone.invalid"), (4, "vcard.unended")]
    assert desk.clients.portrait(CHEN).fields["remark"] == "喜欢小白鞋"
    errors.write_text(errors.read_text("utf-8-sig").replace("905-555-1234", "+19055551234"), "utf-8-sig")
    assert bring(desk, errors).added == 1


def test_a_list_without_any_number_is_refused_as_a_whole(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(InvalidInputError, match="微信"):
        bring(desk, tmp_path / "list.csv", "姓名,备注\n张曼,x\n")


def test_fields_of_a_known_client_are_taken_one_by_one(desk: Desk, tmp_path: Path) -> None:
    text = "姓名,手机号,生日,鞋码\n陈小姐,13800005678,1990-02-03,41\n"
    report = bring(desk, tmp_path / "list.csv", text, dry_run=True)
    (known,) = report.known
    assert (known.rows, known.client_id, known.same) == ((2,), CHEN, True)
    differs = {one.field: one.theirs for one in known.differences}
    assert differs["name"] == "陈小姐"
    before = desk.clients.portrait(CHEN).fields
    report = bring(desk, tmp_path / "list.csv", choices={2: dict.fromkeys(differs, "theirs")})
    after = desk.clients.portrait(CHEN).fields
    assert (report.merged, report.added) == (1, 0)
    assert (after["name"], after["shoe_size"], after["birth_month"], after["birth_day"]) == ("陈小姐", "41", 2, 3)
    assert after["phone"] == before["phone"]
    again = bring(desk, tmp_path / "list.csv")
    assert (again.unchanged, again.known) == (1, [])


def test_whoever_shares_only_the_wechat_is_another_person_until_it_is_said_otherwise(
    desk: Desk, tmp_path: Path
) -> None:
    bring(desk, tmp_path / "one.csv", "姓名,手机号,微信,备注\n张曼,13700001111,zm,常客\n")
    (zhang,) = desk.clients.search("13700001111")
    path = tmp_path / "two.csv"
    report = bring(desk, path, "姓名,手机号,微信\n张曼,13700002222,zm\n", dry_run=True)
    (known,) = report.known
    assert (known.same, report.added) == (False, 1)
    assert known.differences[0].mine == "137****1111"  # an import is no way round the log of looks
    report = bring(desk, path, choices={2: {"phone": "both"}})
    assert (report.added, report.merged) == (0, 1)
    assert [row.id for row in desk.clients.search("13700001111")] == [zhang.id]
    assert desk.clients.portrait(zhang.id).fields["remark"] == "常客\n另一个手机号: 13700002222"
    assert bring(desk, path, choices={2: {"phone": "both"}}).unchanged == 1
    assert bring(desk, path, choices={2: {"phone": "theirs"}}).merged == 1
    assert not desk.clients.search("13700001111")


def test_who_is_changed_late_in_a_large_transaction_is_found_as_she_is_at_its_end(desk: Desk) -> None:
    """The index follows every few thousand changes; what comes after that must be followed as well."""

    def deed(uow: UnitOfWork) -> str:
        first = uow.put("client", {"name": "单雪", "phone": "13911110000", "archived_at": NOW})
        for n in range(5_200):
            uow.put("client", {"name": "王敏", "created_at": n, "birth_month": None if n % 2 else 3})
        uow.patch("client", first, {"name": "尉迟满", "phone": "13922220000", "archived_at": None})
        return first

    first = desk.db.change(deed, by=WANG, origin="test")
    assert [row.id for row in desk.clients.search("yuchiman")] == [first]
    assert [row.id for row in desk.clients.search("22220000")] == [first]
    assert not desk.clients.search("shanxue")
    assert desk.clients.count(ClientFilter(), WANG) == 3 + 5_201
    born = "SELECT count(*) FROM client WHERE birth_month = 3 AND name = '王敏'"
    assert desk.db.query(lambda conn: conn.exec_driver_sql(born).scalar()) == 2_600


def test_what_nobody_may_keep_does_not_come_in_by_a_list(desk: Desk, tmp_path: Path) -> None:
    rows = """姓名,手机号,标签,备注
张曼,13700001111,党员,
李曼,13700002222,,身份证 11010519491231002X
王曼,13700003333,常客、基督徒,喜欢小白鞋
赵曼,13700004444,常客,微信徒步群里认识的
"""
    report = bring(desk, tmp_path / "list.csv", rows)
    assert (report.added, report.rejected) == (1, 3)
    assert [one.code for one in report.rejects] == ["tag.forbidden", "note.forbidden", "tag.forbidden"]
    assert [row.name for row in desk.clients.search("曼")] == ["赵曼"]


def test_what_needs_a_consent_stays_out_of_a_row_that_is_taken_and_is_told(desk: Desk, tmp_path: Path) -> None:
    rows = """姓名,手机号,标签,备注,偏好
张曼,13700001111,孕妇、常客,女儿 8 岁,软底
李曼,13700002222,,花粉过敏,过敏体质
王曼,13700003333,常客,看着年轻十岁,小白鞋
"""
    tried = bring(desk, tmp_path / "list.csv", rows, dry_run=True)
    report = bring(desk, tmp_path / "list.csv", rows)
    assert (report.added, report.rejected) == (3, 0)
    assert tried.left_out == report.left_out
    assert [(one.row_no, one.field, one.code) for one in report.left_out] == [
        (2, "备注", "list.consent_needed"), (2, "标签", "list.consent_needed"),
        (3, "备注", "list.consent_needed"), (3, "偏好", "list.consent_needed"),
    ]  # fmt: skip
    child, health = report.left_out[:2]
    assert "监护人的同意 (个人信息保护法第 28、31 条)" in child.sentence
    assert "标签「孕妇」涉及" in health.sentence
    assert "客户的单独同意 (个人信息保护法第 28、29 条)" in health.sentence
    kept = {row.name: desk.clients.portrait(row.id) for row in desk.clients.search("曼")}
    assert {name: (one.fields["remark"], one.fields["preference"]) for name, one in kept.items()} == {
        "张曼": ("", "软底"), "李曼": ("", ""), "王曼": ("看着年轻十岁", "小白鞋"),
    }  # fmt: skip
    assert [tag.name for tag in kept["张曼"].tags] == ["常客"]


def test_what_a_known_client_consented_to_comes_in_for_her_alone(desk: Desk, tmp_path: Path) -> None:
    bring(desk, tmp_path / "first.csv", "姓名,手机号\n张曼,13700001111\n李曼,13700002222\n")
    hers = {row.name: row.id for row in desk.clients.search("曼")}

    def consent(at: int, *, granted: bool) -> None:
        said = {"client_id": hers["张曼"], "purpose": "sensitive", "channel": "any", "at": at, "granted": granted}
        desk.db.change(lambda uow: uow.put("consent", said), by=WANG, origin="test")

    rows = """姓名,手机号,标签,备注,偏好
张曼,13700001111,孕妇,女儿 8 岁,过敏体质
李曼,13700002222,孕妇,,
"""
    consent(NOW - 2, granted=True)
    consent(NOW - 1, granted=False)
    withdrawn = bring(desk, tmp_path / "list.csv", rows, dry_run=True)
    assert [(one.row_no, one.field) for one in withdrawn.left_out] == [
        (2, "备注"), (2, "偏好"), (2, "标签"), (3, "标签"),
    ]  # fmt: skip
    consent(NOW, granted=True)
    report = bring(desk, tmp_path / "list.csv", rows)
    assert [(one.row_no, one.field) for one in report.left_out] == [(2, "备注"), (3, "标签")]
    kept = desk.clients.portrait(hers["张曼"])
    assert (kept.fields["remark"], kept.fields["preference"]) == ("", "过敏体质")
    assert [tag.name for tag in kept.tags] == ["孕妇"]
    assert desk.clients.portrait(hers["李曼"]).tags == ()


def test_nobody_under_14_comes_in_by_a_list(desk: Desk, tmp_path: Path) -> None:
    rows = """姓名,手机号,生日,年龄
张曼,13700001111,2013-05-06,
李曼,13700002222,,12岁
王曼,13700003333,,6-12
赵曼,13700004444,,儿童
孙曼,13700005555,2011-01-02,13-18
"""
    report = bring(desk, tmp_path / "list.csv", rows)
    assert [(one.row_no, one.code) for one in report.rejects] == [(n, "client.under_age") for n in (2, 3, 4, 5)]
    assert "个人信息保护法第 28、31 条" in report.rejects[0].sentence
    assert [row.name for row in desk.clients.search("曼")] == ["孙曼"]
