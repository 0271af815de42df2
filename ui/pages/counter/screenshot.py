"""Codes out of a picture that was pasted, dropped or opened as a file."""

from PySide6.QtCore import QCoreApplication, QMimeData
from PySide6.QtGui import QImage, QImageReader

from guide_app.base.errors import InvalidInputError
from guide_app.flows.scanned import Found, Scans
from guide_app.sharing.decode import read_codes
from ui.kit.glances import glances
from ui.kit.poster.photos import MAX_PIXELS


def has_picture(data: QMimeData) -> bool:
    """Whether there is a picture, or a file that may be one."""
    return data.hasImage() or any(url.isLocalFile() for url in data.urls())


def pasted_picture(data: QMimeData) -> QImage | str:
    """The picture, or the name of the file that may hold it; to be called on the GUI thread."""
    if data.hasImage():
        image = data.imageData()
        if isinstance(image, QImage):
            return image
    return next((url.toLocalFile() for url in data.urls() if url.isLocalFile()), "")


def codes_in(picture: QImage | str, scans: Scans) -> tuple[Found, ...]:
    """What the codes in a picture mean, those that mean nothing left out. Works on any thread.

    Raises InvalidInputError saying what was found instead.
    """
    texts = read_codes(glances(_opened(picture)))
    found = tuple(one for one in (scans.find(text) for text in texts) if one.kind not in ("nothing", "card"))
    if found:
        return found
    if texts:
        raise InvalidInputError(
            "coupon.not_a_code",
            QCoreApplication.translate("Screenshot", "图里的二维码不是券码。"),
            QCoreApplication.translate("Screenshot", "请客户打开「我的券」页面, 重新截图。"),
        )
    raise InvalidInputError(
        "coupon.no_code",
        QCoreApplication.translate("Screenshot", "图里没有找到二维码。"),
        QCoreApplication.translate("Screenshot", "请截全整个二维码, 四周留一点白边; 或手工输入券码。"),
    )


def _opened(picture: QImage | str) -> QImage:
    if isinstance(picture, QImage):
        image = picture
    else:
        reader = QImageReader(picture)
        reader.setDecideFormatFromContent(True)
        size = reader.size()
        image = reader.read() if 0 < size.width() * size.height() <= MAX_PIXELS else QImage()
    if image.isNull():
        raise InvalidInputError(
            "coupon.no_picture",
            QCoreApplication.translate("Screenshot", "剪贴板里没有能打开的图片。"),
            QCoreApplication.translate("Screenshot", "先截图, 或在聊天窗口里复制图片, 再粘贴。"),
        )
    return image
