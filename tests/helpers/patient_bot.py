"""Hands for windows that fail for what never comes, and not because the machine had other things to do."""

from __future__ import annotations

from functools import partialmethod

from pytestqt.qtbot import QtBot

_PATIENCE_MS = 60_000


class PatientBot(QtBot):
    """pytest-qt's `QtBot`, which gives up after five seconds; here a wait lasts a minute where none other is named."""

    waitUntil = partialmethod(QtBot.waitUntil, timeout=_PATIENCE_MS)  # noqa: N815 - pytest-qt's name
    waitSignal = partialmethod(QtBot.waitSignal, timeout=_PATIENCE_MS)  # noqa: N815 - pytest-qt's name
    waitExposed = partialmethod(QtBot.waitExposed, timeout=_PATIENCE_MS)  # noqa: N815 - pytest-qt's name
