"""Carry, why, why-not, robustness and gaps: what the evidence says for another context."""

from kg.synthesis.carry import Transfer, carry, describe_run, read_transfers, statuses
from kg.synthesis.gaps import find_facets, find_gaps, find_reliance
from kg.synthesis.robustness import Removal, leave_one_out
from kg.synthesis.what_if import Change, what_would_change
from kg.synthesis.why import Step, explain
from kg.synthesis.why_not import Obstacle, explain_absence

__all__ = [
    "Change",
    "Obstacle",
    "Removal",
    "Step",
    "Transfer",
    "carry",
    "describe_run",
    "explain",
    "explain_absence",
    "find_facets",
    "find_gaps",
    "find_reliance",
    "leave_one_out",
    "read_transfers",
    "statuses",
    "what_would_change",
]
