"""Mapping sets: each way in which a file goes wrong is named by line, column and rule.

Several of them other readers take as good; those are marked as such.
"""

from pathlib import Path

import pytest

from kg.checks import check_mapping_text, check_mappings, read_mapping_set

EX = "https://example.org/"
TERMS = {EX + "a": "apple", EX + "b": "bee", EX + "c": "cat"}
COLUMNS = (
    "subject_id", "subject_label", "predicate_id", "object_id", "object_label",
    "mapping_justification", "author_id", "author_label", "mapping_date", "confidence",
    "subject_source", "object_source", "comment",
)  # fmt: skip
HEAD = """\
#curie_map:
#  ex: https://example.org/
#  orcid: https://orcid.org/
#  up: https://example.com/up/
#mapping_set_id: https://example.org/set
#mapping_set_version: 2026-11-25
#license: https://creativecommons.org/licenses/by/4.0/
#creator_label:
#  - The examples
"""
FIRST = 11  # line of the first row: nine lines of metadata and the header stand above


def row(subject: str = "a", **cells: str) -> str:
    """Return a row without a fault, but for the cells that are given."""
    good = dict.fromkeys(COLUMNS, "") | {
        "subject_id": f"ex:{subject}", "subject_label": TERMS.get(EX + subject, "x"),
        "predicate_id": "skos:closeMatch", "object_id": "up:1", "object_label": "one",
        "mapping_justification": "semapv:ManualMappingCuration", "author_label": "The examples",
        "mapping_date": "2026-11-25", "confidence": "0.8", "subject_source": "ex:ours",
        "object_source": "up:theirs", "comment": "Close. Not exact: another colour.",
    }  # fmt: skip
    return "\t".join((good | cells)[column] for column in COLUMNS)


def text(*rows: str, head: str = HEAD, header: str = "\t".join(COLUMNS)) -> str:
    return head + "\n".join([header, *(rows or (row(),))]) + "\n"


def find(content: str, apart: tuple[str, ...] = ()) -> list[tuple[int, str, str]]:
    found = check_mapping_text("set.tsv", content, TERMS, apart)
    assert all(f.table == "set.tsv" and f.severity == "error" for f in found)
    assert all(f.message.endswith(".") for f in found)
    return [(f.row, f.column, f.rule) for f in found]


ACCEPTED = [
    pytest.param(text(), id="plain"),
    pytest.param("\ufeff" + text(), id="byte order mark"),
    pytest.param(text(row(), row("b")).replace("\n", "\r\n"), id="CRLF"),
    pytest.param(text().removesuffix("\n"), id="no newline at the end"),
    pytest.param(text(row(author_id="orcid:0000-0002-1825-0097", author_label="")), id="ORCID"),
    pytest.param(text(row(author_id="orcid:0000-0002-1694-233X")), id="ORCID with X"),
    pytest.param(text(row(confidence="1"), row("b", confidence="0")), id="whole confidence"),
    pytest.param(text(row(confidence="1.0")), id="confidence of 1.0"),
    pytest.param(text(row(comment='It is called "close" elsewhere.')), id="quotation inside"),
    pytest.param(text(row(comment="Zürich – ’tis so")), id="beyond ASCII"),
    pytest.param(text(row(comment="a line\u2028within, and a\x85b")), id="separators in a text"),
]


@pytest.mark.parametrize("content", ACCEPTED)
def test_what_is_right_is_accepted(content: str) -> None:
    assert find(content) == []


def test_the_accepted_are_all_there() -> None:
    assert len(ACCEPTED) == 11


