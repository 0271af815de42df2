"""What 同步 looks like when things go wrong: two PCs of one store brought into each state, a picture of each.

Where the real thing can be had in seconds it is: a pulled cable, two PCs that write the same field and redeem the same
coupon, pictures on their way. A record that breaks a rule and an office that has lost a third of its clients are put
into the second PC's book as sync would put them there; nothing else is kept of that book.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from guide_app.base.actor import Actor
from guide_app.base.errors import InvalidInputError, OfficeUnreachableError
from guide_app.cli.context import Place, open_desk
from guide_app.cli.demo.relay import Relay
from guide_app.cli.demo.story import GUIDE, PIN, Story, StoryError
from guide_app.cli.link import OfficeLink, office_link
from guide_app.clients.model import ClientFilter
from guide_app.flows.desk import Desk
from guide_app.protocol.messages import RecordFrame
from guide_app.protocol.scopes import store_scope
from guide_app.store.apply import Applier
from guide_app.store.cursors import read_stands
from guide_app.sync.enrol import Application, enrol
from guide_app.sync.parked import ParkedService
from guide_app.sync.queries import SyncQueries
from guide_app.sync.report import Progress
from guide_app.sync.transport import Transport
from guide_app.sync.watch import SyncStatus
from ui.kit.page import Target
from ui.kit.shot import settle, take_shot
from ui.kit.theme import Mode

if TYPE_CHECKING:
    from guide_app.cli.shell.desk_window import DeskWindow

_SECOND = "演示收银台 2"
_WAIT_S = 60.0
_UNMADE = "018f0000-0000-7000-8000-00000000dead"


@dataclass(frozen=True, slots=True)
class Pc:
    """A PC of the demo's store: its book, its line to head office and the cable that line runs over."""

    place: Place
    desk: Desk
    link: OfficeLink
    cable: Relay
    actor: Actor


class SyncWindow:
    """One PC's window, standing on 同步, and the pictures taken of it."""

    def __init__(self, shell: DeskWindow, folder: Path) -> None:
        """Show `shell`; pictures go into `folder`."""
        self._shell, self._folder = shell, folder
        self.made: list[str] = []
        shell.theme.set_mode(Mode.LIGHT)
        shell.window.show()
        settle(lambda: int(not shell.active) + shell.work.pending(), _WAIT_S)
        shell.window.go(Target("sync"))

    def wait(self, fits: Callable[[SyncStatus], bool]) -> None:
        """Wait until sync is as `fits` says. Raises StoryError, saying how it is instead."""
        monitor = self._shell.monitor
        try:
            settle(lambda: int(monitor.status is None or not fits(monitor.status)), _WAIT_S)
        except TimeoutError as e:
            raise StoryError("demo.sync", f"同步没有到达预期的状态: {monitor.status}。") from e

    def sync(self) -> None:
        """立即同步."""
        self._shell.stage.sync_now()

    def tell(self, status: SyncStatus) -> None:
        """Let the page hear a status as sync would tell it."""
        self._shell.monitor.hear_status(status)

    def some_pictures_came(self) -> bool:
        """Whether pictures are on their way."""
        state = self._shell.monitor.pictures
        return state is not None and state.running and state.done > 0

    def shoot(self, name: str, mode: Mode = Mode.LIGHT) -> None:
        """Save what is seen now as `window-sync-NAME.png`."""
        shell = self._shell
        shell.theme.set_mode(mode)
        shell.window.go(Target("sync"))
        page = shell.window.pages.page("sync")
        if page is not None:
            page.refresh()
        settle(shell.work.pending, _WAIT_S)
        path = self._folder / f"window-sync-{name}.png"
        for _ in range(2):  # the first time, sizes are settled
            take_shot(shell.window, path)
            settle(shell.work.pending, _WAIT_S)
        self.made.append(path.name)


