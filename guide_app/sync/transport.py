"""The one door to the network.

Answers are believed only when whole: length and SHA-256 must match, the type must be the office's, nothing may
redirect, unfold past its cap or drip longer than the deadline. What a portal, proxy or broken line gives becomes
an error that says so, and no work is lost by it.
"""

from __future__ import annotations

import re
import ssl
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import Any

import msgspec
import requests
import urllib3
from requests.adapters import HTTPAdapter

from guide_app.base.clock import Clock, china_datetime
from guide_app.base.errors import OfficeUnreachableError
from guide_app.protocol.envelope import SCHEMA_HEADER, SHA_HEADER, CorruptBodyError, seal, unseal
from guide_app.protocol.messages import SCHEMA
from guide_app.protocol.problems import MEDIA_TYPE, Problem
from guide_app.sync.errors import OfficeBusyError, refused, unreachable
from guide_app.sync.line import Line, causes, was_let_go

JSON_TYPES = frozenset({"application/json", "application/x-ndjson"})
_CHUNK = 1 << 16
_OK, _NO_CONTENT, _PARTIAL, _NOT_MODIFIED = 200, 204, 206, 304
_REDIRECT, _BAD_REQUEST, _TOO_MANY, _SERVER = 300, 400, 429, 500
_CONTENT_RANGE = re.compile(r"bytes (\d{1,15})-(\d{1,15})/(\d{1,15})")
# OpenSSL's X509_V_ERR_CERT_NOT_YET_VALID and X509_V_ERR_CERT_HAS_EXPIRED.
_CLOCK_FAULTS = frozenset({9, 10})
# A read gives up after as long as the deadline: on a busy PC it may be first.
_WAITED_IN_VAIN = (requests.exceptions.ReadTimeout, urllib3.exceptions.ReadTimeoutError)


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds to connect and in all; bytes on the wire and unfolded."""

    connect_s: float = 8.0
    total_s: float = 60.0
    wire_bytes: int = 32 << 20
    plain_bytes: int = 128 << 20


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole, checked answer. `sent_ms` and `got_ms` are this PC's clock (UTC ms) round the request."""

    status: int
    body: bytes
    sent_ms: int
    got_ms: int
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def nothing_new(self) -> bool:
        """Whether the office said 304."""
        return self.status == _NOT_MODIFIED

    @property
    def bare(self) -> bool:
        """Whether the office said 204."""
        return self.status == _NO_CONTENT


@dataclass(frozen=True, slots=True)
class Download:
    """A body on its way, unchecked: `pieces` are its bytes from `first` on, of `total` in all (None: not said)."""

    first: int
    total: int | None
    pieces: Iterator[bytes]


@dataclass(frozen=True, slots=True)
class _Sent:
    """What goes with a request."""

    headers: Mapping[str, str]
    body: bytes
    params: Sequence[tuple[str, str]] = ()


