"""Small workspaces for tests: rows as Python values, written as tables.

``minimal()`` is one sound chain, from a review to a transfer; every default reference of a row
names a row of it, so a test adds only what it is about:

    >>> workspace = minimal()
    >>> workspace.add("bearings", "b2", polarity="refutes")
    'b2'
    >>> workspace.write(tmp_path)  # doctest: +SKIP

Nothing here reads the shapes or the package: what a test writes doesn't move with the code.
"""

import csv
from collections.abc import Iterable, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import Path

__all__ = ["BASE", "UNKNOWN", "Workspace", "minimal"]

BASE = "https://example.org/review/"
UNKNOWN = "not reported"

Value = str | int | bool | Iterable[str]

# What a row needs to be sound. Every reference is to a row of minimal().
DEFAULTS: dict[str, dict[str, str]] = {
    "reviews": {"title": "A synthesis", "kind": "this synthesis", "question": "What is known?"},
    "people": {"name": "coder"},
    "stances": {"person": "coder"},
    "memos": {"about": "study", "text": "A note.", "by": "coder"},
    "criteria": {"review": "synthesis", "label": "qualitative", "question": "Is it qualitative?"},
    "eligibility": {
        "study": "study",
        "criterion": "criterion",
        "stage": "title and abstract",
        "decision": "met",
        "reason": "",
        "by": "coder",
    },
    "searches": {
        "review": "synthesis",
        "purpose": "studies",
        "source": UNKNOWN,
        "string": UNKNOWN,
        "date": UNKNOWN,
        "results": UNKNOWN,
    },
    "authors": {"name": "Author, A"},
    "reports": {
        "title": "A report",
        "kind": "journal article",
        "authors": UNKNOWN,
        "author list": "not seen",
        "year": UNKNOWN,
        "read": "abstract only",
    },
    "pages": {"report": "report", "address": "https://example.org/page"},
    "studies": {
        "label": "A study",
        "reports": "report",
        "role": "demonstration corpus",
        "role reason": "",
        "role by": "",
        "found for": "source settings",
        "design": "qualitative",
        "method": UNKNOWN,
        "sample": UNKNOWN,
        "country": UNKNOWN,
        "populations": "population",
        "names": "",
        "funding": UNKNOWN,
    },
    "settings": {"label": "A setting", "kind": "neighbourhood"},
    "setting-kinds": {"label": "a kind", "definition": "What belongs to it.", "under": ""},
    "populations": {"label": "Residents", "has condition": ""},
    "conditions": {"label": "a condition", "broader": ""},
    "concepts": {"label": "a concept", "definition": "A concept that a test is about."},
    "senses": {"concept": "concept", "label": "a sense", "gloss": "One meaning."},
    "theories": {"label": "a theory", "theorist": "Nobody"},
    "uses": {
        "in": "study",
        "concept": "concept",
        "sense": "",
        "reason": "The abstract names it.",
        "interpreter": "coder",
    },
    "quotations": {
        "of": "finding",
        "exact": "some words",
        "report": "report",
        "locator": "page not recorded",
        "check": "copied, not verifiable here",
    },
    "findings": {
        "study": "study",
        "statement": "It may help.",
        "wording": "paraphrase",
        "settings": "setting",
        "applies to": "",
        "modality": "asserted",
        "cue": "",
        "paraphrase only": "true",
    },
    "bearings": {
        "finding": "finding",
        "towards": "concept",
        "sense": "",
        "polarity": "supports",
        "kind": "interpretive qualitative",
        "reason": "The finding says so.",
        "interpreter": "coder",
    },
    "study-relations": {
        "studies": "study;study-2",
        "relation": "comparable",
        "reason": "Both look at the same.",
        "interpreter": "coder",
    },
    "constructs": {
        "wording": "a construct",
        "order": "second-order construct",
        "whose": "study authors",
        "study": "study",
        "interpreter": "coder",
    },
    "translations": {
        "kind": "reciprocal translation",
        "constructs": "construct;construct-2",
        "interpreter": "coder",
    },
    "lines-of-argument": {"statement": "So it is.", "joins": "translation", "interpreter": "coder"},
    "statements": {
        "review": "source-review",
        "role": "finding",
        "label": "a statement",
        "modality": "asserted",
        "cue": "",
        "quotation": "it may be at work",
        "quoted from": "source-review-report",
        "locator": "page not recorded",
        "check": "copied, not verifiable here",
        "about": "concept",
        "sense": "",
        "target": "",
    },
    "elements": {"label": "an element", "concept": "concept", "statement": "statement"},
    "review-findings": {
        "review": "synthesis",
        "statement": "The concept is at work.",
        "about": "concept",
        "sense": "",
        "interpreter": "coder",
    },
    "confidence": {
        "review finding": "review-finding",
        "level": "",
        "explanation": "",
        "not assessed": "nobody asked",
        "by": "coder",
    },
    "appraisals": {
        "study": "study",
        "tool": "CASP",
        "item": "1",
        "judgement": "yes",
        "by": "coder",
    },
    "mechanisms": {"label": "a mechanism", "concept": "concept"},
    "outcomes": {"label": "an outcome", "level": "individual outcome"},
    "configurations": {
        "label": "a link that may help",
        "mechanism": "mechanism",
        "outcome": "outcome",
        "modality": "asserted",
        "cue": "",
    },
    "preconditions": {"label": "a state"},
    "requires": {
        "what": "concept",
        "sense": "",
        "precondition": "precondition",
        "reason": "It seems so.",
        "interpreter": "coder",
    },
    "targets": {
        "label": "a target",
        "setting": "target-setting",
        "population": "target-population",
    },
    "decisions": {
        "kind": "withdrawal",
        "what": "concept",
        "sense": "",
        "target": "target",
        "precondition": "",
        "by precondition": "",
        "reason": "The argument.",
        "signed by": "coder",
        "date": "2025-01-01T00:00:00Z",
    },
    "egos": {"label": "E1", "origin": "synthetic"},
    "alters": {
        "ego": "ego",
        "label": "A1",
        "relationship": "friend",
        "circle": "circle 1",
        "contact": "weekly",
    },
    "ties": {"from": "alter", "to": "alter-2"},
}


