"""Refused changes of each kind, corrected and handed in again, over a real book and an office in memory."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guide_app.base.errors import InvalidInputError, NotFoundError
from guide_app.sync.parked import ParkedService, corrected
from guide_app.sync.queries import ParkedChange, SyncQueries
from tests.helpers.book import CHEN, COUPON_CODE, WANG, HandClock, actor, ident
from tests.helpers.busy_office import Pc, two_pcs
from tests.helpers.memory_office import Done, OfficeServer


@pytest.fixture
def pcs(tmp_path: Path) -> Iterator[tuple[Pc, Pc, OfficeServer]]:
    with two_pcs(tmp_path, HandClock()) as made:
        yield made


def the_parked(pc: Pc) -> ParkedChange:
    (parked,) = SyncQueries(pc.desk.db).parked()
    return parked


def test_a_command_is_handed_in_again_and_its_prediction_follows(pcs: tuple[Pc, Pc, OfficeServer]) -> None:
    here, _, _ = pcs
    here.desk.coupon_deeds.redeem(COUPON_CODE, actor(), order_no="NJ-9", amount_fen=56900)
    here.sync()
    parked = the_parked(here)
    ParkedService(here.desk.db).resubmit(parked.change.mid, {"order_no": "NJ-10"}, by=WANG, origin="test")
    shown = here.desk.db.query(
        lambda conn: conn.exec_driver_sql("SELECT order_no FROM redemption WHERE coupon_code = ?", (COUPON_CODE,)).all()
    )
    assert [row[0] for row in shown] == ["NJ-10"]
    (waiting,) = SyncQueries(here.desk.db).waiting()
    assert (waiting.op, waiting.kind) == ("command", "coupon.redeem")
    assert SyncQueries(here.desk.db).parked() == ()


def test_a_patch_is_handed_in_again_corrected(pcs: tuple[Pc, Pc, OfficeServer]) -> None:
    here, _, server = pcs
    here.desk.client_deeds.edit(CHEN, {"remark": "宽脚"}, actor())
    here.desk.db.apply(lambda applier: applier.conn.exec_driver_sql("UPDATE outbox SET state = 'parked'"))
    parked = the_parked(here)
    assert parked.change.op == "patch"
    ParkedService(here.desk.db).resubmit(parked.change.mid, {"remark": "宽脚, 怕磨"}, by=WANG, origin="test")
    assert here.desk.clients.portrait(CHEN).fields["remark"] == "宽脚, 怕磨"
    assert server is not None


def test_what_the_office_takes_in_after_all_leaves_the_list(pcs: tuple[Pc, Pc, OfficeServer]) -> None:
    here, _, server = pcs
    here.desk.coupon_deeds.redeem(COUPON_CODE, actor(), order_no="NJ-9", amount_fen=56900)
    here.sync()
    mid = the_parked(here).change.mid
    (desk,) = [one for one in server.office.desks.values() if mid in one.quarantine]
    server.office.commands["coupon.redeem"] = lambda _office, _mutation: Done()
    assert server.office.replay(desk, mid) == ""
    server.office.write("tag", ident(900), {"name": "新客"})  # the replayed deed, too, would have moved a head
    here.sync()
    assert SyncQueries(here.desk.db).parked() == ()


def test_a_number_that_is_not_refused_is_said(pcs: tuple[Pc, Pc, OfficeServer]) -> None:
    with pytest.raises(NotFoundError):
        ParkedService(pcs[0].desk.db).discard(77, by=WANG, origin="test")


def test_a_file_of_another_kind_is_not_written(pcs: tuple[Pc, Pc, OfficeServer], tmp_path: Path) -> None:
    here, _, _ = pcs
    with pytest.raises(InvalidInputError):
        ParkedService(here.desk.db).export([], tmp_path / "x.docx")
    assert not (tmp_path / "x.docx").exists()
    assert ParkedService(here.desk.db).export([], tmp_path / "x.csv") == 0


@given(st.text(max_size=80))
def test_a_name_passes_exactly_if_the_kind_allows_it(name: str) -> None:
    data = {"name": "王", "phone": ""}
    if name and len(name) <= 64:
        assert corrected("client", data, {"name": name})["name"] == name
    else:
        with pytest.raises(InvalidInputError) as refused:
            corrected("client", data, {"name": name})
        assert refused.value.code == "field.name"


def test_fields_that_were_not_in_the_change_are_refused() -> None:
    with pytest.raises(InvalidInputError) as refused:
        corrected("client", {"name": "王"}, {"remark": "x"})
    assert refused.value.code == "field.remark"


def test_a_number_takes_its_stored_form() -> None:
    assert corrected("client", {"phone": ""}, {"phone": "+86 139-1111-3333"}) == {"phone": "13911113333"}
