"""Small choices at the right: template as a miniature, palette as a disc, coupon as a chip."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QCoreApplication, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QGridLayout, QHBoxLayout, QSizePolicy, QWidget

from guide_app.base.clock import china_datetime
from guide_app.flows.poster import offer_phrase
from guide_app.sharing.content import About
from guide_app.sharing.queries import CouponOffer
from guide_app.sharing.template import Palette, Template
from ui.kit.flow import FlowLayout
from ui.kit.i18n import say
from ui.kit.pill import PillButton
from ui.kit.text import plain_tip
from ui.kit.theme import Theme

MINIATURE = QSize(50, 66)
_COLUMNS = 5
_GAP = 6
_DISC = 24
_INK = "zone_mid"


class _Choice(QAbstractButton):
    """A painted button of a fixed size that stays on; arrow keys walk through its group."""

    def __init__(self, theme: Theme, name: str, size: QSize) -> None:
        super().__init__()
        self._theme = theme
        self.setCheckable(True)
        self.setAccessibleName(name)
        self.setToolTip(plain_tip(name))
        self.setFixedSize(size)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        theme.changed.connect(self._repaint)

    def frame(self, painter: QPainter, box: QRectF, radius: float) -> None:
        """Outline by state: chosen, focused, hovered."""
        colour = "accent" if self.isChecked() else "line_strong" if self.underMouse() or self.hasFocus() else "line"
        pen = painter.pen()
        pen.setColor(self._theme.colour(colour))
        pen.setWidthF(2.0 if self.isChecked() or self.hasFocus() else 1.0)
        pen.setStyle(Qt.PenStyle.DashLine if self.hasFocus() and not self.isChecked() else Qt.PenStyle.SolidLine)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box, radius, radius)

    def _repaint(self) -> None:
        self.update()


class _Miniature(_Choice):
    def __init__(self, theme: Theme, template: Template) -> None:
        super().__init__(theme, template.title, MINIATURE)
        self.image: QImage | None = None

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        path = QPainterPath()
        path.addRoundedRect(box, 6, 6)
        painter.fillPath(path, self._theme.colour("stage"))
        if self.image is not None:
            size = self.image.deviceIndependentSize()
            painter.setClipPath(path)
            left, top = (self.width() - size.width()) / 2, (self.height() - size.height()) / 2
            painter.drawImage(QRectF(left, top, size.width(), size.height()), self.image)
            painter.setClipping(False)
        self.frame(painter, box, 6)


class _Disc(_Choice):
    def __init__(self, theme: Theme, palette: Palette, colour: str) -> None:
        super().__init__(theme, palette.title, QSize(_DISC, _DISC))
        self._colour = QColor(colour)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._colour)
        painter.drawEllipse(box.adjusted(3, 3, -3, -3))
        self.frame(painter, box, box.width() / 2)


class TemplateStrip(QWidget):
    """The templates that fit what is shared, in rows. `chosen` carries the name of the one pressed."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, templates: Mapping[str, Template]) -> None:
        """Begin at the first template for a product."""
        super().__init__()
        self._theme = theme
        self._templates: Mapping[str, Template] = {}
        self._buttons: dict[str, _Miniature] = {}
        self._group = QButtonGroup(self)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(_GAP)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._about: About | None = None
        self.set_templates(templates)

    def set_templates(self, templates: Mapping[str, Template]) -> None:
        """Offer these; the one chosen stays chosen if it is still there, else the first one is."""
        before, about = self.current if self._buttons else "", self._about or "product"
        images = {name: made.image for name, made in self._buttons.items()}
        for made in self._buttons.values():
            self._group.removeButton(made)
            self._grid.removeWidget(made)
            made.hide()
            made.deleteLater()
        self._templates = templates
        self._buttons = {name: _Miniature(self._theme, template) for name, template in templates.items()}
        for name, made in self._buttons.items():
            made.setParent(self)
            made.image = images.get(name)
            self._group.addButton(made)
            made.clicked.connect(lambda _=False, name=name: self.chosen.emit(name))
        self._about = None
        self._buttons[before if before in templates else next(iter(templates))].setChecked(True)
        self.set_subject(about)
        if before and before != self.current:
            self.chosen.emit(self.current)

    @property
    def current(self) -> str:
        """Name of the template chosen."""
        return next(name for name, made in self._buttons.items() if made.isChecked())

    @property
    def offered(self) -> tuple[str, ...]:
        """Names of the templates that can be chosen now, in their order."""
        return tuple(name for name, made in self._templates.items() if self._about in made.subjects)

    def choose(self, name: str) -> None:
        """Choose a template as if pressed."""
        self._buttons[name].click()

    def set_subject(self, about: About) -> None:
        """Offer the templates for this kind of subject; one that does not fit gives way to the first that does."""
        if about == self._about:
            return
        before = self.current if self._about else ""
        self._about = about
        for made in self._buttons.values():
            self._grid.removeWidget(made)
            made.hide()
        for place, name in enumerate(self.offered):
            self._grid.addWidget(self._buttons[name], *divmod(place, _COLUMNS))
            self._buttons[name].show()
        if before not in self.offered:
            self._buttons[self.offered[0]].setChecked(True)
            if before:
                self.chosen.emit(self.current)

    def show_miniatures(self, images: Mapping[str, QImage]) -> None:
        """Show what the poster is like in each template."""
        for name, image in images.items():
            self._buttons[name].image = image
            self._buttons[name].update()


