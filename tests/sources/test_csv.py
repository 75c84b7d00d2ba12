"""CSV files as people save them: delimiters, encodings, blank rows, and what is wrong with them."""

import codecs

import pytest

from tests.sources.files import ids, read, seen, values

HEADER = "id,name,orcid,note\n"
ROW = "coder,Müller,0000-0002-1825-0097,codes\n"


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_delimiter_comes_from_the_header(delimiter: str) -> None:
    part = read((HEADER + ROW).replace(",", delimiter).encode())
    assert part.faults == []
    assert part.canonical == read((HEADER + ROW).encode()).canonical


def test_delimiters_between_quotation_marks_do_not_count() -> None:
    part = read(b'"id";"name";"orcid";"note"\na;"x, y, z, w";;"1;2"\n')
    assert part.faults == []
    assert values(part, "a", "note") == ["1;2"]


@pytest.mark.parametrize(
    "data",
    [
        (HEADER + ROW).encode("utf-8-sig"),
        (HEADER + ROW).encode("utf-16"),
        codecs.BOM_UTF16_BE + (HEADER + ROW).encode("utf-16-be"),
        (HEADER + ROW).replace("\n", "\r\n").encode(),
        (HEADER + ROW).replace("\n", "\r").encode(),
        b"ID, Name ,ORCID,nOtE\n" + ROW.encode(),
        "note,orcid,name,id\ncodes,0000-0002-1825-0097,Müller,coder\n".encode(),
        (HEADER + "\n,,,\n \n" + ROW + "\n\n").encode(),
        (HEADER.replace("\n", ",,\n") + ROW.replace("\n", ",,\n")).encode(),
    ],
    ids=[
        "utf-8 mark", "utf-16 le", "utf-16 be", "crlf", "cr", "header case", "column order",
        "blank rows", "empty columns",
    ],
)  # fmt: skip
def test_what_does_not_matter(data: bytes) -> None:
    """Reads the same rows without a fault, and the data version stays."""
    part, plain = read(data), read((HEADER + ROW).encode())
    assert part.faults == []
    assert set(part.triples) == set(plain.triples)
    assert part.canonical == plain.canonical


def test_line_ends_in_a_cell_do_not_matter() -> None:
    text = 'id,name,note\na,A,"one\ntwo"\n'
    part, windows = read(text.encode()), read(text.replace("\n", "\r\n").encode())
    assert values(windows, "a", "note") == ["one\ntwo"]
    assert windows.canonical == part.canonical


def test_row_is_the_record_number_counting_blank_rows() -> None:
    part = read(b'id,name\n\na,"one\ntwo"\n,\nb,B\n')
    assert ids(part) == {"a": [3], "b": [5]}


def test_a_quoted_label_keeps_its_marks_and_emoji() -> None:
    part = read('id,name\na,"says ""I\'m in"" 🙂"\n'.encode())
    assert values(part, "a", "label") == ['says "I\'m in" 🙂']


def test_ids_may_hold_spaces_and_letters_of_any_script() -> None:
    part = read("id,name\nmy id,A\nétude/1,B\n名,C\n".encode())
    assert part.faults == []
    assert list(ids(part)) == ["my%20id", "%C3%A9tude%2F1", "%E5%90%8D"]


def test_windows_1252_is_read_with_a_warning() -> None:
    part = read((HEADER + ROW).encode("cp1252"))
    assert seen(part) == [("table-encoding", 0, "", "warning", "Müller")]
    assert "line 2" in part.faults[0].message
    assert values(part, "coder", "label") == ["Müller"]
    assert not part.unreadable and not part.damaged


@pytest.mark.parametrize(
    ("data", "value", "words"),
    [
        (HEADER.encode() + b"a,\x81,,\n", "0x81", "Byte 22 (line 2) has no meaning in UTF-8 or"),
        (HEADER.encode() + b"a,b\0c,,\n", "", "Character 23 (line 2) is NUL"),
        ((HEADER + "a,\0,,\n").encode("utf-16"), "", "is NUL"),
        (codecs.BOM_UTF32_LE + HEADER.encode("utf-32-le"), "", "is NUL"),
        ((HEADER + ROW).encode("utf-16")[:-1], "0x0A", "has no meaning in UTF-16, as which it"),
        (codecs.BOM_UTF8 + HEADER.encode() + b"a,\xfc,,\n", "0xFC", "in UTF-8, as which it begins"),
    ],
    ids=["undefined", "nul", "nul in utf-16", "utf-32", "cut utf-16", "false mark"],
)
def test_bytes_without_a_meaning_are_a_fault(data: bytes, value: str, words: str) -> None:
    part = read(data)
    assert seen(part) == [("table-encoding", 0, "", "error", value)]
    assert words in part.faults[0].message
    assert part.unreadable and not part.rows


@pytest.mark.parametrize("data", [b"", b"  \n\n", codecs.BOM_UTF8, codecs.BOM_UTF16_LE, b",,,\n"])
def test_an_empty_table_is_one_fault(data: bytes) -> None:
    part = read(data)
    assert seen(part) == [("table-empty", 0, "", "error", "")]
    assert part.unreadable


def test_a_header_that_is_not_in_row_1_is_one_fault() -> None:
    part = read(b"\nid,name\na,A\n")
    assert seen(part) == [("header-missing", 1, "", "error", "")]
    assert part.unreadable and len(part.damaged) == 2


