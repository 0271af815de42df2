"""`/s/static/…` and `/s/blob/…`: what pages are made with, under addresses that never change their meaning."""

from __future__ import annotations

import re

from starlette.requests import Request
from starlette.responses import Response

from head_office.landing.answers import Message, file, message_page, not_modified
from head_office.landing.photos import WIDTHS, BadPhotoError, Photo, scale
from head_office.landing.queries import read_photo
from head_office.landing.services import Services

_SHA256 = re.compile(r"[0-9a-f]{64}")
_NO_FILE = Message(404, "没有这个文件", "这个地址下什么也没有。")


def get_static(services: Services, request: Request) -> Response:
    """Style sheet, script, icon."""
    asset = services.assets.by_name.get(request.path_params["name"])
    if asset is None:
        return message_page(services, _NO_FILE)
    return file(request, asset.media_type, asset.content, asset.name)


def get_blob(services: Services, request: Request) -> Response:
    """A product's picture, at one of the widths that pages ask for, or as it was stored."""
    sha256, width = request.path_params["sha256"], request.path_params.get("width", 0)
    if not _SHA256.fullmatch(sha256) or width not in (0, *WIDTHS):
        return message_page(services, _NO_FILE)
    tag = f"{sha256}-{width}"
    if not_modified(request, tag):
        return file(request, "", b"", tag)
    try:
        photo = _photo(services, sha256, width)
    except BadPhotoError:
        photo = None
    return file(request, photo.media_type, photo.content, tag) if photo else message_page(services, _NO_FILE)


def _photo(services: Services, sha256: str, width: int) -> Photo | None:
    """The picture, made once for each width. Raises BadPhotoError."""
    kept = services.photos.get(sha256, width)
    if kept is not None:
        return kept
    with services.engine.connect() as connection:
        stored = read_photo(connection, sha256)
    if stored is None:
        return None
    photo = scale(stored, width)
    services.photos.put(sha256, width, photo)
    return photo
