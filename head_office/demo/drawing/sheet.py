"""The drawing sheet: a crisp ink layer at full size and a soft light layer at a fifth of it.

Soft shading by blur and clip is what makes a vector shape look like leather or cloth, and it is what costs time:
one blurred region at 1200 px takes over 100 ms. Light changes slowly over a surface, so it is drawn at 240 px
where it costs a twenty-fifth, enlarged, and laid over the ink. Its red channel multiplies (255 = no shadow), its green
channel screens (0 = no shine): black strokes shade, yellow strokes shine, pure red is neutral.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from typing import Final

import resvg_py
from PIL import Image, ImageChops

from head_office.demo.drawing.tone import RGB, contrast, hexa, luma
from head_office.demo.rng import stream

SIZE: Final = 1200
LIGHT_SIZE: Final = 240
NEUTRAL: Final = "#f00"
SHADE: Final = "#000"
_DARK, _LEAST_GLOSS, _DARK_GLOSS = 0.22, 0.16, 1.25
SHINE: Final = "#ff0"
_SVG: Final = '<svg xmlns="http://www.w3.org/2000/svg" width="{n}" height="{n}" viewBox="0 0 1200 1200">'


def _power(exponent: float) -> list[int]:
    return [round(255 * (v / 255) ** exponent) for v in range(256)]


# Shadows lean to blue as in a daylight studio: red falls a little faster than blue.
_RED_FALL: Final = _power(1.06)
_BLUE_FALL: Final = _power(0.93)


class Sheet:
    """Collects parts from back to front and renders them to one picture."""

    def __init__(self) -> None:
        self._ink: list[str] = []
        self._light: list[str] = []
        self._ink_defs: list[str] = []
        self._light_defs: list[str] = []
        self._names = 0

    def _name(self) -> str:
        self._names += 1
        return f"n{self._names}"

    def blur(self, amount: float, reach: float = 0.3) -> str:
        """Name of a Gaussian blur of the light layer, standard deviation in sheet units.

        `reach` is how far beyond its subject's box, in box sizes, the blur may run before it is cut.
        """
        name = f"b{round(amount * 10)}x{round(reach * 10)}"
        made = (
            f'<filter id="{name}" x="-0.3" y="{-reach}" width="1.6" height="{1 + 2 * reach}">'
            f'<feGaussianBlur stdDeviation="{amount:.1f}" color-interpolation-filters="sRGB"/></filter>'
        )
        if made not in self._light_defs:
            self._light_defs.append(made)
        return name

    def part(
        self,
        d: str,
        colour: RGB,
        *,
        depth: float = 0.34,
        gloss: float = 0.22,
        soft: float = 20.0,
        edge: float = 0.45,
        marks: Sequence[str] = (),
    ) -> None:
        """A shaded piece of material.

        `depth` and `gloss` (0-1) are the strength of the shadow on the lower right and of the shine on the upper
        left, `soft` the softness of both in sheet units, `edge` the opacity of the outline. `marks` are light
        strokes made by `fold` and friends; they are blurred with the rest and stay inside the piece.
        """
        self._ink.append(f'<path d="{d}" fill="{hexa(colour)}"/>')
        if edge:
            self.line(d, contrast(colour, 0.5), 2.2, opacity=edge)
        if luma(colour) < _DARK:  # black leather is seen by its shine alone
            gloss = max(gloss, _LEAST_GLOSS if gloss else 0.0) * _DARK_GLOSS
        name, wide, off = self._name(), soft * 2.6, soft
        self._light_defs.append(f'<clipPath id="{name}"><path d="{d}"/></clipPath>')
        shine = (
            f'<path d="{d}" fill="none" stroke="{SHINE}" stroke-width="{wide * 0.8:.0f}" stroke-opacity="{gloss:.2f}"'
            f' transform="translate({off * 0.95:.0f} {off * 1.2:.0f})"/>'
        )
        shade = (
            f'<path d="{d}" fill="none" stroke="{SHADE}" stroke-width="{wide:.0f}" stroke-opacity="{depth:.2f}"'
            f' transform="translate({-off * 0.8:.0f} {-off:.0f})"/>'
        )
        self._light.append(
            f'<path d="{d}" fill="{NEUTRAL}"/><g clip-path="url(#{name})"><g filter="url(#{self.blur(soft * 0.55)})">'
            + "".join([shine, shade, *marks])
            + "</g></g>"
        )

    def flat(self, d: str, colour: RGB, *, opacity: float = 1.0, edge: float = 0.0) -> None:
        """A thin piece without own volume (print, label, eyelet); the light below stays."""
        self._ink.append(f'<path d="{d}" fill="{hexa(colour)}" fill-opacity="{opacity:.2f}"/>')
        if edge:
            self.line(d, contrast(colour, 0.5), 2.0, opacity=edge)

    def line(self, d: str, colour: RGB, width: float, *, opacity: float = 1.0, dash: str = "") -> None:
        """A crisp line with round ends; `dash` as in SVG, for stitching."""
        dashed = f' stroke-dasharray="{dash}"' if dash else ""
        self._ink.append(
            f'<path d="{d}" fill="none" stroke="{hexa(colour)}" stroke-width="{width:.1f}" stroke-linecap="round"'
            f' stroke-linejoin="round" stroke-opacity="{opacity:.2f}"{dashed}/>'
        )

    def stitch(self, d: str, colour: RGB, *, width: float = 3.0, opacity: float = 0.8) -> None:
        """A row of stitches."""
        self.line(d, colour, width, opacity=opacity, dash="9 7")

    def pattern(
        self, d: str, tile: str, width: float, height: float, *, turn: float = 0.0, opacity: float = 1.0
    ) -> None:
        """Fill `d` with a repeated `tile` (SVG of width x height): stripes, checks, ribs, mesh."""
        name = self._name()
        self._ink_defs.append(
            f'<pattern id="{name}" width="{width}" height="{height}" patternUnits="userSpaceOnUse"'
            f' patternTransform="rotate({turn})">{tile}</pattern>'
        )
        self._ink.append(f'<path d="{d}" fill="url(#{name})" fill-opacity="{opacity:.2f}"/>')

    def cast(
        self,
        d: str,
        *,
        opacity: float,
        soft: float,
        dx: float = 0.0,
        dy: float = 0.0,
        reach: float = 0.3,
        hole: bool = False,
    ) -> None:
        """A shadow of the outline `d` on what lies behind; `hole` leaves inner outlines open."""
        rule = ' fill-rule="evenodd"' if hole else ""
        self._light.append(
            f'<path d="{d}" fill="{SHADE}" fill-opacity="{opacity:.2f}"{rule} filter="url(#{self.blur(soft, reach)})"'
            f' transform="translate({dx:.0f} {dy:.0f})"/>'
        )

    def glow(self, inside: str, marks: Sequence[str], *, soft: float = 8.0) -> None:
        """Extra light strokes over everything drawn so far, kept inside the outline `inside`."""
        name = self._name()
        self._light_defs.append(f'<clipPath id="{name}"><path d="{inside}"/></clipPath>')
        self._light.append(f'<g clip-path="url(#{name})"><g filter="url(#{self.blur(soft)})">{"".join(marks)}</g></g>')

    def backdrop(self, colour: RGB, light: str, light_defs: str) -> None:
        """The studio behind everything: a flat colour in ink, its gradients in light."""
        self._ink.append(f'<rect width="1200" height="1200" fill="{hexa(colour)}"/>')
        self._light.append(f'<rect width="1200" height="1200" fill="{NEUTRAL}"/>{light}')
        self._light_defs.append(light_defs)

    @contextmanager
    def placed(self, transform: str) -> Iterator[None]:
        """Draw under an SVG transform in both layers."""
        self._ink.append(f'<g transform="{transform}">')
        self._light.append(f'<g transform="{transform}">')
        yield
        self._ink.append("</g>")
        self._light.append("</g>")

    def render(self) -> Image.Image:
        """Both layers rendered and laid together: 1200 x 1200 RGB."""
        ink = _raster(self._ink, self._ink_defs, SIZE)
        light = _raster(self._light, self._light_defs, LIGHT_SIZE)
        shade, shine, _ = ImageChops.subtract(light, _grain()).resize((SIZE, SIZE), Image.Resampling.BICUBIC).split()
        falls = Image.merge("RGB", (shade.point(_RED_FALL), shade, shade.point(_BLUE_FALL)))
        return ImageChops.screen(ImageChops.multiply(ink, falls), Image.merge("RGB", (shine, shine, shine)))


@cache
def _grain() -> Image.Image:
    """Noise of a level that hides the steps of an eight-bit gradient."""
    levels = stream("grain").randbytes(LIGHT_SIZE * LIGHT_SIZE)
    grey = Image.frombytes("L", (LIGHT_SIZE, LIGHT_SIZE), levels).point([v // 128 for v in range(256)])
    return Image.merge("RGB", (grey, grey, grey))


def _raster(body: Sequence[str], defs: Sequence[str], size: int) -> Image.Image:
    svg = "".join([_SVG.format(n=size), "<defs>", *defs, "</defs>", *body, "</svg>"])
    png = resvg_py.svg_to_bytes(svg_string=svg, skip_system_fonts=True)
    return Image.open(io.BytesIO(bytes(png))).convert("RGB")


def dark(d: str, width: float, strength: float) -> str:
    """A light-layer stroke that darkens (a crease, the ground of a seam)."""
    return f'<path d="{d}" fill="none" stroke="{SHADE}" stroke-width="{width:.0f}" stroke-opacity="{strength:.2f}"/>'


def bright(d: str, width: float, strength: float) -> str:
    """A light-layer stroke that shines (the ridge of a fold, gloss on a toe)."""
    return f'<path d="{d}" fill="none" stroke="{SHINE}" stroke-width="{width:.0f}" stroke-opacity="{strength:.2f}"/>'


def fold(d: str, width: float, strength: float) -> tuple[str, str]:
    """A fold: its shaded valley and, beside it towards the light, its ridge."""
    ridge = (
        f'<path d="{d}" fill="none" stroke="{SHINE}" stroke-width="{width:.0f}" stroke-opacity="{strength * 0.7:.2f}"'
        f' transform="translate({-width * 0.9:.0f} {-width * 0.35:.0f})"/>'
    )
    return dark(d, width, strength), ridge


def shadow_area(d: str, strength: float) -> str:
    """A light-layer area that darkens (inside of a collar, far leg)."""
    return f'<path d="{d}" fill="{SHADE}" fill-opacity="{strength:.2f}"/>'
