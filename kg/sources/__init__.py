"""Tables, side files and texts, read into triples that can be traced to their cells."""

from kg.sources.archive import find_lost_parts, open_book, save_book
from kg.sources.draft import Change, Draft, finish_writing
from kg.sources.folder import (
    TruthFile,
    list_files,
    missing_tables,
    read_file,
    read_sheets,
    repeated_tables,
)
from kg.sources.kind import Kind, find_kinds, name_kinds, with_kinds
from kg.sources.part import (
    Part,
    find_links,
    parse_lines,
    read_parts,
    write_lines,
    write_parts,
)
from kg.sources.review import Review, read_review, read_settings
from kg.sources.row import map_sheet
from kg.sources.sheet import Sheet, read_csv
from kg.sources.workbook import FAULTS_NAME, find_fault_sheets, read_workbook

__all__ = [
    "FAULTS_NAME",
    "Change",
    "Draft",
    "Kind",
    "Part",
    "Review",
    "Sheet",
    "TruthFile",
    "find_fault_sheets",
    "find_kinds",
    "find_links",
    "find_lost_parts",
    "finish_writing",
    "list_files",
    "map_sheet",
    "missing_tables",
    "name_kinds",
    "open_book",
    "parse_lines",
    "read_csv",
    "read_file",
    "read_parts",
    "read_review",
    "read_settings",
    "read_sheets",
    "read_workbook",
    "repeated_tables",
    "save_book",
    "with_kinds",
    "write_lines",
    "write_parts",
]
