"""``kg init``: a workspace on any topic, in which nobody has to touch Turtle."""

import csv
import io
import os
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest

from kg.errors import CannotWrite, UnknownName, UsageError
from kg.schema import load_schema
from kg.sources import Draft, read_review
from kg.workspace.build import Built, build
from kg.workspace.find import find_transfers
from kg.workspace.start import make_workspace
from kg.workspace.welcome import write_review
from tests.cli.run import call, without_privileges
from tests.workspaces import minimal

TABLES = load_schema().tables


def read_csv(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def draft(folder: Path) -> Draft:
    return Draft(folder, read_review(folder), load_schema())


def files(folder: Path) -> set[str]:
    return {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}


# What is made


def test_empty_tables_with_headers_and_a_workbook_beside(tmp_path: Path) -> None:
    folder = make_workspace(tmp_path / "a" / "My review")
    others = {"review.yaml", "README.md", ".gitignore", "texts/.gitkeep"}
    tables = {f"tables/{name}.csv" for name in TABLES}
    assert files(folder) == others | tables | {"workbook.xlsx"}
    for name, table in TABLES.items():
        assert read_csv(folder / "tables" / f"{name}.csv") == [list(table.header)]
    assert (folder / ".gitignore").read_text() == ".kg/\n~$*\n"


def test_xlsx_makes_the_tables_one_workbook(tmp_path: Path) -> None:
    folder = make_workspace(tmp_path / "new", xlsx=True)
    others = {"review.yaml", "README.md", ".gitignore", "texts/.gitkeep"}
    assert files(folder) == others | {"tables/workbook.xlsx"}
    assert "tables/workbook.xlsx" in (folder / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("xlsx", [False, True])
@pytest.mark.parametrize("template", ["", "collective-efficacy"])
def test_new_workspace_has_no_faults(template: str, xlsx: bool, tmp_path: Path) -> None:
    folder = make_workspace(tmp_path / "new", template=template, xlsx=xlsx)
    built = build(folder)
    assert built.faults == () and built.left_out == ()
    assert len(built.rows) == (40 if template else 0)
    assert [t.id for t in find_transfers(built) if t.carried] == []


def test_every_sheet_has_an_example_but_that_of_components(tmp_path: Path) -> None:
    """Components are entered in the columns of the confidence table."""
    folder = make_workspace(tmp_path / "new")
    book = openpyxl.load_workbook(folder / "workbook.xlsx")
    with_example = {s.title for s in book if str(s["A2"].value).startswith("example: ")}
    assert with_example == set(TABLES) - {"components"}


def test_examples_fit_their_tables(tmp_path: Path) -> None:
    folder = make_workspace(tmp_path / "new")
    book = openpyxl.load_workbook(folder / "workbook.xlsx")
    checked = 0
    for name, table in TABLES.items():
        cells = dict(zip(table.header, (c.value for c in book[name][2]), strict=True))
        for column in table.columns:
            text = cells[column.name]
            if text and column.choices and not column.separator:
                assert text.lower() in column.choices, (name, column.name)
                checked += 1
            assert text or not column.required or name == "components", (name, column.name)
    assert checked > 25


def test_guide_names_tables_and_commands_that_there_are(tmp_path: Path) -> None:
    folder = make_workspace(tmp_path / "new", template="collective-efficacy")
    text = (folder / "README.md").read_text(encoding="utf-8")
    assert max(map(len, text.splitlines())) <= 100
    assert "`collective-efficacy`" in text and "30 in `conditions`" in text
    plain = make_workspace(tmp_path / "other") / "README.md"
    assert "What is there already" not in plain.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "title", "base"),
    [
        ("My review", "My review", "my-review"),
        ("Über uns!", "Über uns!", "uber-uns"),
        ('a "b": #c', 'a "b": #c', "a-b-c"),
        ("日本", "日本", "review"),
        ("-", "-", "review"),
    ],
)
def test_folder_gives_title_and_base(name: str, title: str, base: str, tmp_path: Path) -> None:
    (tmp_path / "review.yaml").write_text(write_review(tmp_path / name), encoding="utf-8")
    review = read_review(tmp_path)
    assert (review.title, review.base) == (title, f"https://example.org/{base}/")
    assert (review.language, review.texts) == ("en", "texts")


