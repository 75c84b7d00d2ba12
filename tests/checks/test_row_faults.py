"""Every fault of a file or row that shapes can't see, caused once: nothing else is reported.

The codes are read from the source, so that a new one needs a case here. Both engines judge what was
read: a broken file must not make them differ.
"""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook

from kg.errors import DataFaults
from kg.workspace.build import build
from tests.checks.conftest import Tally
from tests.checks.fixture import complete
from tests.checks.judging import Place, judge_together, place, read_workspace

KG = Path(__file__).resolve().parents[2] / "kg"
_CODE = re.compile(r'"((?:cell|column|file|header|id|review|row|table|text|turtle)-[a-z-]+)"')

Damage = Callable[[Path], object]


def _table(name: str) -> str:
    return f"tables/{name}.csv"


def _change(name: str, old: str, new: str) -> Damage:
    def damage(folder: Path) -> None:
        path = folder / _table(name)
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")

    return damage


def _bytes(name: str, content: bytes) -> Damage:
    def damage(folder: Path) -> None:
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)

    return damage


def _append(name: str, line: str) -> Damage:
    def damage(folder: Path) -> None:
        with (folder / _table(name)).open("a", encoding="utf-8") as file:
            file.write(line + "\n")

    return damage


def _workbook(name: str, *rows: tuple[str, ...], replace: bool = True) -> Damage:
    def damage(folder: Path) -> None:
        if replace:
            (folder / _table(name)).unlink()
        book = Workbook()
        assert book.active is not None
        book.active.title = name
        for row in rows:
            book.active.append(row)
        book.save(folder / "tables" / f"{name}.xlsx")

    return damage


def _link(folder: Path) -> None:
    (folder / _table("ties")).unlink()
    (folder / _table("ties")).symlink_to(Path(__file__))


def _error(table: str, row: int, column: str, rule: str) -> Place:
    return table, row, column, rule, "error"


