"""私密档案: what a guide keeps to herself of her client is told to no colleague, whatever way he looks for it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from guide_app.base.errors import InvalidInputError
from guide_app.flows.desk import Desk
from guide_app.flows.take import take_out
from guide_app.flows.take_copy import take_copy
from guide_app.flows.timeline import timeline
from guide_app.protocol.segment_rules import Said
from tests.helpers.book import CHEN, LI, WANG, Frames, actor, ident

SECRET = "离婚官司"
FIELD = ident(200)
MANAGER = replace(actor(), guide_id=LI, number="0300", name="李娜", role="store_manager")


@pytest.fixture
def kept(desk: Desk) -> Desk:
    """王敏 keeps the secret as a field, a note and a tag of her own."""
    frame = Frames()
    frame._seq = 300
    row = frame("custom_field", FIELD, name="私下的事", private=True, rank=1)
    desk.db.apply(lambda applier: applier.apply([row]))
    desk.card_deeds.custom.answer(CHEN, FIELD, SECRET, actor())
    desk.client_deeds.note(CHEN, f"她说: {SECRET}", actor(), private=True)
    return desk


def test_her_own_guide_sees_it(kept: Desk) -> None:
    assert SECRET in repr(kept.card.card(CHEN, WANG))
    assert SECRET in repr(timeline(kept.db, CHEN, guide_id=WANG))


def test_no_read_tells_a_colleague(kept: Desk) -> None:
    reads = (
        kept.card.card(CHEN, LI), timeline(kept.db, CHEN, guide_id=LI), timeline(kept.db, CHEN),
        kept.clients.portrait(CHEN, LI), kept.clients.rows([CHEN]), kept.followup.about(CHEN, LI),
        kept.followup.of_client(CHEN), kept.clients.used_tags(),
    )  # fmt: skip
    for read in reads:
        assert SECRET not in repr(read)


@pytest.mark.parametrize("typed", [SECRET, "离婚", "官司", "离"])
def test_no_search_finds_or_quotes_it(kept: Desk, typed: str) -> None:
    assert kept.clients.search(typed) == ()
    kept.client_deeds.note(CHEN, f"{typed}: 写给大家看的", actor())
    (found,) = kept.clients.search(typed)
    assert found.match is not None
    assert "她说" not in found.match.words


def test_no_segment_is_made_of_it(kept: Desk) -> None:
    for viewer in (LI, WANG):
        assert kept.segments.ids(Said(SECRET), viewer) == ()
    kept.client_deeds.note(CHEN, f"{SECRET}: 大家都知道", actor())
    assert kept.segments.ids(Said(SECRET), LI) == (CHEN,)


def test_neither_a_colleagues_copy_nor_a_managers_export_holds_it(kept: Desk, tmp_path: Path) -> None:
    take_copy(kept.db, kept.clock, MANAGER, CHEN, tmp_path / "copy", proven_by="当面")
    take_out(kept.db, kept.clock, MANAGER, tmp_path / "out", reason="盘点")
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert files
    for path in files:
        assert SECRET not in path.read_bytes().decode("utf-8", "ignore"), path.name


def test_it_goes_with_the_client_to_her_new_guide_and_leaves_the_old(kept: Desk) -> None:
    kept.client_deeds.edit(CHEN, {"primary_guide_id": LI}, actor())
    assert SECRET in repr(kept.card.card(CHEN, LI).answers)
    assert SECRET not in repr(kept.card.card(CHEN, WANG).answers)
    with pytest.raises(InvalidInputError):
        kept.card_deeds.custom.answer(CHEN, FIELD, "", actor())
