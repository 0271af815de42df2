"""The draughtsman's hand: chance, but bound by what the product's name promises."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from random import Random
from typing import Self, TypeVar

T = TypeVar("T")


class Hand(Random):
    """Random numbers for one picture that know the product's `name`: a 高帮 shoe is high, a 格纹 skirt checked."""

    def __new__(cls, _seed: str, _name: str) -> Self:
        """Make the generator; CPython's `Random` wants its constructor's arguments here too."""
        return super().__new__(cls)

    def __init__(self, seed: str, name: str) -> None:
        super().__init__(seed)
        self.name = name

    def says(self, *words: str) -> bool:
        """Whether the name holds one of the words."""
        return any(word in self.name for word in words)

    def promised(self, promises: Mapping[str, T], otherwise: Sequence[T]) -> T:
        """What the first word found in the name promises, else one of `otherwise`. Always draws one number."""
        free = self.choice(otherwise)
        return next((value for word, value in promises.items() if word in self.name), free)

    def chance(self, share: float) -> bool:
        """True with probability `share`."""
        return self.random() < share
