"""The files of a workspace: which are read, which are faults, and what decides the data version."""

import os
from pathlib import Path

import pytest

from kg.schema import load_schema
from kg.sources import Part, list_files, read_file, read_review
from tests.sources.files import read_all, workbook
from tests.workspace.memory import build_in_memory
from tests.workspaces import Workspace, minimal


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    workspace = minimal()
    workspace.texts["abstract.txt"] = "Some words.\n"
    workspace.more["extra.ttl"] = "<https://e.org/a> <https://e.org/b> 'c' .\n"
    return workspace.write(tmp_path / "ws")


def read_folder(folder: Path) -> dict[str, Part]:
    """Return all parts by file."""
    review = read_review(folder)
    files = list_files(folder, review)
    return {p.file: p for f in files for p in read_file(f, review, load_schema())}


def rules(part: Part) -> list[tuple[str, str, str]]:
    return [(f.table, f.rule, f.severity) for f in part.faults]


def test_other_files_are_not_read(folder: Path) -> None:
    before = read_folder(folder)
    for name in ("tables/.bearings.csv", "tables/~$bearings.xlsx", "tables/README.md",
                 "tables/bearings.csv~", "texts/notes.md", "more/x.rdf", "notes.csv"):  # fmt: skip
        (folder / name).write_text("x")
    (folder / "tables" / "old").mkdir()
    (folder / "tables" / "old" / "bearings.csv").write_text("x")
    assert read_folder(folder) == before
    assert len(before) == len(minimal().tables) + 2


@pytest.mark.parametrize("file", ["tables/people.csv", "texts/more.txt", "more/more.ttl"])
def test_a_link_out_of_the_workspace_is_not_followed(file: str, folder: Path) -> None:
    secret = folder.parent / "secret"
    secret.write_text("id,name\nsecret,secret\n")
    (folder / file).unlink(missing_ok=True)
    (folder / file).symlink_to(secret)
    part = read_folder(folder)[file]
    assert rules(part) == [(file, "file-outside", "error")]
    assert not part.triples
    assert part.unreadable is not file.endswith(".txt")
    assert "secret" not in str(set(build_in_memory(folder).store))


@pytest.mark.parametrize("place", ["tables", "texts", "more"])
def test_a_folder_that_is_a_link_out_is_not_followed(place: str, folder: Path) -> None:
    (folder / place).rename(folder.parent / "elsewhere")
    (folder / place).symlink_to(folder.parent / "elsewhere")
    part = read_folder(folder)[place]
    assert rules(part) == [(place, "file-outside", "error")]


def test_a_link_inside_the_workspace_is_followed(folder: Path) -> None:
    before = read_folder(folder)["tables/people.csv"]
    (folder / "kept").mkdir()
    (folder / "tables/people.csv").rename(folder / "kept/people.csv")
    (folder / "tables/people.csv").symlink_to("../kept/people.csv")
    assert read_folder(folder)["tables/people.csv"] == before


@pytest.mark.parametrize("kind", ["nowhere", "loop", "folder", "pipe"])
def test_what_is_no_file_is_a_fault(kind: str, folder: Path) -> None:
    """It stands where a table is expected; passed over, the table would be missed."""
    path = folder / "tables" / "bearings.csv"
    path.unlink()
    if kind == "nowhere":
        path.symlink_to("nothing.csv")
    elif kind == "loop":
        path.symlink_to("bearings.csv")
    elif kind == "folder":
        path.mkdir()
    else:
        os.mkfifo(path)
    part = read_folder(folder)["tables/bearings.csv"]
    assert rules(part) == [("tables/bearings.csv", "file-unreadable", "error")]
    assert part.unreadable


@pytest.mark.parametrize("name", ["bearings.tsv", "Bearings.xls", "bearings.ods", "bearings"])
def test_a_table_in_another_format_is_a_fault(name: str, folder: Path) -> None:
    (folder / "tables" / "bearings.csv").rename(folder / "tables" / name)
    part = read_folder(folder)[f"tables/{name}"]
    assert rules(part) == [(f"tables/{name}", "table-format", "error")]
    assert (part.name, part.unreadable) == ("bearings", True)


def test_a_name_that_is_not_utf_8_is_read(folder: Path) -> None:
    os.rename(folder / "texts" / "abstract.txt", os.fsencode(folder / "texts") + b"/\xff.txt")
    assert "texts/\ufffd.txt" in read_folder(folder)


@pytest.mark.parametrize("second", ["people.xlsx", "PEOPLE.csv", "people .csv"])
def test_a_table_given_twice_is_a_fault_of_both_files(second: str, folder: Path) -> None:
    """Neither can be relied on, so all that they say stays out and nothing is claimed."""
    rows = [["id", "name"], ["other", "Other"]]
    data = workbook({"people": rows}) if second.endswith("xlsx") else b"id,name\nother,Other\n"
    (folder / "tables" / second).write_bytes(data)
    built = build_in_memory(folder)
    assert {(f.table, f.rule) for f in built.faults} == {
        ("tables/people.csv", "table-duplicate"), (f"tables/{second}", "table-duplicate"),
    }  # fmt: skip
    assert f"tables/{second}" in " ".join(f.message for f in built.faults)
    assert {("people", 2), ("bearings", 2)} <= set(built.left_out)
    assert set(statuses(built.store).values()) == {"undetermined"}


