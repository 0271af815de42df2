"""Every translation catalogue is complete, up to date with the source, keeps the fields, and is compiled."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from tests.helpers.repository import ROOT
from ui.kit import strings

CATALOGUES = sorted((ROOT / "resources/i18n").glob("*.ts"))
FIELD = re.compile(r"%n|%L?\d|\{[^}]*\}")
#: 九折 is 10 % off: both fields are given, and a language takes the one that it counts by.
TWINS = {"{tenths}": "{percent}"}

PLURAL = re.compile(
    r"\{\w+(?::,)?\} (?:more |new |known |other )?(?:answer|article|byte|case|change|character|client|colleague|"
    r"condition|conversion|copie|coupon|day|digit|entrie|field|file|gap|guide|hour|item|job|label|letter|level|line|link|match|"
    r"minute|month|order|page|pair|people|photo|piece|point|poster|product|purchase|question|receipt|record|row|scan|"
    r"second|segment|share|stage|step|store|style|tag|task|template|text|time|value|week|word|year)(?:s|(?<=people))\b"
)


def countless(catalogue: Path) -> list[str]:
    """English sentences that would say `1 days`: the plural stands behind a number and not as `day[s]`."""
    found = (message.findtext("translation", "") for message in ET.parse(catalogue).getroot().iter("message"))  # noqa: S314
    return [text for text in found if PLURAL.search(text)]


def _fields(text: str) -> list[str]:
    return sorted(TWINS.get(field, field) for field in FIELD.findall(text))


def faults(catalogue: Path) -> list[str]:
    """Sentences about messages that are untranslated or that lost a field such as `{name}` or `%n`."""
    found = []
    for message in ET.parse(catalogue).getroot().iter("message"):  # noqa: S314 - our own file
        source = message.findtext("source", "")
        translation = message.find("translation")
        forms = [] if translation is None else [form.text or "" for form in translation.iter("numerusform")]
        texts = forms or [translation.text or "" if translation is not None else ""]
        if translation is None or translation.get("type") == "unfinished" or not all(texts):
            found.append(f"untranslated: {source}")
        # A singular form may spell its number out.
        elif not forms and _fields(source) != _fields(texts[0]):
            found.append(f"fields differ: {source}")
    return found


@pytest.mark.parametrize("catalogue", CATALOGUES, ids=lambda path: path.stem)
def test_a_catalogue_is_complete(catalogue: Path) -> None:
    assert not faults(catalogue)


@pytest.mark.parametrize("catalogue", CATALOGUES, ids=lambda path: path.stem)
def test_a_catalogue_follows_the_source_and_is_compiled(catalogue: Path, tmp_path: Path) -> None:
    fresh = tmp_path / catalogue.name
    shutil.copy(catalogue, fresh)
    strings.collect(ROOT, fresh)
    assert fresh.read_bytes() == catalogue.read_bytes(), "run `make i18n` and translate what is new"
    lrelease = Path(sys.executable).with_name("pyside6-lrelease")
    subprocess.run([lrelease, "-silent", fresh, "-qm", fresh.with_suffix(".qm")], check=True, timeout=60)
    assert fresh.with_suffix(".qm").read_bytes() == catalogue.with_suffix(".qm").read_bytes(), "run `make i18n`"


def test_one_of_a_thing_is_not_said_in_the_plural() -> None:
    assert countless(ROOT / "resources/i18n/guide_en.ts") == []


def test_plurals_behind_numbers_are_found(tmp_path: Path) -> None:
    catalogue = tmp_path / "x.ts"
    said = ("{n} days left", "Days: {n}", "{n} day[s]", "{rows:,} rows", "{name} wears {size}", "{n} more pieces")
    messages = "".join(f"<message><source>x</source><translation>{text}</translation></message>" for text in said)
    catalogue.write_text(f"<TS><context>{messages}</context></TS>", "utf-8")
    assert countless(catalogue) == ["{n} days left", "{rows:,} rows", "{n} more pieces"]


def test_faults_are_found(tmp_path: Path) -> None:
    catalogue = tmp_path / "x.ts"
    catalogue.write_text(
        "<TS><context>"
        "<message><source>客户</source><translation type='unfinished'/></message>"
        "<message><source>共 {n} 位</source><translation>clients</translation></message>"
        "<message><source>券</source><translation>Coupon</translation></message>"
        "</context></TS>",
        "utf-8",
    )
    assert faults(catalogue) == ["untranslated: 客户", "fields differ: 共 {n} 位"]
