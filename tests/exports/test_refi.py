"""REFI-QDA out: valid, the same each time, and back again with exactly the losses that were named.

The schemas beside the import tests are written from the structure of the standard; they are not
those that REFI publishes.
"""

import os
import re
import subprocess
import sys
import zipfile
from collections import defaultdict
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from kg.errors import UsageError
from kg.exports.refi import write_codebook, write_project
from kg.exports.refi_element import write_date
from kg.workspace import copy_case
from kg.workspace.refi import export_refi, find_refi_losses, import_refi
from tests.imports.refi_files import BASE, HERE, make_workspace, read_rows
from tests.imports.refi_files import write_project as fill

ROOT = Path(__file__).parents[2]
NS = {"q": "urn:QDA-XML:project:1.0", "c": "urn:QDA-XML:codebook:1.0"}
LOSS = re.compile(r"no place: ([a-z-]+)(?:, ([a-z-]+))?: (\d+)")

ODD = {
    "people": [{"id": "ann", "name": "Ann <&> \"B\"", "orcid": "0000-0002-1825-0097"}],
    "reports": [
        {"id": "r1", "title": "Ein Bericht: 🪜", "text": "r1.txt", "venue": "a\\nb \\ c\nd"},
        {"id": "r2", "title": "No text", "text": "gone.txt"},
        {"id": "r3", "citation": "[reports r9]\ntitle: not a row"},
    ],
    "studies": [
        {"id": "s1", "label": "One", "reports": "r1;r2", "country": "not reported"},
        {"id": "s2", "label": "Two"},
    ],
    "findings": [
        {"id": "f1", "study": "s1", "statement": "They mend.", "quotation": "mend 🪜\nroofs",
         "quoted from": "r1", "start": "5", "end": "17", "check": "verified in shipped text",
         "locator": "line 1", "cue": "may"},
        {"id": "f2", "study": "s1", "statement": "Moved.", "quotation": "mend", "quoted from": "r1",
         "start": "6", "end": "10", "check": "verified in shipped text"},
        {"id": "f3", "study": "s2", "statement": "= paraphrase", "paraphrase only": "true"},
        {"id": "f4", "statement": "Odd offsets.", "quotation": "mend", "quoted from": "r1",
         "start": "05", "end": "9", "check": "verified in shipped text"},
    ],
    "quotations": [
        {"id": "q1", "of": "f3", "exact": "roofs", "report": "r1", "start": "12", "end": "17",
         "check": "verified in shipped text"},
        {"id": "q2", "of": "f1", "exact": "roofs", "report": "r2", "locator": "page 2",
         "check": "copied, not verifiable here"},
    ],
    "constructs": [
        {"id": "top", "wording": "Help\nover two lines", "findings": "f2;f1", "interpreter": "ann"},
        {"id": "mid", "wording": "Repairs", "broader": "top", "findings": "f1"},
        {"id": "low", "wording": "Roofs", "broader": "mid", "order": "second-order construct"},
        {"id": "lost", "wording": "Under nothing", "broader": "nowhere"},
        {"id": "round-1", "wording": "A", "broader": "round-2"},
        {"id": "round-2", "wording": "B", "broader": "round-1"},
    ],
    "memos": [
        {"id": "m1", "about": "f1", "text": "Look\n\n  again", "by": "ann", "date": "2026-05-01"},
        {"id": "m2", "about": "synthesis", "text": "On all of it", "date": "2026-05-01T09:30:00Z"},
        {"id": "m3", "about": "s1", "text": "On a study", "by": "nobody", "date": "in May"},
        {"id": "m4", "about": "top", "text": "On a code"},
    ],
    "translations": [
        {"id": "t1", "kind": "reciprocal translation", "constructs": "mid;low", "into": "top",
         "argument": "They say much the same."},
        {"id": "t2", "kind": "refutational translation", "constructs": "low;mid;nowhere"},
    ],
    "reviews": [{"id": "synthesis", "kind": "this synthesis"}],
    "bearings": [{"id": "b1", "finding": "f1"}, {"id": "b2"}],
}  # fmt: skip
TEXTS = {"r1.txt": "They mend 🪜\nroofs.", "spare.txt": "Nobody names it."}


