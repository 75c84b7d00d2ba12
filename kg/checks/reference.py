"""The reference engine, pyshacl, and the worker process in which it runs.

It is 150 to 450 times slower than the fast one and holds everything in Python objects, so it gets
a process of its own with a limit on memory and time: whatever happens to it, the command that
asked lives on and says so in one sentence.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.errors import MachineryError
from kg.store import Literal, NamedNode
from kg.terms import SH, local_name

if TYPE_CHECKING:
    import rdflib

__all__ = ["judge_in_worker", "judge_text"]

_MEMORY = 4 << 30
_SECONDS = 900.0


def judge_in_worker(
    data: str, shapes: str, memory: int = _MEMORY, seconds: float = _SECONDS
) -> list[dict[str, str]]:
    """Return what :func:`judge_text` finds, found in a process of its own.

    Args:
        data: Ontology and rows in N-Triples.
        shapes: Shapes in N-Triples.
        memory: Address space that the process may use, in bytes.
        seconds: Time that it may take.

    Raises:
        MachineryError: The process did not come back with an answer.
    """
    # -P: the folder of a workspace is no place to import from.
    command = [sys.executable, "-P", "-m", "kg.checks.reference", str(memory)]
    path = os.pathsep.join([str(Path(__file__).parents[2]), *(p for p in sys.path if p)])
    try:
        done = subprocess.run(
            command,
            input=json.dumps([data, shapes]).encode(),
            capture_output=True,
            timeout=seconds,
            env={**os.environ, "PYTHONPATH": path},
        )
    except subprocess.TimeoutExpired:
        raise MachineryError(
            f"The reference engine pyshacl was stopped after {seconds:g} seconds. Use the engine "
            "shacl."
        ) from None
    if done.returncode:
        last = done.stderr.decode(errors="replace").strip().rpartition("\n")[2]
        raise MachineryError(
            f"The reference engine pyshacl gave no answer ({last or f'exit {done.returncode}'}; "
            f"it may use {memory >> 20} MiB). Use the engine shacl."
        )
    found: list[dict[str, str]] = json.loads(done.stdout)
    return found


def judge_text(data: str, shapes: str) -> list[dict[str, str]]:
    """Return the results of pyshacl, each as the fields of a ``Result``, in no order.

    Args:
        data: Ontology and rows in N-Triples.
        shapes: Shapes in N-Triples.
    """
    import logging
    import warnings

    import pyshacl
    import rdflib

    logging.getLogger("rdflib.term").setLevel(logging.ERROR)  # ill-typed cells are reported by us
    rdflib.NORMALIZE_LITERALS = False  # a fault shows what stands in the cell
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        graph = _data_graph().parse(data=data, format="nt")
        shapes_graph = rdflib.Graph(bind_namespaces="none").parse(data=shapes, format="nt")
        _, report, _ = pyshacl.validate(graph, shacl_graph=shapes_graph, advanced=False)
    return [
        _fields(report, node) for node in report.objects(predicate=rdflib.URIRef(SH + "result"))
    ]


def _data_graph() -> rdflib.Graph:
    """Return an empty graph that parses each query once.

    pyshacl asks every rule again for every focus node, as text; parsing takes nine tenths of that.
    Prefixes stay unbound, because rdflib binds each of them anew in every query.
    """
    from rdflib import Graph
    from rdflib.plugins.sparql import prepareQuery

    prepared: dict[str, Any] = {}

    class PreparingGraph(Graph):
        def query(self, query_object: Any, *args: Any, **kwargs: Any) -> Any:
            if query_object not in prepared:
                prepared[query_object] = prepareQuery(query_object)
            return super().query(prepared[query_object], *args, **kwargs)

    return PreparingGraph(bind_namespaces="none")


def _fields(report: rdflib.Graph, node: rdflib.term.Node) -> dict[str, str]:
    import rdflib

    def get(name: str) -> Any:
        return report.value(node, rdflib.URIRef(SH + name))

    return {
        "focus": str(get("focusNode")),
        "shape": str(get("sourceShape")),
        "component": local_name(str(get("sourceConstraintComponent"))).removesuffix(
            "ConstraintComponent"
        ),
        "value": _ntriples(get("value")),
        "path": str(get("resultPath") or ""),
        "severity": local_name(str(get("resultSeverity"))),
        "message": str(get("resultMessage") or ""),
    }


def _ntriples(term: Any) -> str:
    """Return an rdflib term as the fast engine writes it."""
    import rdflib

    if term is None:
        return ""
    if not isinstance(term, rdflib.Literal):
        return str(NamedNode(str(term)))
    if term.language:
        return str(Literal(str(term), language=term.language))
    kind = NamedNode(str(term.datatype)) if term.datatype else None
    return str(Literal(str(term), datatype=kind))


def _limit(memory: int) -> None:
    import resource

    _, most = resource.getrlimit(resource.RLIMIT_AS)
    wanted = memory if most == resource.RLIM_INFINITY else min(memory, most)
    resource.setrlimit(resource.RLIMIT_AS, (wanted, most))


def _main() -> None:
    _limit(int(sys.argv[1]))
    data, shapes = json.load(sys.stdin)
    json.dump(judge_text(data, shapes), sys.stdout)


if __name__ == "__main__":
    _main()
