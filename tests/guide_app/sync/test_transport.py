"""The transport against servers that lie, stall, and stand in the way."""

from __future__ import annotations

import datetime as dt
import hashlib
import http.server
import socket
import ssl
import struct
import threading
import time
import tracemalloc
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path

import msgspec
import pytest
import zstandard
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from guide_app.base.errors import GuideError, OfficeUnreachableError
from guide_app.protocol.envelope import SHA_HEADER, seal
from guide_app.protocol.messages import SCHEMA, EndFrame, encode_lines
from guide_app.protocol.problems import problem
from guide_app.sync.errors import OfficeBusyError, OfficeRefusedError
from guide_app.sync.line import Line
from guide_app.sync.office import Office
from guide_app.sync.transport import Limits, Transport
from tests.helpers.liar import Liar, Speech, dripping, hear, liar, saying
from tests.helpers.plain_book import HeldClock

BODY = b'{"a":1}'
SHA = hashlib.sha256(BODY).hexdigest()
JSON = "application/json"


@pytest.fixture
def ask() -> Callable[..., bytes]:
    """Ask a liar once; returns the body that was believed."""

    def once(speech: Speech, limits: Limits | None = None, **kwargs: object) -> bytes:
        with liar(speech) as server:
            transport = Transport(server.origin, "secret-token", HeldClock(), limits=limits or Limits(total_s=60))
            try:
                return transport.request("GET", "/sync/v1/pull", **kwargs).body  # type: ignore[arg-type]
            finally:
                transport.close()

    return once


def sealed(body: bytes) -> Speech:
    wire, headers = seal(body)
    return saying(wire, **{k.replace("-", "_"): v for k, v in headers.items()}, Content_Type=JSON)


@pytest.mark.parametrize("body", [BODY, b"[" + b"1," * 5000 + b"1]"])
def test_a_whole_answer_is_believed(ask: Callable[..., bytes], body: bytes) -> None:
    assert ask(sealed(body)) == body


@pytest.mark.parametrize(
    ("speech", "code"),
    [
        (saying(BODY, Content_Type=JSON), "office.corrupt"),
        (saying(BODY, Content_Type=JSON, Guide_SHA256="0" * 64), "office.corrupt"),
        (saying(BODY[:-1], Content_Type=JSON, Guide_SHA256=SHA), "office.corrupt"),
        (saying(BODY[:-1], Content_Type=JSON, Guide_SHA256=SHA, Content_Length="7"), "office.unreachable"),
        (saying(BODY, Content_Type="text/html; charset=utf-8", Guide_SHA256=SHA), "office.foreign"),
        (saying(b"<html>login</html>", Content_Type="text/html"), "office.foreign"),
        (saying(BODY, status="204 No Content", Content_Type=JSON, Guide_SHA256=SHA), "office.foreign"),
        (saying(b"", status="302 Found", Location="http://portal.invalid/login"), "office.redirect"),
        (saying(b"", status="307 Temporary Redirect", Location="http://portal.invalid/"), "office.redirect"),
        (saying(b"<html>", status="403 Forbidden", Content_Type="text/html"), "office.foreign"),
        (saying(BODY, Content_Type=JSON, Guide_SHA256=SHA, Content_Encoding="gzip"), "office.corrupt"),
        (saying(BODY, Content_Type=JSON, Guide_SHA256=SHA, Content_Encoding="zstd"), "office.corrupt"),
        (saying(b"nonsense"), "office.foreign"),
        (lambda connection, _: connection.sendall(b"garbage\r\n\r\n"), "office.unreachable"),
        (lambda connection, _: connection.close(), "office.unreachable"),
    ],
)
def test_a_lie_is_named_and_never_believed(ask: Callable[..., bytes], speech: Speech, code: str) -> None:
    with pytest.raises(OfficeUnreachableError) as caught:
        ask(speech)
    assert caught.value.code == code
    assert "token" not in str(caught.value)


