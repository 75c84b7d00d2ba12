"""Write the reference pages that are made from the product itself: `make docs`.

Commands come from the command line's own help, questions from the headers of their queries, tables
and columns from the shapes. A test compares the pages with what this file would write.
"""

from __future__ import annotations

import re
from pathlib import Path

import click

from kg.checks import list_rules
from kg.cli.later import Later
from kg.cli.main import cli
from kg.query import Query, list_queries
from kg.workspace import render_schema

_HERE = Path(__file__).resolve().parent


def pages() -> dict[str, str]:
    """Return file name → content of every generated page."""
    return {
        "commands.md": _commands(),
        "questions.md": _questions(),
        "tables.md": render_schema(None, "md").rstrip() + "\n",
    }


def _commands() -> str:
    parts = ["# Commands", "", "Made from the commands' own help by `make docs`.", ""]
    root = click.Context(cli, info_name="kg", terminal_width=100, **cli.context_settings)
    parts += ["```", cli.get_help(root), "```", ""]
    for name in sorted(cli.commands):
        context = click.Context(cli.commands[name], parent=root, info_name=name)
        parts += [f"## kg {name}", "", "```", cli.commands[name].get_help(context), "```", ""]
        command = cli.commands[name]
        group = command.load() if isinstance(command, Later) else command
        for verb in sorted(group.commands) if isinstance(group, click.Group) else ():
            inner = click.Context(group.commands[verb], parent=context, info_name=verb)
            parts += [f"### kg {name} {verb}", "", "```"]
            parts += [group.commands[verb].get_help(inner), "```", ""]
    return "\n".join(parts).rstrip() + "\n"


def _questions() -> str:
    parts = [
        "# Questions, rules and checks",
        "",
        "Made from the headers of the query files by `make docs`. Every question has its expected "
        "answer on the first case beside it in `queries/questions/`.",
        "",
    ]
    for kind, title in (
        ("questions", "Questions: `kg query NAME`"),
        ("rules", "Rules that entail"),
        ("carry", "Stages of carrying"),
        ("screening", "Numbers of the flow of records: `kg flow`"),
        ("check", "Checks that must return no rows"),
    ):
        parts += [f"## {title}", ""]
        for query in list_queries(kind):
            parts += _query(query)
    parts += ["## Rules of the ontology: `kg check --ontology`", ""]
    for rule in list_rules():
        parts += _query(rule)
    return re.sub(r"\n{3,}", "\n\n", "\n".join(parts)).rstrip() + "\n"


def _query(query: Query) -> list[str]:
    remedy = query.fields.get("remedy", "")
    lines = [f"### {query.name}", "", f"{query.summary} {remedy}".strip(), ""]
    lines += [f"- parameter `{n}`: {m}" for n, m in query.params.items()]
    lines += [f"- column `{n}`: {m}" for n, m in query.columns.items()]
    return [*lines, ""]


if __name__ == "__main__":
    for name, text in pages().items():
        (_HERE / name).write_text(text, encoding="utf-8")
