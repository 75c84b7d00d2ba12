"""OWL consistency of the ontology, alone and with data, through owlready2 and HermiT.

owlready2 imports what a file names as its Python module and fetches what a file imports, so that
it never gets a file as others wrote it: only a copy stripped to what logic needs. The main job
never comes here: HermiT needs Java.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable
from pathlib import Path

from kg.errors import Fault, MachineryError
from kg.reasoning.stripped import find_clashes, keep_terminology, strip
from kg.schema import ontology_quads
from kg.store import DefaultGraph, Quad, RdfFormat, Store, Triple, serialize
from kg.terms import local_name

__all__ = ["check_consistency", "find_inconsistencies"]

_CLASH = "individual-of-disjoint-classes"


def check_consistency(store: Store) -> list[Fault]:
    """Return what HermiT finds wrong with the ontology, alone or together with the data.

    What is consistent together is consistent alone, so that the ontology is tried by itself only
    to say whose fault it is.

    Args:
        store: A built store; its default graph is judged, carried graphs never are.

    Raises:
        MachineryError: Java is missing, or HermiT stops for another reason.
    """
    faults = find_inconsistencies(store.quads_for_pattern(None, None, None, DefaultGraph()))
    if all(f.rule == _CLASH for f in faults):
        return faults
    return find_inconsistencies(ontology_quads()) or faults


def find_inconsistencies(triples: Iterable[Triple | Quad]) -> list[Fault]:
    """Return a fault for each unsatisfiable class, or for the individuals that can't exist.

    Args:
        triples: An ontology, with or without data.

    Returns:
        Faults sorted by name; empty if everything is consistent and every class can have members.
        Their table is "ontology" for classes and "data" for individuals.

    Raises:
        MachineryError: Java is missing, or HermiT stops for another reason.

    Caution: annotations, imports, values of properties that are not declared and values that
    HermiT can't take (ill-typed; other datatypes than text, number, true or false, date and time)
    are not looked at.
    """
    if shutil.which("java") is None:
        raise MachineryError(
            "HermiT needs Java and there is none. Install it: apt-get install default-jre-headless"
        )
    rows = strip(t.triple if isinstance(t, Quad) else t for t in triples)
    classes = _unsatisfiable(rows)
    if classes is not None:
        return [_class_fault(name) for name in classes]
    clashes = find_clashes(rows)
    if clashes:
        return [_clash_fault(name, kinds) for name, kinds in clashes.items()]
    # A class that can't have members but has one is named when its members are put aside.
    classes = _unsatisfiable(keep_terminology(rows))
    return [_class_fault(name) for name in classes or ()] or [
        Fault("data", 0, "", "ontology-inconsistent", "error", "",
              "Ontology and data contradict one another, and no individual of two disjoint classes "
              "is the reason. Undo the last change to the ontology or to the files in more/.")
    ]  # fmt: skip


def _unsatisfiable(triples: list[Triple]) -> list[str] | None:
    """Return the IRIs of the classes that can't have members, sorted; None if all contradicts."""
    import owlready2

    world = owlready2.World()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "stripped.nt"
        serialize(triples, str(path), RdfFormat.N_TRIPLES)
        try:
            world.get_ontology(path.as_uri()).load(only_local=True)
            owlready2.sync_reasoner_hermit(world, debug=0)
            names = (str(c.iri) for c in world.inconsistent_classes())
            return sorted(n for n in names if n != owlready2.Nothing.iri)
        except owlready2.OwlReadyInconsistentOntologyError:
            return None
        except (owlready2.OwlReadyJavaError, OSError) as error:
            reason = (str(error).splitlines() or [""])[-1][:200]
            raise MachineryError(f"HermiT stopped: {reason}") from None
        finally:
            world.close()


def _class_fault(name: str) -> Fault:
    return Fault(
        "ontology", 0, "", "class-unsatisfiable", "error", local_name(name),
        "Nothing can belong to this class: its axioms contradict one another. Remove one.",
    )  # fmt: skip


def _clash_fault(name: str, kinds: tuple[str, str]) -> Fault:
    first, second = sorted(map(local_name, kinds))
    return Fault(
        "data", 0, "", _CLASH, "error", local_name(name),
        f"It can't be {first} and {second} at once. Give it one of the two kinds, or mend the "
        "column that makes it the other.",
    )  # fmt: skip
