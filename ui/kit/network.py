"""Tells when this PC came onto a network, or onto another one, so that nobody waits for the next try."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QNetworkInformation

_REACHABILITY = QNetworkInformation.Feature.Reachability
_MEDIUM = QNetworkInformation.Feature.TransportMedium


class NetworkWatch(QObject):
    """Emits `joined` whenever there is a network where there was none, or another one than before.

    It goes by what the system says; where the system says nothing, `joined` never comes. A shop's own network without
    the world behind it counts: head office may be in it.
    """

    joined = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        if not QNetworkInformation.loadBackendByFeatures(_REACHABILITY):
            return
        system = QNetworkInformation.instance()
        system.reachabilityChanged.connect(self.hear_reachability)
        if system.supports(_MEDIUM):
            system.transportMediumChanged.connect(self.hear_medium)

    def hear_reachability(self, now: QNetworkInformation.Reachability) -> None:
        """The system says how far the network reaches now."""
        if now is not QNetworkInformation.Reachability.Disconnected:
            self.joined.emit()

    def hear_medium(self, medium: QNetworkInformation.TransportMedium) -> None:
        """The system says by what it is connected now: a cable, Wi-Fi."""
        if medium is not QNetworkInformation.TransportMedium.Unknown:
            self.joined.emit()
