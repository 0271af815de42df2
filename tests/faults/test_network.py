"""Every fault of the network in the way of handing in, taking over and pictures: nothing false, lost or doubled."""

from __future__ import annotations

import resource
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from guide_app.base.errors import GuideError
from guide_app.sync.blobs import BlobStore
from guide_app.sync.engine import SyncEngine
from guide_app.sync.fetch import BlobFetcher
from guide_app.sync.office import BLOBS, BUCKET, ERASED, PULL, PUSH
from tests.faults.brand import GUIDE, Pc, Work, healed, new_id, sha256_of, short_of, sound
from tests.faults.conftest import Stage
from tests.faults.network_faults import DEADLINE_S, Fault, bomb, faults
from tests.helpers.fault_proxy import FaultProxy, fault_proxy
from tests.helpers.liar import Liar, liar, saying

#: A round makes a handful of requests, each of which may take its deadline.
_ENDS_WITHIN_S = 10 * DEADLINE_S
_MOST_MB = 200
SHORT = short_of(DEADLINE_S)
_NAMES = [fault.name for fault in faults("")]
#: Faults that another one is much like: for the long run.
_LIKE_OTHERS = {
    "at_once", "bad_gateway", "cut_lying_about_length", "drop_mid_reply", "endless_body", "login_page_401",
    "other_type", "reset_mid_request",
}  # fmt: skip
#: Enough for requests beside the three great ones.
_FEW = {"reply_lost", "cut_without_length", "flip_reply", "portal_200", "unavailable", "internal", "duplicate"}


def _usually(names: set[str]) -> list[object]:
    """All faults; those that are not of these names only in the long run."""
    return [name if name in names else pytest.param(name, marks=pytest.mark.soak) for name in _NAMES]


_TWENTY_FOUR = _usually(set(_NAMES) - _LIKE_OTHERS)
_SEVEN = _usually(_FEW)


@pytest.fixture(scope="module", name="thief")
def _thief() -> Iterator[Liar]:
    """Another host, to which a portal would send the desktop."""
    with liar(saying(b"")) as running:
        yield running


@pytest.fixture(scope="module", name="module_proxy")
def _module_proxy(stage: Stage) -> Iterator[FaultProxy]:
    with fault_proxy(stage.origin) as running:
        yield running


@pytest.fixture
def proxy(module_proxy: FaultProxy) -> Iterator[FaultProxy]:
    yield module_proxy
    module_proxy.disarm()


@pytest.fixture
def fault(request: pytest.FixtureRequest, catalogue: dict[str, Fault]) -> Fault:
    """The fault that the case names."""
    return catalogue[request.param]


@pytest.fixture(scope="module", name="catalogue")
def _catalogue(thief: Liar) -> dict[str, Fault]:
    bomb()
    return {fault.name: fault for fault in faults(thief.origin)}


def suffer(fault: Fault, deed: Callable[[], object]) -> bool:
    """Do something under a fault; returns whether it was done. It ends soon, small, and with a name."""
    began, before = time.monotonic(), _megabytes()
    told: GuideError | None = None
    try:
        deed()
    except GuideError as e:
        told = e
    if told is not None:
        assert told.code in fault.codes, f"{fault}: {told!r}"
        assert told.sentence
    assert time.monotonic() - began < _ENDS_WITHIN_S
    assert _megabytes() - before < _MOST_MB
    return told is None


def _megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def all_named(fault: Fault, *, done: bool) -> None:
    """A fault that shows was told; one that does not show did not stop anything."""
    assert done or fault.codes, f"{fault} must not show"


@pytest.mark.parametrize("fault", _TWENTY_FOUR, indirect=True)
def test_handing_in_under_a_fault(stage: Stage, proxy: FaultProxy, thief: Liar, fault: Fault, pc: Pc) -> None:
    with pc.book() as book:
        with book.line(proxy.origin, SHORT) as line:  # what a cache could answer with later
            book.work("先前")
            SyncEngine(book.db, line).run_once()
        work = book.work()
        proxy.arm(fault.act, PUSH, at_connect=fault.at_connect)
        with book.line(proxy.origin, SHORT) as line:
            done = suffer(fault, SyncEngine(book.db, line).run_once)
        assert proxy.struck
        proxy.disarm()
        waiting = book.rows("SELECT count(*) FROM outbox WHERE state = 'waiting'")
        assert waiting == [(0 if done else 4,)], "a change is acknowledged if and only if the round said so"
    all_named(fault, done=done)
    sound(pc, stage.truth)
    healed(pc, stage.control, stage.truth, work)
    assert thief.heard == []


