"""The files: parts that add up to the whole, the same bytes twice, and readers of others."""

import os
import random
import subprocess
import sys
from pathlib import Path

import duckdb
import polars as pl
import pytest

from kg.columns import (
    CARRIED,
    REST,
    STUDY,
    TABLES,
    find_id,
    list_measures,
    read_columns,
    read_table,
    replace_studies,
    run_measure,
    write_columns,
    write_rows,
)
from kg.columns.parquet import write_parquet
from kg.store import NamedNode
from kg.workspace.build import Built, build
from tests.cli.run import ROOT, answer, call
from tests.columns.conftest import odd
from tests.workspaces import BASE


def studies_of(built: Built) -> list[str]:
    return [built.review.base + name.replace(" ", "%20")
            for name in read_table(built.store, built.review.base, "studies")["id"]]  # fmt: skip


def read_all(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*.parquet"))}


@pytest.mark.parametrize("workspace", ["case", "odd", "generated"])
def test_parts_add_up_to_the_whole(
    workspace: str, built: dict[str, Built], columns: dict[str, Path], tmp_path: Path
) -> None:
    one = built[workspace]
    names = ["p1", "p2", "p3"]
    draw = random.Random(7)
    parts = {study: draw.choice(names) for study in studies_of(one)}
    write_columns(one.store, one.review.base, tmp_path, parts=parts)
    for table in TABLES:
        wanted = ["all"] if table not in STUDY else [*sorted({*parts.values()}), "rest"]
        assert [p.stem for p in sorted((tmp_path / table).iterdir())] == wanted
        assert read_columns(tmp_path, table).equals(read_columns(columns[workspace], table))
    for kind, name in list_measures():
        assert run_measure(tmp_path, kind, name) == run_measure(columns[workspace], kind, name)


def test_studies_are_replaced_in_their_part(built: dict[str, Built], tmp_path: Path) -> None:
    """Byte for byte, rows of no study among them, whatever stood there of these studies before."""
    for name, one in built.items():
        folder, old, new = (tmp_path / f"{name}-{kind}" for kind in ("whole", "old", "new"))
        studies = studies_of(one)
        parts = {study: f"p{n % 4}" for n, study in enumerate(studies)}
        write_columns(one.store, one.review.base, folder, tables=STUDY, parts=parts)
        write_columns(one.store, one.review.base, old, tables=STUDY, parts=parts)
        for part in sorted({*parts.values()}):
            of_part = [study for study in studies if parts[study] == part]
            some = of_part[: 1 + len(of_part) // 2]
            ids = [find_id(study, one.review.base) for study in some]
            for table in STUDY:
                path = old / table / f"{part}.parquet"
                frame = pl.read_parquet(path)
                study = frame["study" if "study" in frame.columns else "id"]
                write_rows(old / table, part, frame.filter(~study.is_in(ids)))
            replace_studies(one.store, one.review.base, old, new, part, some)
        replace_studies(one.store, one.review.base, old, new, REST, ())
        assert read_all(new) == read_all(folder)
        assert len(read_columns(new, "findings")) > 7


def test_after_a_change_only_the_part_of_the_study_is_another(tmp_path: Path) -> None:
    tables = odd()
    one = build(tables.write(tmp_path / "w"))
    parts = {study: study.rpartition("/")[2] for study in studies_of(one)}
    write_columns(one.store, BASE, tmp_path / "before", parts=parts)
    tables.edit("findings", "f-2", statement="It is otherwise.")
    other = build(tables.write(tmp_path / "w"))
    write_columns(other.store, BASE, tmp_path / "after", parts=parts)
    before, after = read_all(tmp_path / "before"), read_all(tmp_path / "after")
    assert before.keys() == after.keys()
    assert [n for n in before if before[n] != after[n]] == ["findings/twin.parquet"]
    old, new = tmp_path / "before", tmp_path / "new"
    replace_studies(other.store, BASE, old, new, "twin", [f"{BASE}twin"])
    assert read_all(new) == {n: after[n] for n in after if n.endswith("/twin.parquet")}


# Bytes

WRITE = """
import sys
from pathlib import Path
from kg.workspace import Workspace
Workspace(sys.argv[1]).export(sys.argv[2], "all")
"""


def test_the_same_bytes_twice(places: dict[str, Path], tmp_path: Path) -> None:
    """Under another hash order, locale, time zone and number of threads."""
    worlds = (
        {"PYTHONHASHSEED": "1", "POLARS_MAX_THREADS": "1", "TZ": "UTC", "LC_ALL": "C"},
        {"PYTHONHASHSEED": "2", "POLARS_MAX_THREADS": "4", "TZ": "Asia/Tokyo",
         "LC_ALL": "tr_TR.UTF-8"},
    )  # fmt: skip
    found = []
    for number, world in enumerate(worlds):
        out = tmp_path / str(number) / "data.parquet"
        out.parent.mkdir()
        subprocess.run(
            [sys.executable, "-c", WRITE, places["generated"], out],
            env={**os.environ, **world, "PYTHONPATH": str(ROOT)}, check=True, capture_output=True,
        )  # fmt: skip
        found.append(read_all(out))
    assert found[0] == found[1]
    assert len(found[0]) == len(TABLES)
    folder = str(tmp_path).encode()
    assert not any(b"Polars" in data or b"DuckDB" in data or folder in data
                   for data in found[0].values())  # fmt: skip


def test_from_columns_comes_what_comes_from_the_store(
    places: dict[str, Path],
    built: dict[str, Built],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from dataclasses import replace

    from kg.workspace import Workspace

    one = built["generated"]
    parts = {study: f"p{n % 3}" for n, study in enumerate(studies_of(one))}
    write_columns(one.store, one.review.base, tmp_path / "columns", parts=parts)
    workspace = Workspace(places["generated"])
    monkeypatch.setattr(workspace, "built", one)
    workspace.export(tmp_path / "one.parquet", "all")
    monkeypatch.setattr(workspace, "built", replace(one, columns=tmp_path / "columns"))
    workspace.export(tmp_path / "other.parquet", "all")
    assert read_all(tmp_path / "one.parquet") == read_all(tmp_path / "other.parquet")
    assert workspace.to_polars("studies").equals(
        pl.read_parquet(tmp_path / "one.parquet" / "studies.parquet")
    )


@pytest.mark.parametrize("rows", [0, 1, 400_000])
def test_files_are_read_by_others(rows: int, tmp_path: Path) -> None:
    """Row groups are of one size, and nothing names the program that wrote them."""
    numbers = [None if n % 7 == 0 else n for n in range(rows)]
    frame = pl.DataFrame(
        {"id": [f"row {n}" for n in range(rows)], "number": numbers,
         "list": [[str(n), "x"] for n in range(rows)]},
        schema={"id": pl.String, "number": pl.Int64, "list": pl.List(pl.String)},
    )  # fmt: skip
    path = tmp_path / "x.parquet"
    path.write_bytes(write_parquet(frame))
    assert pl.read_parquet(path).equals(frame)
    with duckdb.connect() as connection:
        assert connection.execute(f"FROM '{path}' ORDER BY ALL").fetchall() == sorted(
            frame.iter_rows()
        )
        ask = f"FROM parquet_file_metadata('{path}')"
        assert connection.execute(f"SELECT created_by {ask}").fetchall() == [(None,)]
        groups = connection.execute(
            "SELECT DISTINCT row_group_id, row_group_num_rows "
            f"FROM parquet_metadata('{path}') ORDER BY 1"
        ).fetchall()
    assert [n for _, n in groups][:-1] == [131_072] * (len(groups) - 1)
    assert sum(n for _, n in groups) == rows


# The command


def test_export_leaves_out_what_is_carried_unless_it_is_asked_for(
    places: dict[str, Path], tmp_path: Path
) -> None:
    out = tmp_path / "data.parquet"
    assert call(places["case"], "export", out).exit_code == 0
    assert {p.stem for p in out.iterdir()} == set(TABLES) - set(CARRIED)
    target = "t2d-personal-communities"
    assert call(places["case"], "export", "--carried", target, out).exit_code == 0
    assert {p.stem for p in out.iterdir()} == set(TABLES)
    statuses = pl.read_parquet(out / "statuses.parquet")
    assert set(statuses["target"]) == {target}
    assert {"status", "modality"} <= set(statuses.columns)
    assert set(pl.read_parquet(out / "evidence.parquet")["claim"]) <= set(statuses["transfer"])
    assert call(places["case"], "export", out).exit_code == 0
    assert {p.stem for p in out.iterdir()} == set(TABLES) - set(CARRIED)


def test_export_says_what_it_can_not_do(
    places: dict[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    out = tmp_path / "data.parquet"
    out.write_text("a file\n")
    done = answer(monkeypatch, capsys, "-C", places["case"], "export", out)
    assert (done.code, done.err.splitlines()[-1]) == (
        2,
        f'kg: "{out}" can\'t be written (File exists). Make it writable, or name another place.',
    )
    assert out.read_text() == "a file\n"
    done = answer(monkeypatch, capsys, "-C", places["case"], "export", "--carried", "nowhere", out)
    assert done.code == 2


def test_counts_and_facets_on_the_command_line(places: dict[str, Path]) -> None:
    done = call(places["case"], "gaps", "--facets", "--format", "csv", quiet=True)
    lines = done.stdout.splitlines()
    assert lines[0] == "facet,value,studies,findings"
    assert "concept,collective efficacy,10,11" in lines
    done = call(places["case"], "robustness", "--counts", "--format", "csv", quiet=True)
    assert done.stdout.splitlines()[:2] == ["kind,removed,claims,alone",
                                            "study,kennedy2015dynamics,14,12"]  # fmt: skip
    done = call(places["case"], "robustness", "--format", "csv")
    assert "--counts" in str(done.exception)


def test_counting_in_a_small_store_loads_no_engine_of_tables(places: dict[str, Path]) -> None:
    code = (
        "import sys\nfrom kg.workspace import Workspace\n"
        "from kg.workspace.network import find_network\nw = Workspace(sys.argv[1])\n"
        "assert w.gaps().rows and w.facets().rows and w.reliance().rows\n"
        "assert list(find_network(w.built, 'co-occurrence').edges())\n"
        "print([m for m in ('polars', 'duckdb', 'numpy', 'rdflib') if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, places["case"]], check=True, capture_output=True, text=True
    )
    assert done.stdout == "[]\n"


def test_the_store_is_only_read(built: dict[str, Built], tmp_path: Path) -> None:
    one = built["odd"]
    before = len(one.store)
    write_columns(one.store, BASE, tmp_path)
    assert len(one.store) == before
    assert NamedNode(BASE) not in set(one.store.named_graphs())
