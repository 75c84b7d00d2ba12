"""Users and codes: what everything else in a REFI-QDA file refers to.

`kg.imports`. A code becomes a construct, under the construct of the code that holds it.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.imports.refi_report import Report
from kg.imports.refi_rest import ORIGIN
from kg.imports.refi_rows import Rows, read_cells, short_id
from kg.imports.refi_xml import Element

__all__ = ["Coding", "Construct"]


@dataclass
class Construct:
    """A construct that a code gives: its cells, and the findings that were coded with it."""

    id: str
    cells: dict[str, str]
    findings: list[str] = field(default_factory=list)


class Coding:
    """What the parts of an import share.

    Attributes:
        rows: The rows of the workspace.
        report: What was done and lost.
        people: GUID of a user → id.
        codes: GUID of a code → construct.
        about: GUID of a note → ids of the rows that it is about.
    """

    def __init__(self, rows: Rows, report: Report) -> None:
        """Begin with nothing read."""
        self.rows, self.report = rows, report
        self.people: dict[str, str] = {}
        self.codes: dict[str, Construct] = {}
        self.about: dict[str, list[str]] = {}
        self._constructs: list[Construct] = []

    def read_users(self, project: Element) -> None:
        """Put the users into people; an id is that of the user only in files that we wrote."""
        ours = project.get("origin") == ORIGIN
        for user in project.under("Users"):
            wanted = user.get("id") if ours else short_id(user.get("name"), "user")
            person = self.rows.claim("people", wanted or short_id(user.get("name"), "user"))
            self.people[user.guid()] = person
            if user.get("id") and not ours and user.get("name"):
                self.report.lose("ids of users", user.get("name"))
            self.rows.put("people", person, {"name": user.get("name") or user.get("id") or person})

    @property
    def only_person(self) -> str:
        """Return the id of the user if there is exactly one, or ""."""
        return next(iter(self.people.values())) if len(self.people) == 1 else ""

    def read_codes(self, codes: list[Element], broader: str = "") -> None:
        """Take codes, and those that they hold, for constructs."""
        for code in codes:
            if code.tag != "Code":
                continue
            name, description = code.get("name"), code.text_of("Description")
            if not name.strip():
                self.report.warn("a code without a name")
            said = read_cells(description)
            ours = said is not None and said[0] == "constructs"
            wanted = said[1] if said and ours else f"code-{short_id(name, 'unnamed')}"
            row_id = self.rows.claim("constructs", wanted)
            cells = said[2] if said and ours else {"interpreter": self.only_person}
            nested = {"broader": broader} if broader else {}
            construct = Construct(row_id, {**cells, "wording": name or row_id, **nested})
            self._constructs.append(construct)
            self.codes[code.guid()] = construct
            if description and not ours:
                self.put_memo(row_id, description)
            self._lose_marks(code)
            self.refer(code, [row_id])
            self.read_codes(code.children, row_id)

    def _lose_marks(self, code: Element) -> None:
        if code.get("color"):
            self.report.lose("colours of codes", code.get("name"))
        if code.get("isCodable").strip() in ("false", "0"):
            self.report.lose("codes that only hold codes (isCodable false)", code.get("name"))

    def refer(self, element: Element, rows: list[str]) -> None:
        """Remember which rows the notes are about to which an element refers."""
        for reference in element.all("NoteRef"):
            self.about.setdefault(reference.guid("targetGUID"), []).extend(rows)

    def put_memo(self, about: str, text: str, by: str = "", date: str = "") -> None:
        """Put a description, which has no column of its own, into memos."""
        cells = {"about": about, "text": text, "by": by or self.only_person, "date": date}
        self.rows.put("memos", self.rows.claim("memos", f"{about}-note"), cells)

    def write(self) -> None:
        """Put the constructs into the draft, now that all codings are known."""
        for construct in self._constructs:
            known = [f for f in construct.cells.get("findings", "").split(";") if f]
            more = dict.fromkeys([*known, *construct.findings])
            cells = {**construct.cells, "findings": ";".join(more)}
            self.rows.put("constructs", construct.id, cells, grows="findings")
