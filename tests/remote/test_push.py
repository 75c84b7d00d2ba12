"""kg push to a real Oxigraph server: what is there, what is sent again, what is never touched."""

import csv
import http.client
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event
from urllib.parse import quote, urlsplit

import pytest
from pyoxigraph import RdfFormat, parse

from tests.cli.run import Run
from tests.remote.servers import Place, oxigraph, proxy
from tests.workspaces import BASE, minimal

Call = Callable[..., Run]
ID = "https://w3id.org/collective-efficacy/id/"
QES = "https://w3id.org/qes-kg/"
PUSHED = QES + "graph/pushed"


def ask_store(place: Place, method: str, question: str, body: str = "") -> str:
    """Speak to the graph store past our own client."""
    parts = urlsplit(place.graph_store)
    line = http.client.HTTPConnection(parts.netloc, timeout=30)
    line.request(
        method, f"{parts.path}?{question}", body.encode(),
        {"Content-Type": "application/n-triples", "Accept": "application/n-triples"},
    )  # fmt: skip
    answer = line.getresponse()
    text = answer.read().decode()
    line.close()
    assert answer.status in (200, 201, 204, 404), text
    return text if answer.status == 200 else ""


def lines(place: Place, graph: str = "") -> set[str]:
    question = f"graph={quote(graph, safe='')}" if graph else "default"
    return set(ask_store(place, "GET", question).splitlines())


def put(place: Place, graph: str, text: str) -> None:
    ask_store(place, "PUT", f"graph={quote(graph, safe='')}" if graph else "default", text)


def list_graphs(call: Call, place: Place) -> list[str]:
    """Return the named graphs that the server has, sorted."""
    text = "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } } ORDER BY ?g"
    told = call("query", "--endpoint", place.endpoint, text, "--format", "csv")
    names = told.out.splitlines()[1:]
    return sorted(names)


@pytest.fixture(scope="module")
def full(case: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Place, Run]]:
    """A server to which the shipped case was pushed, and what was said; tests only read it."""
    with oxigraph(tmp_path_factory.mktemp("full")) as place:
        done = subprocess.run(
            [sys.executable, "-m", "kg", "-C", case, "push", *place.args, "--carried", "all"],
            check=False, capture_output=True, text=True,
        )  # fmt: skip
        yield place, Run(done.returncode, done.stdout, done.stderr)


def test_each_graph_is_told_with_the_number_that_was_counted_there(full: tuple[Place, Run]) -> None:
    place, done = full
    assert (done.code, done.out) == (0, "")
    told = [line for line in done.err.splitlines() if ": sent, " in line]
    assert done.err.splitlines()[0] == "built: 41 changed files read"
    assert done.err.splitlines()[-1] == (
        f"{place.endpoint}: {len(told)} graphs sent, 0 there already, 0 removed"
    )
    for line in told:
        name, _, rest = line.partition(": sent, ")
        graph = "" if name == "default graph" else name if "://" in name else ID + name
        assert rest == f"{len(lines(place, graph))} statements, as many counted there"


def test_the_default_graph_there_is_the_export_and_the_ontology(
    full: tuple[Place, Run], case: Path, call: Call, tmp_path: Path
) -> None:
    assert call("-C", case, "export", tmp_path / "x.nt").code == 0
    exported = set((tmp_path / "x.nt").read_text(encoding="utf-8").splitlines())
    there = lines(full[0])
    assert len(exported) > 10_000 and exported <= there
    ontology = lines(full[0], QES + "graph/ontology")
    assert there - exported and {n for n in there - exported if "_:" not in n} <= ontology
    assert sum("_:" in n for n in there) == sum("_:" in n for n in ontology) == 520


