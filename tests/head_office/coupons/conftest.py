"""A store with a guide, a PC that may send commands, and a template on offer."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine

from head_office.coupons.signing import ensure_signing
from head_office.deeds import push_rules
from head_office.feed.write import in_transaction
from tests.head_office.coupons.till import Till, open_till
from tests.head_office.kit import NOW, SECRET, Pc, enrol_device, make_guide, make_store, make_template


@pytest.fixture
def pc(office_engine: Engine) -> Pc:
    """The till PC of store SH01."""
    make_store(office_engine, region="上海")
    in_transaction(office_engine, lambda connection: ensure_signing(connection, SECRET, NOW))
    return Pc(office_engine, enrol_device(office_engine), push_rules(SECRET))


@pytest.fixture
def guide_id(pc: Pc) -> str:
    """A guide of the store."""
    return make_guide(pc.engine, pc.who.store_id)


@pytest.fixture
def template_id(pc: Pc) -> str:
    """50 off from 300 yuan, one a person."""
    return make_template(pc.engine, no=7)


@pytest.fixture
def till(office_engine: Engine) -> Till:
    """A till with shoes to sell."""
    return open_till(office_engine)
