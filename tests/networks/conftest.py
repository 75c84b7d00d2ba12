"""Personal networks of four persons, worked out by hand, and networks full of odd values."""

from pathlib import Path

import pytest

from kg.cli.main import cli
from kg.cli.network import command
from kg.networks import Attribute, Edge, Network, Node
from kg.networks.network import INTEGER, NUMBER
from tests.workspaces import UNKNOWN, Workspace, minimal

ODD = (
    '=2+3 "walking" \U0001f9d1\u200d\U0001f91d\u200d\U0001f9d1',
    "<b>Llanelli & Rhyl</b> ]]> \\ 'quoted'",
    "in\ntwo\tlines, \u0130stanbul; a\u011f",
    "'@home",
)


@pytest.fixture(autouse=True)
def registered(monkeypatch: pytest.MonkeyPatch) -> None:
    """Reach the command through the whole command line."""
    monkeypatch.setitem(cli.commands, "network", command)


def persons() -> Workspace:
    """Return anna (3 members, one tie), ben (1 member), cleo (none), dora (2 members, no tie).

    Anna: a1 and a2 are tied, a3 stands alone. Cleo is real, the others are synthetic.
    """
    workspace = minimal()
    for name in ("anna", "ben", "dora"):
        workspace.add("egos", name, label=name.title())
    workspace.add("egos", "cleo", label="Cleo", origin="real")
    workspace.add("alters", "a1", ego="anna", relationship="family member", circle="circle 1",
                  contact="daily", support="illness work; emotional work")  # fmt: skip
    workspace.add("alters", "a2", ego="anna", support="emotional work")
    workspace.add("alters", "a3", ego="anna", relationship="pet", circle=UNKNOWN, contact="daily")
    workspace.add("alters", "b1", ego="ben")
    workspace.add("alters", "d1", ego="dora")
    workspace.add("alters", "d2", ego="dora", relationship=UNKNOWN)
    workspace.add("ties", "t1", from_="a2", to="a1", strength=3)
    workspace.add("ties", "t2", from_="a1", to="a2")  # the same pair once more
    return workspace


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return persons().write(tmp_path_factory.mktemp("persons") / "w")


def odd(directed: bool = True) -> Network:
    """Return a small network of odd texts, typed values, parallel edges and what is empty."""
    nodes = [Node(f"n{n}", {"label": text, "note": "", "size": n, "share": n / 3 if n else None})
             for n, text in enumerate(ODD)]  # fmt: skip
    nodes.append(Node('q"<&>', {"label": "quoted id", "note": "x", "size": None, "share": 0.1}))
    edges = [
        Edge("n0", "n1", "e1", {"label": ODD[1], "weight": 2}),
        Edge("n0", "n1", "e2", {"label": ODD[2], "weight": None}),
        Edge("n0", 'q"<&>', "e3", {"label": "", "weight": 1}),
        Edge("n1", "n3", "e'4", {"label": ODD[0], "weight": 7}),
    ]
    return Network(
        "odd",
        "Odd <values> & more.",
        directed,
        (Attribute("label", "a"), Attribute("note", "b"), Attribute("size", "c", INTEGER),
         Attribute("share", "d", NUMBER)),
        (Attribute("label", "a"), Attribute("weight", "b", INTEGER)),
        lambda: iter(nodes),
        lambda: iter(edges),
    )  # fmt: skip
