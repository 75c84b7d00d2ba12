"""What left-out rows do to a transfer: design sections 2 and 6."""

from tests.synthesis.cases import Book

__all__ = ["add_left_out", "add_misspelt_concept", "add_own_kind"]

CLAUSE = (
    "A row with an error, and rows that refer to it, stay out; status undetermined to every "
    "transfer whose concept or precondition a left-out row names. Leaving a bad row out must "
    "never make an answer better."
)


def _concept(book: Book, name: str) -> str:
    book.bearing(book.concept(name), "source by both", row=f"{name}-sound")
    return name


def _fault(book: Book, name: str, table: str, row: str, /, *consequences: str,
           **cells: str) -> None:  # fmt: skip
    """Break a row of the concept ``name``; the case says that its transfer is undetermined."""
    book.workspace.edit(table, row, **cells)
    book.left_out(table, row, *consequences)
    expect = {}
    if f"{name}-b" in book.workspace.tables["bearings"]:
        number = book.workspace.record_number("bearings", f"{name}-b")
        expect = {"left_out": f"bearings row {number}"}
    book.case(name, CLAUSE, status="undetermined", **expect)


def add_left_out(book: Book) -> None:
    """Add one broken row of every kind that a transfer can hang on, and what stays as it was."""
    for name in ("bearing-against", "bearing-for", "bearing-elsewhere", "finding", "study",
                 "report", "setting", "population", "condition", "broader-condition",
                 "interpreter"):  # fmt: skip
        _concept(book, f"out-{name}")

    # "Misspelling the polarity of the only bearing against": observed otherwise.
    book.bearing("out-bearing-against", row="out-bearing-against-for")
    for name, place, polarity in (("out-bearing-against", "target", "refutse"),
                                  ("out-bearing-for", "target", "supprots"),
                                  ("out-bearing-elsewhere", "source by both",
                                   "support")):  # fmt: skip
        book.bearing(name, place, row=f"{name}-b")
        _fault(book, name, "bearings", f"{name}-b", polarity=polarity)

    def chain(name: str, *tables: str) -> tuple[str, ...]:
        rows = {"reports": f"{name}-b-study-report", "studies": f"{name}-b-study",
                "findings": f"{name}-b-finding", "bearings": f"{name}-b"}  # fmt: skip
        return tuple(part for table in tables for part in (table, rows[table]))

    below_study = ("studies", "findings", "bearings")
    book.bearing("out-finding", row="out-finding-b")
    _fault(book, "out-finding", "findings", "out-finding-b-finding",
           *chain("out-finding", "bearings"), modality="asserts")  # fmt: skip
    book.bearing("out-study", row="out-study-b")
    _fault(book, "out-study", "studies", "out-study-b-study",
           *chain("out-study", "findings", "bearings"), role="demonstration")  # fmt: skip
    book.bearing("out-report", row="out-report-b")
    _fault(book, "out-report", "reports", "out-report-b-study-report",
           *chain("out-report", *below_study), read="read twice")  # fmt: skip
    book.workspace.add("settings", "bad-setting")
    book.bearing("out-setting", row="out-setting-b", settings="bad-setting")
    _fault(book, "out-setting", "settings", "bad-setting",
           *chain("out-setting", "findings", "bearings"), kind="neighborhod")  # fmt: skip
    book.workspace.add("populations", "bad-population", has_condition="ltc")
    book.bearing("out-population", row="out-population-b", population="bad-population")
    _fault(book, "out-population", "populations", "bad-population",
           *chain("out-population", *below_study), has_condition="ltcs")  # fmt: skip
    book.workspace.add("conditions", "bad-condition", broader="ltc")
    book.workspace.add("populations", "p-bad", has_condition="bad-condition")
    book.bearing("out-condition", row="out-condition-b", population="p-bad")
    _fault(book, "out-condition", "conditions", "bad-condition", "populations", "p-bad",
           *chain("out-condition", *below_study), label="")  # fmt: skip
    book.workspace.add("conditions", "under-bad", broader="bad-condition")
    book.workspace.add("populations", "p-under-bad", has_condition="under-bad")
    book.bearing("out-broader-condition", row="out-broader-condition-b", population="p-under-bad")
    book.left_out("conditions", "under-bad", "populations", "p-under-bad")
    book.left_out(*chain("out-broader-condition", *below_study))
    book.case("out-broader-condition", CLAUSE, status="undetermined")
    book.workspace.add("people", "nameless")
    book.bearing("out-interpreter", row="out-interpreter-b", interpreter="nameless")
    _fault(book, "out-interpreter", "people", "nameless",
           *chain("out-interpreter", "bearings"), name="")  # fmt: skip

    name = _concept(book, "out-statement")
    book.workspace.statement(f"{name}-s", about=name)
    _fault(book, name, "statements", f"{name}-s", modality="sure")
    name = _concept(book, "out-requires")
    book.requires(name, "unmet")
    _fault(book, name, "requires", f"{name}-r1", reason="")
    name = _concept(book, "out-substitution")
    first, second = book.requires(name, "unmet"), book.requires(name, "met")
    book.decision(f"{name}-d", "substitution", name, precondition=first, by_precondition=second)
    _fault(book, name, "decisions", f"{name}-d", date="last week")
    name = _concept(book, "out-withdrawal")
    book.decision(f"{name}-d", "withdrawal", name)
    _fault(book, name, "decisions", f"{name}-d", signed_by="")

    # A precondition's row: undetermined where it is needed, and nowhere else.
    name = _concept(book, "out-of-precondition")
    book.requires(name, "met")
    book.bearing(f"{name}-p1", row=f"{name}-b", polarity="refutes")
    _fault(book, name, "bearings", f"{name}-b", kind="qualitative")
    name = _concept(book, "out-of-others-precondition")
    book.requires(name, "met")
    book.case(name, CLAUSE, status="preconditions met", states={f"{name}-p1": "met"})

    # One sense only: a left-out row that names the concept says nothing about which transfer is
    # safe, so every sense of it is undetermined.
    name = book.concept("out-sense", ["a", "b"])
    for sense in ("a", "b"):
        book.bearing(name, "source by both", sense=f"{name}-{sense}")
        book.case(f"out-sense-{sense}", CLAUSE, f"{name}--{name}-{sense}--t", status="undetermined")
    book.bearing(name, row=f"{name}-bad", sense=f"{name}-a", polarity="yes")
    book.left_out("bearings", f"{name}-bad")

    name = book.concept("out-only-row")
    book.bearing(name, row=f"{name}-b")
    _fault(book, name, "bearings", f"{name}-b", polarity="for")
    name = _concept(book, "out-nothing")
    book.workspace.add("authors", "nobody", name="")
    book.left_out("authors", "nobody")
    book.case(name, CLAUSE, status="proposed")


