"""Fields of head office's: shown by right, written in the form of their type."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guide_app.base.errors import InvalidInputError, NotFoundError
from guide_app.clients.custom import Field, stored_value
from guide_app.flows.desk import Desk
from tests.helpers.book import CHEN, LI, NOW, STORE, WANG, Frames, actor, ident
from tests.helpers.photos import from_a_camera, photo

FOOT, SINCE, WIDTH, CAR, SECRET, HEALTH, PHOTO, OLD = (ident(n) for n in range(200, 208))


@pytest.fixture
def asked(desk: Desk) -> Desk:
    frame = Frames()
    frame._seq = 300
    rows = [
        frame("custom_field", FOOT, name="脚长", type="number", rank=1),
        frame("custom_field", SINCE, name="会员日", type="date", rank=2),
        frame("custom_field", WIDTH, name="脚型", type="choice", choices=["偏瘦", "偏宽"], rank=3),
        frame("custom_field", CAR, name="开车来", type="yes_no", rank=4),
        frame("custom_field", SECRET, name="私下称呼", private=True, rank=5),
        frame("custom_field", HEALTH, name="足部不适", sensitive=True, rank=6),
        frame("custom_field", PHOTO, name="照片", type="image", rank=7),
        frame("custom_field", OLD, name="旧字段", active=False, rank=8),
    ]
    desk.db.apply(lambda applier: applier.apply(rows))
    return desk


def said(desk: Desk, guide: str = WANG) -> dict[str, str]:
    return {answer.field.name: answer.value for answer in desk.card.card(CHEN, guide).answers}


def test_private_fields_are_for_her_own_guide_only(asked: Desk) -> None:
    assert list(said(asked)) == ["脚长", "会员日", "脚型", "开车来", "私下称呼", "足部不适", "照片"]
    assert "私下称呼" not in said(asked, LI)
    other = actor()
    asked.client_deeds.edit(CHEN, {"primary_guide_id": LI}, actor())
    with pytest.raises(InvalidInputError, match="专属导购"):
        asked.card_deeds.custom.answer(CHEN, SECRET, "婷姐", other)


def test_answers_are_kept_in_the_form_of_their_type(asked: Desk) -> None:
    deeds = asked.card_deeds.custom
    for field, typed in ((FOOT, " 23.50 "), (SINCE, "2026/11/22"), (WIDTH, "偏宽"), (CAR, "yes"), (SECRET, "婷姐")):
        deeds.answer(CHEN, field, typed, actor())
    assert said(asked) == {
        "脚长": "23.50", "会员日": "2026-11-22", "脚型": "偏宽", "开车来": "yes", "私下称呼": "婷姐", "足部不适": "",
        "照片": "",
    }  # fmt: skip
    assert deeds.answer(CHEN, FOOT, "", actor()) == "23.50"
    assert said(asked)["脚长"] == ""
    count = asked.db.query(lambda c: c.exec_driver_sql("SELECT count(*) FROM custom_value").scalar_one())
    assert count == 5


@pytest.mark.parametrize(
    ("field", "typed"), [(FOOT, "大"), (FOOT, "NaN"), (FOOT, "1e99"), (SINCE, "22 日"), (WIDTH, "方"), (CAR, "maybe")]
)
def test_what_does_not_fit_is_refused(asked: Desk, field: str, typed: str) -> None:
    with pytest.raises(InvalidInputError):
        asked.card_deeds.custom.answer(CHEN, field, typed, actor())
    assert not any(said(asked).values())


def test_a_sensitive_answer_needs_her_separate_consent(asked: Desk) -> None:
    with pytest.raises(InvalidInputError, match="第二十九条"):
        asked.card_deeds.custom.answer(CHEN, HEALTH, "拇外翻", actor())
    frame = Frames()
    frame._seq = 400
    given_to = {"client_id": CHEN, "purpose": "sensitive"}
    asked.db.apply(lambda a: a.apply([frame("consent", ident(210), store=STORE, granted=True, at=NOW - 2, **given_to)]))
    asked.card_deeds.custom.answer(CHEN, HEALTH, "拇外翻", actor())
    assert said(asked)["足部不适"] == "拇外翻"
    asked.db.apply(
        lambda a: a.apply([frame("consent", ident(211), store=STORE, granted=False, at=NOW - 1, **given_to)])
    )
    with pytest.raises(InvalidInputError, match="第二十九条"):
        asked.card_deeds.custom.answer(CHEN, HEALTH, "扁平足", actor())
    asked.card_deeds.custom.answer(CHEN, HEALTH, "", actor())  # taking it out is always allowed


def test_of_two_answers_the_latest_counts(asked: Desk) -> None:
    frame = Frames()
    frame._seq = 400
    rows = [frame("custom_value", ident(220 + n), store=STORE, client_id=CHEN, field_id=WIDTH, value=value, at=at)
            for n, (value, at) in enumerate((("偏宽", NOW), ("偏瘦", NOW - 9)))]  # fmt: skip
    asked.db.apply(lambda applier: applier.apply(rows))
    assert said(asked)["脚型"] == "偏宽"


def test_unknown_fields_are_refused(asked: Desk) -> None:
    for field in (ident(999), OLD):
        with pytest.raises(NotFoundError):
            asked.card_deeds.custom.answer(CHEN, field, "x", actor())


@given(st.decimals(-(10**9), 10**9, allow_nan=False, places=3))
def test_numbers_stay_what_they_are(number: object) -> None:
    field = Field("f", "脚长", "", "number", (), private=False, sensitive=False, purpose="")
    once = stored_value(field, str(number))
    assert stored_value(field, once) == once
    assert "E" not in once


def test_a_photo_is_an_answer_of_its_own_kind(asked: Desk) -> None:
    deeds = asked.card_deeds.custom
    first, second = photo(1), photo(2)
    assert deeds.answer_photo(CHEN, PHOTO, first, actor()) == ""
    name = said(asked)["照片"]
    assert deeds.answer_photo(CHEN, PHOTO, second, actor()) == name
    assert {answer.photo for answer in asked.card.card(CHEN, WANG).answers} == {b"", second}
    deeds.answer(CHEN, PHOTO, name, actor())
    assert {answer.photo for answer in asked.card.card(CHEN, WANG).answers} == {b"", first}
    with pytest.raises(InvalidInputError, match="不收照片"):
        deeds.answer_photo(CHEN, FOOT, first, actor())
    with pytest.raises(InvalidInputError, match="要一张照片"):
        deeds.answer(CHEN, PHOTO, "在柜台里", actor())
    with pytest.raises(InvalidInputError, match="已不在了"):
        deeds.answer(CHEN, PHOTO, "0" * 64, actor())
    with pytest.raises(InvalidInputError, match="不能保存"):
        deeds.answer_photo(CHEN, PHOTO, from_a_camera(), actor())


def test_a_sensitive_photo_needs_her_separate_consent(asked: Desk) -> None:
    frame = Frames()
    frame._seq = 500
    scan = frame("custom_field", HEALTH, name="足部扫描", type="image", sensitive=True)
    asked.db.apply(lambda applier: applier.apply([scan]))
    with pytest.raises(InvalidInputError, match="第二十九条"):
        asked.card_deeds.custom.answer_photo(CHEN, HEALTH, photo(), actor())
    assert asked.db.query(lambda c: c.exec_driver_sql("SELECT count(*) FROM photo").scalar_one()) == 0
