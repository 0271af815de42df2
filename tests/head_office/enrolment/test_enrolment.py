from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import msgspec
import pytest
import sqlalchemy as sa
from sqlalchemy import Engine

from guide_app.base.errors import DamagedError, GuideError, InvalidInputError, NotFoundError
from guide_app.protocol.hlc import OFFICE_TAG
from guide_app.protocol.messages import Enrol, Enrolled
from guide_app.protocol.scopes import BRAND, store_scope
from head_office.enrolment.api_keys import identify, list_api_keys, make_api_key, revoke_api_key
from head_office.enrolment.codes import make_enrol_code
from head_office.enrolment.devices import Contact, authenticate, enrol, list_devices, look_many, revoke, touch_many
from head_office.enrolment.escrow import recovery_key
from head_office.feed.write import in_transaction
from head_office.store.secret import OfficeSecret, load_secret
from tests.head_office.kit import NOW, SECRET, enrol_device, make_store

HOUR = 3_600_000
ASKS = Enrol("", "收银台 1", "ab" * 32, "recovery words", "1.0.0")


def _code(engine: Engine, store: str = "SH01", hours: float = 24) -> str:
    return in_transaction(engine, lambda c: make_enrol_code(c, store, NOW, hours=hours))


def _enrol(engine: Engine, message: Enrol, now_ms: int = NOW) -> Enrolled:
    return in_transaction(
        engine, lambda c: enrol(c, SECRET, message, now_ms=now_ms, link_origin="https://go.example", brand="红枫叶")
    )


def _with_code(code: str, **changes: object) -> Enrol:
    return msgspec.structs.replace(ASKS, code=code, **changes)


def test_a_code_takes_one_pc_in_with_all_it_needs(office_engine: Engine) -> None:
    store_id = make_store(office_engine)
    enrolled = _enrol(office_engine, _with_code(_code(office_engine).lower().replace("-", " ")))
    assert enrolled.store_id == store_id
    assert enrolled.store_name == "南京西路店"
    assert enrolled.scopes == [BRAND, store_scope(store_id)]
    assert bytes.fromhex(enrolled.link_key) == SECRET.link_key(enrolled.key_no)
    assert enrolled.tag != OFFICE_TAG
    with office_engine.connect() as connection:
        who = authenticate(connection, enrolled.token, NOW)
    assert (who.device_id, who.granted) == (enrolled.device_id, frozenset(enrolled.scopes))


def test_each_pc_has_a_key_and_a_tag_of_its_own(office_engine: Engine) -> None:
    make_store(office_engine)
    pcs = [enrol_device(office_engine) for _ in range(3)]
    assert len({pc.key_no for pc in pcs}) == len({pc.tag for pc in pcs}) == len({pc.link_key for pc in pcs}) == 3


def test_neither_token_nor_recovery_key_nor_code_is_kept_readable(office_engine: Engine) -> None:
    make_store(office_engine)
    code = _code(office_engine)
    enrolled = _enrol(office_engine, _with_code(code))
    with office_engine.connect() as connection:
        row = connection.execute(sa.text("SELECT token_hash, recovery_key FROM device")).one()
        codes = connection.execute(sa.text("SELECT code_hash FROM enrol_code")).scalars().all()
    assert enrolled.token.encode() not in bytes(row.token_hash)
    assert b"recovery" not in bytes(row.recovery_key)
    assert SECRET.unseal(bytes(row.recovery_key)) == "recovery words"
    assert all(code.replace("-", "").encode() not in bytes(stored) for stored in codes)


@pytest.mark.parametrize("when", [NOW + 25 * HOUR, NOW + 24 * HOUR])
def test_a_code_that_is_too_old_takes_nobody_in(office_engine: Engine, when: int) -> None:
    make_store(office_engine)
    with pytest.raises(GuideError) as caught:
        _enrol(office_engine, _with_code(_code(office_engine)), when)
    assert caught.value.code == "enrol.code_invalid"


def test_a_code_works_once_but_a_lost_answer_is_given_again(office_engine: Engine) -> None:
    make_store(office_engine)
    code = _code(office_engine)
    first = _enrol(office_engine, _with_code(code))
    again = _enrol(office_engine, _with_code(code))
    assert (again.device_id, again.key_no) == (first.device_id, first.key_no)
    with office_engine.connect() as connection:
        assert authenticate(connection, again.token, NOW).device_id == first.device_id
        with pytest.raises(GuideError, match="凭证"):
            authenticate(connection, first.token, NOW)
    with pytest.raises(GuideError) as caught:
        _enrol(office_engine, _with_code(code, signing_key="cd" * 32))
    assert caught.value.code == "enrol.code_invalid"


