"""A fault is one line: where, what is wrong, what to do, what was seen, and what was meant."""

from pathlib import Path

import pytest

from tests.checks.fixture import complete
from tests.checks.judging import find_faults, read_workspace, run_engine
from tests.workspaces import Workspace

BEARING = 'bearings, row 2, column "{}": '
LINES = {
    ("bearings", "bearing", "polarity", "support"): (
        BEARING.format("polarity") + "This is not in the list. Write one of: supports; refutes; "
        'mixed; reported absent; no effect seen, in column "polarity"; it can\'t be empty. '
        'Seen: "support". Did you mean "supports"?'
    ),
    ("bearings", "bearing", "finding", "found-A"): (
        BEARING.format("finding") + "Nothing has this id. Write the id of a row of findings in "
        'column "finding", or add that row; it can\'t be empty. Seen: "found-A". Did you mean '
        '"found-a"?'
    ),
    ("bearings", "bearing", "finding", "study-a"): (
        BEARING.format("finding") + "The id belongs to row 2 of studies, which is something else. "
        'Write the id of a row of findings in column "finding", or add that row; it can\'t be '
        'empty. Seen: "study-a".'
    ),
    ("uses", "use-plain", "concept", "sense-group-belief"): (
        'uses, row 3, column "concept": The id belongs to something else, which is shipped. Write '
        'the id of a row of concepts in column "concept", or add that row; it can\'t be empty. '
        'Seen: "sense-group-belief".'
    ),
    ("bearings", "bearing", "presupposes", "flase"): (
        BEARING.format("presupposes") + "This is neither true nor false. Write true or false in "
        'column "presupposes", or leave it empty. Seen: "flase". Did you mean "false"?'
    ),
    ("bearings", "bearing", "reason", ""): (
        BEARING.format("reason") + 'The cell is empty. Write plain text in column "reason"; it '
        "can't be empty."
    ),
    ("bearings", "bearing", "reason", "not reported"): (
        BEARING.format("reason") + 'This has to be known. Write plain text in column "reason"; it '
        'can\'t be empty. Seen: "not reported".'
    ),
    ("ties", "tie", "strength", "many"): (
        'ties, row 2, column "strength": This is not a whole number. Write a whole number from 1 '
        'to 3 in column "strength". Seen: "many".'
    ),
    ("ties", "tie", "strength", "4"): (
        'ties, row 2, column "strength": The number is too big. Write a whole number from 1 to 3 '
        'in column "strength". Seen: "4".'
    ),
    ("eligibility", "judged", "reason", ""): (
        'eligibility, row 2, column "reason": "not met" and "unclear" need a reason. Write in '
        'column "reason" what decided it. Seen: "not met".'
    ),
    ("studies", "spare-study", "country", ""): (
        'studies, row 5, column "country": The cell is empty. Fill it in, or write not reported, '
        "not reported in the source seen, or not applicable."
    ),
    ("study-relations", "relation", "studies", "study-a"): (
        'study-relations, row 2, column "studies": Only one study is named. Name at least two '
        'different studies in column "studies", with ";" between them. Seen: "study-a".'
    ),
}


def lines(workspace: Workspace, folder: Path) -> list[str]:
    """Return the faults of a workspace as lines."""
    parts = read_workspace(workspace.write(folder), keep=False)
    return [str(f) for f in find_faults(parts, run_engine(parts, "shacl"))]


@pytest.mark.parametrize("edit", LINES, ids="/".join)
def test_line_says_what_where_seen_and_remedy(
    edit: tuple[str, str, str, str], tmp_path: Path
) -> None:
    table, row, column, text = edit
    workspace = complete()
    workspace.tables[table][row][column] = text
    assert lines(workspace, tmp_path) == [LINES[edit]]


def test_every_value_of_a_list_has_its_own_line(tmp_path: Path) -> None:
    workspace = complete()
    workspace.tables["uses"]["use"]["theory"] = "thoery;nobody;theory"
    found = lines(workspace, tmp_path)
    assert [line.partition("Seen: ")[2] for line in found] == [
        '"nobody".',
        '"thoery". Did you mean "theory"?',
    ]


def test_id_is_shown_as_it_was_written(tmp_path: Path) -> None:
    workspace = complete()
    workspace.tables["bearings"]["bearing"]["finding"] = "Befund ä/1"
    (line,) = lines(workspace, tmp_path)
    assert 'Seen: "Befund ä/1".' in line


def test_side_file_is_named_with_the_id(tmp_path: Path) -> None:
    workspace = complete()
    workspace.more["people.ttl"] = "<nobody> a <https://w3id.org/qes-kg/Interpreter> .\n"
    (line,) = lines(workspace, tmp_path)
    assert line.startswith('more/people.ttl, column "label": nobody: The cell is empty.')


def test_second_value_is_shown_beside_the_first(tmp_path: Path) -> None:
    workspace = complete()
    workspace.more["role.ttl"] = (
        "<study-a> <https://w3id.org/qes-kg/playsRole>"
        " <https://w3id.org/qes-kg/study-role-awaiting-decision> .\n"
    )
    (line,) = lines(workspace, tmp_path)
    assert "more than one value" in line
    assert line.endswith('Seen: "awaiting decision; demonstration corpus".')


def test_reference_into_a_table_that_nobody_needs_is_reported(tmp_path: Path) -> None:
    """The table is not missing as such, so the reference itself must be reported."""
    workspace = complete()
    del workspace.tables["elements"]
    (line,) = lines(workspace, tmp_path)
    assert line.startswith('preconditions, row 3, column "element": Nothing has this id.')
