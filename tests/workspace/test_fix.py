"""Fixing: only what can't be meant otherwise, only where no other fault comes of it."""

import io
from pathlib import Path

import openpyxl
import pytest

from kg.errors import DataFaults
from kg.schema import load_schema
from kg.workspace.fix import fix
from kg.workspace.proposal import Proposal, find_safe
from tests.sources.files import rewrite, workbook, write_workbooks
from tests.workspace.memory import build_in_memory
from tests.workspaces import Workspace, minimal

DECISIONS = {"met": "m", "not met": "n", "unclear": "u", "not assessed": "x"}
KINDS = {k: k for k in ("family member", "friend", "group", "professional", "pet", "household")}
STUDIES = {i: i for i in ("teig2009", "teig2009-f1", "teig2009-f2", "smith2009", "secure-housing",
                          "hypertension", "setting-a", "müller-2014", "f1-2")}  # fmt: skip

SAFE: list[tuple[str, dict[str, str], int, str]] = [
    # the same letters
    ("Family-Member", KINDS, 2, "family member"),
    ("not_met", DECISIONS, 0, "not met"),
    ("Notmet", DECISIONS, 0, "not met"),
    ("Muller 2014", STUDIES, 1, "müller-2014"),
    ("TEIG2009-F1", STUDIES, 1, "teig2009-f1"),
    ("pet ", KINDS, 2, ""),  # too short
    # digits are told apart by what stands between them
    ("study f1-2", {"study-f1-2": "a", "study-f12": "b"}, 1, "study-f1-2"),
    ("study f12", {"study-f1-2": "a"}, 1, ""),
    # the same letters twice, and two names of one thing
    ("Ab-cde", {"abc-de": "1", "ab-cde": "2"}, 1, ""),
    ("Ab-cde", {"abc-de": "1", "ab-cde": "1"}, 1, "ab-cde"),
    # slips of the hand
    ("famly member", KINDS, 2, "family member"),
    ("profesionnal", KINDS, 2, "professional"),
    ("frend", KINDS, 2, "friend"),
    ("frnd", KINDS, 2, ""),  # two of six letters
    ("tieg2009-f1", STUDIES, 1, "teig2009-f1"),
    ("teeg2009", STUDIES, 1, "teig2009"),
    # nothing comes near, or two do
    ("neighbour", KINDS, 2, ""),
    ("carer", {"career": "1", "cares": "2"}, 1, ""),
    ("careers", {"career": "1", "cares": "2"}, 1, ""),  # the second is one further away
    # digits, and letters that stand apart, tell ids apart
    ("teig2008", STUDIES, 1, ""),
    ("teig2009-f3", STUDIES, 1, ""),
    ("smith2009a", STUDIES, 1, ""),
    ("setting-b", STUDIES, 1, ""),
    # the opposite
    ("insecure-housing", STUDIES, 1, ""),
    ("hypotension", STUDIES, 1, ""),
    ("unmet", DECISIONS, 2, ""),
    ("no met", DECISIONS, 2, ""),
    ("nmet", DECISIONS, 2, ""),
    ("icomplete", {"complete": "1", "incomplete": "2"}, 2, ""),
    ("incomplte", {"complete": "1", "incomplete": "2"}, 2, "incomplete"),
    # judgements are mended by their letters alone
    ("suport", {"supports": "s", "refutes": "r"}, 0, ""),
    ("ture", {"true": "t", "false": "f"}, 0, ""),
]  # fmt: skip


@pytest.mark.parametrize(("seen", "meanings", "edits", "meant"), SAFE)
def test_safe_is_what_cannot_be_meant_otherwise(
    seen: str, meanings: dict[str, str], edits: int, meant: str
) -> None:
    assert find_safe(seen, meanings, edits=edits) == meant


def test_the_list_of_cases_is_whole() -> None:
    assert len(SAFE) == 32


def safe(proposal: Proposal) -> bool:
    return proposal.safe


def table(folder: Path, name: str) -> str:
    return (folder / "tables" / f"{name}.csv").read_text(encoding="utf-8")


