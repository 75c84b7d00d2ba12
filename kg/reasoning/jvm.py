"""The worker process with a Java machine: what the OWL API and HermiT say about ontologies.

A Java machine can't be stopped and started again in one process, takes memory for good and
catches signals, so it never runs in the process that asked. The parent, :mod:`kg.reasoning.owlapi`,
sends a job as JSON on stdin and gets JSON on stdout. Nothing is fetched: every import is
answered with a file that doesn't exist.
"""

from __future__ import annotations

import json
import os
import sys
from typing import Any

__all__: list[str] = []

_OPTIONS = (
    "-Xmx2g", "-Xss16m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Djava.awt.headless=true",
    "-Dorg.slf4j.simpleLogger.defaultLogLevel=off",
)  # fmt: skip
_EXPLAINED = 2  # explanations for one class: the first says why, a second shows a second way
_KINDS = {
    "classes": "classesInSignature",
    "object properties": "objectPropertiesInSignature",
    "data properties": "dataPropertiesInSignature",
    "annotation properties": "annotationPropertiesInSignature",
}


def _main() -> None:
    # What Java prints must not get between the lines of the answer.
    answer = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    job = json.load(sys.stdin)
    _start(job["jars"])
    if job["do"] == "judge":
        json.dump([_judge(file, job["explain"]) for file in job["files"]], answer)
    else:
        json.dump([_convert(file, job["form"]) for file in job["files"]], answer)
    answer.close()
    os._exit(0)  # the reasoner's threads would be waited for


def _start(jars: list[str]) -> None:
    import jpype
    import jpype.imports

    jpype.startJVM(*_OPTIONS, classpath=jars, convertStrings=True)


def _load(file: str) -> tuple[Any, Any]:
    """Return the manager and the ontology in a file; imports are not followed."""
    import jpype
    from java.io import File
    from org.semanticweb.owlapi.apibinding import OWLManager
    from org.semanticweb.owlapi.io import FileDocumentSource
    from org.semanticweb.owlapi.model import (
        IRI,
        MissingImportHandlingStrategy,
        OWLOntologyLoaderConfiguration,
    )

    @jpype.JImplements("org.semanticweb.owlapi.model.OWLOntologyIRIMapper")
    class Nowhere:
        @jpype.JOverride  # type: ignore[untyped-decorator]
        def getDocumentIRI(self, iri: Any) -> Any:
            return IRI.create("file:///nonexistent")

    manager = OWLManager.createOWLOntologyManager()
    manager.getIRIMappers().add(
        jpype.JObject(Nowhere(), "org.semanticweb.owlapi.model.OWLOntologyIRIMapper")
    )
    config = OWLOntologyLoaderConfiguration().setMissingImportHandlingStrategy(
        MissingImportHandlingStrategy.SILENT
    )
    source = FileDocumentSource(File(file))
    return manager, manager.loadOntologyFromOntologyDocument(source, config)


def _judge(file: str, explain: bool) -> dict[str, Any]:
    import jpype
    from org.semanticweb.owlapi.profiles import OWL2DLProfile

    try:
        manager, ontology = _load(file)
    except jpype.JException as error:
        return {"stopped": _words(error)}
    found = OWL2DLProfile().checkOntology(ontology).getViolations()
    note = manager.getOntologyFormat(ontology).getOntologyLoaderMetaData()
    unparsed = note.get().getUnparsedTriples().iterator() if note.isPresent() else ()
    verdict: dict[str, Any] = {
        "axioms": int(ontology.getAxiomCount()),
        "counts": _counts(ontology),
        "violations": sorted([str(v.getClass().getSimpleName()), str(v)] for v in found),
        "unparsed": sorted(str(triple) for triple in unparsed),
    }
    try:
        verdict |= _reason(ontology, explain)
    except jpype.JException as error:
        verdict["stopped"] = _words(error)
    return verdict


def _words(error: Any) -> str:
    return str(error.message() or error).strip().partition("\n")[0][:300]


