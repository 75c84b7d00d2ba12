"""The house is in order: one version, pinned and hashed packages, true layers, no traces."""

import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import version as installed_version
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from tests.areas import find_area, sum_minutes

ROOT = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
PINNED = re.compile(
    r"(?P<name>[a-z0-9-]+)==(?P<version>\S+)(?P<hashes>( --hash=sha256:[0-9a-f]{64})+)"
)

# What a machine, and not the project, would write into a file.
TRACES = {
    "a path of one machine": re.compile(r"(?<![\w.:/~-])/(?:home|root|tmp|work|Users)/\w"),
    "a package registry": re.compile(r"pypi\.org|pythonhosted\.org|deb\.debian\.org|npmjs\."),
    "an index option": re.compile(r"^--(?:extra-)?index-url|^--find-links|^--trusted-host", re.M),
}


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def read_pins() -> Iterator[str]:
    """One string per pinned package: the name, the version, the hashes."""
    joined = re.sub(r" *\\\n *", " ", read("constraints.txt"))
    for line in joined.splitlines():
        if line and not line.startswith(("#", "--only-binary ", "--no-binary ")):
            yield line


def find_version(name: str, pattern: str) -> str:
    found = re.search(pattern, read(name), re.M)
    assert found, f"{name} names no version"
    return found[1]


def list_project_files() -> list[Path]:
    """What git tracks or would track."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    return [path for name in listed.split("\0") if name and (path := ROOT / name).is_file()]


@pytest.mark.parametrize(
    ("name", "pattern"),
    [
        ("CHANGELOG.md", r"^## \[(\d[^\]]*)\]"),
        ("CITATION.cff", r"^version: (\S+)$"),
        ("ontology/core-header.ttl", r'owl:versionInfo\s+"([^"]+)"'),
    ],
)
def test_version_is_the_same_everywhere(name: str, pattern: str) -> None:
    assert find_version(name, pattern) == PROJECT["version"]


def test_package_says_the_installed_version() -> None:
    import kg

    assert kg.__version__ == installed_version(PROJECT["name"]) == PROJECT["version"]


def test_release_date_is_the_same_in_changelog_and_citation() -> None:
    citation = yaml.safe_load(read("CITATION.cff"))
    date = find_version("CHANGELOG.md", r"^## \[\d[^\]]*\] (\d{4}-\d\d-\d\d)$")
    assert citation["date-released"].isoformat() == date


def test_citation_has_what_the_format_requires() -> None:
    citation = yaml.safe_load(read("CITATION.cff"))
    assert {"cff-version", "message", "title", "authors"} <= citation.keys()
    assert citation["cff-version"] == "1.2.0"
    assert citation["authors"] == PROJECT["authors"]
    assert [reference["doi"] for reference in citation["references"]] == ["10.1111/hsc.12779"]


def test_every_package_is_pinned_and_hashed() -> None:
    pins = list(read_pins())
    assert len(pins) > 40
    assert [pin for pin in pins if not PINNED.fullmatch(pin)] == []


def test_every_direct_requirement_is_pinned_within_its_bounds() -> None:
    pins = {m["name"]: Version(m["version"]) for pin in read_pins() if (m := PINNED.fullmatch(pin))}
    build = tomllib.loads(read("pyproject.toml"))["build-system"]["requires"]
    wanted = PROJECT["dependencies"] + PROJECT["optional-dependencies"]["dev"] + build
    for requirement in map(Requirement, wanted):
        assert pins[canonicalize_name(requirement.name)] in requirement.specifier, requirement


def test_the_running_environment_is_the_pinned_one() -> None:
    pins = [m for pin in read_pins() if (m := PINNED.fullmatch(pin))]
    differing = [m["name"] for m in pins if installed_version(m["name"]) != m["version"]]
    assert differing == []


def test_no_file_names_a_machine_or_a_registry() -> None:
    files = [path for path in list_project_files() if path != Path(__file__).resolve()]
    assert ROOT / "constraints.txt" in files
    seen = []
    for path in files:
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue  # a binary file, or a table written in another encoding on purpose
        seen += [
            f"{path.relative_to(ROOT)} names {what}: {found[0]!r}"
            for what, pattern in TRACES.items()
            if (found := pattern.search(text))
        ]
    assert seen == []


def test_continuous_integration_runs_make_test() -> None:
    script = ROOT / ".ci/run"
    lines = script.read_text(encoding="utf-8").splitlines()
    assert lines[0] == "#!/usr/bin/env bash"
    assert "set -eu" in lines
    assert "make test" in lines
    assert os.access(script, os.X_OK)


def test_make_test_runs_the_checks_and_the_tests() -> None:
    printed = subprocess.run(
        ["make", "--dry-run", "--always-make", "test"],
        cwd=ROOT,
        env=os.environ | {"MAKEFLAGS": "", "MAKELEVEL": ""},
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    for command in ("ruff check", "ruff format", "mypy", "lint-imports", "pytest"):
        assert f".venv/bin/{command}" in printed or f"-m {command}" in printed, command


def test_layers_hold() -> None:
    linter = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run(
        [linter, "--no-logo", "--no-cache"], cwd=ROOT, check=False, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("nodeid", "area"),
    [
        ("tests/test_house.py::test_layers_hold", "house"),
        ("tests/queries/test_carry.py::test_x[a/b]", "queries"),
        ("tests/ontology/shapes/test_findings.py::TestRow::test_x", "ontology"),
    ],
)
def test_area_of_a_test(nodeid: str, area: str) -> None:
    assert find_area(nodeid) == area


def test_minutes_are_summed_per_area_longest_first() -> None:
    spent = [
        ("tests/test_a.py::x", 30.0),
        ("tests/b/test_c.py::x", 90.0),
        ("tests/test_a.py::y", 30.0),
    ]
    assert sum_minutes(spent) == [("b", 1.5), ("a", 1.0)]
