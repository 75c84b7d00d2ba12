"""`ontology/w3id/`: each address leads to the right file, read as Apache reads the rules.

Only what the two files use is read here: RewriteCond on the Accept header, RewriteRule with a
pattern on the path inside the folder, the flags E, L, NE and R.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from kg.exports.identifier import read_ids
from kg.exports.queries import queries_as_turtle

ROOT = Path(__file__).resolve().parents[2]
W3ID = ROOT / "ontology/w3id"
FOLDERS = ("collective-efficacy", "qes-kg")
PLACEHOLDER = "https://host-not-chosen.invalid/qes-kg"

ACCEPT = {
    "text/turtle": "qes-kg.ttl",
    "application/rdf+xml": "qes-kg.owl",
    "application/ld+json": "qes-kg.jsonld",
    "text/html": "index.html",
    "*/*": "qes-kg.ttl",
    "": "qes-kg.ttl",
    # A browser; the OWL API, which Protégé has; a client that takes any RDF.
    "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8": "index.html",
    "application/rdf+xml, application/xml; q=0.7, text/xml; q=0.6, */*; q=0.09": "qes-kg.owl",
    "text/turtle, application/rdf+xml;q=0.9, text/html;q=0.1": "qes-kg.ttl",
}


@dataclass(frozen=True)
class Rule:
    """One RewriteRule with the conditions before it."""

    accept: tuple[str, ...]
    pattern: str
    target: str
    flags: tuple[str, ...]


def read_rules(folder: str) -> Iterator[Rule]:
    accept: list[str] = []
    for line in (W3ID / folder / ".htaccess").read_text(encoding="utf-8").splitlines():
        word, *parts = line.split() or [""]
        if word == "RewriteCond":
            variable, pattern = parts
            assert variable == "%{HTTP_ACCEPT}"
            accept.append(pattern)
        elif word == "RewriteRule":
            pattern, target, flags = parts
            yield Rule(tuple(accept), pattern, target, tuple(flags.strip("[]").split(",")))
            accept = []
        else:
            assert word in ("", "#", "Options", "Header", "RewriteEngine"), line
    assert not accept


def resolve(address: str, accept: str) -> tuple[int, str]:
    """Return status and target of an address under https://w3id.org/."""
    folder, _, path = address.partition("/")
    variables = {}
    for rule in read_rules(folder):
        found = re.search(rule.pattern, path)
        if not found or not all(re.search(p, accept) for p in rule.accept):
            continue
        target = re.sub(r"%\{ENV:(\w+)\}", lambda m: variables[m[1]], rule.target)
        target = re.sub(r"\$(\d)", lambda m, f=found: f[int(m[1])] or "", target)
        for flag in rule.flags:
            if flag.startswith("E="):
                name, _, value = flag[2:].partition(":")
                variables[name] = value
        if "L" in rule.flags:
            status = next(int(f[2:]) for f in rule.flags if f.startswith("R="))
            assert "#" not in target or "NE" in rule.flags  # or Apache writes %23
            return status, target
    return 404, "-"


@pytest.mark.parametrize(("accept", "file"), ACCEPT.items())
def test_ontology_is_given_as_asked_for(accept: str, file: str) -> None:
    for address in ("qes-kg/", "collective-efficacy/"):
        assert resolve(address, accept) == (303, f"{PLACEHOLDER}/latest/{file}")
    for address in ("qes-kg/2026-11-25/qes-kg", "qes-kg/2026-11-25"):
        assert resolve(address, accept) == (303, f"{PLACEHOLDER}/2026-11-25/{file}")
    assert len(ACCEPT) == 9


@pytest.mark.parametrize(("accept", "file"), ACCEPT.items())
def test_every_released_term_leads_to_its_ontology(accept: str, file: str) -> None:
    terms = read_ids((ROOT / "ontology/release/ids.tsv").read_bytes())
    for term in terms:
        address = term.iri.removeprefix("https://w3id.org/")
        name = address.partition("/")[2]
        anchor = f"#{name}" if file == "index.html" else ""
        assert resolve(address, accept) == (303, f"{PLACEHOLDER}/latest/{file}{anchor}"), address
    assert {t.iri.split("/")[3] for t in terms} == set(FOLDERS)


@pytest.mark.parametrize("accept", ACCEPT)
@pytest.mark.parametrize(
    ("address", "file"),
    [
        ("qes-kg/schema", "schema.ttl"),
        ("qes-kg/schema/", "schema.ttl"),
        ("qes-kg/schema/childShape", "schema.ttl"),
        ("qes-kg/schema/2026-11-24", "schema.ttl"),
        ("qes-kg/queries/questions/carried-claims", "queries.ttl"),
        ("qes-kg/queries/prefixes", "queries.ttl"),
        ("qes-kg/bridge", "qes-bfo-bcio.ttl"),
        ("qes-kg/bridge/2026-11-25", "qes-bfo-bcio.ttl"),
        ("qes-kg/mappings/qes-eco", "qes-eco.sssom.tsv"),
    ],
)
def test_what_is_only_turtle_is_always_turtle(address: str, file: str, accept: str) -> None:
    assert resolve(address, accept) == (303, f"{PLACEHOLDER}/latest/{file}")


def test_every_query_resolves() -> None:
    names = set(re.findall(rb"<https://w3id\.org/(qes-kg/queries/[^>]+)>", queries_as_turtle()))
    assert len(names) > 58
    for name in names:
        assert resolve(name.decode(), "*/*") == (303, f"{PLACEHOLDER}/latest/queries.ttl")


@pytest.mark.parametrize(
    "address",
    [
        "qes-kg/graph/ontology",
        "qes-kg/working/in",
        "qes-kg/shapes/findings",
        "collective-efficacy/id/teig2009",
        "collective-efficacy/id/",
        "qes-kg/Study/more",
        "qes-kg/2026-11",
    ],
)
def test_nothing_is_promised_for_other_names(address: str) -> None:
    assert resolve(address, "text/turtle")[0] == 404


@pytest.mark.parametrize("folder", FOLDERS)
def test_files_say_first_that_nothing_is_registered(folder: str) -> None:
    for name in (".htaccess", "README.md"):
        first = (W3ID / folder / name).read_text(encoding="utf-8").partition("\n")[0]
        assert first.startswith(("# Not registered yet: ", "Not registered yet: "))
        assert f"https://w3id.org/{folder} leads nowhere" in first
    text = (W3ID / folder / ".htaccess").read_text(encoding="utf-8")
    assert "PLACEHOLDER" in text and text.count("E=TARGET:") == 1
    assert set(re.findall(r"https?://([\w.-]+)", text)) == {"host-not-chosen.invalid", "w3id.org"}


def test_only_these_folders_are_there() -> None:
    assert sorted(f.name for f in W3ID.iterdir()) == sorted(FOLDERS)
