"""Every command that the documents name is one that the two programs have, with these options."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator, Mapping

import pytest

from guide_app.cli.parser import build_parser as guide_parser
from head_office.cli.parser import build_parser as office_parser
from tests.helpers.repository import project_files, short

#: In a text between backticks, or on a line of a block of commands.
COMMAND = re.compile(r"`((?:guide|head-office) [^`]+)`|^((?:guide|head-office) .+?(?:\\\n.+?)*)$", re.MULTILINE)
PROGRAMS = {"guide": guide_parser(), "head-office": office_parser()}
#: How the program starts itself; nobody types it, and no help lists it.
OWN = {"--make-posters"}


def _verbs(parser: argparse.ArgumentParser) -> Mapping[str, argparse.ArgumentParser]:
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            return dict(action.choices)
    return {}


def faults(command: str) -> list[str]:
    """What in `command` its program does not know. `a|b` stands for either, brackets for what may be left out."""
    program, *words = re.sub(r"[\[\]\\…]", " ", command.split("  ", maxsplit=1)[0]).replace("&&", " ").split()
    parser = PROGRAMS[program]
    known, parsers, found = OWN | set(parser._option_string_actions), [parser], []
    for word in words:
        deeper = [_verbs(one) for one in parsers]
        if word.startswith("--"):
            found += [option for option in word.split("|") if option not in known]
        elif any(deeper) and re.fullmatch(r"[a-z][a-z|-]*", word):
            parsers = [verbs[part] for part in word.split("|") for verbs in deeper if part in verbs]
            if len(parsers) != len(word.split("|")):
                return [*found, f"no verb {word!r}"]
            known |= {option for one in parsers for option in one._option_string_actions}
        elif word in PROGRAMS:
            break
    return found


def named() -> Iterator[tuple[str, str]]:
    for path in project_files():
        if path.suffix == ".md":
            for inside, line in COMMAND.findall(path.read_text("utf-8")):
                yield short(path), inside or line


def test_every_command_that_is_named_is_there() -> None:
    told = list(named())
    assert {program for program in PROGRAMS if any(command.startswith(program) for _, command in told)} == set(PROGRAMS)
    assert [(where, command, wrong) for where, command in told if (wrong := faults(command))] == []


@pytest.mark.parametrize(
    ("command", "wrong"),
    [
        ("guide cupon verify CODE", ["no verb 'cupon'"]),
        ("guide coupon verify|take CODE", ["no verb 'verify|take'"]),
        ("guide coupon give CODE --for CLIENT", ["--for"]),
        ("head-office --data-dir DIR links list --all", ["--all"]),
    ],
)
def test_what_is_not_there_is_found(command: str, wrong: list[str]) -> None:
    assert faults(command) == wrong
