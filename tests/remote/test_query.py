"""kg query --endpoint: what is asked, what comes back, in which forms; without a workspace."""

import csv
import io
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import parse_qs

import pytest

from tests.cli.run import Run
from tests.remote.servers import Handler, Place, liar, oxigraph
from tests.remote.test_exchange import reply
from tests.workspaces import BASE, minimal

Call = Callable[..., Run]
LABEL = "SELECT ?study ?label { ?study a <https://w3id.org/qes-kg/Study> ; " \
        "<http://www.w3.org/2000/01/rdf-schema#label> ?label }"  # fmt: skip


@pytest.fixture(scope="module")
def pushed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, Place]]:
    """A small workspace and the server to which it was pushed; tests only read both."""
    folder = minimal().write(tmp_path_factory.mktemp("pushed") / "small")
    with oxigraph(tmp_path_factory.mktemp("store")) as place:
        subprocess.run(
            [sys.executable, "-m", "kg", "-C", folder, "--quiet", "push", *place.args], check=True
        )
        yield folder, place


def test_every_form_is_that_of_the_workspace(
    pushed: tuple[Path, Place], call: Call, tmp_path: Path
) -> None:
    folder, place = pushed
    (tmp_path / "own.rq").write_text(LABEL)
    texts = (LABEL, str(tmp_path / "own.rq"), "settings-studied", "ASK { ?s ?p ?o }",
             "ASK { ?s <http://e.org/none> ?o }", "SELECT ?s { ?s <http://e.org/none> ?o }",
             f"CONSTRUCT {{ <{BASE}study> ?p ?o }} {{ <{BASE}study> ?p ?o }} ORDER BY ?p ?o",
             "DESCRIBE ?s { ?s a <https://w3id.org/qes-kg/Study> }")  # fmt: skip
    for text in texts:
        for form in ("text", "csv", "json"):
            words = ("query", text, "--format", form)
            here, there = call("-C", folder, *words), call(*words, "--endpoint", place.endpoint)
            assert there.code == 0 and there.err == ""
            key = sorted if "CONSTRUCT" in text or "DESCRIBE" in text else list
            assert key(there.out.splitlines()) == key(here.out.splitlines()), text


def test_an_answer_goes_to_a_file(pushed: tuple[Path, Place], call: Call, tmp_path: Path) -> None:
    done = call("query", "--endpoint", pushed[1].endpoint, LABEL, "-o", tmp_path / "x.csv")
    assert (done.code, done.out) == (0, "")
    rows = list(csv.reader(io.StringIO((tmp_path / "x.csv").read_text(encoding="utf-8"))))
    assert rows == [["study", "label"], [f"{BASE}study", "A study"]]


def test_ids_are_those_of_the_workspace_where_there_is_one(
    pushed: tuple[Path, Place], call: Call, tmp_path: Path
) -> None:
    folder, place = pushed
    words = ("query", LABEL, "--endpoint", place.endpoint, "--format", "json", "--param")
    rows = [{"study": f"{BASE}study", "label": "A study"}]
    assert json.loads(call("-C", folder, *words, "study=study").out) == rows
    assert json.loads(call("-C", tmp_path, *words, "study=study").out) == []
    assert json.loads(call("-C", tmp_path, *words, f"study={BASE}study").out) == rows
    assert json.loads(call("-C", tmp_path, *words, "label=A study").out) == rows
    assert json.loads(call("-C", tmp_path, *words, "label=http://a b").out) == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("ASK { ?s ?p ?o }", "--param", "s=x"), "takes parameters with SELECT without LIMIT"),
        (("SELECT ?s { ?s ?p ?o } LIMIT 1", "--param", "s=x"), "Write the values into the query."),
        (("SELECT ?s { ?s ?p ?o }", "--param", "t=x"), 'has no column "t"'),
        (("settings-studied", "--param", "t=x"), 'no parameter called "t"'),
        (("setings-studied",), 'Did you mean "settings-studied"?'),
        (("none.rq",), 'no file called "none.rq"'),
        (("{}",), "There is no SELECT, ASK or CONSTRUCT in it: kg query only asks."),
        (("SELECT {",), "can't run the query"),
    ],
)
def test_wrong_use_ends_with_2_and_one_sentence(
    words: tuple[str, ...], said: str, pushed: tuple[Path, Place], call: Call
) -> None:
    done = call("query", "--endpoint", pushed[1].endpoint, *words)
    assert (done.code, done.out, len(done.err.splitlines())) == (2, "", 1)
    assert said in done.err


@pytest.mark.parametrize(
    "text",
    [
        "INSERT DATA { <a:a> <a:a> <a:a> }", "DELETE WHERE { ?s ?p ?o }", "clear all # {",
        "PREFIX select: <a:ask> INSERT { ?s ?p 1 } WHERE { SELECT * { ?s ?p ?o } }",
        "LOAD <http://e.org/> ; ASK {}", "# SELECT\nDROP DEFAULT # {",
        "WITH <a:a> DELETE { ?s ?p 1 }",
        "BASE <http://e.org/SELECT> COPY DEFAULT TO <a:a> # {",
    ],
)  # fmt: skip
def test_updates_are_refused_and_never_sent(text: str, call: Call) -> None:
    with liar(reply()) as (url, asked):
        done = call("query", "--endpoint", url, text)
    assert (done.code, asked) == (2, [])
    assert "is refused: kg query only asks." in done.err


def test_the_query_is_sent_as_it_is_and_the_form_asked_for_is_json(call: Call) -> None:
    text = "SELECT ?s { SERVICE <http://e.org/é> { ?s ?p 'a&b=c+d%20' } }"
    bodies = []

    def keep(handler: Handler) -> None:
        bodies.append(handler.content)
        reply()(handler)

    with liar(keep) as (url, asked):
        assert call("query", "--endpoint", url, text).code == 0
    method, _, headers = asked[0]
    assert (method, parse_qs(bodies[0].decode())) == ("POST", {"query": [text]})
    assert headers["Content-Type"] == "application/x-www-form-urlencoded"
    assert headers["Accept"].startswith("application/sparql-results+json,")


def test_a_time_limit_is_for_endpoints_only(pushed: tuple[Path, Place], call: Call) -> None:
    done = call("-C", pushed[0], "query", "settings-studied", "--timeout", "5")
    assert (done.code, "--timeout is for --endpoint" in done.err) == (2, True)
    done = call("query", "settings-studied", "--endpoint", pushed[1].endpoint, "--timeout", "0")
    assert done.code == 2


def test_a_query_of_the_workspace_loads_nothing_of_the_web(pushed: tuple[Path, Place]) -> None:
    code = (
        "import sys\nfrom kg.cli import main\n"
        "try: main()\nexcept SystemExit as end: assert not end.code, end\n"
        "print([m for m in ('http', 'ssl', 'email', 'kg.remote') if m in sys.modules])"
    )
    for words in (["--help"], ["push", "--help"], ["query", "--help"], ["query"],
                  ["-C", str(pushed[0]), "query", "settings-studied"]):  # fmt: skip
        done = subprocess.run(
            [sys.executable, "-c", code, *words], check=True, capture_output=True, text=True
        )
        assert done.stdout.splitlines()[-1] == "[]", words
