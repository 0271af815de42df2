"""Head office publishes from a file: what staff write is what every PC gets, and once more changes nothing."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from guide_app.base.clock import china_datetime
from guide_app.protocol.scopes import BRAND
from head_office.deeds import push_rules
from head_office.feed.check import check_feed
from head_office.publishing.model import PublishError
from head_office.publishing.service import Published, publish
from tests.head_office.kit import NOW, SECRET, Pc, enrol_device, make_guide, make_store, new_id, put_all, rows_of
from tests.helpers.repository import ROOT

BOOTS = {"group": "偏好", "name": "靴"}
SCRIPT = {"scene": "大促预热", "title": "预告", "body": "{称呼}, 下周开始。"}
ALL: dict[str, Any] = {
    "tags": [BOOTS, {"group": "联系习惯", "name": "不要联系", "blocks": True}],
    "custom_fields": [
        {"group": "脚型", "name": "脚背", "type": "choice", "choices": ["高", "平"], "purpose": "选鞋楦"}
    ],
    "scripts": [SCRIPT, {**SCRIPT, "variant": "B", "body": "{称呼}, 下周见。"}],
    "tag_rules": [{**BOOTS, "rule": {"all": []}, "days": 180, "why": "两年内买过靴子"}],
    "sops": [
        {"name": "新客", "occasion": "new_client", "steps": [{"day": 1, "title": "问候", "script": "大促预热/预告"}]}
    ],
    "festivals": [{"name": "七夕", "calendar": "lunar", "month": 7, "day": 7, "days_before": 5}],
    "house_rules": {"contact_limit": {"count": 3, "days": 7}},
    "tasks": [{"batch": "双十二", "title": "发预告", "due": "2026-12-10", "script": "大促预热/预告"}],
}


@dataclass
class Office:
    """An office with two stores and three guides, and a folder for files."""

    engine: Engine
    folder: Path
    guides: list[str] = field(default_factory=list)
    now: int = NOW

    def __call__(self, **content: Any) -> Published:
        self.now += 60_000
        path = self.folder / "file.json"
        path.write_text(json.dumps(content, ensure_ascii=False), "utf-8")
        return publish(self.engine, path, self.now)

    def rows(self, kind: str) -> list[dict[str, Any]]:
        return rows_of(self.engine, kind)

    def named(self, kind: str, name: str) -> dict[str, Any]:
        return next(row for row in self.rows(kind) if row["name"] == name)

    def seqs(self) -> list[int]:
        with self.engine.connect() as connection:
            return [*connection.exec_driver_sql("SELECT seq FROM feed_head ORDER BY store_id").scalars()]


@pytest.fixture
def office(office_engine: Engine, tmp_path: Path) -> Office:
    office = Office(office_engine, tmp_path)
    stores = [make_store(office_engine), make_store(office_engine, "SH02", "徐家汇店")]
    for no, store in enumerate((stores[0], stores[0], stores[1]), 1):
        office.guides.append(make_guide(office_engine, store, f"G{no}", no))
    return office


def test_all_sections_reach_every_pc_and_the_same_file_again_changes_nothing(office: Office) -> None:
    done = office(**ALL)
    assert done.added == {
        "custom_field": 1, "festival": 1, "house_rule": 1, "script": 2, "sop": 1, "tag": 2, "tag_rule": 1, "task": 3,
    }  # fmt: skip
    before = office.seqs()
    again = office(**ALL)
    assert (again.added, again.changed, again.unchanged) == ({}, {}, done.added)
    assert office.seqs() == before
    pc = Pc(office.engine, enrol_device(office.engine), push_rules(SECRET))
    pc.pull()
    assert pc.digests() == pc.promised()
    held = {key[1] for key in pc.held if key[0] == BRAND}
    assert held >= {"tag", "custom_field", "script", "tag_rule", "sop", "festival", "house_rule"}
    assert check_feed(office.engine).ok


def test_the_example_of_the_manual_goes_out_as_it_stands(office: Office) -> None:
    example = re.search(r"```json\n(.*?)```", (ROOT / "docs/publishing.md").read_text("utf-8"), re.DOTALL)
    assert example is not None
    make_guide(office.engine, make_store(office.engine, "SH001", "南京东路店"), "G9", 9)
    boots = {"no": 1, "spu": "RM-1024", "name": "短靴", "category": "鞋/短靴"}
    put_all(office.engine, BRAND, "product", {new_id(): boots})
    added = office(**json.loads(example[1])).added
    assert (added["tag"], added["tag_rule"], added["coupon_template"], added["task"]) == (5, 1, 1, 1)


def test_what_refers_to_another_by_words_finds_it(office: Office) -> None:
    office(**ALL)
    first, second = sorted(office.rows("script"), key=lambda row: str(row["variant"]))
    assert (first["variant_of"], second["variant_of"]) == (None, first["id"])
    assert office.named("tag_rule", "靴")["tag_id"] == office.named("tag", "靴")["id"]
    assert office.named("sop", "新客")["steps"][0]["script_id"] == first["id"]
    assert {task["script_id"] for task in office.rows("task")} == {first["id"]}


def test_a_renamed_tag_stays_the_same_tag_and_nothing_on_a_client_is_written(office: Office) -> None:
    office(tags=[BOOTS])
    tag = office.named("tag", "靴")["id"]
    pc, client = Pc(office.engine, enrol_device(office.engine), push_rules(SECRET)), new_id()
    pc.push(
        pc.mutation("put", "client", client, name="王姐"),
        pc.mutation("put", "client_tag", new_id(), client_id=client, tag_id=tag, group="偏好", name="靴"),
    )
    before = office.rows("client_tag")
    office(tags=[{"group": "偏好", "name": "短靴", "was": ["靴"]}])
    office(tags=[{"group": "偏好", "name": "踝靴", "was": ["短靴"]}])
    (renamed,) = office.rows("tag")
    assert (renamed["id"], renamed["name"], renamed["was"]) == (tag, "踝靴", ["靴", "短靴"])
    assert office.rows("client_tag") == before
    with pytest.raises(PublishError, match="已改名为「踝靴」"):
        office(tags=[BOOTS])


def test_a_tag_merged_into_another_names_the_last_of_the_chain_and_is_offered_no_more(office: Office) -> None:
    office(tags=[{"group": "偏好", "name": name} for name in ("小白", "小白鞋", "板鞋")])
    office(tags=[{"group": "偏好", "name": "小白鞋", "merged_into": "板鞋"}])
    office(tags=[{"group": "偏好", "name": "小白", "merged_into": "小白鞋"}])
    stays = office.named("tag", "板鞋")["id"]
    assert [(row["name"], row["visible"]) for row in office.rows("tag") if row["merged_into"] == stays] == [
        ("小白鞋", False), ("小白", False),
    ]  # fmt: skip
    with pytest.raises(PublishError, match="不能并入"):
        office(tags=[{"group": "偏好", "name": "板鞋", "merged_into": "小白"}])
    with pytest.raises(PublishError, match="不能并入"):
        office(tags=[{"group": "偏好", "name": "小白", "merged_into": "小白"}])


def test_what_an_entry_does_not_say_stays(office: Office) -> None:
    office(festivals=ALL["festivals"])
    office(festivals=[{"name": "七夕", "days_before": 9}])
    festival = office.named("festival", "七夕")
    assert (festival["calendar"], festival["month"], festival["days_before"]) == ("lunar", 7, 9)


def test_a_batch_goes_to_the_guides_of_the_stores_named(office: Office) -> None:
    batch = {"batch": "盘点", "title": "盘点", "stores": ["SH01"], "due": "2026-12-10", "starts": "2026-12-01 09:00"}
    office(tasks=[batch])
    tasks = office.rows("task")
    assert {task["guide_id"] for task in tasks} == set(office.guides[:2])
    assert {(task["origin"], task["status"], task["urged_at"]) for task in tasks} == {("hq", "open", None)}
    assert len({task["batch_id"] for task in tasks}) == 1
    assert f"{china_datetime(tasks[0]['due_at']):%Y-%m-%d %H:%M}" == "2026-12-10 23:59"
    make_guide(office.engine, tasks[0]["store_id"], "G9", 9)
    assert (office(tasks=[batch]).added, len(office.rows("task"))) == ({"task": 1}, 3)


def test_a_batch_is_urged_and_taken_back_but_what_is_done_stays_done(office: Office) -> None:
    batch = {"batch": "盘点", "title": "盘点", "guides": ["G1", "G2"]}
    office(tasks=[batch])
    pc = Pc(office.engine, enrol_device(office.engine), push_rules(SECRET))
    mine = next(task["id"] for task in office.rows("task") if task["guide_id"] == office.guides[0])
    pc.push(pc.mutation("command", "task.complete", mine, ms=office.now + 1, result="reached"), now_ms=office.now + 1)
    assert office(tasks=[{**batch, "urge": "2026-12-01 10:00"}]).changed == {"task": 1}
    assert office(tasks=[{**batch, "urge": "2026-12-01 10:00"}]).changed == {}
    assert office(tasks=[{"batch": "盘点", "guides": ["G1", "G2"], "cancel": True}]).changed == {"task": 1}
    assert {task["guide_id"]: task["status"] for task in office.rows("task")} == {
        office.guides[0]: "done", office.guides[1]: "cancelled",
    }  # fmt: skip
    assert office(tasks=[batch]).changed == {}


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ({"tags": [{"group": "偏好"}]}, "name"),
        ({"tags": [BOOTS], "horoscopes": []}, "horoscopes"),
        ({"scripts": [{"scene": "x", "titel": "y"}]}, "titel"),
        ({"scripts": [SCRIPT, SCRIPT]}, "相同"),
        ({"festivals": [{"name": "七夕", "month": 13}]}, "month"),
        ({"festivals": [{"month": 1}]}, "缺少"),
        ({"tag_rules": [{"group": "偏好", "name": "没有的"}]}, "没有标签"),
        ({"sops": [{"name": "新客", "steps": [{"script": "没有/的"}]}]}, "没有话术"),
        ({"sops": [{"name": "新客", "steps": [{"wait": 1}]}]}, "每一步"),
        ({"house_rules": {"contact_limit": {"count": 0}}}, "1 到 1000"),
        ({"house_rules": {"no_such_rule": {"count": 1}}}, "没有这条规则"),
        ({"tasks": [{"batch": "甲", "title": "x", "stores": ["SH99"]}]}, "SH99"),
        ({"tasks": [{"batch": "甲", "title": "x", "guides": ["G77"]}]}, "G77"),
        ({"tasks": [{"batch": "甲", "title": "x", "due": "明天"}]}, "甲"),
        ({"tasks": [{"batch": "甲", "title": "x", "starts": "2026-12-02", "due": "2026-12-01"}]}, "早于"),
        ({"tasks": [{"batch": "甲"}]}, "title"),
    ],
)
def test_a_file_with_one_wrong_entry_is_refused_whole(office: Office, content: dict[str, Any], why: str) -> None:
    before = office.seqs()
    with pytest.raises(PublishError, match=why):
        office(**{"custom_fields": ALL["custom_fields"], **content})
    assert office.seqs() == before
    assert office.rows("custom_field") == []


@pytest.mark.parametrize(
    ("rule", "place"),
    [
        ({"all": [{"flag": "starred"}, {"figure": "orders"}]}, r"all\[1\]"),
        ({"event": "scan", "hours": [25, 26]}, "hours"),
        ({"said": ""}, "said"),
        ({}, "开头"),
    ],
)
def test_a_tag_rule_that_no_desk_could_read_is_refused_with_row_and_place(
    office: Office, rule: dict[str, Any], place: str
) -> None:
    good = {**BOOTS, "rule": {"event": "scan", "hours": [18, 22]}}
    with pytest.raises(PublishError, match=f"tag_rule 第 2 条「靴」: 分群规则的 {place}"):
        office(tags=[BOOTS], tag_rules=[good, {**BOOTS, "rank": 2, "rule": rule}])
    assert office.rows("tag") == office.rows("tag_rule") == []


def test_a_whole_group_is_hidden_also_for_tags_that_come_later(office: Office) -> None:
    office(tags=[{"group": "内部", "name": "甲"}, BOOTS], tag_groups=[{"group": "内部", "visible": False}])
    office(tags=[{"group": "内部", "name": "乙"}, {"group": "内部", "name": "甲", "rank": 3}])
    assert [office.named("tag", name)["visible"] for name in ("甲", "乙", "靴")] == [False, False, True]
    assert office(tag_groups=[{"group": "内部", "visible": True}]).changed == {"tag": 2}
    with pytest.raises(PublishError, match="没有这个标签组"):
        office(tag_groups=[{"group": "外部", "visible": False}])


def test_the_dictionary_holds_three_thousand_tags_and_not_one_more(office: Office) -> None:
    tags = [{"group": f"组{n % 40}", "name": f"标签{n}"} for n in range(3_000)]
    assert office(tags=tags).added == {"tag": 3_000}
    with pytest.raises(PublishError, match="3,001 个标签, 最多 3,000 个"):
        office(tags=[{"group": "组0", "name": "多的"}])
    merged = {"group": "组0", "name": "标签40", "merged_into": "标签0"}
    assert office(tags=[merged, {"group": "组0", "name": "多的"}]).added == {"tag": 1}


@pytest.mark.parametrize(("part", "most"), [("name", 30), ("group", 15)])
def test_a_name_or_group_that_is_too_long_is_refused_with_the_number(office: Office, part: str, most: int) -> None:
    long = {"group": "组", "name": "名", part: "长" * (most + 1)}
    with pytest.raises(PublishError, match=rf"{part} 有 {most + 1} 个字.* {most} 个字"):
        office(tags=[long])
    assert office(tags=[{**long, part: "长" * most}]).added == {"tag": 1}