def add_misspelt_concept(book: Book) -> None:
    """Add a bearing whose concept can't be told: it may have named any of them."""
    for name in ("observed", "proposed", "blocked"):
        _concept(book, name)
        book.case(name, CLAUSE, status="undetermined")
    book.bearing("observed")
    book.requires("blocked", "unmet")
    _concept(book, "withdrawn")
    book.decision("withdrawn-d", "withdrawal", "withdrawn")
    book.case("withdrawn", "Status, first that holds", status="withdrawn")
    book.bearing("prposed", polarity="refutes", row="misspelt")
    book.left_out("bearings", "misspelt")


def add_own_kind(book: Book) -> None:
    """Add a kind of setting of the workspace's own, below personal community, in a side file."""
    book.workspace.more["kinds.ttl"] = """\
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix qes: <https://w3id.org/qes-kg/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .

<InnerCircle> a owl:Class ; rdfs:label "inner circle"@en ; rdfs:subClassOf qes:PersonalCommunity .
<inner-circle> a <InnerCircle> ; rdfs:label "an inner circle" .
"""
    book.bearing(book.concept("own-kind"), settings="inner-circle")
    book.case("own-kind", "Roll-up over settings (subclasses); more/*.ttl: what a table can't say",
              status="observed in target", target=(1, 0), scope="part of the target")  # fmt: skip