def unpack(content: bytes, folder: Path) -> etree._Element:
    """Return the project of an archive, once it was found to be valid."""
    path = folder / "out.qdpx"
    path.write_bytes(content)
    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
        assert names == sorted(names) and "project.qde" in names
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        root = etree.fromstring(archive.read("project.qde"))
        paths = root.xpath("//@plainTextPath")
        assert {p.replace("internal://", "sources/") for p in paths} == set(names) - {"project.qde"}
    insist_valid(root, "project")
    return root


def insist_valid(root: etree._Element, kind: str) -> None:
    schema = etree.XMLSchema(etree.parse(HERE / f"{kind}.xsd"))
    assert schema.validate(root), schema.error_log
    guids = root.xpath("//@guid")
    assert len(guids) == len(set(guids))
    targets = set(root.xpath("//@targetGUID | //@originGUID | //@creatingUser"))
    assert targets <= set(guids)


@pytest.mark.parametrize(
    ("kind", "wrong"),
    [
        ("codebook", "<Codes/>"),
        ("codebook", '<Codes><Code guid="x" name="a" isCodable="true"/></Codes>'),
        ("codebook", "<Codes>{0}</Codes><Sets/>"),
        ("codebook", "<Sets/><Codes>{0}</Codes>"),
        ("project", "<CodeBook><Codes/></CodeBook>"),
        ("project", "<Notes/>"),
        ("project", "<Sources><TextSource/></Sources>"),
        ("project", '<CodeBook><Codes>{0}</Codes></CodeBook><Users><User guid="{1}"/></Users>'),
    ],
)
def test_the_schemas_refuse_what_the_standard_refuses(kind: str, wrong: str) -> None:
    guid = "3f2504e0-4f89-11d3-9a0c-0305e82c3301"
    code = f'<Code guid="{guid}" name="a" isCodable="true"/>'
    tag, name = ("CodeBook", "") if kind == "codebook" else ("Project", 'name="p"')
    inside = wrong.format(code, guid)
    root = etree.fromstring(f'<{tag} xmlns="urn:QDA-XML:{kind}:1.0" {name}>{inside}</{tag}>')
    assert not etree.XMLSchema(etree.parse(HERE / f"{kind}.xsd")).validate(root)


def test_a_project_is_valid_and_says_this(tmp_path: Path) -> None:
    content, _ = write_project(ODD, TEXTS, BASE, "A <title>")
    root = unpack(content, tmp_path)
    assert root.attrib == {"name": "A <title>", "origin": "collective-efficacy-kg"}
    assert [etree.QName(e).localname for e in root] == [
        "Users", "CodeBook", "Cases", "Sources", "Notes", "Links", "NoteRef"
    ]  # fmt: skip
    assert root.xpath("q:CodeBook/q:Codes/q:Code/@name", namespaces=NS) == [
        "Under nothing", "Help\nover two lines", "A"
    ]  # fmt: skip
    assert root.xpath("//q:Code[@name='Repairs']/q:Code/@name", namespaces=NS) == ["Roofs"]
    (source,) = root.xpath("q:Sources/q:TextSource", namespaces=NS)
    places = [(s.get("name"), s.get("startPosition"), s.get("endPosition"))
              for s in source.findall("q:PlainTextSelection", NS)]  # fmt: skip
    assert places == [("mend 🪜 roofs", "5", "17"), ("roofs", "12", "17")]
    codes = {c.get("guid"): c.get("name") for c in root.iter(f"{{{NS['q']}}}Code")}
    coded = source.xpath("q:PlainTextSelection[1]/q:Coding/q:CodeRef/@targetGUID", namespaces=NS)
    assert [codes[g] for g in coded] == ["Repairs", "Help\nover two lines"]
    links = root.xpath("q:Links/q:Link", namespaces=NS)
    assert [(k.get("name"), k.get("direction"), codes[k.get("originGUID")],
             codes[k.get("targetGUID")]) for k in links] == [
        ("reciprocal translation", "OneWay", "Repairs", "Help\nover two lines"),
        ("reciprocal translation", "OneWay", "Roofs", "Help\nover two lines"),
        ("refutational translation", "Associative", "Roofs", "Repairs"),
    ]  # fmt: skip
    dates = {n.get("name"): n.get("creationDateTime") for n in root.iter(f"{{{NS['q']}}}Note")}
    assert (dates["memos m1"], dates["memos m2"], dates["memos m3"]) == (
        "2026-05-01T00:00:00", "2026-05-01T09:30:00Z", None
    )  # fmt: skip


