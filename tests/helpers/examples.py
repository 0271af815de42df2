"""How many cases hypothesis makes of what is slow to set up: few at the gate, as many as its profile says in a soak."""

from __future__ import annotations

from hypothesis import settings


def few(count: int) -> int:
    """`count` in the profile "gate", otherwise the examples of the profile that is loaded."""
    return count if settings.get_current_profile_name() == "gate" else settings().max_examples
