"""Drafts: what is changed is written all or none, and what is not changed keeps its bytes."""

import io
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill

from kg.errors import DataFaults, UsageError
from kg.schema import load_schema
from kg.sources import Change, Draft, finish_writing, read_review

REVIEW = "title: T\nbase: https://example.org/t/\n"
PEOPLE = b'\xef\xbb\xbfID;Name;Note\r\na;"Ann; ""the first""";\r\n\r\nb;Bob;"two\r\nlines"'


def workspace(path: Path, **tables: bytes) -> Path:
    (path / "tables").mkdir(parents=True)
    (path / "review.yaml").write_text(REVIEW, encoding="utf-8")
    for name, data in tables.items():
        (path / "tables" / name.replace("_", ".")).write_bytes(data)
    return path


def draft(folder: Path) -> Draft:
    return Draft(folder, read_review(folder), load_schema())


def test_only_the_changed_record_of_a_csv_file_changes(tmp_path: Path) -> None:
    folder = workspace(tmp_path, people_csv=PEOPLE)
    found = draft(folder)
    assert found.rows("people") == {
        2: {"id": "a", "name": 'Ann; "the first"'},
        4: {"id": "b", "name": "Bob", "note": "two\nlines"},
    }
    found.set("people", 2, "note", "n;1")
    assert found.add("people", {"id": "c", "name": "Çelik"}) == 5
    assert found.changes == (
        Change("people", 2, "note", "", "n;1"),
        Change("people", 5, "id", "", "c", new=True),
        Change("people", 5, "name", "", "Çelik", new=True),
    )
    assert found.diff() == (
        'people row 2, note: empty becomes "n;1"\npeople row 5, new: id=c, name=Çelik'
    )
    assert (folder / "tables/people.csv").read_bytes() == PEOPLE
    assert found.write() == ("tables/people.csv",)
    assert (folder / "tables/people.csv").read_bytes() == (
        b"\xef\xbb\xbfID;Name;Note\r\n"
        b'a;"Ann; ""the first""";"n;1"\r\n'
        b"\r\n"
        b'b;Bob;"two\r\nlines"\r\n'
        + "c;Çelik;\r\n".encode()
    )  # fmt: skip
    assert draft(folder).find("people", "c") == (5, {"id": "c", "name": "Çelik"})


def test_nothing_is_written_where_nothing_changes(tmp_path: Path) -> None:
    folder = workspace(tmp_path, people_csv=PEOPLE)
    found = draft(folder)
    found.set("people", 2, "note", "x")
    found.set("people", 2, "note", "")
    assert (found.changes, found.diff(), found.write()) == ((), "", ())
    assert not (folder / ".kg").exists()


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16", "utf-8"])
def test_encoding_stays_unless_it_lacks_a_letter(tmp_path: Path, encoding: str) -> None:
    folder = workspace(tmp_path, people_csv="id,name\na,Müller\n".encode(encoding))
    found = draft(folder)
    found.add("people", {"id": "b", "name": "Ørsted"})
    found.write()
    data = (folder / "tables/people.csv").read_bytes()
    assert data.decode(encoding) == "id,name\na,Müller\nb,Ørsted\n"
    found = draft(folder)
    found.add("people", {"id": "c", "name": "Łoś"})
    found.write()
    data = (folder / "tables/people.csv").read_bytes()
    expected = "id,name\na,Müller\nb,Ørsted\nc,Łoś\n"
    assert data.decode("utf-8-sig" if encoding == "cp1252" else encoding) == expected


def test_quotation_marks_inside_bare_cells_do_not_join_records(tmp_path: Path) -> None:
    folder = workspace(tmp_path, people_csv=b'id,name\na,5" nails\nb,Bob\n')
    found = draft(folder)
    found.set("people", 3, "name", "Rob")
    found.write()
    assert draft(folder).rows("people") == {
        2: {"id": "a", "name": '5" nails'}, 3: {"id": "b", "name": "Rob"}
    }  # fmt: skip


def test_missing_column_and_table_are_made(tmp_path: Path) -> None:
    folder = workspace(tmp_path, people_csv=b"id,name\na,Ann\n")
    found = draft(folder)
    found.set("people", 2, "note", "x")
    found.add("memos", {"id": "m1"})
    assert found.write() == ("tables/memos.csv", "tables/people.csv")
    assert (folder / "tables/people.csv").read_bytes() == b"id,name,note\na,Ann,x\n"
    header = ",".join(load_schema().tables["memos"].header)
    empty = "," * (len(load_schema().tables["memos"].header) - 1)
    assert (folder / "tables/memos.csv").read_text() == f"{header}\nm1{empty}\n"
    assert not (folder / ".kg/pending").exists()


