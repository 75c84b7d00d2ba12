"""Bad RDF: side files of the workspace, and graphs in every form that are imported."""

from dataclasses import replace

from tests.hostile.case import check, imported
from tests.hostile.made import paper
from tests.workspaces import BASE

__all__ = ["CASES"]

FILE = "more/extra.ttl"
START = "<http://e.org/s> <http://e.org/p> "
ABOUT = "<<( <http://e.org/s> <http://e.org/p> "
NO_TURTLE, BLANK = "The file can't be read as Turtle", "Give every node an IRI"
SYNTAX = 'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
QUOTES = '"' * (4 << 20)
HARMLESS = "What is named is a part of the file, and becomes one side file."


def rdf(inside: str, before: str = "") -> str:
    """Return RDF/XML."""
    return f"{before}<rdf:RDF {SYNTAX}>{inside}</rdf:RDF>"


def nested(begin: str, end: str, times: int, inside: str = "1") -> str:
    """Return a statement whose object lies this deep."""
    return f"{START}{begin * times}{inside}{end * times} ."


CASES = (
    # Side files.
    check("Turtle of a million statements about statements", FILE,
          lambda: nested(ABOUT, " )>>", 1_000_000), "more than 1000 statements about statements"),
    check("Turtle of a million lists in lists", FILE, lambda: nested("( ", ")", 1_000_000, ""),
          "blank nodes can't be traced (statements with one: more than 1000)"),
    check("Turtle of a million nodes in nodes", FILE,
          lambda: nested("[ <http://e.org/p> ", "]", 1_000_000),
          "blank nodes can't be traced (statements with one: more than 1000)"),
    check("Turtle of a million nodes in nodes, not closed", FILE,
          lambda: nested("[ <http://e.org/p> ", "", 1_000_000), NO_TURTLE),
    check("Turtle of endless blank nodes", FILE, lambda: f"{START}{'[],' * 1_000_000}[] .",
          "blank nodes can't be traced (statements with one: more than 1000)"),
    check("Turtle with a text of 20 MB", FILE, lambda: f'{START}"{"x" * 20_000_000}" .', NO_TURTLE),
    check("Turtle with a text of 8 MB", FILE, lambda: f'{START}"{"x" * 8_000_000}" .',
          "a text of more than 4 MiB"),
    check("Turtle with a text of 4 MiB that grows with its escapes", FILE,
          lambda: f"{START}'{QUOTES}' .", "", 0, harmless="It fits."),
    check("Turtle with a name of 20 MB", FILE,
          lambda: f"{START}<http://e.org/{'x' * 20_000_000}> .", NO_TURTLE),
    check("Turtle of one line of 200 MB", FILE, lambda: b" " * 200_000_000,
          "is bigger than 128 MiB"),
    check("Turtle in UTF-16", FILE, lambda: f"{START}1 .".encode("utf-16"), NO_TURTLE),
    check("Turtle that is not UTF-8", FILE, f'{START}"\udcff" .'.encode("utf-8", "surrogateescape"),
          NO_TURTLE),
    check("Turtle with NUL", FILE, f"{START}<http://e.org/\0> .", NO_TURTLE),
    check("Turtle with a control character in a name", FILE, f"{START}<http://e.org/\\u0001> .",
          NO_TURTLE),
    check("Turtle with an open text", FILE, f'{START}"open .', NO_TURTLE),
    check("TriG named .ttl", FILE, "GRAPH <http://e.org/g> { <a:a> <a:b> 1 }", NO_TURTLE),
    check("PDF named .ttl", FILE, paper, NO_TURTLE),
    # Imported.
    imported("Turtle of statements about statements imported", "about.ttl",
             lambda: nested(ABOUT, " )>>", 60_000), "statements about statements"),
    imported("Turtle with a text of 20 MB imported", "literal.ttl",
             lambda: f'{START}"{"x" * 20_000_000}" .', "can't be read as turtle"),
    imported("Turtle with a text of 8 MB imported", "literal.ttl",
             lambda: f'{START}"{"x" * 8_000_000}" .', "a text of more than 4 MiB"),
    imported("Turtle cut off imported", "cut.ttl", START, "can't be read as turtle"),
    imported("Turtle of a million nodes imported", "nodes.ttl",
             lambda: f"{START}{'[],' * 1_000_000}[] .", "more than 200000 statements"),
    imported("Turtle of 300,000 lists in lists imported", "lists.ttl",
             lambda: nested("( ", ")", 300_000, ""), "more than 200000 statements"),
    imported("N-Triples with a control character imported", "a.nt",
             "<http://e.org/a\x01> <http://e.org/p> 1 .\n", "can't be read as ntriples"),
    imported("JSON-LD with a remote context", "remote.jsonld",
             '{"@context": "http://schema.org/", "@id": "x", "name": "y"}', "nothing is fetched"),
    imported("JSON-LD with a remote context inside", "scoped.jsonld",
             '{"@context": {"n": {"@id": "http://e.org/n", "@context": "http://e.org/c"}}, '
             '"@id": "x", "n": {"b": "y"}}', "nothing is fetched"),
    imported("JSON-LD that is deep", "deep.jsonld", "[" * 1000 + "]" * 1000, "levels deep"),
    imported("JSON-LD with an endless text", "quote.jsonld", lambda: '"' + '\\"' * 100_000,
             "can't be read as jsonld"),
    imported("JSON-LD of 15 million values", "wide.jsonld",
             lambda: '{"@id": "http://e.org/s", "http://e.org/p": [' + '"x",' * 15_000_000 + "1]}",
             "more than 1000000 values"),
    imported("JSON without a statement", "plain.json", '{"name": "y"}', "holds no statement"),
    imported("RDF/XML with entities", "laughs.rdf",
             rdf("<a>&b;</a>", '<!DOCTYPE r [<!ENTITY a "b"><!ENTITY b "&a;&a;&a;">]>'),
             "has a DOCTYPE"),
    imported("RDF/XML with an outside entity", "outside.rdf",
             rdf("<a>&b;</a>", '<!DOCTYPE r [<!ENTITY b SYSTEM "file:///etc/hostname">]>'),
             "has a DOCTYPE"),
    imported("RDF/XML that is deep", "deep.rdf", rdf("<a>" * 500 + "</a>" * 500), "levels deep"),
    imported("RDF/XML cut off", "cut.rdf", f"<rdf:RDF {SYNTAX}>", "can't be read as rdfxml"),
    *(
        replace(imported(f"{form} with graph names of ours", file, text,
                         "Named graphs became one: 1.", 0, alone=False, harmless=HARMLESS),
                adds=("ws/more/own.ttl",))
        for form, file, text in (
            ("TriG", "own.trig", f"GRAPH <{BASE}graph/memos> {{ {START} 1 }}"),
            ("N-Quads", "own.nq", f'{START} "1" <https://w3id.org/qes-kg/graph/ontology> .\n'),
        )
    ),
)  # fmt: skip
