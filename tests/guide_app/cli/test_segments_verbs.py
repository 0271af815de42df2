"""The verbs on segments and tags: one JSON document, and what it promises."""

import json

from tests.guide_app.cli.conftest import Guide
from tests.helpers.book import CHEN, LIN, ZHOU

BUYERS = json.dumps({"figure": "orders", "at_least": 1})


def test_a_rule_is_counted_listed_and_kept(guide: Guide) -> None:
    assert guide("segments", "count", BUYERS).doc == {"clients": 1, "reached": 1, "left_out": {}}
    assert [row["id"] for row in guide("segments", "members", BUYERS).doc["clients"]] == [CHEN]
    kept = guide("segments", "keep", "老客", BUYERS).doc["id"]
    assert guide("segments", "members", kept, "--limit", 1).doc["clients"][0]["name"] == "陈雅婷"
    listed = guide("segments", "list").doc
    assert [(one["name"], one["mode"], one["clients"]) for one in listed["segments"]] == [("老客", "dynamic", 1)]
    assert (listed["stages"]["active"], listed["stages"]["known"], listed["grid"]["r3v3"]) == (1, 2, 1)
    assert guide("segments", "end", kept).code == 0
    assert guide("segments", "list").doc["segments"] == []


def test_who_cannot_be_addressed_is_told_with_the_reason(guide: Guide) -> None:
    assert guide("segments", "count", "known").doc == {"clients": 2, "reached": 0, "left_out": {"no_consent": 2}}
    assert guide("segments", "count", "known", "--purpose", "service").doc["reached"] == 1


def test_a_list_is_frozen_and_compared(guide: Guide) -> None:
    kept = guide("segments", "keep", "名单", "known", "--frozen", "--shared").doc["id"]
    assert {row["id"] for row in guide("segments", "members", kept).doc["clients"]} == {ZHOU, LIN}
    assert guide("segments", "overlap", kept, '{"flag": "has_phone"}').doc == {"first": 2, "second": 3, "both": 2}


def test_what_is_no_rule_is_told(guide: Guide) -> None:
    assert guide("segments", "count", '{"figure"').doc["error"]["code"] == "segment.json"
    assert guide("segments", "count", '{"figure": "height"}').doc["error"]["code"] == "segment.rule"
    assert guide("segments", "count", "nothing").doc["error"]["code"] == "segment.unknown"


def test_a_tag_tells_its_story_and_can_be_wrong(guide: Guide) -> None:
    assert [(tag["name"], tag["origin"]) for tag in guide("tags", "show", CHEN).doc["tags"]] == [("金卡", "hq")]
    assert guide("tags", "wrong", CHEN, "金卡", "--why", "本人说不是").code == 0
    shown = guide("tags", "show", CHEN).doc
    assert (shown["tags"], [bar["why"] for bar in shown["barred"]]) == ([], ["本人说不是"])
    assert guide("tags", "run").doc == {"hung": 0, "expired": 0, "begun": 0, "faults": []}
