"""Counts what was broken and what was caught, and prints both below pytest's own summary."""

from collections import defaultdict

import pytest

_KEY = pytest.StashKey["Tally"]()


class Tally:
    """Names of cases that were tried, and of those that were caught, by engine."""

    def __init__(self) -> None:
        """Start with nothing."""
        self.names: defaultdict[str, set[str]] = defaultdict(set)

    def add(self, kind: str, name: str) -> None:
        """Note a case: "tried", or the engine that caught it."""
        self.names[kind].add(name)

    def caught(self) -> set[str]:
        """Return the cases that both engines caught."""
        return self.names["shacl"] & self.names["pyshacl"]


@pytest.fixture(scope="session")
def tally(pytestconfig: pytest.Config) -> Tally:
    """Return the one tally of this run."""
    return pytestconfig.stash.setdefault(_KEY, Tally())


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    """Print the numbers, if the constraints were broken in this run."""
    from tests.checks.cases import RULES
    from tests.checks.constraints import list_constraints

    tally = config.stash.get(_KEY, None)
    if tally is None:
        return
    known = {
        "constraints": {str(c) for c in list_constraints()},
        "cases of rules": {str(rule) for rule in RULES},
    }
    for kind in ("check queries", "faults of files and rows"):
        known[kind] = {n for n in tally.names["tried"] if n.startswith(kind)}
    terminalreporter.section("fault coverage")
    for kind, names in known.items():
        tried, caught = names & tally.names["tried"], names & tally.caught()
        terminalreporter.write_line(
            f"{kind} {len(names)} / mutated {len(tried)} / caught {len(caught)}"
        )
