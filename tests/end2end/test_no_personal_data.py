"""No personal data in what leaves the programs: one customer is taken down, shared with, given a coupon and served, and
then looked for in every QR code, address, cookie, file name, picture, hint and log line that this made."""

from __future__ import annotations

import base64
import hashlib
import html
import io
import logging
import re
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

import numpy as np
import pytest
import sqlalchemy as sa
import zxingcpp
from argon2 import PasswordHasher
from numpy.typing import NDArray
from PIL import Image
from PySide6.QtWidgets import QApplication
from sqlalchemy.exc import SQLAlchemyError

from guide_app.cli import context
from guide_app.cli.context import Place, open_desk
from guide_app.cli.shell.logfile import log_stray, log_to
from guide_app.protocol.messages import Cursor
from guide_app.protocol.scopes import store_scope
from guide_app.store.cursors import read_stands
from guide_app.store.device import enrolled_device
from guide_app.sync.hints import HINT_LIMITS
from guide_app.sync.office import Office
from guide_app.sync.transport import Transport
from head_office.api.app import create_app
from head_office.cli.logs import WordlessFormatter
from head_office.coupons.signing import ensure_signing
from head_office.enrolment.codes import make_enrol_code
from head_office.feed.write import in_transaction, write_all
from head_office.landing.routes import routes
from head_office.landing.services import make_services
from head_office.store.embedded import EmbeddedPostgres
from head_office.store.engine import make_engine
from tests.guide_app.cli.conftest import Guide
from tests.head_office.landing.shop import GUIDE, SECRET, SITE, STORE, Answer, Browser, Shop, api_services
from tests.helpers.canaries import LISTENING_RAIN, Canary
from tests.helpers.eavesdrop import Eavesdropper
from tests.helpers.postgres import migrate_to_current
from tests.helpers.serving import serving

HER = LISTENING_RAIN
PIN = "2468"
NUMBER = "1024"
_LINKED = re.compile(r'(?:href|src|action|formaction|content)="([^"]*)"')


class Found:
    """What was picked up, by where; `told` says what of her stands in it."""

    def __init__(self) -> None:
        self.things: dict[str, list[str | bytes]] = {}

    def keep(self, where: str, *things: str | bytes) -> None:
        """Pick up."""
        self.things.setdefault(where, []).extend(things)

    def told(self, canary: Canary) -> list[str]:
        """`where: what` of everything that gives her away."""
        return [
            f"{where}: {what}"
            for where, things in self.things.items()
            for thing in things
            for what in canary.found_in(thing)
        ]


@pytest.fixture
def found() -> Found:
    return Found()


@pytest.fixture
def office_log() -> Iterator[io.StringIO]:
    """What `head-office serve` would have written to its log."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(WordlessFormatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    root = logging.getLogger()
    root.addHandler(handler)
    yield stream
    root.removeHandler(handler)


@pytest.fixture
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where PostgreSQL lies, with its log."""
    return tmp_path_factory.mktemp("postgres")


@pytest.fixture
def shop(cluster: Path) -> Iterator[Shop]:
    with EmbeddedPostgres(cluster, durable=False) as server:
        engine = make_engine(server.url)
        migrate_to_current(engine)
        made = Shop(engine)
        pin = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PIN)
        write_all(engine, made.clock.ms, [((store_scope(STORE), "guide_pin", GUIDE), {"pin_hash": pin})])
        in_transaction(engine, lambda connection: ensure_signing(connection, SECRET, made.clock.ms))
        yield made
        engine.dispose()


@pytest.fixture
def ear(shop: Shop) -> Eavesdropper:
    """The whole office, listened to."""
    return Eavesdropper(
        create_app(api_services(shop), routes(make_services(shop.engine, SECRET, SITE, shop.clock, None)))
    )