def test_what_a_project_has_no_place_for(tmp_path: Path) -> None:
    _, losses = write_project(ODD, TEXTS, BASE, "T")
    assert losses == {
        "bearings": ["b1", "b2"],
        "reviews": ["synthesis"],
        "people, orcid": ["ann"],
        "texts that no report names": ["spare.txt"],
    }


def test_rows_without_an_id_of_their_own_and_control_characters_are_lost() -> None:
    rows = [{"id": "a", "wording": "A"}, {"wording": "no id"}, {"id": "b", "wording": "bell\x07"},
            {"id": "c", "wording": "C"}, {"id": "c", "wording": "D"}, {"id": "d"}]  # fmt: skip
    content, losses = write_codebook({"constructs": rows}, BASE)
    assert losses == {
        "constructs without an id of their own": ["no id", "c", "c"],
        "control characters, replaced by U+FFFD": ["b"],
        "constructs without a wording, named by their id": ["d"],
    }
    root = etree.fromstring(content)
    insist_valid(root, "codebook")
    assert root.xpath("//c:Code/@name", namespaces=NS) == ["A", "bell\ufffd", "d"]


def test_a_deep_hierarchy_is_cut_and_given_back(tmp_path: Path) -> None:
    rows = [{"id": f"c{n:03}", "wording": f"C{n}", **({"broader": f"c{n - 1:03}"} if n else {})}
            for n in range(350)]  # fmt: skip
    content, losses = write_codebook({"constructs": rows}, BASE)
    assert losses == {}
    (tmp_path / "x.qdc").write_bytes(content)
    folder = make_workspace(tmp_path / "w")
    import_refi(folder, tmp_path / "x.qdc")
    found = read_rows(folder)["constructs"]
    assert found == {r["id"]: {c: v for c, v in r.items() if c != "id"} for r in rows}


def test_an_empty_codebook_is_refused() -> None:
    with pytest.raises(UsageError, match="There are no constructs"):
        write_codebook({"constructs": []}, BASE)


def test_an_empty_workspace_is_an_empty_project(tmp_path: Path) -> None:
    content, losses = write_project({}, {}, BASE, "T")
    assert (len(unpack(content, tmp_path)), losses) == (0, {})


def test_tables_come_back_with_exactly_the_losses_that_were_named(tmp_path: Path) -> None:
    """The odd rows, written and read into an empty workspace."""
    content, losses = write_project(ODD, TEXTS, BASE, "T")
    path = tmp_path / "x.qdpx"
    path.write_bytes(content)
    folder = make_workspace(tmp_path / "w")
    done = import_refi(folder, path)
    assert done.report.losses == {}
    assert (done.report.warnings, done.report.differing) == ([], [])
    back = read_rows(folder)
    del back["reviews"]
    wanted = {table: {r["id"]: dict(r) for r in rows} for table, rows in ODD.items()}
    for kind, names in losses.items():
        table, _, column = kind.partition(", ")
        for name in names if table in wanted else ():
            if column:
                del wanted[table][name][column]
            else:
                del wanted[table][name]
    for rows in wanted.values():
        for row in rows.values():
            del row["id"]
    assert back == {table: rows for table, rows in wanted.items() if rows}
    assert (folder / "texts/r1.txt").read_text(encoding="utf-8") == TEXTS["r1.txt"]


def test_the_shipped_case_comes_back_with_exactly_the_losses_that_were_named(
    tmp_path: Path,
) -> None:
    case = copy_case("collective-efficacy", tmp_path / "case")
    export_refi(case, tmp_path / "x.qdpx")
    lines = find_refi_losses(case, tmp_path / "x.qdpx")
    folder = make_workspace(tmp_path / "w")
    (folder / "tables/reviews.csv").unlink()
    assert import_refi(folder, tmp_path / "x.qdpx").lines()[-1] == "no place: nothing was lost"
    before, after = read_rows(case), read_rows(folder)
    missing: dict[tuple[str, str], int] = defaultdict(int)
    for table, rows in before.items():
        for row_id, row in rows.items():
            if row_id not in after.get(table, {}):
                missing[table, ""] += 1
                continue
            for column in row.keys() | after[table][row_id].keys():
                missing[table, column] += row.get(column) != after[table][row_id].get(column)
    told = {(m[1], m[2] or ""): int(m[3]) for line in lines if (m := LOSS.match(line))}
    assert len(told) == len(lines) > 20
    assert {place: number for place, number in missing.items() if number} == told
    assert all(after[table].keys() <= before[table].keys() for table in after)