class Transport:
    """Speaks HTTP with one office. One request at a time; safe to share between threads.

    `trust` names a file of certificates to trust instead of the usual ones.
    """

    def __init__(
        self,
        origin: str,
        token: str | None,
        clock: Clock,
        *,
        limits: Limits | None = None,
        trust: str | None = None,
    ) -> None:
        self._origin = origin.rstrip("/")
        self._clock = clock
        self._limits = limits or Limits()
        self._busy = threading.Lock()
        self._line = Line()
        self._session = requests.Session()
        self._session.trust_env = False  # no proxy, netrc or certificate of the environment slips in between
        self._session.verify = trust or True
        self._session.headers.clear()
        self._session.headers.update({"User-Agent": "guide-desk", SCHEMA_HEADER: str(SCHEMA)})
        if token is not None:
            self._session.headers["Authorization"] = f"Bearer {token}"
        for scheme in ("http://", "https://"):
            self._session.mount(scheme, _DeadlineAdapter(self._line))

    def close(self) -> None:
        """Let the connection go."""
        self._session.close()

    def interrupt(self) -> None:
        """Break the request under way off, from another thread; it ends as if the time were up."""
        self._line.shut()

    def request(
        self,
        method: str,
        path: str,
        *,
        params: Sequence[tuple[str, str]] = (),
        message: bytes | None = None,
        key: str | None = None,
        types: frozenset[str] = JSON_TYPES,
        bare: bool = False,
    ) -> Answer:
        """Send `message` (plain JSON) and return a 200 or 304 answer, its body unfolded and checked.

        `key` is the idempotency key; `types` the media types to believe; a `bare` answer is 204 or 304. Raises
        OfficeUnreachableError (no answer, or not from the office), OfficeBusyError (429, 5xx), OfficeRefusedError (4xx
        with a reason).
        """
        headers = {"Accept-Encoding": "zstd"}  # no Accept: the office has one form of each answer, and a poll is bytes
        body = b""
        if message is not None:
            body, sealed = seal(message)
            headers |= sealed | {"Content-Type": "application/json"}
        if key is not None:
            headers["Idempotency-Key"] = key
        return self._exchange(method, path, _Sent(headers, body, params), types, bare=bare)

    def upload(self, path: str, body: bytes, media_type: str) -> None:
        """Hand in a file as it is, named by its address; the answer is 204. Raises what `request` raises."""
        headers = {"Accept-Encoding": "identity", "Content-Type": media_type}
        answer = self._exchange("PUT", path, _Sent(headers, body), JSON_TYPES, bare=True)
        if not answer.bare:
            raise unreachable("office.malformed", "总部没有确认收到文件。")

    def _exchange(self, method: str, path: str, sent: _Sent, types: frozenset[str], *, bare: bool) -> Answer:
        with self._busy, self._told(), self._line.deadline(self._limits.total_s):
            sent_ms = self._clock.now_ms()
            with self._session.request(
                method,
                self._origin + path,
                params=list(sent.params),
                data=sent.body or None,
                headers=sent.headers,
                stream=True,
                allow_redirects=False,
                timeout=(self._limits.connect_s, self._limits.total_s),
            ) as response:
                wire = self._read(response)
                got_ms = self._clock.now_ms()
        plain = b"" if bare and response.status_code == _NO_CONTENT else self._judge(response, wire, types)
        return Answer(response.status_code, plain, sent_ms, got_ms, response.headers)

    @contextmanager
    def download(self, path: str, *, types: frozenset[str], first: int = 0, tag: str = "") -> Iterator[Download]:
        """Read a body piece by piece, from byte `first` on if the office agrees (RFC 9110, section 14).

        `tag` is the entity tag of what the bytes before `first` are of. The reader checks what it got, whose end may
        be missing. A block that is left early breaks the line off. Raises what `request` raises, also from `pieces`.
        """
        headers = {"Accept": ", ".join(sorted(types)), "Accept-Encoding": "identity"}
        if first:
            headers |= {"Range": f"bytes={first}-", "If-Range": tag}
        with self._busy, self._line.deadline(self._limits.total_s), ExitStack() as line:
            with self._told():
                # Closed also when the time is up between its head and its body.
                response = line.enter_context(
                    self._session.get(
                        self._origin + path,
                        headers=headers,
                        stream=True,
                        allow_redirects=False,
                        timeout=(self._limits.connect_s, self._limits.total_s),
                    )
                )
            if response.status_code not in (_OK, _PARTIAL):
                with self._told():
                    wire = self._read(response)
                self._judge(response, wire, types)
            _check_type(response, types)
            if response.headers.get("Content-Encoding", "identity") != "identity":
                raise unreachable("office.corrupt", "网络改动了总部的回答。")
            begins, total = _span(response)
            yield Download(begins, total, self._pieces(response))

    def _pieces(self, response: requests.Response) -> Iterator[bytes]:
        while True:
            with self._told():
                piece = response.raw.read1(_CHUNK, decode_content=False)
            if not piece:
                return
            yield piece

    def _read(self, response: requests.Response) -> bytes:
        parts: list[bytes] = []
        size = 0
        while part := response.raw.read1(_CHUNK, decode_content=False):
            size += len(part)
            if size > self._limits.wire_bytes:
                raise unreachable("office.too_large", f"总部的回答超过 {self._limits.wire_bytes} 字节, 已中止。")
            parts.append(part)
        return b"".join(parts)

    def _judge(self, response: requests.Response, wire: bytes, types: frozenset[str]) -> bytes:
        status = response.status_code
        if status == _NOT_MODIFIED:
            return b""
        if _REDIRECT <= status < _BAD_REQUEST:
            raise unreachable("office.redirect", "网络把请求转到了别处, 可能需要先登录商场的无线网。")
        if status >= _BAD_REQUEST:
            raise self._refusal(response, wire)
        if status != _OK:
            raise _foreign()
        _check_type(response, types)
        return self._open(response, wire)

    def _open(self, response: requests.Response, wire: bytes) -> bytes:
        length = response.headers.get("Content-Length")
        if length is not None and length != str(len(wire)):
            raise unreachable("office.corrupt", "总部的回答不完整。")
        try:
            return unseal(
                wire,
                sha256=response.headers.get(SHA_HEADER),
                encoding=response.headers.get("Content-Encoding"),
                limit=self._limits.plain_bytes,
            )
        except CorruptBodyError as e:
            raise unreachable("office.corrupt", f"总部的回答在路上损坏了 ({e})。") from e

    def _refusal(self, response: requests.Response, wire: bytes) -> Exception:
        status = response.status_code
        found = self._problem(response, wire) if _media_type(response) == MEDIA_TYPE else None
        if status == _TOO_MANY or status >= _SERVER:
            sentence = found.detail or found.title if found else f"总部暂时不能处理 (HTTP {status})。"
            return OfficeBusyError(status, sentence, _retry_after(response.headers))
        if found is None:
            return unreachable("office.foreign", f"回答的不是总部 (HTTP {status})。")
        return refused(found)

    def _problem(self, response: requests.Response, wire: bytes) -> Problem | None:
        # A gateway may write the refusal, so a checksum is checked where there is one and not asked for.
        if response.headers.get(SHA_HEADER):
            wire = self._open(response, wire)
        try:
            return msgspec.json.decode(wire, type=Problem)
        except msgspec.DecodeError:
            return None

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except requests.exceptions.SSLError as e:
            raise self._tls_error(e) from e
        except (requests.exceptions.RequestException, urllib3.exceptions.HTTPError, OSError) as e:
            if self._line.overdue or isinstance(e, _WAITED_IN_VAIN):
                raise self._too_slow() from e
            raise unreachable("office.unreachable", f"连不上总部 {self._origin}。") from e
        if self._line.overdue:  # the shut socket can look like the end of a body
            raise self._too_slow()

    def _too_slow(self) -> OfficeUnreachableError:
        return unreachable("office.timeout", f"总部在 {self._limits.total_s:g} 秒内没有答完。")

    def _tls_error(self, error: Exception) -> OfficeUnreachableError:
        fault = _certificate_fault(error)
        if fault is not None and fault.verify_code in _CLOCK_FAULTS:
            today = china_datetime(self._clock.now_ms()).strftime("%Y-%m-%d %H:%M")
            return unreachable(
                "office.clock",
                f"电脑时间不对: 现在显示 {today}, 总部的证书在这个时间无效。",
                "请校正日期和时间后再同步。",
            )
        return unreachable("office.tls", "总部的证书不可信, 连接已中止。", "请联系总部信息部门。")


