"""The work behind the preview, all of it away from the GUI thread: lay out, render, read back, encode."""

from dataclasses import dataclass

from PySide6.QtCore import QSize
from PySide6.QtGui import QImage

from guide_app.flows.poster import campaign_content, card_content, coupon_content, look_content, poster_content
from guide_app.sharing.content import Photo, PosterContent
from guide_app.sharing.drawing import Drawing
from ui.kit.poster.jpeg import encode_jpeg
from ui.kit.poster.maker import Commission, Format, Kind, PosterMaker
from ui.kit.poster.render import dots_per_inch, encode_png, encode_webp
from ui.kit.poster.signs import missing_signs
from ui.kit.poster.verify import verify
from ui.kit.thumbs import Pictures
from ui.kit.work import Job
from ui.pages.share.draft import Draft
from ui.pages.share.pack import pack_files


@dataclass(frozen=True, slots=True)
class Look:
    """Template and palette, by name."""

    template: str
    palette: str


@dataclass(frozen=True, slots=True)
class Preview:
    """A poster as it will be, small."""

    drawing: Drawing
    image: QImage
    missing: tuple[str, ...] = ()
    """Signs that no font on this PC can draw."""


@dataclass(frozen=True, slots=True)
class Finished:
    """A poster in full size that a decoder of another maker has read back; `png` is its file."""

    drawing: Drawing
    picture: QImage
    png: bytes


class Studio:
    """Makes previews, thumbnails and finished posters of drafts."""

    def __init__(self, maker: PosterMaker, pictures: Pictures) -> None:
        """`pictures` says where a product's photo lies; without one the poster shows the brand's sign."""
        self._maker = maker
        self._pictures = pictures

    def preview(self, draft: Draft, look: Look, room: QSize, ratio: float) -> Preview:
        """The poster as large as fits into `room` (logical px). Raises PhotoError."""
        drawing = self._maker.drawing(look.template, self.content(draft), look.palette)
        renderer = self._maker.renderer
        missing = missing_signs(drawing, renderer.families)
        return Preview(drawing, renderer.preview(drawing, room, ratio), missing)

    def finish(self, drawing: Drawing, job: Job) -> Finished:
        """Render in full size, read back, encode. Raises PosterRefused, PhotoError."""
        picture = self._maker.renderer.picture(drawing, dots_per_inch(drawing))
        job.check()
        verify(drawing, picture)
        job.check()
        return Finished(drawing, picture, encode_png(picture))

    def file(self, finished: Finished, kind: Format) -> bytes:
        """The finished poster as a file of another kind."""
        if kind == "png":
            return finished.png
        if kind == "jpg":
            return encode_jpeg(finished.picture)
        if kind == "webp":
            return encode_webp(finished.picture)
        return self._maker.renderer.pdf(finished.drawing)

    def pack(self, draft: Draft, finished: Finished, words: str) -> dict[str, bytes]:
        """The files of a post with up to nine pictures, by name. Raises PhotoError."""
        return pack_files(self.content(draft), finished.picture, words, self._maker.photos)

    def thumbnails(self, draft: Draft, palette: str, room: QSize, ratio: float, job: Job) -> dict[str, QImage]:
        """The draft in each template that fits it, small, by the template's name. Raises PhotoError."""
        content = self.content(draft)
        made = {}
        for name, template in self._maker.templates.items():
            if content.about not in template.subjects:
                continue
            job.check()
            drawing = self._maker.drawing(name, content, palette)
            made[name] = self._maker.renderer.preview(drawing, room, ratio)
        return made

    def content(self, draft: Draft) -> PosterContent:
        """What the poster says. Raises PhotoError."""
        until, about = draft.share.price_until, draft.subject.about
        if about == "card":
            return card_content(draft.offer, draft.sender, draft.link.url)
        if about == "coupon" and draft.offer is not None:
            return coupon_content(draft.offer, draft.sender, draft.link.url)
        if draft.campaign is not None:
            return campaign_content(draft.campaign, draft.offer, draft.sender, draft.link.url)
        if draft.look is not None:
            photos = {part.product_id: self._photo(part.image) for part in draft.look.parts}
            return look_content(draft.look, draft.offer, draft.sender, draft.link.url, photos, until)
        photo = self._photo(draft.card.row.image)
        return poster_content(draft.card, draft.offer, draft.sender, draft.link.url, photo, until, draft.share.gtin)

    def commission(self, draft: Draft, look: Look, kind: Kind) -> Commission:
        """A product's poster, to be made wherever there is room; its photo is not opened here."""
        image = draft.card.row.image
        content = Studio(self._maker, lambda _image: None).content(draft)
        photo = self._pictures(image) if image else None
        return Commission(look.template, content, photo, kind, look.palette, for_chat=True)

    def _photo(self, image: str) -> Photo | None:
        """The photo with this SHA-256; None where there is none, or it has not come yet."""
        return self._maker.photo(self._pictures(image) if image else None)
