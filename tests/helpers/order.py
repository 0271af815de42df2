"""Which files are begun first, so that workers that take one file after another end together.

A long file that is begun last keeps one worker busy while the others have nothing left.
"""

from __future__ import annotations

#: Files that take longer than some ten seconds, whatever the number of their tests; the longest first.
LONG_FILES = (
    "tests/end2end/test_real_data.py",
    "tests/bench/test_benches_with_office.py",
    "tests/end2end/test_demo.py",
    "tests/house/test_mutants.py",
    "tests/head_office/demo/test_art.py",
    "tests/head_office/cli/test_commands.py",
    "tests/head_office/store/test_embedded.py",
    "tests/head_office/demo/test_brand.py",
    "tests/convergence/test_machine.py",
    "tests/faults/test_storm.py",
    "tests/bench/test_benches.py",
    "tests/ui/pages/share/test_share.py",
    "tests/end2end/test_landing_browser.py",
    "tests/end2end/test_window.py",
    "tests/ui/kit/poster/test_render.py",
    "tests/ui/kit/poster/test_pdf.py",
)


def turn(name: str) -> int:
    """The place of a test file, named as in a test's id: the long ones in their order, all others after them alike."""
    return LONG_FILES.index(name) if name in LONG_FILES else len(LONG_FILES)