CELLS = [
    # `sssom validate` of sssom-py 0.4.21 exits with 0 on the first two.
    ({"mapping_justification": ""}, "mapping_justification", "mapping-empty"),
    ({"predicate_id": "skos:sameish"}, "predicate_id", "mapping-predicate"),
    ({"mapping_justification": " "}, "mapping_justification", "mapping-empty"),
    ({"predicate_id": "owl:sameAs"}, "predicate_id", "mapping-predicate"),
    ({"predicate_id": "skos:exactmatch"}, "predicate_id", "mapping-predicate"),
    ({"subject_id": "ex:bz"}, "subject_id", "mapping-subject"),
    ({"subject_label": "Apple"}, "subject_label", "mapping-subject"),
    ({"mapping_justification": "semapv:Guess"}, "mapping_justification", "mapping-justification"),
    ({"mapping_justification": "By hand"}, "mapping_justification", "mapping-justification"),
    ({"confidence": "1.95"}, "confidence", "mapping-confidence"),
    ({"confidence": "-0.5"}, "confidence", "mapping-confidence"),
    ({"confidence": "1e-1"}, "confidence", "mapping-confidence"),
    ({"confidence": "0,8"}, "confidence", "mapping-confidence"),
    ({"confidence": "nan"}, "confidence", "mapping-confidence"),
    ({"confidence": "\u0660.\u0668"}, "confidence", "mapping-confidence"),
    ({"confidence": ""}, "confidence", "mapping-empty"),
    ({"object_label": ""}, "object_label", "mapping-empty"),
    ({"object_id": ""}, "object_id", "mapping-empty"),
    ({"subject_label": ""}, "subject_label", "mapping-empty"),
    ({"comment": ""}, "comment", "mapping-empty"),
    ({"author_label": ""}, "author_label", "mapping-empty"),
    ({"object_id": "down:1"}, "object_id", "mapping-prefix"),
    ({"object_id": "https://example.com/up/1"}, "object_id", "mapping-prefix"),
    ({"object_id": "one"}, "object_id", "mapping-prefix"),
    ({"object_id": "up:1 2"}, "object_id", "mapping-prefix"),
    ({"subject_source": "none:x"}, "subject_source", "mapping-prefix"),
    ({"author_id": "person:0000-0002-1825-0097"}, "author_id", "mapping-prefix"),
    ({"author_id": "orcid:0000-0002-1825-0098"}, "author_id", "mapping-person"),
    ({"author_id": "orcid:0000-0002-1694-2330"}, "author_id", "mapping-person"),
    ({"author_id": "orcid:0000-0002-1825-009"}, "author_id", "mapping-person"),
    ({"author_id": "orcid:0000000218250097"}, "author_id", "mapping-person"),
    ({"author_id": "ex:somebody"}, "author_id", "mapping-person"),
    ({"author_id": "orcid:0000-0002-1825-0097|orcid:1"}, "author_id", "mapping-person"),
    ({"mapping_date": "25.11.2026"}, "mapping_date", "mapping-date"),
    ({"mapping_date": "2026-02-30"}, "mapping_date", "mapping-date"),
    ({"mapping_date": "20261125"}, "mapping_date", "mapping-date"),
]


@pytest.mark.parametrize(("cells", "column", "rule"), CELLS)
def test_a_wrong_cell_is_named(cells: dict[str, str], column: str, rule: str) -> None:
    assert find(text(row(), row("b", **cells), row("c"))) == [(FIRST + 1, column, rule)]


def test_the_wrong_cells_are_all_there() -> None:
    assert len(CELLS) == 36
    assert len({rule for _, _, rule in CELLS}) == 8


def without(slot: str) -> str:
    """Return the metadata without a slot; ``curie_map`` goes with its prefixes."""
    lines = HEAD.splitlines(keepends=True)
    return "".join(
        line for line in lines
        if not line.startswith("#" + slot) and not (slot == "curie_map" and ": http" in line
                                                    and line.startswith("#  "))
    )  # fmt: skip


