"""The same bytes twice: no clock, host, path, hash order or locale in anything that is written.

Two processes write everything from a workspace each. They differ in all that may not matter at
once: the seed of hashes, the time zone, the locale, the folder, the order in which files were
made, and whether anything was built before.
"""

import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest

from kg.exports import EXTENSIONS
from kg.workspace import copy_case

ROOT = Path(__file__).resolve().parents[1]
CARRIED = ("trig", "nq", "jsonld")

# Everything in one process: one start and one build for all.
WRITE = """
import sys
from pathlib import Path
from click.testing import CliRunner
from kg.cli.main import cli

out, folder = sys.argv[1:3]
extensions, carried = (words.split() for words in sys.argv[3:])

def run(*words):
    done = CliRunner().invoke(cli, ["--quiet", "-C", folder, *words], catch_exceptions=False)
    assert done.exit_code == (words[0] != "schema"), (words, done.output)
    return done.stdout

run("export", *(f"{out}/graph.{e}" for e in extensions))
targets = [line.partition(",")[0] for line in
           Path(folder, "tables/targets.csv").read_text(encoding="utf-8").splitlines()[1:]]
for target in targets:
    run("export", "--carried", target, f"{out}/{target}.nq")
run("export", "--carried", "all", *(f"{out}/all.{e}" for e in carried))
for name, words in {
    "carry.json": ["carry", "--all", "--format", "json"],
    "carry.txt": ["carry"],
    "check.json": ["check", "--format", "json"],
    "check.ttl": ["check", "--format", "ttl"],
    "gaps.json": ["gaps", "--format", "json"],
    "tables.md": ["schema", "--format", "md"],
    "tables.json": ["schema", "--format", "json"],
    "why.json": ["why", "engagement-to-support", "--format", "json"],
}.items():
    Path(out, name).write_text(run(*words), encoding="utf-8", newline="")
"""


@dataclass(frozen=True)
class World:
    """What differs between two runs."""

    seed: str
    zone: str
    locale: str
    path: str


WORLDS = (
    World(seed="0", zone="Pacific/Kiritimati", locale="C", path="a"),
    World(seed="4242", zone="America/St_Johns", locale="tr_TR.UTF-8", path="İki dosya/b c/ş"),
)


def prepare(folder: Path, number: int) -> Path:
    """Copy the shipped case and plant faults, so that there is something to report."""
    case = copy_case("collective-efficacy", folder / "review")
    tables = sorted((case / "tables").iterdir(), reverse=bool(number))
    for table in tables:  # the same files, made in another order
        content = table.read_bytes()
        table.unlink()
        table.write_bytes(content)
    bearings = case / "tables/bearings.csv"
    lines = bearings.read_text(encoding="utf-8").splitlines(keepends=True)
    lines[5:8] = [line.replace(",supports,", ",suports,") for line in lines[5:8]]
    assert "suports" in "".join(lines)
    bearings.write_text("".join(lines), encoding="utf-8", newline="")
    return case


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, bytes]]:
    """Return what each of the two processes wrote: file name → content."""
    with ThreadPoolExecutor(len(WORLDS)) as pool:
        places = [tmp_path_factory.mktemp("world") / world.path for world in WORLDS]
        return list(pool.map(write, range(len(WORLDS)), places))


def write(number: int, folder: Path) -> dict[str, bytes]:
    """Write everything in one of the worlds and return it."""
    world = WORLDS[number]
    folder.mkdir(parents=True)
    case, out = prepare(folder, number), folder / "out"
    out.mkdir()
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("LC_", "PYTHON", "COV_"))}
    environment = kept | {
        "PYTHONHASHSEED": world.seed,
        "PYTHONPATH": str(ROOT),
        "PYTHONUTF8": "0",
        "TZ": world.zone,
        "LC_ALL": world.locale,
        "LANG": world.locale,
    }
    command = [sys.executable, "-c", WRITE, str(out), str(case)]
    command += [" ".join(EXTENSIONS), " ".join(CARRIED)]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode(errors="replace")
    return {p.name: p.read_bytes() for p in sorted(out.iterdir())}


def test_the_two_worlds_differ() -> None:
    one, other = WORLDS
    assert all(getattr(one, name) != getattr(other, name) for name in World.__dataclass_fields__)


def test_everything_is_written(written: list[dict[str, bytes]]) -> None:
    for files in written:
        assert {f"graph.{e}" for e in EXTENSIONS} <= files.keys()
        assert len(files) == len(EXTENSIONS) + 2 + len(CARRIED) + 8
        assert all(files.values())


def test_the_same_bytes_twice(written: list[dict[str, bytes]]) -> None:
    one, other = written
    assert one.keys() == other.keys()
    assert [name for name in one if one[name] != other[name]] == []


def test_each_carried_graph_is_among_them(written: list[dict[str, bytes]]) -> None:
    targets = {n.removesuffix(".nq") for n in written[0] if n.endswith(".nq")} - {"graph", "all"}
    assert targets == {"ltc-personal-communities", "t2d-personal-communities"}
    together = set(written[0]["all.nq"].splitlines())
    for target in targets:
        lines = set(written[0][f"{target}.nq"].splitlines())
        assert lines < together
        graphs = {line.split(b" ")[-2] for line in lines if line.endswith(b"/carried> .")}
        assert len(graphs) == 1 and target.encode() in graphs.pop()


def test_the_planted_faults_are_among_them(written: list[dict[str, bytes]]) -> None:
    faults = json.loads(written[0]["check.json"])
    assert any(f["value"] == "suports" and f["column"] == "polarity" for f in faults)


def test_nothing_names_the_folder_it_was_made_in(
    written: list[dict[str, bytes]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = str(tmp_path_factory.getbasetemp()).encode()
    for files in written:
        assert [name for name, content in files.items() if folder in content] == []


def test_rdf_lines_are_sorted_and_single(written: list[dict[str, bytes]]) -> None:
    for name in ("graph.nt", "all.nq"):
        lines = written[0][name].decode().splitlines()
        assert len(lines) == len(set(lines)) > 10_000
    lines = written[0]["graph.nt"].decode().splitlines()
    assert lines == sorted(lines)


def test_no_blank_node_but_in_the_ontology(written: list[dict[str, bytes]]) -> None:
    for name in ("graph.nt", "all.nq"):
        assert b"_:" not in b"\n".join(
            line for line in written[0][name].splitlines() if not line.count(b'"')
        )
    assert b"nodeID" not in written[0]["graph.rdf"]
