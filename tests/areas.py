"""A pytest plug-in that prints how many minutes each area of the tests took.

An area is a folder under tests/, or a test file that lies there by itself. Loaded with
``-p tests.areas``.
"""

from collections import defaultdict
from collections.abc import Iterable
from pathlib import PurePosixPath

import pytest


def find_area(nodeid: str) -> str:
    """Return the area of a test: ``tests/queries/test_carry.py::test_x`` is in ``queries``."""
    inside = PurePosixPath(nodeid.split("::")[0].removeprefix("tests/"))
    return inside.parts[0].removesuffix(".py").removeprefix("test_")


def sum_minutes(durations: Iterable[tuple[str, float]]) -> list[tuple[str, float]]:
    """Return (area, minutes) for (node id, seconds), the longest first."""
    seconds: defaultdict[str, float] = defaultdict(float)
    for nodeid, duration in durations:
        seconds[find_area(nodeid)] += duration
    return sorted(
        ((area, spent / 60) for area, spent in seconds.items()), key=lambda row: (-row[1], row[0])
    )


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the table below pytest's own summary."""
    reports = [
        report
        for kind in terminalreporter.stats.values()
        for report in kind
        if isinstance(report, pytest.TestReport)
    ]
    # Set-up and tear-down reports that passed are filed under the empty kind: they count too.
    terminalreporter.section("minutes per area")
    for area, minutes in sum_minutes((report.nodeid, report.duration) for report in reports):
        terminalreporter.write_line(f"{minutes:7.2f}  {area}")
