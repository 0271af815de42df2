"""What a guide may not write down about a client in a sentence, and what only with a consent (个人信息保护法 28-31)."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guide_app.base.errors import InvalidInputError
from guide_app.base.tag_words import TagGuard, WordList, is_bank_card, is_resident_id
from guide_app.clients.tags import Hanging
from guide_app.flows.desk import Desk
from tests.helpers.book import CHEN, actor

GUARD = TagGuard.shipped()
FOLDER = Path(__file__).resolve().parents[3] / "resources/words/tags"
LISTS = [WordList.read(path) for path in sorted(FOLDER.glob("*.json"))]
#: The example of GB 11643-1999, a test number of UnionPay, and one of Visa.
RESIDENT, UNIONPAY, VISA = "11010519491231002X", "6222021234567894", "4111111111111111"


def found(text: str) -> str:
    finding = GUARD.judge(text, tag=False)
    return "" if finding is None else finding.words.kind


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (f"身份证 {RESIDENT} 已核对", "id_number"),
        ("证件110105 1949 1231 002x", "id_number"),
        ("证件号１１０１０５１９４９１２３１００２Ｘ", "id_number"),
        (f"退款到{UNIONPAY}", "bank_card"),
        ("卡 4111 1111 1111 1111 退款", "bank_card"),
        ("她对羊毛过敏", "health"),
        ("信佛, 不穿皮", "religion"),
        ("给 8 岁的女儿买", "under_14"),
        ("电话 13800005678, 订单 NJ-20261122-0001", ""),
        ("条码 6901234567892", ""),
        ("券码 7KQ2-M9RT-X4HD-3W", ""),
        ("面料不过敏的那款", ""),
        ("要维权, 说鞋底开胶", ""),
        ("订单 4200001234202611221234567890", ""),
        ("网店订单 4012345678901234565", ""),
    ],
)
def test_a_note_is_judged_by_its_words_and_numbers(text: str, kind: str) -> None:
    assert found(text) == kind


@pytest.mark.parametrize(
    "text",
    [
        "她要一流产品", "换了物流产生的折痕", "主流产品看不上", "等量产后通知她", "新款投产后留 38 码", "国产后跟设计",
        "没有过敏", "手术室护士, 站一天", "Archive 系列全收", "Shiver 羽绒服",
        "微信教她用小程序领券", "微信徒步群里认识的", "我相信徒步鞋适合她", "她知道教练也买了",
        "跑道教练", "在教徒弟做鞋", "用这个办法轮流试穿", "和行政见面前来取", "政治老师, 着装正式", "同党员工活动",
        "幼儿园老师, 常蹲", "儿童医院的医生", "要婴儿蓝的毛衣", "有点婴儿肥",
        "穿上年轻十岁", "这件显小 5 岁", "先生比她大 8 岁", "她的猫 3 岁",
        "血压有点高", "素食", "脚背高, 要宽楦", "四五十岁", "佛系购物, 不催", "膝盖不好, 要软底",
    ],
)  # fmt: skip
def test_everyday_sentences_are_free(text: str) -> None:
    assert found(text) == ""


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("上个月流产了", "health"), ("产后两个月", "health"), ("HIV 阳性", "health"), ("对羊毛过敏", "health"),
        ("她信教", "religion"), ("虔诚的信徒", "religion"), ("是党员", "politics"),
        ("儿子小, 5 岁", "under_14"), ("老大 5 岁", "under_14"), ("送孩子上幼儿园", "under_14"),
    ],
)  # fmt: skip
def test_what_looks_like_an_everyday_sentence_is_still_found(text: str, kind: str) -> None:
    assert found(text) == kind


@pytest.mark.parametrize("text", ["维权客户", RESIDENT[:17] + "x"])
def test_a_tag_is_judged_more_strictly(text: str) -> None:
    assert GUARD.judge(text) is not None


@given(st.sampled_from([word for one in LISTS for word in one.words]), st.sampled_from(["{}", "她{} 了", "a {}, b"]))
def test_every_word_of_every_list_is_seen(word: str, around: str) -> None:
    assert GUARD.judge(around.format(word)) is not None


@given(st.integers(0, 16), st.integers(1, 9))
def test_a_wrong_digit_is_no_identity_number(place: int, by: int) -> None:
    digit = str((int(RESIDENT[place]) + by) % 10)
    assert is_resident_id(RESIDENT)
    assert not is_resident_id(RESIDENT[:place] + digit + RESIDENT[place + 1 :])


@given(st.sampled_from([UNIONPAY, VISA]), st.integers(0, 15), st.integers(1, 9))
def test_a_wrong_digit_is_no_card(card: str, place: int, by: int) -> None:
    digit = str((int(card[place]) + by) % 10)
    assert is_bank_card(card)
    assert not is_bank_card(card[:place] + digit + card[place + 1 :])


def notes(desk: Desk) -> list[str]:
    said = desk.db.query(lambda c: c.exec_driver_sql("SELECT body FROM note ORDER BY id").scalars().all())
    return list(said)


@pytest.mark.parametrize("kind", ["note", "call", "visit", "reply"])
def test_a_number_is_never_kept_and_the_refusal_names_the_article_and_not_the_number(desk: Desk, kind: str) -> None:
    with pytest.raises(InvalidInputError, match="第 6、28 条") as told:
        desk.client_deeds.note(CHEN, f"身份证 {RESIDENT}", actor(), kind)
    assert told.value.code == "note.forbidden"
    assert RESIDENT not in str(told.value)
    assert notes(desk) == []


def test_health_is_kept_only_while_her_separate_consent_stands(desk: Desk) -> None:
    with pytest.raises(InvalidInputError, match="单独同意") as told:
        desk.client_deeds.note(CHEN, "她对羊毛过敏", actor())
    assert told.value.code == "note.consent_needed"
    desk.privacy_deeds.grant(CHEN, "sensitive", actor(), version="2026-1", way="spoken", proof="当面")
    desk.client_deeds.note(CHEN, "她对羊毛过敏", actor())
    desk.privacy_deeds.withdraw(CHEN, "sensitive", actor())
    with pytest.raises(InvalidInputError):
        desk.client_deeds.note(CHEN, "对羽绒也过敏", actor())
    assert notes(desk) == ["她对羊毛过敏"]


def test_what_was_sent_to_her_is_not_about_her(desk: Desk) -> None:
    desk.client_deeds.note(CHEN, "这款适合孕期穿", actor(), "message")
    assert notes(desk) == ["这款适合孕期穿"]


def test_remark_and_preference_are_judged_where_they_change(desk: Desk) -> None:
    for field in ("remark", "preference"):
        with pytest.raises(InvalidInputError, match="28"):
            desk.client_deeds.edit(CHEN, {field: f"卡号 {VISA}"}, actor())
        desk.client_deeds.edit(CHEN, {field: "喜欢深色"}, actor())
    with pytest.raises(InvalidInputError):
        desk.client_deeds.add({"name": "吴佳", "remark": f"证件 {RESIDENT}"}, actor())
    assert desk.clients.search("吴佳") == ()
    with pytest.raises(InvalidInputError):
        desk.tag_deeds.hang(CHEN, Hanging(RESIDENT), actor())
