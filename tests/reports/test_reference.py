"""The reference page: complete, closed in itself, readable, and true to what it is made from."""

import os
import re
import subprocess
import sys
from base64 import b64encode
from hashlib import sha256
from itertools import pairwise
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Triple

from kg.reasoning import say_axioms
from kg.reports import reference, render_reference
from kg.reports.mention import find_queries, find_rules, read_mappings
from kg.schema import load_schema, ontology_triples
from kg.terms import CE, IAO, OWL, QES, RDF_TYPE, RDFS, SKOS, local_name
from tests.reports.html import Element, read_page

ROOT = Path(__file__).resolve().parents[2]
USAGE = {QES + "Study": 1234, QES + "findingOf": 1, QES + "polarity-supports": 7}


@pytest.fixture(scope="module")
def content() -> bytes:
    return render_reference(USAGE)


@pytest.fixture(scope="module")
def page(content: bytes) -> Element:
    return read_page(content)


@pytest.fixture(scope="module")
def by_id(page: Element) -> dict[str, Element]:
    return {e.attributes["id"]: e for e in page.find() if "id" in e.attributes}


def find_terms() -> dict[str, str]:
    """Return each named subject of the ontology with its label, the ontology itself left out."""
    triples = ontology_triples()
    headers = {t.subject for t in triples if t.object == NamedNode(OWL + "Ontology")}
    named = {t.subject for t in triples if isinstance(t.subject, NamedNode)} - headers
    labels = {t.subject: t.object.value for t in triples if t.predicate.value == RDFS + "label"}
    return {node.value: labels[node] for node in named}


def test_every_own_term_and_value_is_on_the_page_once(page: Element) -> None:
    own = {iri for iri in find_terms() if iri.startswith((QES, CE))}
    shown = [
        e.attributes["id"]
        for e in page.find()
        if {"data-term", "data-value"} & e.attributes.keys()
        and not e.attributes["id"].startswith(FOREIGN)
    ]
    print(f"{len(shown)} own terms on the page")
    assert len(shown) > 450
    assert sorted(shown) == sorted(local_name(iri) for iri in own)


FOREIGN = ("prov-", "skos-", "dcterms-", "iao-", "vann-", "owl-", "rdfs-", "kg-")


def test_every_foreign_stub_and_every_word_of_the_shapes_is_on_the_page(page: Element) -> None:
    foreign = {iri for iri in find_terms() if not iri.startswith((QES, CE))}
    sections = {e.attributes["id"]: e for e in page.find("section")}
    stubs = sections["part-foreign"].find("article")
    assert len(stubs) == len(foreign) > 20
    for iri in foreign:
        (stub,) = (e for e in stubs if e.find("code", **{"class": "iri"})[0].text == iri)
        assert "Defined in http" in stub.text and "First case" not in stub.text
    words = {e.attributes["id"] for e in sections["part-words"].find("article")}
    file = (ROOT / "ontology/shapes/vocabulary.ttl").read_text(encoding="utf-8")
    declared = re.findall(r"^kg:(\w+)\s+a owl:AnnotationProperty", file, re.MULTILINE)
    assert words == {f"kg-{name}" for name in declared} and len(words) >= 6


def test_every_term_has_its_label_definition_and_address(by_id: dict[str, Element]) -> None:
    definitions = {
        t.subject.value: t.object.value
        for t in ontology_triples()
        if t.predicate.value == IAO + "0000115"
    }
    checked = 0
    for iri, label in find_terms().items():
        if iri.startswith((QES, CE)):
            shown = by_id[local_name(iri)]
            texts = [e.text for e in shown.find() if "find" in e.attributes.get("class", "")]
            assert texts[0] == label
            assert definitions[iri] in shown.text
            code = shown.find("code")[0]
            assert iri in (code.text, code.attributes.get("title"))
            checked += 1
    assert checked > 450


def test_every_id_is_used_once_and_every_link_resolves(page: Element) -> None:
    ids = [e.attributes["id"] for e in page.find() if "id" in e.attributes]
    assert len(ids) == len(set(ids))
    links = [
        e.attributes[name]
        for e in page.find()
        for name in ("href", "xlink:href")
        if name in e.attributes and e.tag != "link"
    ]
    inside = [link.removeprefix("#") for link in links if link.startswith("#")]
    assert len(inside) > 3000
    assert sorted(set(inside) - set(ids)) == []
    released = {path.name for path in (ROOT / "ontology/release").glob("qes-kg.*")}
    assert {link for link in links if not link.startswith("#")} == released
    for name in ("for", "aria-labelledby", "aria-describedby"):
        named = [e.attributes[name].split() for e in page.find() if name in e.attributes]
        assert {i for group in named for i in group} <= set(ids)


