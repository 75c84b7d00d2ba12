"""Workspaces in which everything matters, what one machine says of them, and a runner in place."""

import csv
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from bench.generate import generate
from bench.plan import Size
from kg import Workspace
from kg.cluster import pack
from kg.networks import find_co_occurrence
from kg.workspace import copy_case
from kg.workspace.network import find_personal
from tests.workspaces import Workspace as Tables
from tests.workspaces import minimal

STUDIES, FAULTS, SIZE = 210, 35, 25


class Here:
    """Runs functions on batches one by one in this process, in reverse: order must not matter."""

    def run(
        self, function: Callable[[Any, Any], Any], shared: Any, tasks: Sequence[Any], what: str
    ) -> list[Any]:
        return [function(shared, task) for task in reversed(tasks)][::-1]


@dataclass(frozen=True)
class Case:
    """A workspace, and the dataset that it was packed into."""

    workspace: Path
    dataset: Path


@pytest.fixture(scope="session")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Case:
    """Generated studies with faults, in batches of 25."""
    folder = tmp_path_factory.mktemp("generated")
    generate(folder / "w", Size(STUDIES, faults=FAULTS), 11)
    pack(folder / "w", folder / "d", SIZE)
    return Case(folder / "w", folder / "d")


@pytest.fixture(scope="session")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Case:
    folder = tmp_path_factory.mktemp("shipped")
    copy_case("collective-efficacy", folder / "w")
    pack(folder / "w", folder / "d", 4)
    return Case(folder / "w", folder / "d")


@pytest.fixture(scope="session")
def entangled(tmp_path_factory: pytest.TempPathFactory) -> Case:
    """Studies that lean on one another, and side files that say what tables can't, one a batch."""
    folder = tmp_path_factory.mktemp("entangled")
    write_entangled(entangle(), folder / "w")
    pack(folder / "w", folder / "d", 1)
    return Case(folder / "w", folder / "d")


@pytest.fixture(scope="session")
def damaged(tmp_path_factory: pytest.TempPathFactory) -> Case:
    """The same with an id that is there twice: nobody knows what those rows name."""
    folder = tmp_path_factory.mktemp("damaged")
    workspace = entangle()
    workspace.add("populations", "setting-2", label="again")
    write_entangled(workspace, folder / "w")
    pack(folder / "w", folder / "d", 1)
    return Case(folder / "w", folder / "d")


def entangle() -> Tables:
    w = minimal()
    for number in range(2, 7):
        w.add("settings", f"setting-{number}", kind="a kind")
        w.add("populations", f"population-{number}", **{"has condition": "condition"})
        w.add("studies", f"study-{number}", populations=f"population-{number}")
        w.add("findings", f"finding-{number}", study=f"study-{number}",
              settings=f"setting-{number}")  # fmt: skip
        w.add("bearings", f"bearing-{number}", finding=f"finding-{number}",
              polarity="refutes" if number == 4 else "supports")  # fmt: skip
    w.add("setting-kinds", "own-kind", under="community")
    # One sample over three studies, none of which names all others.
    w.edit("studies", "study-3", **{"shares sample with": "study-2"})
    w.edit("studies", "study-4", **{"shares sample with": "study-3"})
    # One judgement adjudicates another; a note hangs on that.
    w.add("people", "other")
    w.add("bearings", "dissenting", finding="finding-5", interpreter="other", polarity="refutes")
    w.add("people", "third")
    w.add("bearings", "deciding", finding="finding-5", adjudicates="bearing-5;dissenting",
          adjudication_reason="Both were heard.", interpreter="third")  # fmt: skip
    w.add("memos", "note", about="dissenting")
    # Faults: a cell, a reference to nothing, a chain below a fault; they name another concept.
    w.add("concepts", "near")
    w.edit("findings", "finding-6", modality="certain")
    w.edit("bearings", "bearing-6", towards="near")
    w.add("bearings", "dangling", finding="finding-66", towards="near")
    return w


def write_entangled(workspace: Tables, folder: Path) -> None:
    workspace.write(folder)
    (folder / "more").mkdir()
    (folder / "more" / "side.ttl").write_text(
        """@prefix : <https://example.org/review/> . @prefix qes: <https://w3id.org/qes-kg/> .
        @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
        @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
        :claimed a qes:Transfer ; qes:hasModality qes:modality-asserted ; rdfs:label "claimed" .
        :study-4 a qes:PreconditionState .
        :near skos:related <https://w3id.org/collective-efficacy/collective-efficacy> .
        :level qes:hasConfidenceLevel qes:confidence-level-high .
        :study-6 qes:sharesSampleWith :study-5 .
        """,
        encoding="utf-8",
    )


@dataclass(frozen=True)
class Alone:
    """What one machine says of a workspace."""

    faults: list[Any]
    left_out: list[Any]
    transfers: list[Any]
    removals: list[Any]
    measures: dict[str, list[tuple[str, ...]]]
    personal: Any


def ask_alone(folder: Path) -> Alone:
    workspace = Workspace(folder)
    built = workspace.built
    pairs = find_co_occurrence(built.store).edges()
    return Alone(
        list(built.faults),
        list(built.left_out),
        [t.as_dict() for t in workspace.carry()],
        [r.as_dict() for r in workspace.robustness()],
        {
            "gaps": list(workspace.gaps().rows),
            "facets": list(workspace.facets().rows),
            "reliance": list(workspace.reliance().rows),
            "co-occurrence": [
                (e.source, e.target, str(e.data["weight"]), str(e.data["through"])) for e in pairs
            ],
        },
        find_personal(built),
    )


@pytest.fixture(scope="session")
def alone(generated: Case) -> Alone:
    return ask_alone(generated.workspace)


def read_planted(folder: Path) -> list[tuple[str, ...]]:
    with (folder / "planted-faults.csv").open(encoding="utf-8", newline="") as file:
        return [tuple(row) for row in list(csv.reader(file))[1:]]
