"""Every command: its exit code, what goes to stdout and what to stderr."""

import csv
import io
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pyshacl
import pytest
import rdflib
from rdflib.namespace import RDF, SH

from kg.cli.later import Later
from kg.cli.main import cli
from tests.cli.run import Run, kg
from tests.workspaces import minimal

Call = Callable[..., Run]
KG = rdflib.Namespace("https://w3id.org/qes-kg/schema/")


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small workspace without faults, built; tests only read it."""
    folder = minimal().write(tmp_path_factory.mktemp("sound") / "ws")
    assert kg("-C", folder, "build").code == 0
    return folder


@pytest.fixture(scope="module")
def faulty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small workspace with an error and a warning, built; tests only read it."""
    workspace = minimal()
    workspace.edit("bearings", "bearing", polarity='suport "s"', reason="naïve 🙂")
    folder = workspace.write(tmp_path_factory.mktemp("faulty") / "ws")
    people = folder / "tables" / "people.csv"
    people.write_bytes(people.read_bytes().replace(b"coder,coder", b"coder,M\xfcller"))
    assert kg("-C", folder, "build").code == 1
    return folder


COMMANDS: dict[str, tuple[str, ...]] = {
    "check": ("check",),
    "build": ("build",),
    "query list": ("query",),
    "query text": ("query", "SELECT ?s { ?s a <https://w3id.org/qes-kg/Study> }"),
    "query shipped": ("query", "settings-studied"),
    "carry": ("carry",),
    "carry all": ("carry", "--all"),
    "carry to": ("carry", "--to", "target"),
    "why": ("why", "bearing"),
    "why transfer": ("why", "concept--target", "--full"),
    "why-not": ("why-not", "concept", "--to", "target"),
    "robustness": ("robustness",),
    "gaps": ("gaps",),
    "schema": ("schema",),
    "schema table": ("schema", "bearings"),
    "help": ("--help",),
    "help of a command": ("why", "-h"),
    "version": ("--version",),
}


@pytest.mark.parametrize("args", COMMANDS.values(), ids=COMMANDS)
def test_a_command_on_sound_data_ends_with_0(
    args: tuple[str, ...], call: Call, sound: Path
) -> None:
    done = call("-C", sound, *args)
    assert done.code == 0
    assert bool(done.out) is (args not in (("check",), ("build",)))
    quiet = call("-C", sound, "--quiet", *args)
    assert quiet == (0, done.out, "")


@pytest.mark.parametrize("args", COMMANDS.values(), ids=COMMANDS)
def test_a_command_on_faulty_data_ends_with_1_where_it_reads_data(
    args: tuple[str, ...], call: Call, faulty: Path
) -> None:
    done = call("-C", faulty, *args)
    reads = args[0] in ("check", "build", "carry", "why", "robustness", "gaps") or len(args) == 2
    reads = reads and args[0] not in ("schema",) and "-h" not in args
    if args[:2] == ("why", "bearing"):
        assert done.code == 2  # it is left out, so there is nothing of this id
    else:
        assert done.code == (1 if reads else 0)


def test_words_go_to_stderr_and_data_to_stdout(call: Call, sound: Path) -> None:
    assert call("-C", sound, "check") == (0, "", "0 faults, 0 warnings (16 rows checked)\n")
    done = call("-C", sound, "carry")
    assert done.out.startswith("concept--target\n  status         proposed\n")
    assert done.err == ""


def test_the_first_reading_verb_builds_and_says_so_in_one_line(call: Call, tmp_path: Path) -> None:
    folder = minimal().write(tmp_path)
    assert call("-C", folder, "carry").err == "built: 12 changed files read\n"
    assert call("-C", folder, "carry").err == ""
    (folder / "tables" / "memos.csv").write_text("id,about,text,by\n")
    assert call("-C", folder, "carry").err == "built: 1 changed file read\n"
    (folder / "tables" / "memos.csv").unlink()
    assert call("-C", folder, "carry").err == "built: 0 changed files read\n"


