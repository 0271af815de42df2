"""The store's PCs by name, for the command line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from guide_app.sync.health import TeamPc, same_named


def names_of(pcs: Sequence[TeamPc]) -> Mapping[str, str]:
    """What each PC is called, by id: those of one name with the day of their enrolment and the end of their id."""
    same = same_named(pcs)
    return {
        pc.id: f"{pc.name} ({pc.enrolled_on:%Y-%m-%d} 登记, 尾号 {pc.tail})" if pc.id in same else pc.name for pc in pcs
    }
