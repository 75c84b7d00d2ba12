"""REFI-QDA in: every element of a synthetic project, and what becomes of it, worked out by hand."""

import csv
from pathlib import Path

import pytest

from kg.errors import UsageError
from kg.imports.refi_text import Counting, SourceText, decode_text
from kg.workspace.refi import import_refi
from tests.imports.refi_files import (
    HERE,
    TEXT,
    make_workspace,
    pack,
    read_files,
    read_rows,
    write_project,
    write_xml,
)

VERIFIED = "verified in shipped text"

# "They help." has ten characters; the line feed is the eleventh, so the second line begins at 11.
FINDINGS = {
    "interview-1-f11-23": {
        "study": "street-study", "statement": "mend 🪜 roofs", "wording": "authors' words",
        "quotation": "mend 🪜 roofs", "quoted from": "interview-1-report",
        "start": "11", "end": "23", "check": VERIFIED,
    },
    "interview-1-f0-2": {
        "study": "street-study", "statement": "Th", "wording": "authors' words",
        "quotation": "Th", "quoted from": "interview-1-report", "start": "0", "end": "2",
        "check": VERIFIED,
    },
    "interview-2-f2-17": {
        "study": "interview-2", "statement": "We share tools.", "wording": "authors' words",
        "quotation": "We share tools.", "quoted from": "interview-2-report",
        "start": "2", "end": "17", "check": VERIFIED,
    },
    "leaflet-f16-27": {
        "study": "leaflet", "statement": "ring a bell", "wording": "authors' words",
        "quotation": "ring a bell", "quoted from": "leaflet-report", "start": "16", "end": "27",
        "locator": 'page "0", as the project counts', "check": VERIFIED,
    },
}  # fmt: skip
ROWS = {
    "people": {"coder-one": {"name": "Coder One"}, "coder-two": {"name": "Coder Two"}},
    "constructs": {
        "code-help": {"wording": "Help", "findings": "interview-1-f11-23;interview-2-f2-17"},
        "code-repairs": {"wording": "Repairs", "broader": "code-help",
                         "findings": "interview-1-f11-23"},
        "code-trust": {"wording": "Trust", "findings": "leaflet-f16-27"},
    },
    "findings": FINDINGS,
    "quotations": {
        "interview-1-q30-40": {"exact": "trust them", "report": "interview-1-report",
                               "start": "30", "end": "40", "check": VERIFIED},
    },
    "reports": {
        "interview-1-report": {"title": "Interview 1.txt", "text": "interview-1.txt"},
        "interview-2-report": {"title": "Interview 2", "text": "interview-2.txt"},
        "leaflet-report": {"title": "Leaflet.pdf", "text": "leaflet.txt"},
    },
    "studies": {
        "street-study": {"label": "Street study", "reports": "interview-1-report",
                         "role": "awaiting decision", "note": "Ten streets."},
        "interview-2": {"label": "Interview 2", "reports": "interview-2-report",
                        "role": "awaiting decision"},
        "leaflet": {"label": "Leaflet.pdf", "reports": "leaflet-report",
                    "role": "awaiting decision"},
    },
    "memos": {
        "code-help-note": {"about": "code-help", "text": "What neighbours do."},
        "interview-1-f11-23-note": {"about": "interview-1-f11-23", "text": "Said twice."},
        "memo-on-help": {"about": "code-help", "text": "On help\n\nAsk again who helps.",
                         "by": "coder-two", "date": "2024-02-01T08:00:00Z"},
    },
    "translations": {
        "code-help--code-trust": {"kind": "reciprocal translation",
                                  "constructs": "code-help;code-trust"},
    },
}  # fmt: skip
LOSSES = {
    "basePath (Project)": [""],
    "codings of cases": ["Street study"],
    "codings of whole sources": ["Interview 1.txt"],
    "codings with a code that is not there": ["interview-1-f0-2"],
    "colours of codes": ["Help"],
    "creationDateTime (Project)": ["Neighbours"],
    "creationDateTime (TextSource)": ["Interview 1.txt"],
    "files of sources": ["Leaflet.pdf"],
    "files outside of the archive, not followed": ["Elsewhere"],
    "files that are missing": ["Gone"],
    "frames of PDF selections": ["Leaflet.pdf"],
    "graphs": ["Model"],
    "ids of users": ["Coder One"],
    "links that are not named as translations": ["is cause of"],
    "names of selections that are not their words": ["Not these words"],
    "selections (PictureSelection)": ["North"],
    "selections outside of their text": ["Interview 1.txt 20-900"],
    "selections without words": ["Interview 2 4-4"],
    "sets": ["Daily"],
    "sources (PictureSource)": ["Map.png"],
    "values of variables": ["Street study"],
    "variables": ["Age"],
    "who made a coding": ["interview-1-f11-23 by coder-one"],
}