def misspelt() -> Workspace:
    """A workspace with two safe slips, one of them in a list of ids, and one that is not safe."""
    workspace = minimal()
    workspace.study("study-x", populations="populatoin")
    workspace.add("settings", "other", kind="organisaton")
    workspace.edit("findings", "finding", settings="setting;  othre")
    workspace.edit("bearings", "bearing", polarity="suport")
    return workspace


def test_safe_slips_are_mended_and_the_rest_keeps_its_bytes(tmp_path: Path) -> None:
    folder = misspelt().write(tmp_path)
    before = {p.name: p.read_bytes() for p in (folder / "tables").iterdir()}
    done = fix(folder, safe)
    assert done.diff.splitlines() == [
        'findings row 2, settings: "setting; othre" becomes "setting; other"',
        'settings row 4, kind: "organisaton" becomes "organisation"',
        'studies row 3, populations: "populatoin" becomes "population"',
    ]
    assert done.files == ("tables/findings.csv", "tables/settings.csv", "tables/studies.csv")
    assert "setting;  other," in table(folder, "findings")
    assert [str(p) for p in done.left] == [
        'bearings row 2, polarity: "suport" becomes "supports"'
    ]  # fmt: skip
    assert done.refused == ()
    assert [(f.table, f.column, f.value) for f in done.faults] == [
        ("bearings", "polarity", "suport")
    ]
    changed = {"findings.csv": (b"othre", b"other"), "settings.csv": (b"isaton", b"isation"),
               "studies.csv": (b"populatoin", b"population")}  # fmt: skip
    for name, data in before.items():
        old, new = changed.get(name, (b"", b""))
        assert (folder / "tables" / name).read_bytes() == data.replace(old, new)


def test_a_dry_run_writes_nothing(tmp_path: Path) -> None:
    folder = misspelt().write(tmp_path)
    before = {p: p.read_bytes() for p in folder.rglob("*") if p.is_file()}
    done = fix(folder, safe, dry_run=True)
    assert len(done.diff.splitlines()) == 3
    assert (done.files, len(done.faults)) == ((), 1)
    assert {p: p.read_bytes() for p in folder.rglob("*") if p.is_file()} == before
    wet = fix(folder, safe)
    assert (wet.diff, wet.faults) == (done.diff, done.faults)


def test_nothing_to_do(tmp_path: Path) -> None:
    folder = minimal().write(tmp_path)
    before = {p: p.read_bytes() for p in (folder / "tables").iterdir()}
    done = fix(folder, safe)
    assert (done.diff, done.files, done.refused, done.left, done.faults) == ("", (), (), (), ())
    assert {p: p.read_bytes() for p in (folder / "tables").iterdir()} == before


def test_what_is_chosen_is_mended_though_not_safe(tmp_path: Path) -> None:
    asked: list[str] = []

    def choose(proposal: Proposal) -> bool:
        asked.append(proposal.column)
        return proposal.column == "polarity"

    done = fix(misspelt().write(tmp_path), choose)
    assert sorted(asked) == ["kind", "polarity", "populations", "settings"]
    assert done.diff == 'bearings row 2, polarity: "suport" becomes "supports"'
    assert [p.column for p in done.left] == ["settings", "kind", "populations"]
    assert len(done.faults) == 3


def test_two_items_of_one_cell(tmp_path: Path) -> None:
    workspace = minimal()
    workspace.add("settings", "other")
    workspace.edit("findings", "finding", settings="setitng ;othre")
    done = fix(workspace.write(tmp_path), safe)
    assert done.diff == 'findings row 2, settings: "setitng ;othre" becomes "setting ;other"'
    assert done.faults == ()


def test_a_header_is_mended_and_then_what_it_hid(tmp_path: Path) -> None:
    workspace = minimal()
    workspace.add("settings", "other", kind="organisaton")
    folder = workspace.write(tmp_path)
    path = folder / "tables/settings.csv"
    path.write_text(path.read_text().replace("label,kind", "Lable,kind"))
    done = fix(folder, safe)
    assert done.diff.splitlines() == [
        'settings row 1, Lable: "Lable" becomes "label"',
        'settings row 4, kind: "organisaton" becomes "organisation"',
    ]
    assert path.read_text().startswith("id,label,kind\n")
    assert done.faults == ()


