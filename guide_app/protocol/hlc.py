"""Hybrid logical clock: stamps that order edits of many PCs, whatever their wall clocks say.

A stamp is text of 25 characters, `mmmmmmmmmmmmcccc.dddddddd`: 48 bits of UTC milliseconds and a 16-bit counter in
lower-case hex, then the tag of the device that made it as tie-break. Text order is stamp order.

Source: Kulkarni, Demirbas et al., "Logical Physical Clocks", OPODIS 2014.
"""

from __future__ import annotations

from collections.abc import Callable

Stamp = str

_COUNTER_LIMIT = 1 << 16
_MS_DIGITS, _COUNTER_DIGITS = 12, 4
OFFICE_TAG = "00000000"


def make_stamp(ms: int, counter: int, tag: str) -> Stamp:
    """Text form of a stamp. `tag` is eight hex digits."""
    return f"{ms:0{_MS_DIGITS}x}{counter:0{_COUNTER_DIGITS}x}.{tag}"


def stamp_ms(stamp: Stamp) -> int:
    """The physical part: UTC milliseconds."""
    return int(stamp[:_MS_DIGITS], 16)


def stamp_counter(stamp: Stamp) -> int:
    """The logical part."""
    return int(stamp[_MS_DIGITS : _MS_DIGITS + _COUNTER_DIGITS], 16)


def clamp(stamp: Stamp, latest_ms: int) -> Stamp:
    """The stamp itself, or one at `latest_ms` if its clock ran ahead of that (UTC ms)."""
    if stamp_ms(stamp) <= latest_ms:
        return stamp
    return make_stamp(latest_ms, stamp_counter(stamp), stamp[-len(OFFICE_TAG) :])


def hold_back(stamp: Stamp, latest_ms: int, last: Stamp) -> Stamp:
    """`clamp`, but greater than `last`, the stamp that the same device's earlier change was counted with.

    A clock far ahead would else give all its edits one moment, and of two of them the first could win.
    """
    if stamp_ms(stamp) <= latest_ms:
        return stamp
    held = clamp(stamp, latest_ms)[:_MS_DIGITS] + "0000" + stamp[-len(OFFICE_TAG) - 1 :]
    return max(held, successor(last)) if last else held


def successor(stamp: Stamp) -> Stamp:
    """The least stamp of the same device that is greater."""
    ms, counter = stamp_ms(stamp), stamp_counter(stamp) + 1
    if counter >= _COUNTER_LIMIT:
        ms, counter = ms + 1, 0
    return make_stamp(ms, counter, stamp[-len(OFFICE_TAG) :])


def predecessor(stamp: Stamp) -> Stamp:
    """The greatest stamp of the same device that is less. Raises ValueError for the very first one."""
    ms, counter = stamp_ms(stamp), stamp_counter(stamp) - 1
    if counter < 0:
        ms, counter = ms - 1, _COUNTER_LIMIT - 1
    if ms < 0:
        raise ValueError(stamp)
    return make_stamp(ms, counter, stamp[-len(OFFICE_TAG) :])


class HybridClock:
    """Gives stamps that only grow, across restarts (`last` is stored) and steps of the wall clock.

    `now_ms` is the physical time already corrected by the offset to the office's clock.
    """

    def __init__(self, now_ms: Callable[[], int], tag: str, last: Stamp = "") -> None:
        self._now_ms = now_ms
        self._tag = tag
        self._ms = stamp_ms(last) if last else 0
        self._counter = stamp_counter(last) if last else 0

    def tick(self) -> Stamp:
        """A new stamp, greater than every stamp given or seen before."""
        now = self._now_ms()
        if now > self._ms:
            self._ms, self._counter = now, 0
        else:
            self._advance()
        return make_stamp(self._ms, self._counter, self._tag)

    def seen(self, stamp: Stamp) -> None:
        """Take note of a foreign stamp, so that later stamps of ours are greater."""
        self._ms, self._counter = max((self._ms, self._counter), (stamp_ms(stamp), stamp_counter(stamp)))

    def _advance(self) -> None:
        self._counter += 1
        if self._counter >= _COUNTER_LIMIT:
            self._ms, self._counter = self._ms + 1, 0