class _DeadlineAdapter(HTTPAdapter):
    """An adapter whose connections tell their socket to a `Line`, and that asks once more where a kept one was let go.

    A kept connection may be closed by the other end in the moment in which it is used again. Every request of ours is
    idempotent: what only reads, photos by their name, changes by their numbers, an enrolment by its code and key.
    """

    def __init__(self, line: Line) -> None:
        self._line = line
        super().__init__(pool_connections=1, pool_maxsize=1, max_retries=0)

    def send(self, request: requests.PreparedRequest, *args: Any, **kwargs: Any) -> requests.Response:
        """Send a request; raises what `HTTPAdapter.send` raises."""
        dialled = self._line.dialled
        try:
            return super().send(request, *args, **kwargs)
        except requests.exceptions.ConnectionError as e:
            if dialled != self._line.dialled or self._line.overdue or not was_let_go(e):
                raise
        return super().send(request, *args, **kwargs)

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        """Make the pools, with connections of our own."""
        super().init_poolmanager(*args, **kwargs)
        line = self._line

        class Plain(urllib3.connection.HTTPConnection):
            def connect(self) -> None:
                line.dials()
                super().connect()
                line.taken(self.sock)

        class Secure(urllib3.connection.HTTPSConnection):
            def connect(self) -> None:
                line.dials()
                super().connect()
                line.taken(self.sock)

        class PlainPool(urllib3.HTTPConnectionPool):
            ConnectionCls = Plain

        class SecurePool(urllib3.HTTPSConnectionPool):
            ConnectionCls = Secure

        self.poolmanager.pool_classes_by_scheme = {"http": PlainPool, "https": SecurePool}


def _media_type(response: requests.Response) -> str:
    return response.headers.get("Content-Type", "").partition(";")[0].strip().lower()


def _check_type(response: requests.Response, types: frozenset[str]) -> None:
    if _media_type(response) not in types:
        raise _foreign()


def _foreign() -> OfficeUnreachableError:
    return unreachable("office.foreign", "回答的不是总部 (可能是商场无线网的登录页)。")


def _span(response: requests.Response) -> tuple[int, int | None]:
    """The first byte of the body and the length of the whole, as the answer says."""
    if response.status_code == _OK:
        length = response.headers.get("Content-Length", "")
        return 0, int(length) if length.isascii() and length.isdigit() else None
    said = _CONTENT_RANGE.fullmatch(response.headers.get("Content-Range", ""))
    if said is None:
        raise unreachable("office.malformed", "总部没有说明回答的是哪一段。")
    return int(said[1]), int(said[3])


def _certificate_fault(error: BaseException) -> ssl.SSLCertVerificationError | None:
    return next((one for one in causes(error) if isinstance(one, ssl.SSLCertVerificationError)), None)


def _retry_after(headers: Mapping[str, str]) -> float | None:
    text = headers.get("Retry-After", "")
    return float(text) if text.isascii() and text.isdigit() else None
