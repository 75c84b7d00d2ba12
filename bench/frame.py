"""The frame: what a synthesis has once, however many studies it has.

Review, people, searches, criteria, concepts and senses, conditions, targets, preconditions,
configurations, what the source review states, and the signed decisions.
"""

from __future__ import annotations

from pathlib import Path

from bench.plan import SUBKINDS, Plan
from bench.study import Place, add_place
from bench.tables import Tables

__all__ = ["CODERS", "REMOTE", "SOURCE_AUTHORS", "write_frame"]

CODERS = tuple(f"synthetic-coder-{n}" for n in (1, 2, 3))
REMOTE = tuple(f"condition-remote-{n}" for n in (1, 2, 3, 4))
SOURCE_AUTHORS = tuple(f"synthetic-author-{n}" for n in (1, 2, 3, 4, 5))
_DATE = "2026-01-15T00:00:00"
_SEARCHES = ("search-1", "search-2")


def write_frame(plan: Plan, folder: Path, tables: Tables) -> None:
    """Write everything that does not belong to a study."""
    _write_review(plan, folder, tables)
    _write_people(tables)
    _write_topics(plan, tables)
    _write_conditions(plan, tables)
    _write_targets(plan, tables)
    _write_statements(plan, folder, tables)
    _write_needs(plan, tables)
    _write_decisions(plan, tables)


def _write_review(plan: Plan, folder: Path, tables: Tables) -> None:
    size = plan.size
    (folder / "review.yaml").write_text(
        f'title: "Synthetic synthesis of {size.studies} studies: nothing in it was ever observed"\n'
        'base: "https://example.org/synthetic/"\nlanguage: en\ntexts: texts\n',
        encoding="utf-8",
    )
    (folder / "README.md").write_text(
        "# A synthetic workspace\n\nWritten by `python -m bench.generate` from a seed. No study, "
        "person, finding or quotation in it exists; no claim in it is about the world. The lists "
        "`planted-*.csv` say which faults and which outcomes were planted.\n",
        encoding="utf-8",
    )
    title = "Synthetic review"
    reviews = {
        "synthesis": {"title": "Synthetic synthesis", "kind": "this synthesis"},
        "source-review": {
            "title": title, "kind": "source review", "report": "source-review-report",
        },
    }  # fmt: skip
    for row, cells in reviews.items():
        tables.add("reviews", row, {**cells, "question": "What if all of this were real?"})
    for author in SOURCE_AUTHORS:
        tables.add("authors", author, {"name": f"Synthetic, {author[-1]}"})
    tables.add(
        "reports",
        "source-review-report",
        {
            "title": title,
            "kind": "review article",
            "authors": ";".join(SOURCE_AUTHORS[:2]),
            "author list": "complete",
            "year": "2019",
            "read": "full text",
            "text": "source-review.txt",
        },
    )


def _write_people(tables: Tables) -> None:
    for coder in CODERS:
        tables.add("people", coder, {"name": f"{coder}, who does not exist"})
        tables.add(
            "stances", f"{coder}-stance", {"person": coder, "background": "synthetic: a seed"}
        )
    for row, purpose in zip(_SEARCHES, ("studies", "evidence in a target context"), strict=True):
        cells = {"review": "synthesis", "purpose": purpose, "source": "synthetic database",
                 "string": "synthetic", "date": _DATE, "results": "1000"}  # fmt: skip
        tables.add("searches", row, cells)
    for number, question in enumerate(("Is it qualitative?", "Is it about people?"), start=1):
        cells = {"review": "synthesis", "label": f"synthetic criterion {number}"}
        tables.add("criteria", f"criterion-{number}", {**cells, "question": question})


def _write_topics(plan: Plan, tables: Tables) -> None:
    for concept in plan.concepts:
        cells = {"label": f"synthetic {concept}", "definition": "A concept that nobody holds."}
        tables.add("concepts", concept, cells)
    for sense in sorted({(s.sense, s.topic) for s in plan.strands if s.sense}):
        cells = {"concept": sense[1], "label": f"synthetic {sense[0]}", "gloss": "One meaning."}
        tables.add("senses", sense[0], cells)
    tables.add("theories", "theory-1", {"label": "synthetic theory", "theorist": "nobody"})
    for number in range(1, 9):
        level = "collective process" if number % 4 == 0 else "individual outcome"
        tables.add("outcomes", f"outcome-{number}", {"label": f"outcome {number}", "level": level})
    for number, configuration in enumerate(plan.configurations, start=1):
        mechanism = f"mechanism-{number}"
        tables.add("mechanisms", mechanism, {"label": f"synthetic mechanism {number}"})
        tables.add(
            "configurations",
            configuration,
            {
                "label": f"synthetic {configuration}",
                "mechanism": mechanism,
                "outcome": f"outcome-{number}",
                "modality": "asserted",
            },
        )


