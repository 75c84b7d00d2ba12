"""Tables, side files and texts, read into triples that can be traced to their cells."""

from kg.sources.draft import Change, Draft, finish_writing
from kg.sources.folder import TruthFile, list_files, missing_tables, read_file, repeated_tables
from kg.sources.part import Part, read_parts, write_parts
from kg.sources.review import Review, read_review
from kg.sources.row import map_sheet
from kg.sources.sheet import Sheet, read_csv
from kg.sources.workbook import read_workbook

__all__ = [
    "Change",
    "Draft",
    "Part",
    "Review",
    "Sheet",
    "TruthFile",
    "finish_writing",
    "list_files",
    "map_sheet",
    "missing_tables",
    "read_csv",
    "read_file",
    "read_parts",
    "read_review",
    "read_workbook",
    "repeated_tables",
    "write_parts",
]
