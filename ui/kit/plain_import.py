"""Loads Qt's binding and keeps Python's own `import`.

PySide6 puts an `import` of its own in its place, which reads the source text of every module loaded afterwards, to see
whether that asks for another spelling of Qt's names (`from __feature__ import …`). Nobody here does. The texts stay
in `linecache` for good: 25 MB of this program's, for which nothing else asks.
"""

import builtins
import importlib


def load_qt() -> None:
    """Load the binding, once and before all that is large."""
    own = builtins.__import__
    importlib.import_module("PySide6.QtCore")
    builtins.__import__ = own
