"""Bring the modules into their one form and write what is made from them: `make ontology`.

Needs Java, for the functional syntax, and Graphviz, for the diagrams. `release/ids.tsv` is not
written here: it is what the last release promised. Tests say whether anything is out of date.
"""

from __future__ import annotations

from pathlib import Path

from kg.exports import context_document, queries_as_turtle, write_release
from kg.exports.ontology import write_functional_syntax
from kg.exports.turtle import reformat_turtle
from kg.reports.diagrams import write_diagrams

_HERE = Path(__file__).resolve().parent


def _main() -> None:
    for module in sorted(_HERE.glob("*.ttl")):
        module.write_bytes(reformat_turtle(module.read_bytes()))
    files = {_HERE / "release" / name: content for name, content in write_release().items()}
    files[_HERE / "release" / "qes-kg.ofn"] = write_functional_syntax()
    files[_HERE / "context.jsonld"] = context_document()
    files[_HERE.parent / "queries" / "queries.ttl"] = queries_as_turtle()
    for path, content in files.items():
        path.write_bytes(content)
    write_diagrams()


if __name__ == "__main__":
    _main()