def test_carry_on_a_warm_cache_prints_the_same_twice(sound: Path) -> None:
    """Also under another hash order, time zone and locale."""
    one = kg("-C", sound, "carry", "--format", "json", env=os.environ | {"PYTHONHASHSEED": "1"})
    other = kg(
        "-C", sound, "carry", "--format", "json",
        env=os.environ | {"PYTHONHASHSEED": "2", "LC_ALL": "C", "TZ": "Asia/Tokyo"},
    )  # fmt: skip
    assert one == other == (0, one.out, "")
    assert [t["status"] for t in json.loads(one.out)] == ["proposed"]


def test_carry_lists_left_out_rows_and_ends_with_1(call: Call, faulty: Path) -> None:
    done = call("-C", faulty, "carry")
    assert (done.code, done.err) == (
        1,
        "1 error in the data: left out are bearings row 2. `kg check` says why.\n",
    )
    assert "undetermined" in done.out
    (claim,) = json.loads(call("-C", faulty, "carry", "--format", "json").out)
    assert (claim["status"], claim["left_out"]) == ("undetermined", ["bearings row 2"])


def test_a_table_of_which_no_row_can_be_read_is_left_out_as_a_whole(
    call: Call, tmp_path: Path
) -> None:
    folder = minimal().write(tmp_path)
    (folder / "tables" / "memos.csv").write_text("")
    done = call("-C", folder, "--quiet", "carry")
    assert (done.code, done.err) == (1, "")
    assert "left out are all of memos." in call("-C", folder, "carry").err


def test_many_left_out_rows_are_not_all_named(call: Call, tmp_path: Path) -> None:
    workspace = minimal()
    for number in range(30):
        workspace.add("memos", f"m{number}", by="nobody")
    done = call("-C", workspace.write(tmp_path), "carry")
    assert "30 errors in the data: left out are memos row 2, " in done.err
    assert "and 10 more." in done.err


# Forms of an answer


def test_faults_as_text_are_one_line_each(call: Call, faulty: Path) -> None:
    done = call("-C", faulty, "check")
    assert done.code == 1
    assert done.out.splitlines()[0].startswith('bearings, row 2, column "polarity": ')
    assert 'Seen: "suport "s"".' in done.out.splitlines()[0]
    assert done.out.splitlines()[1].startswith("tables/people.csv: warning: ")
    assert done.err == "1 fault, 1 warning (16 rows checked)\n"


def test_faults_as_json_and_csv_say_the_same(call: Call, faulty: Path) -> None:
    done = call("-C", faulty, "check", "--format", "json")
    found = json.loads(done.out)
    assert done.code == 1
    assert [(f["table"], f["row"], f["column"], f["severity"], f["value"]) for f in found] == [
        ("bearings", 2, "polarity", "error", 'suport "s"'),
        ("tables/people.csv", 0, "", "warning", "Müller"),
    ]
    assert set(found[0]) >= {"rule", "message", "fix", "engine"}
    assert found[0]["engine"] == "shacl"
    rows = list(csv.DictReader(io.StringIO(call("-C", faulty, "check", "--format", "csv").out)))
    keys = ("table", "column", "rule", "severity", "value", "message", "fix")
    assert [[r[k] for k in keys] for r in rows] == [[f[k] for k in keys] for f in found]


