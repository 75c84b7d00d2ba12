"""Files in: references, tables of others and RDF become drafts of tables and side files."""

from kg.imports.reference import import_references, read_references, read_rows
from kg.imports.report import Entry, Report
from kg.imports.upload import Upload, read_upload

__all__ = [
    "Entry",
    "Report",
    "Upload",
    "import_references",
    "read_references",
    "read_rows",
    "read_upload",
]
