"""Lines that do not lead to the office at all, certificates that are not its own, and `guide` itself on a bad line."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from guide_app.base.clock import SystemClock
from guide_app.base.errors import GuideError
from guide_app.cli.outcome import Exit
from guide_app.store.device import read_device
from guide_app.sync.engine import SyncEngine
from guide_app.sync.transport import Transport
from tests.faults.brand import Pc, Work, healed, short_of, sound
from tests.faults.conftest import Stage
from tests.faults.network_faults import Fault, faults
from tests.faults.tls import server_context
from tests.helpers.fault_proxy import FaultProxy, fault_proxy
from tests.helpers.liar import Liar, liar, saying

_OFTEN = ["reset_before_request", "reply_lost", "portal_302", "unavailable"]
_SELDOM = ["drop_mid_reply", "flip_reply", "portal_200", "garbage", "duplicate"]
_FOR_PROGRAMS = [*_OFTEN, *(pytest.param(name, marks=pytest.mark.soak) for name in _SELDOM)]


@pytest.fixture(scope="module", name="thief")
def _thief() -> Iterator[Liar]:
    with liar(saying(b"")) as running:
        yield running


@pytest.fixture(scope="module", name="proxy")
def _proxy(stage: Stage) -> Iterator[FaultProxy]:
    with fault_proxy(stage.origin) as running:
        yield running


@pytest.fixture
def fault(request: pytest.FixtureRequest, thief: Liar) -> Fault:
    return next(fault for fault in faults(thief.origin) if fault.name == request.param)


def nobody() -> str:
    """An origin where nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{probe.getsockname()[1]}"


@pytest.mark.parametrize("origin", ["refused", "http://office.invalid"])
def test_a_line_to_nobody(stage: Stage, pc: Pc, origin: str) -> None:
    with pc.book() as book:
        work = book.work()
    ended = pc.sync(nobody() if origin == "refused" else origin)
    assert ended.code == Exit.UNREACHABLE, ended
    assert ended.doc["error"]["code"] == "office.unreachable"
    sound(pc, stage.truth)
    healed(pc, stage.control, stage.truth, work)


@pytest.mark.parametrize(
    ("first", "last", "host", "trusted", "code"),
    [
        (-9, -2, "localhost", True, "office.clock"),
        (2, 9, "localhost", True, "office.clock"),
        (-1, 9, "localhost", False, "office.tls"),
        (-1, 9, "portal.example", True, "office.tls"),
        (-1, 9, "localhost", True, ""),
    ],
    ids=["expired", "not yet valid", "of nobody we know", "of another host", "good"],
)
def test_nothing_is_said_to_a_wrong_certificate(
    stage: Stage, pc: Pc, tmp_path: Path, first: int, last: int, host: str, trusted: bool, code: str
) -> None:
    context, certificate = server_context(tmp_path, first, last, host)
    with pc.book() as book:
        work = book.work()
        device = book.db.query(read_device)
        with fault_proxy(stage.origin, context) as proxy:
            trust = str(certificate) if trusted else None
            line = Transport(proxy.origin, device.token, SystemClock(), limits=short_of(5), trust=trust)
            told: GuideError | None = None
            try:
                SyncEngine(book.db, line).run_once()
            except GuideError as e:
                told = e
            finally:
                line.close()
            assert (told.code if told else "") == code
            assert bool(proxy.heard) == (not code), "the token is not told to a stranger"
            assert told is None or told.code != "office.clock" or "电脑时间不对" in told.sentence
    healed(pc, stage.control, stage.truth, work)


@pytest.mark.parametrize("fault", _FOR_PROGRAMS, indirect=True)
def test_the_program_on_a_bad_line(stage: Stage, proxy: FaultProxy, thief: Liar, fault: Fault, pc: Pc) -> None:
    with pc.book() as book:
        work = book.work()
    proxy.arm(fault.act, at_connect=fault.at_connect)
    ended = pc.sync(proxy.origin)
    proxy.disarm()
    if fault.codes:
        assert ended.code == Exit.UNREACHABLE, ended
        assert ended.doc["error"]["code"] in fault.codes
        assert ended.doc["error"]["way_out"]
    else:
        assert ended.code == Exit.DONE, ended
    token = _token(pc)
    assert token not in ended.out + ended.err
    assert not any(token in str(one) for one in thief.heard)
    sound(pc, stage.truth)
    healed(pc, stage.control, stage.truth, work if fault.codes else Work(work.ids))


def _token(pc: Pc) -> str:
    with pc.book() as book:
        return str(book.db.query(read_device).token)