def test_faults_as_turtle_are_a_validation_report(call: Call, faulty: Path) -> None:
    done = call("-C", faulty, "check", "--format", "ttl")
    graph = rdflib.Graph().parse(data=done.out, format="turtle")
    report = graph.value(predicate=RDF.type, object=SH.ValidationReport)
    assert graph.value(report, SH.conforms) == rdflib.Literal(False)
    results = list(graph.objects(report, SH.result))
    told = {
        (str(graph.value(r, KG.table)), int(str(graph.value(r, KG.row))),
         str(graph.value(r, KG.columnName)), graph.value(r, SH.resultSeverity))
        for r in results
    }  # fmt: skip
    assert told == {
        ("bearings", 2, "polarity", SH.Violation), ("tables/people.csv", 0, "", SH.Warning),
    }  # fmt: skip
    assert all(graph.value(r, SH.resultMessage) for r in results)
    assert all((r, RDF.type, SH.ValidationResult) in graph for r in results)
    shape = """
        @prefix sh: <http://www.w3.org/ns/shacl#> .
        <x:shape> sh:targetNode <x:node> ; sh:property [ sh:path <x:p> ; sh:hasValue 1 ] ;
            sh:nodeKind sh:Literal ; sh:message "no" ."""
    shapes = rdflib.Graph().parse(data=shape, format="turtle")
    _, other, _ = pyshacl.validate(rdflib.Graph(), shacl_graph=shapes)
    ours, theirs = ({p for p in g.predicates() if p in SH} for g in (graph, other))
    assert ours <= theirs  # the words of a report, as pyshacl writes them


def test_no_faults_in_every_form(call: Call, sound: Path) -> None:
    assert json.loads(call("-C", sound, "check", "--format", "json").out) == []
    assert len(call("-C", sound, "check", "--format", "csv").out.splitlines()) == 1
    graph = rdflib.Graph().parse(data=call("-C", sound, "check", "--format", "ttl").out)
    assert list(graph.objects(None, SH.conforms)) == [rdflib.Literal(True)]


def test_faults_of_the_review_come_in_the_form_that_is_asked_for(
    call: Call, tmp_path: Path
) -> None:
    (tmp_path / "review.yaml").write_text("titel: T\n")
    done = call("-C", tmp_path, "check", "--format", "json")
    assert done.code == 1
    assert [f["column"] for f in json.loads(done.out)] == ["base", "titel", "title"]
    assert done.err == "3 faults, 0 warnings (0 rows checked)\n"
    other = call("-C", tmp_path, "carry")
    assert (other.code, other.out, len(other.err.splitlines())) == (1, "", 3)


@pytest.mark.parametrize(
    ("args", "extension"),
    [
        (("check",), "json"), (("check",), "csv"), (("check",), "ttl"), (("check",), "txt"),
        (("carry",), "json"), (("carry",), "csv"), (("query", "eligibility"), "csv"),
        (("why", "study"), "json"), (("gaps",), "csv"), (("schema", "people"), "md"),
        (("robustness",), "json"),
    ],
)  # fmt: skip
def test_the_extension_decides_the_form(
    args: tuple[str, ...], extension: str, call: Call, sound: Path, tmp_path: Path
) -> None:
    path = tmp_path / f"out.{extension.upper()}"
    done = call("-C", sound, *args, "-o", path)
    assert (done.code, done.out) == (0, "")
    assert f"written: {path}\n" in done.err
    form = {"txt": "text"}.get(extension, extension)
    assert path.read_text(encoding="utf-8") == (
        call("-C", sound, *args, "--format", form).out or "\n"
    ).removeprefix("\n")


def test_format_wins_over_the_extension(call: Call, sound: Path, tmp_path: Path) -> None:
    call("-C", sound, "carry", "--format", "json", "-o", tmp_path / "out.csv")
    assert json.loads((tmp_path / "out.csv").read_text(encoding="utf-8"))


def test_export_writes_by_extension(call: Call, sound: Path, tmp_path: Path) -> None:
    paths = [tmp_path / f"out.{e}" for e in ("ttl", "nt", "jsonld", "graphml")]
    done = call("-C", sound, "export", *paths)
    assert (done.code, done.out) == (0, "")
    assert done.err == "".join(f"written: {p}\n" for p in paths)
    assert len(rdflib.Graph().parse(paths[0])) == len(rdflib.Graph().parse(paths[1])) > 50


# Queries


