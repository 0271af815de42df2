"""The material centre: what head office sent stands in place of what shipped; a store's own keeps the brand lock."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest

from guide_app.base.actor import Actor
from guide_app.base.errors import GuideError
from guide_app.flows.desk import Desk
from guide_app.protocol.poster_layers import Symbol, Template
from guide_app.protocol.poster_rules import body_of
from guide_app.protocol.scopes import BRAND
from guide_app.sharing.material import TemplateRefused, may_edit
from tests.guide_app.coupons.office import publish
from tests.guide_app.sharing.posters import TEMPLATES
from tests.helpers.book import LI, HandClock, actor, ident, open_desk

A4 = TEMPLATES["a4"]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with open_desk(tmp_path, HandClock()) as made:
        yield made


@pytest.fixture
def manager() -> Actor:
    return replace(actor(), guide_id=LI, name="李娜", number="0300", role="store_manager")


def send(desk: Desk, template: Template, version: int, *, locked: bool = False, active: bool = True) -> None:
    data = {"name": template.name, "version": version, "body": body_of(template), "locked": locked, "active": active}
    publish(desk, (BRAND, "poster_template", ident(900 + version), data), seq=9_000 + version + 100 * (not active))


def titled(title: str) -> Template:
    return msgspec.structs.replace(A4, title=title)


def test_head_offices_highest_version_stands_in_for_what_shipped(desk: Desk) -> None:
    assert desk.materials.centre(TEMPLATES).materials["a4"].origin == "program"
    send(desk, titled("A4 冬季"), 2)
    send(desk, titled("A4 春季"), 3)
    found = desk.materials.centre(TEMPLATES).materials["a4"]
    assert (found.origin, found.version, found.template.title) == ("office", 3, "A4 春季")
    send(desk, titled("A4 春季"), 3, active=False)
    assert desk.materials.centre(TEMPLATES).materials["a4"].template.title == "A4 冬季"


def test_a_template_that_this_program_cannot_paint_is_left_out_and_told(desk: Desk) -> None:
    data = {"name": "a4", "version": 4, "body": {**body_of(A4), "layers": [{"type": "hologram"}]}}
    publish(desk, (BRAND, "poster_template", ident(904), data), seq=9_004)
    centre = desk.materials.centre(TEMPLATES)
    assert centre.materials["a4"].origin == "program"
    assert [(one.name, one.version) for one in centre.left_out] == [("a4", 4)]


def test_a_manager_keeps_versions_and_takes_one_back(desk: Desk, manager: Actor) -> None:
    name = desk.materials.save(TEMPLATES, "a4", titled("店庆"), manager)
    assert desk.materials.save(TEMPLATES, "a4", titled("店庆二"), manager, name) == name
    second = desk.materials.centre(TEMPLATES).materials[name]
    assert (second.origin, second.version, second.base, second.template.title) == ("store", 2, "a4", "店庆二")
    desk.materials.withdraw(second.record_id, manager)
    assert desk.materials.centre(TEMPLATES).materials[name].template.title == "店庆"
    desk.materials.bring_back(second.record_id, manager)
    assert desk.materials.centre(TEMPLATES).materials[name].version == 2


def test_a_guide_may_not_and_hears_why(desk: Desk) -> None:
    with pytest.raises(GuideError, match="店长"):
        desk.materials.save(TEMPLATES, "a4", titled("我的"), actor())


def test_a_locked_template_is_no_base(desk: Desk, manager: Actor) -> None:
    send(desk, A4, 2, locked=True)
    refusal = may_edit(manager, desk.materials.centre(TEMPLATES).materials["a4"])
    assert refusal is not None
    assert "总部锁定" in refusal.sentence
    with pytest.raises(GuideError, match="总部锁定"):
        desk.materials.save(TEMPLATES, "a4", titled("店庆"), manager)


def test_the_brand_lock_holds_when_saving_and_when_head_office_moves_its_logo(desk: Desk, manager: Actor) -> None:
    number = next(n for n, layer in enumerate(A4.layers) if isinstance(layer, Symbol))
    layers = list(A4.layers)
    layers[number] = msgspec.structs.replace(layers[number], box=(137.0, 205.0, 62.0, 62.0))
    moved = msgspec.structs.replace(A4, layers=tuple(layers))
    with pytest.raises(TemplateRefused):
        desk.materials.save(TEMPLATES, "a4", moved, manager)
    name = desk.materials.save(TEMPLATES, "a4", titled("店庆"), manager)
    send(desk, moved, 2)
    centre = desk.materials.centre(TEMPLATES)
    assert name not in centre.materials
    assert [(one.name, one.why[0].code) for one in centre.left_out] == [(name, "locked")]
