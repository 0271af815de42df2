"""The network coming, changing and going, as the system tells it."""

from __future__ import annotations

import pytest
from PySide6.QtNetwork import QNetworkInformation
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ui.kit.network import NetworkWatch

REACH, MEDIUM = QNetworkInformation.Reachability, QNetworkInformation.TransportMedium


@pytest.mark.parametrize(("now", "joined"), [(r, r is not REACH.Disconnected) for r in REACH])
def test_any_network_counts_and_none_does_not(
    qapp: QApplication, now: QNetworkInformation.Reachability, joined: bool
) -> None:
    del qapp
    watch = NetworkWatch()
    heard: list[bool] = []
    watch.joined.connect(lambda: heard.append(True))
    watch.hear_reachability(now)
    assert heard == [True] * joined


@pytest.mark.parametrize(("medium", "joined"), [(MEDIUM.WiFi, True), (MEDIUM.Ethernet, True), (MEDIUM.Unknown, False)])
def test_another_kind_of_line_counts(
    qapp: QApplication, medium: QNetworkInformation.TransportMedium, joined: bool
) -> None:
    del qapp
    watch = NetworkWatch()
    heard: list[bool] = []
    watch.joined.connect(lambda: heard.append(True))
    watch.hear_medium(medium)
    assert heard == [True] * joined


def test_what_the_system_says_arrives(qtbot: QtBot) -> None:
    watch = NetworkWatch()
    system = QNetworkInformation.instance()
    if system is None:
        pytest.skip("this system says nothing about its network")
    with qtbot.waitSignal(watch.joined):
        system.reachabilityChanged.emit(REACH.Site)
