"""The proof of a template in work: the real poster, small, and everything that keeps it from being used."""

from dataclasses import dataclass, replace

from PySide6.QtCore import QSize
from PySide6.QtGui import QImage

from guide_app.protocol.poster_layers import Template
from guide_app.sharing.check import PosterRefused
from guide_app.sharing.content import LookItem, PosterContent
from guide_app.sharing.drawing import Box, Colour, Drawing, StrokeRect
from guide_app.sharing.layout import layout
from guide_app.sharing.score import Score, score
from ui.kit.poster.render import PosterRenderer, dots_per_inch
from ui.kit.poster.verify import verify
from ui.kit.work import Job

_MARK = Colour(0x0E, 0x7C, 0x66)
_MARK_PX = 2.0
_DRAFT_EDGE = 1400


@dataclass(frozen=True, slots=True)
class Proof:
    """A poster of the template as it is now. `refusal` is why a reader would not get its address; None if it does."""

    image: QImage
    drawing: Drawing
    score: Score
    refusal: PosterRefused | None

    @property
    def good(self) -> bool:
        """Whether the symbol reads."""
        return self.refusal is None


def fitting(content: PosterContent, template: Template) -> PosterContent:
    """The content for a template about something else than a product."""
    if "look" in template.subjects and "product" not in template.subjects:
        items = tuple(LookItem(f"{content.product} {n}", 48900) for n in (1, 2, 3))
        return replace(content, items=items, about="look")
    first = template.subjects[0]
    return replace(content, about=first) if first in ("card", "campaign") else content


def prove(
    renderer: PosterRenderer, template: Template, content: PosterContent, marked: Box | None, room: QSize, ratio: float,
    job: Job,
) -> Proof:  # fmt: skip
    """Paint the template and read it back; `marked` gets a frame in the small picture. Raises PhotoError."""
    drawing = layout(template, fitting(content, template), renderer.measure)
    refusal = _refusal(renderer, drawing, job)
    shown = drawing
    if marked is not None:
        scale = min(room.width() / drawing.width, room.height() / drawing.height)
        frame = StrokeRect(marked.inset(-_MARK_PX / scale), _MARK, _MARK_PX / scale)
        shown = replace(drawing, commands=(*drawing.commands, frame))
    return Proof(renderer.preview(shown, room, ratio), drawing, score(drawing), refusal)


def _refusal(renderer: PosterRenderer, drawing: Drawing, job: Job) -> PosterRefused | None:
    job.check()
    try:
        verify(drawing, renderer.picture(drawing, min(dots_per_inch(drawing), _draft_dpi(drawing))), thorough=False)
    except PosterRefused as e:
        return e
    return None


def _draft_dpi(drawing: Drawing) -> float:
    """Fine enough to read, coarse enough to follow the hands: what is kept is proved in full before."""
    return _DRAFT_EDGE / max(drawing.width, drawing.height) * 25.4
