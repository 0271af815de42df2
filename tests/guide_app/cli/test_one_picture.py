"""A poster's own picture is fetched while head office is within reach; nobody waits for it without network."""

from collections.abc import Callable
from pathlib import Path

import pytest

from guide_app.base.errors import OfficeUnreachableError
from guide_app.cli.one_picture import CONTACT_MS, OnePicture
from guide_app.flows.desk import Desk
from guide_app.sync.blobs import BlobStore
from guide_app.sync.contact import note_contact
from guide_app.sync.fetch import BlobFetcher
from guide_app.sync.transport import Transport
from tests.helpers.book import HandClock, open_desk

SHOES, SHIRT = "a" * 64, "b" * 64


class Line(BlobFetcher):
    """Head office on a line that can be cut: what is wished for first comes."""

    def __init__(self, desk: Desk, folder: Path) -> None:
        super().__init__(desk.db, Transport("http://127.0.0.1:9", "", desk.clock), BlobStore(folder, desk.clock))
        self.asked, self.is_cut = 0, False

    def fetch(
        self,
        cancelled: Callable[[], bool] = lambda: False,  # noqa: ARG002 - as the real one
        limit: int | None = None,
        progress: Callable[[int, int], None] | None = None,  # noqa: ARG002 - as the real one
    ) -> int:
        self.asked += 1
        assert limit == 1
        if self.is_cut:
            raise OfficeUnreachableError("office.unreachable", "连不上总部。", "稍后再试。")
        name = self.store.wishes()[0]
        (self.store.folder / name[:2]).mkdir(exist_ok=True)
        (self.store.folder / name[:2] / name).write_bytes(b"picture")
        return 1


@pytest.mark.parametrize(("since", "comes"), [(CONTACT_MS - 1, True), (CONTACT_MS, False)])
def test_only_who_heard_of_head_office_just_now_waits_for_a_picture(tmp_path: Path, since: int, comes: bool) -> None:
    clock = HandClock()
    with open_desk(tmp_path / "book", clock) as desk:
        desk.db.apply(lambda applier: note_contact(applier, None))
        clock.ms += since
        line = Line(desk, tmp_path)
        assert (OnePicture(desk.db, desk.clock, line)(SHOES) is not None, line.asked) == (comes, int(comes))


def test_after_the_first_time_in_vain_nothing_is_asked_for(tmp_path: Path) -> None:
    with open_desk(tmp_path / "book", HandClock()) as desk:
        desk.db.apply(lambda applier: note_contact(applier, None))
        line = Line(desk, tmp_path)
        picture = OnePicture(desk.db, desk.clock, line)
        assert picture(SHOES) is not None
        assert picture(SHOES) is not None
        assert line.asked == 1, "what is here is not asked for"
        line.is_cut = True
        assert (picture(SHIRT), picture(SHIRT), line.asked) == (None, None, 2)