class PaletteStrip(QWidget):
    """The palettes side by side. `chosen` carries the name of the one pressed."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, palettes: Mapping[str, Palette], plain: str) -> None:
        """Begin at the first; `plain` is the colour of a palette that changes nothing."""
        super().__init__()
        self._buttons = {name: _Disc(theme, p, p.colours.get(_INK, plain)) for name, p in palettes.items()}
        _lay_out(self, self._buttons, self.chosen.emit)

    @property
    def current(self) -> str:
        """Name of the palette chosen."""
        return next(name for name, made in self._buttons.items() if made.isChecked())


class OfferChips(QWidget):
    """不带券 and the coupons that may be given now. `chosen` carries an offer's id, empty for none."""

    chosen = Signal(str)

    def __init__(self) -> None:
        """Offer nothing yet."""
        super().__init__()
        self._group = QButtonGroup(self)
        self._chips: dict[str, PillButton] = {}
        self._offers: dict[str, CouponOffer] = {}
        self._flow = FlowLayout(self, 6)
        policy = self.sizePolicy()
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    @property
    def current(self) -> CouponOffer | None:
        """The offer chosen."""
        return next((self._offers.get(key) for key, chip in self._chips.items() if chip.isChecked()), None)

    def choose(self, offer_id: str) -> bool:
        """Choose an offer (empty: none) as if pressed; one that is not offered is passed over. Whether it was."""
        if offer_id not in self._chips:
            return False
        self._chips[offer_id].click()
        return True

    def choose_first(self) -> bool:
        """Choose the first offer; False where there is none."""
        return any(self.choose(key) for key in list(self._chips)[1:2])

    def set_offers(self, offers: Sequence[CouponOffer]) -> None:
        """Offer these; the one chosen stays chosen if it is still there, else none is."""
        if tuple(self._offers.values()) == tuple(offers) and self._chips:
            return
        before = self.current
        self._offers = {offer.id: offer for offer in offers}
        self._flow.clear()
        self._chips = {}
        for key, text in (("", self.tr("不带券")), *((offer.id, offer.name) for offer in offers)):
            chip = PillButton(text, checkable=True)
            if key:
                chip.setToolTip(plain_tip(terms_text(self._offers[key])))
            self._group.addButton(chip)
            chip.clicked.connect(lambda _=False, key=key: self.chosen.emit(key))
            self._chips[key] = chip
            self._flow.addWidget(chip)
        kept = before.id if before is not None and before.id in self._chips else ""
        self._chips[kept].setChecked(True)
        if before is not None and not kept:
            self.chosen.emit("")


def terms_text(offer: CouponOffer) -> str:
    """`满 ¥400 减 ¥80 · 12/12 前领取`."""
    if not offer.valid_until:
        return say(offer_phrase(offer))
    until = china_datetime(offer.valid_until)
    return QCoreApplication.translate("OfferChips", "{terms} · {date} 前领取").format(
        terms=say(offer_phrase(offer)), date=f"{until.month}/{until.day}"
    )


def _lay_out(owner: QWidget, buttons: Mapping[str, QAbstractButton], chosen: Callable[[str], None]) -> None:
    line = QHBoxLayout(owner)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(_GAP)
    group = QButtonGroup(owner)
    for name, made in buttons.items():
        group.addButton(made)
        line.addWidget(made)
        made.clicked.connect(lambda _=False, name=name: chosen(name))
    next(iter(buttons.values())).setChecked(True)
    owner.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
