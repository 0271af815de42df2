"""What a client agreed to: which fact counts, and that her record follows it."""

from __future__ import annotations

import itertools
from random import Random
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guide_app.base.clock import DAY_MS
from guide_app.base.errors import InvalidInputError, NotFoundError
from guide_app.base.said import Said
from guide_app.flows.desk import Desk
from guide_app.privacy.model import CHANNELS, Channel, Purpose, Way, agreement, state_after
from guide_app.protocol.records import Consent
from guide_app.segments.model import Consented
from guide_app.store.outbox import waiting
from tests.helpers.book import CHEN, LIN, NOW, WANG, ZHOU, HandClock, actor, ident


def sign(desk: Desk, client_id: str, purpose: Purpose, channel: Channel = "any") -> None:
    """She signs the form."""
    desk.privacy_deeds.grant(
        client_id, purpose, actor(), channel=channel, version="2026-1", way="paper", proof="告知书 0231"
    )


def fact(n: int, *, granted: bool = True, channel: Channel = "any", by: str | None = WANG, at: int = 0) -> Consent:
    return Consent(
        id=ident(500 + n), client_id=LIN, purpose="marketing", channel=channel, granted=granted, guide_id=by,
        at=at or NOW + n,
    )  # fmt: skip


def standing(*facts: Consent, channel: Channel = "wechat", at: int = NOW + 100) -> str:
    return agreement(facts, "marketing", channel, at).standing


FACTS = st.lists(
    st.builds(
        fact,
        st.integers(0, 9),
        granted=st.booleans(),
        channel=st.sampled_from(CHANNELS),
        by=st.sampled_from([None, WANG]),
    ),
    max_size=6,
)


def test_the_latest_counts_and_earlier_moments_keep_what_held_then() -> None:
    facts = (fact(1), fact(5, granted=False), fact(9, by=None))
    held = [standing(*facts, at=NOW + at) for at in (0, 1, 4, 5, 8, 9)]
    assert held == ["unasked", "granted", "granted", "withdrawn", "withdrawn", "granted"]


def test_a_guides_grant_does_not_open_a_withdrawal() -> None:
    assert standing(fact(1, granted=False), fact(2)) == "withdrawn"
    assert standing(fact(1, granted=False), fact(2), fact(3, by=None)) == "granted"


def test_a_withdrawal_for_one_channel_leaves_the_others_and_outlives_a_general_grant() -> None:
    facts = (fact(1), fact(2, granted=False, channel="sms"), fact(3, by=None))
    assert (standing(*facts, channel="sms"), standing(*facts, channel="phone")) == ("withdrawn", "granted")
    assert standing(*facts, fact(4, channel="sms", by=None), channel="sms") == "granted"
    both = (fact(1, granted=False, channel="sms"), fact(2, granted=False), fact(3, by=None))
    assert standing(*both, channel="sms") == "withdrawn"


def test_of_the_same_moment_the_withdrawal_counts() -> None:
    assert standing(fact(1, by=None, at=NOW), fact(0, granted=False, at=NOW)) == "withdrawn"


@given(FACTS, st.sampled_from(CHANNELS), st.randoms(use_true_random=False))
def test_the_order_of_arrival_does_not_matter(facts: list[Consent], channel: Channel, random: Random) -> None:
    shuffled = list(facts)
    random.shuffle(shuffled)
    assert standing(*facts, channel=channel) == standing(*shuffled, channel=channel)


@given(FACTS, st.sampled_from(CHANNELS))
def test_nothing_a_guide_writes_turns_a_withdrawal_into_a_grant(facts: list[Consent], channel: Channel) -> None:
    if standing(*facts, channel=channel) == "withdrawn":
        later = [fact(20 + n, channel=c) for n, c in enumerate(CHANNELS)]
        assert standing(*facts, *later, channel=channel) == "withdrawn"


@given(FACTS)
def test_nothing_opens_a_refusal(facts: list[Consent]) -> None:
    for new in facts:
        assert state_after("refused", facts, new) == "refused"


def fields(desk: Desk, client_id: str) -> tuple[object, ...]:
    found = desk.clients.portrait(client_id).fields
    return found["contact_state"], found["consent_version"], found["consent_at"]


