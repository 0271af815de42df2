"""A PC hears of a new link key and a new domain by sync; what it signed before keeps opening."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import Engine

from guide_app.base.actor import Actor
from guide_app.base.errors import GuideError, InvalidInputError, NotFoundError
from guide_app.base.ids import uuid7
from guide_app.protocol.link import Link, Subject, sign
from guide_app.protocol.scopes import BRAND
from guide_app.sharing.link import ShareLink
from guide_app.sharing.service import ShareDraft, SharingService
from head_office.api.app import create_app
from head_office.api.limits import AttemptLimit
from head_office.api.metrics import Metrics
from head_office.api.services import Services
from head_office.deeds import push_rules
from head_office.enrolment.link_keys import rotate_link_key
from head_office.feed.write import in_transaction, write_all
from head_office.sharing.links import open_link
from head_office.sharing.origins import read_origins, set_origins, tell_devices
from head_office.store.engine import make_engine
from head_office.store.secret import OfficeSecret
from tests.contract.offices import OfficeUnderTest, OnPostgres
from tests.helpers.desk import TestDesk
from tests.helpers.plain_book import STORE, HeldClock
from tests.helpers.postgres import OfficeDatabases
from tests.helpers.serving import serving

SECRET = OfficeSecret(bytes(range(32)))
PRODUCT, GUIDE = (uuid7(1_795_000_000_000, n) for n in (1, 2))
DRAFT = ShareDraft(PRODUCT, 42, 56_900, "moments")


@pytest.fixture
def office(contract_databases: OfficeDatabases, clock: HeldClock) -> Iterator[OnPostgres]:
    with contract_databases.migrated() as url:
        engine = make_engine(url)
        rules, limit = push_rules(SECRET), AttemptLimit(99, 60_000)
        services = Services(engine, SECRET, clock, rules, "红枫叶", "https://l.example", Metrics(), limit)
        try:
            with serving(create_app(services)) as origin:
                yield OnPostgres(engine, origin, clock, rules)
        finally:
            engine.dispose()


@pytest.fixture
def desk(office: OfficeUnderTest, desk_of: Callable[..., TestDesk], clock: HeldClock) -> TestDesk:
    assert isinstance(office, OnPostgres)
    product = {"no": 42, "spu": "RM-2411", "name": "羊皮短靴"}
    write_all(office.engine, clock.now_ms(), [((BRAND, "product", PRODUCT), product)])
    made = desk_of(1)
    made.sync()
    return made


def share(desk: TestDesk, *, record: bool = True) -> ShareLink:
    """A product's link made on the PC."""
    service, actor = SharingService(desk.db), Actor("", 1, "0231", "王敏", "guide", STORE, "南京西路店")
    link = service.link(DRAFT, service.take_number(actor), actor)
    if record:
        values = {
            "guide_id": GUIDE,
            "product_id": PRODUCT,
            "key_no": link.key_no,
            "share_no": link.share_no,
            "code": link.code,
        }
        desk.put("share", **values)
    return link


def opens(engine: Engine, code: str) -> bool:
    """Whether the office opens the link."""
    with engine.connect() as connection:
        try:
            return open_link(connection, SECRET, code).product_id == PRODUCT
        except NotFoundError:
            return False


def test_new_posters_carry_the_new_domain_at_the_next_sync(
    office: OnPostgres, desk: TestDesk, clock: HeldClock
) -> None:
    assert share(desk).url.startswith("https://l.example/s/")
    in_transaction(office.engine, lambda c: set_origins(c, "https://go.brand.example", (), clock.now_ms()))
    desk.sync()
    link = share(desk)
    assert link.url == f"https://go.brand.example/s/{link.code}"
    in_transaction(office.engine, lambda c: set_origins(c, "https://two.brand.example", (), clock.now_ms()))
    with office.engine.connect() as connection:
        assert read_origins(connection).standby == ("https://go.brand.example",)
    desk.sync()
    assert share(desk).url.startswith("https://two.brand.example/s/")


@pytest.mark.parametrize(
    "text", ["", "go.example", "https://go.example/s", "https://a@go.example", "ftp://x", "https://[x"]
)
def test_what_is_no_domain_is_refused(office: OnPostgres, text: str) -> None:
    with pytest.raises(InvalidInputError):
        in_transaction(office.engine, lambda c: set_origins(c, text, (), 1))


def test_a_new_key_signs_from_the_next_sync_on_and_old_links_hold(
    office: OnPostgres, desk: TestDesk, clock: HeldClock
) -> None:
    old = share(desk)
    desk.sync()
    device_id = str(desk.scalar("SELECT device_id FROM device"))
    number = in_transaction(office.engine, lambda c: rotate_link_key(c, device_id, clock.now_ms()))
    in_transaction(office.engine, lambda c: tell_devices(c, clock.now_ms()))
    late = share(desk)  # signed with the old key before the PC heard of it
    forged = sign(Link(old.key_no, 1, Subject.PRODUCT, 42, 0, 999), SECRET.link_key(old.key_no))
    assert [opens(office.engine, code) for code in (old.code, late.code, forged)] == [True, False, False]
    desk.sync()
    assert opens(office.engine, late.code), "its share record has arrived"
    fresh = share(desk, record=False)
    assert (fresh.key_no, opens(office.engine, fresh.code)) == (number, True)
    assert not opens(office.engine, forged)


def test_a_pc_that_was_never_heard_of_is_enrolled_anew_instead(office: OnPostgres, desk: TestDesk) -> None:
    device_id = str(desk.scalar("SELECT device_id FROM device"))
    with pytest.raises(GuideError, match="重新登记"):
        in_transaction(office.engine, lambda c: rotate_link_key(c, device_id, 1))
    with pytest.raises(NotFoundError):
        in_transaction(office.engine, lambda c: rotate_link_key(c, PRODUCT, 1))