def test_folder_in_which_one_is_gives_the_title_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    make_workspace(Path("."), xlsx=True)
    assert read_review(tmp_path).title == tmp_path.name


def test_same_bytes_twice(tmp_path: Path) -> None:
    made = [make_workspace(tmp_path / place / "new") for place in ("a", "b")]
    assert files(made[0]) == files(made[1])
    for name in files(made[0]):
        assert (made[0] / name).read_bytes() == (made[1] / name).read_bytes(), name


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("x")
    with pytest.raises(UsageError, match=r"is not empty\. Name a new folder"):
        make_workspace(tmp_path)
    with pytest.raises(UsageError, match=r"is a file\. Name a new folder"):
        make_workspace(tmp_path / "mine")
    assert files(tmp_path) == {"mine"}


def test_unknown_template_makes_nothing(tmp_path: Path) -> None:
    with pytest.raises(UnknownName, match='Did you mean "collective-efficacy"'):
        make_workspace(tmp_path / "new", template="collective efficacy")
    assert not (tmp_path / "new").exists()


def test_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "there").write_text("")
    with pytest.raises(CannotWrite, match="Name a folder that you may write to"):
        make_workspace(tmp_path / "there" / "new")


def test_read_only_folder_is_one_sentence(tmp_path: Path) -> None:
    folder = tmp_path / "locked"
    folder.mkdir()
    script = "from pathlib import Path; from kg.workspace.start import make_workspace as m; " \
             "m(Path('new'))"  # fmt: skip
    with without_privileges(folder) as options:
        done = subprocess.run([sys.executable, "-c", script], cwd=folder, capture_output=True,
                              text=True, check=False, env={**os.environ, "PYTHONPATH": ROOT},
                              **options)  # fmt: skip
    assert done.returncode == 1 and "CannotWrite" in done.stderr.splitlines()[-1]


ROOT = str(Path(__file__).resolve().parents[2])


# The template: what a case knows apart from its evidence


def test_template_holds_no_evidence_and_refers_to_nothing_missing(tmp_path: Path) -> None:
    folder = make_workspace(tmp_path / "new", template="collective-efficacy")
    rows = {name: list(draft(folder).rows(name).values()) for name in TABLES}
    assert {name: len(found) for name, found in rows.items() if found} == {
        "conditions": 30, "populations": 2, "settings": 2, "targets": 2, "theories": 4,
    }  # fmt: skip
    known = {row["id"] for found in rows.values() for row in found} | set(load_schema().individuals)
    named = [
        part.strip()
        for name, found in rows.items()
        for row in found
        for column in TABLES[name].columns
        if column.refers_to and row.get(column.name)
        for part in row[column.name].split(column.separator or "\0")
    ]
    assert len(named) > 20 and set(named) <= known
    assert {row["asks about"] for row in rows["targets"]} == {"collective-efficacy"}


# The command


def test_command_asks_nothing_and_says_what_next(tmp_path: Path) -> None:
    done = call(".", "init", tmp_path / "new", "--xlsx")
    assert done.exit_code == 0 and done.stdout == ""
    assert "README.md, then type kg -C" in done.stderr
    assert "tables/workbook.xlsx" in files(tmp_path / "new")


def test_command_copies_a_case_as_it_is(tmp_path: Path) -> None:
    done = call(".", "init", tmp_path / "new", "--case", "collective-efficacy")
    assert done.exit_code == 0 and (tmp_path / "new/tables/findings.csv").is_file()
    for option in (["--xlsx"], ["--template", "collective-efficacy"]):
        done = call(".", "init", tmp_path / "other", "--case", "collective-efficacy", *option)
        assert isinstance(done.exception, UsageError) and not (tmp_path / "other").exists()


def test_command_makes_a_copy_for_one_person(tmp_path: Path) -> None:
    """Of two bearings only that of the person is in the copy, and what is not is said."""
    workspace = minimal()
    workspace.add("people", "other", name="somebody else")
    workspace.add("bearings", "theirs", interpreter="other", polarity="refutes")
    ours = workspace.write(tmp_path / "ours")
    done = call(ours, "init", tmp_path / "copy", "--for", "coder")
    assert done.exit_code == 0 and "left out of bearings: 1 rows" in done.stderr
    assert [row[0] for row in read_csv(tmp_path / "copy/tables/bearings.csv")] == ["id", "bearing"]
    done = call(".", "init", tmp_path / "new", "--for", "coder", "--xlsx")
    assert isinstance(done.exception, UsageError) and not (tmp_path / "new").exists()


