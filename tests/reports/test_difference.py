"""The page of a difference: complete, closed in itself, readable without colour or script."""

from base64 import b64encode
from hashlib import sha256

import pytest

from kg.appraisal.difference import CellChange, ClaimChange, Difference
from kg.reports.difference import render_difference, split_words
from tests.reports.html import Element, read_page

CARRIED = ClaimChange(
    "What is carried", "transfers", "concept--target", "changed", "a concept → a target",
    (CellChange("status", "blocked", "proposed"),), "b1 (supports: a state) came",
)  # fmt: skip
WORDING = ClaimChange(
    "Findings", "findings", "f1", "changed", "Trust <b>may</b> help.",
    (CellChange("statement", "Trust does help.", "Trust <b>may</b> help."),
     CellChange("cue", "", "may")),
)  # fmt: skip
CAME = ClaimChange(
    "Bearings", "bearings", "b1", "came", "supports: a state",
    (CellChange("finding", "", "f1"), CellChange("polarity", "", "supports")),
)  # fmt: skip
WENT = ClaimChange("Bearings", "bearings", "b2", "went", "refutes: a state",
                   (CellChange("polarity", "refutes", ""),))  # fmt: skip
DIFFERENCE = Difference("HEAD~1", "a <folder>", (CARRIED, WORDING, CAME, WENT), (("HEAD~1", 1),))


@pytest.fixture(scope="module")
def page() -> Element:
    return read_page(render_difference(DIFFERENCE))


def test_every_change_is_on_the_page_with_its_id_and_mark(page: Element) -> None:
    articles = page.find("article")
    marks = ("changed", "changed", "came", "went")
    found = [
        (a.find("code")[0].text, a.find("span", **{"class": f"mark {m}"})[0].text)
        for a, m in zip(articles, marks, strict=True)
    ]
    assert found == [
        ("concept--target", "changed"), ("f1", "changed"), ("b1", "came"), ("b2", "went"),
    ]  # fmt: skip
    assert [h.text for h in page.find("h2")] == ["What is carried", "Findings", "Bearings"]
    assert [h.text for h in page.find("h1")] == ["From HEAD~1 to a <folder>"]
    links = [a.attributes["href"] for a in page.find("nav")[0].find("a")]
    assert links == [f"#{s.attributes['id']}" for s in page.find("section")]


def test_the_reason_and_the_faults_are_said(page: Element) -> None:
    assert [p.text for p in page.find("p", **{"class": "because"})] == [
        "Why the status changed: b1 (supports: a state) came."
    ]
    (note,) = page.find("p", **{"class": "note"})
    assert note.text.startswith("HEAD~1 has 1 error in its data.")
    (counts,) = page.find("p", **{"class": "counts"})
    assert counts.text == "1 came 1 went 2 changed"


def test_both_versions_stand_in_a_table_with_what_differs_marked(page: Element) -> None:
    table = page.find("table")[1]
    assert [h.text for h in table.find("th", scope="col")] == ["Column", "Before", "After"]
    assert [h.text for h in table.find("th", scope="row")] == ["statement", "cue"]
    assert [c.text for c in table.find("td")] == [
        "Trust does help.", "Trust <b>may</b> help.", "empty", "may",
    ]  # fmt: skip
    assert [d.text for d in table.find("del")] == ["does"]
    assert "".join(i.text for i in table.find("ins")) == "<b>may</b>may"


def test_what_came_or_went_can_be_unfolded(page: Element) -> None:
    came, went = page.find("details")
    assert [s.text for s in page.find("summary")] == ["All that it says", "All that it said"]
    assert [d.text for d in came.find("dd")] == ["f1", "supports"]
    assert [d.text for d in went.find("dd")] == ["refutes"]


def test_the_page_needs_nothing_from_elsewhere(page: Element) -> None:
    assert page.find("script") == page.find("img") == []
    assert page.find("html")[0].attributes == {"lang": "en"}
    (style,) = page.find("style")
    text = "".join(c for c in style.children if isinstance(c, str))
    policy = page.find("meta", **{"http-equiv": "Content-Security-Policy"})[0]
    digest = b64encode(sha256(text.encode()).digest()).decode()
    assert f"style-src 'sha256-{digest}';" in policy.attributes["content"]
    assert policy.attributes["content"].startswith("default-src 'none';")
    assert "@import" not in text and "url(" not in text
    assert "@media print" in text and "prefers-color-scheme: dark" in text
    targets = {e.attributes["id"] for e in page.find() if "id" in e.attributes}
    assert {a.attributes["href"][1:] for a in page.find("a")} <= targets


def test_a_page_without_changes_says_so() -> None:
    page = read_page(render_difference(Difference("a", "b", ())))
    assert [p.text for p in page.find("p", **{"class": "lead"})] == [
        "Nothing that either of them says differs."
    ]
    assert page.find("nav") == page.find("section") == []


@pytest.mark.parametrize(
    ("before", "after", "left", "right"),
    [
        ("same", "same", [("same", False)], [("same", False)]),
        ("", "new", [], [("new", True)]),
        ("a b", "a c", [("a ", False), ("b", True)], [("a ", False), ("c", True)]),
        ("x", "x.", [("x", False)], [("x", False), (".", True)]),
        ("w " * 1001, "w", [("w " * 1001, True)], [("w", True)]),
    ],
)
def test_words_are_compared(
    before: str, after: str, left: list[tuple[str, bool]], right: list[tuple[str, bool]]
) -> None:
    assert split_words(before, after) == (left, right)