def test_a_query_is_a_text_a_file_or_a_name(call: Call, sound: Path, tmp_path: Path) -> None:
    text = "SELECT (STR(?l) AS ?label) { <https://example.org/review/study> " \
           "<http://www.w3.org/2000/01/rdf-schema#label> ?l }"  # fmt: skip
    (tmp_path / "own.rq").write_text(text)
    answers = [call("-C", sound, "query", q, "--format", "json")
               for q in (text, str(tmp_path / "own.rq"))]  # fmt: skip
    assert [json.loads(a.out) for a in answers] == [[{"label": "A study"}]] * 2
    named = call("-C", sound, "query", "eligibility", "--format", "csv")
    assert (named.code, named.out.count("\n")) == (0, 1)
    assert call("-C", sound, "query", "ASK { ?s ?p ?o }", "--format", "json").out == (
        '[\n {\n  "answer": "true"\n }\n]\n'
    )


def test_questions_are_listed_with_what_they_ask(call: Call, tmp_path: Path) -> None:
    done = call("-C", tmp_path, "query")
    names = [line for line in done.out.splitlines() if not line.startswith(" ")]
    assert (done.code, len(names)) == (0, 16)
    assert names == sorted(names)
    assert done.out.count("?\n") >= 16


REFUSED = {
    "service": "SELECT * { SERVICE <https://e.org/> { ?s ?p ?o } }",
    "from": "SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }",
    "from named": "SELECT * from named <https://e.org/> { ?s ?p ?o }",
    "load": "LOAD <file:///etc/passwd> ; SELECT * { ?s ?p ?o }",
    "update": "DELETE WHERE { ?s ?p ?o }",
    "syntax": "SELECT ?s { ?s a }",
    "unbound prefix": "SELECT ?s { ?s a no:Thing }",
    "empty": "{}",
}


@pytest.mark.parametrize("text", REFUSED.values(), ids=REFUSED)
def test_a_query_that_is_refused_or_wrong_ends_with_2(text: str, call: Call, sound: Path) -> None:
    done = call("-C", sound, "query", text)
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("kg: ") and len(done.err.splitlines()) == 1


def test_words_in_a_text_are_not_refused(call: Call, sound: Path) -> None:
    text = 'SELECT ?s { ?s ?p "load from a service" } # FROM <x>'
    assert call("-C", sound, "query", text).code == 0


# Wrong use


WRONG: dict[str, tuple[tuple[str, ...], str]] = {
    "nothing": ((), "Type kg --help."),
    "command": (("chekc",), "Did you mean 'check'?"),
    "option": (("check", "--fromat", "json"), "Did you mean '--format'?"),
    "choice": (("check", "--format", "xml"), "'text', 'json', 'csv', 'ttl'"),
    "engine": (("check", "--engine", "rdf"), "'shacl', 'pyshacl'"),
    "argument missing": (("why",), "Missing argument 'ID'. Type kg why --help."),
    "argument more": (("carry", "x"), "Type kg carry --help."),
    "option missing": (("why-not", "concept"), "Missing option '--to'"),
    "question": (("query", "setings-studied"), 'Did you mean "settings-studied"?'),
    "question far off": (("query", "xyz"), "`kg query` lists the questions."),
    "file": (("query", "nothing.rq"), "nothing.rq"),
    "param": (("query", "eligibility", "--param", "x"), "Write NAME=VALUE."),
    "param unknown": (("query", "eligibility", "--param", "xyz=1"), "xyz"),
    "id": (("why", "bearng"), 'Did you mean "bearing"?'),
    "id far off": (("why", "qqq"), "Ids stand in the first column of the tables"),
    "id of emoji": (("why", "🙂"), "🙂"),
    "target": (("carry", "--to", "tagret"), 'Did you mean "target"?'),
    "target far off": (("carry", "--to", "qqq"), "Known: target."),
    "target of why-not": (("why-not", "concept", "--to", "tagret"), 'Did you mean "target"?'),
    "concept": (("why-not", "concpet", "--to", "target"), 'Did you mean "concept"?'),
    "table": (("schema", "bearing"), 'Did you mean "bearings"?'),
    "table far off": (("schema", "qqq"), "`kg schema` lists the tables."),
    "form of export": (("export", "out.docx"), "out.docx"),
    "carried in turtle": (("export", "out.ttl", "--carried", "all"), ".trig"),
    "carried to nobody": (("export", "out.trig", "--carried", "tagret"), 'mean "target"'),
    "form of -o": (("carry", "-o", "out.docx"), "text, json, csv"),
    "init of no case": (("init", "new", "--case", "colective"), "collective-efficacy"),
}  # fmt: skip


