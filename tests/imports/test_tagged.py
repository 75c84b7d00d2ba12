"""RIS, NBIB and BibTeX: no record is lost, whatever the file looks like."""

import pytest
import rispy

from kg.imports.bibtex import read_bibtex
from kg.imports.tagged import Raw, read_nbib, read_ris

RIS = """TY  - JOUR
AU  - Teig, Ellen
AU  - Amulya, Joy
TI  - Collective efficacy
 in Denver
AB  - UK - based
study of ER - wards
ER  -\x20

TY  - BOOK
TI  - A book
ER  - \n"""


def test_ris_has_repeated_tags_and_wrapped_lines() -> None:
    assert read_ris(RIS) == (
        [
            Raw("line 1", [("TY", "JOUR"), ("AU", "Teig, Ellen"), ("AU", "Amulya, Joy"),
                           ("TI", "Collective efficacy in Denver"),
                           ("AB", "UK - based study of ER - wards")]),
            Raw("line 10", [("TY", "BOOK"), ("TI", "A book")]),
        ],
        [],
    )  # fmt: skip


def test_rispy_reads_the_same_from_a_file_without_faults() -> None:
    other = rispy.loads(RIS)
    assert [r.get("title") for r in other] == [dict(r.fields)["TI"] for r in read_ris(RIS)[0]]
    assert other[0]["authors"] == ["Teig, Ellen", "Amulya, Joy"]


def test_a_record_without_its_end_is_not_joined_to_the_next() -> None:
    text = "x\nTY  - JOUR\nTI  - One\nTY  - JOUR\nTI  - Two\n"
    records, notes = read_ris(text)
    assert [dict(r.fields)["TI"] for r in records] == ["One", "Two"]
    assert notes == [
        "2 without an ER line; each was read up to the next TY line.",
        "Lines outside of any record, not taken over: 1.",
    ]


def test_loose_and_indented_tags_are_read_where_there_are_no_strict_ones() -> None:
    records, _ = read_ris("  TY - JOUR\n  TI - One\n  ER -\n")
    assert records == [Raw("line 1", [("TY", "JOUR"), ("TI", "One")])]


def test_a_record_with_too_many_fields_is_broken() -> None:
    records, _ = read_ris("TY  - JOUR\n" + "KW  - x\n" * 10_001 + "ER  - \n")
    assert (len(records), records[0].broken) == (1, "It has more than 10000 fields.")


def test_nbib_begins_at_pmid_and_wraps_with_six_blanks() -> None:
    text = """
PMID- 19555377
TI  - Patient perspectives on health advice
      posted on boards.
AID - 10.1111/j.1369-7625.2009.00543.x [doi]
FAU - Armstrong, Natalie

PMID- 2
TI  - Other
"""
    assert read_nbib(text) == (
        [
            Raw("line 2", [
                ("PMID", "19555377"),
                ("TI", "Patient perspectives on health advice posted on boards."),
                ("AID", "10.1111/j.1369-7625.2009.00543.x [doi]"),
                ("FAU", "Armstrong, Natalie"),
            ]),
            Raw("line 8", [("PMID", "2"), ("TI", "Other")]),
        ],
        [],
    )  # fmt: skip


BIB = r"""@comment{none}
@string{hp = "Health & Place"}
@article{teig2009,
 author = {Teig, Ellen and Joy Amulya and {Health Org and Co} and others},
 title = {{C}ollective na\"{\i}ve caf\'e},
 journal = hp, url = {http://example.org/a--b~c},
 note = {a}, note = {b},
}
@article{teig2009, title={Key again}, author={M{\"u}ller, Max}}
@article{broken, title={Unclosed, year=2001
@book{ok, title = "Quoted {B}ook"}
"""


def test_bibtex_gives_text_names_and_what_is_broken(capfd: pytest.CaptureFixture[str]) -> None:
    records, notes = read_bibtex(BIB)
    assert records == [
        Raw("line 3", [
            ("type", "article"), ("author", "Teig, Ellen"), ("author", "Amulya, Joy"),
            ("author", "Health Org and Co"), ("author", "others"),
            ("title", "Collective naïve café"), ("journal", "Health & Place"),
            ("url", "http://example.org/a--b~c"), ("note", "a"), ("note", "b"),
        ]),
        Raw("line 9", [("type", "article"), ("title", "Key again"), ("author", "Müller, Max")]),
        Raw("line 10", broken="It can't be read as BibTeX: look for a brace or comma."),
        Raw("line 11", [("type", "book"), ("title", "Quoted Book")]),
    ]  # fmt: skip
    assert notes == []
    assert capfd.readouterr() == ("", "")


def test_tex_that_nests_too_deeply_keeps_its_letters() -> None:
    text = "@article{k, title={" + "\\textbf{" * 3000 + "x" + "}" * 3000 + "}}"
    (record,), _ = read_bibtex(text)
    assert dict(record.fields)["title"].endswith("x")