def test_the_token_stays_with_its_host(ask: Callable[..., bytes]) -> None:
    with liar(saying(BODY, Content_Type=JSON, Guide_SHA256=SHA)) as thief:
        with pytest.raises(OfficeUnreachableError):
            ask(saying(b"", status="302 Found", Location=thief.origin + "/"))
        assert thief.heard == []


@pytest.mark.parametrize(
    "speech",
    [
        dripping(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n", b"x", 0.05),
        dripping(b"HTTP/1.1 200 OK\r\n", b"X-Drip: 1\r\n", 0.05),
        dripping(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\nContent-Type: application/json\r\n\r\n", b"", 0.05),
    ],
    ids=["body", "headers", "silence"],
)
def test_a_slow_sender_is_given_up_at_the_deadline(ask: Callable[..., bytes], speech: Speech) -> None:
    began = time.monotonic()
    with pytest.raises(OfficeUnreachableError) as caught:
        ask(speech, Limits(total_s=0.5))
    assert caught.value.code == "office.timeout"
    assert time.monotonic() - began < 20


@pytest.mark.parametrize("head", [b"", b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n"], ids=["no head", "no body"])
def test_a_read_that_gives_up_before_the_deadline_is_the_same_to_her(
    ask: Callable[..., bytes], monkeypatch: pytest.MonkeyPatch, head: bytes
) -> None:
    monkeypatch.setattr(Line, "deadline", lambda *_: nullcontext())  # its thread got no turn in time
    with pytest.raises(OfficeUnreachableError) as caught:
        ask(dripping(head, b"", 0.05), Limits(total_s=0.3))
    assert caught.value.code == "office.timeout"


def test_an_endless_body_is_cut_off(ask: Callable[..., bytes]) -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n"
    with pytest.raises(OfficeUnreachableError) as caught:
        ask(dripping(head, b"x" * 65536, 0), Limits(total_s=60, wire_bytes=1 << 20))
    assert caught.value.code == "office.too_large"


def test_a_bomb_does_not_unfold(ask: Callable[..., bytes]) -> None:
    bomb = zstandard.ZstdCompressor(level=19).compress(bytes(1 << 30))
    headers = {SHA_HEADER.replace("-", "_"): hashlib.sha256(bomb).hexdigest(), "Content_Encoding": "zstd"}
    tracemalloc.start()
    with pytest.raises(OfficeUnreachableError) as caught:
        ask(saying(bomb, Content_Type=JSON, **headers), Limits(total_s=60, plain_bytes=8 << 20))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert caught.value.code == "office.corrupt"
    assert peak < 64 << 20


@pytest.mark.parametrize(
    "body", [b"NaN", b'{"last_mid": NaN}', b'{"last_mid": 1e999}', b'{"last_mid":1}{}', b"\xff", b'{"last_mid":"1"}']
)
def test_json_is_read_strictly(body: bytes) -> None:
    with liar(sealed(body)) as server:
        transport = Transport(server.origin, None, HeldClock())
        with pytest.raises(OfficeUnreachableError) as caught:
            Office(transport).push([], "")
        transport.close()
    assert caught.value.code == "office.malformed"


@pytest.mark.parametrize(
    "body", [b"", b'["c","brand","e",1,0,"",false]\n', encode_lines([EndFrame(0, 0, 3)]), b"[1]\n", b'["end",0,0,0']
)
def test_a_page_without_its_end_is_no_page(body: bytes) -> None:
    with liar(sealed(body)) as server:
        transport = Transport(server.origin, None, HeldClock())
        with pytest.raises(OfficeUnreachableError) as caught:
            Office(transport).pull([])
        transport.close()
    assert caught.value.code == "office.malformed"


def test_a_refusal_carries_its_reason(ask: Callable[..., bytes]) -> None:
    reason = msgspec.json.encode(problem("device.revoked"))
    with pytest.raises(OfficeRefusedError) as refused:
        ask(saying(reason, status="403 Forbidden", Content_Type="application/problem+json"))
    assert (refused.value.code, refused.value.status) == ("device.revoked", 403)


@pytest.mark.parametrize(("status", "wish"), [("429 Too Many Requests", 7.0), ("503 Busy", 7.0), ("502 Bad", 7.0)])
def test_a_busy_office_says_when_to_come_back(ask: Callable[..., bytes], status: str, wish: float) -> None:
    with pytest.raises(OfficeBusyError) as busy:
        ask(saying(b"", status=status, Retry_After="7"))
    assert busy.value.retry_after_s == wish
    with pytest.raises(OfficeBusyError) as busy:
        ask(saying(b"", status=status, Retry_After="Wed, 21 Oct 2026 07:28:00 GMT"))
    assert busy.value.retry_after_s is None


def test_no_proxy_of_the_environment_gets_between(ask: Callable[..., bytes], monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://proxy.invalid:3128")
    assert ask(sealed(BODY)) == BODY


def test_what_is_sent_names_schema_device_and_its_own_checksum() -> None:
    with liar(sealed(BODY)) as server:
        transport = Transport(server.origin, "secret-token", HeldClock())
        transport.request("POST", "/sync/v1/push", message=BODY, key="1-2")
        transport.close()
        head = server.heard[0].decode().lower()
    for line in (
        "authorization: bearer secret-token",
        f"guide-schema: {SCHEMA}",
        f"guide-sha256: {SHA}",
        "idempotency-key: 1-2",
        "content-type: application/json",
    ):
        assert line in head


class Keeping:
    """An office that keeps the first connection, and lets it go as the second request comes in on it."""

    def __init__(self, *, reset: bool = False, torn: bytes = b"", again: bool = True, farewell: bool = False) -> None:
        """`reset` lets go hard, `farewell` with a TLS alert, `torn` after these bytes.

        With `again` false every later connection is closed too.
        """
        self.asked: list[bytes] = []
        self._kept = 0
        self._reset, self._torn, self._again, self._farewell = reset, torn, again, farewell

    def __call__(self, connection: socket.socket, _: threading.Event) -> None:
        self._kept += 1
        if self._kept > 1 and not self._again:
            return
        wire, headers = seal(BODY)
        head = {**headers, "Content-Type": JSON, "Content-Length": str(len(wire))}
        lines = "".join(f"{name}: {value}\r\n" for name, value in head.items())
        connection.sendall(f"HTTP/1.1 200 OK\r\n{lines}\r\n".encode() + wire)
        if self._kept == 1:
            self.asked.append(hear(connection))
            connection.sendall(self._torn)
            if self._reset:
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            if self._farewell and isinstance(connection, ssl.SSLSocket):
                connection.unwrap()


@pytest.mark.parametrize("reset", [False, True], ids=["closed", "reset"])
def test_a_kept_line_that_was_let_go_is_asked_anew(*, reset: bool) -> None:
    office = Keeping(reset=reset)
    with liar(office) as server:
        transport = Transport(server.origin, "secret-token", HeldClock())
        first = transport.request("GET", "/sync/v1/pull")
        second = transport.request("POST", "/sync/v1/push", message=BODY, key="1-2")
        transport.close()
        assert (first.body, second.body) == (BODY, BODY)
        assert office.asked == server.heard[1:], "the very same request, once"


@pytest.mark.parametrize(
    "office", [Keeping(), Keeping(reset=True), Keeping(farewell=True)], ids=["closed", "reset", "close_notify"]
)
def test_so_is_a_kept_line_of_tls(tmp_path: Path, office: Keeping) -> None:
    now = dt.datetime.now(dt.UTC)
    cert, key = certificate(tmp_path, now - dt.timedelta(1), now + dt.timedelta(1))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(cert, key)
    with liar(office, context) as server:
        transport = Transport(server.origin, "secret-token", HeldClock(), trust=str(cert))
        first = transport.request("GET", "/sync/v1/pull")
        second = transport.request("POST", "/sync/v1/push", message=BODY, key="1-2")
        transport.close()
        assert (first.body, second.body) == (BODY, BODY)
        assert office.asked == server.heard[1:], "the very same request, once"


def test_a_picture_is_asked_for_anew_on_a_line_that_was_let_go() -> None:
    office = Keeping()
    with liar(office) as server:
        transport = Transport(server.origin, None, HeldClock())
        transport.request("GET", "/sync/v1/pull")
        with transport.download("/x", types=frozenset({JSON}), first=3, tag='"x"') as body:
            assert b"".join(body.pieces) == BODY
        transport.close()
        assert office.asked == server.heard[1:]
        assert b"range: bytes=3-" in server.heard[1].lower()


@pytest.mark.parametrize(
    ("office", "times"),
    [(Keeping(again=False), 2), (Keeping(torn=b"HTTP/1.1 2"), 1), (Keeping(torn=b"HTTP/1.1 200 OK\r\nX: "), 1)],
    ids=["let go again", "torn status", "torn head"],
)
def test_nothing_is_asked_a_third_time_nor_once_an_answer_began(office: Keeping, times: int) -> None:
    with liar(office) as server:
        transport = Transport(server.origin, None, HeldClock())
        transport.request("GET", "/sync/v1/pull")
        with pytest.raises(OfficeUnreachableError) as caught:
            transport.request("GET", "/sync/v1/pull")
        transport.close()
        assert caught.value.code != "office.timeout"
        assert len(server.heard) == times


def test_a_new_line_that_is_closed_is_not_asked_again() -> None:
    with liar(lambda connection, _: connection.close()) as server:
        transport = Transport(server.origin, None, HeldClock())
        with pytest.raises(OfficeUnreachableError):
            transport.request("GET", "/sync/v1/pull")
        transport.close()
        assert len(server.heard) == 1


def test_an_unknown_host_is_unreachable() -> None:
    transport = Transport("http://office.invalid", None, HeldClock())
    with pytest.raises(OfficeUnreachableError) as caught:
        transport.request("GET", "/")
    transport.close()
    assert caught.value.code == "office.unreachable"


PICTURE = b"\xff\xd8\xff" + bytes(range(256)) * 8


def download(server: Liar, first: int = 0, limits: Limits | None = None) -> tuple[int, int | None, bytes]:
    """First byte, length of the whole, and what came."""
    transport = Transport(server.origin, "secret-token", HeldClock(), limits=limits)
    try:
        with transport.download("/sync/v1/blobs/x", types=frozenset({"image/jpeg"}), first=first, tag='"x"') as body:
            return body.first, body.total, b"".join(body.pieces)
    finally:
        transport.close()


def test_a_picture_is_read_piece_by_piece_from_a_byte_on() -> None:
    size = str(len(PICTURE))
    with liar(saying(PICTURE, Content_Type="image/jpeg", Content_Length=size)) as server:
        assert download(server) == (0, len(PICTURE), PICTURE)
        assert b"Range" not in server.heard[0]
    told = {"Content_Range": f"bytes 100-{len(PICTURE) - 1}/{size}", "Content_Type": "image/jpeg"}
    with liar(saying(PICTURE[100:], status="206 Partial Content", **told)) as server:
        assert download(server, 100) == (100, len(PICTURE), PICTURE[100:])
        assert b'range: bytes=100-\r\nif-range: "x"' in server.heard[0].lower()


@pytest.mark.parametrize(
    ("status", "headers", "code"),
    [
        (200, {"Content_Type": "text/html"}, "office.foreign"),
        (200, {"Content_Type": "image/jpeg", "Content_Encoding": "gzip"}, "office.corrupt"),
        (206, {"Content_Type": "image/jpeg"}, "office.malformed"),
        (206, {"Content_Type": "image/jpeg", "Content_Range": "bytes 5-/*"}, "office.malformed"),
        (302, {"Location": "http://portal.example/"}, "office.redirect"),
        (204, {"Content_Type": "image/jpeg"}, "office.foreign"),
        (304, {}, "office.foreign"),
        (404, {"Content_Type": "text/html"}, "office.foreign"),
        (503, {"Content_Type": "text/html"}, "office.busy"),
    ],
)
def test_what_is_no_picture_of_the_office_is_not_taken(status: int, headers: dict[str, str], code: str) -> None:
    with liar(saying(b"" if status in (204, 304) else PICTURE, status=f"{status} -", **headers)) as server:
        with pytest.raises(GuideError) as caught:
            download(server, 5)
        assert caught.value.code == code


def test_a_dripping_picture_ends_at_the_deadline() -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Type: image/jpeg\r\nContent-Length: 1000000\r\n\r\n"
    with liar(dripping(head, b"x", 0.02)) as server:
        began = time.monotonic()
        with pytest.raises(OfficeUnreachableError) as caught:
            download(server, limits=Limits(connect_s=1.0, total_s=0.5))
        assert caught.value.code == "office.timeout"
        assert time.monotonic() - began < 20


def test_what_the_reader_raises_is_not_taken_for_the_lines_fault() -> None:
    with liar(saying(PICTURE, Content_Type="image/jpeg")) as server:
        transport = Transport(server.origin, None, HeldClock())

        def read() -> None:
            with transport.download("/x", types=frozenset({"image/jpeg"})):
                raise OSError("the disk is full")

        with pytest.raises(OSError, match="disk"):
            read()
        transport.close()


@pytest.mark.parametrize(("newest", "way_out"), [(SCHEMA - 1, "总部的程序还没有升级"), (SCHEMA + 3, "请升级这台电脑")])
def test_who_must_be_updated_is_said(newest: int, way_out: str) -> None:
    found = problem("schema.unsupported", "总部支持版本 …", oldest=1, newest=newest)
    wire, headers = seal(msgspec.json.encode(found))
    described = {name.replace("-", "_"): value for name, value in headers.items()}
    with liar(saying(wire, status="409 -", Content_Type="application/problem+json", **described)) as server:
        transport = Transport(server.origin, None, HeldClock())
        with pytest.raises(OfficeRefusedError) as caught:
            transport.request("GET", "/sync/v1/pull")
        transport.close()
    assert caught.value.code == "schema.unsupported"
    assert caught.value.way_out.startswith(way_out)
    assert "所有工作都已保存在本机" in str(caught.value)


def certificate(folder: Path, start: dt.datetime, end: dt.datetime) -> tuple[Path, Path]:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(start)
        .not_valid_after(end)
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    cert_file, key_file = folder / "cert.pem", folder / "key.pem"
    cert_file.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    key_file.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return cert_file, key_file


@pytest.mark.parametrize(
    ("days", "trusted", "code"),
    [
        ((-9, -2), True, "office.clock"),
        ((2, 9), True, "office.clock"),
        ((-1, 1), False, "office.tls"),
        ((-1, 1), True, ""),
    ],
    ids=["expired", "not yet", "untrusted", "good"],
)
def test_a_wrong_clock_of_this_pc_is_named(tmp_path: Path, days: tuple[int, int], trusted: bool, code: str) -> None:
    now = dt.datetime.now(dt.UTC)
    cert, key = certificate(tmp_path, now + dt.timedelta(days[0]), now + dt.timedelta(days[1]))

    class Quiet(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            wire, headers = seal(BODY)
            self.send_response(200)
            for name, value in {**headers, "Content-Type": JSON}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(wire)

        def log_message(self, *args: object) -> None:
            """Keep quiet."""

    class Server(http.server.HTTPServer):
        def handle_error(self, request: object, client_address: object) -> None:
            """A client that hangs up is part of the case."""

    server = Server(("127.0.0.1", 0), Quiet)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(cert, key)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    origin = f"https://localhost:{server.server_port}"
    transport = Transport(origin, None, HeldClock(), trust=str(cert) if trusted else None)
    try:
        if code:
            with pytest.raises(GuideError) as caught:
                transport.request("GET", "/")
            assert caught.value.code == code
            assert ("电脑时间不对" in str(caught.value)) == (code == "office.clock")
        else:
            assert transport.request("GET", "/").body == BODY
    finally:
        transport.close()
        server.shutdown()
        thread.join()
        server.server_close()