def test_the_graph_of_a_table_there_says_what_its_rows_say(
    full: tuple[Place, Run], case: Path
) -> None:
    with (case / "tables" / "people.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    quads = list(parse("\n".join(lines(full[0], f"{ID}graph/people")), RdfFormat.N_TRIPLES))
    assert {q.subject.value for q in quads} == {ID + row["id"] for row in rows}


def test_questions_have_the_same_answers_there_as_here(
    full: tuple[Place, Run], case: Path, call: Call
) -> None:
    names = [n for n in call("query").out.splitlines() if not n.startswith(" ")]
    assert len(names) == 16
    for name in names:
        here = call("-C", case, "query", name, "--format", "csv")
        there = call("query", "--endpoint", full[0].endpoint, name, "--format", "csv")
        assert (there.code, there.out, there.err) == (0, here.out, ""), name
        assert here.out.count("\n") > 1, name


@pytest.mark.parametrize(
    ("name", "param"),
    [
        ("eligibility", "study=teig2009"), ("carried-claims", "modality=hedged"),
        ("personal-communities", "condition=epilepsy"), ("stances", "person=nobody"),
        ("central-elements", "polarity=supports"), ("personal-communities", "study=x"),
    ],
)  # fmt: skip
def test_questions_with_parameters_have_the_same_answers(
    name: str, param: str, full: tuple[Place, Run], case: Path, call: Call
) -> None:
    words = ("query", name, "--param", param, "--format", "json")
    here, there = call("-C", case, *words), call(*words, "--endpoint", full[0].endpoint)
    assert (here.code, here.out) == (there.code, there.out)
    assert here.code == (2 if param == "study=x" else 0)


def test_what_is_there_is_not_sent_again_and_one_row_sends_its_graphs_only(
    case: Path, store: Place, call: Call, tmp_path: Path
) -> None:
    folder = tmp_path / "copy"
    subprocess.run(["cp", "-r", case, folder], check=True)
    assert call("-C", folder, "push", *store.args).code == 0
    with proxy(store) as seen:
        again = call("-C", folder, "push", *seen.place.args)
        assert (again.code, seen.changes) == (0, [])
        assert again.err == f"{seen.place.endpoint}: 0 graphs sent, 37 there already, 0 removed\n"
        table = folder / "tables" / "memos.csv"
        table.write_bytes(table.read_bytes().replace(b"screened", b"judged", 1))
        done = call("-C", folder, "push", *seen.place.args, "--dry-run")
        assert seen.changes == []
        assert "graph/memos: would be sent, 36 there\n" in done.err
        done = call("-C", folder, "push", *seen.place.args)
        assert (done.code, seen.graphs) == (0, ["", f"{ID}graph/memos"])
        assert "2 graphs sent, 35 there already, 0 removed" in done.err
        (folder / "tables" / "memos.csv").unlink()
        seen.changes.clear()
        done = call("-C", folder, "push", *seen.place.args)
        assert ("DELETE", f"{ID}graph/memos") in seen.changes
        assert "graph/memos: removed\n" in done.err and "1 removed" in done.err
    assert lines(store, f"{ID}graph/memos") == set()


def test_a_push_that_was_refused_half_way_goes_on_where_it_was(
    small: Path, store: Place, call: Call
) -> None:
    with proxy(store) as seen:
        seen.most = 5
        done = call("-C", small, "push", *seen.place.args)
        assert done.code == 3 and len(done.err.splitlines()) == 7  # built, five graphs, the error
        assert "failed (503)" in done.err
        assert "5 of 15 graphs are done; the same command goes on from there." in done.err
        first, seen.most = list(seen.graphs), 1000
        assert "versionInfo" not in str(lines(store, PUSHED))  # seen to be half of it
        seen.changes.clear()
        done = call("-C", small, "push", *seen.place.args)
        assert (done.code, len(seen.graphs)) == (0, 10)
        assert set(seen.graphs).isdisjoint(first)
        assert done.err.endswith("10 graphs sent, 5 there already, 0 removed\n")
    assert "versionInfo" in str(lines(store, PUSHED))


def test_what_somebody_adds_while_a_push_stands_half_way_is_not_lost(
    small: Path, store: Place, call: Call
) -> None:
    with proxy(store) as seen:
        seen.most = 5
        assert call("-C", small, "push", *seen.place.args).code == 3
    other = "<http://e.org/s> <http://e.org/p> <http://e.org/o> ."
    graph = f"{QES}graph/entailed"  # announced, and not yet sent
    put(store, graph, other)
    done = call("-C", small, "push", *store.args)
    assert (done.code, lines(store, graph)) == (2, {other})
    assert "holds statements that kg did not push (1 there)" in done.err


def test_a_push_that_was_killed_goes_on_where_it_was(small: Path, store: Place, call: Call) -> None:
    with proxy(store) as seen:
        seen.most, seen.hold = 5, Event()
        killed = subprocess.Popen(
            [sys.executable, "-m", "kg", "-C", small, "push", *seen.place.args],
            stderr=subprocess.DEVNULL,
        )
        assert seen.held.wait(60)
        killed.kill()
        killed.wait()
        seen.hold.set()
        seen.most = 1000
        seen.changes.clear()
        assert call("-C", small, "push", *seen.place.args).code == 0
        assert len(seen.graphs) == 10


def test_carried_claims_go_by_name_and_go_away_again(small: Path, store: Place, call: Call) -> None:
    graph = f"{BASE}target/carried"
    assert call("-C", small, "push", *store.args).code == 0
    assert lines(store, graph) == set()
    assert call("-C", small, "push", *store.args, "--carried", "target").code == 0
    carried = lines(store, graph)
    assert any("hasStatus" in line for line in carried)
    assert any("hasModality" in line for line in carried)
    assert carried.isdisjoint(lines(store))
    done = call("-C", small, "push", *store.args)
    assert "target/carried: removed" in done.err
    assert lines(store, graph) == set()
    done = call("-C", small, "push", *store.args, "--carried", "tagret")
    assert (done.code, 'Did you mean "target"?' in done.err) == (2, True)


def test_a_row_with_a_fault_is_in_no_graph_there(store: Place, call: Call, tmp_path: Path) -> None:
    tables = minimal()
    tables.add("memos", "sound")
    tables.add("memos", "faulty", by="nobody")
    done = call("-C", tables.write(tmp_path / "w"), "push", *store.args)
    assert done.code == 1
    assert "left out are memos row 3. `kg check` says why.\n" in done.err
    assert any(f"<{BASE}sound>" in line for line in lines(store, f"{BASE}graph/memos"))
    text = f"ASK {{ {{ <{BASE}faulty> ?p ?o }} UNION {{ GRAPH ?g {{ <{BASE}faulty> ?p ?o }} }} }}"
    assert "false" in call("query", "--endpoint", store.endpoint, text).out
    assert f"{QES}graph/left-out" not in list_graphs(call, store)


# What is never touched


def test_graphs_of_others_stay(small: Path, store: Place, call: Call) -> None:
    other = "<http://e.org/s> <http://e.org/p> <http://e.org/o> ."
    put(store, "http://e.org/graph", other)
    for more in ((), ("--replace",)):
        assert call("-C", small, "push", *store.args, *more).code == 0
        assert lines(store, "http://e.org/graph") == {other}


@pytest.mark.parametrize("graph", ["", f"{BASE}graph/bearings", f"{QES}graph/entailed"])
def test_statements_that_no_push_accounts_for_are_not_replaced(
    graph: str, small: Path, store: Place, call: Call
) -> None:
    other = "<http://e.org/s> <http://e.org/p> <http://e.org/o> ."
    put(store, graph, other)
    for _ in range(2):
        with proxy(store) as seen:
            done = call("-C", small, "push", *seen.place.args)
        assert (done.code, seen.changes, lines(store, graph)) == (2, [], {other})
        assert "holds statements that kg did not push (1 there)" in done.err.splitlines()[-1]
    assert call("-C", small, "push", *store.args, "--replace").code == 0
    assert other not in lines(store, graph)


def test_a_statement_added_there_afterwards_is_not_lost(
    small: Path, store: Place, call: Call
) -> None:
    graph = f"{BASE}graph/bearings"
    assert call("-C", small, "push", *store.args).code == 0
    more = {*lines(store, graph), "<http://e.org/s> <http://e.org/p> <http://e.org/o> ."}
    put(store, graph, "\n".join(more))
    done = call("-C", small, "push", *store.args)
    assert (done.code, lines(store, graph)) == (2, more)
    put(store, graph, "")  # nothing is there, so nothing is lost
    done = call("-C", small, "push", *store.args)
    assert (done.code, "1 graph sent, 14 there already" in done.err) == (0, True)


def test_two_workspaces_do_not_share_a_store(
    small: Path, store: Place, call: Call, tmp_path: Path
) -> None:
    other = minimal()
    other.base = "https://example.org/other/"
    folder = other.write(tmp_path / "other")
    assert call("-C", small, "push", *store.args).code == 0
    done = call("-C", folder, "push", *store.args)
    assert done.code == 2 and f'pushed from another workspace, "{BASE}"' in done.err
    assert call("-C", folder, "push", *store.args, "--replace").code == 0
    assert not [g for g in list_graphs(call, store) if g.startswith(BASE)]


def test_a_manifest_that_somebody_else_wrote_is_not_believed(
    small: Path, store: Place, call: Call
) -> None:
    assert call("-C", small, "push", *store.args).code == 0
    good = lines(store, PUSHED)
    part = "<http://purl.org/dc/terms/hasPart>"
    for bad in (
        {*good, f"<{PUSHED}> {part} <http://e.org/mine> ."},
        {*good, f"<{PUSHED}> {part} _:b ."},
        {line for line in good if "uriSpace" not in line},
        {line.replace('"', '"-', 1) if "sha256" in line else line for line in good},
    ):
        put(store, PUSHED, "\n".join(bad))
        done = call("-C", small, "push", *store.args)
        assert (done.code, "was changed by somebody else" in done.err) == (2, True)


def test_a_store_that_answers_from_all_graphs_is_refused_and_left_as_it_was(
    small: Path, call: Call, tmp_path: Path
) -> None:
    with oxigraph(tmp_path / "union", "--union-default-graph") as place:
        done = call("-C", small, "push", *place.args)
        assert (done.code, "answers from all graphs at once" in done.err) == (2, True)
        assert list_graphs(call, place) == []


def test_without_a_second_address_the_message_says_that_there_may_be_one(
    small: Path, store: Place, call: Call
) -> None:
    done = call("-C", small, "push", store.endpoint)
    assert done.code == 3
    assert done.err.endswith("name it with --graph-store.\n")
    assert list_graphs(call, store) == []


def test_quiet_says_nothing(small: Path, store: Place) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "kg", "-C", small, "--quiet", "push", *store.args],
        check=True, capture_output=True, env=os.environ | {"KG_TOKEN": "a-token"},
    )  # fmt: skip
    assert (done.stdout, done.stderr) == (b"", b"")
