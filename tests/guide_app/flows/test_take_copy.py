"""The copy that a client takes home: all of it, readable, and nothing of what others keep to themselves."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from guide_app.base.errors import GuideError, InvalidInputError, NotFoundError
from guide_app.flows.desk import Desk
from guide_app.flows.note_sale import NotedLine, NotedSale, Variant, note_sale
from guide_app.flows.take_copy import Copied, take_copy
from guide_app.flows.take_copy_content import NAMING
from guide_app.flows.take_copy_page import TITLES
from guide_app.protocol.messages import RecordFrame
from guide_app.protocol.scopes import store_scope
from tests.helpers.book import CHEN, COUPON_CODE, LI, NOW, STORE, WANG, ZHOU, Frames, actor, ident
from tests.helpers.photos import photo

MANAGER = replace(actor(), guide_id=LI, number="0300", name="李娜", role="store_manager")


def copied(desk: Desk, folder: Path, client: str = CHEN, who: Any = None) -> Copied:
    return take_copy(desk.db, desk.clock, who or actor(), client, folder, proven_by="当面, 手机号验证")


def bring(desk: Desk, kind: str, n: int, /, **data: Any) -> None:
    frame = RecordFrame(store_scope(STORE), kind, ident(900 + n), 990 + n, {"client_id": CHEN, "at": NOW, **data})
    desk.db.apply(lambda applier: applier.apply([frame]))


def test_every_kind_that_names_a_client_has_its_title() -> None:
    assert {*NAMING, "client", "purchase_line", "redemption"} == set(TITLES)


def test_the_copy_has_all_that_is_held_of_her(desk: Desk, tmp_path: Path) -> None:
    desk.client_deeds.note(CHEN, "脚背高, 喜欢软底", actor())
    desk.client_deeds.note(ZHOU, "别人的事", actor())
    bring(desk, "relation", 1, kind="child", name="小雨", guide_id=WANG)
    desk.privacy_deeds.withdraw(CHEN, "profiling", actor())
    done = copied(desk, tmp_path / "copy")
    doc = json.loads((tmp_path / "copy" / "copy.json").read_text("utf-8"))
    assert {kind: n for kind, n in done.records.items() if n} == {
        "client_tag": 1, "relation": 1, "purchase": 4, "purchase_line": 4, "note": 1, "coupon": 1, "consent": 1,
    }  # fmt: skip
    assert doc["clients"][0]["phone"] == "13800005678", "what is hers is not masked"
    assert [note["body"] for note in doc["records"]["note"]] == ["脚背高, 喜欢软底"]
    assert doc["names"][WANG] == "王敏"
    page = (tmp_path / "copy" / "copy.html").read_text("utf-8")
    for words in (
        "陈雅婷",
        "13800005678",
        "1991-03-08",
        "软底乐福鞋",
        "¥569",
        "脚背高",
        "小雨",
        COUPON_CODE,
        "不做画像",
    ):
        assert words in page, words
    assert "别人的事" not in page


def test_the_copy_is_noted_with_how_she_was_known_and_its_hash(desk: Desk, tmp_path: Path) -> None:
    done = copied(desk, tmp_path / "copy")
    (line,) = desk.privacy.accesses(0)
    assert (line.deed, line.client_id, line.reason, line.proof) == (
        "access_copy",
        CHEN,
        "当面, 手机号验证",
        done.sha256,
    )
    assert hashlib.sha256((tmp_path / "copy" / "copy.json").read_bytes()).hexdigest() == done.sha256


def test_what_a_colleague_keeps_to_herself_is_named_but_not_shown(desk: Desk, tmp_path: Path) -> None:
    bring(desk, "note", 1, body="李娜的私密", private=True, guide_id=LI)
    bring(desk, "note", 2, body="王敏的私密", private=True, guide_id=WANG)
    bring(desk, "client_tag", 3, name="难伺候", private=True, guide_id=LI)
    done = copied(desk, tmp_path / "copy")
    both = "".join((tmp_path / "copy" / name).read_text("utf-8") for name in ("copy.json", "copy.html"))
    assert "李娜的私密" not in both
    assert "难伺候" not in both
    assert "王敏的私密" in both
    assert (done.withheld, "由本人保管的记录 (2)" in both) == (2, True)


def test_a_record_that_was_merged_into_hers_is_hers(desk: Desk, tmp_path: Path) -> None:
    bring(desk, "client", 1, name="陈女士", phone="13700001111", merged_into=CHEN, archived_at=NOW)
    bring(desk, "note", 2, client_id=ident(901), body="记在另一条上", guide_id=WANG)
    copied(desk, tmp_path / "copy")
    page = (tmp_path / "copy" / "copy.html").read_text("utf-8")
    assert "陈女士" in page
    assert "记在另一条上" in page


def test_what_was_written_about_her_is_text_on_the_page(desk: Desk, tmp_path: Path) -> None:
    desk.client_deeds.note(CHEN, "<script>alert(1)</script>", actor())
    desk.client_deeds.edit(CHEN, {"remark": "<img src=x>"}, actor())
    copied(desk, tmp_path / "copy")
    page = (tmp_path / "copy" / "copy.html").read_text("utf-8")
    assert "<script" not in page
    assert "<img" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_only_her_guide_and_the_manager_hand_it_over(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(GuideError, match="别的导购") as caught:
        copied(desk, tmp_path / "copy", who=replace(MANAGER, role="guide"))
    assert caught.value.code == "copy.not_hers"
    with pytest.raises(InvalidInputError, match="核实"):
        take_copy(desk.db, desk.clock, actor(), CHEN, tmp_path / "copy", proven_by="")
    with pytest.raises(NotFoundError):
        copied(desk, tmp_path / "copy", ident(996))
    assert (desk.privacy.accesses(0), list(tmp_path.glob("*copy*"))) == ((), [])
    assert copied(desk, tmp_path / "copy", who=MANAGER).records["purchase"] == 4


def test_she_reads_why_she_may_be_contacted_and_what_her_refusal_ends(desk: Desk, tmp_path: Path) -> None:
    copied(desk, tmp_path / "before")
    before = (tmp_path / "before" / "copy.html").read_text(encoding="utf-8")
    assert "为什么会联系您" in before
    assert "您可以随时要求不做画像" in before
    desk.privacy_deeds.withdraw(CHEN, "profiling", actor())
    copied(desk, tmp_path / "after")
    assert "您已要求不做画像" in (tmp_path / "after" / "copy.html").read_text(encoding="utf-8")


def test_her_tags_stand_there_with_who_when_why_and_until(desk: Desk, tmp_path: Path) -> None:
    bring(desk, "client_tag", 1, group="风格", name="爱通勤", origin="rule", at=NOW, why="三次打开通勤海报",
          until=NOW + 30 * 86_400_000)  # fmt: skip
    desk.tag_deeds.wrong(CHEN, "金卡", "她说不是", actor())
    copied(desk, tmp_path / "copy")
    page = (tmp_path / "copy" / "copy.html").read_text("utf-8")
    for words in ("爱通勤", "自动规则", "三次打开通勤海报", "2026-11-21", "2026-12-21", "不再打的标签", "她说不是"):
        assert words in page, words


def test_her_photos_are_part_of_the_copy(desk: Desk, tmp_path: Path) -> None:
    frame = Frames()
    frame._seq = 700
    feet, hidden = ident(801), ident(802)
    fields = [
        frame("custom_field", feet, name="足型照片", type="image"),
        frame("custom_field", hidden, name="私下照片", type="image", private=True),
    ]
    desk.db.apply(lambda applier: applier.apply(fields))
    shown, kept, receipt = photo(1), photo(2), photo(3)
    desk.card_deeds.custom.answer_photo(CHEN, feet, shown, actor())
    desk.card_deeds.custom.answer_photo(CHEN, hidden, kept, actor())
    line = NotedLine(Variant("", None, "踝靴", "黑", "37", 100, ""), 1, 100)
    note_sale(desk.db, actor(), CHEN, NotedSale("T-1", NOW, [line], receipt))
    copied(desk, tmp_path / "copy")
    files = {path.read_bytes() for path in (tmp_path / "copy").glob("*.jpg")}
    assert files == {shown, kept, receipt}
    page = (tmp_path / "copy" / "copy.html").read_text("utf-8")
    doc = json.loads((tmp_path / "copy" / "copy.json").read_text("utf-8"))
    assert sorted(doc["photos"]) == sorted(hashlib.sha256(body).hexdigest() for body in files)
    assert all(f'src="{file}"' in page for file in doc["photos"].values())
    copied(desk, tmp_path / "by another", who=MANAGER)
    assert {path.read_bytes() for path in (tmp_path / "by another").glob("*.jpg")} == {shown, receipt}
