from __future__ import annotations

from collections.abc import Callable

import pytest
import sqlalchemy as sa

from guide_app.base.errors import InvalidInputError
from guide_app.protocol.scopes import store_scope
from head_office.feed.write import FeedWriter, in_transaction
from head_office.imports.model import ImportReport
from head_office.store.tables import client_identity
from tests.head_office.imports.conftest import Importing
from tests.head_office.kit import SECRET, new_id, put_all

HEADER = "姓名,手机号,会员号,等级,生日,标签,门店,导购"


def test_clients_come_in_once_with_tags_guide_and_identity(
    importing: Importing, replayed: Callable[..., ImportReport]
) -> None:
    report = replayed(
        "clients",
        [
            HEADER,
            "陈雅婷,138 0000 5678,M001,金卡,1991-03-08,爱穿37码、周末来,SH01,0231",
            ",13900007710,,,农历八月十五,,南京西路店,",
            ",,M003,,,,SH02,",
        ],
    )
    assert report.added == 3
    assert importing.rows("client", "name", "phone", "member_no", "birth_calendar", "birth_month") == [
        ("陈雅婷", "13800005678", "M001", "solar", 3),
        ("顾客 7710", "13900007710", "", "lunar", 8),
        ("顾客 M003", "", "M003", "solar", None),
    ]
    assert importing.rows("client_tag", "name", "origin") == [("周末来", "hq"), ("爱穿37码", "hq")]
    with importing.engine.connect() as connection:
        held = set(connection.scalars(sa.select(client_identity.c.person_hash)))
    assert held == {SECRET.person_hash(phone) for phone in ("13800005678", "13900007710")}


def test_a_lunar_day_is_looked_up_in_its_year_and_the_store_may_stand_under_its_code(importing: Importing) -> None:
    report = importing(
        "clients",
        [
            "姓名,手机号,生日,门店编码",
            "张曼,13700001111,农历1990年闰五月初三,SH01",
            "李曼,13700002222,农历1993年闰五月初三,SH01",
            "王曼,13700003333,农历闰正月初三,SH01",
        ],
    )
    assert [(one.row_no, one.code) for one in report.rejects] == [(3, "client.birthday"), (4, "client.birthday")]
    assert "1993 年没有闰 5 月" in report.rejects[0].sentence
    assert importing.rows("client", "name", "birth_month", "birth_leap") == [("张曼", 5, True)]


def test_a_file_never_overwrites_what_guides_wrote(importing: Importing) -> None:
    lines = [HEADER, "陈雅婷,13800005678,M001,银卡,,,SH01,"]
    importing("clients", lines)
    ((client_id, store_id),) = importing.rows("client", "id", "store_id")

    def edit(writer: FeedWriter) -> None:
        writer.change((store_scope(store_id), "client", client_id), name="陈女士 (VIP)")
        writer.flush()

    in_transaction(importing.engine, lambda c: edit(FeedWriter(c, importing.clock.ms)))
    assert importing("clients", lines).unchanged == 1
    report = importing("clients", [HEADER, "陈雅婷,13800005678,M001,金卡,1991-03-08,,SH01,"])
    assert report.changed == 1
    assert importing.rows("client", "name", "level", "birth_year") == [("陈女士 (VIP)", "金卡", 1991)]


def test_rows_about_one_person_become_one_client(importing: Importing) -> None:
    report = importing(
        "clients",
        [
            "姓名,手机号,会员号,微信,门店",
            "陈雅婷,13800005678,,,SH01",
            ",13800005678,M001,yating,SH01",
            "陈雅婷,,M001,other,SH01",
            "别人,13900007710,M009,,SH01",
            "混淆,13900007710,M001,,SH01",
            "陈雅婷,13800005678,,,SH02",
        ],
    )
    assert (report.records, [(r.row_no, r.code) for r in report.rejects]) == ({"added": 3}, [(6, "client.mixed")])
    assert ("陈雅婷", "13800005678", "M001", "yating") in importing.rows(
        "client", "name", "phone", "member_no", "wechat"
    )


