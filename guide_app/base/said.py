"""What a client says of being contacted, in her own words, before it is filed as a fact."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Willing = Literal["one_to_one", "marketing", "refused"]


@dataclass(frozen=True, slots=True)
class Said:
    """What she said: `version` of the words she was shown, `proof` where the proof lies or what she said."""

    state: Willing
    version: str = ""
    way: Literal["spoken", "paper", "scan"] = "spoken"
    proof: str = ""
