"""Pictures of the window's pages over real data, for whoever wants to see them without a display."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from guide_app.catalogue.model import not_shareable
from guide_app.clients.model import ClientFilter
from ui.kit.page import Target
from ui.kit.shot import settle, take_shot
from ui.kit.theme import Mode

if TYPE_CHECKING:
    from guide_app.cli.shell.desk_window import DeskWindow

_FIRST_SYNC_S = 60.0


class Camera:
    """Goes from page to page of one window and saves each as PNG, 1280 × 800."""

    def __init__(self, shell: DeskWindow, folder: Path) -> None:
        """Take pictures of `shell`, which is not yet shown, into `folder`."""
        self._shell = shell
        self._folder = folder

    def take_all(self) -> list[Path]:
        """Every page in the light theme, then 今日 in the dark one. Raises TimeoutError, LockedError, OSError."""
        shell = self._shell
        self._folder.mkdir(parents=True, exist_ok=True)
        shell.theme.set_mode(Mode.LIGHT)
        shell.window.show()
        settle(lambda: 0 if shell.active and not shell.work.pending() else 1, _FIRST_SYNC_S)
        settle(lambda: int(not self._synced()) + shell.work.pending(), _FIRST_SYNC_S)
        made = [self._shot(f"window-{target.page}", target) for target in self._targets()]
        shell.theme.set_mode(Mode.DARK)
        made.append(self._shot("window-today-dark", Target("today")))
        return made

    def _synced(self) -> bool:
        status = self._shell.monitor.status
        return status is not None and status.state != "syncing"

    def _targets(self) -> list[Target]:
        stage = self._shell.stage
        desk, guide = stage.desk, stage.session.acting().guide_id
        buyers = desk.clients.page(ClientFilter(), guide, limit=1).rows
        client = buyers[0].id if buyers else ""
        goods = [row for row in desk.catalogue.products() if not_shareable(row) is None]
        product = next(
            (row.id for row in goods if row.image and stage.blobs.path(row.image)), goods[0].id if goods else ""
        )
        offers = desk.sharing.offers()
        share = {"product": product, "client": client, "offer": offers[0].id if offers else ""}
        known = {
            "clients": Target("clients", client),
            "products": Target("products", product),
            "share": Target("share", args={name: value for name, value in share.items() if value}),
        }
        return [known.get(key, Target(key)) for key in self._shell.window.pages.specs]

    def _shot(self, name: str, target: Target) -> Path:
        shell = self._shell
        for _ in range(2):  # a page that has just been made chooses what it knows only once it has read it
            shell.window.go(target)
            settle(shell.work.pending)
        path = self._folder / f"{name}.png"
        take_shot(shell.window, path)
        settle(shell.work.pending)  # what the new size asked for
        take_shot(shell.window, path)
        return path
