"""The shapes and the check queries at work: engines, faults, the rows that stay out."""

from kg.checks.engine import ENGINES, Result, validate
from kg.checks.judgement import LeftOut, duplicate_faults, judge, leave_out
from kg.checks.locator import Locator
from kg.checks.queries import check_store

__all__ = [
    "ENGINES",
    "LeftOut",
    "Locator",
    "Result",
    "check_store",
    "duplicate_faults",
    "judge",
    "leave_out",
    "validate",
]
