"""References into reports, authors and studies: once, without merging, explained to the last."""

from hashlib import sha256
from pathlib import Path

import pytest

from kg.errors import DataFaults, UnknownName
from kg.workspace import Workspace
from tests.imports.run import put, rows, state, take, workspace

TEIG = """TY  - JOUR
AU  - Teig, Ellen
AU  - Amulya, Joy
TI  - Collective efficacy in Denver gardens
T2  - Health & Place
PY  - 2009
DO  - 10.1016/j.healthplace.2009.06.003
ER  -
"""


def ris(title: str = "", **tags: str) -> str:
    fields = {"TI": title, **tags}
    lines = "".join(f"{tag}  - {value}\n" for tag, value in fields.items() if value)
    return f"TY  - JOUR\n{lines}ER  - \n"


def test_a_reference_becomes_a_report_and_a_study_that_awaits_its_decision(tmp_path: Path) -> None:
    folder = workspace(tmp_path)
    before = {t: rows(folder, t) for t in ("reports", "studies", "authors")}
    intake = take(folder, put(tmp_path, "refs.ris", TEIG))
    assert intake.written == ["tables/authors.csv", "tables/reports.csv", "tables/studies.csv"]
    new = {t: {i: r for i, r in rows(folder, t).items() if i not in before[t]} for t in before}
    assert new["reports"] == {
        "teig2009-report": {
            "id": "teig2009-report", "title": "Collective efficacy in Denver gardens",
            "kind": "journal article", "authors": "teig-e;amulya-j", "author list": "complete",
            "year": "2009", "venue": "Health & Place", "read": "not read",
            "doi": "10.1016/j.healthplace.2009.06.003",
            "citation": "Teig Ellen, Amulya Joy (2009). Collective efficacy in Denver gardens. "
                        "Health & Place. doi:10.1016/j.healthplace.2009.06.003",
        }
    }  # fmt: skip
    study = new["studies"]["teig2009"]
    assert study["role"] == "awaiting decision"
    assert (study["label"], study["reports"]) == ("Teig 2009", "teig2009-report")
    assert (study["found for"], study["note"]) == ("source settings", "Imported from refs.ris.")
    assert {r["name"] for r in new["authors"].values()} == {"Teig, Ellen", "Amulya, Joy"}
    assert Workspace(folder).check() == ()


@pytest.mark.parametrize(
    ("encoding", "newline"), [("utf-8-sig", "\r\n"), ("utf-16", "\n"), ("cp1252", "\r")]
)
def test_encodings_and_line_ends(encoding: str, newline: str, tmp_path: Path) -> None:
    folder = workspace(tmp_path)
    text = ris("Naïve café", AU="Müller, Æ.").replace("\n", newline)
    intake = take(folder, put(tmp_path, "a.ris", text.encode(encoding)))
    assert rows(folder, "reports")["muller-report"]["title"] == "Naïve café"
    said = "\n".join(intake.lines())
    assert ("Windows-1252" in said) is (encoding == "cp1252")


def test_european_excel_csv_simply_works(tmp_path: Path) -> None:
    folder = workspace(tmp_path)
    text = "Authors;Title;Year;Source title;DOI;Abstract\r\nMüller M;Über Gärten;2009;J;10.1000/x;a"
    intake = take(folder, put(tmp_path, "export.csv", text.encode("cp1252")))
    assert rows(folder, "reports")["muller2009-report"]["title"] == "Über Gärten"
    assert rows(folder, "reports")["muller2009-report"]["kind"] == "journal article"
    assert intake.reports[0].losses == {"Abstract": 1}


def test_importing_twice_changes_nothing(tmp_path: Path) -> None:
    folder = workspace(tmp_path)
    file = put(
        tmp_path, "refs.ris", TEIG + ris("No identifier", AU="Doe, J.", PY="2001") + ris("X")
    )
    take(folder, file)
    before = state(folder)
    again = take(folder, file)
    assert (again.diff, again.written, state(folder)) == ("", [], before)
    report = again.reports[0]
    assert (report.read, report.count("already there"), report.offers) == (3, 3, [])
    assert report.conflicts == []