# code → cases: what is done to the files, and all that must be reported.
CASES: dict[str, list[tuple[Damage, set[Place]]]] = {
    "cell-formula": [
        (
            _workbook("ties", ("id", "from", "to", "strength"), ("t", "alter", "alter-2", "=1+1")),
            {_error("tables/ties.xlsx", 2, "strength", "cell-formula")},
        ),
    ],
    "column-duplicate": [
        (
            _change("ties", "id,from,to,strength", "id,from,to,To"),
            {_error(_table("ties"), 1, "to", "column-duplicate")},
        ),
    ],
    "column-missing": [
        (
            _bytes(_table("pages"), b"id,report\npage,report-a\n"),
            {_error(_table("pages"), 1, "address", "column-missing")},
        ),
    ],
    "column-unknown": [
        (
            _change("ties", "strength", "strenght"),
            {_error(_table("ties"), 1, "strenght", "column-unknown")},
        ),
    ],
    "file-outside": [(_link, {_error(_table("ties"), 0, "", "file-outside")})],
    "file-unreadable": [
        (
            lambda folder: (folder / "more" / "a.ttl").mkdir(parents=True),
            {_error("more/a.ttl", 0, "", "file-unreadable")},
        ),
    ],
    "header-missing": [
        (
            _change("ties", "id,from", "\nid,from"),
            {_error(_table("ties"), 1, "", "header-missing")},
        ),
    ],
    "id-duplicate": [
        (
            _append("ties", "tie,alter-2,alter,1"),
            {_error("ties", n, "id", "id-duplicate") for n in (2, 3)},
        ),
        (
            _append("ties", "page,alter-2,alter,1"),
            {_error("ties", 3, "id", "id-duplicate"), _error("pages", 2, "id", "id-duplicate")},
        ),
    ],
    "id-shipped": [
        (
            _append("concepts", "trust,trust,A word.,a book"),
            {_error("concepts", 6, "id", "id-shipped")},
        ),
    ],
    "row-ragged": [
        (
            _append("ties", "more,alter-2,alter,1,too much"),
            {_error("ties", 3, "", "row-ragged")},
        ),
        (_append("ties", "less,alter-2,alter"), {_error("ties", 3, "", "row-ragged")}),
    ],
    "row-without-id": [
        (_append("ties", ",alter-2,alter,1"), {_error("ties", 3, "id", "row-without-id")}),
    ],
    "table-duplicate": [
        (
            _workbook("ties", ("id", "from", "to"), ("tie", "alter", "alter-2"), replace=False),
            {
                _error("tables/ties.csv", 0, "", "table-duplicate"),
                _error("tables/ties.xlsx", 0, "", "table-duplicate"),
            },
        ),
    ],
    "table-empty": [
        (_bytes(_table("ties"), b""), {_error(_table("ties"), 0, "", "table-empty")}),
    ],
    "table-encoding": [
        (
            _bytes(_table("ties"), b"id,from,to\nt\x00,alter,alter-2\n"),
            {_error(_table("ties"), 0, "", "table-encoding")},
        ),
        (
            _bytes(_table("ties"), b"id,from,to\nt\x81,alter,alter-2\n"),
            {_error(_table("ties"), 0, "", "table-encoding")},
        ),
        (
            _bytes(_table("authors"), "id,name\nauthor,Müller\nspare-author,B\n".encode("cp1252")),
            {(_table("authors"), 0, "", "table-encoding", "warning")},
        ),
    ],
    "table-format": [
        (
            _bytes("tables/ties.ods", b"no table"),
            {
                _error("tables/ties.ods", 0, "", "table-format"),
                # Which of the two would hold can't be known.
                _error("tables/ties.csv", 0, "", "table-duplicate"),
                _error("tables/ties.ods", 0, "", "table-duplicate"),
            },
        ),
    ],
    "table-missing": [
        (
            lambda folder: (folder / _table("people")).unlink(),
            {_error(_table("people"), 0, "", "table-missing")},
        ),
        (
            lambda folder: (folder / _table("reviews")).unlink(),
            {
                _error(_table("reviews"), 0, "", "table-missing"),
                # A report belongs to a review only if there are reviews.
                *(
                    _error(table, row, column, "statements-quoted-from-own-report")
                    for table, row, column in (
                        ("quotations", 3, "report"),
                        *(("statements", row, "quoted from") for row in (2, 3, 4)),
                    )
                ),
            },
        ),
    ],
    "table-unknown": [
        (
            _bytes(_table("tyes"), b"id,from,to\n"),
            {_error(_table("tyes"), 0, "", "table-unknown")},
        ),
    ],
    "table-unreadable": [
        (
            _append("ties", 'more,"alter,alter-2,1'),
            {_error(_table("ties"), 3, "", "table-unreadable")},
        ),
    ],
    "text-encoding": [
        (
            _bytes("texts/other.txt", "Müller".encode("cp1252")),
            {_error("texts/other.txt", 0, "", "text-encoding")},
        ),
    ],
    "turtle-blank-node": [
        (
            _bytes("more/a.ttl", b"<study-a> <https://example.org/p> [] .\n"),
            {_error("more/a.ttl", 0, "", "turtle-blank-node")},
        ),
    ],
    "turtle-unreadable": [
        (
            _bytes("more/a.ttl", b"<study-a> is a study .\n"),
            {_error("more/a.ttl", 0, "", "turtle-unreadable")},
        ),
    ],
}
ALL = [(code, n, *case) for code, cases in CASES.items() for n, case in enumerate(cases)]


def test_every_code_has_a_case() -> None:
    files = [*(KG / "sources").glob("*.py"), *(KG / "checks").glob("*.py")]
    codes = {code for file in files for code in _CODE.findall(file.read_text(encoding="utf-8"))}
    assert set(CASES) == codes - {"review-unreadable"}
    assert len(codes) == 22


def test_unreadable_review_stops_everything(tmp_path: Path) -> None:
    complete().write(tmp_path)
    (tmp_path / "review.yaml").write_text("base: nowhere\n", encoding="utf-8")
    with pytest.raises(DataFaults) as raised:
        build(tmp_path)
    assert {place(f) for f in raised.value.faults} == {
        _error("review.yaml", 0, "title", "review-unreadable"),
        _error("review.yaml", 0, "base", "review-unreadable"),
    }


def test_both_engines_report_exactly_what_was_done(tmp_path: Path, tally: Tally) -> None:
    workspaces, expected = {}, {}
    for code, number, damage, places in ALL:
        workspace = complete()
        workspace.base = f"https://example.org/{code}-{number}/"
        damage(workspace.write(tmp_path / f"{code}-{number}"))
        workspaces[workspace.base] = read_workspace(tmp_path / f"{code}-{number}", keep=False)
        expected[workspace.base] = places
    found = {engine: judge_together(workspaces, engine) for engine in ("shacl", "pyshacl")}
    wrong = []
    for base, places in expected.items():
        name = f"faults of files and rows {base}"
        tally.add("tried", name)
        by_engine = {engine: {place(f) for f in found[engine][base][1]} for engine in found}
        for engine, reported in by_engine.items():
            if reported == places:
                tally.add(engine, name)
            else:
                wrong.append((base, engine, places, reported))
    assert not wrong, "\n".join(map(str, wrong))
    for engine in found:
        for _, faults in found[engine].values():
            assert all(f.message for f in faults)