def _counts(ontology: Any) -> dict[str, int]:
    """Return how many terms of each kind there are, what OWL itself defines left out."""
    counts = {
        kind: sum(not e.isBuiltIn() for e in getattr(ontology, method)().iterator())
        for kind, method in _KINDS.items()
    }
    return {**counts, "individuals": int(ontology.individualsInSignature().count())}


def _reason(ontology: Any, explain: bool) -> dict[str, Any]:
    from org.semanticweb.HermiT import ReasonerFactory

    factory = ReasonerFactory()
    reasoner = factory.createReasoner(ontology)
    if not reasoner.isConsistent():
        why = {"": _explain_all(ontology)} if explain else {}
        return {"consistent": False, "classes": [], "properties": [], "why": why}
    classes = list(reasoner.getUnsatisfiableClasses().getEntitiesMinusBottom())
    properties = [
        *reasoner.getBottomObjectPropertyNode().getEntitiesMinusBottom(),
        *reasoner.getBottomDataPropertyNode().getEntitiesMinusBottom(),
    ]
    return {
        "consistent": True,
        "classes": sorted(_iri(c) for c in classes),
        "properties": sorted(_iri(p) for p in properties if not p.isAnonymous()),
        "why": {_iri(c): _explain(ontology, c) for c in classes} if explain else {},
    }


def _iri(entity: Any) -> str:
    return str(entity.getIRI().toString())


def _explain(ontology: Any, cls: Any) -> list[str]:
    """Return the smallest sets of axioms from which it follows that a class is empty."""
    from org.semanticweb.HermiT import ReasonerFactory
    from org.semanticweb.owl.explanation.api import ExplanationManager
    from org.semanticweb.owlapi.apibinding import OWLManager

    data = OWLManager.getOWLDataFactory()
    empty = data.getOWLSubClassOfAxiom(cls, data.getOWLNothing())
    made = ExplanationManager.createExplanationGeneratorFactory(ReasonerFactory())
    found = made.createExplanationGenerator(ontology).getExplanations(empty, _EXPLAINED)
    return sorted(_triples(e.getAxioms()) for e in found)


def _explain_all(ontology: Any) -> list[str]:
    """Return a smallest set of axioms that contradict one another."""
    from org.semanticweb.HermiT import ReasonerFactory
    from org.semanticweb.owl.explanation.impl.blackbox.checker import (
        InconsistentOntologyExplanationGeneratorFactory,
    )
    from org.semanticweb.owlapi.apibinding import OWLManager

    data = OWLManager.getOWLDataFactory()
    axiom = data.getOWLSubClassOfAxiom(data.getOWLThing(), data.getOWLNothing())
    made = InconsistentOntologyExplanationGeneratorFactory(ReasonerFactory(), 20_000)
    found = made.createExplanationGenerator(ontology).getExplanations(axiom, 1)
    return sorted(_triples(e.getAxioms()) for e in found)


def _triples(axioms: Any) -> str:
    """Return axioms as Turtle."""
    from org.semanticweb.owlapi.apibinding import OWLManager
    from org.semanticweb.owlapi.formats import TurtleDocumentFormat

    ontology = OWLManager.createOWLOntologyManager().createOntology()
    for axiom in axioms:
        ontology.add(axiom)
    return _write(ontology, TurtleDocumentFormat())


def _convert(file: str, form: str) -> str:
    """Return the ontology in a file in functional (ofn) or Manchester (omn) syntax."""
    from org.semanticweb.owlapi.formats import (
        FunctionalSyntaxDocumentFormat,
        ManchesterSyntaxDocumentFormat,
    )

    made = {"ofn": FunctionalSyntaxDocumentFormat, "omn": ManchesterSyntaxDocumentFormat}
    manager, ontology = _load(file)
    wanted = made[form]()
    given = manager.getOntologyFormat(ontology)
    if given.isPrefixOWLDocumentFormat():
        wanted.copyPrefixesFrom(given.asPrefixOWLDocumentFormat())
    return _write(ontology, wanted)


def _write(ontology: Any, form: Any) -> str:
    from java.io import ByteArrayOutputStream

    stream = ByteArrayOutputStream()
    ontology.saveOntology(form, stream)
    return str(stream.toString("UTF-8"))


if __name__ == "__main__":
    _main()
