"""What lies written before it may be had: a file or a folder that gets its name in the change that records it."""

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Parcel:
    """Written under the name `part`; `path` is what it will be called."""

    part: Path
    path: Path

    def go(self) -> Path:
        """Give it its name. Raises OSError."""
        return self.part.replace(self.path)

    def drop(self) -> None:
        """Throw it away."""
        if self.part.is_dir():
            shutil.rmtree(self.part, ignore_errors=True)
        else:
            self.part.unlink(missing_ok=True)


def wrap_file(path: Path, data: bytes) -> Parcel:
    """A file that is to lie at `path`. Raises OSError."""
    parcel = Parcel(path.with_name(f"{path.name}.part"), path)
    parcel.part.write_bytes(data)
    return parcel


def wrap_folder(path: Path, files: Mapping[str, bytes]) -> Parcel:
    """A folder that is to lie at `path`, with these files. Raises OSError, FileExistsError if it is there already."""
    if path.exists():
        raise FileExistsError(path)
    parcel = Parcel(path.with_name(f"{path.name}.part"), path)
    parcel.drop()
    parcel.part.mkdir()
    for name, data in files.items():
        (parcel.part / name).write_bytes(data)
    return parcel
