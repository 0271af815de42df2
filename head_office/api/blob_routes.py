"""`/sync/v1/blobs/<sha256>`: pictures, named by the SHA-256 of their bytes, so that no copy is ever out of date."""

from __future__ import annotations

import re
from collections.abc import Mapping

from guide_app.protocol.envelope import SCHEMA_HEADER, SHA_HEADER
from head_office.api.call import Answer, Call, RefusalError
from head_office.api.operation import Operation, Query
from head_office.api.photo_routes import fetch_photo, is_photo
from head_office.api.services import Services
from head_office.api.sync_routes import bearer, check_schema
from head_office.catalogue.products import Picture, find_picture, read_picture
from head_office.enrolment.devices import authenticate

_SHA256 = re.compile(r"[0-9a-f]{64}")
_RANGE = re.compile(r"bytes=(\d{1,12})-(\d{0,12})")
_FOREVER = "private, max-age=31536000, immutable"


def fetch_blob(services: Services, call: Call) -> Answer:
    """Hand out a picture, whole or in part (RFC 9110, sections 13 and 14); of a part no more is read than is sent.

    A range that does not fit is answered by the whole, as the standard allows.
    """
    check_schema(call)
    if is_photo(call):
        return fetch_photo(services, call)
    sha256 = call.path["sha256"]
    tag = f'"{sha256}"'
    headers = {"ETag": tag, "Cache-Control": _FOREVER, "Accept-Ranges": "bytes"}
    with services.engine.connect() as connection:
        authenticate(connection, bearer(call), services.clock.now_ms())
        picture = find_picture(connection, sha256) if _SHA256.fullmatch(sha256) else None
        if picture is None:
            raise RefusalError("not_found", "没有这张图片。")
        if _is_named(call.headers.get("if-none-match", ""), tag):
            return Answer(304, headers=headers)
        part = _part(call.headers, tag, picture)
        first, last = part or (0, picture.size - 1)
        body = read_picture(connection, sha256, first, last - first + 1)
    if part is None:
        return Answer(200, body, picture.media_type, {**headers, SHA_HEADER: sha256})
    headers["Content-Range"] = f"bytes {first}-{last}/{picture.size}"
    return Answer(206, body, picture.media_type, headers)


def _part(headers: Mapping[str, str], tag: str, picture: Picture) -> tuple[int, int] | None:
    """First and last byte asked for; None for the whole."""
    said = _RANGE.fullmatch(headers.get("range", ""))
    if said is None or headers.get("if-range", tag) != tag:
        return None
    first, last = int(said[1]), min(int(said[2] or picture.size), picture.size - 1)
    return (first, last) if first <= last else None


def _is_named(condition: str, tag: str) -> bool:
    return condition == "*" or tag in (one.strip().removeprefix("W/") for one in condition.split(","))


OPERATIONS = (
    Operation(
        "GET",
        "/sync/v1/blobs/{sha256}",
        fetch_blob,
        "取一张图片 (支持 Range, ETag)",
        "sync",
        auth="device",
        response="image/*",
        query=(
            Query("kind", "for a photo of a record: the kind of the record that names it"),
            Query("id", "for a photo of a record: that record"),
        ),
        headers=((SCHEMA_HEADER, "schema of the records"),),
        conditions=(
            ("Range", "`bytes=first-` or `bytes=first-last`"),
            ("If-Range", 'the picture\'s ETag, `"<sha256>"`'),
            ("If-None-Match", "same"),
        ),
        problems=("not_found", "device.revoked", "schema.unsupported"),
        statuses=((206, "The part asked for by `Range`."), (304, "The copy at hand is the picture.")),
    ),
)
