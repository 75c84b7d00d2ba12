"""Why not: what stands between a concept and a target context, and what would change that."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kg.store import Store
from kg.synthesis.carry import Transfer
from kg.synthesis.what_if import Change, what_would_change

__all__ = ["Obstacle", "explain_absence"]

_MISSING = {
    "no basis": "no study elsewhere and no review statement supports it in this sense",
    "proposed": "evidence in the target itself, or on a precondition there, is missing",
    "withdrawn": "a dated decision withdrew it",
    "undetermined": "rows that name it or a precondition were left out: mend them first",
    "contested": "evidence in the target itself disagrees",
    "contradicted in target": "evidence in the target itself speaks against it",
    "blocked": "a precondition is reported as unmet in the target",
    "preconditions contested": "evidence on a precondition disagrees in the target",
    "preconditions met": "nothing is missing but an observation in the target itself",
    "observed in target": "nothing: it was observed",
}


@dataclass(frozen=True)
class Obstacle:
    """What is missing for one transfer, and the single bearings that would change its status."""

    transfer: Transfer
    missing: str
    changes: tuple[Change, ...]

    def lines(self) -> Iterator[str]:
        """Yield what is missing, for people."""
        transfer = self.transfer
        yield f"{transfer.label}: {transfer.status} — {self.missing}."
        for item in transfer.preconditions:
            if item["state"] not in ("met", "substituted"):
                silent = " (silent: no bearing in the target)" if item["state"] == "unknown" else ""
                yield f"  precondition {item['state']}: {item['label']}{silent}"
        for label in sorted({n["label"] for n in transfer.near_misses}):
            findings = sorted(n["finding"] for n in transfer.near_misses if n["label"] == label)
            yield f"  near miss, {label}: {', '.join(findings)}"
        for row in transfer.left_out:
            yield f"  left out: {row}"
        for change in self.changes:
            verb = "supports" if change.polarity == "supports" else "speaks against"
            yield f"  one finding in the target that {verb} {change.topic} → {change.status}"

    def as_dict(self) -> dict[str, object]:
        """Return the obstacle in its machine form."""
        return {
            **self.transfer.as_dict(),
            "missing": self.missing,
            "would_change": [c.__dict__ for c in self.changes],
        }


def explain_absence(store: Store, transfers: list[Transfer], base: str) -> list[Obstacle]:
    """Return what is missing for each of the transfers, in their order."""
    changes = what_would_change(store, transfers, base)
    return [
        Obstacle(transfer, _MISSING[transfer.status], tuple(found))
        for transfer, found in zip(transfers, changes, strict=True)
    ]
