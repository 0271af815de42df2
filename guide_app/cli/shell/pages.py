"""The window's pages, in the order of the rail. Each is loaded and made when first shown."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from ui.kit.page import Page, PageContext, PageSpec, Quick
from ui.pages.words import page_keys, page_title, quick_words

if TYPE_CHECKING:
    from guide_app.cli.shell.backstage import Backstage
    from ui.pages.settings.deeds import SettingsDeeds
    from ui.pages.sync.monitor import SyncMonitor


@dataclass(frozen=True, slots=True)
class Parts:
    """What pages are made of. `stage` is asked only once the window is active."""

    stage: Callable[[], Backstage]
    monitor: SyncMonitor
    settings: Callable[[], SettingsDeeds]


Factory = Callable[[Parts, PageContext], Page]


def _today(parts: Parts, context: PageContext) -> Page:
    from ui.pages.today.page import TodayPage  # noqa: PLC0415 - pages are loaded after the first paint

    stage = parts.stage()
    return TodayPage(context, stage.desk, stage.session.acting)


def _clients(parts: Parts, context: PageContext) -> Page:
    from ui.pages.clients.page import ClientsPage  # noqa: PLC0415 - same

    stage = parts.stage()
    return ClientsPage(context, stage.desk, stage.session.acting, stage.blobs.path)


def _products(parts: Parts, context: PageContext) -> Page:
    from ui.pages.catalogue.page import ProductsPage  # noqa: PLC0415 - same

    stage = parts.stage()
    return ProductsPage(context, stage.desk, stage.session.acting, stage.blobs.path)


def _share(parts: Parts, context: PageContext) -> Page:
    from ui.pages.share.page import SharePage  # noqa: PLC0415 - same

    stage = parts.stage()
    return SharePage(context, stage.desk, stage.session.acting, stage.maker, stage.blobs.path)


def _scripts(parts: Parts, context: PageContext) -> Page:
    from ui.pages.share.library import LibraryPage  # noqa: PLC0415 - same

    stage = parts.stage()
    return LibraryPage(context, stage.desk, stage.session.acting, stage.blobs.path)


def _counter(parts: Parts, context: PageContext) -> Page:
    from ui.pages.counter.page import CounterPage  # noqa: PLC0415 - same

    stage = parts.stage()
    return CounterPage(context, stage.desk, stage.session.acting)


def _sync(parts: Parts, context: PageContext) -> Page:
    from ui.pages.sync.deciding import SyncControls  # noqa: PLC0415 - same
    from ui.pages.sync.page import SyncPage  # noqa: PLC0415 - same

    stage = parts.stage()
    controls = SyncControls(
        stage.sync_now,
        stage.pause_pictures,
        stage.break_off,
        stage.allow_removal,
        stage.postpone_removal,
        stage.rejoin,
    )
    return SyncPage(context, stage.desk, stage.session.acting, stage.sync, stage.parked, parts.monitor, controls)


def _settings(parts: Parts, context: PageContext) -> Page:
    from ui.pages.settings.page import SettingsPage  # noqa: PLC0415 - same

    return SettingsPage(context, parts.stage().sync, parts.settings())


@dataclass(frozen=True, slots=True)
class _Room:
    key: str
    icon: str
    module: str
    factory: Factory
    at_bottom: bool = False
    quick: str = ""


_ROOMS = (
    _Room("today", "today", "ui.pages.today.page", _today),
    _Room("clients", "clients", "ui.pages.clients.page", _clients),
    _Room("products", "product", "ui.pages.catalogue.page", _products),
    _Room("share", "share", "ui.pages.share.page", _share),
    _Room("scripts", "message", "ui.pages.share.library", _scripts, quick="Ctrl+J"),
    _Room("counter", "coupon", "ui.pages.counter.page", _counter),
    _Room("sync", "sync", "ui.pages.sync.page", _sync),
    _Room("settings", "settings", "ui.pages.settings.page", _settings, at_bottom=True),
)


def page_specs(parts: Parts) -> list[PageSpec]:
    """The specs for the main window."""
    return [
        PageSpec(
            room.key,
            room.icon,
            partial(page_title, room.key),
            partial(room.factory, parts),
            at_bottom=room.at_bottom,
            quick=Quick(room.quick, partial(quick_words, room.key)) if room.quick else None,
            shortcuts=partial(page_keys, room.key),
        )
        for room in _ROOMS
    ]


def load_pages() -> None:
    """Import all pages' modules, on a worker thread, so that no import stalls the window later."""
    for room in _ROOMS:
        importlib.import_module(room.module)