def sync_states(story: Story, folder: Path) -> list[str]:
    """Bring two PCs into each state; returns the names of the pictures, which lie in the story's folder.

    `folder` takes the second PC's book. Raises GuideError where a state does not come about.
    """
    with ExitStack() as stack:
        other = _second_pc(story, folder, stack)
        here = Pc(story.place, story.desk, story.link, story.cable, story.desk.roster.acting("demo"))
        client, code = _common_ground(here, other)
        with _window(here, story.out) as seen:
            _apart(story, seen, here, other, client, code)
            _together(story, seen, here)
        made = list(seen.made)
        with _window(other, story.out) as seen:
            _under_way(story, seen, other)
            _doubtful(story, seen, other)
        return [*made, *seen.made]


def _second_pc(story: Story, folder: Path, stack: ExitStack) -> Pc:
    with story.step("第二台电脑") as told:
        cable = stack.enter_context(Relay(story.office.address))
        place = Place(folder, "", {**story.place.environ, "GUIDE_KEY_FILE": str(folder.with_suffix(".key"))})
        code = story.office.run("enrol-code", "--store", story.desk.roster.store_code())["code"]
        desk = stack.enter_context(open_desk(place))
        with ExitStack() as once:
            transport = Transport(cable.origin, None, desk.clock)
            once.callback(transport.close)
            enrol(desk.db, transport, cable.origin, Application(code, _SECOND, version("guide-desk"), place.key()))
        link = stack.enter_context(office_link(desk, place))
        report = link.engine.run_once()
        actor = desk.roster.login(GUIDE, PIN, "demo")
        told |= {"records": report.pulled, "said": f"{_SECOND} 登记, 收到 {report.pulled:,} 条, 校验一致"}
    return Pc(place, desk, link, cable, actor)


def _common_ground(here: Pc, other: Pc) -> tuple[str, str]:
    """A client and a coupon of hers that both PCs know; and each PC knows of the other."""
    client, code = _coupon_given(here)
    here.desk.db.change(  # asked at once instead of within ten minutes
        lambda uow: uow.save_setting("sync.neighbours", "0"), by=None, origin="demo"
    )
    here.link.engine.run_once()
    other.link.engine.run_once()
    return client, code


def _coupon_given(pc: Pc) -> tuple[str, str]:
    """The first client of the list who may have a coupon is given it: not who has had hers, or keeps out of reach."""
    offer = pc.desk.sharing.offers()[0]
    for row in pc.desk.clients.page(ClientFilter(), pc.actor.guide_id, limit=200).rows:
        try:
            return row.id, pc.desk.coupon_deeds.issue(offer.id, row.id, pc.actor).code
        except InvalidInputError:
            continue
    raise StoryError("demo.step", "找不到还能领券的客户。")


@contextmanager
def _window(pc: Pc, folder: Path) -> Iterator[SyncWindow]:
    from guide_app.cli.window import open_window  # noqa: PLC0415 - Qt only where something is painted

    shell = open_window(pc.desk, pc.place)
    try:
        yield SyncWindow(shell, folder)
    finally:
        shell.close()


def _apart(story: Story, seen: SyncWindow, here: Pc, other: Pc, client: str, code: str) -> None:
    """The first PC works without a network; meanwhile the second writes the same, later, and hands it in."""
    with story.step("断网各写各的") as told:
        seen.wait(lambda status: status.state == "synced")
        here.cable.unplug()
        seen.sync()
        seen.wait(lambda status: status.state == "offline")
        deeds = here.desk.client_deeds
        held = here.desk.clients.portrait(client).fields["shoe_size"]
        mine, theirs = [size for size in ("37", "37.5", "38") if size != held][:2]
        deeds.edit(client, {"shoe_size": mine}, here.actor)
        here.desk.coupon_deeds.redeem(code, here.actor, order_no="DEMO-0002", amount_fen=99_900)
        deeds.note(client, "鞋跟略紧，建议放鞋撑", here.actor, kind="visit")
        deeds.add({"name": "何俊", "phone": "13911112222", "shoe_size": "42"}, here.actor)
        other.desk.client_deeds.edit(client, {"shoe_size": theirs}, other.actor)
        other.desk.coupon_deeds.redeem(code, other.actor, order_no="DEMO-0003", amount_fen=99_900)
        other.link.engine.run_once()
        seen.wait(lambda status: status.state == "offline" and status.waiting >= 4)  # noqa: PLR2004 - the four deeds
        waiting = SyncQueries(here.desk.db).standing().waiting
        seen.shoot("offline")
        told |= {"waiting": waiting, "said": f"本机 {waiting} 条待上传; 另一台已核销同一张券、改了同一项"}


