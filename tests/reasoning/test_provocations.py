"""What only reasoners see in a broken ontology: the provocations for the OWL API and HermiT.

Each is reported by its rule, and by no other than it lists; repaired, it is fine. What our own
rules see is in `tests/ontology/test_provocations.py`.
"""

from functools import cache

import pytest

from kg.errors import Fault
from kg.reasoning import find_owl_faults, judge_ontologies
from kg.store import Triple
from kg.terms import CE, QES, RDFS, plain
from tests.ontology.provocation import OWL_RULES, Graphs, Provocation, find_provocations

PROVOCATIONS = [p for p in find_provocations() if p.by == "owl"]


def merge(files: Graphs) -> list[Triple]:
    return [t for name, found in files.items() if not name.startswith("shapes/") for t in found]


@cache
def faults() -> dict[str, tuple[list[Fault], list[Fault]]]:
    """Return the faults of each provocation as it is and repaired; one Java machine for all."""
    ontologies = [merge(g) for p in PROVOCATIONS for g in (p.wrong(), p.repaired())]
    found = [
        find_owl_faults(verdict, "ontology", labels(triples))
        for verdict, triples in zip(judge_ontologies(ontologies), ontologies, strict=True)
    ]
    pairs = zip(found[::2], found[1::2], strict=True)
    return dict(zip((p.name for p in PROVOCATIONS), pairs, strict=True))


def labels(triples: list[Triple]) -> dict[str, str]:
    return {
        plain(t.subject): plain(t.object) for t in triples if t.predicate.value == RDFS + "label"
    }


def test_every_provocation_is_collected() -> None:
    assert len(PROVOCATIONS) == 15
    assert {p.rule for p in PROVOCATIONS} == set(OWL_RULES)


@pytest.mark.parametrize("provocation", PROVOCATIONS, ids=lambda p: p.name)
def test_reasoners_report_what_is_wrong(provocation: Provocation) -> None:
    wrong, _ = faults()[provocation.name]
    assert {f.rule for f in wrong} == {provocation.rule} | provocation.also & set(OWL_RULES)
    expected = [f for f in wrong if f.rule == provocation.rule]
    prefix, _, name = provocation.focus.partition(":")
    iri = {"ce": CE, "qes": QES}[prefix] + name
    label = labels(merge(provocation.wrong())).get(iri, name)
    seen = " ".join(f"{f.value} {f.message}" for f in expected)
    assert name in seen or label in seen, seen
    if provocation.violation:
        words = seen.replace(" ", "").lower()
        assert provocation.violation.lower() in words


@pytest.mark.parametrize("provocation", PROVOCATIONS, ids=lambda p: p.name)
def test_nothing_is_wrong_after_the_repair(provocation: Provocation) -> None:
    assert faults()[provocation.name][1] == []
