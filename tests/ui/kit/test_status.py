"""Who works here, at the foot of the window."""

from dataclasses import replace

import pytest

from guide_app.base.actor import Role
from guide_app.cli.shell.status import status_of
from guide_app.sync.watch import SyncStatus
from tests.helpers.book import actor
from ui.kit.status import StatusBar
from ui.kit.theme import Theme
from ui.kit.work import Work


@pytest.mark.parametrize(
    ("role", "words"),
    [("guide", "南京西路店 · 王敏（导购 0231）"), ("store_manager", "南京西路店 · 王敏（店长 0231）")],
)
def test_it_says_who_works_and_as_what(theme: Theme, work: Work, role: Role, words: str) -> None:
    bar = StatusBar(theme, work)
    bar.set_status(status_of(SyncStatus("synced"), replace(actor(), role=role)))
    assert bar.who.text() == words