def test_ids_get_letters_and_never_meet_those_of_other_tables(tmp_path: Path) -> None:
    folder = workspace(tmp_path)
    people = folder / "tables/people.csv"
    people.write_text(people.read_text() + people.read_text().splitlines()[1]
                      .replace("coder", "doe2001") + "\n")  # fmt: skip
    text = "".join(ris(f"{w} {w} {w}", AU="Doe, J.", PY="2001") for w in ("alpha", "beta", "gamma"))
    intake = take(folder, put(tmp_path, "a.ris", text))
    assert [e.id for e in intake.reports[0].entries] == [
        "doe2001b-report", "doe2001c-report", "doe2001d-report"
    ]  # fmt: skip
    assert rows(folder, "studies")["doe2001c"]["label"] == "Doe 2001c"


def test_same_identifier_is_the_same_record_and_differences_are_listed(tmp_path: Path) -> None:
    folder = workspace(tmp_path)
    take(folder, put(tmp_path, "a.ris", TEIG))
    other = ris("Gardens of Denver", AU="Teig, E.", PY="2010", AN="PMID: 19555",
                DO="https://doi.org/10.1016/J.HEALTHPLACE.2009.06.003")  # fmt: skip
    before = state(folder)
    report = take(folder, put(tmp_path, "b.ris", other)).reports[0]
    assert state(folder) == before
    assert [e.reason for e in report.entries] == ["The same DOI as teig2009-report."]
    assert report.offers == ['teig2009-report, pmid: "19555"']
    assert report.conflicts == [
        'teig2009-report, title: "Collective efficacy in Denver gardens" stands there, line 1 says '
        '"Gardens of Denver"',
        'teig2009-report, year: "2009" stands there, line 1 says "2010"',
    ]
    take(folder, put(tmp_path, "b.ris", other), fill=True)
    assert rows(folder, "reports")["teig2009-report"]["pmid"] == "19555"
    assert rows(folder, "reports")["teig2009-report"]["year"] == "2009"
    third = take(folder, put(tmp_path, "c.ris", ris("Else", AN="PMID: 19555"))).reports[0]
    assert third.entries[0].reason == "The same PMID as teig2009-report."


@pytest.mark.parametrize(
    ("year", "like"), [("2010", "teig2009-report"), ("", "teig2009-report"), ("2011", "")]
)
def test_alike_titles_are_offered_and_never_merged(year: str, like: str, tmp_path: Path) -> None:
    folder = workspace(tmp_path)
    take(folder, put(tmp_path, "a.ris", TEIG))
    other = put(tmp_path, "b.ris", ris("Collective Efficacy in Denver garden", AU="T, E", PY=year))
    left = take(folder, other, skip_duplicates=True, dry_run=True).reports[0]
    assert left.count("left out") == bool(like)
    report = take(folder, other).reports[0]
    assert (report.count("added"), [e.like for e in report.probable]) == (1, [like] if like else [])
    if like:
        # 36 of the 37 letters and blanks: 2 · 36 / (36 + 37) = 98.6 %
        assert report.entries[0].similarity == 98


def test_authors_are_one_row_each_and_doubt_is_said(tmp_path: Path) -> None:
    folder = workspace(tmp_path)
    text = ris("One title", AU="Wang, Jun") + ris("Quite another", AU="Wang, Jing")
    take(folder, put(tmp_path, "a.ris", text + ris("Third thing", AU="Wang J")))
    wang = {i: r["name"] for i, r in rows(folder, "authors").items() if i.startswith("wang")}
    assert wang == {"wang-j": "Wang, Jun", "wang-j-2": "Wang, Jing"}
    report = take(folder, put(tmp_path, "b.ris", ris("Fourth matter", AU="Wang, J."))).reports[0]
    assert "Wang, J. as wang-j" in "\n".join(report.lines())


