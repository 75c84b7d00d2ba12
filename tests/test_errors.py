"""The error tree, and how messages are written."""

import ast
import inspect

import pytest

from kg import errors
from kg.errors import Fault, KgError, UnknownName, nearest, shorten

CLASSES = [c for _, c in inspect.getmembers(errors, inspect.isclass) if issubclass(c, KgError)]


def test_the_tree_at_the_top_of_the_file_is_the_tree() -> None:
    drawn = ast.get_docstring(ast.parse(inspect.getsource(errors))) or ""
    lines = {line.strip("├└─│ ").split()[0]: line for line in drawn.splitlines() if line.strip()}
    assert {c.__name__ for c in CLASSES} <= lines.keys()
    below = [c for c in CLASSES if c.__base__ is errors.UsageError]
    assert all(lines[c.__name__].endswith(c.code) and "│   " in lines[c.__name__] for c in below)
    assert len(CLASSES) == 8


def test_codes_are_unique_and_exit_codes_are_those_of_the_design() -> None:
    assert len({c.code for c in CLASSES}) == len(CLASSES)
    assert {c.__name__: c.exit_code for c in CLASSES} == {
        "KgError": 3, "UsageError": 2, "NoWorkspace": 2, "UnknownName": 2, "CannotWrite": 2,
        "BadQuery": 2, "DataFaults": 1, "MachineryError": 3,
    }  # fmt: skip


def test_a_fault_is_one_line_that_says_what_where_what_was_seen_and_what_to_do() -> None:
    fault = Fault("bearings", 14, "polarity", "r", "error", "two\nlines", "Write one.", "supports")
    assert str(fault) == (
        'bearings, row 14, column "polarity": Write one. Seen: "two lines". '
        'Did you mean "supports"?'
    )
    warning = Fault("tables/a.csv", 0, "", "r", "warning", "", "Look.")
    assert str(warning) == "tables/a.csv: warning: Look."


@pytest.mark.parametrize(
    ("kind", "name", "known", "hint"),
    [
        ("table", "bearing", ["bearings", "people"], 'Did you mean "bearings"?'),
        ("table", "BEARINGS", ["bearings"], 'Did you mean "bearings"?'),
        ("table", "xyz", ["bearings"], "`kg schema` lists the tables."),
        ("target", "xyz", ["b", "a", "a"], "Known: a, b."),
        ("target", "xyz", [], "None is known."),
    ],
)
def test_an_unknown_name_says_what_comes_next(
    kind: str, name: str, known: list[str], hint: str
) -> None:
    assert str(UnknownName(kind, name, known)) == f'There is no {kind} called "{name}". {hint}'


def test_the_nearest_name_does_not_depend_on_the_order() -> None:
    assert nearest("concpt", ["concept", "concepts"]) == nearest("concpt", ["concepts", "concept"])
    assert nearest("", ["a"]) == "" == nearest("a", [])


def test_long_texts_are_cut_in_the_middle() -> None:
    text = "begin " + "x" * 500 + " end"
    assert len(shorten(text)) <= 200
    assert shorten(text).startswith("begin") and shorten(text).endswith("end")
