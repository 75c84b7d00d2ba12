"""The truth of a workspace: which files there are, and what each of them says.

``review.yaml``, ``tables/``, ``texts/`` and ``more/``; nothing else is read. One file is one part,
so that only what changed needs to be read again.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, parse

from kg.errors import DataFaults, Fault, NoWorkspace, nearest, shorten
from kg.schema import Schema
from kg.sources.row import Part, map_sheet
from kg.sources.sheet import Sheet, read_csv, read_workbook
from kg.terms import QES, RDF_TYPE, data_iri

__all__ = ["Review", "TruthFile", "list_files", "missing_tables", "read_file", "read_review"]

_KEYS = ("title", "base", "language", "texts")


@dataclass(frozen=True)
class Review:
    """What ``review.yaml`` says."""

    title: str
    base: str
    language: str = "en"
    texts: str = "texts"


@dataclass(frozen=True)
class TruthFile:
    """One file of the truth: its path, its name relative to the workspace, its SHA-256."""

    path: Path
    name: str
    digest: str


def read_review(folder: Path) -> Review:
    """Return what ``review.yaml`` in the folder says.

    Raises:
        NoWorkspace: There is no such folder or file.
        DataFaults: The file can't be read, or lacks title or base.
    """
    path = folder / "review.yaml"
    if not path.is_file():
        raise NoWorkspace(
            f'There is no review.yaml in "{folder}". Name a workspace with -C DIR, or make one '
            "with kg init DIR."
        )
    import yaml

    def fail(message: str, value: str = "") -> DataFaults:
        fault = Fault("review.yaml", 0, "", "review-unreadable", "error", shorten(value), message)
        return DataFaults([fault])

    try:
        text = path.read_text(encoding="utf-8-sig")
        if any(isinstance(e, yaml.AliasEvent) for e in yaml.parse(text, Loader=yaml.BaseLoader)):
            raise fail("Aliases (*name) are not allowed. Write the value out.")
        content = yaml.load(text, Loader=yaml.BaseLoader)  # plain scalars stay text
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise fail("The file can't be read as YAML. Write lines like: title: My review",
                   str(error)) from None  # fmt: skip
    if not isinstance(content, dict):
        raise fail("Write lines like: title: My review", text)
    for key in content:
        if key not in _KEYS:
            near = nearest(str(key), _KEYS)
            hint = f' Did you mean "{near}"?' if near else ""
            raise fail(f"Only {', '.join(_KEYS)} are known.{hint}", str(key))
    for key in ("title", "base"):
        if not isinstance(content.get(key), str) or not content[key].strip():
            raise fail(f'"{key}" is missing. Add a line "{key}: …".')
    base = content["base"]
    if not base.startswith(("http://", "https://")) or base[-1] not in "/#" or " " in base:
        raise fail("base must be an address that ends in / or #.", base)
    texts = content.get("texts", "texts")
    if not isinstance(texts, str) or Path(texts).is_absolute() or ".." in Path(texts).parts:
        raise fail("texts must be a folder inside the workspace.", str(texts))
    return Review(content["title"], base, content.get("language", "en"), texts)


def list_files(folder: Path, review: Review) -> list[TruthFile]:
    """Return the files of the truth, sorted by name."""
    found = [
        *(folder / "tables").glob("*.[cC][sS][vV]"),
        *(folder / "tables").glob("*.[xX][lL][sS][xX]"),
        *(folder / "more").glob("*.ttl"),
        *(folder / review.texts).glob("*.txt"),
    ]
    names = {p.relative_to(folder).as_posix(): p for p in found if p.is_file()}
    return [
        TruthFile(path, name, sha256(path.read_bytes()).hexdigest())
        for name, path in sorted(names.items())
        if not path.name.startswith(("~$", "."))
    ]


def read_file(truth: TruthFile, review: Review, schema: Schema) -> list[Part]:
    """Return the parts in one file: one for each table, side file or text."""
    if truth.name.endswith(".ttl"):
        return [_read_turtle(truth, review)]
    if truth.name.endswith(".txt"):
        return [_read_text(truth, review)]
    if truth.name.lower().endswith(".csv"):
        sheets = [read_csv(truth.name, truth.path.read_bytes())]
    else:
        sheets = read_workbook(truth.path, truth.name, frozenset(schema.tables))
    return list(_parts(sheets, review, schema))


def _parts(sheets: list[Sheet], review: Review, schema: Schema) -> Iterator[Part]:
    for sheet in sheets:
        table = schema.tables.get(sheet.table)
        if table is None:
            sheet.fault(
                "table-unknown",
                "No table has this name. Rename the file, or delete it; `kg schema` lists the "
                "tables."
                + (f' Did you mean "{n}"?' if (n := nearest(sheet.table, schema.tables)) else ""),
                sheet.table,
            )
            yield Part(sheet.table, sheet.file, faults=sheet.faults, unreadable=True)
        else:
            yield map_sheet(sheet, table, schema, review.base)


def missing_tables(parts: list[Part], schema: Schema) -> list[Fault]:
    """Return a fault for each table that is missing although a table that is there needs it.

    Every workspace needs ``reviews``; a table that has rows needs the tables that its required
    columns refer to, unless the ontology ships such individuals.
    """
    present = {p.name for p in parts}
    needed = {"reviews": "everything rests on a review"}
    for part in parts:
        table = schema.tables.get(part.name)
        for column in table.columns if table and part.rows else ():
            owner = schema.table_of(column.refers_to)
            if column.required and owner and owner.cls not in schema.classes_with_individuals:
                needed.setdefault(owner.name, f'"{column.name}" of {part.name} refers to it')
    return [
        Fault(f"tables/{name}.csv", 0, "", "table-missing", "error", "",
              f"The table is missing, and {why}. Add the file with this header: "
              f"{','.join(schema.tables[name].header)}")
        for name, why in sorted(needed.items())
        if name not in present
    ]  # fmt: skip


def _read_text(truth: TruthFile, review: Review) -> Part:
    part = Part(truth.name, truth.name)
    try:
        content = truth.path.read_bytes().decode("utf-8")
    except UnicodeDecodeError:
        part.faults.append(
            Fault(truth.name, 0, "", "text-encoding", "error", "",
                  "The text is not UTF-8, so offsets would not hold. Save it as UTF-8.")
        )  # fmt: skip
        return part
    node = NamedNode(data_iri(review.base, f"text/{truth.path.name}"))
    part.triples = [
        Triple(node, NamedNode(RDF_TYPE), NamedNode(QES + "SourceText")),
        Triple(node, NamedNode(QES + "fileName"), Literal(truth.path.name)),
        Triple(node, NamedNode(QES + "content"), Literal(content)),
    ]
    part.canonical = f"{truth.name}\t{truth.digest}"
    return part


def _read_turtle(truth: TruthFile, review: Review) -> Part:
    part = Part(truth.name, truth.name, canonical=f"{truth.name}\t{truth.digest}")

    def fault(rule: str, message: str, value: str = "") -> None:
        part.faults.append(Fault(truth.name, 0, "", rule, "error", shorten(value), message))

    try:
        quads = list(parse(truth.path.read_bytes(), format=RdfFormat.TURTLE, base_iri=review.base))
    except (SyntaxError, ValueError) as error:
        fault("turtle-unreadable", "The file can't be read as Turtle.", str(error))
        part.unreadable = True
        return part
    for quad in quads:
        if isinstance(quad.subject, NamedNode) and not isinstance(quad.object, BlankNode):
            part.triples.append(quad.triple)
        else:
            fault("turtle-blank-node", "Give every node an IRI: blank nodes can't be traced.",
                  str(quad.triple))  # fmt: skip
            part.unreadable = True
    return part