def test_a_consent_is_filed_with_its_proof_and_her_record_follows(desk: Desk) -> None:
    desk.privacy_deeds.grant(LIN, "service", actor(), version="2026-1", way="spoken", proof="当面说可以电话联系")
    assert fields(desk, LIN) == ("one_to_one", "2026-1", NOW)
    desk.privacy_deeds.grant(LIN, "marketing", actor(), channel="wechat", version="2026-2", way="paper", proof="表 17")
    assert fields(desk, LIN) == ("marketing", "2026-2", NOW)
    last = desk.privacy.ledger(LIN).facts[-1]
    said = (last.purpose, last.channel, last.version, last.way, last.proof, last.guide_id, last.at)
    assert said == ("marketing", "wechat", "2026-2", "paper", "表 17", WANG, NOW)


def test_what_is_filed_waits_for_head_office_with_the_record_it_changed(desk: Desk) -> None:
    desk.privacy_deeds.withdraw(CHEN, "service", actor())
    waiting = desk.db.query(lambda c: c.exec_driver_sql("SELECT op, kind, grp FROM outbox ORDER BY mid").all())
    assert [(row[0], row[1]) for row in waiting] == [("put", "consent"), ("patch", "client")]
    assert len({row[2] for row in waiting}) == 1, "both or neither"


def test_withdrawing_asks_for_nothing_and_stops_at_once(desk: Desk, clock: HandClock) -> None:
    desk.privacy_deeds.withdraw(CHEN, "marketing", actor())
    assert fields(desk, CHEN) == ("none", "", None)
    clock.ms += DAY_MS
    with pytest.raises(InvalidInputError, match="本人") as caught:
        sign(desk, CHEN, "marketing")
    assert caught.value.code == "consent.refused"
    assert len(desk.privacy.ledger(CHEN).facts) == 1


def test_withdrawing_marketing_leaves_the_service_she_agreed_to(desk: Desk) -> None:
    sign(desk, CHEN, "service")
    assert fields(desk, CHEN)[0] == "marketing"
    desk.privacy_deeds.withdraw(CHEN, "marketing", actor())
    assert fields(desk, CHEN)[0] == "one_to_one"


def test_a_refusal_cannot_be_undone_by_a_guide(desk: Desk) -> None:
    desk.privacy_deeds.withdraw(ZHOU, "service", actor())
    assert fields(desk, ZHOU)[0] == "refused"
    asked: tuple[Purpose, ...] = ("service", "marketing")
    for purpose in asked:
        with pytest.raises(InvalidInputError, match="本人"):
            sign(desk, ZHOU, purpose, "wechat")
    desk.privacy_deeds.withdraw(ZHOU, "marketing", actor())
    assert fields(desk, ZHOU)[0] == "refused"


def test_one_channel_after_another_is_a_refusal_in_the_end(desk: Desk) -> None:
    states = []
    for channel in CHANNELS[1:]:
        desk.privacy_deeds.withdraw(ZHOU, "service", actor(), channel=channel)
        states.append(fields(desk, ZHOU)[0])
    assert states == ["one_to_one", "one_to_one", "one_to_one", "refused"]


def test_profiling_follows_her_word(desk: Desk) -> None:
    desk.privacy_deeds.withdraw(CHEN, "profiling", actor())
    portrait = desk.clients.portrait(CHEN)
    assert (bool(portrait.fields["no_profiling"]), portrait.fields["contact_state"]) == (True, "marketing")


@pytest.mark.parametrize(("version", "proof"), [("", "表 1"), ("2026-1", " ")])
def test_a_consent_without_proof_is_none(desk: Desk, version: str, proof: str) -> None:
    with pytest.raises(InvalidInputError, match="凭据"):
        desk.privacy_deeds.grant(LIN, "marketing", actor(), version=version, way="paper", proof=proof)
    assert fields(desk, LIN)[0] == "none"


def test_what_head_office_files_is_not_a_guides_to_write(desk: Desk) -> None:
    with pytest.raises(InvalidInputError, match="总部"):
        desk.privacy_deeds.grant(LIN, "marketing", actor(), version="1", way=cast("Way", "page"), proof="x")
    with pytest.raises(NotFoundError):
        desk.privacy.ledger(ident(999))