SLOTS = [
    # sssom-py 0.4.21 says nothing on the first two.
    (without("license"), (0, "license", "mapping-slot")),
    (without("mapping_set_id"), (0, "mapping_set_id", "mapping-slot")),
    (without("mapping_set_version"), (0, "mapping_set_version", "mapping-slot")),
    (HEAD.replace("license: https", "licence: https"), (7, "licence", "mapping-slot")),
    (HEAD.replace("2026-11-25", "' '"), (6, "mapping_set_version", "mapping-slot")),
    (HEAD.replace("license: https://", "license: "), (7, "license", "mapping-slot")),
    (HEAD + "#license: https://example.org/two\n", (0, "license", "mapping-slot")),
    (HEAD.replace("orcid: https", "orcid: htps"), (1, "curie_map", "mapping-prefix")),
    (HEAD.replace("#  ex:", "#  skos: https://example.org/skos#\n#  ex:"),
     (1, "curie_map", "mapping-prefix")),
    (HEAD.replace("#curie_map:", "#curie_map: &all"), None),
    (HEAD + "#other: *all\n", (0, "", "mapping-unreadable")),
    (HEAD.replace("#curie_map:", "#curie_map: &all") + "#other: *all\n",
     (0, "", "mapping-unreadable")),
    (HEAD + "#other: [[a]]\n", (0, "", "mapping-unreadable")),
    (HEAD + "#other: " + "[" * 5000 + "\n", (0, "", "mapping-unreadable")),
    (HEAD + "#other: 'open\n", (0, "", "mapping-unreadable")),
    (HEAD + "#just words\n", (0, "", "mapping-unreadable")),
    (HEAD.replace("#  ex: https://example.org/", "#  ex: {a: b}"), (0, "", "mapping-unreadable")),
]  # fmt: skip


@pytest.mark.parametrize(("head", "expected"), SLOTS)
def test_wrong_metadata_are_named(head: str, expected: tuple[int, str, str] | None) -> None:
    found = [f for f in find(text(head=head)) if "prefix" not in f[2] or f[1] == "curie_map"]
    # A misspelt slot is also a missing one.
    assert [f for f in found if f != (0, "license", "mapping-slot") or f == expected] == (
        [expected] if expected else []
    )


def test_the_wrong_metadata_are_all_there() -> None:
    assert len(SLOTS) == 17


def test_a_set_without_metadata_lacks_all_four_and_knows_no_prefix() -> None:
    found = find(text(head=""))
    slots = ["curie_map", "license", "mapping_set_id", "mapping_set_version"]
    assert found[:4] == [(0, slot, "mapping-slot") for slot in slots]
    assert {f[2] for f in found[4:]} == {"mapping-prefix"}


HEADERS = [
    # sssom-py 0.4.21 drops every row below the first one, and exits with 0.
    ("subject_id", "subj", ["subj", "subject_id"]),
    ("comment", "coment", ["coment", "comment"]),
    ("comment", "confidence", ["comment", "confidence"]),
    ("confidence", "Confidence", ["Confidence", "confidence"]),
    ("confidence", "", ["", "confidence"]),
]


@pytest.mark.parametrize(("old", "new", "columns"), HEADERS)
def test_a_wrong_header_is_named(old: str, new: str, columns: list[str]) -> None:
    header = "\t".join(new if column == old else column for column in COLUMNS)
    found = find(text(header=header))
    named = [f for f in found if f[2] == "mapping-column"]
    assert named == [(FIRST - 1, column, "mapping-column") for column in sorted(columns)]


def test_the_nearest_column_predicate_and_label_are_offered() -> None:
    wrong = text(row(predicate_id="skos:exactmatch", subject_label="aple")).replace(
        "confidence\t", "confidance\t", 1
    )
    fixes = {f.column: f.fix for f in check_mapping_text("s", wrong, TERMS)}
    assert fixes == {
        "confidance": "confidence", "confidence": "", "predicate_id": "skos:exactMatch",
        "subject_label": "apple",
    }  # fmt: skip


LOST = [
    ("", "blank"),
    ("\t" * (len(COLUMNS) - 1), "blank cells"),
    ("#" + row("b"), "commented"),
    (row("b") + "\textra", "one cell too many"),
    (row("b").rsplit("\t", 1)[0], "one cell too few"),
    (row("b", comment='"open'), "a quotation mark that joins lines"),
    (row("b", comment='"closed"'), "a quotation mark that is taken away"),
    (row("b", comment="nul\x00"), "a control character"),
    (row("b", comment="bare\rreturn"), "a line end that is none"),
]


@pytest.mark.parametrize(("line", "why"), LOST, ids=[why for _, why in LOST])
def test_a_line_that_readers_would_drop_or_break_is_named(line: str, why: str) -> None:
    content = text(row(), line, row("c"))
    assert find(content) == [(FIRST + 1, "", "mapping-row")]
    found, _ = read_mapping_set("s", content.encode())
    assert [r.line for r in found.rows] == [FIRST, FIRST + 2], why


