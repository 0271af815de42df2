"""The demo's client book holds together: what it refers to is there, and its rules are ones that the desktop reads."""

from __future__ import annotations

from collections import defaultdict

from guide_app.protocol import records as wire
from guide_app.protocol.records import Record
from guide_app.segments.parse import parse
from head_office.demo.brand import Brand
from head_office.demo.records import records


def _by_kind(brand: Brand) -> dict[type[Record], list[tuple[str | None, Record]]]:
    found: dict[type[Record], list[tuple[str | None, Record]]] = defaultdict(list)
    for store_id, record in records(brand, {}):
        found[type(record)].append((store_id, record))
    return found


def test_whatever_is_about_a_client_lies_in_her_store(brand: Brand) -> None:
    found = _by_kind(brand)
    home = {record.id: store_id for store_id, record in found[wire.Client]}
    about = (
        wire.Consent, wire.Relation, wire.ClientDate, wire.CustomValue, wire.Wish, wire.Service, wire.SegmentMember,
        wire.SopRun, wire.Note,
    )  # fmt: skip
    for kind in about:
        assert found[kind], kind
        for store_id, record in found[kind]:
            assert home[getattr(record, "client_id")] == store_id  # noqa: B009 - the kinds share the field, not a type


def test_rules_are_in_the_grammar_of_segments_and_sequences_name_scripts(brand: Brand) -> None:
    found = _by_kind(brand)
    made = [record for kind in (wire.TagRule, wire.Segment) for _, record in found[kind]]
    rules = [record.rule for record in made if isinstance(record, wire.TagRule)]
    rules += [record.rule for record in made if isinstance(record, wire.Segment) and record.mode == "dynamic"]
    assert len(rules) >= 5
    for rule in rules:
        parse(rule)
    scripts = {record.id for _, record in found[wire.Script]}
    steps = [step for _, record in found[wire.Sop] if isinstance(record, wire.Sop) for step in record.steps]
    assert steps
    assert {step.script_id for step in steps} <= scripts


def test_two_of_her_clients_are_known_in_another_store_by_the_same_number(brand: Brand) -> None:
    stores: dict[str, set[str | None]] = defaultdict(set)
    for store_id, record in _by_kind(brand)[wire.Client]:
        if isinstance(record, wire.Client) and record.phone:
            stores[record.phone].add(store_id)
    assert sum(len(where) > 1 for where in stores.values()) == 2


def _categories(rule: object) -> set[str]:
    if isinstance(rule, list):
        return set().union(*map(_categories, rule))
    if not isinstance(rule, dict):
        return set()
    own = {str(rule["category"])} if "category" in rule else set()
    return own.union(*map(_categories, rule.values()))


def test_what_a_rule_asks_to_have_been_bought_is_in_the_catalogue_and_was_bought(brand: Brand) -> None:
    found = _by_kind(brand)
    category = {one.id: one.category for _, one in found[wire.Product] if isinstance(one, wire.Product)}
    bought = {
        category[line.product_id]
        for _, line in found[wire.PurchaseLine] if isinstance(line, wire.PurchaseLine) and line.product_id in category
    }  # fmt: skip
    rules = [one.rule for kind in (wire.TagRule, wire.Segment) for _, one in found[kind]
             if isinstance(one, wire.TagRule | wire.Segment) and one.rule]  # fmt: skip
    for rule in rules:
        asked = _categories(rule)
        assert not asked or asked & bought, rule
