"""Built workspaces whose columns are compared with their tables and with SPARQL."""

import shutil
from pathlib import Path

import pytest

from bench.generate import generate
from bench.plan import Size
from kg import resources
from kg.columns import write_columns
from kg.workspace.build import Built, build
from tests.workspaces import UNKNOWN, Workspace, minimal

TEXT = 'Said "a, b";\r\nthen\n  „no“, \\ and 🙂 = -1\tend '
"""A text with what CSV has to quote."""


def odd() -> Workspace:
    """Return a workspace of all that two engines may see with other eyes.

    Two concepts of one label, a shipped one, an own kind of setting, a setting of two kinds, ids
    that an address can't hold, one sample in two studies, evidence of every polarity that counts
    and that does not, a search, and a study of every role.
    """
    workspace = minimal()
    workspace.add("concepts", "concept-2", label="a concept")
    workspace.add("concepts", "idle", label="on which nothing bears")
    workspace.add("senses", "sense")
    workspace.add("setting-kinds", "club", label="a club", under="support group")
    workspace.add("settings", "room 1", label="Room, 1", kind="a club")
    workspace.add("settings", "placeless", label="Somewhere", kind=UNKNOWN)
    workspace.add("conditions", "narrow", label="a narrower condition", broader="condition")
    workspace.add("populations", "ill", has_condition="narrow;condition")
    workspace.study("s 1", settings="room 1", populations="ill", country="Chile, Peru")
    workspace.study("twin", shares_sample_with="s 1", country="Chile, Peru", populations="ill")
    workspace.study("empty", design="mixed methods", settings="setting")
    workspace.edit("reports", "s 1-report", year="2014")
    roles = ("awaiting decision", "screened out", "target-context evidence",
             "included by the source review")  # fmt: skip
    for number, role in enumerate(roles):
        workspace.study(f"role-{number}", role=role, names="concept")
        workspace.finding(f"role-{number}-f", study=f"role-{number}", settings="room 1;setting")
        workspace.add("constructs", f"role-{number}-c", study=f"role-{number}", concept="idle",
                      findings=f"role-{number}-f")  # fmt: skip
    workspace.finding("f 1", study="s 1", settings="room 1", statement=TEXT)
    workspace.finding("f-2", study="twin", settings="room 1;setting", applies_to="ill")
    workspace.finding("f-3", study="twin", modality="conjecture", settings="setting")
    workspace.finding("f-4", study="twin", settings="placeless")
    workspace.add("quotations", "q-2", of="f 1", exact=TEXT, report="s 1-report")
    findings = ("f 1", "f-2", "f-3", "f-4", "role-2-f", "role-3-f")
    polarities = ("supports", "refutes", "mixed", "reported absent", "no effect seen")
    for number, finding in enumerate(findings):
        for place, polarity in enumerate(polarities[number % 3 :: 2]):
            name = f"b-{number}-{place}"
            workspace.add("bearings", name, finding=finding, polarity=polarity,
                          towards=("concept", "concept-2", "precondition")[place],
                          sense="sense" if place == 0 else "")  # fmt: skip
    workspace.edit("bearings", "bearing", sense="sense")
    workspace.add("bearings", "built-on", finding="f-2", towards="concept-2", presupposes="true")
    workspace.add("bearings", "measured", finding="f-2", kind="measured association", sense="sense")
    workspace.add("bearings", "shipped", finding="f 1", towards="social-support")
    workspace.add("bearings", "late", finding="role-0-f", towards="concept-2")
    workspace.add("searches", "search", purpose="target context", for_="concept;idle",
                  target="target")  # fmt: skip
    workspace.add("studies", "bare", **{"settings": "", "country": UNKNOWN})
    workspace.more["kinds.ttl"] = (
        f"<{workspace.iri('setting')}> a <https://w3id.org/qes-kg/Household> .\n"
    )
    return workspace


@pytest.fixture(scope="session")
def places(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Folders of three workspaces: the shipped case, the odd one, and a generated one."""
    place = tmp_path_factory.mktemp("columns")
    case = resources.data_folder("collective-efficacy")
    shutil.copytree(case, place / "case", ignore=shutil.ignore_patterns(".kg"))
    odd().write(place / "odd")
    generate(place / "generated", Size(200, faults=20), 7)
    return {name: place / name for name in ("case", "odd", "generated")}


@pytest.fixture(scope="session")
def built(places: dict[str, Path]) -> dict[str, Built]:
    return {name: build(folder) for name, folder in places.items()}


@pytest.fixture(scope="session")
def columns(built: dict[str, Built], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Columns of each workspace, in one part."""
    place = tmp_path_factory.mktemp("written")
    for name, one in built.items():
        write_columns(one.store, one.review.base, place / name)
    return {name: place / name for name in built}
