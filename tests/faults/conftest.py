"""One office with a small brand, a PC that suffers, and another that only watches."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from sqlalchemy import Engine

from head_office.store.engine import make_engine
from tests.faults.brand import Pc, Truth, found_brand
from tests.faults.crash_points import Doom
from tests.faults.processes import OfficeProgram, Programs
from tests.helpers.postgres import OfficeDatabases, office_databases


@dataclass(frozen=True, slots=True)
class Stage:
    """Where a case is played: the office under way, its truth, the programs, and a PC that never suffers."""

    office: OfficeProgram
    origin: str
    truth: Truth
    programs: Programs
    control: Pc
    folder: Path
    sufferers: dict[str, Pc] = field(default_factory=dict)
    lengths: dict[str, int] = field(default_factory=dict)
    numbers: Iterator[int] = field(default_factory=itertools.count)

    def next_numbers(self, n: int) -> list[int]:
        """Numbers that nobody else has."""
        return list(itertools.islice(self.numbers, n))

    def pc(self, name: str, *, synced: bool = True) -> Pc:
        """A new PC of the store, as it stands after its first sync."""
        pc = Pc(self.folder / f"{name}-{next(self.numbers)}", self.programs)
        pc.enrol(self.origin, self.truth.code())
        if synced:
            pc.settled()
        return pc


@pytest.fixture(scope="session", name="fault_databases")
def _fault_databases(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OfficeDatabases]:
    with office_databases(tmp_path_factory.mktemp("postgres")) as databases:
        yield databases


@pytest.fixture(scope="session")
def programs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Programs]:
    """Both programs, ready to be started in processes of their own."""
    made = Programs(tmp_path_factory.mktemp("programs"))
    yield made
    made.close()


@pytest.fixture(scope="module")
def module_engine(fault_databases: OfficeDatabases) -> Iterator[Engine]:
    with fault_databases.migrated() as url:
        engine = make_engine(url)
        yield engine
        engine.dispose()


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory, programs: Programs, module_engine: Engine) -> Iterator[Stage]:
    """An office that serves for all cases of a file."""
    truth = found_brand(module_engine)
    folder = tmp_path_factory.mktemp("stage")
    url = module_engine.url.render_as_string(hide_password=False)
    office = OfficeProgram(programs, url, folder / "office")
    with office.serving(Doom(crowd=True)) as origin:
        control = Pc(folder / "control", programs)
        control.enrol(origin, truth.code())
        yield Stage(office, origin, truth, programs, control, folder)


@pytest.fixture
def pc(stage: Stage, request: pytest.FixtureRequest) -> Iterator[Pc]:
    """The PC that suffers: one after the other all cases of a test, for as long as each ends well."""
    name = request.function.__name__
    made = stage.sufferers.pop(name, None) or stage.pc(name)
    failed = request.session.testsfailed
    yield made
    if request.session.testsfailed == failed:
        stage.sufferers[name] = made
