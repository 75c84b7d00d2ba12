"""What a new workspace says: its ``review.yaml``, its guide, and a few example rows."""

from __future__ import annotations

import json
import os
import textwrap
import unicodedata
from collections.abc import Mapping, Sized
from pathlib import Path

from kg.exports.guide import FIRST
from kg.schema import Schema
from kg.terms import slug

__all__ = ["EXAMPLES", "write_guide", "write_review"]

EXAMPLES: dict[str, dict[str, str]] = {
    "alters": {
        "id": "anna-sister",
        "ego": "anna",
        "label": "sister",
        "relationship": "family member",
        "circle": "circle 1",
        "contact": "weekly",
        "support": "everyday work;emotional work",
    },
    "appraisals": {
        "id": "teig2009-casp-1",
        "study": "teig2009",
        "tool": "CASP",
        "item": "1 clear statement of aims",
        "judgement": "yes",
        "by": "me",
    },
    "concepts": {
        "id": "belonging",
        "label": "belonging",
        "definition": "The feeling of being accepted as a part of a group.",
        "source": "working definition",
    },
    "decisions": {
        "id": "not-for-couples",
        "kind": "withdrawal",
        "what": "belonging",
        "target": "new-parents",
        "reason": "All evidence is from groups of strangers.",
        "signed by": "me",
        "date": "2026-05-01",
    },
    "egos": {"id": "anna", "label": "Anna, who is made up", "origin": "synthetic"},
    "senses": {
        "id": "belonging-to-a-place",
        "concept": "belonging",
        "label": "belonging to a place",
        "gloss": "Being at home in an area, whoever else lives there.",
        "source": "working definition",
    },
    "setting-kinds": {
        "id": "school",
        "label": "school",
        "definition": "An organisation in which pupils are taught.",
        "under": "organisation",
    },
    "ties": {"id": "sister-neighbour", "from": "anna-sister", "to": "anna-neighbour"},
}
"""Table → an example row, for the tables in which the shipped case has no rows."""


def write_review(folder: Path) -> str:
    """Return ``review.yaml`` of a new workspace; its folder gives title and base."""
    name = Path(os.path.abspath(folder)).name
    ascii_name = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return f"""\
# What the synthesis is called.
title: {json.dumps(name or "A synthesis", ensure_ascii=False)}

# How the addresses of all rows begin: the row smith2020 gets this address with smith2020 after it.
# example.org belongs to nobody. Before others refer to your data, put an address of your own here,
# such as https://your-university.org/your-review/, and then keep it. It need not lead anywhere yet.
base: "https://example.org/{slug(ascii_name) or "review"}/"

# Language of the texts in the tables.
language: en

# Folder of the source texts in which quotations are looked up.
texts: texts
"""


def write_guide(schema: Schema, tables: Mapping[str, Sized], *, xlsx: bool) -> str:
    """Return the guide to a new workspace.

    Args:
        schema: All tables.
        tables: Table → the rows that are there already.
        xlsx: Whether the tables are one workbook.
    """
    steps = "\n".join(f"{n}. `{name}`: {why}" for n, (name, why) in enumerate(FIRST, start=1))
    return f"""\
# A synthesis

{_WORKBOOK if xlsx else _CSV_FILES}

## What to fill in first

{steps}

The other tables can wait. `kg schema` says what each is for, `kg schema findings` what the columns
of one take.

A concept, a sense, a condition or a kind of setting of your own is a row of `concepts`, `senses`,
`conditions` or `setting-kinds`; nothing else has to be changed. What is not known is written down,
for a study its design, method, sample, country and funding: *not reported*, *not reported in the
source seen*, or *not applicable*.
{_template(schema, tables) if tables else ""}
## What to type, in this folder

- `kg check`: what is wrong, with table, row and column, and what to do
- `kg check --annotate faults.xlsx`: the same as a workbook, each fault in its cell
- `kg fix --apply SAFE`: mends misspelt words and ids that can't be meant otherwise
- `kg quote`: where each quotation stands in its text
- `kg carry`: what can be carried into each target context, and how far
- `kg why ID`, `kg why-not CONCEPT --to TARGET`: what a claim rests on, and what is missing
- `kg query`: the questions that can be asked
- `kg export tables.xlsx`: the tables as a workbook

`review.yaml` holds the title and the base address of all rows: give it an address of your own.
`texts/` is for source texts, one .txt file each, in which quotations are looked up.
`.kg/` is a cache, made again whenever it is missing.
"""


_CSV_FILES = """\
The tables are the CSV files in `tables/`: one row for each thing, under the headers.
`workbook.xlsx` is the same as one workbook, with help, lists to choose from, and an example in
every sheet that is never read. It is not read where it is: to work in it, move it into `tables/`
and delete the CSV files there."""

_WORKBOOK = """\
The tables are the sheets of `tables/workbook.xlsx`, each with help, lists to choose from and an
example that is never read. Its first sheet says how to begin."""


def _template(schema: Schema, tables: Mapping[str, Sized]) -> str:
    counts = ", ".join(f"{len(rows)} in `{name}`" for name, rows in sorted(tables.items()))
    concepts = ", ".join(f"`{name}`" for name in sorted(schema.individuals))
    text = (
        f"Concepts and senses that are shipped are named by their ids, and need no row: {concepts}."
    )
    return f"""
## What is there already

Rows: {counts}.
They are a start: change them, or delete them.

{textwrap.fill(text, 100, break_on_hyphens=False)}
"""