@pytest.fixture
def guide(
    tmp_path: Path, shop: Shop, qapp: QApplication, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Guide:
    del qapp
    monkeypatch.setattr(context, "SystemClock", lambda: shop.clock)
    monkeypatch.setenv("GUIDE_KEY_FILE", str(tmp_path / "book.key"))
    return Guide(tmp_path / "pc", capsys, monkeypatch)


@pytest.mark.error_logs("landing page failed", "nobody caught this")
def test_nothing_that_leaves_says_who_the_customer_is(
    tmp_path: Path,
    cluster: Path,
    shop: Shop,
    ear: Eavesdropper,
    guide: Guide,
    found: Found,
    office_log: io.StringIO,
) -> None:
    with log_to(tmp_path / "log") as desk_log, serving(ear) as origin:
        joins(guide, shop, origin)
        url = shares(guide, tmp_path / "out", found)
        fails_to_claim(shop, Browser(ear), url)
        client = takes_her_down(guide)
        coupon = claims(Browser(ear), url, found)
        guide("sync", "--once")
        redeems(guide, coupon, client)
        tells_helpdesk(guide, found)
        listens(guide.folder)
        breaks(guide.folder)
        found.keep("figures for operators", *(Browser(ear).get(path).body for path in ("/metrics", "/healthz")))
        found.keep("log of the desk", desk_log.read_text("utf-8"))
    found.keep("log of the office", office_log.getvalue())
    found.keep("log of PostgreSQL", postgres_log(cluster))
    found.keep("access log", *ear.lines)
    found.keep("hint channel", *ear.hints)
    found.keep("names of files", *(str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*")))
    found.keep("the book on disk", *(path.read_bytes() for path in guide.folder.glob("book.db*")))

    assert found.told(HER) == []
    assert {"moments", "label", "coupon page"} <= {where.removeprefix("QR of ") for where in found.things}
    assert "CheckViolation [23514]" in office_log.getvalue()
    assert "nobody caught this" in found.things["log of the desk"][0]
    assert {what.partition(" ")[0] for body in ear.handed_in for what in HER.found_in(body)} >= {
        "name", "phone", "wechat", "note",
    }  # she did go where she belongs  # fmt: skip


def joins(guide: Guide, shop: Shop, origin: str) -> None:
    """A new PC of the store, its guide at work."""
    code = in_transaction(shop.engine, lambda c: make_enrol_code(c, "SH01", shop.clock.now_ms()))
    for words, typed in (
        (("init", "--office", origin, "--code", code, "--name", "1号机"), ""),
        (("sync", "--once"), ""),
        (("login", "--guide", NUMBER), PIN),
    ):
        ran = guide(*words, stdin=typed)
        assert ran.code == 0, ran.out


def takes_her_down(guide: Guide) -> str:
    """All that a guide writes about a customer, handed in to head office."""
    year, month, day = HER.birthday
    fields = ("--set", f"wechat={HER.wechat}", "--set", f"birth_year={year}", "--set", f"birth_month={month}")
    words = ("--consent", "marketing", "--notice", "2026-1", "--proof", f"{HER.name} 当面同意")
    day_too = ("--set", f"birth_day={day}")
    added = guide("clients", "add", "--name", HER.name, "--phone", HER.phone, *fields, *day_too, *words)
    assert added.code == 0, added.out
    client = str(added.doc["id"])
    for told in (("clients", "note", client, HER.note), ("clients", "tag", client, "+贵宾")):
        assert guide(*told).code == 0
    assert guide("sync", "--once").code == 0
    return client


def shares(guide: Guide, folder: Path, found: Found) -> str:
    """A poster, a label and a sheet to print; returns the last one's link."""
    folder.mkdir()
    added = guide("clients", "add", "--name", HER.name, "--consent", "marketing", "--notice", "1", "--proof", "当面")
    client = added.doc["id"]
    for template, form in (("moments", "png"), ("label", "png"), ("coupon", "jpg"), ("a4", "pdf")):
        out = folder / f"{template}.{form}"
        words = ("--product", "RM26A301", "--coupon", "秋季满减券", "--client", client, "--template", template)
        made = guide("share", *words, "--format", form, "--out", out)
        assert made.code == 0, made.out
        url = made.doc["url"]
        found.keep(f"file of {template}", out.read_bytes())
        found.keep("answer to share", made.out)
        if form != "pdf":
            found.keep(f"QR of {template}", *read(np.asarray(Image.open(out).convert("L"))))
            assert url in found.things[f"QR of {template}"]
    return str(url)


def fails_to_claim(shop: Shop, browser: Browser, url: str) -> None:
    """She claims while the database refuses her row, and says so with all that stands in it."""
    refuse = f"ALTER TABLE client ADD CONSTRAINT canary CHECK (phone <> '{HER.phone}')"
    with shop.engine.begin() as connection:
        connection.execute(sa.text(refuse))
    assert _claim(browser, url).status == 500
    with shop.engine.begin() as connection:
        connection.execute(sa.text("ALTER TABLE client DROP CONSTRAINT canary"))


def claims(browser: Browser, url: str, found: Found) -> str:
    """She claims the coupon of the poster, looks at it, and at her rights; returns the coupon's code."""
    answer = _claim(browser, url)
    assert answer.status == 303
    shown = browser.get(answer.headers["location"])
    privacy = browser.get(f"{_path(url)}/privacy")
    for page in (browser.get(_path(url)), shown, privacy):
        assert page.status == 200
        found.keep("addresses in pages", *(html.unescape(link) for link in _LINKED.findall(page.text)))
    symbols = re.findall(r'viewBox="0 0 (\d+) \1"[^>]*><path d="([^"]*)"', shown.text)
    found.keep("QR of coupon page", *(text for side, path in symbols[:1] for text in read(_drawn(int(side), path))))
    found.keep("cookies", *browser.jar.values())
    return "".join(re.findall(r"<span>([0-9A-Z]{2,4})</span>", shown.text))


def _claim(browser: Browser, url: str) -> Answer:
    page = browser.get(_path(url)).text
    hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page))
    return browser.post(f"{_path(url)}/claim", {**hidden, "phone": HER.phone, "marketing": "yes"})


def _path(url: str) -> str:
    return "/" + url.split("/", 3)[3]


def redeems(guide: Guide, coupon: str, client: str) -> None:
    """She uses it at the counter, and head office hears of it."""
    used = guide("coupon", "redeem", coupon, "--order", "NJ-1", "--amount", 56_900, "--client", client)
    assert used.code == 0, used.out
    assert guide("sync", "--once").code == 0


def tells_helpdesk(guide: Guide, found: Found) -> None:
    """What staff send to whoever helps them."""
    for words in (("status",), ("doctor",), ("sync", "--once"), ("parked", "list"), ("db-check",)):
        for ran in (guide(*words), guide.says(*words)):
            found.keep(f"guide {words[0]}", ran.out, ran.err)


def listens(folder: Path) -> None:
    """The PC asks whether there is news."""
    place = Place(folder, "", {"GUIDE_KEY_FILE": str(folder.parent / "book.key")})
    with open_desk(place) as desk:
        device = desk.db.query(enrolled_device)
        with closing(Transport(device.office, device.token, desk.clock, limits=HINT_LIMITS)) as transport:
            stale = [Cursor(one.cursor.scope, one.cursor.epoch, 0) for one in desk.db.query(read_stands).values()]
            assert Office(transport).hint(stale, 1).news


def breaks(folder: Path) -> None:
    """A change fails with her data in its words, and nobody catches it."""
    place = Place(folder, "", {"GUIDE_KEY_FILE": str(folder.parent / "book.key")})
    with open_desk(place) as desk:
        said = (HER.name, HER.phone)
        with pytest.raises(SQLAlchemyError, match=HER.phone) as broken:
            desk.db.query(lambda c: c.exec_driver_sql("SELECT nothing FROM client WHERE name = ? OR phone = ?", said))
    log_stray(broken.value)


def postgres_log(cluster: Path) -> bytes:
    """The server's own log; what was refused stands there without her."""
    told = b"".join(path.read_bytes() for path in cluster.rglob("*.log"))
    assert b'"canary"' in told
    return told


def read(pixels: NDArray[np.uint8]) -> list[str]:
    """All QR codes in a grey picture."""
    texts = [code.text for code in zxingcpp.read_barcodes(pixels)]
    assert texts
    return texts


def _drawn(side: int, path: str) -> NDArray[np.uint8]:
    """The SVG path of the landing pages' QR codes as pixels."""
    grid: NDArray[np.uint8] = np.full((side, side), 255, np.uint8)
    for x, y, n in re.findall(r"M(\d+) (\d+)h(\d+)", path):
        grid[int(y), int(x) : int(x) + int(n)] = 0
    return np.kron(grid, np.ones((6, 6), np.uint8))


DISGUISES: dict[str, Callable[[str], str]] = {
    "plain": lambda text: text,
    "url": quote,
    "base64": lambda text: base64.b64encode(text.encode()).decode(),
    "base64 in the middle": lambda text: base64.urlsafe_b64encode(f"v1;{text};7".encode()).decode(),
    "json": lambda text: text.encode("unicode_escape").decode(),
    "utf-16 hex": lambda text: text.encode("utf-16-le").hex().upper(),
}


@pytest.mark.parametrize("disguise", DISGUISES.values(), ids=DISGUISES)
def test_the_search_sees_through_common_disguises(disguise: Callable[[str], str]) -> None:
    for text in (HER.name, HER.phone, HER.wechat, HER.note):
        assert HER.found_in(f"GET /s/x?q={disguise(text)}&r=1")


def test_the_search_knows_digests_of_the_bare_number_and_nothing_else() -> None:
    for said in (HER.phone, f"+86{HER.phone}"):
        assert HER.found_in(hashlib.sha256(said.encode()).hexdigest())
        assert HER.found_in(base64.b64encode(hashlib.md5(said.encode()).digest()))  # noqa: S324 - not for secrecy
    assert HER.found_in("138****5628 /s/4bqkz7Qe-1 2026-11-24 13:20 欧阳 GET") == []
