"""A book of ten thousand clients: the filter by tags says what its rule says."""

import random
from collections.abc import Iterator

import pytest

from guide_app.protocol.scopes import BRAND, store_scope
from guide_app.segments import model as m
from guide_app.segments.queries import SegmentQueries
from guide_app.store.database import Database
from guide_app.store.device import save_device
from guide_app.store.search import SearchIndex
from tests.helpers.book import KEY, STORE, WANG, Frames, HandClock, ident

SIZE = 10_000
GROUPS = {"等级": ("金卡", "银卡", "新客"), "风格": ("通勤", "运动", "商务"), "尺码": ("宽脚", "窄脚")}


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[SegmentQueries, dict[str, set[tuple[str, str]]]]]:
    dice = random.Random(7)  # noqa: S311 - test data
    frame, carried = Frames(), {}
    frames = []
    for n in range(SIZE):
        client_id = ident(100_000 + n)
        frames.append(frame("client", client_id, store=STORE, name=f"客{n}"))
        chosen = {(group, dice.choice(names)) for group, names in GROUPS.items() if dice.random() < 0.6}
        for k, (group, name) in enumerate(sorted(chosen)):
            mark = ident(1_000_000 + 4 * n + k)
            frames.append(frame("client_tag", mark, store=STORE, client_id=client_id, group=group, name=name))
        carried[client_id] = chosen
    clock = HandClock()
    db = Database.open(tmp_path_factory.mktemp("large") / "book.db", KEY, clock, search=SearchIndex())
    try:
        scopes = [BRAND, store_scope(STORE)]
        db.apply(lambda a: save_device(a.conn, device_id=ident(99), token="t", store_id=STORE, scopes=scopes))
        db.apply(lambda a: a.apply(frames))
        yield SegmentQueries(db, clock), carried
    finally:
        db.close()


@pytest.mark.parametrize(
    "chosen",
    [
        (("等级", "金卡"),),
        (("等级", "金卡"), ("等级", "银卡")),
        (("等级", "金卡"), ("风格", "通勤"), ("风格", "运动"), ("尺码", "宽脚")),
    ],
)
def test_any_of_a_group_and_all_groups(
    book: tuple[SegmentQueries, dict[str, set[tuple[str, str]]]], chosen: tuple[tuple[str, str], ...]
) -> None:
    segments, carried = book
    asked = {group: {name for of, name in chosen if of == group} for group, _ in chosen}
    expected = {
        client_id
        for client_id, tags in carried.items()
        if all(any((group, name) in tags for name in names) for group, names in asked.items())
    }
    assert len(expected) > SIZE // 50
    assert set(segments.ids(m.tag_filter(chosen), WANG)) == expected
