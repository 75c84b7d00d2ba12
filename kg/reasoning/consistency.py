"""OWL consistency of the ontology, alone and with data, through owlready2 and HermiT.

Only for our own ontology and rows that passed the shapes; never for a file that others wrote. The
main job never comes here: HermiT needs Java.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable
from pathlib import Path

from pyoxigraph import DefaultGraph, Quad, RdfFormat, Store, Triple, serialize

from kg.errors import Fault, MachineryError
from kg.schema import ontology_quads
from kg.terms import RDF_TYPE, local_name

__all__ = ["check_consistency", "find_inconsistencies"]


def check_consistency(store: Store) -> list[Fault]:
    """Return what HermiT finds wrong with the ontology, and with ontology and data together.

    Raises:
        MachineryError: Java is missing, or HermiT stops for another reason.
    """
    ontology = [q.triple for q in ontology_quads()]
    data = [q.triple for q in store.quads_for_pattern(None, None, None, DefaultGraph())]
    return find_inconsistencies(ontology) or find_inconsistencies(data)


def find_inconsistencies(triples: Iterable[Triple | Quad]) -> list[Fault]:
    """Return a fault for each unsatisfiable class, or for the individuals that can't exist.

    Args:
        triples: An ontology, with or without data.

    Raises:
        MachineryError: Java is missing, or HermiT stops for another reason.
    """
    if shutil.which("java") is None:
        raise MachineryError(
            "HermiT needs Java and there is none. Install it: apt-get install default-jre-headless"
        )
    import owlready2

    world = owlready2.World()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "ontology.nt"
        rows = [t.triple if isinstance(t, Quad) else t for t in triples]
        path.write_bytes(bytes(serialize(rows, format=RdfFormat.N_TRIPLES)))
        ontology = world.get_ontology(path.as_uri()).load(only_local=True)
        try:
            with ontology:
                owlready2.sync_reasoner_hermit(world, debug=0, ignore_unsupported_datatypes=False)
        except owlready2.OwlReadyInconsistentOntologyError:
            return _culprits(rows)
        except owlready2.OwlReadyJavaError as error:
            raise MachineryError(f"HermiT stopped: {str(error).splitlines()[-1][:200]}") from None
        return [
            Fault(
                "ontology", 0, "", "class-unsatisfiable", "error", cls.name,
                "Nothing can belong to this class: its axioms contradict one another. Remove one.",
            )
            for cls in sorted(world.inconsistent_classes(), key=lambda c: str(c.iri))
            if cls is not owlready2.Nothing
        ]  # fmt: skip


def _culprits(triples: list[Triple]) -> list[Fault]:
    """Return a fault for each individual with two disjoint types, else one for the whole."""
    disjoint = _disjoint_pairs(triples)
    above = _superclasses(triples)
    types: dict[str, set[str]] = {}
    for triple in triples:
        if triple.predicate.value == RDF_TYPE:
            types.setdefault(str(triple.subject.value), set()).add(str(triple.object.value))
    faults = []
    for name, own in sorted(types.items()):
        classes = set().union(*(above.get(c, {c}) for c in own))
        clash = next(((a, b) for a, b in disjoint if a in classes and b in classes), None)
        if clash:
            kinds = " and ".join(sorted(map(local_name, clash)))
            faults.append(
                Fault("data", 0, "", "individual-of-disjoint-classes", "error", local_name(name),
                      f"It can't be {kinds} at once. Give it one of the two kinds.")
            )  # fmt: skip
    return faults or [
        Fault("data", 0, "", "ontology-inconsistent", "error", "",
              "Ontology and data contradict one another, and no single row with two disjoint types "
              "is the reason.")
    ]  # fmt: skip


def _disjoint_pairs(triples: list[Triple]) -> list[tuple[str, str]]:
    store = Store()
    store.extend(Quad(*t) for t in triples)
    query = """
        PREFIX owl: <http://www.w3.org/2002/07/owl#>
        PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
        SELECT DISTINCT ?a ?b WHERE {
          { ?a owl:disjointWith ?b }
          UNION
          { ?set a owl:AllDisjointClasses ; owl:members/rdf:rest*/rdf:first ?a , ?b . FILTER (?a != ?b) }
        } ORDER BY ?a ?b"""
    return [(str(s["a"].value), str(s["b"].value)) for s in store.query(query)]  # type: ignore[union-attr]


def _superclasses(triples: list[Triple]) -> dict[str, set[str]]:
    direct: dict[str, set[str]] = {}
    for triple in triples:
        if triple.predicate.value.endswith("#subClassOf"):
            direct.setdefault(str(triple.subject.value), set()).add(str(triple.object.value))
    closed = {c: {c} | d for c, d in direct.items()}
    changed = True
    while changed:
        changed = False
        for names in closed.values():
            wider = set().union(*(closed.get(n, set()) for n in names))
            if not wider <= names:
                names |= wider
                changed = True
    return closed