def _cell(value: Value) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, str | int) else ";".join(value)


@dataclass
class Workspace:
    """Tables (rows by id, in order), side files and texts of a workspace to be written."""

    tables: dict[str, dict[str, dict[str, str]]] = field(default_factory=dict)
    more: dict[str, str] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    base: str = BASE

    def add(self, table: str, row: str, /, **cells: Value) -> str:
        """Add a sound row and return its id.

        A cell is named by its header with ``_`` for a space (``in_``, ``from_`` for ``in``,
        ``from``); several values are joined by ";"; "" empties a default.
        """
        rows = self.tables.setdefault(table, {})
        assert row not in rows, f"{table} has a row {row} already"
        rows[row] = dict(DEFAULTS[table])
        self.edit(table, row, **cells)
        return row

    def edit(self, table: str, row: str, /, **cells: Value) -> None:
        """Change cells of a row."""
        for name, value in cells.items():
            self.tables[table][row][name.rstrip("_").replace("_", " ")] = _cell(value)

    def remove(self, table: str, row: str) -> None:
        """Delete a row."""
        del self.tables[table][row]

    def copy(self) -> "Workspace":
        """Return a copy that can be changed by itself."""
        return deepcopy(self)

    def iri(self, row: str) -> str:
        """Return the IRI that a row gets."""
        return self.base + row

    def record_number(self, table: str, row: str) -> int:
        """Return the record number that a row gets; the header is 1."""
        return list(self.tables[table]).index(row) + 2

    def write(self, folder: Path, headers: Mapping[str, Iterable[str]] | None = None) -> Path:
        """Write everything below a folder and return the folder; a table without rows is no file.

        Args:
            folder: Folder, made if it isn't there.
            headers: Whole header of a table, where a test needs columns that no row fills.
        """
        (folder / "tables").mkdir(parents=True, exist_ok=True)
        (folder / "review.yaml").write_text(
            f'title: "A test"\nbase: "{self.base}"\nlanguage: en\ntexts: texts\n', encoding="utf-8"
        )
        for name, rows in self.tables.items():
            if not rows and name not in (headers or {}):
                continue
            given = (headers or {}).get(name, ())
            header = list(dict.fromkeys(["id", *given, *(c for r in rows.values() for c in r)]))
            path = folder / "tables" / f"{name}.csv"
            with path.open("w", encoding="utf-8", newline="") as file:
                writer = csv.DictWriter(file, header, restval="", lineterminator="\n")
                writer.writeheader()
                writer.writerows({"id": i, **cells} for i, cells in rows.items())
        for part, files in (("more", self.more), ("texts", self.texts)):
            for name, text in files.items():
                (folder / part).mkdir(exist_ok=True)
                (folder / part / name).write_text(text, encoding="utf-8")
        return folder

    # Builders of rows that come in twos.

    def study(self, row: str, /, read: str = "abstract only", authors: Value = UNKNOWN,
              **cells: Value) -> str:  # fmt: skip
        """Add a study with a report of its own, ``<id>-report``; a role is signed for."""
        report = self.add("reports", f"{row}-report", title=row, authors=authors, read=read,
                          author_list="not seen" if authors == UNKNOWN else "complete")  # fmt: skip
        if cells.get("role") == "target-context evidence":
            cells = {"role_reason": "It concerns the target.", "role_by": "coder", **cells}
        return self.add("studies", row, **{"label": row, "reports": report, **cells})

    def finding(self, row: str, /, modality: str = "asserted", **cells: Value) -> str:
        """Add a finding that is a paraphrase; a hedge or conjecture has its cue."""
        cue = "" if modality == "asserted" else "may"
        return self.add("findings", row, modality=modality, cue=cue, **cells)

    def statement(self, row: str, /, modality: str = "asserted", **cells: Value) -> str:
        """Add a statement of the source review; a hedge or conjecture has its cue."""
        cue = "" if modality == "asserted" else "may"
        return self.add("statements", row, label=row, modality=modality, cue=cue, **cells)


def minimal() -> Workspace:
    """Return one sound chain: a concept seen in a neighbourhood, to be carried to a target.

    Its one transfer, ``concept--target``, is *proposed*: one study in a neighbourhood, nothing
    from the target.
    """
    workspace = Workspace()
    workspace.add("people", "coder")
    workspace.add("reviews", "synthesis")
    workspace.add("reviews", "source-review", title="A source review", kind="source review",
                  report="source-review-report")  # fmt: skip
    workspace.add("reports", "source-review-report", kind="review article")
    workspace.add("reports", "report")
    workspace.add("studies", "study")
    workspace.add("settings", "setting")
    workspace.add("settings", "target-setting", label="A personal community",
                  kind="personal community")  # fmt: skip
    workspace.add("conditions", "condition")
    workspace.add("populations", "population")
    workspace.add("populations", "target-population", label="People with the condition",
                  has_condition="condition")  # fmt: skip
    workspace.add("concepts", "concept")
    workspace.add("preconditions", "precondition")
    workspace.add("findings", "finding")
    workspace.add("bearings", "bearing")
    workspace.add("targets", "target")
    return workspace
