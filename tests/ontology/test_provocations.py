"""Each rule of the ontology fails for the reason that it is there for, and for no other.

A provocation breaks the shipped ontology in one way; the rule that it names must report it at the
term that it names, together with what it lists and nothing else. What was broken is then repaired,
and no fault is left. What only the OWL API or HermiT sees is tried elsewhere; here stands what the
rules see of it.
"""

from collections import defaultdict

import pytest

from kg.checks import check_terms, list_rules
from tests.ontology.provocation import (
    FOLDER,
    OWL_RULES,
    Provocation,
    apply,
    find_provocations,
)

BY_RULES = [p for p in find_provocations() if p.by == "rules"]
BY_OWL = [p for p in find_provocations() if p.by == "owl"]


def seen_of(provocation: Provocation) -> set[tuple[str, str]]:
    """Return rule and term of each fault of a broken ontology."""
    faults = check_terms(provocation.wrong())
    return {(f.rule, f.message.split(": ")[0]) for f in faults}


def rounds() -> list[list[Provocation]]:
    """Return the provocations in rounds in which no term is broken twice."""
    found: defaultdict[int, list[Provocation]] = defaultdict(list)
    times: defaultdict[str, int] = defaultdict(int)
    for provocation in find_provocations():
        found[times[provocation.focus]].append(provocation)
        times[provocation.focus] += 1
    return list(found.values())


def test_every_provocation_is_collected() -> None:
    assert len(BY_RULES) == 106
    assert len(BY_OWL) == 15
    assert len(find_provocations()) == len(list(FOLDER.glob("*.ru"))) / 2 == 121
    assert sum(map(len, rounds())) == 121


def test_every_rule_is_provoked() -> None:
    rules = {rule.name for rule in list_rules()}
    assert {p.rule for p in BY_RULES} == rules
    assert len(rules) == 88


@pytest.mark.parametrize("provocation", BY_RULES, ids=lambda p: p.name)
def test_rule_reports_what_is_wrong(provocation: Provocation) -> None:
    seen = seen_of(provocation)
    assert (provocation.rule, provocation.focus) in seen
    assert {rule for rule, _ in seen} == {provocation.rule} | provocation.also


@pytest.mark.parametrize("provocation", BY_OWL, ids=lambda p: p.name)
def test_rules_see_their_part_of_what_reasoners_see(provocation: Provocation) -> None:
    assert provocation.rule in OWL_RULES
    assert bool(provocation.violation) == (provocation.rule == "owl2-dl-profile")
    seen = {rule for rule, _ in seen_of(provocation)}
    assert seen == provocation.also - set(OWL_RULES)


@pytest.mark.parametrize("together", rounds(), ids=lambda r: f"{r[0].name} and {len(r) - 1} more")
def test_nothing_is_wrong_after_the_repair(together: list[Provocation]) -> None:
    """Each by itself would take four times as long; if one fails, they are tried one by one."""
    updates = [text for p in together for text in (p.update, p.repair)]
    if check_terms(apply(*updates)):
        left = {p.name: check_terms(p.repaired()) for p in together}
        assert {name: faults for name, faults in left.items() if faults} == {}
        pytest.fail("the repairs disturb one another")


def test_every_provocation_says_what_it_does() -> None:
    summaries = [p.summary for p in find_provocations()]
    assert len(set(summaries)) == len(summaries)
    assert all(s[0].isupper() and s.endswith(".") for s in summaries)
