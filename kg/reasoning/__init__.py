"""Reasoning: rules over data, and OWL consistency of ontology and data."""

from kg.reasoning.axioms import Sentence, say_axioms
from kg.reasoning.consistency import check_consistency, find_inconsistencies
from kg.reasoning.owlapi import Verdict, convert_ontology, find_owl_faults, judge_ontologies
from kg.reasoning.rules import infer

__all__ = [
    "Sentence",
    "Verdict",
    "check_consistency",
    "convert_ontology",
    "find_inconsistencies",
    "find_owl_faults",
    "infer",
    "judge_ontologies",
    "say_axioms",
]
