"""One sentence for each transfer, which keeps the hedge.

The sentence says what the claim rests on, how it stands in the target, what was reported about its
preconditions, and nothing more. It never speaks of confidence.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.synthesis.carry import Transfer

__all__ = ["write_sentence"]

_CLAIMS = {
    "withdrawn": "the claim that {what} is at work in {target} has been withdrawn",
    "undetermined": "whether {what} is at work in {target} can't be determined, because rows that "
    "name it or a precondition were left out",
    "contested": "{what} is contested in {target}: it is reported there and reported against",
    "contradicted in target": "{what} is reported against in {target}",
    "observed in target": "{what} {is_} at work in {target}{where}",
    "no basis": "nothing in the evidence read supports carrying {what} into {target}",
    "blocked": "{what} might be at work in {target}, but a precondition is reported as unmet there",
    "preconditions contested": "{what} might be at work in {target}, but reports on a precondition "
    "disagree there",
    "preconditions met": "{what} may be at work in {target}: its preconditions are reported there",
    "proposed": "{what} may be at work in {target}; this is proposed, not observed",
}
_ORDER = ("unmet", "contested", "searched without result", "not searched", "substituted", "met")


def write_sentence(transfer: Transfer) -> str:
    """Return the sentence for one transfer."""
    is_ = "is described" if transfer.modality == "asserted" else "may be"
    where = ""
    if transfer.scope == "part of the target":
        where = f" (reported for part of the target only: {_join(transfer.parts)})"
    claim = _CLAIMS[transfer.status].format(
        what=f"the link {transfer.label}" if transfer.is_link else transfer.label,
        target=transfer.target_label,
        is_=is_,
        where=where,
    )
    sources = _sources(transfer)
    sentence = f"According to {sources}, {claim}" if sources else claim[0].upper() + claim[1:]
    return f"{sentence}; in the target itself: {_target(transfer)}{_preconditions(transfer)}."


def _sources(transfer: Transfer) -> str:
    studies, statements = transfer.source["studies"], transfer.source["review_statements"]
    parts = []
    if studies:
        parts.append(_count(studies, "study", "studies") + " elsewhere")
    if statements:
        parts.append(_count(statements, "review statement"))
    inside = transfer.target_evidence["for"] + transfer.target_evidence["against"]
    if inside and not parts:
        parts.append("evidence from the target itself")
    if not parts:
        return ""
    return " and ".join(parts) + (f" ({transfer.read})" if transfer.read else "")


def _target(transfer: Transfer) -> str:
    evidence = transfer.target_evidence
    if not evidence["for"] and not evidence["against"]:
        return "no evidence"
    independent = evidence["independent"]
    shared = (
        "none independent of the source review's authors"
        if not independent
        else f"{independent} independent of the source review's authors"
    )
    return f"{evidence['for']} for, {evidence['against']} against, {shared}"


def _preconditions(transfer: Transfer) -> str:
    by_state: dict[str, list[str]] = {}
    for item in transfer.preconditions:
        state = item["state"]
        if state == "unknown":
            state = "searched without result" if item["searched"] == "yes" else "not searched"
        by_state.setdefault(state, []).append(item["label"])
    parts = [f"{state}: {_join(sorted(by_state[state]))}" for state in _ORDER if state in by_state]
    word = "although " if transfer.status == "observed in target" and "unmet" in by_state else ""
    return f"; {word}preconditions {'; '.join(parts)}" if parts else ""


def _count(number: int, one: str, many: str = "") -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"


def _join(names: tuple[str, ...] | list[str]) -> str:
    return ", ".join(names)