def test_help_loads_nothing_heavy() -> None:
    script = (
        "import sys; from kg.cli.init import command; "
        "print(sorted({'openpyxl', 'pyoxigraph', 'rdflib', 'polars', 'jinja2'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, check=True, capture_output=True, text=True
    )
    assert done.stdout.strip() == "[]"


# Another topic from rows alone, its statuses worked out by hand

BELONGING = """\
people: id,name | me,me
reviews: id,title,kind,question | r,Belonging at school,this synthesis,Where do pupils belong?
concepts: id,label,definition | belonging,belonging,The feeling of being a part of a group.
senses: id,concept,label,gloss | by-place,belonging,belonging to a place,Being at home somewhere. \
| by-people,belonging,belonging to people,Being missed by somebody.
conditions: id,label,broader | learning-difficulty,learning difficulty, \
| dyslexia,dyslexia,learning-difficulty
setting-kinds: id,label,definition,under | school,school,Pupils are taught there.,organisation \
| boarding,boarding school,A school in which pupils live.,school
populations: id,label,has condition | pupils,pupils with dyslexia,dyslexia \
| all-pupils,pupils with a learning difficulty,learning-difficulty
settings: id,label,kind | st-anne,a boarding school by the sea,Boarding School \
| street,a street,neighbourhood | any-school,a school (exemplar),school
reports: id,title,kind,authors,author list,year,read \
| p1,At home away from home,journal article,not reported,not seen,2020,full text \
| p2,Our street,journal article,not reported,not seen,2021,full text
studies: id,label,reports,role,found for,design,method,sample,country,settings,populations,funding \
| s1,Study 1,p1,demonstration corpus,source settings,qualitative,interviews,9,not reported,\
st-anne,pupils,not reported \
| s2,Study 2,p2,demonstration corpus,source settings,qualitative,interviews,7,not reported,\
street,pupils,not reported
findings: id,study,statement,wording,settings,modality,paraphrase only \
| f1,s1,The house was home.,paraphrase,st-anne,asserted,true \
| f2,s2,Neighbours ask after one another.,paraphrase,street,asserted,true
bearings: id,finding,towards,sense,polarity,kind,reason,interpreter \
| b1,f1,belonging,by-place,supports,interpretive qualitative,It says so.,me \
| b2,f2,belonging,by-people,supports,interpretive qualitative,It says so.,me
targets: id,label,setting,population,asks about \
| schools,schools for pupils with a learning difficulty,any-school,all-pupils,belonging
"""


def fill(folder: Path, text: str) -> None:
    """Add rows through a draft: a line is a table, its header, and its rows."""
    found = draft(folder)
    for line in text.splitlines():
        table, _, rest = line.partition(": ")
        header, *rows = (part.strip() for part in rest.split(" | "))
        for row in rows:
            (cells,) = csv.reader(io.StringIO(row))
            found.add(table, dict(zip(header.split(","), cells, strict=True)))
    found.write()


def statuses(built: Built) -> dict[str, tuple[str, str, set[str]]]:
    return {t.id: (t.status, t.scope, set(t.parts)) for t in find_transfers(built)}


@pytest.mark.parametrize("xlsx", [False, True], ids=["csv", "xlsx"])
def test_another_topic_is_carried_from_rows_alone(xlsx: bool, tmp_path: Path) -> None:
    """Place: seen in a kind of school, with a condition under the target's, so in a part of it.

    People: seen in a street only, with such a condition: a study elsewhere, so proposed.
    """
    folder = make_workspace(tmp_path / "new", xlsx=xlsx)
    fill(folder, BELONGING)
    built = build(folder)
    assert built.faults == ()
    assert statuses(built) == {
        "belonging--by-place--schools": (
            "observed in target", "part of the target", {"dyslexia", "boarding school"},
        ),
        "belonging--by-people--schools": ("proposed", "", set()),
    }  # fmt: skip
    by_people = next(t for t in find_transfers(built) if t.sense == "by-people")
    assert by_people.source == {"studies": 1, "review_statements": 0}
    assert not (folder / "more").exists()
