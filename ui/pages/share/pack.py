"""朋友圈素材包: square pictures of what is shared, the poster with its code, and the words, for one post."""

from PySide6.QtGui import QImage

from guide_app.sharing.content import Photo, PosterContent
from ui.kit.poster.jpeg import encode_jpeg
from ui.kit.poster.photos import PhotoCache
from ui.kit.poster.square import square

#: The most pictures that one post (朋友圈) takes.
MOST = 9

_EDGE = 1080
_WORDS = "文案.txt"


def pack_files(content: PosterContent, poster: QImage, words: str, photos: PhotoCache) -> dict[str, bytes]:
    """The files of a pack by name, numbered in the order in which they are to be posted: the poster comes last.

    Photos are cut square, cut-outs stand on white; one that several parts share comes once. Raises PhotoError.
    """
    shown: list[Photo | None] = [content.photo, *(item.photo for item in content.items)]
    different = {photo.key: photo for photo in shown if photo is not None}
    pictures = [square(photos, photo, _EDGE) for photo in list(different.values())[: MOST - 1]]
    files = {f"{number}.jpg": encode_jpeg(picture) for number, picture in enumerate((*pictures, poster), 1)}
    return {**files, _WORDS: words.encode("utf-8-sig")}
