"""Outlines: smooth closed and open paths through hand-set nodes, as SVG path data.

A node is (x, y), or (x, y, 1) for a sharp corner. Handles lie along the chord of the two neighbours with a
third of the distance to each, so that a curve never overshoots its nodes (cardinal spline by chord length).
"""

# ruff: noqa: PLR2004 - in a drawing the numbers are the content

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Sequence
from typing import Final

Node = tuple[float, float] | tuple[float, float, int]
Point = tuple[float, float]

HANDLE: Final = 0.36
AXIS: Final = 600.0


def _direction(before: Node, after: Node) -> Point:
    dx, dy = after[0] - before[0], after[1] - before[1]
    size = math.hypot(dx, dy) or 1.0
    return dx / size, dy / size


def _handles(before: Node | None, node: Node, after: Node | None) -> tuple[Point, Point]:
    """Control points before and after `node`."""
    x, y = node[0], node[1]
    if len(node) == 3 or before is None or after is None:
        back = (x, y) if before is None else (x + (before[0] - x) * HANDLE, y + (before[1] - y) * HANDLE)
        ahead = (x, y) if after is None else (x + (after[0] - x) * HANDLE, y + (after[1] - y) * HANDLE)
        return back, ahead
    ux, uy = _direction(before, after)
    reach_back = math.hypot(x - before[0], y - before[1]) * HANDLE
    reach_ahead = math.hypot(after[0] - x, after[1] - y) * HANDLE
    return (x - ux * reach_back, y - uy * reach_back), (x + ux * reach_ahead, y + uy * reach_ahead)


def _pieces(nodes: Sequence[Node], closed: bool) -> Iterable[str]:
    count = len(nodes)
    around = [
        _handles(
            nodes[i - 1] if closed or i else None,
            nodes[i],
            nodes[(i + 1) % count] if closed or i + 1 < count else None,
        )
        for i in range(count)
    ]
    for i in range(count if closed else count - 1):
        j = (i + 1) % count
        (ax, ay), (bx, by) = around[i][1], around[j][0]
        yield f"C{ax:.1f} {ay:.1f} {bx:.1f} {by:.1f} {nodes[j][0]:.1f} {nodes[j][1]:.1f}"


def shape(nodes: Sequence[Node]) -> str:
    """Closed smooth outline through the nodes."""
    return f"M{nodes[0][0]:.1f} {nodes[0][1]:.1f}" + "".join(_pieces(nodes, closed=True)) + "Z"


def stroke(nodes: Sequence[Node]) -> str:
    """Open smooth line through the nodes."""
    return f"M{nodes[0][0]:.1f} {nodes[0][1]:.1f}" + "".join(_pieces(nodes, closed=False))


def flip(nodes: Sequence[Node], axis: float = AXIS) -> list[Node]:
    """The nodes mirrored at the vertical `axis`, order kept."""
    return [(2 * axis - n[0], *n[1:]) for n in nodes]


def symmetric(half: Sequence[Node], axis: float = AXIS) -> list[Node]:
    """A whole outline from its right half (top to bottom); nodes on the axis are not doubled."""
    other = [n for n in reversed(flip(half, axis)) if abs(n[0] - axis) > 0.5]
    return [*half, *other]


def move(nodes: Sequence[Node], dx: float, dy: float) -> list[Node]:
    """The nodes shifted."""
    return [(n[0] + dx, n[1] + dy, *n[2:]) for n in nodes]


def along(nodes: Sequence[Node], share: float) -> Point:
    """Point at `share` (0-1) of the length of the polyline through the nodes."""
    lengths = [math.hypot(b[0] - a[0], b[1] - a[1]) for a, b in itertools.pairwise(nodes)]
    left = share * sum(lengths)
    for (a, b), size in zip(itertools.pairwise(nodes), lengths, strict=True):
        if left <= size or b is nodes[-1]:
            part = left / (size or 1.0)
            return a[0] + (b[0] - a[0]) * part, a[1] + (b[1] - a[1]) * part
        left -= size
    return nodes[-1][0], nodes[-1][1]


def ring(cx: float, cy: float, rx: float, ry: float | None = None) -> str:
    """Ellipse as path data."""
    ry = rx if ry is None else ry
    return f"M{cx - rx:.1f} {cy:.1f}a{rx:.1f} {ry:.1f} 0 1 0 {2 * rx:.1f} 0a{rx:.1f} {ry:.1f} 0 1 0 {-2 * rx:.1f} 0Z"


def box(x: float, y: float, width: float, height: float, radius: float = 0.0) -> str:
    """Rounded rectangle as path data."""
    r = min(radius, width / 2, height / 2)
    return (
        f"M{x + r:.1f} {y:.1f}h{width - 2 * r:.1f}a{r:.1f} {r:.1f} 0 0 1 {r:.1f} {r:.1f}v{height - 2 * r:.1f}"
        f"a{r:.1f} {r:.1f} 0 0 1 {-r:.1f} {r:.1f}h{2 * r - width:.1f}a{r:.1f} {r:.1f} 0 0 1 {-r:.1f} {-r:.1f}"
        f"v{2 * r - height:.1f}a{r:.1f} {r:.1f} 0 0 1 {r:.1f} {-r:.1f}Z"
    )
