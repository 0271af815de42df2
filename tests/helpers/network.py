"""Shuts every Python socket of the test process except loopback, so that no test depends on the outside.

An audit hook sees each connect, send and name look-up whatever library asks for it. It raises an error that is
no `OSError`, so code under test that treats a dead network as normal cannot swallow it. Names reserved for
failing (RFC 6761: `.invalid`, `.test`, `.example`) fail as an unknown name does, without asking a resolver.
"""

from __future__ import annotations

import ipaddress
import socket
import sys
from typing import Any

LOCAL_NAMES = frozenset({"", "localhost", "ip6-localhost"})
FAILING_SUFFIXES = (".invalid", ".test", ".example")


class OutsideNetworkError(RuntimeError):
    """A test reached for a host other than this machine."""


def is_loopback(host: object) -> bool:
    """Say whether `host` (a name or an address, as sockets take it) is this machine."""
    if host is None:
        return True
    name = host.decode("ascii", "replace") if isinstance(host, bytes) else str(host)
    if name in LOCAL_NAMES:
        return True
    try:
        address = ipaddress.ip_address(name.partition("%")[0])
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified


def check_event(event: str, args: tuple[Any, ...]) -> None:
    """Judge one audit event; raises `OutsideNetworkError`, or `socket.gaierror` for a reserved name."""
    if event in ("socket.connect", "socket.sendto"):
        sock, address = args
        if sock.family not in (socket.AF_INET, socket.AF_INET6):
            return
        host = address[0] if isinstance(address, tuple) else address
    elif event in ("socket.getaddrinfo", "socket.gethostbyname"):
        host = args[0]
    else:
        return
    if is_loopback(host):
        return
    name = host.decode("ascii", "replace") if isinstance(host, bytes) else str(host)
    if name.rstrip(".").endswith(FAILING_SUFFIXES):
        raise socket.gaierror(socket.EAI_NONAME, f"{name} is reserved for failing")
    msg = f"{event} to {name}: tests reach loopback only"
    raise OutsideNetworkError(msg)


def shut_outside() -> None:
    """Install the check for the life of this process (audit hooks cannot be taken out again)."""
    sys.addaudithook(check_event)