def _write_conditions(plan: Plan, tables: Tables) -> None:
    tables.add("conditions", "condition-any", {"label": "synthetic long-term condition"})
    for condition in dict.fromkeys(t.condition for t in plan.targets):
        narrow = "-narrow-" in condition
        wider = condition.rpartition("-narrow-")[0] + "-wide" if narrow else "condition-any"
        if narrow and wider not in {t.condition for t in plan.targets}:
            wider = "condition-any"
        tables.add("conditions", condition, {"label": f"synthetic {condition}", "broader": wider})
        mild = f"{condition}-mild"
        tables.add("conditions", mild, {"label": f"synthetic {mild}", "broader": condition})
    for condition in REMOTE:
        tables.add("conditions", condition, {"label": f"synthetic {condition}"})
    for wider, kind in SUBKINDS.items():
        cells = {"label": kind.replace("-", " "), "definition": f"A made-up {wider}."}
        tables.add("setting-kinds", kind, {**cells, "under": wider})


def _write_targets(plan: Plan, tables: Tables) -> None:
    asked = ";".join((*plan.concepts, *plan.configurations))
    for target in plan.targets:
        place = Place(target.kind, target.condition)
        setting, population = add_place(tables, f"{target.id}-exemplar", place)
        limit = f"{target.id}-limit" if target.limited else ""
        if limit:
            cells = {"label": f"Synthetic part of {target.id}", "has condition": target.condition}
            tables.add("populations", limit, cells)
        tables.add(
            "targets",
            target.id,
            {
                "label": f"synthetic {target.id}",
                "setting": setting,
                "population": population,
                "applies to": limit,
                "asks about": asked,
                "asked by": CODERS[0],
            },
        )


def _write_statements(plan: Plan, folder: Path, tables: Tables) -> None:
    """Write what the source review states, with the text in which it can be verified."""
    texts = folder / "texts"
    texts.mkdir()
    offset = 0
    with (texts / "source-review.txt").open("w", encoding="utf-8", newline="") as text:
        for row, cells in _list_statements(plan):
            words = f"Synthetic {row} says that {cells['cue']} something is so."
            tables.add(
                "statements",
                row,
                {
                    "review": "source-review",
                    "label": f"synthetic {row}",
                    "quotation": words,
                    "quoted from": "source-review-report",
                    "start": str(offset),
                    "end": str(offset + len(words)),
                    "check": "verified in shipped text",
                    **cells,
                },
            )
            text.write(words + "\n")
            offset += len(words) + 1
    cells = {"label": "synthetic element", "concept": plan.concepts[0], "statement": "statement-0"}
    tables.add("elements", "element-1", cells)


def _list_statements(plan: Plan) -> list[tuple[str, dict[str, str]]]:
    """Return id and cells of each statement: those that support a strand, and idle ones."""
    hedged = {"modality": "hedged", "cue": "perhaps"}
    found = [("statement-0", {**hedged, "role": "background"})]
    for number, strand in enumerate(plan.strands):
        about = {"about": strand.topic, "sense": strand.sense}
        spoken = ";".join(plan.targets[place].id for place in sorted(strand.without))
        if strand.key in plan.statements:
            cells = {**hedged, **about, "role": "finding statement", "target": spoken}
            found.append((plan.statements[strand.key], cells))
        elif strand.support == "none" and number % 2:  # a conjecture supports nothing
            cells = {**about, "role": "finding statement"}
            found.append(
                (f"statement-idle-{number}", {**cells, "modality": "conjecture", "cue": "maybe"})
            )
        elif strand.support == "none":  # what the review says of a transfer is no evidence for it
            cells = {**hedged, **about, "role": "transfer statement"}
            found.append((f"statement-idle-{number}", {**cells, "target": plan.targets[0].id}))
    return found


def _write_needs(plan: Plan, tables: Tables) -> None:
    for precondition in plan.preconditions:
        cells = {"label": f"synthetic {precondition}", "element": "element-1"}
        tables.add("preconditions", precondition, cells)
    mechanisms = {c: f"mechanism-{n}" for n, c in enumerate(plan.configurations, start=1)}
    for strand in plan.strands:
        for need in strand.needs:
            tables.add(
                "requires",
                f"{strand.key}-requires-{need}",
                {
                    "what": mechanisms.get(strand.topic, strand.topic),
                    "sense": strand.sense,
                    "precondition": need,
                    "reason": "Synthetic: drawn by the generator.",
                    "interpreter": CODERS[0],
                },
            )


def _write_decisions(plan: Plan, tables: Tables) -> None:
    signed = {"reason": "Synthetic: drawn by the generator.", "signed by": CODERS[0]}
    for topic, sense, place in sorted(plan.withdrawn):
        where = plan.targets[place].id
        cells = {"kind": "withdrawal", "what": topic, "sense": sense, "target": where}
        row = f"withdrawal-{sense or topic}-{where}"
        tables.add("decisions", row, {**cells, **signed, "date": _DATE})
    for (topic, place), (replaced, instead) in sorted(plan.substituted.items()):
        where = plan.targets[place].id
        cells = {"kind": "substitution", "what": topic, "target": where,
                 "precondition": replaced, "by precondition": instead}  # fmt: skip
        tables.add("decisions", f"substitution-{topic}-{where}", {**cells, **signed, "date": _DATE})
    for target in plan.targets:
        cells = {"kind": "directness", "what": plan.concepts[0], "target": target.id}
        more = {"directness": "low directness", "date": _DATE}
        tables.add("decisions", f"directness-{target.id}", {**cells, **signed, **more})
