"""The workspace: the verbs, and the only thing that faces import.

Every verb returns plain values; reading verbs build first when the tables changed. What only one
verb needs is loaded by that verb, so that the others start fast.
"""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import Fault, UnknownName
from kg.query import Rows
from kg.schema import Table, load_schema
from kg.store import write_text
from kg.workspace.build import Built, build
from kg.workspace.case import copy_case
from kg.workspace.find import explain_node, find_transfers, list_questions, query
from kg.workspace.render import (
    render_faults,
    render_removals,
    render_rows,
    render_schema,
    render_transfers,
)

if TYPE_CHECKING:
    import polars
    import rdflib

    from kg.synthesis import Obstacle, Removal, Step, Transfer

__all__ = [
    "Workspace",
    "copy_case",
    "list_questions",
    "list_tables",
    "render_faults",
    "render_removals",
    "render_rows",
    "render_schema",
    "render_transfers",
    "write_text",
]


class Workspace:
    """A folder with ``review.yaml`` and ``tables/``.

    Example:
        >>> from kg import Workspace
        >>> Workspace("data/collective-efficacy").check()
        ()
    """

    def __init__(self, folder: str | Path = ".", *, engine: str = "shacl") -> None:
        """Name the folder and the engine that judges ("shacl" or "pyshacl")."""
        self.folder = Path(folder)
        self.engine = engine

    @cached_property
    def built(self) -> Built:
        """Return the built workspace, building it first if a table changed."""
        return build(self.folder, engine=self.engine)

    def build(self) -> Built:
        """Build if a table changed, and insist on the cache.

        Raises:
            CannotWrite: The folder can't be written.
        """
        return build(self.folder, engine=self.engine, write=True)

    def check(self) -> tuple[Fault, ...]:
        """Return all faults, sorted by table, row and column; empty if the data conform."""
        return self.built.faults

    def check_rules(self) -> tuple[Fault, ...]:
        """Return what the rules of a well-made ontology find wrong with ours; needs no Java."""
        from kg.workspace.gate import check_rules

        return check_rules()

    def check_logic(self) -> tuple[Fault, ...]:
        """Return what the OWL API and HermiT find wrong with the ontology, alone and with the data.

        Raises:
            MachineryError: Java, or what is reached through it, is missing.
        """
        from kg.workspace.gate import check_logic

        return check_logic(self.built.store)

    def query(self, text: str, params: dict[str, str] | None = None) -> Rows:
        """Return the answer of a shipped question, a ``.rq`` file or a SPARQL text."""
        return query(self.built, text, params or {})

    def carry(self, to: str = "") -> list[Transfer]:
        """Return the transfers into one target context, or into all; no basis included."""
        return find_transfers(self.built, to=to)

    def why(self, name: str) -> Step:
        """Return the chain under anything that has an id, down to its quotations."""
        return explain_node(self.built, name)

    def why_not(self, concept: str, to: str) -> list[Obstacle]:
        """Return what is missing for a concept, in each of its senses, in a target context."""
        from kg.synthesis import explain_absence

        transfers = find_transfers(self.built, concept=concept, to=to)
        return explain_absence(self.built.store, transfers, self.built.review.base)

    def robustness(self) -> list[Removal]:
        """Return what would change without each study and each review statement."""
        from kg.synthesis import leave_one_out

        return list(leave_one_out(self.built.store))

    def gaps(self) -> Rows:
        """Return the gap map: concept × kind of setting."""
        from kg.synthesis import find_gaps

        return find_gaps(self.built.store, self.built.columns)

    def facets(self) -> Rows:
        """Return how many studies and findings there are of each kind: setting, role, year, …."""
        from kg.synthesis import find_facets

        return find_facets(self.built.store, self.built.columns)

    def reliance(self) -> Rows:
        """Return how many claims rest on each study or review statement, and how many on it alone.

        What would then change, :meth:`robustness` says.
        """
        from kg.synthesis import find_reliance

        return find_reliance(self.built.store, self.built.review.base, self.built.columns)

    def export(self, path: str | Path, carried: str = "") -> Path:
        """Write a file whose extension decides the format, and return its path."""
        from kg.workspace.output import export_file

        return export_file(self, Path(path), carried)

    def losses(self, path: str | Path) -> tuple[str, ...]:
        """Return a sentence for each value that a file with this name can't hold as it is."""
        from kg.workspace.output import find_file_losses

        return find_file_losses(self, Path(path))

    def report(self, kind: str) -> str:
        """Return a report as HTML; "ontology" is the one kind so far.

        Raises:
            UnknownName: There is no such report.
        """
        if kind != "ontology":
            raise UnknownName("report", kind, ["ontology"])
        from kg.reports import count_usage, render_reference

        return render_reference(count_usage(self.built.store)).decode()

    def to_polars(self, table: str) -> polars.DataFrame:
        """Return a table, as ``kg export data.parquet`` writes it, as a polars data frame.

        Raises:
            UnknownName: There is no such table among these files.
        """
        from kg.workspace.output import read_columns_of

        return read_columns_of(self.built, table)

    def to_rdflib(self) -> rdflib.Graph:
        """Return the data, without ontology and carried claims, as an rdflib graph."""
        from kg.exports.rdf import to_rdflib

        return to_rdflib(self.built.store)


def list_tables() -> dict[str, Table]:
    """Return all tables by name, as the shapes give them."""
    return load_schema().tables
