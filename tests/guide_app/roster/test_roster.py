import pytest

from guide_app.base.errors import LockedError
from guide_app.flows.desk import Desk
from tests.helpers.book import PIN, HandClock


def test_a_guide_acts_after_her_pin(desk: Desk) -> None:
    with pytest.raises(LockedError, match="还没有选择导购"):
        desk.roster.acting()
    assert desk.roster.login("0231", PIN).name == "王敏"
    assert desk.roster.acting("window").origin == "window"
    assert [g.name for g in desk.roster.guides()] == ["李娜", "王敏"]
    desk.roster.logout()
    with pytest.raises(LockedError):
        desk.roster.acting()


def test_five_wrong_pins_lock_for_a_minute_even_for_the_right_one(desk: Desk, clock: HandClock) -> None:
    for _ in range(5):
        with pytest.raises(LockedError, match="PIN 不对"):
            desk.roster.login("0231", "0000")
    with pytest.raises(LockedError, match="锁定"):
        desk.roster.login("0231", PIN)
    clock.ms += 60_000
    assert desk.roster.login("0231", PIN).number == "0231"


def test_an_unknown_number_is_refused(desk: Desk) -> None:
    with pytest.raises(LockedError, match="9999"):
        desk.roster.login("9999", PIN)


def test_the_names_of_all_guides_are_known_by_id(desk: Desk) -> None:
    names = desk.roster.names()
    assert {names[row.id] for row in desk.roster.guides()} == {"王敏", "李娜"}
