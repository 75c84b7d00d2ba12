"""kg network: kinds, forms, files, exit codes, and clear sentences for wrong calls."""

from pathlib import Path

import networkx
import pytest

from kg.errors import CannotWrite, UsageError
from tests.cli.run import call
from tests.networks.conftest import persons


def test_each_file_has_the_form_that_its_name_says(folder: Path, tmp_path: Path) -> None:
    names = ("a.graphml", "a.gexf", "a.nodes.csv", "edges.csv", "a.csv", "a.json", "a.md", "a.txt")
    files = [tmp_path / name for name in names]
    done = call(folder, "network", "personal", *(w for f in files for w in ("-o", f)))
    assert (done.exit_code, done.stdout) == (0, "")
    assert [line for line in done.stderr.splitlines() if line.startswith("written")] == [
        f"written: {file}" for file in files
    ]
    starts = [f.read_text(encoding="utf-8")[:30].split("\n")[0] for f in files]
    assert starts[0] == starts[1] == "<?xml version='1.0' encoding='"
    assert starts[2].startswith("id,label,kind,ego,")
    assert starts[3] == "source,target,type,id,label,st"
    assert starts[4].startswith("id,label,origin,left out,size")
    assert starts[5:] == ["[", "| id | origin | size | ties | ", "id    origin     size  ties  d"]
    assert len(networkx.read_graphml(files[0])) == len(networkx.read_gexf(files[1])) == 10


def test_what_goes_to_a_file_is_what_is_shown(folder: Path, tmp_path: Path) -> None:
    for kind, form in (("personal", "csv"), ("concepts", "gexf"), ("translations", "nodes.csv")):
        file = tmp_path / f"x.{form}"
        call(folder, "network", kind, "-o", file)
        shown = call(folder, "network", kind, "--format", form).stdout
        assert file.read_text(encoding="utf-8") == shown != ""


def test_text_says_what_is_in_a_network(folder: Path) -> None:
    done = call(folder, "network", "concepts", quiet=True)
    assert done.stdout == (
        "Concepts, studies and settings: a study takes place in a setting, names a concept, or has "
        "a finding that bears on it.\n"
        "2 nodes: concept 1, study 1\n"
        "1 edge: bears on 1\n"
    )
    assert done.stderr == ""


def test_measures_are_attributes_of_nodes(folder: Path) -> None:
    plain, measured = (
        call(folder, "network", "concepts", "--format", "nodes.csv", *more).stdout.splitlines()
        for more in ((), ("--measures",))
    )
    assert measured[0] == plain[0] + ",degree,betweenness,community"
    assert measured[1] == plain[1] + ",1,0.0,1"


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (("concepts", "-o", "x.csv"), '"x.csv" is in no form of the network concepts'),
        (("personal", "-o", "x.xml"), '"x.xml" is in no form of the network personal'),
        (("concepts", "--format", "json"), "--format json is in no form of the network concepts"),
        (("personal", "--measures"), "Leave it out"),
    ],
)
def test_wrong_calls(folder: Path, args: tuple[str, ...], words: str) -> None:
    done = call(folder, "network", *args)
    assert isinstance(done.exception, UsageError)
    assert words in str(done.exception)


def test_unknown_kind(folder: Path) -> None:
    done = call(folder, "network", "citations")
    assert done.exit_code == 2 and "'citations' is not one of" in done.stderr


def test_a_file_that_cannot_be_written(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "a.gexf").mkdir()
    for path in (tmp_path / "a.gexf", tmp_path / "none" / "a.gexf"):
        done = call(folder, "network", "concepts", "-o", path)
        assert isinstance(done.exception, CannotWrite)
        assert str(path) in str(done.exception)
    assert [p.name for p in tmp_path.iterdir()] == ["a.gexf"]


def test_a_link_is_followed_and_nothing_is_left_beside(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "real.gexf").write_text("old", encoding="utf-8")
    (tmp_path / "link.gexf").symlink_to("real.gexf")
    assert call(folder, "network", "concepts", "-o", tmp_path / "link.gexf").exit_code == 0
    assert (tmp_path / "link.gexf").is_symlink()
    assert "<gexf" in (tmp_path / "real.gexf").read_text(encoding="utf-8")
    assert len(list(tmp_path.iterdir())) == 2


def test_a_crash_while_writing_leaves_the_old_file(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from kg.workspace import network as module

    def crash(network: object) -> object:
        yield "half"
        raise RuntimeError("power is gone")

    monkeypatch.setitem(module.FILES, "gexf", crash)
    file = tmp_path / "a.gexf"
    file.write_text("old", encoding="utf-8")
    assert isinstance(call(folder, "network", "concepts", "-o", file).exception, RuntimeError)
    assert file.read_text(encoding="utf-8") == "old"
    assert list(tmp_path.iterdir()) == [file]


def test_left_out_rows_are_said_and_the_exit_code_is_1(tmp_path: Path) -> None:
    workspace = persons()
    workspace.edit("alters", "d2", circle="circle 9")
    done = call(workspace.write(tmp_path / "w"), "network", "personal")
    assert done.exit_code == 1
    assert "1 network not known, for rows of it are left out" in done.stderr
    assert "left out are alters row 7" in done.stderr
