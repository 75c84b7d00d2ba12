"""Every check query, violated once: by a side file where one can, else by a planted triple.

What only a broken carry could write is planted in the carried graph of a store that was built.
"""

from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad, Store

from kg.checks import Locator, check_store, describe_violations
from kg.errors import Fault
from kg.query import list_queries
from kg.schema import load_schema
from kg.workspace.build import build
from tests.checks.conftest import Tally
from tests.checks.fixture import complete
from tests.checks.judging import Place, place, read_workspace

QES = "https://w3id.org/qes-kg/"
SKOS = "http://www.w3.org/2004/02/skos/core#"
SIDE = "more/mutant.ttl"

# query → line of a side file, and all that must be reported.
FILES: dict[str, tuple[str, set[Place]]] = {
    "carried-stays-apart": (
        f"<claim> a <{QES}Transfer> .",
        {(SIDE, 0, "type", "carried-stays-apart", "error")},
    ),
    "level-without-finding": (
        f"<study-a> <{QES}hasConfidenceLevel> <{QES}confidence-level-high-confidence> .",
        {("studies", 2, "hasConfidenceLevel", "level-without-finding", "error")},
    ),
    "senses-apart": (
        f"<sense> <{SKOS}closeMatch> <sense-2> .",
        {
            ("senses", row, "closeMatch", "senses-apart", "error")
            for row in (2, 3)
        },
    ),
}  # fmt: skip

# query → property and value of a transfer that nothing may carry; the column of the fault.
PLANTED: dict[str, tuple[str, str]] = {
    "modality-of-carried": ("hasModality", QES + "modality-asserted"),
    "presupposing-supports": ("hasTargetEvidenceFor", "bearing-built"),
    "screened-out-counted": ("hasSourceEvidenceFor", "bearing-out"),
}


def test_every_query_has_a_case() -> None:
    names = {query.name for query in list_queries("check")}
    assert names == set(FILES) | set(PLANTED)
    assert len(names) == 6


@pytest.mark.parametrize("engine", ["shacl", "pyshacl"])
@pytest.mark.parametrize("name", FILES)
def test_side_file_is_reported(name: str, engine: str, tmp_path: Path, tally: Tally) -> None:
    workspace = complete()
    line, places = FILES[name]
    workspace.more["mutant.ttl"] = line + "\n"
    tally.add("tried", f"check queries {name}")
    built = build(workspace.write(tmp_path), engine=engine)
    assert built.engine == engine
    assert {place(f) for f in built.faults} == places
    assert all(f.value and f.message.endswith(".") for f in built.faults)
    tally.add(engine, f"check queries {name}")


def plant(folder: Path, name: str, value: str) -> list[Fault]:
    """Return the faults of a built workspace in which a transfer says what it may not."""
    workspace = complete()
    bearing = workspace.tables["bearings"]["bearing"]
    workspace.tables["bearings"]["bearing-built"] = {**bearing, "presupposes": "true"}
    workspace.tables["studies"]["study-out"]["role"] = "awaiting decision"
    workspace.tables["bearings"]["bearing-out"] = {**bearing, "finding": "found-out"}
    built = build(workspace.write(folder))
    assert not built.faults
    store = Store()
    store.extend(built.store)
    kind = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
    graph = NamedNode(workspace.iri("target/carried"))
    transfer = NamedNode(workspace.iri("planted"))
    term = NamedNode(value if value.startswith(QES) else workspace.iri(value))
    store.add(Quad(transfer, kind, NamedNode(QES + "Transfer"), graph))
    store.add(Quad(transfer, NamedNode(QES + name), term, graph))
    store.add(Quad(transfer, NamedNode(QES + "sentence"), Literal("So it is."), graph))
    found = check_store(store)
    return describe_violations(found, Locator(read_workspace(folder), load_schema()))


@pytest.mark.parametrize("name", PLANTED)
def test_planted_triple_is_reported(name: str, tmp_path: Path, tally: Tally) -> None:
    path, value = PLANTED[name]
    tally.add("tried", f"check queries {name}")
    faults = plant(tmp_path, path, value)
    assert [place(f) for f in faults] == [("planted", 0, path, name, "error")]
    assert faults[0].message.startswith("planted: ")
    # These queries see the finished store, whichever engine judged the rows.
    tally.add("shacl", f"check queries {name}")
    tally.add("pyshacl", f"check queries {name}")