def test_consent_needs_its_proof_and_a_refusal_is_never_lifted(importing: Importing) -> None:
    header = "手机号,联系状态,同意版本,同意时间,门店"
    report = importing("clients", [header, "13800005678,同意营销,,,SH01", "13900007710,拒绝,,,SH01"])
    assert [(r.row_no, r.code) for r in report.rejects] == [(2, "consent.unproven")]
    importing("clients", [header, "13900007710,同意营销,v3,2026-01-01,SH01", "13800005678,同意营销,v3,2026-01-01,SH01"])
    assert importing.rows("client", "phone", "contact_state", "consent_version") == [
        ("13800005678", "marketing", "v3"),
        ("13900007710", "refused", ""),
    ]


def test_what_cannot_be_placed_is_refused(importing: Importing) -> None:
    lines = [HEADER, "甲,,,,,,SH01,", "乙,123,,,,,SH01,", "丙,13800005678,,,,,XX,", "丁,13900007710,,,,,SH01,0999"]
    report = importing("clients", lines)
    assert [r.code for r in report.rejects] == ["client.no_key", "phone.invalid", "store.unknown", "guide.unknown"]
    assert importing.rows("client", "id") == []


def test_a_list_without_any_number_is_refused_as_a_whole(importing: Importing) -> None:
    with pytest.raises(InvalidInputError, match="会员号"):
        importing("clients", ["姓名,门店", "陈雅婷,SH01"])


LISTED = "姓名,手机号,标签,备注,偏好,生日,门店"


def test_a_list_brings_head_office_no_more_than_a_desk(importing: Importing) -> None:
    report = importing(
        "clients",
        [
            LISTED,
            "张曼,13700001111,孕妇、常客,女儿 8 岁,软底,,SH01",
            "李曼,13700002222,党员,,,,SH01",
            "王曼,13700003333,,身份证 11010519491231002X,,,SH01",
            "小曼,13700004444,,,,2020-03-08,SH01",
            "赵曼,13700005555,常客,看着年轻十岁,小白鞋,,SH01",
        ],
    )
    assert (report.added, report.rejected) == (2, 3)
    assert [one.code for one in report.rejects] == ["tag.forbidden", "note.forbidden", "client.under_age"]
    assert importing.rows("client", "name", "remark", "preference") == [
        ("张曼", "", "软底"), ("赵曼", "看着年轻十岁", "小白鞋"),
    ]  # fmt: skip
    assert {row[0] for row in importing.rows("client_tag", "name")} == {"常客"}
    child, health = report.notes
    assert child.startswith("备注: 这句话里有")
    assert "监护人的同意 (个人信息保护法第 28、31 条)" in child
    assert health.startswith("标签: 标签「孕妇」涉及")
    assert all(note.endswith("(第 2 行)") for note in report.notes)


@pytest.mark.parametrize(("purpose", "remark", "tags"), [("sensitive", "", {"孕妇"}), ("child", "女儿 8 岁", set())])
def test_what_she_consented_to_comes_in_for_her_as_long_as_it_stands(
    importing: Importing, purpose: str, remark: str, tags: set[str]
) -> None:
    importing("clients", [LISTED, "张曼,13700001111,,,,,SH01"])
    ((client_id, store_id),) = importing.rows("client", "id", "store_id")

    def say(at: int, *, granted: bool) -> None:
        said = {"client_id": client_id, "purpose": purpose, "channel": "any", "version": "1", "way": "paper", "at": at}
        put_all(importing.engine, store_scope(store_id), "consent", {new_id(): {**said, "granted": granted}})

    row = [LISTED, "张曼,13700001111,孕妇,女儿 8 岁,,,SH01", "李曼,13700002222,孕妇,,,,SH01"]
    say(1, granted=False)
    assert len(importing("clients", row, dry_run=True).notes) == 2
    say(2, granted=True)
    report = importing("clients", row)
    assert len(report.notes) == 2 - (purpose == "child")
    assert importing.rows("client", "name", "remark") == [("张曼", remark), ("李曼", "")]
    assert {name for (name,) in importing.rows("client_tag", "name")} == tags
    assert {held for (held,) in importing.rows("client_tag", "client_id")} <= {client_id}