def test_the_ledger_tells_each_purpose_and_channel_of_which_anything_was_said(desk: Desk) -> None:
    sign(desk, LIN, "marketing", "wechat")
    desk.privacy_deeds.withdraw(LIN, "marketing", actor(), channel="sms")
    told = [(a.purpose, a.channel, a.standing) for a in desk.privacy.ledger(LIN).agreements(NOW)]
    assert told == [("marketing", "wechat", "granted"), ("marketing", "sms", "withdrawn")]
    assert fields(desk, LIN)[0] == "marketing"


def test_withdrawals_seen_in_any_order_name_the_same(desk: Desk) -> None:
    facts = (fact(1, granted=False), fact(2, granted=False, channel="sms"), fact(3, by=None))
    seen = {standing(*order, channel="sms") for order in itertools.permutations(facts)}
    assert seen == {"withdrawn"}
    assert not desk.privacy.ledger(CHEN).facts


def test_a_new_client_is_lawful_from_the_first_second(desk: Desk) -> None:
    said = Said("marketing", "2026-1", "paper", "告知书 0232")
    new = desk.client_deeds.add({"name": "何俊"}, actor(), said=said)
    ledger = desk.privacy.ledger(new)
    (fact,) = ledger.facts
    assert (ledger.contact_state, fact.purpose, fact.channel, fact.version, fact.way, fact.proof, fact.guide_id) == (
        "marketing", "marketing", "any", "2026-1", "paper", "告知书 0232", WANG,
    )  # fmt: skip
    assert new in desk.segments.ids(Consented("marketing"), WANG)
    assert [(m.op, m.kind) for m in desk.db.query(lambda conn: waiting(conn, 10))] == [
        ("put", "client"), ("put", "consent"), ("patch", "client"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"contact_state": "marketing"}, None),
        ({}, Said("marketing", "2026-1")),
        ({}, Said("one_to_one", proof="当面口头")),
    ],
)
def test_no_state_of_contact_without_words_and_proof(desk: Desk, fields: dict[str, str], said: Said | None) -> None:
    with pytest.raises(InvalidInputError) as refused:
        desk.client_deeds.add({"name": "何俊", **fields}, actor(), said=said)
    assert refused.value.code == "consent.unproven"
    with pytest.raises(InvalidInputError) as refused:
        desk.client_deeds.edit(ZHOU, {"contact_state": "marketing"}, actor())
    assert refused.value.code == "consent.unproven"
    assert desk.clients.search("何俊") == ()


def test_a_refusal_is_a_fact_whoever_heard_it(desk: Desk) -> None:
    edit = desk.client_deeds.edit(ZHOU, {"contact_state": "refused", "remark": "别再打"}, actor())
    desk.client_deeds.undo(edit, actor())
    ledger = desk.privacy.ledger(ZHOU)
    assert (ledger.contact_state, [(f.purpose, f.granted) for f in ledger.facts]) == ("refused", [("service", False)])
    assert desk.clients.portrait(ZHOU).fields["remark"] == "", "her word cannot be undone, the guide's can"


def test_every_state_that_the_desk_writes_has_its_fact(desk: Desk) -> None:
    """Whatever is waiting for head office: a state of contact never goes without a fact of the same group."""
    desk.client_deeds.add({"name": "何俊"}, actor(), said=Said("one_to_one", "2026-1", proof="口头"))
    desk.client_deeds.edit(ZHOU, {"contact_state": "refused"}, actor())
    sign(desk, LIN, "marketing")
    rows = desk.db.query(lambda conn: conn.exec_driver_sql("SELECT grp, kind, data FROM outbox").all())
    stated = {grp for grp, kind, data in rows if kind == "client" and "contact_state" in str(data)}
    assert stated == {grp for grp, kind, _ in rows if kind == "consent"}
    assert len(stated) == 3


def test_between_a_guides_note_and_her_own_page_the_later_word_counts() -> None:
    withdrawn, granted = fact(1, granted=False), fact(2, by=None)
    for facts in itertools.permutations((fact(0), withdrawn, granted)):
        assert standing(*facts) == "granted"
        assert standing(*facts, at=NOW + 1) == "withdrawn"
    page, later = fact(1, by=None), fact(2, granted=False)
    for facts in itertools.permutations((page, later)):
        assert standing(*facts) == "withdrawn"
    narrow, general = fact(1, granted=False, channel="wechat"), fact(2, by=None)
    assert standing(narrow, general) == "withdrawn"
    assert standing(narrow, general, channel="phone") == "granted"
