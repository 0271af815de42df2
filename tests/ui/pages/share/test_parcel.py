"""A file or folder is written beside its place, and has its name in one step or never."""

from pathlib import Path

import pytest

from ui.pages.share.parcel import wrap_file, wrap_folder


def test_a_folder_has_its_name_when_it_is_whole(tmp_path: Path) -> None:
    place = tmp_path / "素材包"
    parcel = wrap_folder(place, {"1.png": b"one", "文案.txt": b"two"})
    assert not place.exists()
    assert parcel.go() == place
    assert {file.name: file.read_bytes() for file in place.iterdir()} == {"1.png": b"one", "文案.txt": b"two"}
    with pytest.raises(FileExistsError):
        wrap_folder(place, {"3.png": b"three"})
    assert [file.name for file in tmp_path.iterdir()] == ["素材包"]


def test_what_does_not_go_leaves_nothing(tmp_path: Path) -> None:
    wrap_folder(tmp_path / "a", {"1.png": b"one"}).drop()
    left = wrap_folder(tmp_path / "b", {"left.png": b"from a crash"})
    again = wrap_folder(tmp_path / "b", {"2.png": b"two"})
    assert left.part == again.part
    again.go()
    assert [file.name for file in (tmp_path / "b").iterdir()] == ["2.png"], "nothing of what was left lying there"
    (tmp_path / "c.png").write_bytes(b"before")
    wrap_file(tmp_path / "c.png", b"after").drop()
    assert (tmp_path / "c.png").read_bytes() == b"before"
    wrap_file(tmp_path / "c.png", b"after").go()
    assert (tmp_path / "c.png").read_bytes() == b"after"
    assert sorted(file.name for file in tmp_path.iterdir()) == ["b", "c.png"]
