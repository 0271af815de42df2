"""A photo, large: chosen from a file or pasted, looked at, taken away. And the button that opens it."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QMimeData, QSize, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QImage, QKeyEvent, QKeySequence, QPixmap, QResizeEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from ui.kit.buttons import button
from ui.kit.errors import Failure
from ui.kit.record_photo import make_plain, read_photo
from ui.kit.text import label, restyle
from ui.kit.work import Work
from ui.pages.clients.dialogs import FormDialog

_VIEW, _MARGINS, _LARGEST, _THUMB = QSize(560, 380), 40, 1600, 48

Source = Path | QImage


class PhotoDialog(FormDialog):
    """Starts with a photo or without; when accepted, `body` is what shall be kept (JPEG; empty: none)."""

    def __init__(
        self, parent: QWidget, work: Work, title: str, body: bytes, *, there: bool = False, fixed: bool = False
    ) -> None:
        """`there`: the record names a photo, though it may not have come yet; `fixed`: only to be looked at."""
        super().__init__(parent, title, QCoreApplication.translate("PhotoDialog", "保存"))
        self.body = body
        self._there = there or bool(body)
        self._before, self._work, self._fixed, self._image = (body, self._there), work, fixed, QImage()
        self.view = QLabel()
        self.view.setMinimumSize(_VIEW)
        self.view.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.view.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)
        self.setMinimumWidth(_VIEW.width() + _MARGINS)
        self.view.setProperty("role", "hint")
        self.form.addRow(self.view)
        self.pick, self.paste = button(self.tr("选图片…")), button(self.tr("粘贴 (Ctrl+V)"))
        self.drop = button(self.tr("去掉照片"))
        self.said = label("", "hint", wrap=True)
        if not fixed:
            self._add_ways()
        self.form.addRow(self.said)
        self.finish()
        if fixed:
            self.go.hide()
            self.back.setText(self.tr("关闭"))
        self._show()

    def take(self, source: Source) -> None:
        """Make what was chosen small and plain, off the window's thread, and show it."""
        self._say(self.tr("正在读取…"))
        self._work.query(
            lambda _job: make_plain(source), owner=self, slot="photo", done=self._taken, failed=self._refused
        )

    def _add_ways(self) -> None:
        line = QHBoxLayout()
        for way in (self.pick, self.paste, self.drop):
            way.setAutoDefault(False)
            line.addWidget(way)
        line.addStretch(1)
        self.form.addRow(line)
        self.pick.clicked.connect(self._pick)
        self.paste.clicked.connect(self._paste)
        self.drop.clicked.connect(lambda: self._taken(b""))
        if self._there and not self.body:
            self._say(self.tr("这张照片还没同步到本机: 现在可以换一张或去掉它, 但不能撤销。"))
        else:
            self._say(
                self.tr("照片会缩小; 拍摄的地点、时间和手机型号不会保存。只给本店和总部看, 随客户的资料一起抹除。")
            )
        self.pick.setFocus()

    def _pick(self) -> None:
        dialog = QFileDialog(self, self.tr("选图片"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter(self.tr("图片 (*.jpg *.jpeg *.png *.webp)"))
        dialog.fileSelected.connect(lambda chosen: self.take(Path(chosen)))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _paste(self) -> None:
        source = pasted(QGuiApplication.clipboard().mimeData())
        if source is None:
            self._say(self.tr("剪贴板里没有图片。"), warn=True)
        else:
            self.take(source)

    def _taken(self, body: bytes) -> None:
        self.body, self._there = body, bool(body)
        self._say("")
        self._show()
        (self.go if self.go.isEnabled() else self.pick).setFocus()

    def _refused(self, failure: Failure) -> None:
        self._say(" ".join(filter(None, (failure.sentence, failure.way_out))), warn=True)

    def _say(self, text: str, *, warn: bool = False) -> None:
        self.said.setText(text)
        self.said.setVisible(bool(text))
        restyle(self.said, role="warn" if warn else "hint")

    def _show(self) -> None:
        self._image = read_photo(self.body, _LARGEST) if self.body else QImage()
        self.go.setEnabled((self.body, self._there) != self._before)
        self.drop.setEnabled(self._there)
        self.view.setAccessibleName(self.tr("照片") if self._there else self.tr("没有照片"))
        self._paint()

    def _paint(self) -> None:
        if self._image.isNull():
            self.view.setText(self.tr("照片还没到或读不出来。") if self._there else self.tr("没有照片"))
            return
        ratio = self.devicePixelRatioF()
        room = self.view.size().expandedTo(_VIEW) * ratio
        fitting = self._image.size().scaled(room, Qt.AspectRatioMode.KeepAspectRatio).boundedTo(self._image.size())
        shown = QPixmap.fromImage(
            self._image.scaled(fitting, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation)
        )
        shown.setDevicePixelRatio(ratio)
        self.view.setPixmap(shown)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Ctrl+V pastes a photo wherever the keyboard is."""
        if event.matches(QKeySequence.StandardKey.Paste) and not self._fixed:
            self._paste()
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """The photo takes the room that there is."""
        super().resizeEvent(event)
        self._paint()


class PhotoButton(QPushButton):
    """A small photo, or the word that there is none; pressing it opens the large one."""

    def __init__(self, name: str, opened: Callable[[], object]) -> None:
        """`name` is what the photo is of."""
        super().__init__()
        self._name = name
        self.setProperty("kind", "link")
        self.setIconSize(QSize(_THUMB, _THUMB))
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setAutoDefault(False)
        self.clicked.connect(lambda _checked: opened())
        self.show_photo(b"", there=False)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter opens it as the space bar does."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
            return
        super().keyPressEvent(event)

    def show_photo(self, body: bytes, *, there: bool) -> None:
        """`there`: the record names a photo; `body` is empty while it has not come."""
        image = read_photo(body, _THUMB * 3) if body else QImage()
        self.setIcon(QIcon(QPixmap.fromImage(image)) if not image.isNull() else QIcon())
        if not there:
            text = self.tr("+ 照片")
        elif image.isNull():
            text = self.tr("照片还没同步到")
        else:
            text = self.tr("看大图")
        self.setText(text)
        self.setAccessibleName(f"{self._name}: {text}")


def pasted(data: QMimeData) -> Source | None:
    """The picture on the clipboard: an image, or the first file that was copied; None if there is neither."""
    if data.hasImage():
        image = QGuiApplication.clipboard().image()
        return None if image.isNull() else image
    files = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
    return files[0] if files else None