def _together(story: Story, seen: SyncWindow, here: Pc) -> None:
    """Back on the network: the later edit stands, the coupon was redeemed before; both are told, both are settled."""
    with story.step("联网后各归各位") as told:
        here.cable.plug()
        seen.sync()
        seen.wait(lambda status: status.state == "attention" and bool(status.parked) and bool(status.conflicts))
        seen.shoot("decide")
        queries, deeds = SyncQueries(here.desk.db), ParkedService(here.desk.db)
        refused, lost = queries.parked(), queries.lost()
        if [one.code for one in refused] != ["coupon.redeemed"] or [one.field for one in lost] != ["shoe_size"]:
            raise StoryError("demo.step", "重复核销和被覆盖的修改没有如实列出。")
        deeds.export([], story.out / "refused.csv")
        deeds.restore(lost[0].mid, ("shoe_size",), by=here.actor.guide_id, origin="demo")
        deeds.discard(refused[0].change.mid, by=here.actor.guide_id, origin="demo")
        report = here.link.engine.run_once()
        if report.needs_attention:
            raise StoryError("demo.step", "处理之后仍有要处理的。")
        seen.sync()
        seen.wait(lambda status: status.state == "synced")
        told |= {"said": "重复核销被拒、鞋码被覆盖, 各列一条; 恢复与放弃之后校验一致"}


def _under_way(story: Story, seen: SyncWindow, other: Pc) -> None:
    """Pictures come beside everything else; a first load tells how far it is and may be broken off."""
    with story.step("接收中") as told:
        missing = len(other.link.pictures.missing())
        settle(lambda: int(not seen.some_pictures_came()), _WAIT_S)
        seen.shoot("pictures")
        held = sum(stand.n_live for stand in other.desk.db.query(read_stands).values())
        # A first load is over within seconds here: the page is told of its middle.
        seen.tell(SyncStatus("syncing", progress=Progress("pull", held * 3 // 10, held)))
        seen.shoot("first-load")
        told |= {"pictures": missing, "said": f"{missing} 张图片不影响使用, 可以暂停; {held:,} 条资料可以中断再续"}


def _doubtful(story: Story, seen: SyncWindow, other: Pc) -> None:
    """A record that breaks a rule is set aside, and a mass removal waits for a word."""
    with story.step("存疑的先放着") as told:
        other.cable.unplug()
        seen.sync()
        seen.wait(lambda status: status.state == "offline")
        other.desk.db.apply(_set_aside)
        seen.shoot("held")
        seen.shoot("held-dark", Mode.DARK)
        queries = SyncQueries(other.desk.db)
        if len(queries.odd()) != 1 or len(queries.held_removals()) != 1:
            raise StoryError("demo.step", "存疑的记录没有列出。")
        try:
            other.link.engine.run_once()
        except OfficeUnreachableError:
            told |= {"said": "放不进来的记录和大批删除各列一条, 等人决定"}
        else:
            raise StoryError("demo.cable", "网线拔了还能同步。")


def _set_aside(applier: Applier) -> None:
    """What sync would leave behind after an answer with a bad record, and after an office that lost its clients."""
    store = applier.conn.exec_driver_sql("SELECT store_id FROM device").scalar_one()
    scope = store_scope(store)
    stand = read_stands(applier.conn)[scope]
    bad = {"name": "赵宁", "birth_month": 13}
    applier.apply([RecordFrame(scope, "client", _UNMADE, stand.seq + 1, bad)])
    applier.conn.exec_driver_sql(
        "INSERT INTO held_removal (scope, removed, held, at, epoch, seq) VALUES (?, ?, ?, ?, ?, ?)",
        (scope, stand.n_live // 3, stand.n_live, applier.now_ms, stand.epoch, stand.seq),
    )