def test_the_same_rows_twice_are_reported_once(folder: Path) -> None:
    rows = [["id", "name"], ["coder", "coder"]]
    (folder / "tables" / "people.xlsx").write_bytes(workbook({"people": rows}))
    assert {f.rule for f in build_in_memory(folder).faults} == {"table-duplicate"}


def test_a_sheet_and_a_file_of_one_table_are_twice(folder: Path) -> None:
    book = workbook({"people": [["id", "name"]], "authors": [["id", "name"]]})
    (folder / "tables" / "book.xlsx").write_bytes(book)
    faults = build_in_memory(folder).faults
    assert [f.table for f in faults] == ["tables/book.xlsx [people]", "tables/people.csv"]


def test_an_id_used_in_two_tables_is_a_fault_of_all_its_rows(tmp_path: Path) -> None:
    workspace = minimal()
    workspace.add("settings", "study")
    built = build_in_memory(workspace.write(tmp_path))
    assert [(f.table, f.row, f.column, f.rule) for f in built.faults] == [
        ("settings", 4, "id", "id-duplicate"), ("studies", 2, "id", "id-duplicate"),
    ]  # fmt: skip
    assert {("settings", 4), ("studies", 2), ("findings", 2)} <= set(built.left_out)


def test_an_id_used_in_two_tables_is_a_fault_even_where_both_rows_say_the_same(
    tmp_path: Path,
) -> None:
    workspace = minimal()
    workspace.add("authors", "coder", name="coder")
    built = build_in_memory(workspace.write(tmp_path))
    assert [(f.table, f.rule) for f in built.faults] == [
        ("authors", "id-duplicate"), ("people", "id-duplicate"),
    ]  # fmt: skip
    assert ("bearings", 2) in built.left_out


def test_a_missing_table_that_rows_need_is_a_fault_with_its_header(tmp_path: Path) -> None:
    workspace = minimal()
    del workspace.tables["people"], workspace.tables["reviews"]
    built = build_in_memory(workspace.write(tmp_path))
    assert [(f.table, f.rule) for f in built.faults] == [
        ("tables/people.csv", "table-missing"), ("tables/reviews.csv", "table-missing"),
    ]  # fmt: skip
    assert "Add the file with this header: id,name" in built.faults[0].message


def test_no_tables_at_all_is_one_fault(tmp_path: Path) -> None:
    built = build_in_memory(Workspace().write(tmp_path))
    assert [(f.table, f.rule) for f in built.faults] == [("tables/reviews.csv", "table-missing")]


@pytest.mark.parametrize(
    ("turtle", "rule"),
    [
        ("this is not turtle", "turtle-unreadable"),
        ("\xff", "turtle-unreadable"),
        ("<https://e.org/a> <https://e.org/b> [] .", "turtle-blank-node"),
        ("[] <https://e.org/b> 1 .", "turtle-blank-node"),
        ("<https://e.org/a> <https://e.org/b> ( 1 ) .", "turtle-blank-node"),
        ("<https://e.org/a> <https://e.org/b> <<( <x:a> <x:b> <x:c> )>> .", "turtle-blank-node"),
        ("<https://e.org/a b> <https://e.org/b> 1 .", "turtle-unreadable"),
    ],
)
def test_a_side_file_that_can_not_be_traced_is_a_fault(
    turtle: str, rule: str, folder: Path
) -> None:
    (folder / "more" / "extra.ttl").write_bytes(turtle.encode("latin-1"))
    part = read_folder(folder)["more/extra.ttl"]
    assert set(rules(part)) == {("more/extra.ttl", rule, "error")}
    assert part.unreadable
    assert set(statuses(build_in_memory(folder).store).values()) == {"undetermined"}


def test_a_text_keeps_its_offsets_however_it_is_saved(folder: Path) -> None:
    plain = read_folder(folder)["texts/abstract.txt"]
    (folder / "texts" / "abstract.txt").write_bytes("\ufeffSome words.\r\n".encode())
    assert read_folder(folder)["texts/abstract.txt"] == plain


def test_a_text_that_is_not_utf_8_is_a_fault(folder: Path) -> None:
    (folder / "texts" / "abstract.txt").write_bytes(b"na\xefve")
    (fault,) = read_folder(folder)["texts/abstract.txt"].faults
    assert (fault.rule, fault.value) == ("text-encoding", "0xEF")


def test_what_is_kept_of_a_part_is_the_part() -> None:
    from kg.sources import read_parts, write_parts

    rows = 'id,name,note\na,"A ""q"" 🙂\n",not reported\n,x,y,z\nb,1.50,\\u0041\n'
    parts = [*read_all(rows.encode("cp1252", "replace"), "people.csv"),
             *read_all(b"id,year\nr,1.50\ns,001\n", "reports.csv")]  # fmt: skip
    assert read_parts(write_parts(parts)) == parts


@pytest.mark.parametrize(
    "data",
    [
        b"0",
        b"{}",
        b"0000000002{}",
        b"-000000001",
        b"[1]",
        b'[{"name": 1}]',
        b"\x80\x04K\x01.",
        b"[[]]",
    ],
)
def test_what_is_no_kept_part_is_refused(data: bytes) -> None:
    from kg.sources import read_parts

    assert read_parts(b"") == []
    with pytest.raises(ValueError):
        read_parts(data)


def statuses(store: object) -> dict[str, str]:
    from kg.synthesis import statuses as read

    return read(store)  # type: ignore[arg-type]