def test_a_header_that_would_stand_twice_is_left(tmp_path: Path) -> None:
    folder = minimal().write(tmp_path)
    path = folder / "tables/settings.csv"
    path.write_text(path.read_text().replace("id,label,kind", "id,label,kind,lable"))
    text = path.read_text()
    done = fix(folder, safe)
    ((proposal, fault),) = done.refused
    assert (proposal.meant, fault.rule, fault.table) == (
        "label", "column-duplicate", "tables/settings.csv"
    )  # fmt: skip
    assert (done.diff, path.read_text()) == ("", text)


def test_a_fix_that_brings_another_fault_is_left_and_the_others_are_done(tmp_path: Path) -> None:
    """A relation joins two studies, and would then name one of them twice."""
    workspace = misspelt()
    workspace.add("study-relations", "relation", studies="study-x;study-y")
    done = fix(workspace.write(tmp_path), lambda p: p.safe or p.table == "study-relations")
    ((proposal, fault),) = done.refused
    assert str(proposal) == 'study-relations row 2, studies: "study-y" becomes "study-x"'
    assert (fault.table, fault.row, fault.column) == ("study-relations", 2, "studies")
    assert len(done.diff.splitlines()) == 3
    assert "study-x;study-y" in table(tmp_path, "study-relations")


def test_kinds_of_ones_own_are_rivals(tmp_path: Path) -> None:
    """ "organisaton" comes near to a shipped kind, and as near to one that a row adds."""
    workspace = minimal()
    workspace.add("settings", "other", kind="organisaton")
    folder = workspace.write(tmp_path)
    known = load_schema().tables["setting-kinds"].header
    assert set(known) >= {"id", "label"}
    cells = {"id": "organisator", "label": "organisator"}
    rows = [",".join(known), ",".join(cells.get(h, "") for h in known)]
    (folder / "tables/setting-kinds.csv").write_text("\n".join(rows) + "\n")
    assert fix(folder, safe).diff == ""


@pytest.mark.parametrize("one", [True, False])
def test_workbooks_are_mended_too(tmp_path: Path, one: bool) -> None:
    write_workbooks(misspelt().write(tmp_path / "csv"), tmp_path / "ws", one=one)
    done = fix(tmp_path / "ws", safe)
    assert done.diff == fix(tmp_path / "csv", safe).diff
    assert len(done.files) == (1 if one else 3)
    assert len(done.faults) == 1
    book = openpyxl.load_workbook(tmp_path / "ws" / done.files[0])
    assert any(c.value == "setting;  other" for s in book for row in s.iter_rows() for c in row)


def test_a_formula_is_no_slip(tmp_path: Path) -> None:
    rows = [["id", "label", "kind"], ["s1", "A", '="organisa"&"ton"']]
    empty = workbook({"settings": rows})

    def change(name: str, data: bytes) -> bytes:
        if "sheet1" not in name:
            return data
        formula = b'<f>"organisa"&amp;"ton"</f>'
        assert formula in data
        data = data.replace(formula + b"<v></v>", formula + b"<v>organisaton</v>")
        data = data.replace(formula + b"<v/>", formula + b"<v>organisaton</v>")
        data = data.replace(formula + b"<v />", formula + b"<v>organisaton</v>")
        return data.replace(b'<c r="C2">', b'<c r="C2" t="str">')

    workspace = minimal()
    folder = workspace.write(tmp_path)
    (folder / "tables/settings.csv").unlink()
    (folder / "tables/settings.xlsx").write_bytes(rewrite(empty, change))
    faults = build_in_memory(folder).faults
    assert ("settings", 2, "kind", "organisaton", "organisation") in {
        (f.table, f.row, f.column, f.value, f.fix) for f in faults
    }
    (folder / ".kg").unlink()
    done = fix(folder, safe)
    assert (done.diff, done.left) == ("", ())
    book = openpyxl.load_workbook(io.BytesIO((folder / "tables/settings.xlsx").read_bytes()))
    assert book["settings"]["C2"].data_type == "f"


def test_a_table_that_cannot_be_read_stops_it(tmp_path: Path) -> None:
    folder = misspelt().write(tmp_path)
    (folder / "tables/memos.csv").write_text('id,note\n"open\n')
    with pytest.raises(DataFaults):
        fix(folder, safe)
    assert "othre" in table(folder, "findings")