def test_nothing_is_asked_of_the_network(page: Element) -> None:
    for element in page.find():
        for name, value in element.attributes.items():
            assert not name.startswith("on") and name not in ("style", "src", "srcset", "action")
            if name in ("href", "xlink:href"):
                assert ":" not in value or value == "data:,", value
    (style,) = page.find("style")
    assert "url(" not in style.text and "@import" not in style.text
    (script,) = page.find("script")
    assert not re.search(r"fetch|XMLHttp|import|eval|innerHTML|https?:", script.text)


def test_the_policy_allows_the_one_style_and_the_one_script(content: bytes) -> None:
    text = content.decode()
    (policy,) = re.findall(r'Content-Security-Policy" content="([^"]*)"', text)
    policy = policy.replace("&#39;", "'")
    for tag in ("style", "script"):
        (inner,) = re.findall(rf"<{tag}>(.*?)</{tag}>", text, re.DOTALL)
        digest = b64encode(sha256(inner.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy and "http" not in policy


def test_headings_are_in_order_and_the_page_can_be_walked(page: Element) -> None:
    levels = [int(e.tag[1]) for e in page.find() if re.fullmatch(r"h[1-6]", e.tag)]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(b <= a + 1 for a, b in pairwise(levels))
    first = page.find("body")[0].find("a")[0]
    assert first.attributes["href"] == "#page-main"
    assert page.find("html")[0].attributes["lang"] == "en"
    assert len(page.find("main")) == len(page.find("nav")) == 1
    assert "hidden" in page.find("form", id="page-find")[0].attributes  # nothing without script
    for drawing in page.find("svg"):
        assert drawing.find("title") and drawing.find("desc")


def test_the_page_stays_small(content: bytes) -> None:
    assert 500_000 < len(content) < 1_500_000


def test_a_class_shows_what_was_worked_out_by_hand(by_id: dict[str, Element]) -> None:
    study = by_id["Study"]
    text = study.text
    for expected in (
        "qes:Study https://w3id.org/qes-kg/Study",
        "Not: the research as a process",
        "Example: The study of",
        "Every study is an investigation.",
        "studies: id,",
        "1,234 individuals",
    ):
        assert expected in text, expected
    links = [a.attributes["href"] for a in study.find("a")]
    assert {"#Investigation", "#Report", "#takesPlaceIn", "#country"} <= set(links)
    assert "bearings.finding" in by_id["Finding"].text
    assert [a.text for a in by_id["Bearing"].find("dd")[3].find("a")] == [
        "finding",
        "review finding",
    ]


def test_a_relation_shows_ends_columns_messages_rules_and_queries(
    by_id: dict[str, Element],
) -> None:
    text = by_id["hasPolarity"].text
    for expected in (
        "If x has polarity y, then x is a bearing.",
        "bearings.polarity required Whether the finding supports or refutes it",
        "Write one of: supports; refutes; mixed; reported absent; no effect seen",
        "not used, carried claims aside",
    ):
        assert expected in text, expected
    assert "#polarity" in [a.attributes["href"] for a in by_id["hasPolarity"].find("a")]
    assert "eligibility" in by_id["decidesOn"].text.split("Questions")[1]
    assert "Hedged words are shown" in by_id["cue"].text
    assert "1 statement" in by_id["findingOf"].text
    assert "05-from-study" in by_id["fromStudy"].text
    assert "If x is a bearing of y and y is a finding of z" in by_id["findingOf"].text
    assert "presupposing-supports" in by_id["presupposes"].text


def test_a_closed_list_shows_its_members_as_a_table(by_id: dict[str, Element]) -> None:
    rows = by_id["polarity"].find("tr", **{"data-value": ""})
    assert sorted(r.attributes["id"] for r in rows) == [
        "polarity-mixed", "polarity-no-effect-seen", "polarity-refutes",
        "polarity-reported-absent", "polarity-supports",
    ]  # fmt: skip
    assert "7 mentions" in by_id["polarity-supports"].text
    assert "has the value" in by_id["reading-depth-full-text"].text  # its rank


def test_every_axiom_stands_by_each_term_that_it_names(by_id: dict[str, Element]) -> None:
    terms = find_terms()
    membership = {SKOS + "ConceptScheme", SKOS + "inScheme"}
    values = {t.subject.value for t in ontology_triples() if t.predicate.value == SKOS + "inScheme"}
    said = 0
    text = {local_name(i): by_id[local_name(i)].text for i in terms if i.startswith((QES, CE))}
    for sentence in say_axioms(ontology_triples(), terms):
        of_values = SKOS + "Concept" in sentence.terms and values & set(sentence.subjects)
        if sentence.terms & membership or of_values:
            continue  # the table of the list shows that
        for iri in sentence.terms:
            if iri.startswith((QES, CE)):
                assert sentence.text in text[local_name(iri)], sentence.text
                said += 1
    assert said > 900


def test_every_column_rule_and_question_about_a_term_stands_by_it(
    by_id: dict[str, Element],
) -> None:
    columns = 0
    for table, column in load_schema().columns_by_shape.values():
        if column.path.startswith(QES):
            text = by_id[local_name(column.path)].text
            assert f"{table.name}.{column.name}" in text
            assert " ".join(column.message.split()) in text
            columns += 1
    assert columns > 150
    rules = {r.name for found in find_rules().values() for r in found}
    files = {path.stem for path in (ROOT / "ontology/shapes/rules").glob("*.ttl")}
    assert rules >= files and len(files) > 25
    questions = {n for found in find_queries().values() for kind, n in found if kind == "Questions"}
    assert questions == {path.stem for path in (ROOT / "queries/questions").glob("*.rq")}
    for iri, found in find_queries().items():
        if iri in find_terms() and iri.startswith(QES):
            assert all(name in by_id[local_name(iri)].text for _, name in found)


def test_without_counting_nothing_is_said_about_use() -> None:
    text = render_reference({}).decode()
    assert "not used" not in text and "First case" not in text


def test_texts_are_escaped_deprecation_is_shown_and_what_no_part_names_is_kept(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    odd = NamedNode(QES + "Odd")
    planted = (
        Triple(odd, NamedNode(RDF_TYPE), NamedNode(OWL + "Class")),
        Triple(odd, NamedNode(RDFS + "label"), Literal("<b>odd</b> & 'even'")),
        Triple(odd, NamedNode(OWL + "deprecated"), Literal(True)),
    )
    monkeypatch.setattr(reference, "ontology_triples", lambda: (*ontology_triples(), *planted))
    content = render_reference({})
    page = read_page(content)
    (article,) = page.find("article", id="Odd")
    assert article.find("h4")[0].text == "<b>odd</b> & 'even'"
    assert "deprecated" in article.text and not article.find("b")
    (other,) = page.find("section", id="part-other")
    assert [e.attributes["id"] for e in other.find("article")] == ["Odd"]


def test_mappings_are_read_and_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, by_id: dict[str, Element]
) -> None:
    (tmp_path / "qes-x.sssom.tsv").write_text(
        "#curie_map:\n#  qes: https://w3id.org/qes-kg/\n"
        "subject_id\tpredicate_id\tobject_id\tobject_label\tcomment\tpredicate_modifier\n"
        "qes:Study\tskos:broadMatch\tX:1\tinvestigation & more\tWider.\t\n"
        "qes:Study\tskos:exactMatch\tX:2\tother\t\tNot\n",
        encoding="utf-8",
    )
    first, second = read_mappings(tmp_path)["qes:Study"]
    assert (first.predicate, first.object_id, first.comment) == ("skos:broadMatch", "X:1", "Wider.")
    assert second.predicate == "Not skos:exactMatch"
    assert read_mappings(tmp_path / "none") == {}
    monkeypatch.setattr("kg.reports.entry.mapping_folder", lambda: tmp_path)
    (study,) = read_page(render_reference({})).find("article", id="Study")
    assert "skos:broadMatch X:1 investigation & more Wider." in study.text
    monkeypatch.undo()
    shipped = read_mappings(ROOT / "ontology/mappings")
    for name, matches in shipped.items():
        prefix, _, local = name.partition(":")
        if prefix in ("qes", "ce"):
            assert all(match.object_id in by_id[local].text for match in matches), name


def test_colours_can_be_read_by_light_and_by_dark() -> None:
    style = (ROOT / "kg/reports/templates/reference.css").read_text(encoding="utf-8")
    light, dark = re.findall(r":root \{(.*?)\}", style, re.DOTALL)[:2]
    for block in (light, dark):
        colours = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", block))
        pairs = [(ink, paper) for ink in ("ink", "quiet", "accent", "not")
                 for paper in ("page", "card")]  # fmt: skip
        pairs += [("ink", "tint"), ("ink", "note"), ("accent", "tint"), ("quiet", "tint")]
        for ink, paper in pairs:
            assert _contrast(colours[ink], colours[paper]) >= 4.5, (ink, paper)


def _contrast(one: str, other: str) -> float:
    """Source: WCAG 2.2, contrast ratio, https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio."""
    low, high = sorted(map(_luminance, (one, other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_the_page_is_the_same_whatever_the_hash_seed(content: bytes) -> None:
    command = (
        "import hashlib; from kg.reports import render_reference; "
        f"print(hashlib.sha256(render_reference({USAGE!r})).hexdigest())"
    )
    for seed in ("0", "4711"):
        printed = subprocess.run(
            [sys.executable, "-c", command],
            env=os.environ | {"PYTHONHASHSEED": seed, "LC_ALL": "C", "TZ": "Asia/Tokyo"},
            cwd=ROOT, check=True, capture_output=True, text=True,
        ).stdout  # fmt: skip
        assert printed.strip() == sha256(content).hexdigest()
