"""A customer takes her consent back by the poster's own link: after one sync the guide sees it, and the tool stops."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from guide_app.base.actor import Actor
from guide_app.flows.desk import Desk, make_desk
from guide_app.segments.model import Consented
from guide_app.store.search import SearchIndex
from guide_app.sync.queries import SyncQueries
from head_office.api.app import create_app
from head_office.enrolment.codes import make_enrol_code
from head_office.feed.write import in_transaction
from head_office.store.engine import make_engine
from tests.head_office.landing.shop import GUIDE, STORE, Browser, Shop, api_services, link_code
from tests.helpers.desk import TestDesk
from tests.helpers.postgres import office_databases
from tests.helpers.serving import serving
from tests.helpers.window import Shown, open_window
from ui.kit.theme import Mode, load_theme
from ui.pages.clients.page import ClientsPage

PAGE = f"/s/{link_code()}"
CLAIM, PRIVACY = f"{PAGE}/claim", f"{PAGE}/privacy"


def acting() -> Actor:
    """王敏, whose poster it was."""
    return Actor(GUIDE, 21, "1024", "王敏", "guide", STORE, "南京西路店", "test")


@pytest.fixture
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    """Head office with its landing pages."""
    with office_databases(tmp_path_factory.mktemp("postgres")) as databases, databases.migrated() as url:
        engine = make_engine(url)
        yield Shop(engine)
        engine.dispose()


@pytest.fixture
def pc(shop: Shop, tmp_path: Path) -> Iterator[tuple[TestDesk, Desk]]:
    """A PC of the store, enrolled and synced, and what its window works on."""
    index = SearchIndex()
    code = in_transaction(shop.engine, lambda connection: make_enrol_code(connection, "SH01", shop.clock.now_ms()))
    with (
        serving(create_app(api_services(shop), [])) as base,
        closing(TestDesk(tmp_path, base, shop.clock, code=code, search=index)) as made,
    ):
        made.sync()
        yield made, make_desk(made.db, index, shop.clock)


@pytest.fixture
def shown(qtbot: QtBot, qapp: QApplication, pc: tuple[TestDesk, Desk], tmp_path: Path) -> Iterator[Shown]:
    """The guide's window on the client book."""
    theme = load_theme(Mode.LIGHT)
    theme.apply(qapp)
    pages = {"clients": lambda context: ClientsPage(context, pc[1], acting)}
    with open_window(qtbot, theme, pc[1], tmp_path, pages) as window:
        yield window
    theme.release()


@pytest.mark.parametrize(
    ("wish", "state", "says"), [("no_contact", "refused", "已拒绝"), ("no_marketing", "none", "未")]
)
def test_a_withdrawal_by_qr_is_on_the_guides_screen_after_one_sync(
    shop: Shop, pc: tuple[TestDesk, Desk], shown: Shown, wish: str, state: str, says: str
) -> None:
    machine, desk = pc
    customer = Browser(shop.app)
    version = {"phone": "13800138000", "marketing": "yes", "consent_version": "landing-1"}
    assert customer.post(CLAIM, version).status == 303
    machine.sync()
    shown.settle()
    (row,) = desk.clients.same("13800138000", "")
    assert row.id in desk.segments.ids(Consented("marketing"), GUIDE)
    shown.go("clients", row.id)
    page = shown.page(ClientsPage)
    agreed = page.portrait.contact.text()

    shop.clock.ms += 60_000
    assert customer.post(PRIVACY, {"wish": wish}).status == 303
    report = machine.sync()
    assert report.rejected == 0, SyncQueries(machine.db).parked()
    shown.settle()

    ledger = desk.privacy.ledger(row.id)
    assert ledger.contact_state == state
    assert row.id not in desk.segments.ids(Consented("marketing"), GUIDE)
    withdrawn = [fact for fact in ledger.facts if not fact.granted]
    assert {"marketing"} <= {fact.purpose for fact in withdrawn}
    assert all((fact.way, fact.guide_id) == ("page", None) and fact.proof and fact.version for fact in withdrawn)
    assert page.portrait.contact.text() != agreed
    assert says in page.portrait.contact.text()
    assert row.id not in {one.client_id for one in desk.followup.today(GUIDE)}
