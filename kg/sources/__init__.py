"""Tables, side files and texts, read into triples that can be traced to their cells."""

from kg.sources.folder import (
    Review,
    TruthFile,
    list_files,
    missing_tables,
    read_file,
    read_review,
)
from kg.sources.row import Part, map_sheet
from kg.sources.sheet import Sheet, read_csv, read_workbook

__all__ = [
    "Part",
    "Review",
    "Sheet",
    "TruthFile",
    "list_files",
    "map_sheet",
    "missing_tables",
    "read_csv",
    "read_file",
    "read_review",
    "read_workbook",
]
