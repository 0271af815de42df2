"""All pictures of the demo: from the cache folder where they are, else drawn by several processes."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from head_office.demo.art import Sitter, draw
from head_office.demo.art_worker import draw_apart


def draw_all(sitters: Sequence[Sitter], cache: Path | None = None, workers: int = 2) -> dict[Sitter, bytes]:
    """All pictures (JPEG); those found in the folder `cache` are read, the others drawn and left there."""
    found = {s: _cached(cache, s) for s in sitters}
    missing = [s for s, picture in found.items() if picture is None]
    drawn = _draw_many(missing, workers)
    if cache is not None:
        cache.mkdir(parents=True, exist_ok=True)
        for sitter, picture in drawn.items():
            (cache / f"{sitter.key()}.jpg").write_bytes(picture)
    return {s: picture if picture is not None else drawn[s] for s, picture in found.items()}


def _cached(cache: Path | None, sitter: Sitter) -> bytes | None:
    if cache is None:
        return None
    path = cache / f"{sitter.key()}.jpg"
    return path.read_bytes() if path.is_file() else None


def _draw_many(sitters: Sequence[Sitter], workers: int) -> dict[Sitter, bytes]:
    """Each of `workers` processes draws every n-th sitter, so that slow families are spread."""
    if workers <= 1 or len(sitters) <= 1:
        return {s: draw(s) for s in sitters}
    shares = [part for k in range(workers) if (part := sitters[k::workers])]
    with ThreadPoolExecutor(len(shares)) as waiting:
        batches = list(waiting.map(draw_apart, shares))
    return {s: p for part, batch in zip(shares, batches, strict=True) for s, p in zip(part, batch, strict=True)}
