"""Synthetic personal networks: a person, the members of the map, and who knows whom."""

from __future__ import annotations

from bench.chance import Chance, Weights
from bench.tables import Tables

__all__ = ["write_network"]

_SIZES = Weights((1, 2, 5, 8, 10, 9, 7, 5, 4, 3, 2, 2, 1, 1, 1))
_RELATIONSHIPS = ("family member", "family member", "friend", "friend", "group", "professional",
                  "pet", "other relationship")  # fmt: skip
_CONTACTS = ("daily", "weekly", "weekly", "monthly", "less often")
_SUPPORT = ("illness work", "everyday work", "emotional work")


def write_network(tables: Tables, chance: Chance, ego: str) -> None:
    """Write one person's network; a third of the pairs that could know each other do."""
    tables.add("egos", ego, {"label": f"{ego}, who is made up", "origin": "synthetic"})
    members = [f"{ego}-alter-{n + 1}" for n in range(chance.weigh(_SIZES))]
    for number, member in enumerate(members):
        tables.add(
            "alters",
            member,
            {
                "ego": ego,
                "label": f"synthetic member {number + 1}",
                "relationship": chance.pick(_RELATIONSHIPS),
                "circle": f"circle {chance.below(3) + 1}",
                "contact": chance.pick(_CONTACTS),
                "support": ";".join(s for s in _SUPPORT if chance.hit(0.4)),
            },
        )
        for other in members[:number]:
            if chance.hit(0.33):
                cells = {"from": other, "to": member, "strength": str(chance.below(3) + 1)}
                tables.add("ties", f"{member}-knows-{other.rpartition('-')[2]}", cells)
