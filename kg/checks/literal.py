"""The rule that no query can say: a value whose text its datatype doesn't know.

The store turns a value into a number where it can and forgets how it was written, so that SPARQL
can't find "inf"^^xsd:double or "-1"^^xsd:positiveInteger. The header is that of a file in
``queries/ontology``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from math import inf

from kg.query import Query
from kg.store import Literal, Triple
from kg.terms import XSD

__all__ = ["ILL_TYPED", "find_ill_typed", "is_ill_typed"]

ILL_TYPED = Query(
    name="ill-typed-literal",
    text="",
    fields={
        "summary": "Is a value not one of its datatype?",
        "problem": "The text of the value is not allowed by its datatype; reasoners refuse the "
        "whole file.",
        "principle": "A typed value has a text that its datatype knows.",
        "remedy": "Correct the text, or give it the datatype that it has.",
        "severity": "error",
        "source": "W3C XML Schema Part 2, section 3",
        "columns": "this = the term; path = the property; value = the text.",
    },
)

_ZONE = r"(Z|[+-](0[0-9]|1[0-3]):[0-5][0-9]|[+-]14:00)"
_YEAR = r"-?([1-9][0-9]{3,}|0[0-9]{3})"
_DAY = (
    r"((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)"
    r"|02-(0[1-9]|[12][0-9]))"
)
_TIME = r"(([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\.[0-9]+)?|24:00:00(\.0+)?)"
_NUMBER = r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)"

_TEXTS = {
    "anyURI": r'[^\s<>"{}|\\^`]*',
    "boolean": "true|false|0|1",
    "date": f"{_YEAR}-{_DAY}{_ZONE}?",
    "dateTime": f"{_YEAR}-{_DAY}T{_TIME}{_ZONE}?",
    "dateTimeStamp": f"{_YEAR}-{_DAY}T{_TIME}{_ZONE}",
    "decimal": _NUMBER,
    "double": f"{_NUMBER}([eE][+-]?[0-9]+)?|[+-]?INF|NaN",
    "float": f"{_NUMBER}([eE][+-]?[0-9]+)?|[+-]?INF|NaN",
    "gYear": f"{_YEAR}{_ZONE}?",
    "hexBinary": "([0-9A-Fa-f]{2})*",
    "language": "[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*",
    "normalizedString": r"[^\t\n\r]*",
    "time": f"{_TIME}{_ZONE}?",
    "token": r"(\S+( \S+)*)?",
}
_PATTERNS = {XSD + name: re.compile(text) for name, text in _TEXTS.items()}
_WHOLE = re.compile("[+-]?[0-9]+")
_BOUNDS: dict[str, tuple[float, float]] = {
    XSD + "integer": (-inf, inf),
    XSD + "long": (-(2**63), 2**63 - 1),
    XSD + "int": (-(2**31), 2**31 - 1),
    XSD + "short": (-(2**15), 2**15 - 1),
    XSD + "byte": (-(2**7), 2**7 - 1),
    XSD + "nonNegativeInteger": (0, inf),
    XSD + "positiveInteger": (1, inf),
    XSD + "unsignedLong": (0, 2**64 - 1),
    XSD + "unsignedInt": (0, 2**32 - 1),
    XSD + "unsignedShort": (0, 2**16 - 1),
    XSD + "unsignedByte": (0, 2**8 - 1),
    XSD + "nonPositiveInteger": (-inf, 0),
    XSD + "negativeInteger": (-inf, -1),
}
_DIGITS = 4_000  # Python refuses to read longer whole numbers; nobody writes them


def is_ill_typed(text: str, datatype: str) -> bool:
    """Return whether a datatype of XML Schema doesn't know a text.

    Args:
        text: The text of a value, without quotation marks.
        datatype: IRI of its datatype.

    Caution: False for a datatype that is not looked at (xsd:base64Binary, xsd:duration, xsd:Name
    and their like), and 29 February is let pass in every year.
    """
    if datatype in _BOUNDS:
        if not _WHOLE.fullmatch(text) or len(text) > _DIGITS:
            return True
        least, most = _BOUNDS[datatype]
        return not least <= int(text) <= most
    pattern = _PATTERNS.get(datatype)
    return pattern is not None and not pattern.fullmatch(text)


def find_ill_typed(triples: Iterable[Triple]) -> Iterator[Triple]:
    """Yield the triples whose value is not one of its datatype."""
    for triple in triples:
        value = triple.object
        if isinstance(value, Literal) and is_ill_typed(value.value, value.datatype.value):
            yield triple
