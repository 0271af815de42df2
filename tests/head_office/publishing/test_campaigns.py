"""Head office publishes campaigns: each gets a number for links and its coupon; what cannot be is refused by name."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from guide_app.base.clock import china_datetime
from head_office.publishing.model import PublishError
from head_office.publishing.service import Published, publish
from tests.head_office.kit import NOW, rows_of

COUPON = {"name": "满300减50", "kind": "threshold_off", "min_spend_fen": 30_000, "discount_fen": 5_000}
TWELVE = {"title": "双十二满减", "body": "全场满 300 减 50", "coupon": "满300减50", "starts_at": "2026-12-01 10:00",
          "ends_at": "2026-12-12"}  # fmt: skip


def run(engine: Engine, folder: Path, *campaigns: dict[str, Any], **more: Any) -> Published:
    path = folder / "file.json"
    path.write_text(json.dumps({"campaigns": campaigns, **more}, ensure_ascii=False), "utf-8")
    return publish(engine, path, NOW)


def test_campaigns_get_numbers_their_coupon_and_their_days(office_engine: Engine, tmp_path: Path) -> None:
    done = run(office_engine, tmp_path, TWELVE, {"title": "免费养护"}, coupons=[COUPON])
    assert done.added == {"campaign": 2, "coupon_template": 1}
    rows = {row["title"]: row for row in rows_of(office_engine, "campaign")}
    first, second = rows["双十二满减"], rows["免费养护"]
    assert [first["no"], second["no"]] == [1, 2]
    assert first["coupon_template_id"] == rows_of(office_engine, "coupon_template")[0]["id"]
    assert f"{china_datetime(first['starts_at']):%m-%d %H:%M}" == "12-01 10:00"
    assert f"{china_datetime(first['ends_at']):%m-%d %H:%M}" == "12-13 00:00"  # the whole of the last day
    assert run(office_engine, tmp_path, TWELVE).unchanged == {"campaign": 1}


def test_a_campaign_keeps_its_number_when_it_is_changed(office_engine: Engine, tmp_path: Path) -> None:
    run(office_engine, tmp_path, {"title": "甲"}, {"title": "乙"})
    assert run(office_engine, tmp_path, {"title": "甲", "body": "新的"}, {"title": "丙"}).changed == {"campaign": 1}
    assert {row["title"]: row["no"] for row in rows_of(office_engine, "campaign")} == {"甲": 1, "乙": 2, "丙": 3}


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"coupon": "没有的券"}, "没有券"),
        ({"ends_at": "2026-11-01"}, "结束要晚于开始"),
        ({"starts_at": 5}, "应为如"),
        ({"no": 7}, "没有这些项"),
        ({"body": "全网最低价, 国家级品质"}, "国家级"),
    ],
)
def test_what_cannot_be_is_refused_by_name(
    office_engine: Engine, tmp_path: Path, changes: dict[str, Any], told: str
) -> None:
    with pytest.raises(PublishError, match=told):
        run(office_engine, tmp_path, {**TWELVE, **changes}, coupons=[COUPON])
    assert rows_of(office_engine, "campaign") == []
