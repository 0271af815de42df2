"""The rules that conftest lays on every test hold: network shut, errors noticed, Qt offscreen."""

from __future__ import annotations

import gc
import logging
import os
import socket
import weakref

import pytest
from PySide6.QtGui import QGuiApplication

from tests.helpers import network
from tests.helpers.garbage import collected_here
from tests.helpers.logs import watched_errors


def test_a_connection_to_the_outside_is_refused() -> None:
    with (
        socket.socket() as sock,
        pytest.raises(network.OutsideNetworkError, match="192\\.0\\.2\\.1"),
    ):
        sock.connect(("192.0.2.1", 80))


def test_a_look_up_of_an_outside_name_is_refused() -> None:
    with pytest.raises(network.OutsideNetworkError):
        socket.getaddrinfo("office.brand.cn", 443)


def test_a_reserved_name_fails_like_an_unknown_one() -> None:
    with pytest.raises(socket.gaierror):
        socket.getaddrinfo("office.invalid", 443)


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.53", "::1", "localhost", None, "", b"localhost", "0.0.0.0"])  # noqa: S104
def test_this_machine_is_reachable(host: str | bytes | None) -> None:
    assert network.is_loopback(host)


@pytest.mark.parametrize("host", ["192.0.2.1", "2001:db8::1", "localhost.brand.cn", b"brand.cn"])
def test_other_machines_are_not(host: str | bytes) -> None:
    assert not network.is_loopback(host)


def test_a_loopback_connection_works() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()):
        server.accept()[0].close()


@pytest.mark.error_logs("push failed")
def test_error_records_are_collected_and_matched() -> None:
    with watched_errors() as records:
        logging.getLogger("guide_app.sync").error("push failed: %s", "no route")
        logging.getLogger("guide_app.sync").warning("slow")
    assert records.lines == ["guide_app.sync: push failed: no route"]
    assert records.stray(["push failed"]) == []
    assert records.stray(["pull failed"]) == records.lines


@pytest.mark.error_logs("meant to fail")
def test_a_marked_test_may_log_its_error() -> None:
    logging.getLogger("guide_app").error("this is meant to fail")


@pytest.mark.usefixtures("qapp")
def test_windows_are_drawn_offscreen() -> None:
    assert QGuiApplication.platformName() == "offscreen"


def test_the_keyring_of_the_machine_is_out_of_reach() -> None:
    assert os.environ["PYTHON_KEYRING_BACKEND"] == "keyring.backends.fail.Keyring"


def test_garbage_is_collected_where_and_when_it_is_wanted() -> None:
    class Node:
        def __init__(self) -> None:
            self.me = self

    with collected_here():
        node = Node()
        gone = weakref.ref(node)
        del node
        assert not gc.isenabled()
        assert gone() is not None
    assert gone() is None
    assert gc.isenabled()