@pytest.mark.parametrize(("args", "words"), WRONG.values(), ids=WRONG)
def test_wrong_use_ends_with_2_and_one_sentence(
    args: tuple[str, ...], words: str, call: Call, sound: Path, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    done = call("-C", sound, *args)
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("kg: ") and len(done.err.splitlines()) == 1
    assert words in done.err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("place", ["", "nowhere/out.json", "folder", "x" * 300 + ".json"])
def test_an_output_that_can_not_be_written_ends_with_2(
    place: str, call: Call, sound: Path, tmp_path: Path
) -> None:
    (tmp_path / "folder").mkdir()
    done = call("-C", sound, "carry", "-o", tmp_path / place, "--format", "json")
    assert (done.code, done.out) == (2, "")
    assert "can't be written (" in done.err and "Make it writable" in done.err
    assert call("-C", sound, "export", tmp_path / "nowhere" / "out.ttl").code == 2


@pytest.mark.parametrize("folder", ["nowhere", "file", "x" * 300])
def test_a_folder_that_is_no_workspace_ends_with_2(folder: str, call: Call, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    done = call("-C", tmp_path / folder, "carry")
    assert (done.code, len(done.err.splitlines())) == (2, 1)
    assert "review.yaml" in done.err


def test_init_makes_a_workspace_that_conforms(call: Call, tmp_path: Path) -> None:
    done = call("init", tmp_path / "new", "--case", "collective-efficacy")
    assert (done.code, done.out) == (0, "")
    assert f"kg -C {tmp_path / 'new'} check" in done.err
    assert call("-C", tmp_path / "new", "--quiet", "check") == (0, "", "")
    again = call("init", tmp_path / "new", "--case", "collective-efficacy")
    assert (again.code, "is not empty" in again.err) == (2, True)


# Machinery


def test_a_defect_ends_with_3_and_says_so(
    call: Call, sound: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("broken")

    monkeypatch.setattr("kg.workspace.Workspace.gaps", broken)
    monkeypatch.setattr("traceback.print_exc", lambda: None)
    done = call("-C", sound, "gaps")
    assert (done.code, done.out) == (3, "")
    assert done.err == "kg: this is a defect of kg: report it with the lines above.\n"


@pytest.mark.parametrize(
    ("error", "code", "words"),
    [
        (OSError(5, "Input/output error", "disk"), 3, "kg: disk: Input/output error."),
        (RuntimeError("Corruption: block checksum mismatch"), 3, "delete the folder .kg"),
        (UnicodeEncodeError("utf-8", "\udcff", 0, 1, "x"), 2, "bytes that are not UTF-8"),
        (KeyboardInterrupt(), 130, ""),
    ],
)
def test_what_happens_outside_becomes_words(
    error: BaseException, code: int, words: str, call: Call, sound: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    def broken(*_: object) -> None:
        raise error

    monkeypatch.setattr("kg.workspace.Workspace.gaps", broken)
    done = call("-C", sound, "gaps")
    assert (done.code, done.out) == (code, "")
    assert words in done.err


def test_an_argument_that_is_not_utf_8_ends_with_2(sound: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "kg", "-C", sound, "--quiet", "why", b"\xff"],
        check=False,
        capture_output=True,
    )
    assert (done.returncode, done.stderr.count(b"\n")) == (2, 1)


def test_a_reader_who_has_seen_enough_is_no_error(sound: Path, faulty: Path) -> None:
    for folder, args, code in ((sound, "carry", 0), (faulty, "carry", 1), (sound, "--help", 0)):
        done = subprocess.run(
            f'"{sys.executable}" -m kg -C "{folder}" --quiet {args} | true; '
            "echo ${PIPESTATUS[0]}",
            shell=True, executable="/bin/bash", check=True, capture_output=True, text=True,
        )  # fmt: skip
        assert (done.stdout, done.stderr) == (f"{code}\n", "")


def test_a_full_disk_is_told_in_one_sentence(sound: Path) -> None:
    with open("/dev/full", "w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "kg", "-C", sound, "carry"],
            check=False, stdout=full, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
    assert (done.returncode, len(done.stderr.splitlines())) == (2, 1)
    assert "No space left" in done.stderr


def test_output_is_utf_8_in_every_locale(faulty: Path) -> None:
    env = os.environ | {"LC_ALL": "en_US.ISO-8859-1", "PYTHONIOENCODING": "ascii"}
    assert "Müller" in kg("-C", faulty, "check", env=env).out


HEAVY = ("rdflib", "pyshacl", "shacl", "owlready2", "networkx", "numpy", "polars", "duckdb",
         "openpyxl", "jinja2", "rich", "yaml", "bibtexparser", "rapidfuzz", "python_calamine",
         "nltk", "resvg_py", "pypdf", "jpype")  # fmt: skip


# What only some commands need: engines, writers, readers of workbooks, the other commands.
IDLE = ("kg.checks", "kg.reasoning", "kg.exports", "kg.imports", "kg.reports", "kg.networks",
        "kg.appraisal", "kg.remote", "kg.workspace.assembly", "kg.cli.quote", "http", "ssl",
        "email", "xml.sax")  # fmt: skip


@pytest.mark.parametrize(
    ("args", "also"),
    [
        (("--help",), ("json", "pathlib", "traceback", "pyoxigraph", "kg.workspace")),
        (("why", "bearing"), ()),
        (("carry",), ()),
        (("check",), ("kg.synthesis",)),
        (("query", "settings-studied"), ("kg.synthesis",)),
    ],
    ids=lambda value: " ".join(value),
)
def test_light_commands_load_nothing_heavy(
    args: tuple[str, ...], also: tuple[str, ...], sound: Path
) -> None:
    """On a warm cache, which holds what ``review.yaml`` says, too."""
    unwanted = (*HEAVY, *IDLE, *also)
    code = (
        "import sys\nfrom kg.cli import main\n"
        "try: main()\nexcept SystemExit as end: assert end.code == 0, end\n"
        f"print([m for m in {unwanted} if m in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "-C", sound, *args],
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    assert done.stderr.splitlines()[-1] == "[]"


def test_a_schema_is_not_read_where_the_cache_is_warm(sound: Path) -> None:
    code = (
        "import sys\nfrom kg import Workspace\nfrom kg.schema import load_schema, ontology_quads\n"
        "assert Workspace(sys.argv[1]).why('bearing').id == 'bearing'\n"
        "assert Workspace(sys.argv[1]).why('collective-efficacy').kind == 'concept'\n"
        "print(load_schema.cache_info().currsize, ontology_quads.cache_info().currsize)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, sound], check=True, capture_output=True, text=True
    )
    assert done.stdout == "0 0\n"


def test_commands_that_are_loaded_later_say_the_same_of_themselves() -> None:
    later = [command for command in cli.commands.values() if isinstance(command, Later)]
    assert len(later) == 14
    for command in later:
        assert command.load().name == command.name
        for width in (20, 45, 80, 300):
            assert command.get_short_help_str(width) == command.load().get_short_help_str(width)


def test_the_installed_command_is_the_same(sound: Path) -> None:
    script = shutil.which("kg", path=Path(sys.executable).parent)
    assert script
    done = subprocess.run([script, "--version"], check=True, capture_output=True, text=True)
    assert done.stdout == kg("--version").out


def test_a_target_that_is_left_out_is_undetermined_and_not_a_no(call: Call, tmp_path: Path) -> None:
    tables = minimal()
    tables.edit("targets", "target", setting="no-such-setting")
    done = call("-C", tables.write(tmp_path), "carry")
    assert done.out.startswith("Undetermined: the target context")
    assert done.code == 1
