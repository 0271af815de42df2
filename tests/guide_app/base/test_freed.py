"""What this process has freed, the system gets back."""

from __future__ import annotations

import sys

import psutil  # type: ignore[import-untyped]  # ships no types
import pytest

from guide_app.base.freed import hand_back

_BLOCK, _COUNT = 2_000, 20_000


@pytest.mark.skipif(sys.platform != "linux", reason="the call is glibc's")
def test_freed_memory_leaves_the_process() -> None:
    me = psutil.Process()
    blocks = [bytearray(_BLOCK) for _ in range(_COUNT)]
    between = [bytearray(_BLOCK) for _ in range(2)]  # what still lives above keeps the heap from shrinking by itself
    full = me.memory_info().rss
    del blocks
    assert hand_back()
    assert full - me.memory_info().rss > _BLOCK * _COUNT // 2
    assert between


def test_elsewhere_nothing_is_done(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    assert not hand_back()
