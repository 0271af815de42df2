"""Privacy on the command line, as a guide and her manager type it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.guide_app.cli.conftest import Guide
from tests.helpers.book import CHEN, LIN, PIN, ZHOU


def test_a_consent_is_filed_taken_back_and_stays_taken_back(guide: Guide) -> None:
    form = ("--version", "2026-1", "--way", "paper", "--proof", "告知书 17")
    made = guide("privacy", "grant", LIN, "marketing", "--channel", "wechat", *form)
    assert (made.code, made.doc["standing"]) == (0, "granted")
    assert guide("privacy", "withdraw", LIN, "marketing").doc["standing"] == "withdrawn"
    again = guide("privacy", "grant", LIN, "marketing", *form)
    assert (again.code, again.doc["error"]["code"]) == (1, "consent.refused")
    told = guide("privacy", "ledger", LIN).doc
    assert (told["contact_state"], [fact["granted"] for fact in told["facts"]]) == ("none", [True, False])
    assert "接收优惠 / 全部渠道  已撤回" in guide.says("privacy", "ledger", LIN).out


def test_a_number_is_told_with_what_is_left_of_the_day_and_the_manager_sees_the_log(guide: Guide) -> None:
    shown = guide("privacy", "reveal", CHEN, "--reason", "电话回访")
    assert (shown.doc["phone"], shown.doc["left_today"]) == ("13800005678", 29)
    assert guide("privacy", "log").doc["error"]["code"] == "log.not_manager"
    guide("login", "--guide", "0300", stdin=PIN)
    (line,) = guide("privacy", "log").doc["accesses"]
    assert (line["guide"], line["client"], line["reason"]) == ("王敏", "陈雅婷", "电话回访")


def test_a_client_gets_her_copy(guide: Guide, tmp_path: Path) -> None:
    done = guide("privacy", "copy", CHEN, tmp_path / "copy", "--proven-by", "当面")
    assert (done.code, done.doc["records"]["purchase"]) == (0, 4)
    assert json.loads((tmp_path / "copy" / "copy.json").read_text("utf-8"))["proven_by"] == "当面"
    assert "陈雅婷" in (tmp_path / "copy" / "copy.html").read_text("utf-8")


def test_lists_of_review_and_doubles(guide: Guide) -> None:
    assert guide("privacy", "review").doc == {"clients": []}
    assert guide.says("privacy", "doubles").out.strip() == "没有发现重复的客户。"
    guide("clients", "set", CHEN, "wechat=chenyt")
    guide("clients", "set", ZHOU, "wechat=ChenYT")
    (pair,) = guide("privacy", "doubles").doc["pairs"]
    assert (pair["gone"]["id"], pair["stays"]["id"], pair["why"]) == (ZHOU, CHEN, ["wechat"])
    assert "13800005678" not in json.dumps(pair)


@pytest.mark.parametrize("stdin", [PIN, "0000"])
def test_an_export_is_approved_by_the_managers_pin(guide: Guide, tmp_path: Path, stdin: str) -> None:
    ran = guide("export", tmp_path / "out", "--reason", "回访", "--approver", "0300", stdin=stdin)
    assert (ran.code, (tmp_path / "out").exists()) == ((0, True) if stdin == PIN else (3, False))


def test_an_export_without_a_reason_is_logged_as_such_and_no_manager_answers_for_it(
    guide: Guide, tmp_path: Path
) -> None:
    assert guide("export", tmp_path / "mine").code == 0
    for blank in ((), ("--reason", " ")):
        ran = guide("export", tmp_path / "theirs", "--approver", "0300", *blank, stdin=PIN)
        assert (ran.code, ran.doc["error"]["code"]) == (1, "export.reason")
    assert not (tmp_path / "theirs").exists()
    guide("login", "--guide", "0300", stdin=PIN)
    (line,) = guide("privacy", "log").doc["accesses"]
    assert line["reason"] == "命令行导出, 没有写原因"


def test_who_must_answer_for_an_export_is_named_by_the_flag_here_and_by_the_window_there(
    guide: Guide, tmp_path: Path
) -> None:
    rows = "".join(f"客{n},{13_700_000_000 + n}\n" for n in range(201))
    (tmp_path / "list.csv").write_text("姓名,手机号\n" + rows, encoding="utf-8")
    guide("import", "clients", tmp_path / "list.csv")
    for words in (("export", tmp_path / "out"), ("export", tmp_path / "book.csv", "--format", "csv")):
        error = guide(*words, "--reason", "回访").doc["error"]
        assert error["code"] == "export.needs_manager"
        assert "须由另一位店长批准" in error["sentence"]
        assert "--approver" in error["way_out"]


def test_columns_that_cannot_be_told_are_named_by_the_flag(guide: Guide, tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text("称谓,联系号\n赵敏,13700001111\n", encoding="utf-8")
    error = guide("import", "clients", tmp_path / "list.csv").doc["error"]
    assert error["code"] == "table.columns"
    assert error["way_out"].endswith("命令行用 --map 列=字段。")
