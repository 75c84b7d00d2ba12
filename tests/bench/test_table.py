"""The table of what is timed: figures, and whether a goal was met."""

import pytest

from bench.table import HEAD, Goal, Line, show_line, show_markdown


@pytest.mark.parametrize(
    ("line", "missed"),
    [
        (Line("a", "s", 2.0, goal=Goal(2, "s")), False),
        (Line("a", "s", 2.1, goal=Goal(2, "s")), True),
        (Line("a", "s", 1, "peer", 20, 1 / 20, Goal(15, "faster")), False),
        (Line("a", "s", 1, "peer", 14, 1 / 14, Goal(15, "faster")), True),
        (Line("a", "s", 4, "peer", 2, 2.0, Goal(2.5, "of it")), False),
        (Line("a", "s", 6, "peer", 2, 3.0, Goal(2.5, "of it")), True),
        (Line("a", "s", 1, goal=Goal(100, "MiB"), peak=101), True),
        (Line("a", "s", 1), False),
    ],
)
def test_whether_a_goal_is_met(line: Line, missed: bool) -> None:
    assert line.find_missed() is missed
    assert any("missed" in cell for cell in line.cells()) is missed


def test_a_line_says_how_much_faster_or_slower() -> None:
    fast = Line("check", "9 rows", 0.5, "other", 10.0, 0.05, Goal(15, "faster"), 7, ended=False)
    assert fast.cells() == (
        "check", "9 rows", "0.5 s", "other", "> 10 s", "> 20 × faster", "≥ 15 × faster", "7 MiB",
    )  # fmt: skip
    slow = Line("build", "9 rows", 3.0, "other", 2.0, 1.5, Goal(2, "of it"))
    assert slow.cells()[4:] == ("2 s", "1.5 ×", "≤ 2 × of it", "")
    alone = Line("carry", "9 rows", 3.0)
    assert alone.cells() == ("carry", "9 rows", "3 s", "", "", "", "", "")
    assert show_line(alone.cells()).split() == ["carry", "9", "rows", "3", "s"]


def test_markdown_has_a_row_a_line() -> None:
    head, rule, *rows = show_markdown([Line("a", "s", 1.0)])
    assert head.count("|") == rule.count("|") == rows[0].count("|") == len(HEAD) + 1
