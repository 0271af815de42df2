"""Each printer of a PC has its own offset; one that was never measured has that of all others."""

from __future__ import annotations

import pytest

from guide_app.base.errors import InvalidInputError
from guide_app.flows.desk import Desk
from guide_app.sharing.calibration import Offset, from_ruler
from tests.helpers.book import actor


def test_each_printer_has_its_own_offset(desk: Desk) -> None:
    kept = desk.calibration
    assert kept.offset("前台激光") == Offset()
    kept.keep(Offset(-1.5, 0.8), actor(), "前台激光")
    kept.keep(Offset(0.3, 0.0), actor(), "HP LaserJet")
    assert (kept.offset("前台激光"), kept.offset("HP LaserJet")) == (Offset(-1.5, 0.8), Offset(0.3, 0.0))
    assert kept.offset("新买的") == kept.offset() == Offset()
    kept.keep(Offset(1.0, 1.0), actor())
    assert kept.offset("新买的") == Offset(1.0, 1.0)
    assert kept.offsets().keys() == {"", "前台激光", "HP LaserJet"}


def test_the_one_offset_of_before_stays_for_all_printers(desk: Desk) -> None:
    desk.db.change(lambda uow: uow.save_setting("sharing.printer_offset", "[2.0, -0.5]"), by=None, origin="desktop")
    assert desk.calibration.offset("前台激光") == Offset(2.0, -0.5)
    desk.calibration.keep(Offset(), actor(), "前台激光")
    assert (desk.calibration.offset("前台激光"), desk.calibration.offset()) == (Offset(), Offset(2.0, -0.5))


def test_a_ruler_that_cannot_be_right_is_refused() -> None:
    assert from_ruler(21.5, 19.2) == Offset(-1.5, 0.8)
    with pytest.raises(InvalidInputError, match="毫米"):
        from_ruler(50, 20)
