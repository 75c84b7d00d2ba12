"""The parts of a REFI-QDA project, in the order that its schema wants.

`kg.exports`. A row that has no element of its own (a finding that is not quoted from a shipped
text, a report without a text, a translation) travels as a note.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from xml.etree import ElementTree

from kg.exports.refi_element import ORIGIN, Element, Pen, Row, write_date

__all__ = ["Project", "add_codes"]

_MAX_DEPTH = 100


def add_codes(
    pen: Pen, parent: Element, constructs: Sequence[Row], notes: Mapping[str, list[str]]
) -> None:
    """Add a code for each construct, below the code of the construct under which it is kept.

    Args:
        pen: What writes.
        parent: Where the codes are to stand.
        constructs: Rows of constructs, sorted.
        notes: Id → GUIDs of the notes about it.
    """
    below: dict[str, list[Row]] = {}
    ids = {row["id"] for row in constructs}
    for row in constructs:
        below.setdefault(row.get("broader", ""), []).append(row)
    tops = [row for row in constructs if row.get("broader", "") not in ids]
    waiting = [(row, parent, 0) for row in reversed(tops)]
    done: set[str] = set()
    while waiting or len(done) < len(ids):
        if not waiting:  # what is left goes round in a circle
            waiting = [next((r, parent, 0) for r in constructs if r["id"] not in done)]
        row, place, depth = waiting.pop()
        if row["id"] in done:
            continue
        done.add(row["id"])
        code = _add_code(pen, parent if depth > _MAX_DEPTH else place, row, parent, notes)
        deeper = 0 if depth > _MAX_DEPTH else depth + 1
        waiting += [(child, code, deeper) for child in reversed(below.get(row["id"], []))]


def _add_code(
    pen: Pen, place: Element, row: Row, top: Element, notes: Mapping[str, list[str]]
) -> Element:
    row_id = row["id"]
    if not row.get("wording"):
        pen.lose("constructs without a wording, named by their id", row_id)
    code = pen.add(place, "Code", row_id=row_id, guid=pen.guid("code", row_id),
                   name=row.get("wording") or row_id, isCodable="true")  # fmt: skip
    nested = {"broader"} if place is not top else set()
    pen.describe(code, "constructs", row, {"wording", *nested})
    pen.refer(code, notes.get(row_id, []))
    return code


class Project:
    """A project that is being written.

    Attributes:
        rows: Table → rows that are carried.
        files: Name in the archive → content of the texts.
        used: Names of the texts that a report names.
    """

    def __init__(
        self, pen: Pen, rows: Mapping[str, Sequence[Row]], texts: Mapping[str, str]
    ) -> None:
        """Find out which report has a text, and which words stand in it."""
        self.rows, self.files, self.used = rows, dict[str, bytes](), set[str]()
        self._pen, self._texts = pen, texts
        self._sources = {r["id"]: r for r in rows["reports"] if r.get("text") in texts}
        self._people = {row["id"] for row in rows["people"]}
        self._placed = {
            (table, row["id"])
            for table, words, report in _QUOTED
            for row in rows[table]
            if self._stands(row, words, report)
        }
        self._notes: dict[str, list[str]] = {}  # id of a row → GUIDs of the notes about it

    def _stands(self, row: Row, words: str, report: str) -> bool:
        """Return whether the words of a row stand where it says, in a text that goes along."""
        source = self._sources.get(row.get(report, ""))
        if source is None or row.get("check") != "verified in shipped text":
            return False
        start, end = row.get("start", ""), row.get("end", "")
        number = start.isascii() and start.isdigit() and end.isascii() and end.isdigit()
        plain = number and (str(int(start[:12])), str(int(end[:12]))) == (start, end)
        exact = row.get(words, "")
        content = self._texts[source["text"]]
        return bool(exact) and plain and content[int(start) : int(end)] == exact

    def build(self, title: str, reviews: Sequence[Row]) -> Element:
        """Return the whole project."""
        root = ElementTree.Element("Project", xmlns="urn:QDA-XML:project:1.0")
        root.attrib |= {"name": title, "origin": ORIGIN}
        notes = ElementTree.Element("Notes")
        self._add_notes(notes)
        self._add_users(root)
        if self.rows["constructs"]:
            codes = ElementTree.SubElement(ElementTree.SubElement(root, "CodeBook"), "Codes")
            add_codes(self._pen, codes, self.rows["constructs"], self._notes)
        self._add_cases(root)
        self._add_sources(root)
        if len(notes):
            root.append(notes)
        self._add_links(root)
        for review in reviews:
            self._pen.refer(root, self._notes.get(review.get("id", ""), []))
        return root

    def _add_users(self, root: Element) -> None:
        users = _group(root, "Users", self.rows["people"])
        for row in self.rows["people"]:
            guid = self._pen.guid("user", row["id"])
            name = row.get("name") or row["id"]
            self._pen.add(users, "User", row_id=row["id"], guid=guid, name=name, id=row["id"])

    def _add_cases(self, root: Element) -> None:
        pen = self._pen
        cases = _group(root, "Cases", self.rows["studies"])
        for row in self.rows["studies"]:
            case = pen.add(cases, "Case", row_id=row["id"], guid=pen.guid("case", row["id"]),
                           name=row.get("label") or row["id"])  # fmt: skip
            if not row.get("label"):
                pen.lose("studies without a label, named by their id", row["id"])
            pen.describe(case, "studies", row, {"label"})
            texts = [r for r in _split(row.get("reports", "")) if r in self._sources]
            pen.refer(case, [pen.guid("source", r) for r in texts], "SourceRef")
            own = [f["id"] for f in self.rows["findings"] if f.get("study") == row["id"]]
            placed = [f for f in own if ("findings", f) in self._placed]
            pen.refer(case, [pen.guid("findings", f) for f in placed], "SelectionRef")

    def _add_sources(self, root: Element) -> None:
        pen = self._pen
        sources = _group(root, "Sources", self._sources)
        for row_id, row in self._sources.items():
            file = f"{pen.guid('text', row_id)}.txt"
            self.files[f"sources/{file}"] = self._texts[row["text"]].encode()
            self.used.add(row["text"])
            source = pen.add(sources, "TextSource", row_id=row_id, guid=pen.guid("source", row_id),
                             name=row.get("title") or row_id,
                             plainTextPath=f"internal://{file}")  # fmt: skip
            pen.describe(source, "reports", row)
            for table, words, report in _QUOTED:
                for quoted in self.rows[table]:
                    if (table, quoted["id"]) in self._placed and quoted[report] == row_id:
                        self._add_selection(source, table, quoted, words, report)
            pen.refer(source, self._notes.get(row_id, []))

    def _add_selection(
        self, source: Element, table: str, row: Row, words: str, report: str
    ) -> None:
        pen, row_id = self._pen, row["id"]
        selection = pen.add(source, "PlainTextSelection", row_id=row_id,
                            guid=pen.guid(table, row_id), name=_cut(row[words]),
                            startPosition=row["start"], endPosition=row["end"])  # fmt: skip
        pen.describe(selection, table, row, {words, report, "start", "end", "check"})
        for construct in self.rows["constructs"] if table == "findings" else ():
            if row_id in _split(construct.get("findings", "")):
                who = construct.get("interpreter", "")
                coding = pen.add(selection, "Coding", guid=pen.guid("coding", row_id,
                                 f"/{construct['id']}"), creatingUser=self._user(who))  # fmt: skip
                pen.refer(coding, [pen.guid("code", construct["id"])], "CodeRef")
        pen.refer(selection, self._notes.get(row_id, []))

    def _user(self, person: str) -> str:
        return self._pen.guid("user", person) if person in self._people else ""

    def _add_notes(self, notes: Element) -> None:
        for row in self.rows["memos"]:
            note = self._add_note(notes, "memos", row, row.get("text", ""), {"text"})
            self._notes.setdefault(row.get("about", ""), []).append(note)
        for table, words, _ in _QUOTED:
            for row in self.rows[table]:
                if (table, row["id"]) not in self._placed:
                    text = row.get("statement") or row.get(words, "")
                    note = self._add_note(notes, table, row, text)
                    self._note_for_constructs(row["id"], note)
        for row in self.rows["reports"]:
            if row["id"] not in self._sources:
                self._add_note(notes, "reports", row, row.get("citation") or row.get("title", ""))
        for row in self.rows["translations"]:
            self._add_note(notes, "translations", row, row.get("argument") or row.get("kind", ""))

    def _note_for_constructs(self, finding: str, note: str) -> None:
        for construct in self.rows["constructs"]:
            if finding in _split(construct.get("findings", "")):
                self._notes.setdefault(construct["id"], []).append(note)

    def _add_note(
        self, notes: Element, table: str, row: Row, text: str, shown: Iterable[str] = ()
    ) -> str:
        pen = self._pen
        guid = pen.guid("note", row["id"], f"/{table}")
        by = row.get("by") or row.get("interpreter", "")
        note = pen.add(notes, "Note", row_id=row["id"], guid=guid, name=f"{table} {row['id']}",
                       creatingUser=self._user(by),
                       creationDateTime=write_date(row.get("date", "")))  # fmt: skip
        pen.describe(note, table, row, set(shown))
        pen.add(note, "PlainTextContent", text, row_id=row["id"])
        return guid

    def _add_links(self, root: Element) -> None:
        pen = self._pen
        known = {row["id"] for row in self.rows["constructs"]}
        links = ElementTree.Element("Links")
        for row in self.rows["translations"]:
            joined = [c for c in dict.fromkeys(_split(row.get("constructs", ""))) if c in known]
            into = row.get("into", "")
            pairs = [(c, into) for c in joined] if into in known else [
                (joined[0], c) for c in joined[1:]]  # fmt: skip
            for origin, target in pairs:
                link = pen.add(links, "Link", row_id=row["id"], guid=pen.guid(
                    "link", row["id"], f"/{origin}/{target}"), name=row.get("kind", ""),
                    direction="OneWay" if into in known else "Associative",
                    originGUID=pen.guid("code", origin), targetGUID=pen.guid("code", target),
                )  # fmt: skip
                pen.refer(link, [pen.guid("note", row["id"], "/translations")])
        if len(links):
            root.append(links)


_QUOTED = (("findings", "quotation", "quoted from"), ("quotations", "exact", "report"))
"""Table, the column of its words, the column of the report that they stand in."""


def _group(root: Element, tag: str, members: Iterable[object]) -> Element:
    """Return the element for members, which is left out if there are none."""
    group = ElementTree.Element(tag)
    if any(True for _ in members):
        root.append(group)
    return group


def _cut(words: str) -> str:
    """Return words on one line, their beginning if they are long."""
    line = " ".join(words.split())
    return line if len(line) <= 200 else line[:199] + "…"


def _split(cell: str) -> list[str]:
    return [value.strip() for value in cell.split(";") if value.strip()]
