"""What `kg check --ontology` asks: the rules first, which need no Java, then those who reason."""

from __future__ import annotations

from collections.abc import Iterable

from kg import resources
from kg.checks import check_mappings, check_terms, read_modules
from kg.errors import Fault
from kg.reasoning import check_consistency, find_owl_faults, judge_ontologies
from kg.schema import load_schema, ontology_triples
from kg.sources import map_sheet, read_csv, read_review
from kg.store import DefaultGraph, Store, Triple
from kg.terms import QES, RDF_TYPE, RDFS, plain

__all__ = ["check_logic", "check_rules"]


def check_rules() -> tuple[Fault, ...]:
    """Return what the rules find wrong with the shipped ontology, its shapes and its mappings."""
    terms = [*ontology_triples(), *_read_conditions()]
    kinds = {QES + "Concept", QES + "Sense"}
    apart = {
        plain(t.subject)
        for t in terms
        if t.predicate.value == RDF_TYPE and plain(t.object) in kinds
    }
    faults = check_mappings(resources.mapping_files(), _read_labels(terms), apart)
    return (*check_terms(read_modules()), *faults)


def _read_conditions() -> list[Triple]:
    """Return the conditions of the first case, which are mapped as well."""
    folder = resources.data_folder("collective-efficacy")
    file = folder / "tables" / "conditions.csv"
    schema, base = load_schema(), read_review(folder).base
    sheet = read_csv(file.name, file.read_bytes())
    return map_sheet(sheet, schema.tables["conditions"], schema, base).triples


def _read_labels(triples: Iterable[Triple]) -> dict[str, str]:
    label = RDFS + "label"
    return {plain(t.subject): plain(t.object) for t in triples if t.predicate.value == label}


def check_logic(store: Store) -> tuple[Fault, ...]:
    """Return what the OWL API and HermiT find wrong with the ontology, alone and with data.

    The data are judged by owlready2 with its own HermiT as well, which names what contradicts.

    Args:
        store: A built store; its default graph is judged, carried graphs never are.

    Raises:
        MachineryError: Java, JPype or the OWL API is missing, or a reasoner gave no answer.
    """
    alone = ontology_triples()
    together = [q.triple for q in store.quads_for_pattern(None, None, None, DefaultGraph())]
    labels = _read_labels(together)
    ontology, data = judge_ontologies([alone, together])
    faults = find_owl_faults(ontology, "ontology", labels)
    if not faults:
        faults = find_owl_faults(data, "data", labels)
        named = check_consistency(store)
        # What owlready2 names says more than that there is a contradiction somewhere.
        faults = named + [f for f in faults if f.rule != "ontology-inconsistent" or not named]
    return tuple(sorted(faults))
