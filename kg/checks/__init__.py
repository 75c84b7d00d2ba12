"""The shapes and the check queries at work: engines, faults, the rows that stay out."""

from kg.checks.change import Change
from kg.checks.dissent import Dissent, cut_dissent, find_dissent
from kg.checks.engine import ENGINES, Result, validate
from kg.checks.judgement import LeftOut, duplicate_faults, judge, leave_out
from kg.checks.locator import Locator
from kg.checks.mappings import check_mapping_text, check_mappings
from kg.checks.names import find_names, find_read
from kg.checks.ontology import (
    Exemption,
    check_terms,
    find_rows,
    list_exemptions,
    list_rules,
    read_modules,
)
from kg.checks.placing import cut_parts, in_graph, keep_lines, pass_lines, place_lines, sort_lines
from kg.checks.quarantine import find_faults, find_topics, mark_damaged
from kg.checks.queries import Violation, check_store, describe_violations
from kg.checks.quotation import QUOTED_RULES
from kg.checks.reach import Reach, get_reach, tables_of
from kg.checks.recheck import (
    find_row,
    find_world,
    judge_in_slices,
    judge_lines,
    judge_slice,
    judge_world,
    recheck,
)
from kg.checks.slices import Slice, Slices
from kg.checks.sssom import MappingRow, MappingSet, read_mapping_set

__all__ = [
    "ENGINES",
    "QUOTED_RULES",
    "Change",
    "Dissent",
    "Exemption",
    "LeftOut",
    "Locator",
    "MappingRow",
    "MappingSet",
    "Reach",
    "Result",
    "Slice",
    "Slices",
    "Violation",
    "check_mapping_text",
    "check_mappings",
    "check_store",
    "check_terms",
    "cut_dissent",
    "cut_parts",
    "describe_violations",
    "duplicate_faults",
    "find_dissent",
    "find_faults",
    "find_names",
    "find_read",
    "find_row",
    "find_rows",
    "find_topics",
    "find_world",
    "get_reach",
    "in_graph",
    "judge",
    "judge_in_slices",
    "judge_lines",
    "judge_slice",
    "judge_world",
    "keep_lines",
    "leave_out",
    "list_exemptions",
    "list_rules",
    "mark_damaged",
    "pass_lines",
    "place_lines",
    "read_mapping_set",
    "read_modules",
    "recheck",
    "sort_lines",
    "tables_of",
    "validate",
]
