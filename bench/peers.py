"""What others take for the same: rdflib to parse and to answer, owlrl to infer.

python -m bench.peers                        100 studies
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import owlrl
import rdflib

from bench.generate import generate
from bench.plan import Size
from bench.table import HEAD, Line, show_line
from bench.timing import time_job, time_pair
from kg.query import get_query, run_query
from kg.reasoning import infer
from kg.schema import load_schema, ontology_triples
from kg.sources import list_files, read_file, read_review, write_lines
from kg.store import DefaultGraph, RdfFormat, Store
from kg.workspace.build import build

ROUNDS = 3
QUESTION = "settings-studied"


def measure(studies: int) -> Iterator[Line]:
    """Yield reading, a question and the closure, each beside the peer on the same triples."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name, "it")
        generate(folder, Size(studies), 7)
        review, schema = read_review(folder), load_schema()
        files = list_files(folder, review)
        text = b"".join(part.text for f in files for part in read_file(f, review, schema))
        size = f"{text.count(bytes([10])):,} triples"

        def read() -> None:
            for file in files:
                read_file(file, review, schema)

        def parse() -> rdflib.Graph:
            return rdflib.Graph().parse(data=text, format="nt")

        times = time_pair(partial(time_job, read), partial(time_job, parse), ROUNDS)
        yield Line("tables to triples", size, times[0], "rdflib, parse N-Triples", *times[1:])

        store = build(folder).store
        asked = store.dump(format=RdfFormat.N_TRIPLES, from_graph=DefaultGraph())
        graph = rdflib.Graph().parse(data=asked, format="nt")
        question = get_query("questions", QUESTION).text
        times = time_pair(
            partial(time_job, partial(run_query, store, question)),
            partial(time_job, lambda: list(graph.query(question))),
            ROUNDS,
        )
        yield Line(f"query {QUESTION}", size, times[0], "rdflib, SPARQL", *times[1:])

        facts = b"".join([write_lines(ontology_triples()), text])
        ours, theirs = Store(), rdflib.Graph().parse(data=facts, format="nt")
        ours.bulk_load(facts, RdfFormat.N_TRIPLES, lenient=True)
        rules = time_job(partial(infer, ours))
        closure = time_job(partial(owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand, theirs))
        yield Line("rules", size, rules, "owlrl, all of OWL 2 RL", closure, rules / closure)


def main() -> None:
    """Print one line a job."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--studies", type=int, default=100)
    print(show_line(HEAD))
    for line in measure(parser.parse_args().studies):
        print(show_line(line.cells()), flush=True)


if __name__ == "__main__":
    main()
