"""The lowest point of a function of a few numbers, and how steeply it rises round it. Pure.

Nelder, Mead: A simplex method for function minimization, The Computer Journal 7 (1965) 308-313.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import product
from math import sqrt
from typing import TypeAlias

Point: TypeAlias = tuple[float, ...]
Matrix: TypeAlias = tuple[tuple[float, ...], ...]

_MOST_STEPS = 2_000
_FLAT, _SMALL = 1e-10, 1e-5


@dataclass(frozen=True, slots=True)
class Lowest:
    """Where it is, how low, and whether the search came to rest before its steps were used up."""

    point: Point
    value: float
    settled: bool


def minimum(cost: Callable[[Point], float], start: Point, size: float = 0.5) -> Lowest:
    """The lowest point near `start`; the first simplex reaches `size` along each axis. Infinite costs are walls."""
    corners = [start] + [tuple(v + size * (n == k) for k, v in enumerate(start)) for n in range(len(start))]
    valued = sorted((cost(point), point) for point in corners)
    for _ in range(_MOST_STEPS):
        best, worst = valued[0], valued[-1]
        spread = max(abs(a - b) for _, point in valued for a, b in zip(point, best[1], strict=True))
        if worst[0] - best[0] < _FLAT and spread < _SMALL:
            return Lowest(best[1], best[0], settled=True)
        valued = sorted(_step(cost, valued))
    return Lowest(valued[0][1], valued[0][0], settled=False)


def _step(cost: Callable[[Point], float], valued: list[tuple[float, Point]]) -> list[tuple[float, Point]]:
    """The simplex with its worst corner mirrored, stretched or drawn in; or all of it shrunk."""
    *kept, (worst_value, worst) = valued
    middle = tuple(sum(axis) / len(kept) for axis in zip(*(point for _, point in kept), strict=True))

    def beyond(factor: float) -> tuple[float, Point]:
        point = tuple(m + factor * (m - w) for m, w in zip(middle, worst, strict=True))
        return cost(point), point

    mirrored = beyond(1.0)
    if mirrored[0] < kept[0][0]:
        return [*kept, min(mirrored, beyond(2.0))]
    if mirrored[0] < kept[-1][0]:
        return [*kept, mirrored]
    drawn = beyond(0.5) if mirrored[0] < worst_value else beyond(-0.5)
    if drawn[0] < min(mirrored[0], worst_value):
        return [*kept, drawn]
    best = kept[0][1]
    shrunk = [tuple((b + v) / 2 for b, v in zip(best, point, strict=True)) for _, point in valued[1:]]
    return [kept[0], *((cost(point), point) for point in shrunk)]


def curvature(cost: Callable[[Point], float], at: Point, step: float = 1e-3) -> Matrix:
    """The second derivatives at a point, by central differences."""
    size = range(len(at))

    def moved(*moves: tuple[int, int]) -> float:
        point = list(at)
        for axis, sign in moves:
            point[axis] += sign * step
        return cost(tuple(point))

    def one(i: int, j: int) -> float:
        return sum(s * t * moved((i, s), (j, t)) for s, t in product((1, -1), repeat=2)) / (4 * step * step)

    upper = {(i, j): one(i, j) for i in size for j in size if i <= j}
    return tuple(tuple(upper[min(i, j), max(i, j)] for j in size) for i in size)


def cholesky(matrix: Matrix) -> Matrix:
    """The lower triangle L with L L' = matrix. Raises ArithmeticError for one that is not positive definite."""
    size = len(matrix)
    lower = [[0.0] * size for _ in range(size)]
    for i in range(size):
        for j in range(i + 1):
            rest = matrix[i][j] - sum(lower[i][k] * lower[j][k] for k in range(j))
            if i != j:
                lower[i][j] = rest / lower[j][j]
            elif rest > 0:
                lower[i][i] = sqrt(rest)
            else:
                raise ArithmeticError("the matrix is not positive definite")
    return tuple(map(tuple, lower))


def solve_transposed(lower: Matrix, right: Point) -> Point:
    """X with L' x = right: if `right` is standard normal, x has the covariance (L L')^-1."""
    size = len(lower)
    found = [0.0] * size
    for i in reversed(range(size)):
        found[i] = (right[i] - sum(lower[k][i] * found[k] for k in range(i + 1, size))) / lower[i][i]
    return tuple(found)
