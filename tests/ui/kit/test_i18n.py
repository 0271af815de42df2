"""One and many in languages that tell them apart."""

import ast
from pathlib import Path

import pytest

from ui.kit.i18n import counted


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("1 day[s] ago", "1 day ago"),
        ("0 day[s] ago", "0 days ago"),
        ("21 day[s] ago", "21 days ago"),
        ("more than 1,001 row[s]", "more than 1,001 rows"),
        ("First purchase 1 year[s] ago, in 2 day[s]", "First purchase 1 year ago, in 2 days"),
        ("¥1.1 day[s]", "¥1.1 day[s]"),
        ("52 天前", "52 天前"),
        ("size[s] 37", "size[s] 37"),
    ],
)
def test_an_ending_follows_its_number(text: str, said: str) -> None:
    assert counted(text) == said


def test_no_text_is_translated_inside_an_f_string() -> None:
    """`lupdate` does not look into them: such a text would stay Chinese in every language."""
    hidden = []
    for path in sorted((Path(__file__).parents[3] / "ui").rglob("*.py")):
        inside = filter(lambda node: isinstance(node, ast.JoinedStr), ast.walk(ast.parse(path.read_text("utf-8"))))
        hidden += [path.name for node in inside if any(map(_translates, ast.walk(node)))]
    assert hidden == []


def _translates(node: ast.AST) -> bool:
    if not isinstance(node, ast.Call):
        return False
    name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    return name in {"tr", "translate"} and any(isinstance(part, ast.Constant) for part in node.args)
