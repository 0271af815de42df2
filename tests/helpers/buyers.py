"""Buyers who come and leave at random, as records of the office and as what the model is to learn from."""

from __future__ import annotations

import random

from guide_app.base.clock import DAY_MS
from guide_app.protocol.messages import RecordFrame
from guide_app.segments.rhythm import History
from tests.helpers.book import NOW, STORE, WANG, Frames, ident


def buyers(size: int) -> tuple[list[RecordFrame], dict[str, tuple[History, bool]]]:
    """Their frames, and by client id her history and whether she refuses profiling, as every tenth does."""
    frame, dice = Frames(), random.Random(3)  # noqa: S311 - test data
    frames, histories = [], {}
    for n in range(size):
        client, refuses = ident(100_000 + n), n % 10 == 0
        frames.append(frame("client", client, store=STORE, name=f"客{n}", no_profiling=refuses,
                            contact_state="marketing"))  # fmt: skip
        first, rate, leaves = dice.randrange(200, 500), dice.gammavariate(2, 1 / 80), dice.betavariate(1, 4)
        day, days = 0.0, [first]
        while (day := day + dice.expovariate(rate)) < first:
            days.append(first - int(day))
            if dice.random() < leaves:
                break
        for k, ago in enumerate(days):
            frames.append(frame("purchase", ident(200_000 + n * 500 + k), store=STORE, client_id=client,
                                guide_id=WANG, order_no=f"{n}-{k}", at=NOW - ago * DAY_MS, kind="sale",
                                total_fen=10_000))  # fmt: skip
        histories[client] = (History(NOW - days[0] * DAY_MS, NOW - days[-1] * DAY_MS, len(days)), refuses)
    return frames, histories
