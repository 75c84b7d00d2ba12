"""Rows of one study: report, study, setting, population, finding, bearing.

What anchors, the bulk and faulty studies have in common, so that each row is written in one way.
Every label and text says that it is synthetic.
"""

from __future__ import annotations

from dataclasses import dataclass

from bench.tables import Tables

__all__ = [
    "CODER",
    "Place",
    "Said",
    "add_bearing",
    "add_finding",
    "add_place",
    "add_report",
    "add_study",
]

CODER = "synthetic-coder-1"
_CUES = {"asserted": "", "hedged": "perhaps", "conjecture": "one might guess that"}


@dataclass(frozen=True)
class Place:
    """Where and with whom a study was done.

    Attributes:
        kind: Kind of setting, "" if it can't be told.
        condition: What everybody lives with, "" if it can't be told.
        partly: What only some live with.
        limit: Population that the findings apply to, "" for the whole sample.
    """

    kind: str
    condition: str
    partly: str = ""
    limit: str = ""


@dataclass(frozen=True)
class Said:
    """What a finding bears on: a topic in a sense, and how."""

    topic: str
    sense: str
    polarity: str
    evidence: str = "interpretive qualitative"
    presupposes: bool = False


def add_place(tables: Tables, row: str, place: Place) -> tuple[str, str]:
    """Write a setting and a population, and return their ids."""
    setting, population = f"{row}-setting", f"{row}-population"
    cells = {"label": f"Synthetic setting of {row}", "kind": place.kind or "not reported"}
    tables.add("settings", setting, cells)
    tables.add(
        "populations",
        population,
        {
            "label": f"Synthetic people of {row}",
            "has condition": place.condition,
            "some have": place.partly,
        },
    )
    return setting, population


def add_study(
    tables: Tables,
    row: str,
    role: str,
    reports: str,
    settings: str,
    populations: str,
    **more: str,
) -> None:
    """Write a study; ``more`` holds further cells, with _ for the blank in a header."""
    cells = {
        "label": f"Synthetic study {row}",
        "reports": reports,
        "role": role,
        "found for": "source settings",
        "design": "qualitative",
        "method": "synthetic interviews",
        "sample": "people who do not exist",
        "country": "Nowhere",
        "funding": "nobody",
        "settings": settings,
        "populations": populations,
        **{name.replace("_", " "): cell for name, cell in more.items()},
    }
    if role == "target-context evidence":
        cells["role reason"] = "Synthetic: found in a target context."
        cells["role by"] = CODER
        cells["found for"] = "found for the target context"
    tables.add("studies", row, cells)


def add_report(tables: Tables, row: str, authors: str, number: int) -> None:
    """Write a report; the number gives its year, address and reading depth."""
    tables.add(
        "reports",
        row,
        {
            "title": f"Synthetic report {row}",
            "kind": _KINDS[number % len(_KINDS)],
            "authors": authors or "not reported",
            "author list": "complete" if authors else "not seen",
            "year": str(1985 + number * 7 % 40),
            "doi": f"10.5555/synthetic.{row}" if number % 3 else "",
            "read": _DEPTHS[number % len(_DEPTHS)],
        },
    )


_KINDS = ("journal article",) * 7 + ("thesis", "research report", "book")
_DEPTHS = ("abstract only", "full text", "abstract only", "abstract or record page only")


def add_finding(
    tables: Tables,
    row: str,
    study: str,
    setting: str,
    *,
    report: str = "",
    modality: str = "asserted",
    limit: str = "",
) -> None:
    """Write a finding, quoted from a report if one is named, else paraphrased."""
    cue = _CUES[modality]
    words = f"In this synthetic sample, {cue}{' ' if cue else ''}people relied on one another."
    cells = {
        "study": study,
        "statement": words if not report else f"Synthetic finding {row}.",
        "wording": "authors' words" if report else "paraphrase",
        "settings": setting,
        "applies to": limit,
        "modality": modality,
        "cue": cue,
    }
    if report:
        cells["quotation"] = words
        cells["quoted from"] = report
        cells["locator"] = "page not recorded"
        cells["check"] = "copied, not verifiable here"
    else:
        cells["paraphrase only"] = "true"
    tables.add("findings", row, cells)


def add_bearing(tables: Tables, row: str, finding: str, said: Said, **more: str) -> None:
    """Write a bearing; ``more`` holds further cells, with _ for the blank in a header."""
    cells = {
        "finding": finding,
        "towards": said.topic,
        "sense": said.sense,
        "polarity": said.polarity,
        "kind": said.evidence,
        "presupposes": "true" if said.presupposes else "",
        "reason": "Synthetic: drawn by the generator.",
        "interpreter": CODER,
        **{name.replace("_", " "): cell for name, cell in more.items()},
    }
    tables.add("bearings", row, cells)
