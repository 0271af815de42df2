"""What customers will read is published only without the words that the law bars."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from head_office.publishing.model import PublishError
from head_office.publishing.service import publish
from tests.head_office.kit import NOW, rows_of

SCRIPT = {"scene": "上新", "title": "预告", "body": "{称呼}, 周六到了两款小白鞋。"}


def _publish(engine: Engine, folder: Path, **content: Any) -> None:
    path = folder / "file.json"
    path.write_text(json.dumps(content, ensure_ascii=False), "utf-8")
    publish(engine, path, NOW)


@pytest.mark.parametrize(
    ("section", "entry", "word", "article"),
    [
        ("scripts", {**SCRIPT, "body": "这个价最 低价了: 国 家级工艺"}, "最低价", "广告法 第九条第(三)项"),
        ("scripts", {**SCRIPT, "body": "分享有礼: 转发给三位好友"}, "分享有礼", "微信外部链接内容管理规范"),
        ("coupons", {"no": 3, "name": "砍价券"}, "砍价", "微信外部链接内容管理规范"),
        ("templates", {"name": "a", "body": {"layers": [{"text": ["国家级工艺"]}]}}, "国家级", "广告法"),
    ],
)
def test_a_barred_word_stops_the_whole_file(
    office_engine: Engine, tmp_path: Path, section: str, entry: dict[str, Any], word: str, article: str
) -> None:
    content: dict[str, Any] = {"scripts": [SCRIPT]}
    content[section] = [*content.get(section, []), entry]
    with pytest.raises(PublishError) as caught:
        _publish(office_engine, tmp_path, **content)
    assert f"第 {len(content[section])} 条" in caught.value.sentence
    assert word in caught.value.sentence
    assert article in caught.value.sentence
    assert rows_of(office_engine, "script") == []


def test_plain_words_and_what_only_guides_read_go_out(office_engine: Engine, tmp_path: Path) -> None:
    tags = [{"group": "话题", "name": "讨厌砍价"}]
    _publish(office_engine, tmp_path, scripts=[SCRIPT], tags=tags)
    assert len(rows_of(office_engine, "script")) == 1