def test_a_used_device_gets_no_second_token(office_engine: Engine) -> None:
    make_store(office_engine)
    code = _code(office_engine)
    _enrol(office_engine, _with_code(code))
    with office_engine.begin() as connection:
        connection.execute(sa.text("UPDATE device SET last_mid = 1"))
    with pytest.raises(GuideError) as caught:
        _enrol(office_engine, _with_code(code))
    assert caught.value.code == "enrol.code_invalid"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"name": ""}, "request.invalid"),
        ({"name": "x\n"}, "request.invalid"),
        ({"signing_key": "zz"}, "request.invalid"),
        ({"recovery_key": ""}, "request.invalid"),
        ({"schema": 99}, "schema.unsupported"),
    ],
)
def test_nonsense_is_refused_and_does_not_spend_the_code(
    office_engine: Engine, change: dict[str, object], code: str
) -> None:
    make_store(office_engine)
    enrol_code = _code(office_engine)
    with pytest.raises(GuideError) as caught:
        _enrol(office_engine, _with_code(enrol_code, **change))
    assert caught.value.code == code
    assert _enrol(office_engine, _with_code(enrol_code)).key_no == 1


def test_an_unknown_store_gets_no_code(office_engine: Engine) -> None:
    with pytest.raises(NotFoundError):
        _code(office_engine, "NOWHERE")


def test_a_revoked_device_is_shut_out_and_named(office_engine: Engine) -> None:
    make_store(office_engine)
    lost, kept = enrol_device(office_engine, name="丢了"), enrol_device(office_engine, name="还在")
    in_transaction(office_engine, lambda c: revoke(c, lost.device_id, NOW))
    with office_engine.connect() as connection:
        with pytest.raises(GuideError) as caught:
            authenticate(connection, lost.token, NOW)
        assert caught.value.code == "device.revoked"
        assert authenticate(connection, kept.token, NOW).device_id == kept.device_id
        lines = {line.name: line for line in list_devices(connection)}
    assert lines["丢了"].revoked_ms == NOW
    assert lines["还在"].revoked_ms is None
    with pytest.raises(NotFoundError):
        in_transaction(office_engine, lambda c: revoke(c, "0190f000-0000-7000-8000-000000000000", NOW))


def test_the_escrow_gives_a_key_back_and_writes_it_down(office_engine: Engine) -> None:
    make_store(office_engine)
    pc = _enrol(office_engine, _with_code(_code(office_engine)))
    assert in_transaction(office_engine, lambda c: recovery_key(c, SECRET, pc.device_id, NOW)) == ASKS.recovery_key
    with office_engine.connect() as connection:
        trail = (
            connection.exec_driver_sql("SELECT detail FROM audit WHERE deed = 'device.recovery_key'").scalars().all()
        )
    assert trail == [{"device_id": pc.device_id}]
    with pytest.raises(NotFoundError):
        in_transaction(office_engine, lambda c: recovery_key(c, SECRET, "nobody", NOW))
    with pytest.raises(DamagedError):
        in_transaction(office_engine, lambda c: recovery_key(c, OfficeSecret(b"x" * 32), pc.device_id, NOW))


@pytest.mark.parametrize("damage", ["", "gdd_", "gdd_!!", "x" * 90, "{token}x", "other"])
def test_a_wrong_token_opens_nothing(office_engine: Engine, damage: str) -> None:
    make_store(office_engine)
    token = enrol_device(office_engine).token
    wrong = {"other": token[:-3] + ("AAA" if token[-3:] != "AAA" else "BBB")}.get(damage, damage.format(token=token))
    with office_engine.connect() as connection, pytest.raises(GuideError) as caught:
        authenticate(connection, wrong, NOW)
    assert caught.value.code == "auth.invalid"


def test_many_are_known_by_one_look_each_by_her_own_token(office_engine: Engine) -> None:
    make_store(office_engine)
    first, second, lost = (enrol_device(office_engine) for _ in range(3))
    in_transaction(office_engine, lambda c: revoke(c, lost.device_id, NOW))
    with office_engine.connect() as connection:
        found = look_many(connection, [second.token, "nonsense", first.token, first.token + "x", lost.token], NOW)
        assert found[0] == authenticate(connection, second.token, NOW)
        assert found[2] == authenticate(connection, first.token, NOW)
        codes = [one.code for one in found if isinstance(one, GuideError)]
        assert codes == ["auth.invalid", "auth.invalid", "device.revoked"]
        assert look_many(connection, [], NOW) == []


