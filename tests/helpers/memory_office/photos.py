"""Photos in the office in memory: kept with the record that names them, for those who see it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import TYPE_CHECKING

from guide_app.protocol.photo import MEDIA_TYPE, MOST_BYTES, photo_fault, photo_named
from tests.helpers.memory_office.feed import Desk, Feed

if TYPE_CHECKING:
    from tests.helpers.memory_office.office import MemoryOffice

Answered = tuple[int, str, bytes] | str


def answer(
    office: MemoryOffice, desk: Desk, method: str, sha256: str, asked: Mapping[str, str], body: bytes
) -> Answered:  # fmt: skip
    """Status, media type and body of a request for a photo, or the code of the problem."""
    key = (asked.get("kind", ""), asked.get("id", ""))
    if method == "PUT":
        if len(body) > MOST_BYTES:
            return "request.too_large"
        if hashlib.sha256(body).hexdigest() != sha256:
            return "request.corrupt"
        if photo_fault(body):
            return "request.invalid"
    if not any(_names(office.feeds[scope], key, sha256) for scope in desk.granted):
        return "not_found"
    if method == "PUT":
        office.photos[key] = (sha256, body)
        return 204, "", b""
    name, held = office.photos.get(key, ("", b""))
    return (200, MEDIA_TYPE, held) if name == sha256 else "not_found"


def held(office: MemoryOffice) -> dict[str, bytes]:
    """The photos that a record names, by its id; the others are let go."""
    feeds = office.feeds.values()
    for key, (sha256, _) in list(office.photos.items()):
        if not any(_names(feed, key, sha256) for feed in feeds):
            del office.photos[key]
    return {record_id: body for (_, record_id), (_, body) in office.photos.items()}


def _names(feed: Feed, key: tuple[str, str], sha256: str) -> bool:
    live = feed.live.get(key)
    return live is not None and photo_named(key[0], dict(live[1].data)) == sha256
