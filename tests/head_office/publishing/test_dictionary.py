"""Staff rename and merge tags: who carries them is counted, nobody loses one, and either is taken back."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from guide_app.protocol.scopes import BRAND, store_scope
from head_office.__main__ import main
from head_office.feed.check import check_feed
from head_office.feed.write import in_transaction
from head_office.publishing import dictionary, tags
from head_office.publishing.dictionary import TagChange, TagLine
from head_office.publishing.model import PublishError
from tests.head_office.kit import NOW, make_store, new_id, put_all, rows_of

GROUP = "爱好"


@dataclass
class Staff:
    """Somebody at head office with a dictionary of three tags, and the clients that carry them."""

    engine: Engine
    tags: dict[str, str] = field(default_factory=dict)
    now: int = NOW

    def __post_init__(self) -> None:
        for rank, name in enumerate(("徒步", "登山", "散步")):
            self.tags[name] = new_id()
            put_all(self.engine, BRAND, "tag", {self.tags[name]: {"group": GROUP, "name": name, "rank": rank}})
        scope = store_scope(make_store(self.engine))
        clients = [new_id() for _ in range(4)]
        marks: list[dict[str, Any]] = [
            {"tag_id": self.tags["徒步"], "name": "徒步"}, {"tag_id": None, "name": "徒步"},
            {"tag_id": self.tags["登山"], "name": "登山"}, {"tag_id": self.tags["散步"], "name": "散步", "until": NOW},
        ]  # fmt: skip
        for client, mark in zip(clients, marks, strict=True):
            put_all(self.engine, scope, "client_tag", {new_id(): {"client_id": client, "group": GROUP, **mark}})
        twice = {new_id(): {"client_id": clients[0], "group": GROUP, "name": "登山", "tag_id": self.tags["登山"]}}
        put_all(self.engine, scope, "client_tag", twice)

    def does(self, deed: Any, *said: str) -> TagChange:
        self.now += 60_000
        done: TagChange = in_transaction(self.engine, lambda c: deed(c, *said, by="李总", now_ms=self.now))
        return done

    def listed(self) -> dict[str, TagLine]:
        with self.engine.connect() as connection:
            return {tag.name: tag for tag in dictionary.list_tags(connection, self.now)}

    def carried(self) -> dict[str, int]:
        return {name: tag.clients for name, tag in self.listed().items()}

    def stands(self) -> list[dict[str, Any]]:
        rows = sorted(rows_of(self.engine, "tag"), key=lambda row: str(row["id"]))
        return [{name: row[name] for name in row if name != "seq"} for row in rows]


@pytest.fixture
def staff(office_engine: Engine) -> Staff:
    return Staff(office_engine)


def test_each_tag_says_how_many_clients_carry_it(staff: Staff) -> None:
    assert staff.carried() == {"徒步": 2, "登山": 2, "散步": 0}


def test_a_renamed_tag_keeps_its_clients_and_its_name_comes_back(staff: Staff) -> None:
    before = staff.stands()
    done = staff.does(dictionary.rename, GROUP, "徒步", "户外")
    assert (done.tag, done.to, done.clients, done.by) == ("徒步", "户外", 2, "李总")
    assert staff.listed()["户外"].was == ["徒步"]
    assert staff.carried() == {"户外": 2, "登山": 2, "散步": 0}
    staff.does(dictionary.undo, done.id)
    assert staff.stands() == before
    assert check_feed(staff.engine).ok
    with pytest.raises(PublishError, match="已经撤销"):
        staff.does(dictionary.undo, done.id)


def test_merged_tags_are_carried_as_one_through_any_chain_and_come_apart_again(staff: Staff) -> None:
    first = staff.does(dictionary.merge, GROUP, "徒步", "登山")
    second = staff.does(dictionary.merge, GROUP, "登山", "散步")
    assert (first.clients, second.clients) == (2, 3)
    assert staff.carried() == {"徒步": 0, "登山": 0, "散步": 3}
    assert {name: tag.merged_into for name, tag in staff.listed().items()} == {
        "徒步": "散步", "登山": "散步", "散步": "",
    }  # fmt: skip
    with pytest.raises(PublishError, match="后来又改过"):
        staff.does(dictionary.undo, first.id)
    staff.does(dictionary.undo, second.id)
    assert staff.carried() == {"徒步": 0, "登山": 3, "散步": 0}
    staff.does(dictionary.undo, first.id)
    assert staff.carried() == {"徒步": 2, "登山": 2, "散步": 0}


def test_a_merge_is_not_taken_back_into_a_full_dictionary(staff: Staff, monkeypatch: pytest.MonkeyPatch) -> None:
    done = staff.does(dictionary.merge, GROUP, "登山", "徒步")
    merged = staff.stands()
    monkeypatch.setattr(tags, "MOST_TAGS", 2)
    with pytest.raises(PublishError, match="最多 2 个"):
        staff.does(dictionary.undo, done.id)
    assert staff.stands() == merged
    monkeypatch.setattr(tags, "MOST_TAGS", 3)
    staff.does(dictionary.undo, done.id)
    assert set(staff.carried()) == {"徒步", "登山", "散步"}


def test_what_would_lose_or_confuse_a_tag_is_refused(staff: Staff) -> None:
    for deed, said in (
        (dictionary.rename, ("登山", "散步")), (dictionary.rename, ("没有", "户外")),
        (dictionary.rename, ("登山", "长" * 31)), (dictionary.merge, ("登山", "登山")),
        (dictionary.merge, ("登山", "没有")), (dictionary.undo, ()),
    ):  # fmt: skip
        before = staff.stands()
        with pytest.raises(PublishError):
            staff.does(deed, *((GROUP, *said) if said else (new_id(),)))
        assert staff.stands() == before
    done = staff.does(dictionary.rename, GROUP, "登山", "户外")
    put_all(staff.engine, BRAND, "tag", {new_id(): {"group": GROUP, "name": "登山"}})
    with pytest.raises(PublishError, match="另一个标签"):
        staff.does(dictionary.undo, done.id)


def test_staff_do_it_on_the_command_line(
    staff: Staff, office_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def run(*words: str) -> str:
        capsys.readouterr()
        assert main(["--database", office_url, "--data-dir", str(tmp_path), "tags", *words]) == 0
        return capsys.readouterr().out

    assert "爱好 · 徒步  2 位客户" in run("list")
    said = run("merge", GROUP, "徒步", "登山", "--by", "李总")
    assert "2 位客户带着它, 一位不少" in said
    assert "已并入「登山」" in run("list")
    assert "「徒步」并入「登山」" in run("changes")
    assert "已撤销" in run("undo", said.split()[0], "--by", "李总")
    assert staff.carried()["徒步"] == 2


def test_no_tag_takes_a_name_that_another_had(staff: Staff) -> None:
    """Clients who carry the old name only would change over to it."""
    staff.does(dictionary.rename, GROUP, "徒步", "户外")
    with pytest.raises(PublishError, match="已改名为"):
        staff.does(dictionary.rename, GROUP, "散步", "徒步")
    assert staff.carried() == {"户外": 2, "登山": 2, "散步": 0}
    staff.does(dictionary.rename, GROUP, "户外", "徒步")  # its own may come back
    assert staff.carried() == {"徒步": 2, "登山": 2, "散步": 0}


def test_a_clock_that_was_set_back_names_the_change_just_made(staff: Staff) -> None:
    staff.does(dictionary.rename, GROUP, "徒步", "户外")
    staff.now -= 3_600_000
    done = staff.does(dictionary.rename, GROUP, "散步", "漫步")
    assert (done.tag, done.to) == ("散步", "漫步")
