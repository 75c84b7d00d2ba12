"""The fields of a reference: names, identifiers, kinds, years, and what has no place."""

import pytest

from kg.imports.name import read_name, split_names
from kg.imports.record import UNKNOWN, build_record, find_doi
from kg.imports.tagged import Raw
from kg.schema import load_schema


@pytest.mark.parametrize(
    ("text", "doi"),
    [
        ("10.1016/j.healthplace.2009.06.003", "10.1016/j.healthplace.2009.06.003"),
        ("https://doi.org/10.1000/ABC?x=1#y", "10.1000/ABC"),
        ("https://doi.org/10.1000/a%28b%29", "10.1000/a(b)"),
        ("doi: 10.1000/a.b;", "10.1000/a.b"),
        ("(10.1000/ab)", "10.1000/ab"),
        ("10.1002/(SICI)1097-0258(19980815)17:15<1661::AID-SIM968>3.0.CO;2-2",
         "10.1002/(SICI)1097-0258(19980815)17:15<1661::AID-SIM968>3.0.CO;2-2"),
        ("S1353-8292(09)00062-5 [pii]", ""),
        ("10.12/x", ""),
    ],
)  # fmt: skip
def test_doi(text: str, doi: str) -> None:
    assert find_doi(text) == doi


@pytest.mark.parametrize(
    ("text", "key", "row"),
    [
        ("Teig, Ellen M.", ("teig", "em"), "teig-em"),
        ("Adler NE", ("adler", "ne"), "adler-ne"),
        ("Adler, N.E.", ("adler", "ne"), "adler-ne"),
        ("O'Brien, Ann-Marie", ("obrien", "am"), "o-brien-am"),
        ("Peláez, S", ("pelaez", "s"), "pelaez-s"),
        ("World Health Organization", ("worldhealthorganization", ""), "world-health-organization"),
    ],
)
def test_name(text: str, key: tuple[str, str], row: str) -> None:
    name = read_name(text)
    assert (name.key, name.id) == (key, row)


def test_initials_fit_a_full_name_and_another_full_name_does_not() -> None:
    jun, jing, j = map(read_name, ("Wang, Jun", "Wang, Jing", "Wang J"))
    assert jun.key == jing.key == j.key
    assert (jun.fits(j), j.fits(jing), jun.fits(jing)) == (True, True, False)


@pytest.mark.parametrize(
    ("texts", "names"),
    [
        (["Teig, Ellen", "Amulya, Joy"], (["Teig, Ellen", "Amulya, Joy"], True)),
        (["Teig E, Amulya J, et al."], (["Teig E", "Amulya J"], False)),
        (["Teig, E., Amulya, J."], (["Teig, E.", "Amulya, J."], True)),
        (["Teig, Ellen; Amulya, Joy"], (["Teig, Ellen", "Amulya, Joy"], True)),
        (["Teig, Ellen", "others"], (["Teig, Ellen"], False)),
        (["Teig, Amulya, Marshall"], None),
        ([], ([], True)),
    ],
)
def test_lists_of_names(texts: list[str], names: object) -> None:
    assert split_names(texts) == names


def test_a_ris_record_in_our_words() -> None:
    raw = Raw("line 1", [
        ("TY", "JOUR"), ("AU", "Teig, Ellen"), ("TI", "Gardens\x07 in Denver"),
        ("T2", "Health & Place"), ("JA", "Health Pl"), ("VL", "15"), ("IS", "4"), ("SP", "1115"),
        ("EP", "1122"), ("PY", "2009///"), ("DO", "https://doi.org/10.1016/j.x"), ("LA", "eng"),
        ("AN", "19555377"), ("DB", "PubMed"), ("C2", "PMC57"), ("UR", "http://example.org"),
        ("AB", "text"), ("KW", "a"), ("KW", "b"), ("XX", "?"),
    ])  # fmt: skip
    record = build_record(raw, "ris")
    assert record.cells == {
        "title": "Gardens in Denver", "venue": "Health & Place 15(4):1115-1122",
        "doi": "10.1016/j.x", "pmid": "19555377", "pmcid": "PMC57", "year": "2009",
        "kind": "journal article", "language": "en", "author list": "complete",
        "citation": "Teig Ellen (2009). Gardens in Denver. Health & Place 15(4):1115-1122. "
                    "doi:10.1016/j.x PMID 19555377 PMC57",
    }  # fmt: skip
    assert record.losses == {"AB": 1, "KW": 2, "XX": 1, "link": 1}


def test_what_is_not_said_is_not_guessed() -> None:
    raw = Raw("line 1", [("TY", "GEN"), ("TI", "T"), ("PY", "in press"), ("AN", "123"),
                         ("DO", "none"), ("VL", "3")])  # fmt: skip
    record = build_record(raw, "ris")
    assert record.cells["year"] == record.cells["authors"] == UNKNOWN
    assert (record.cells["kind"], record.cells["doi"], record.cells["pmid"]) == ("", "", "")
    assert record.losses == {
        "kind that can't be told": 1, "year without digits of a year": 1, "accession": 1,
        "doi that is none": 1, "volume, issue, pages without a venue": 1,
    }  # fmt: skip


def test_pubmed_kinds_prefer_the_review_and_no_title_is_a_reason() -> None:
    raw = Raw("line 1", [("PMID", "1"), ("PT", "Journal Article"), ("PT", "Review")])
    record = build_record(raw, "nbib")
    assert (record.cells["kind"], record.broken) == ("review article", "It has no title.")


def test_every_kind_is_one_of_the_list() -> None:
    from kg.imports.field import KINDS

    column = load_schema().tables["reports"].find("kind")
    assert column is not None
    named = {kind for kinds in KINDS.values() for kind in kinds.values()}
    assert named == set(column.labels)
    assert sorted(KINDS) == ["bibtex", "csv", "nbib", "ris"]


def test_authors_that_fill_more_than_a_cell_are_a_reason() -> None:
    raw = Raw("line 1", [("TI", "T"), *(("AU", f"Doe{n}, J.") for n in range(5000))])
    assert build_record(raw, "ris").broken.startswith("A field is longer than 32767 characters")
