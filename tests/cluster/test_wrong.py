"""What goes wrong, through the real command: one clear sentence, and the exit code."""

import json
import os
import shutil
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest

from tests.cli.run import ROOT, answer, kg
from tests.cluster.conftest import Case

Printed = pytest.CaptureFixture[str]


@pytest.mark.parametrize(
    ("args", "code", "said"),
    [
        (["--master", "banana"], 2, '"banana" is no master of Spark.'),
        (["--master", "spark://127.0.0.1"], 2, "Write spark://HOST:PORT."),
        (["--master", "spark://127.0.0.1:70000"], 2, "Write spark://HOST:PORT."),
        (["--master", "spark://127.0.0.1:9"], 3, "No master of Spark answers at"),
        (["-o", "out.xlsx"], 2, "Write one of: .parquet, .csv, .json."),
    ],
)
def test_wrong_calls(
    shipped: Case, monkeypatch: pytest.MonkeyPatch, capsys: Printed,
    args: list[str], code: int, said: str,
) -> None:  # fmt: skip
    done = answer(monkeypatch, capsys, "cluster", "check", *args, shipped.dataset)
    assert (done.code, done.out) == (code, "")
    assert said in done.err
    assert done.err.count("\n") == 1


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "is not there"),
        ("", "is no dataset"),
        ("{", "can't be read as a dataset"),
        ("[]", "can't be read as a dataset"),
        ('{"form": 1, "kg": "another"}', "was made by another version of kg"),
    ],
)
def test_what_is_no_dataset(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Printed,
    content: str | None, said: str,
) -> None:  # fmt: skip
    folder = tmp_path / "d"
    if content is not None:
        folder.mkdir()
    if content:
        (folder / "dataset.json").write_text(content, encoding="utf-8")
    done = answer(monkeypatch, capsys, "cluster", "carry", folder)
    assert (done.code, done.out) == (2, "")
    assert said in done.err
    assert "kg cluster pack" in done.err
    assert done.err.count("\n") == 1


def test_a_dataset_of_another_version(
    shipped: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Printed
) -> None:
    shutil.copytree(shipped.dataset, tmp_path / "d")
    about = json.loads((tmp_path / "d" / "dataset.json").read_text(encoding="utf-8"))
    about["kg"] = about["kg"][::-1]
    (tmp_path / "d" / "dataset.json").write_text(json.dumps(about), encoding="utf-8")
    done = answer(monkeypatch, capsys, "cluster", "carry", tmp_path / "d")
    assert done.code == 2
    assert "was made by another version of kg" in done.err


def test_measures_need_a_folder(
    shipped: Case, monkeypatch: pytest.MonkeyPatch, capsys: Printed
) -> None:
    done = answer(monkeypatch, capsys, "cluster", "measures", shipped.dataset)
    assert done.code == 2
    assert "name a folder for them with -o" in done.err


def test_packing_leaves_other_folders_alone(
    shipped: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Printed
) -> None:
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    done = answer(monkeypatch, capsys, "cluster", "pack", shipped.workspace, tmp_path)
    assert done.code == 2
    assert "holds something that is no dataset" in done.err
    assert [p.name for p in tmp_path.iterdir()] == ["mine.txt"]
    (tmp_path / "dataset.json").write_text("{}", encoding="utf-8")  # of another program
    done = answer(monkeypatch, capsys, "cluster", "pack", shipped.workspace, tmp_path)
    assert done.code == 2
    assert sorted(p.name for p in tmp_path.iterdir()) == ["dataset.json", "mine.txt"]
    done = answer(monkeypatch, capsys, "cluster", "pack", tmp_path, tmp_path / "d")
    assert done.code == 2
    assert "review.yaml" in done.err
    assert not (tmp_path / "d").exists()


def test_without_java(shipped: Case, tmp_path: Path) -> None:
    env = {**os.environ, "PATH": str(tmp_path)}
    env.pop("JAVA_HOME", None)
    done = kg("cluster", "check", shipped.dataset, env=env)
    assert (done.code, done.out) == (3, "")
    assert done.err.startswith("kg: Spark needs Java 17 or newer, and there is no java.")
    assert done.err.count("\n") == 1


def test_without_pyspark(shipped: Case) -> None:
    text = (
        "import sys; sys.modules['pyspark'] = None; from kg.cli import main; "
        f"sys.argv = ['kg', 'cluster', 'check', {str(shipped.dataset)!r}]; main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", text], check=False, capture_output=True, text=True, timeout=120
    )
    assert (done.returncode, done.stdout) == (3, "")
    assert done.stderr.startswith("kg: PySpark is not installed.")
    assert done.stderr.count("\n") == 1


def test_pyspark_is_the_pinned_one() -> None:
    """A missing PySpark fails here, too: the tests on Spark are never passed over."""
    pins = (ROOT / "constraints-spark.txt").read_text(encoding="utf-8")
    for name in ("pyspark", "py4j"):
        assert f"{name}=={version(name)} " in pins