def test_workbook_keeps_what_is_not_changed(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    people = book.active
    assert people is not None
    people.title = "people"
    for row in (["id", "name", "note"], ["a", "Ann", None], ["b", "Bob", "x"]):
        people.append(row)
    people["B2"].fill = PatternFill("solid", fgColor="FFFF00")
    people["B2"].comment = Comment("look", "me")
    people.freeze_panes = "A2"
    notes = book.create_sheet("memos")
    notes.append(["id"])
    other = book.create_sheet("Sums")
    other["A1"] = "=1+1"
    stream = io.BytesIO()
    book.save(stream)
    folder = workspace(tmp_path, book_xlsx=stream.getvalue())
    found = draft(folder)
    found.set("people", 3, "name", "=Rob()")
    found.add("people", {"id": "c", "name": "Cy"})
    found.add("memos", {"id": "m1"})
    assert found.write() == ("tables/book.xlsx",)
    written = openpyxl.load_workbook(folder / "tables/book.xlsx")
    assert [[c.value for c in row] for row in written["people"]] == [
        ["id", "name", "note"], ["a", "Ann", None], ["b", "=Rob()", "x"], ["c", "Cy", None]
    ]  # fmt: skip
    assert written["people"]["B3"].data_type == "s"
    assert written["people"]["B2"].fill.fgColor.rgb == "00FFFF00"
    assert written["people"]["B2"].comment.text == "look"
    assert written["people"].freeze_panes == "A2"
    assert written["memos"]["A2"].value == "m1"
    assert (written["Sums"]["A1"].value, written["Sums"]["A1"].data_type) == ("=1+1", "f")


def test_wrong_names_and_unreadable_tables_are_refused(tmp_path: Path) -> None:
    folder = workspace(tmp_path, people_csv=b"id,name\na,Ann\n")
    found = draft(folder)
    for wrong in (
        lambda: found.set("people", 9, "name", "x"),
        lambda: found.set("people", 2, "noname", "x"),
        lambda: found.add("peopel", {"id": "x"}),
    ):
        with pytest.raises(UsageError):
            wrong()
    (folder / "tables/memos.csv").write_bytes(b'id,note\n"open\n')
    with pytest.raises(DataFaults):
        draft(folder)


def journal(folder: Path) -> dict[str, bytes]:
    """Begin a change of two tables and stop after the first, as a killed process would."""
    found = draft(folder)
    found.set("people", 2, "name", "new")
    found.set("memos", 2, "id", "m2")
    from kg.sources import draft as module

    wanted = {n: (folder / n).read_bytes() for n in ("tables/people.csv", "tables/memos.csv")}
    real, calls = module.write_text, []

    def stop(path: Path, content: str | bytes) -> None:
        calls.append(path)
        if len(calls) == 3:
            raise KeyboardInterrupt
        real(path, content)

    module.write_text = stop
    try:
        with pytest.raises(KeyboardInterrupt):
            found.write()
    finally:
        module.write_text = real
    return wanted


def test_a_begun_change_is_completed(tmp_path: Path) -> None:
    folder = workspace(tmp_path, people_csv=b"id,name\na,old\n", memos_csv=b"id\nm1\n")
    journal(folder)
    assert json.loads((folder / ".kg/pending").read_bytes()).keys() == {
        "tables/memos.csv", "tables/people.csv"
    }  # fmt: skip
    finish_writing(folder)
    assert (folder / "tables/people.csv").read_bytes() == b"id,name\na,new\n"
    assert (folder / "tables/memos.csv").read_bytes() == b"id\nm2\n"
    assert not (folder / ".kg/pending").exists()


def test_what_somebody_changed_meanwhile_stays(tmp_path: Path) -> None:
    folder = workspace(tmp_path, people_csv=b"id,name\na,old\n", memos_csv=b"id\nm1\n")
    journal(folder)
    (folder / "tables/people.csv").write_bytes(b"id,name\na,mine\n")
    finish_writing(folder)
    assert (folder / "tables/people.csv").read_bytes() == b"id,name\na,mine\n"


KILLED = """
import sys
from pathlib import Path
from kg.schema import load_schema
from kg.sources import Draft, read_review
folder = Path(sys.argv[1])
review, schema = read_review(folder), load_schema()
print("ready", flush=True)
for n in range(10_000):
    draft = Draft(folder, review, schema)
    for table in ("people", "memos", "theories"):
        draft.set(table, 2, "id", f"v{n}")
    draft.write()
"""


@pytest.mark.parametrize("moment", range(20))
def test_a_killed_writer_leaves_the_old_or_the_new_state(tmp_path: Path, moment: int) -> None:
    tables = {f"{t}_csv": b"id\nv\n" for t in ("people", "memos", "theories")}
    folder = workspace(tmp_path, **tables)
    root = str(Path(__file__).parents[2])
    process = subprocess.Popen(
        [sys.executable, "-c", KILLED, str(folder)], stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": root},
    )  # fmt: skip
    assert process.stdout is not None
    process.stdout.readline()
    time.sleep(0.01 + 0.0137 * moment)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    finish_writing(folder)
    found = {(folder / f"tables/{t}.csv").read_bytes() for t in ("people", "memos", "theories")}
    assert len(found) == 1


@pytest.mark.parametrize("table", [b"id,name\na,Ann\n", b"id,name\r\na,Ann\r\n"])
@pytest.mark.parametrize("cell", ["one\rtwo", "one\ntwo", "\r", "one\n\rtwo"])
def test_a_line_end_in_a_cell_does_not_end_the_record(
    tmp_path: Path, table: bytes, cell: str
) -> None:
    folder = workspace(tmp_path, people_csv=table)
    found = draft(folder)
    found.add("people", {"id": "b", "name": f"<{cell}>"})
    found.write()
    assert draft(folder).rows("people") == {
        2: {"id": "a", "name": "Ann"}, 3: {"id": "b", "name": f"<{cell}>"}
    }  # fmt: skip
    assert (folder / "tables/people.csv").read_bytes().startswith(table)
