"""The library of scripts: head office's and her own, found by any word, favourites first."""

from dataclasses import replace

import pytest

from guide_app.base.clock import DAY_MS
from guide_app.base.errors import InvalidInputError, NotFoundError
from guide_app.flows.desk import Desk
from guide_app.followup.scripts import ScriptLibrary
from tests.guide_app.followup.conftest import Arrives
from tests.helpers.book import CHEN, LI, NOW, WANG, ZHOU, actor, ident

A, B = ident(101), ident(102)


@pytest.fixture
def library(desk: Desk, arrives: Arrives) -> ScriptLibrary:
    arrives("script", A, scene="上新", title="新款 A", body="{称呼}, {商品}到了", rank=1, variant="A")
    arrives("script", B, scene="回访", title="合脚吗", body="{称呼}, 鞋还合脚吗", rank=2)
    arrives("script", ident(103), scene="上新", title="旧款", body="停用", active=False)
    return desk.scripts


def titles(library: ScriptLibrary, text: str = "", scene: str = "", guide: str = WANG) -> list[str]:
    return [script.title for script in library.find(guide, text, scene)]


def test_scripts_are_found_by_any_word_and_by_scene(library: ScriptLibrary) -> None:
    assert titles(library) == ["新款 A", "合脚吗"]
    assert titles(library, "合脚") == titles(library, "回访") == titles(library, scene="回访") == ["合脚吗"]
    assert titles(library, "新款 a") == ["新款 A"]
    assert titles(library, "%") == []


def test_her_own_are_hers_alone(library: ScriptLibrary) -> None:
    own = library.keep("回访", " 我的 ", "{称呼}, 我是王敏", actor())
    assert titles(library) == ["我的", "新款 A", "合脚吗"]
    assert titles(library, guide=LI) == ["新款 A", "合脚吗"]
    library.change(own, "回访", "改过", "新词", actor())
    assert titles(library, "新词") == ["改过"]
    with pytest.raises(NotFoundError):
        library.drop(own, replace(actor(), guide_id=LI))
    library.drop(own, actor())
    assert titles(library, "改过") == []
    with pytest.raises(NotFoundError):
        library.change(own, "", "又来", "又来", actor())


def test_favourites_come_first_for_her(library: ScriptLibrary) -> None:
    (fits,) = library.find(WANG, "合脚")
    for _ in range(2):
        library.favour(fits, actor(), on=True)
    assert [(s.title, s.favourite) for s in library.find(WANG)] == [("合脚吗", True), ("新款 A", False)]
    assert titles(library, guide=LI) == ["新款 A", "合脚吗"]
    for _ in range(2):
        library.favour(fits, actor(), on=False)
    assert titles(library) == ["新款 A", "合脚吗"]


@pytest.mark.parametrize(
    ("scene", "title", "body"), [("", " ", "词"), ("", "题", ""), ("", "题", "长" * 4001), ("场" * 65, "题", "词")]
)
def test_what_cannot_be_kept_is_refused(library: ScriptLibrary, scene: str, title: str, body: str) -> None:
    with pytest.raises(InvalidInputError):
        library.keep(scene, title, body, actor())


def test_a_reply_counts_for_the_message_before_it(library: ScriptLibrary, arrives: Arrives) -> None:
    notes = [
        ("message", CHEN, 1, A, ""), ("reply", CHEN, 2, None, ""), ("message", CHEN, 3, B, ""),
        ("message", ZHOU, 1, A, "sold"), ("message", ZHOU, 5, B, ""), ("reply", ZHOU, 6, None, ""),
        ("message", ZHOU, -1, A, ""),
    ]  # fmt: skip
    for n, (kind, client, at, script, result) in enumerate(notes):
        arrives("note", ident(110 + n), client_id=client, kind=kind, body="…", at=NOW + at, script_id=script,
                result=result)  # fmt: skip
    found = {f.script_id: (f.sent, f.replied, f.sold) for f in library.figures(NOW)}
    assert found == {A: (2, 1, 1), B: (2, 1, 0)}


def test_scripts_are_found_by_pinyin_and_by_several_words(library: ScriptLibrary) -> None:
    assert titles(library, "hejiao") == titles(library, "hjm") == ["合脚吗"]
    assert titles(library, "xinkuan") == titles(library, "shangxin a") == ["新款 A"]
    assert titles(library, "鞋 合脚") == ["合脚吗"]
    assert titles(library, "鞋 新款") == titles(library, "ejiao") == []


def test_what_she_shares_her_colleagues_see_and_only_she_changes(library: ScriptLibrary) -> None:
    own = library.keep("回访", "本店的", "{称呼}, 来坐坐", actor(), shared=True)
    (seen,) = library.find(LI, "本店的")
    assert (seen.own, seen.mine, seen.shared, seen.author) == (True, False, True, "王敏")
    with pytest.raises(NotFoundError):
        library.change(own, "回访", "抢来", "改了", replace(actor(), guide_id=LI))
    library.change(own, "回访", "本店的", "{称呼}, 来坐坐", actor(), shared=False)
    assert library.find(LI, "本店的") == []


def test_a_dropped_script_can_be_brought_back(library: ScriptLibrary) -> None:
    own = library.keep("", "我的", "词", actor())
    library.drop(own, actor())
    library.bring_back(own, actor())
    assert titles(library, "我的") == ["我的"]


def test_scenes_come_in_head_offices_order(library: ScriptLibrary) -> None:
    library.keep("雨天", "雨天", "带伞", actor())
    assert library.scenes(WANG) == ("上新", "回访", "雨天")
    assert library.scenes(LI) == ("上新", "回访")


def test_a_purchase_within_a_week_counts_for_the_last_message(library: ScriptLibrary, arrives: Arrives) -> None:
    arrives("script", ident(104), scene="上新", title="新款 B", body="B", variant="B", variant_of=A)
    for n, (at, script) in enumerate(((0, A), (1, ident(104)), (30, A))):
        arrives("note", ident(120 + n), client_id=CHEN, kind="message", body="…", at=NOW + at * DAY_MS,
                script_id=script)  # fmt: skip
    for n, at in enumerate((2, 38)):
        arrives("purchase", ident(130 + n), order_no=f"N{n}", client_id=CHEN, at=NOW + at * DAY_MS, total_fen=1)
    assert {f.script_id: (f.sent, f.sold, f.hits) for f in library.figures(NOW)} == {
        A: (2, 0, 0),
        ident(104): (1, 1, 1),
    }
    trial = library.trial(A, NOW)
    assert trial is not None
    assert (trial.verdict, [(v.name, v.sent, v.hits) for v in trial.variants]) == ("few", [("A", 2, 0), ("B", 1, 1)])
    assert library.trial(B, NOW) is None
