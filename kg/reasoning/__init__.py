"""Reasoning: rules over data, and OWL consistency of ontology and data."""

from kg.reasoning.consistency import check_consistency, find_inconsistencies
from kg.reasoning.rules import infer

__all__ = ["check_consistency", "find_inconsistencies", "infer"]