def test_a_project_becomes_these_rows(tmp_path: Path) -> None:
    folder = make_workspace(tmp_path / "w")
    done = import_refi(folder, write_project(tmp_path / "p.qdpx"))
    rows = read_rows(folder)
    del rows["reviews"]
    assert rows == ROWS
    assert dict(done.report.added) == {table: len(r) for table, r in ROWS.items()}
    assert (folder / "texts/interview-1.txt").read_bytes() == TEXT.encode()
    assert (folder / "texts/interview-2.txt").read_text(encoding="utf-8") == "  We share tools.  "


def test_what_has_no_place_is_reported_by_kind_with_names(tmp_path: Path) -> None:
    folder = make_workspace(tmp_path / "w")
    report = import_refi(folder, write_project(tmp_path / "p.qdpx")).report
    assert len(report.losses.pop("GUIDs, made anew on export")) == 34
    assert report.losses == LOSSES
    assert report.warnings == [
        'the project is in "Neighbours.qde", not in "project.qde"',
        'in "Interview 1.txt" the end position is that of the last character; the offsets were '
        "corrected",
        "selections that begin or end with blanks; the offsets leave these out",
    ]
    assert "no place: sets: 1 (Daily)" in report.lines()


def test_importing_twice_changes_nothing(tmp_path: Path) -> None:
    folder = make_workspace(tmp_path / "w")
    import_refi(folder, write_project(tmp_path / "p.qdpx"))
    before = read_files(folder)
    done = import_refi(folder, write_project(tmp_path / "p.qdpx"))
    assert (read_files(folder), done.written, done.diff) == (before, (), "")
    assert (dict(done.report.added), done.report.differing) == ({}, [])


def test_other_guids_are_the_same_project(tmp_path: Path) -> None:
    folder = make_workspace(tmp_path / "w")
    path = write_project(tmp_path / "p.qdpx")
    import_refi(folder, path)
    project = (HERE / "project.qde").read_text(encoding="utf-8").replace("0000-0000-", "1234-abcd-")
    pack(path, {"project.qde": project.encode(), "sources/one.txt": TEXT.encode()})
    assert import_refi(folder, path).diff == ""


def test_a_dry_run_writes_nothing(tmp_path: Path) -> None:
    folder = make_workspace(tmp_path / "w")
    before = read_files(folder)
    done = import_refi(folder, write_project(tmp_path / "p.qdpx"), dry_run=True)
    assert (read_files(folder), done.written) == (before, ())
    assert not (folder / ".kg").exists()
    assert "people row 2, new: id=coder-one, name=Coder One" in done.diff


def test_a_cell_that_is_there_stays_and_is_listed(tmp_path: Path) -> None:
    folder = make_workspace(tmp_path / "w")
    (folder / "tables/constructs.csv").write_text(
        "id,wording,order,findings\ncode-help,Helping,second-order construct,own-finding\n"
    )
    report = import_refi(folder, write_project(tmp_path / "p.qdpx")).report
    assert report.differing == ["constructs code-help, wording"]
    assert report.filled == ["constructs code-help: findings interview-1-f11-23;interview-2-f2-17"]
    assert read_rows(folder)["constructs"]["code-help"] == {
        "wording": "Helping", "order": "second-order construct",
        "findings": "own-finding;interview-1-f11-23;interview-2-f2-17",
    }  # fmt: skip


def test_an_id_of_another_table_is_not_taken(tmp_path: Path) -> None:
    folder = make_workspace(tmp_path / "w")
    (folder / "tables/settings.csv").write_text("id,label\nstreet-study,Street\n")
    import_refi(folder, write_project(tmp_path / "p.qdpx"))
    rows = read_rows(folder)
    assert "street-study-2" in rows["studies"] and "street-study" not in rows["studies"]
    assert rows["findings"]["interview-1-f11-23"]["study"] == "street-study-2"
    assert import_refi(folder, write_project(tmp_path / "p.qdpx")).diff == ""


def test_a_text_that_says_something_else_stops_the_import(tmp_path: Path) -> None:
    folder = make_workspace(tmp_path / "w")
    (folder / "texts").mkdir()
    (folder / "texts/interview-1.txt").write_text("Another text.")
    before = read_files(folder)
    with pytest.raises(UsageError, match="is there and says something else"):
        import_refi(folder, write_project(tmp_path / "p.qdpx"))
    assert read_files(folder) == before


