"""Pictures that a catalogue's rows name: files below one folder, never addresses on the network."""

from __future__ import annotations

import hashlib
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy import Connection

from guide_app.base.errors import InvalidInputError
from head_office.catalogue.products import LARGEST_PICTURE, media_type_of, save_picture
from head_office.store.tables import blob

_HEAD = 16  # bytes that tell the format


class PictureFolder:
    """The files that rows may name, by paths relative to `folder`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder.resolve()

    def check(self, name: str) -> None:
        """Raise InvalidInputError unless `name` is a picture of ours that can be read."""
        with self._file(name).open("rb") as file:
            try:
                media_type_of(file.read(_HEAD))
            except InvalidInputError as e:
                raise InvalidInputError("picture.format", f"「{name}」不是 JPEG、PNG 或 WebP 图片。") from e

    def save(self, connection: Connection, name: str) -> str:
        """Keep the picture if the office does not have it; returns its SHA-256. Raises InvalidInputError."""
        picture = self._file(name).read_bytes()
        sha256 = hashlib.sha256(picture).hexdigest()
        if connection.scalar(sa.select(blob.c.sha256).where(blob.c.sha256 == sha256)) is None:
            save_picture(connection, picture)
        return sha256

    def _file(self, name: str) -> Path:
        if "://" in name:
            raise InvalidInputError("picture.address", "图片是网址; 这里不从网上下载。", "请给出图片文件的路径。")
        path = (self._folder / name.replace("\\", "/")).resolve()
        if not path.is_relative_to(self._folder) or not path.is_file():
            raise InvalidInputError("picture.missing", f"图片文件夹里没有「{name}」。", "路径从表格所在的文件夹算起。")
        if path.stat().st_size > LARGEST_PICTURE:
            raise InvalidInputError("picture.too_large", f"图片「{name}」超过 {LARGEST_PICTURE >> 20} MB。")
        return path