def test_every_line_becomes_a_row() -> None:
    lines = [row(s, object_id=f"up:{n}") for s in "abc" for n in range(1, 10)]
    found, faults = read_mapping_set("s", text(*lines).encode())
    assert faults == []
    assert [r.line for r in found.rows] == list(range(FIRST, FIRST + 27))
    assert ["\t".join(r.cells.values()) for r in found.rows] == lines
    assert found.slots["creator_label"] == "The examples"
    assert found.expand("up:1") == "https://example.com/up/1"


def test_duplicates_and_wrong_order_are_named() -> None:
    assert find(text(row(), row(confidence="0.1"))) == [(FIRST + 1, "", "mapping-duplicate")]
    assert find(text(row("b"), row("a"))) == [(FIRST + 1, "", "mapping-order")]
    assert find(text(row(object_id="up:2"), row(object_id="up:1"))) == [
        (FIRST + 1, "", "mapping-order")
    ]


UNREADABLE = [
    (text(row(comment="caf\xe9")).encode("latin-1"), (FIRST, "", "mapping-unreadable")),
    (text().encode("utf-16"), (1, "", "mapping-unreadable")),
    (HEAD.encode(), (10, "", "mapping-unreadable")),
    ((HEAD + "\t".join(COLUMNS) + "\n").encode(), (0, "", "mapping-unreadable")),
    (HEAD.encode() + b"\n" + text(head="").encode(), (10, "", "mapping-unreadable")),
]


@pytest.mark.parametrize(("content", "expected"), UNREADABLE)
def test_a_file_that_can_not_be_read_is_named(
    content: bytes, expected: tuple[int, str, str], tmp_path: Path
) -> None:
    file = tmp_path / "set.tsv"
    file.write_bytes(content)
    (fault,) = check_mappings([file], TERMS)
    assert (fault.row, fault.column, fault.rule) == expected


KEPT_APART = (EX + "a", EX + "b")


@pytest.mark.parametrize("kind", ["exact", "broad", "narrow"])
@pytest.mark.parametrize("other", ["exact", "broad", "narrow"])
def test_two_terms_kept_apart_share_no_object(kind: str, other: str) -> None:
    rows = (
        row(predicate_id=f"skos:{kind}Match"),
        row("b", predicate_id=f"skos:{other}Match"),
        row("c", predicate_id="skos:exactMatch"),
    )
    assert find(text(*rows), KEPT_APART) == [(FIRST + 1, "object_id", "mapping-shared-target")]
    assert find(text(*rows)) == []


@pytest.mark.parametrize("kind", ["close", "related"])
def test_what_makes_no_hierarchy_may_share_an_object(kind: str) -> None:
    rows = row(predicate_id="skos:exactMatch"), row("b", predicate_id=f"skos:{kind}Match")
    assert find(text(*rows), KEPT_APART) == []


@pytest.mark.parametrize("kind", ["exact", "broad", "narrow", "close", "related"])
def test_two_terms_kept_apart_are_not_matched_to_one_another(kind: str) -> None:
    content = text(row(object_id="ex:b", predicate_id=f"skos:{kind}Match"))
    assert find(content, KEPT_APART) == [(FIRST, "object_id", "mapping-shared-target")]


def test_a_shared_object_is_found_over_two_files_and_two_prefixes(tmp_path: Path) -> None:
    files = tmp_path / "1.tsv", tmp_path / "2.tsv"
    files[0].write_text(text(row(predicate_id="skos:broadMatch")), encoding="utf-8")
    other = text(row("b", predicate_id="skos:narrowMatch", object_id="elsewhere:up/1"))
    other = other.replace("#  up:", "#  elsewhere: https://example.com/\n#  up:")
    files[1].write_text(other, encoding="utf-8")
    (fault,) = check_mappings(files, TERMS, KEPT_APART)
    assert (fault.table, fault.row, fault.rule) == ("2.tsv", FIRST + 1, "mapping-shared-target")
    assert EX + "a" in fault.message