def test_a_table_with_a_header_only_is_sound() -> None:
    part = read(HEADER.encode())
    assert not part.faults and not part.unreadable and not part.rows


@pytest.mark.parametrize(
    ("row", "value"),
    [("a,A,x,y,z", "z"), ("a,A", ""), ("a,A,,,,,w", "w")],
    ids=["one more", "two less", "far more"],
)
def test_a_ragged_row_is_a_fault_and_damaged(row: str, value: str) -> None:
    part = read(f"{HEADER}{row}\nb,B,,\n".encode())
    assert seen(part) == [("row-ragged", 2, "", "error", value)]
    assert [iri.rsplit("/", 1)[-1] for iri in part.damaged] == ["a"]


def test_an_unknown_column_is_a_fault_that_offers_the_nearest() -> None:
    part = read(b"id,name,notte\na,A,x\n")
    assert seen(part) == [("column-unknown", 1, "notte", "error", "notte")]
    assert part.faults[0].fix == "note"
    assert part.unreadable and part.damaged == set(part.rows)


def test_a_blank_header_over_cells_is_a_fault() -> None:
    part = read(b"id,,name\na,x,A\n")
    assert seen(part) == [("column-unknown", 1, "", "error", "")]
    assert "header is blank" in part.faults[0].message


def test_a_column_that_stands_twice_is_one_fault() -> None:
    part = read(b"id,name,Name\na,A,B\n")
    assert seen(part) == [("column-duplicate", 1, "name", "error", "name")]
    assert part.unreadable


@pytest.mark.parametrize(("data", "column"), [(b"id,note\na,x\n", "name"), (b"name\nA\nB\n", "id")])
def test_a_missing_column_is_one_fault(data: bytes, column: str) -> None:
    part = read(data)
    assert seen(part) == [("column-missing", 1, column, "error", "")]
    assert part.damaged == set(part.rows) != set()


@pytest.mark.parametrize(
    ("data", "row"),
    [
        (b'id,name\na,A\n\nb,"B\nc,C\n', 4),
        (b'id,name\na,"A"x\n', 2),
        (b'id,"name\n', 1),
    ],
    ids=["not closed", "text after it", "in the header"],
)
def test_a_quotation_mark_that_is_not_closed_is_a_fault_of_its_row(data: bytes, row: int) -> None:
    part = read(data)
    assert seen(part) == [("table-unreadable", row, "", "error", "")]
    assert part.unreadable and not part.rows


def test_an_id_used_twice_damages_its_rows() -> None:
    part = read(b"id,name\na,A\nb,B\na,C\n")
    assert ids(part) == {"a": [2, 4], "b": [3]}
    assert [iri.rsplit("/", 1)[-1] for iri in part.damaged] == ["a"]


@pytest.mark.parametrize("cell", ["", " ", "not reported"])
def test_a_row_without_id_is_a_fault(cell: str) -> None:
    part = read(f"id,name\na,A\n{cell},B\n".encode())
    assert seen(part) == [("row-without-id", 3, "id", "error", cell.strip())]
    assert ids(part) == {"a": [2], "no-id/people-row-3": [3]}
    assert len(part.damaged) == 1


def test_no_id_can_take_the_place_of_a_row_without_one() -> None:
    part = read(b"id,name\nno-id/people-row-3,A\n,B\n")
    assert all(len(numbers) == 1 for numbers in part.rows.values())


def test_the_id_of_something_shipped_is_a_fault() -> None:
    part = read(b"id,label,definition\ntrust,trust,Ours.\n", "concepts")
    assert seen(part) == [("id-shipped", 2, "id", "error", "trust")]
    assert len(part.damaged) == 1


def test_an_unknown_table_is_a_fault_that_offers_the_nearest() -> None:
    part = read(b"id,finding\nb1,f1\n", "bearing")
    assert seen(part) == [("table-unknown", 0, "", "error", "bearing")]
    assert 'Did you mean "bearings"?' in part.faults[0].message
    assert part.unreadable


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("not reported", "not-known-not-reported"),
        ("Not Reported", "not-known-not-reported"),
        ("not  reported in the source seen", "not-known-not-reported-in-the-source-seen"),
        ("not applicable", "not-known-not-applicable"),
    ],
)
def test_not_known_is_said_about_the_property_and_is_no_value(cell: str, reason: str) -> None:
    part = read(f"id,label,country\na,A,{cell}\n".encode(), "studies")
    assert values(part, "a", "country") == []
    (gap,) = values(part, "a", "notKnown")
    told = {
        t.predicate.value.rsplit("/", 1)[-1].rsplit("#", 1)[-1]: t.object.value
        for t in part.triples
        if t.subject.value == gap
    }
    assert told["notKnownColumn"] == "country"
    assert told["hasUnknownReason"] == f"https://w3id.org/qes-kg/{reason}"


def test_cells_that_can_not_be_mapped_are_read_as_they_stand() -> None:
    """The shapes report what was seen, so it must be there to be seen."""
    cells = b"id,finding,towards,polarity\nb,no-such,nor-this,suports\n"
    part = read(cells, "bearings")
    assert values(part, "b", "hasPolarity") == ["suports"]
    assert [v.rsplit("/", 1)[-1] for v in values(part, "b", "bearsOn")] == ["nor-this"]
    number = read(b"id,year\nr,19 98\n", "reports")
    (year,) = (t.object for t in number.triples if t.predicate.value.endswith("Year"))
    assert (year.value, year.datatype.value.rsplit("#", 1)[-1]) == ("19 98", "integer")