def test_a_codebook_of_another_program_becomes_constructs(tmp_path: Path) -> None:
    folder = make_workspace(tmp_path / "w")
    report = import_refi(folder, HERE / "codebook.qdc").report
    rows = read_rows(folder)
    assert rows["constructs"] == {
        "code-helping-one-another": {"wording": "Helping one another"},
        "code-other": {"wording": "Other", "broader": "code-helping-one-another"},
        "code-trust": {"wording": "Trust", "broader": "code-helping-one-another"},
        "code-other-2": {"wording": "Other"},
    }
    assert rows["memos"] == {
        "code-other-note": {"about": "code-other", "text": "Help that fits nowhere else."}
    }
    assert report.warnings == [
        'the namespace is "urn:QDA-XML:codebook:1:0", not "urn:QDA-XML:codebook:1.0"',
        "GUIDs in braces",
        "an empty Sets element, which the standard does not allow",
    ]
    assert report.losses == {
        "colours of codes": ["Trust"],
        "codes that only hold codes (isCodable false)": ["Helping one another"],
        "GUIDs, made anew on export": ["Helping one another", "Other", "Trust", "Other"],
    }
    assert import_refi(folder, HERE / "codebook.qdc").diff == ""


def test_several_cases_leave_the_study_open(tmp_path: Path) -> None:
    folder = make_workspace(tmp_path / "w")
    case = '<Case guid="d{0}" name="C{0}"><SourceRef targetGUID="s"/>{1}</Case>'
    selected = '<SelectionRef targetGUID="{}"/>'.format
    selection = (
        '<PlainTextSelection guid="x{0}" startPosition="{0}" endPosition="{1}"><Coding guid="y{0}">'
        '<CodeRef targetGUID="c"/></Coding></PlainTextSelection>'
    )
    path = write_xml(
        tmp_path / "p.qdpx",
        '<CodeBook><Codes><Code guid="c" name="C" isCodable="true"/></Codes></CodeBook>'
        f"<Cases>{case.format(1, selected('x0'))}{case.format(2, '')}</Cases>"
        '<Sources><TextSource guid="s" name="Group"><PlainTextContent>one two</PlainTextContent>'
        f"{selection.format(0, 3)}{selection.format(4, 7)}</TextSource></Sources>",
    )
    report = import_refi(folder, path).report
    findings = read_rows(folder)["findings"]
    assert findings["group-f0-3"]["study"] == "c1"
    assert "study" not in findings["group-f4-7"]
    assert report.losses["selections that belong to several cases"] == ["Group 4-7"]


@pytest.mark.parametrize(
    ("start", "end", "name", "counting", "span"),
    [
        (12, 24, "mend 🪜 roofs", Counting(), (11, 23)),
        (12, 23, "mend 🪜 roofs", Counting(end_included=True), (11, 23)),
        (11, 23, "mend 🪜 roofs", Counting(two_for_line_end=False), (11, 23)),
        (11, 22, "mend 🪜 roofs", Counting(False, True), (11, 23)),
        (12, 24, "", Counting(), (11, 23)),
        (10, 14, "unlike", Counting(), (10, 13)),
        (0, 44, "", Counting(), None),
        (-1, 4, "", Counting(), None),
        (4, 2, "", Counting(), None),
    ],
)
def test_the_names_show_how_a_program_counts(
    start: int, end: int, name: str, counting: Counting, span: tuple[int, int] | None
) -> None:
    text = SourceText(TEXT)
    assert text.find_counting([(start, end, name)]) == counting
    assert text.find_span(start, end, counting) == span
    if name == "mend 🪜 roofs" and span:
        assert text.content[span[0] : span[1]] == name


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"\xef\xbb\xbfa\xc3\xa9", ("aé", False)),
        (b"a\xe9", ("aé", True)),
        ("aé".encode("utf-16"), ("aé", False)),
        (b"a\0b", None),
        (b"\x81", None),
        (b"\xff\xfea", None),
    ],
)
def test_texts_are_read_in_these_encodings(data: bytes, expected: tuple[str, bool] | None) -> None:
    assert decode_text(data) == expected


def test_a_text_in_windows_1252_is_kept_as_utf8(tmp_path: Path) -> None:
    folder = make_workspace(tmp_path / "w")
    source = '<Sources><TextSource guid="s" name="a" plainTextPath="internal://a.txt"/></Sources>'
    path = write_xml(tmp_path / "p.qdpx", source, {"Sources/A.txt": b"caf\xe9"})
    assert import_refi(folder, path).report.warnings == [
        "a text that is not UTF-8, read as Windows-1252; check its letters"
    ]
    assert (folder / "texts/a.txt").read_bytes() == "café".encode()


def test_tables_stay_readable_by_others(tmp_path: Path) -> None:
    folder = make_workspace(tmp_path / "w")
    import_refi(folder, write_project(tmp_path / "p.qdpx"))
    with (folder / "tables/memos.csv").open(encoding="utf-8", newline="") as file:
        assert [r["text"] for r in csv.DictReader(file)][-1] == "On help\n\nAsk again who helps."
