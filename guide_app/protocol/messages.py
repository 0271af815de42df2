"""What travels between a desktop and head office (`/sync/v1/…`).

Bodies are UTF-8 JSON; a pull answers with one JSON array a line. Every body carries its length and SHA-256 in the
headers (`guide_app.protocol.envelope`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Literal, TypeAlias

import msgspec
from msgspec import Struct

from guide_app.protocol.hlc import Stamp
from guide_app.protocol.merge import Status
from guide_app.protocol.scopes import Scope

#: Version of records and messages. The office speaks this one and the two before it.
SCHEMA = 2
MAX_BATCH = 500
PAGE_LIMIT = 2_000

Op: TypeAlias = Literal["put", "patch", "remove", "command", "void"]


class Mutation(Struct, frozen=True, omit_defaults=True):
    """One change made on a device.

    `mid` is gapless per device from 1; `group` binds mutations of one local transaction (the mid of its first); `kind`
    is a record kind or, for a command, its name; `by` is the acting guide. `data` holds changed fields, the whole
    fact, or the command's parameters. A `void` takes the place of a mutation that made the office fail: it settles the
    number and changes nothing; its `data` may carry the original's `op` and, as JSON text, its `data`. `schema` is the
    version of the program that wrote it; 0 (left out) is that of the request which carries it.
    """

    mid: int
    op: Op
    kind: str
    id: str
    store: str
    stamp: Stamp
    data: dict[str, Any] = {}
    by: str | None = None
    group: int = 0
    schema: int = 0


class Push(Struct, frozen=True, omit_defaults=True):
    """Mutations in order of `mid`; at most MAX_BATCH; none at all only asks where the office stands.

    `after` is the chain (`guide_app.protocol.chain`) of the mutation before the first, empty where the device no longer
    knows it. If the office comes to another chain at its `last_mid`, two copies of a PC are writing under one name
    (`device.forked`).

    `brief`: the answer may say of a record that it stands as sent (SentFrame) instead of repeating it.
    """

    mutations: list[Mutation]
    after: str = ""
    brief: bool = False


class Result(Struct, frozen=True, omit_defaults=True):
    """What became of one mutation, unless it was plainly applied. `lost` holds the sent values that did not win."""

    mid: int
    status: Status
    code: str = ""
    detail: str = ""
    lost: dict[str, Any] = {}


class ScopeMove(Struct, frozen=True, array_like=True):
    """A push moved the head of `scope`: a device that stood at `before` now stands at `after`.

    `digest` and `n_live` are the head's then; an empty digest says nothing.
    """

    scope: Scope
    epoch: str
    before: int
    after: int
    digest: str = ""
    n_live: int = 0


class Pushed(Struct, frozen=True, omit_defaults=True):
    """Answer to a push: everything up to `last_mid` is settled. A replay of the same push answers the same.

    `records` are frames of the rows as they now stand. `chain` is the office's at `last_mid`: a device that comes to
    another one is a copy.
    """

    last_mid: int
    results: list[Result] = []
    records: list[Frame] = []
    moves: list[ScopeMove] = []
    server_ms: int = 0
    chain: str = ""


class RecordFrame(Struct, frozen=True, array_like=True, gc=False, tag="r"):
    """A record as it stands at `seq` of `scope`. Fields at their default are left out of `data`."""

    scope: Scope
    kind: str
    id: str
    seq: int
    data: dict[str, Any]


class SentFrame(Struct, frozen=True, array_like=True, gc=False, tag="s"):
    """In the answer to a `brief` push: the record stands at `seq` of `scope` as its one `put` of that push said."""

    scope: Scope
    kind: str
    id: str
    seq: int


class GoneFrame(Struct, frozen=True, array_like=True, gc=False, tag="x"):
    """The record is gone for good."""

    scope: Scope
    kind: str
    id: str
    seq: int


class LeaveFrame(Struct, frozen=True, array_like=True, gc=False, tag="l"):
    """The record left this scope; the device purges all it holds of it."""

    scope: Scope
    kind: str
    id: str
    seq: int


class DropFrame(Struct, frozen=True, array_like=True, gc=False, tag="d"):
    """The device lost its grant for the scope and purges it whole."""

    scope: Scope


class ScopeFrame(Struct, frozen=True, array_like=True, gc=False, tag="c"):
    """Where the cursor of a scope stands after this page. `digest` and `n_live` hold for `seq` = the head's.

    An `epoch` other than the cursor's says that the office was restored: nothing of the scope is served before the
    device has reconciled it by buckets. `after` is the place that the page follows, so that a page which answers
    another question (a cache's) is known; -1 where an office does not say it, or the place follows none.
    """

    scope: Scope
    epoch: str
    seq: int
    n_live: int
    digest: str
    more: bool
    after: int = -1


class EndFrame(Struct, frozen=True, array_like=True, gc=False, tag="end"):
    """Last line of a page; without it the page was cut. `count` is the number of lines before it.

    `revised` are numbers of this device's refused mutations that the office has taken in after all.
    """

    last_mid: int
    server_ms: int
    count: int
    revised: list[int] = []


Frame: TypeAlias = RecordFrame | SentFrame | GoneFrame | LeaveFrame | DropFrame | ScopeFrame | EndFrame


class Cursor(Struct, frozen=True, array_like=True):
    """How far a device has come in a scope. An unknown epoch (empty) means from the start."""

    scope: Scope
    epoch: str
    seq: int

    def text(self) -> str:
        """Form in the query string of a pull: `scope~epoch~seq`."""
        return f"{self.scope}~{self.epoch}~{self.seq}"

    @classmethod
    def parse(cls, text: str) -> Cursor:
        """Read the query form. Raises ValueError."""
        scope, epoch, seq = text.split("~")
        return cls(scope, epoch, int(seq))


class Enrol(Struct, frozen=True, omit_defaults=True):
    """Asks head office to take this PC in. `signing_key` is an Ed25519 public key (RFC 8032), hex.

    `recovery_key` opens the PC's database if its keyring is lost; head office keeps it in escrow.
    """

    code: str
    name: str
    signing_key: str
    recovery_key: str
    app_version: str
    schema: int = SCHEMA


class Enrolled(Struct, frozen=True):
    """Head office's answer, given once. `token` is the bearer secret; `link_key` signs links (32 bytes, hex)."""

    device_id: str
    token: str
    tag: str
    key_no: int
    link_key: str
    store_id: str
    store_name: str
    scopes: list[Scope]
    link_origin: str
    brand: str
    server_ms: int


class Buckets(Struct, frozen=True):
    """A scope's records by bucket (`guide_app.protocol.digest`), at one moment: digest and number of each, 0 to 255."""

    scope: Scope
    epoch: str
    seq: int
    n_live: int
    digest: str
    buckets: list[tuple[str, int]]


class Erased(Struct, frozen=True, omit_defaults=True):
    """A device says that nothing is left on it of these clients or, with `wiped`, of anything."""

    clients: list[str] = []
    wiped: bool = False


class StorePc(Struct, frozen=True, omit_defaults=True):
    """A PC of a store as its neighbours see it. `waiting`: changes it had not handed in at its last contact."""

    id: str
    name: str
    store_id: str
    last_contact_ms: int
    waiting: int = 0
    app_version: str = ""
    revoked: bool = False


class StorePcs(Struct, frozen=True):
    """All PCs of the stores that a device may see."""

    pcs: list[StorePc]


class LinkPlace(Struct, frozen=True):
    """With what this PC signs links from now on, and where customers open them (`standby`: where they open, too)."""

    key_no: int
    link_key: str
    origin: str
    standby: list[str]


class Filled(Struct, frozen=True, array_like=True):
    """Fields of a record that a newer schema added, as they stand at `seq`; one line of a back-fill."""

    id: str
    seq: int
    fields: dict[str, Any]


_encoder = msgspec.json.Encoder()
_frame_decoder = msgspec.json.Decoder(Frame, strict=True)


def encode(message: Struct) -> bytes:
    """JSON of one message."""
    return _encoder.encode(message)


def encode_lines(frames: Iterable[Frame]) -> bytes:
    """Frames as one JSON array a line."""
    return _encoder.encode_lines(list(frames))


def decode_lines(body: bytes) -> Iterator[Frame]:
    """Read frames line by line. Raises msgspec.DecodeError or ValidationError at the first bad line."""
    return (_frame_decoder.decode(line) for line in body.splitlines() if line)


def page_end(frames: Sequence[Frame]) -> EndFrame:
    """The end frame of a complete page. Raises ValueError if the page was cut or lines are missing."""
    end = frames[-1] if frames else None
    if not isinstance(end, EndFrame) or end.count != len(frames) - 1:
        raise ValueError("the page is not complete")
    return end
