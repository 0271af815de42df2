"""Who wants no marketing stands on today's list only for what she asked for or bought."""

from __future__ import annotations

import pytest

from guide_app.flows.desk import Desk
from guide_app.followup.model import Cause
from guide_app.privacy.model import Channel
from tests.helpers.book import CHEN, NOW, WANG, ZHOU, actor


def causes(desk: Desk, client_id: str) -> list[Cause]:
    return [line.cause for line in desk.followup.today(WANG) if line.client_id == client_id]


def test_after_a_withdrawal_only_what_she_asked_for_is_left(desk: Desk) -> None:
    assert causes(desk, CHEN) != []
    assert desk.followup.about(CHEN, WANG) is not None
    desk.privacy_deeds.withdraw(CHEN, "marketing", actor())
    assert causes(desk, CHEN) == []
    assert desk.followup.about(CHEN, WANG) is None, "nor where she is looked at"
    assert causes(desk, ZHOU) != []
    desk.followup_deeds.promise(CHEN, "留 38 码", NOW, actor())
    assert causes(desk, CHEN) == [Cause.PROMISE]
    (line,) = [line for line in desk.followup.today(WANG) if line.client_id == CHEN]
    assert len(line.reasons) == 1


@pytest.mark.parametrize(
    ("channels", "left"),
    [(("phone",), True), (("wechat", "phone", "sms"), True), (("wechat", "phone", "sms", "visit"), False)],
)
def test_a_withdrawal_for_some_channels_leaves_the_others(
    desk: Desk, channels: tuple[Channel, ...], left: bool
) -> None:  # fmt: skip
    for channel in channels:
        desk.privacy_deeds.withdraw(CHEN, "marketing", actor(), channel=channel)
    assert bool(causes(desk, CHEN)) is left
