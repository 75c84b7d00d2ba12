"""``kg init``: a shipped case, copied into a folder of one's own."""

from pathlib import Path

import pytest

from kg import resources
from kg.errors import CannotWrite, UnknownName, UsageError
from kg.workspace import copy_case


def files(folder: Path) -> dict[str, bytes]:
    return {
        p.relative_to(folder).as_posix(): p.read_bytes()
        for p in folder.rglob("*")
        if p.is_file() and ".kg" not in p.parts
    }


@pytest.mark.parametrize("made", [True, False], ids=["empty folder", "no folder"])
def test_a_case_is_copied_whole(made: bool, tmp_path: Path) -> None:
    folder = tmp_path / "a" / "b"
    if made:
        folder.mkdir(parents=True)
    assert copy_case("collective-efficacy", folder) == folder
    assert files(folder) == files(resources.data_folder("collective-efficacy"))
    assert not (folder / ".kg").exists()


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("x")
    with pytest.raises(UsageError, match=r"is not empty\. Name a new folder"):
        copy_case("collective-efficacy", tmp_path)
    with pytest.raises(UsageError, match=r"is a file\. Name a new folder"):
        copy_case("collective-efficacy", tmp_path / "mine")
    assert files(tmp_path) == {"mine": b"x"}


@pytest.mark.parametrize("name", ["colective-eficacy", "", "..", "../data/collective-efficacy"])
def test_an_unknown_case_offers_the_shipped_one(name: str, tmp_path: Path) -> None:
    with pytest.raises(UnknownName, match="collective-efficacy"):
        copy_case(name, tmp_path / "new")
    assert not (tmp_path / "new").exists()


def test_a_folder_that_can_not_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(CannotWrite, match=r"can't be written \(.+\)\. Name a folder"):
        copy_case("collective-efficacy", tmp_path / "file" / "below")
