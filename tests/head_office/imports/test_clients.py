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
from tests.head_office.kit import SECRET

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