def test_every_reference_to_a_misspelt_id_has_a_proposal(tmp_path: Path) -> None:
    """One row with one misspelt id for each column that refers to a table."""
    from tests.workspaces import DEFAULTS

    schema, workspace, wanted = load_schema(), minimal(), {}
    for name in DEFAULTS:
        workspace.add(name, f"{name}-one")
    columns = [(t, c) for t in schema.tables.values() for c in t.columns
               if c.refers_to and t.name in DEFAULTS]  # fmt: skip
    for number, (owner, column) in enumerate(columns):
        owners = [t.name for t in schema.tables.values() if t.name in DEFAULTS
                  and column.refers_to in schema.superclasses.get(t.cls, {t.cls})]  # fmt: skip
        if not owners:
            continue
        target = owners[0]
        row = workspace.add(owner.name, f"row-{number}")
        workspace.edit(owner.name, row, **{column.name.replace(" ", "_"): f"{target}-oen"})
        wanted[owner.name, workspace.record_number(owner.name, row), column.name] = f"{target}-one"
    found = {(f.table, f.row, f.column, f.fix)
             for f in build_in_memory(workspace.write(tmp_path)).faults}  # fmt: skip
    missing = [place for place, fix_ in wanted.items() if (*place, fix_) not in found]
    assert len(wanted) >= 100 and not missing


def test_each_proposal_is_asked_once_in_order(tmp_path: Path) -> None:
    folder = misspelt().write(tmp_path)
    asked: list[Proposal] = []
    fix(folder, lambda p: bool(asked.append(p)), dry_run=True)
    assert [(p.table, p.row, p.column, p.seen, p.meant, p.safe) for p in asked] == [
        ("bearings", 2, "polarity", "suport", "supports", False),
        ("findings", 2, "settings", "othre", "other", True),
        ("settings", 4, "kind", "organisaton", "organisation", True),
        ("studies", 3, "populations", "populatoin", "population", True),
    ]


def computed(folder: Path, formula: str, result: str) -> Path:
    """Write the small workspace with a slip in settings.xlsx, whose B3 is computed."""
    rows = [["id", "label", "kind"], ["setting", "A", "neighbourhood"],
            ["target-setting", f"={formula}", "personal community"],
            ["other", "x", "organisaton"]]  # fmt: skip

    def change(name: str, data: bytes) -> bytes:
        whole = f'<c r="B3"><f>{formula}</f>'.encode()
        full = f'<c r="B3" t="str"><f>{formula}</f><v>{result}</v>'.encode()
        for empty in (b"<v></v>", b"<v/>", b"<v />"):
            data = data.replace(whole + empty, full)
        return data

    minimal().write(folder)
    (folder / "tables/settings.csv").unlink()
    data = rewrite(workbook({"settings": rows}), change)
    (folder / "tables/settings.xlsx").write_bytes(data)
    return folder


def test_a_formula_that_reads_nothing_mended_keeps_its_result(tmp_path: Path) -> None:
    folder = computed(tmp_path, "B2", "A")
    done = fix(folder, safe)
    assert done.diff == 'settings row 4, kind: "organisaton" becomes "organisation"'
    assert (done.refused, done.faults) == ((), ())
    path = folder / "tables/settings.xlsx"
    sheets = [openpyxl.load_workbook(path, data_only=only)["settings"] for only in (False, True)]
    assert [sheet["B3"].value for sheet in sheets] == ["=B2", "A"]


def test_a_mend_that_a_formula_reads_is_refused_in_one_sentence(tmp_path: Path) -> None:
    folder = computed(tmp_path, "C4", "organisaton")
    before = (folder / "tables/settings.xlsx").read_bytes()
    done = fix(folder, safe)
    ((proposal, fault),) = done.refused
    assert str(proposal) == 'settings row 4, kind: "organisaton" becomes "organisation"'
    assert fault.message == (
        "Cell B3 holds a formula whose result may rest on what would change, and only a "
        "spreadsheet program can compute it. Mend the value there, and save the workbook."
    )
    assert (done.diff, (folder / "tables/settings.xlsx").read_bytes()) == ("", before)
