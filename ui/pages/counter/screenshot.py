"""A coupon's code out of a picture on the clipboard."""

from PySide6.QtCore import QCoreApplication, QMimeData
from PySide6.QtGui import QImage, QImageReader

from guide_app.base.errors import InvalidInputError
from guide_app.protocol.coupon_code import is_valid_code, normalise_code
from ui.kit.poster.photos import MAX_PIXELS
from ui.kit.poster.verify import read


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


def code_in(picture: QImage | str) -> str:
    """The coupon code in a picture. Works on any thread. Raises InvalidInputError saying what was found instead."""
    found = read(_opened(picture), "screenshot").texts
    for text in found:
        code = normalise_code(text)
        if is_valid_code(code):
            return code
    if found:
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
