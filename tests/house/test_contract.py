"""The commands that IT staff and adapters rely on are all there, with their options."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

GUIDE = {
    "": ["--data-dir", "--json", "--version", "--self-test"],
    "demo": ["--headless", "--out"],
    "init": ["--office", "--code"],
    "login": ["--guide"],
    "sync": ["--once", "--watch"],
    "status": [],
    "clients search": ["--limit"],
    "clients show": [],
    "clients add": ["--name", "--phone", "--tag"],
    "clients set": [],
    "clients tag": [],
    "clients note": [],
    "import": ["clients", "purchases", "--map", "--dry-run", "--errors"],
    "export": ["--clients"],
    "share": ["--product", "--coupon", "--client", "--template", "--format", "--out", "--batch"],
    "coupon issue": ["--client"],
    "coupon verify": [],
    "coupon redeem": ["--order", "--amount"],
    "today": ["--limit"],
    "backup": [],
    "restore": [],
    "db-check": [],
    "db-decrypt": [],
    "erase": ["--reason"],
    "doctor": [],
}
HEAD_OFFICE = {
    "": ["--database", "--data-dir", "--version"],
    "serve": ["--host", "--port", "--workers"],
    "migrate": [],
    "check": [],
    "seed demo": [],
    "seed bench": ["--stores", "--guides", "--clients", "--products", "--purchases"],
    "import": ["stores", "guides", "catalogue", "stock", "clients", "purchases", "targets"],
    "enrol-code": ["--store", "--valid"],
    "devices": [],
    "revoke": [],
    "api-key create": ["--name", "--rights"],
    "backup": [],
    "restore": [],
}

# Asks for the help of every verb within one process.
ASK = """
import contextlib, importlib, io, json, sys
module, verbs = sys.argv[1], json.loads(sys.argv[2])
main, answers = importlib.import_module(module).main, {}
for verb in verbs:
    sys.argv = [module, *verb.split(), "--help"]
    text, code = io.StringIO(), None
    with contextlib.redirect_stdout(text), contextlib.redirect_stderr(text):
        try:
            code = main()
        except SystemExit as done:
            code = done.code
    answers[verb] = [code or 0, text.getvalue()]
print(json.dumps(answers))
"""


@pytest.mark.parametrize(
    ("module", "promised"),
    [("guide_app.__main__", GUIDE), ("head_office.__main__", HEAD_OFFICE)],
    ids=["guide", "head-office"],
)
def test_every_promised_verb_has_its_options(module: str, promised: dict[str, list[str]]) -> None:
    done = subprocess.run(
        [sys.executable, "-c", ASK, module, json.dumps(list(promised))],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    answers = json.loads(done.stdout)
    missing = {verb: text for verb, (code, text) in answers.items() if code != 0}
    missing |= {
        f"{verb} {option}": answers[verb][1]
        for verb, options in promised.items()
        for option in options
        if option not in answers[verb][1]
    }
    assert not missing
