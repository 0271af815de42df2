"""Screen text goes through Qt's translation, and client data is shown as plain text, never as markup."""

from __future__ import annotations

import ast
import re

import pytest

from tests.helpers.repository import python_files, short, tree_of

HAN = re.compile(r"[\u3400-\u9fff]")
# `Phrase` is a sentence that is translated when it is shown.
TRANSLATORS = frozenset({"tr", "translate", "QT_TR_NOOP", "QT_TRANSLATE_NOOP", "Phrase"})
# Texts that no language changes: file, text, and why.
SAME_IN_EVERY_LANGUAGE = {
    ("ui/kit/paint.py", "导"),  # the mark on the rail
    ("ui/pages/share/pack.py", "文案.txt"),  # the name of a file
    ("ui/pages/settings/page.py", "中文"),  # each language is offered in its own name
    # names of the fields that scripts are written with
    *(("ui/pages/share/page.py", name) for name in ("称呼", "商品", "券", "门店", "导购", "品牌")),
}
# Files whose Chinese is data, not shown.
NOT_SHOWN = frozenset({
    "ui/kit/tag_tones.py",  # words that tags contain, to choose their colour by
    "ui/pages/share/editor_proof.py",  # what stands on a sample poster, which speaks Chinese as all posters do
})  # fmt: skip
# Makes labels that show text as it is.
PLAIN_TEXT_MAKERS = frozenset({"ui/kit/text.py"})


def untranslated(tree: ast.Module) -> list[tuple[int, str]]:
    """Line and text of every Chinese string that no translator sees; texts put together inside `tr` are such too."""
    seen = {id(part) for call in _calls(tree, TRANSLATORS) for part in _literal_arguments(call)}
    seen |= {id(node) for node in ast.walk(tree) if _is_docstring_holder(node) for node in _docstring(node)}
    return [
        (node.lineno, node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and HAN.search(node.value)
        and id(node) not in seen
    ]


def markup_risks(tree: ast.Module) -> list[tuple[int, str]]:
    """Line and name of every widget made in a way that lets `<b>` in a client's name become markup."""
    risks = [(call.lineno, "QLabel with a text") for call in _calls(tree, {"QLabel"}) if call.args]
    risks += [(call.lineno, _name(call)) for call in _calls(tree, {"QMessageBox", "QErrorMessage", "QTextBrowser"})]
    risks += [
        (call.lineno, f"QMessageBox.{_name(call)}")
        for call in _calls(tree, {"information", "question", "warning", "critical", "about"})
        if isinstance(call.func, ast.Attribute) and getattr(call.func.value, "id", "") == "QMessageBox"
    ]
    risks += [
        (call.lineno, _name(call))
        for call in _calls(tree, {"setToolTip", "setWhatsThis"})
        if not isinstance(call.args[0], ast.Constant)
        and not (isinstance(call.args[0], ast.Call) and _name(call.args[0]) in TRANSLATORS | {"plain_tip"})
    ]
    return risks


def _calls(tree: ast.Module, names: set[str] | frozenset[str]) -> list[ast.Call]:
    return [node for node in ast.walk(tree) if isinstance(node, ast.Call) and _name(node) in names]


def _name(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def _literal_arguments(call: ast.Call) -> list[ast.expr]:
    return [argument for argument in call.args if isinstance(argument, ast.Constant)]


def _is_docstring_holder(node: ast.AST) -> bool:
    return isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)


def _docstring(node: ast.AST) -> list[ast.expr]:
    body = getattr(node, "body", [])
    return [body[0].value] if body and isinstance(body[0], ast.Expr) else []


def test_screen_text_is_translated() -> None:
    found = [(short(path), line, text) for path in python_files("ui") for line, text in untranslated(tree_of(path))]
    assert not [
        entry for entry in found if entry[0] not in NOT_SHOWN and (entry[0], entry[2]) not in SAME_IN_EVERY_LANGUAGE
    ]


def test_client_data_never_becomes_markup() -> None:
    assert not [
        (short(path), line, what)
        for path in python_files("ui")
        if short(path) not in PLAIN_TEXT_MAKERS
        for line, what in markup_risks(tree_of(path))
    ]


@pytest.mark.parametrize(
    "source",
    [
        'label.setText("客户")',
        'self.tr(f"共 {n} 位")',
        'x = "a" if y else "券"',
        'self.tr("共 {}" + "位")',
        'tr(NAMES["客户"])',
    ],
)
def test_an_untranslated_text_is_found(source: str) -> None:
    assert untranslated(ast.parse(source))


@pytest.mark.parametrize("source", ['self.tr("客户")', 'translate("Page", "客户")', 'def f():\n    """客户"""'])
def test_a_translated_text_is_not(source: str) -> None:
    assert not untranslated(ast.parse(source))


@pytest.mark.parametrize(
    "source", ["QLabel(name)", "QMessageBox()", 'QMessageBox.warning(self, "", name)', "row.setToolTip(name)"]
)
def test_a_risk_of_markup_is_found(source: str) -> None:
    assert markup_risks(ast.parse(source))