def test_contact_is_noted_with_what_each_device_said_last(office_engine: Engine) -> None:
    make_store(office_engine)
    first, second = (enrol_device(office_engine) for _ in range(2))
    said = ((first.device_id, 3), (second.device_id, 7), (first.device_id, 5))
    with office_engine.begin() as connection:
        touch_many(connection, [Contact(first.store_id, device_id, waiting) for device_id, waiting in said], NOW + 9)
        found = [authenticate(connection, device.token, NOW) for device in (first, second)]
    assert [(one.last_contact_ms, one.waiting) for one in found] == [(NOW + 9, 5), (NOW + 9, 7)]


def test_an_api_key_says_who_and_what(office_engine: Engine) -> None:
    key = in_transaction(office_engine, lambda c: make_api_key(c, "pos", ["stock", "purchases"], NOW))
    with office_engine.connect() as connection:
        caller = identify(connection, key)
        assert (caller.name, caller.may("stock"), caller.may("stores")) == ("pos", True, False)
        for wrong in (key[:-1], key + "x", "gdk_zz_yy", ""):
            with pytest.raises(GuideError) as caught:
                identify(connection, wrong)
            assert caught.value.code == "auth.invalid"
        stored = connection.execute(sa.text("SELECT key_hash FROM api_key")).scalar_one()
    assert key.encode() not in bytes(stored)
    with pytest.raises(InvalidInputError):
        in_transaction(office_engine, lambda c: make_api_key(c, "pos", ["all"], NOW))
    with pytest.raises(InvalidInputError):
        in_transaction(office_engine, lambda c: make_api_key(c, "other", ["everything"], NOW))


def test_a_key_put_out_of_use_opens_nothing_and_stays_in_the_list(office_engine: Engine) -> None:
    lost = in_transaction(office_engine, lambda c: make_api_key(c, "pos", ["all"], NOW - 1))
    kept = in_transaction(office_engine, lambda c: make_api_key(c, "erp", ["all"], NOW))
    first = in_transaction(office_engine, lambda c: revoke_api_key(c, "pos", NOW + 1))
    again = in_transaction(office_engine, lambda c: revoke_api_key(c, "pos", NOW + 2))
    assert (again, first.revoked_ms) == (first, NOW + 1)
    with office_engine.connect() as connection:
        with pytest.raises(GuideError, match="不被接受"):
            identify(connection, lost)
        assert identify(connection, kept).name == "erp"
        assert [(line.name, line.revoked_ms) for line in list_api_keys(connection)] == [("pos", NOW + 1), ("erp", None)]
        trail = connection.execute(sa.text("SELECT deed FROM audit WHERE deed LIKE 'api_key.%' ORDER BY at_ms, deed"))
        assert [deed for (deed,) in trail] == ["api_key.make", "api_key.make", "api_key.revoke"]
    with pytest.raises(NotFoundError):
        in_transaction(office_engine, lambda c: revoke_api_key(c, "nobody", NOW))


def test_the_secret_is_made_once_kept_private_and_can_come_from_outside(tmp_path: Path) -> None:
    folder = tmp_path / "office"
    first, second = load_secret(folder, {}), load_secret(folder, {})
    assert first.link_key(7) == second.link_key(7)
    assert (folder / "secret.key").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in folder.iterdir()] == ["secret.key"]
    assert load_secret(folder, {"HEAD_OFFICE_SECRET": bytes(range(32)).hex()}).link_key(7) == SECRET.link_key(7)
    for bad in ("abcd", "not hex"):
        with pytest.raises(GuideError):
            load_secret(folder, {"HEAD_OFFICE_SECRET": bad})


def test_what_is_sealed_opens_only_with_its_secret() -> None:
    sealed = SECRET.seal("恢复密钥")
    assert SECRET.unseal(sealed) == "恢复密钥"
    with pytest.raises(DamagedError):
        OfficeSecret(bytes(32)).unseal(sealed)
    with pytest.raises(DamagedError):
        SECRET.unseal(sealed[:-1] + bytes([sealed[-1] ^ 1]))


def test_a_line_of_the_list_is_plain_data(office_engine: Engine) -> None:
    make_store(office_engine)
    enrol_device(office_engine)
    with office_engine.connect() as connection:
        (line,) = list_devices(connection)
    assert replace(line, name="x").store_code == "SH01"