def test_a_project_of_another_program_is_stable_after_one_round(tmp_path: Path) -> None:
    first = make_workspace(tmp_path / "a")
    import_refi(first, fill(tmp_path / "p.qdpx"))
    export_refi(first, tmp_path / "x.qdpx")
    second = make_workspace(tmp_path / "b")
    import_refi(second, tmp_path / "x.qdpx")
    assert read_rows(first) == read_rows(second)
    export_refi(second, tmp_path / "y.qdpx")
    assert (tmp_path / "x.qdpx").read_bytes() == (tmp_path / "y.qdpx").read_bytes()
    assert import_refi(first, tmp_path / "x.qdpx").diff == ""


CELLS = st.text(st.characters(exclude_categories=("Cs", "Cc"), include_characters="\n\t\r")).map(
    lambda text: text.strip().replace("\r\n", "\n")
)


@settings(max_examples=40, deadline=None)
@given(wording=CELLS.filter(bool), text=CELLS, title=CELLS, statement=CELLS, name=CELLS)
def test_any_cell_comes_back(
    wording: str, text: str, title: str, statement: str, name: str
) -> None:
    tables = {
        "constructs": [{"id": "c", "wording": wording, "concept": title}],
        "memos": [{"id": "m", "about": "c", "text": text}],
        "people": [{"id": "p", "name": name or "p"}],
        "reports": [{"id": "r", "title": title, "venue": text, "text": "r.txt"}],
        "findings": [{"id": "f", "statement": statement, "cue": wording}],
    }
    content, losses = write_project(tables, {"r.txt": text}, BASE, title or "T")
    assert all(kind.startswith("control") for kind in losses)
    with TemporaryDirectory() as place:
        (Path(place) / "x.qdpx").write_bytes(content)
        folder = make_workspace(Path(place) / "w")
        import_refi(folder, Path(place) / "x.qdpx")
        back = read_rows(folder)
        assert (folder / "texts/r.txt").read_bytes().decode() == text
    for table, rows in tables.items() if not losses else ():
        wanted = {c: v for c, v in rows[0].items() if v and c != "id"}
        assert back[table][rows[0]["id"]] == wanted


def test_order_of_rows_and_hashes_make_no_difference(tmp_path: Path) -> None:
    reverse = {t: list(reversed(rows)) for t, rows in reversed(ODD.items())}
    expected = write_project(ODD, TEXTS, BASE, "T")[0]
    assert write_project(reverse, dict(reversed(TEXTS.items())), BASE, "T")[0] == expected
    script = (
        "import sys; from tests.exports.test_refi import *;"
        "sys.stdout.buffer.write(write_project(ODD, TEXTS, BASE, 'T')[0])"
    )
    for seed in ("1", "2"):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": "Asia/Tokyo", "LC_ALL": "C"}
        printed = subprocess.run(
            [sys.executable, "-c", script], cwd=ROOT, env=environment, check=True,
            capture_output=True,
        ).stdout  # fmt: skip
        assert printed == expected


def test_guids_are_the_same_in_codebook_and_project(tmp_path: Path) -> None:
    root = unpack(write_project(ODD, TEXTS, BASE, "T")[0], tmp_path)
    book = etree.fromstring(write_codebook(ODD, BASE)[0])
    insist_valid(book, "codebook")
    found = [{c.get("name"): c.get("guid") for c in r.xpath("//*[local-name()='Code']")}
             for r in (root, book)]  # fmt: skip
    assert found[0] == found[1]
    # uuid5 of the URL namespace and "https://example.org/refi/mid#code"
    assert found[0]["Repairs"] == "e42de2d1-0298-53e7-8e14-e68d97a8d98b"


@pytest.mark.parametrize(
    ("cell", "date"),
    [
        ("2026-05-01", "2026-05-01T00:00:00"),
        ("2026-05-01T09:30:00", "2026-05-01T09:30:00"),
        ("2026-05-01T09:30:00+02:00", "2026-05-01T09:30:00+02:00"),
        ("2026-13-01", ""),
        ("2026-W18-5", ""),
        ("20260501", ""),
        ("May", ""),
        ("", ""),
    ],
)
def test_only_dates_are_written_as_dates(cell: str, date: str) -> None:
    assert write_date(cell) == date


def test_another_extension_is_refused(tmp_path: Path) -> None:
    folder = make_workspace(tmp_path / "w")
    with pytest.raises(UsageError, match=r"ends in \.qdc or \.qdpx"):
        export_refi(folder, tmp_path / "x.qde")