def test_a_search_says_what_its_records_were_found_for(tmp_path: Path) -> None:
    folder = workspace(tmp_path)
    (folder / "tables/searches.csv").write_text("id,review,purpose\ns,synthesis,target context\n")
    file = put(tmp_path, "a.ris", TEIG)
    take(folder, file, search="s")
    study = rows(folder, "studies")["teig2009"]
    assert (study["found for"], study["found by"]) == ("target context", "s")
    with pytest.raises(UnknownName):
        take(folder, file, search="none")


def word(seed: str) -> str:
    """A made-up word of eight letters."""
    return "".join(chr(97 + byte % 26) for byte in sha256(seed.encode()).digest()[:8])


def title(number: int) -> str:
    return " ".join(word(f"{number} {place}") for place in range(6))


def thousand() -> str:
    """1,000 synthetic references of mixed quality; the numbers are those of the test below."""
    full = [ris(title(n), AU=f"{word(f'a{n}')}, A.", PY=str(1990 + n % 30), DO=f"10.1000/x{n}",
                KW="k") for n in range(600)]  # fmt: skip
    by_doi = [ris(title(n).upper(), UR=f"https://doi.org/10.1000/X{n}") for n in range(100)]
    pubmed = [ris(title(n), AU="Doe, J.", PY="2001", AN=str(n), DB="PubMed")
              for n in range(1000, 1050)]  # fmt: skip
    by_pmid = [ris("Another title", AN=f"PMID: {n}") for n in range(1000, 1050)]
    alike = [ris("x" + title(n)[1:], PY=str(1990 + n % 30)) for n in range(100, 160)]
    no_title = [ris("", AU="Doe, J.") for _ in range(40)]
    bare = [ris(title(n), AU="Roe, R.", PY="2002") for n in range(2000, 2025)]
    long = [ris("x" * 32_768) for _ in range(10)]
    no_year = [ris(title(n), AU="Poe, P.", PY="in press") for n in range(3000, 3040)]
    parts = (full, by_doi, pubmed, by_pmid, alike, no_title, bare, bare, long, no_year)
    return "".join(record for part in parts for record in part).replace("\n", "\r\n")


def test_a_thousand_records_are_explained_to_the_last(tmp_path: Path) -> None:
    folder = workspace(tmp_path)
    file = put(tmp_path, "thousand.ris", thousand().encode("utf-8-sig"))
    numbers = ("read", "added", "already_there", "left_out", "rejected", "probable_duplicates")

    def count(**choices: bool) -> tuple[int, ...]:
        answer = take(folder, file, **choices).reports[0].as_dict()
        assert len(answer["entries"]) == answer["read"]
        return tuple(answer[n] for n in numbers)

    # added: 600 + 50 + 60 + 25 + 40; there: 100 by DOI, 50 by PMID, 25 by all they say;
    # rejected: 40 without a title, 10 too long; probable: 60 with another first letter.
    assert count(dry_run=True, skip_duplicates=True) == (1000, 715, 175, 60, 50, 60)
    assert count() == (1000, 775, 175, 0, 50, 60)
    assert len(rows(folder, "studies")) == 775 + 1
    before = state(folder)
    assert count() == (1000, 0, 950, 0, 50, 0)
    assert state(folder) == before


def test_two_files_of_one_call_are_compared_too(tmp_path: Path) -> None:
    folder = workspace(tmp_path)
    bib = "@article{k, title={X}, doi={10.1016/J.healthplace.2009.06.003}, note={n}}"
    nbib = "PMID- 77\nTI  - Other thing.\nFAU - Doe, Jane\nDP  - 2004 Mar\nPT  - Journal Article\n"
    files = [put(tmp_path, n, t) for n, t in
             (("a.ris", TEIG), ("b.bib", bib), ("c.nbib", nbib))]  # fmt: skip
    reports = take(folder, *files).reports
    assert [r.count("added") for r in reports] == [1, 0, 1]
    assert rows(folder, "reports")["doe2004-report"]["pmid"] == "77"
    assert reports[1].losses == {"note": 1}


def test_a_file_without_records_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataFaults, match="holds no record"):
        take(workspace(tmp_path), put(tmp_path, "a.ris", "nothing here\n"))
