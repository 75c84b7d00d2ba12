"""What stands in the columns: what stands in the tables, of the rows that passed."""

import csv
from pathlib import Path

import pytest

from kg.columns import CARRIED, COMPUTED, SHARED, STUDY, TABLES, find_id, read_table
from kg.columns.answer import read_property
from kg.errors import UnknownName
from kg.schema import load_schema
from kg.store import Literal, NamedNode, Quad, Store
from kg.synthesis import statuses
from kg.workspace import Workspace
from kg.workspace.build import Built
from tests.columns.conftest import TEXT
from tests.workspaces import BASE, UNKNOWN, minimal

UNKNOWNS = {UNKNOWN, "not reported in the source seen", "not applicable", ""}


def cells(folder: Path, table: str) -> dict[str, dict[str, str]]:
    """Return the rows of a table of the shipped case by id."""
    with (folder / "tables" / f"{table}.csv").open(encoding="utf-8-sig", newline="") as file:
        return {row["id"]: row for row in csv.DictReader(file)}


def as_cell(value: object) -> str:
    """Return a value as a table has it, several sorted."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    return ";".join(value) if isinstance(value, list) else str(value)


def test_there_are_seventeen_files() -> None:
    assert len(TABLES) == len(STUDY) + len(SHARED) + len(COMPUTED) == 17
    assert {*STUDY, *SHARED} <= load_schema().tables.keys()
    assert set(CARRIED) < set(COMPUTED)


@pytest.mark.parametrize("table", [t for t in TABLES if t not in (*COMPUTED, "quotations")])
def test_cells_of_the_shipped_case(
    table: str, built: dict[str, Built], places: dict[str, Path]
) -> None:
    """Every cell of the CSV file: neither side knows how the other was read."""
    rows = cells(places["case"], table)
    one = built["case"]
    frame = read_table(one.store, one.review.base, table)
    shipped = {name for name in frame["id"] if name in load_schema().individuals}
    assert set(frame["id"]) == rows.keys() | shipped
    assert frame["id"].to_list() == sorted(frame["id"])
    seen = 0
    for found in frame.iter_rows(named=True):
        if found["id"] not in rows:
            continue
        for column in load_schema().tables[table].columns:
            cell = rows[found["id"]].get(column.name)
            if column.through or cell is None:
                continue
            cell = "" if cell in UNKNOWNS else cell
            if column.separator:
                cell = ";".join(sorted(filter(None, map(str.strip, cell.split(";")))))
            value = as_cell(found[column.name.replace(" ", "_")])
            if column.choices:  # a cell may hold a short form of a label
                assert value in ("", *column.labels), (found["id"], column.name)
                value, cell = (column.choices.get(v.lower(), v) for v in (value, cell))
            assert value == cell, (found["id"], column.name)
            seen += bool(cell)
    assert (seen > 3) == bool(rows)


def test_shipped_concepts_and_senses_are_there(built: dict[str, Built]) -> None:
    one = built["case"]
    concepts = read_table(one.store, one.review.base, "concepts")
    assert dict(concepts.select("id", "label").iter_rows())["trust"] == "trust"
    senses = read_table(one.store, one.review.base, "senses")
    assert len(senses) == 5
    assert set(senses["concept"]) == {"collective-efficacy"}
    kinds = read_table(one.store, one.review.base, "kinds")
    assert set(kinds["label"]) == {
        "community", "couple", "household", "neighbourhood", "online community", "organisation",
        "personal community", "support group", "supporting pair",
    }  # fmt: skip


def test_quotations_of_the_shipped_case(built: dict[str, Built], places: dict[str, Path]) -> None:
    """First quotations, which stand in other tables, and second ones."""
    one = built["case"]
    frame = read_table(one.store, one.review.base, "quotations")
    found = {(r["of"], r["exact"], r["report"]) for r in frame.iter_rows(named=True)}
    wanted = {
        (r["of"], r["exact"], r["report"]) for r in cells(places["case"], "quotations").values()
    }
    for path in sorted((places["case"] / "tables").glob("*.csv")):
        for row in cells(places["case"], path.stem).values():
            if row.get("quotation") and row["quotation"] not in UNKNOWNS:
                wanted.add((row["id"], row["quotation"], row["quoted from"]))
    assert found == wanted
    assert len(wanted) > 100


def test_statuses_are_those_of_carry(built: dict[str, Built]) -> None:
    for one in built.values():
        frame = read_table(one.store, one.review.base, "statuses")
        found = dict(frame.select("transfer", "status").iter_rows())
        assert found == statuses(one.store) != {}


def test_types_and_texts(built: dict[str, Built]) -> None:
    one = built["odd"]
    findings = read_table(one.store, BASE, "findings")
    rows = {row["id"]: row for row in findings.iter_rows(named=True)}
    assert rows["f 1"]["statement"] == TEXT.strip().replace("\r", "")  # as cells are read
    assert rows["f-2"]["settings"] == ["room 1", "setting"]
    assert rows["f-2"]["paraphrase_only"] is True
    assert rows["f 1"]["iri"] == f"{BASE}f%201"
    studies = read_table(one.store, BASE, "studies")
    found = {row["id"]: row for row in studies.iter_rows(named=True)}
    assert (found["twin"]["counted_as"], found["bare"]["country"]) == ("s 1", None)
    reports = read_table(one.store, BASE, "reports")
    assert dict(reports.select("id", "year").iter_rows())["s 1-report"] == 2014
    settings = {
        row["id"]: row for row in read_table(one.store, BASE, "settings").iter_rows(named=True)
    }
    assert settings["room 1"]["kind"] == "a club"
    assert settings["room 1"]["classes"] == [f"{BASE}club"]
    assert [c.rpartition("/")[2] for c in settings["setting"]["classes"]] == [
        "Household", "Neighbourhood",
    ]  # fmt: skip
    assert (settings["placeless"]["kind"], settings["placeless"]["classes"]) == (None, None)


def test_a_text_is_read_as_it_stands() -> None:
    """Whatever a store may hold, and in 3,000 rows, which are read in several pieces."""
    texts = [TEXT, " ", "\r", "\n", '"', '""', ",", "a\r\nb", "'", "\t", "\u2028", "null", "NaN"]
    texts += [f"{n}{TEXT}" for n in range(3000)]
    store = Store()
    path = NamedNode("https://example.org/says")
    store.extend(Quad(NamedNode(f"https://example.org/{n:04}"), path, Literal(text))
                 for n, text in enumerate(texts))  # fmt: skip
    assert read_property(store, path.value)["value"].to_list() == texts


def test_rows_with_faults_and_rows_that_refer_to_them_are_not_there(tmp_path: Path) -> None:
    tables = minimal()
    tables.study("wrong", design="nonsense")
    tables.finding("wrong-f", study="wrong")
    tables.add("bearings", "wrong-b", finding="wrong-f")
    workspace = Workspace(tables.write(tmp_path))
    found = {t: workspace.to_polars(t)["id"].to_list() for t in ("studies", "findings", "bearings")}
    assert found == {"studies": ["study"], "findings": ["finding"], "bearings": ["bearing"]}


def test_what_was_adjudicated_no_longer_counts(tmp_path: Path) -> None:
    tables = minimal()
    tables.add("people", "second", name="Second")
    tables.add("bearings", "other", interpreter="second", polarity="refutes")
    tables.add("bearings", "ruling", adjudicates="bearing;other", adjudication_reason="So it is.")
    workspace = Workspace(tables.write(tmp_path))
    assert workspace.to_polars("bearings")["id"].to_list() == ["ruling"]


def test_an_unknown_name_is_told(places: dict[str, Path]) -> None:
    with pytest.raises(UnknownName, match=r'called "finding".*"findings"'):
        Workspace(places["odd"]).to_polars("finding")


# Ids


@pytest.mark.parametrize(
    ("iri", "wanted"),
    [
        (f"{BASE}teig2009-f1", "teig2009-f1"),
        (f"{BASE}a%20b", "a b"),
        (f"{BASE}f1/quotation", "f1/quotation"),
        (f"{BASE}f1%2Fquotation", f"{BASE}f1%2Fquotation"),  # the id of the one above
        (f"{BASE}50%25", f"{BASE}50%25"),
        (f"{BASE}a%2Db", f"{BASE}a%2Db"),  # not as an id is written: a-b is another node
        (f"{BASE}a-b", "a-b"),
        (f"{BASE}trust", f"{BASE}trust"),  # trust is the shipped concept
        ("https://w3id.org/collective-efficacy/trust", "trust"),
        ("https://elsewhere.org/trust", "https://elsewhere.org/trust"),
        (BASE, BASE),
    ],
)
def test_ids(iri: str, wanted: str) -> None:
    import polars as pl

    from kg.columns.name import name_rows

    assert find_id(iri, BASE) == wanted
    assert name_rows(pl.Series("id", [iri, None]), BASE).to_list() == [wanted, None]