@pytest.mark.parametrize("fault", _TWENTY_FOUR, indirect=True)
@pytest.mark.parametrize("skip", [2, pytest.param(0, marks=pytest.mark.soak)], ids=["third page", "first page"])
def test_taking_over_under_a_fault(
    stage: Stage, proxy: FaultProxy, thief: Liar, fault: Fault, skip: int, pc: Pc
) -> None:
    stage.truth.write_all("client", {new_id(): {"name": f"客{n}"} for n in range(12)})
    with pc.book() as book:
        proxy.arm(fault.act, PULL, skip=skip, at_connect=fault.at_connect)
        with book.line(proxy.origin, SHORT) as line:
            done = suffer(fault, SyncEngine(book.db, line, page_limit=3).run_once)
        if not fault.at_connect:
            assert proxy.struck
        proxy.disarm()
    all_named(fault, done=done)
    sound(pc, stage.truth)
    healed(pc, stage.control, stage.truth, Work())
    assert thief.heard == []


@pytest.mark.parametrize("fault", _SEVEN, indirect=True)
@pytest.mark.parametrize("skip", [1, pytest.param(0, marks=pytest.mark.soak)], ids=["records", "sums"])
def test_comparing_anew_under_a_fault(
    stage: Stage, proxy: FaultProxy, thief: Liar, fault: Fault, skip: int, pc: Pc
) -> None:
    stage.truth.write_all("client", {new_id(): {"name": f"客{n}"} for n in range(12)})
    with pc.book() as book:
        work = book.work()
        book.db.apply(lambda a: a.conn.exec_driver_sql("UPDATE cursor SET epoch = 'before the restore'"))
        proxy.arm(fault.act, BUCKET, skip=skip)
        with book.line(proxy.origin, SHORT) as line:
            done = suffer(fault, SyncEngine(book.db, line).run_once)
        assert proxy.struck
        proxy.disarm()
        all_named(fault, done=done)
        book.settled(repaired=True)
    sound(pc, stage.truth)
    healed(pc, stage.control, stage.truth, work)
    assert thief.heard == []


@pytest.mark.parametrize("fault", _SEVEN, indirect=True)
def test_a_carried_out_erasure_is_confirmed_in_the_end(stage: Stage, proxy: FaultProxy, fault: Fault, pc: Pc) -> None:
    with stage.control.book() as other:
        work = other.work()
        other.settled()
        pc.settled()
        params = {"reason": "本人要求"}
        other.db.change(lambda u: u.command("client.erase", work.client, params, effects=()), by=GUIDE, origin="test")
        other.settled()
    with pc.book() as book:
        proxy.arm(fault.act, ERASED, at_connect=False)
        with book.line(proxy.origin, SHORT) as line:
            suffer(fault, SyncEngine(book.db, line).run_once)
        proxy.disarm()
        assert work.client not in str(book.contents()), "she goes whether or not that can be told"
        book.settled()
        device = book.rows("SELECT device_id FROM device")[0][0]
        assert not book.rows("SELECT client_id FROM erasure")
    confirmed = "SELECT count(*) FROM erasure_confirmation WHERE client_id::text = %(id)s AND device_id::text = %(pc)s"
    assert stage.truth.scalar(confirmed, id=work.client, pc=device) == 1


@pytest.mark.parametrize("fault", _TWENTY_FOUR, indirect=True)
def test_fetching_a_picture_under_a_fault(
    stage: Stage, proxy: FaultProxy, thief: Liar, fault: Fault, pc: Pc, tmp_path: Path
) -> None:
    first = stage.truth.picture(2 * _NAMES.index(fault.name))
    store = BlobStore(tmp_path / "pictures")
    with pc.book() as book:
        with book.line(proxy.origin, SHORT) as line:
            BlobFetcher(book.db, line, store).fetch()
        second = stage.truth.picture(2 * _NAMES.index(fault.name) + 1)
        pc.settled()
        proxy.arm(fault.act, BLOBS, at_connect=fault.at_connect)
        with book.line(proxy.origin, SHORT) as line:
            done = suffer(fault, BlobFetcher(book.db, line, store).fetch)
        assert proxy.struck
        proxy.disarm()
        all_named(fault, done=done)
        path = store.path(second)
        assert (path is not None) == done, "a picture is there whole or not at all"
        assert path is None or sha256_of(path) == second
        with book.line(proxy.origin) as line:
            BlobFetcher(book.db, line, store).fetch()
        assert store.missing([first, second]) == []
    assert thief.heard == []
    assert not list((tmp_path / "pictures").rglob("*.part"))
