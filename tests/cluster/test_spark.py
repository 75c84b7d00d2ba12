"""On Spark: this machine, a cluster from the wheel, and a worker that is killed in the middle."""

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pytest

from bench.standalone import Standalone
from kg.cluster import Spark
from kg.workspace import render_faults
from kg.workspace.cluster import run, write
from tests.cli.run import kg
from tests.cluster.conftest import FAULTS, Alone, Case


def test_this_machine_without_set_up(generated: Case, alone: Alone, tmp_path: Path) -> None:
    """All verbs in one session: starting it takes longer than they do."""
    told: list[str] = []
    with Spark("local[2]", told.append) as spark:
        check = run("check", generated.dataset, spark)
        robustness = run("robustness", generated.dataset, spark)
        measures = run("measures", generated.dataset, spark)
    assert check.faults == alone.faults
    assert [t.as_dict() for t in check.transfers] == alone.transfers
    assert [r.as_dict() for r in robustness.removals] == alone.removals
    assert measures.tables.pop("personal").equals(alone.personal)
    assert {name: frame.rows() for name, frame in measures.tables.items()} == alone.measures
    assert told[0].startswith("judging: ")
    write("carry", check, tmp_path / "carry.parquet", "parquet")
    rows = pl.read_parquet(tmp_path / "carry.parquet").to_dicts()
    assert rows == alone.transfers
    write("robustness", robustness, tmp_path / "robustness.parquet", "parquet")
    assert pl.read_parquet(tmp_path / "robustness.parquet").to_dicts() == alone.removals


@pytest.fixture(scope="module", autouse=True)
def _places(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """What Spark writes by the way goes below the folder of the tests, too."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SPARK_LOCAL_DIRS", str(tmp_path_factory.mktemp("spark")))
        yield


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Standalone]:
    """Two workers; the last test kills one of them."""
    with Standalone(tmp_path_factory.mktemp("cluster") / "files") as started:
        yield started


def test_a_cluster_from_the_wheel(
    cluster: Standalone, generated: Case, alone: Alone, tmp_path: Path
) -> None:
    output = tmp_path / "faults.csv"
    done = kg("cluster", "check", "--master", cluster.url, generated.dataset, "-o", output)
    assert done.code == 1, done.err
    assert done.out == ""
    lines = done.err.splitlines()
    stages = ("judging: ", "leaving out: ", "finding facts: ", "reading rows: ")
    assert [line for line in lines if not line.startswith(stages)] == [
        f"written: {output}",
        f"{FAULTS} faults, 0 warnings",
    ]
    assert output.read_text(encoding="utf-8") == render_faults(alone.faults, "csv", "shacl")


def test_a_killed_worker_changes_nothing(
    cluster: Standalone, generated: Case, alone: Alone
) -> None:
    killed: list[int] = []
    ended = threading.Event()

    def kill() -> None:
        time.sleep(1)
        killed.extend(cluster.find_executors(0))
        cluster.kill(0)
        assert not ended.is_set()

    killer = threading.Thread(target=kill)

    def tell(line: str) -> None:
        if line.startswith("judging"):
            killer.start()

    with Spark(cluster.url, tell) as spark:
        found = run("check", generated.dataset, spark)
        ended.set()
    killer.join()
    assert killed, "the worker had a process in which it ran tasks"
    assert not any(Path(f"/proc/{pid}").exists() for pid in killed)
    assert cluster.workers[0].returncode == -9 and cluster.workers[1].poll() is None
    assert found.faults == alone.faults
    assert found.left_out == alone.left_out
