"""XML of REFI-QDA as plain elements, read so that a hostile file can do no harm.

`kg.imports`. A DOCTYPE is refused before anything in it is read, so there are no entities to
unfold; depth, number of elements and length of an attribute have limits. Elements are known by
their local names: programs differ in how they write the namespace.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from kg.errors import DataFaults, Fault, shorten

__all__ = ["Element", "read_xml", "refuse"]

_MAX_BYTES, _MAX_ELEMENTS = 64 << 20, 200_000
_MAX_DEPTH, _MAX_ATTRIBUTE = 200, 1 << 20


@dataclass(slots=True)
class Element:
    """One element.

    Attributes:
        tag: Local name.
        namespace: IRI of its namespace, or "".
        attributes: Local name → value.
        children: Child elements in order.
        text: All text directly in it.
    """

    tag: str
    namespace: str = ""
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Element] = field(default_factory=list)
    text: str = ""

    def get(self, name: str) -> str:
        """Return an attribute, or ""."""
        return self.attributes.get(name, "")

    def guid(self, name: str = "guid") -> str:
        """Return a GUID in lower case without braces, or ""."""
        return self.get(name).strip().strip("{}").lower()

    def all(self, *tags: str) -> list[Element]:
        """Return the children with these local names, in order."""
        return [child for child in self.children if child.tag in tags]

    def find(self, tag: str) -> Element | None:
        """Return the first child with this local name, or None."""
        return next(iter(self.all(tag)), None)

    def under(self, tag: str) -> list[Element]:
        """Return the children of the first child with this local name."""
        found = self.find(tag)
        return found.children if found else []

    def text_of(self, tag: str) -> str:
        """Return the text of the first child with this local name, stripped, or ""."""
        found = self.find(tag)
        return found.text.strip() if found else ""

    def iterate(self) -> Iterator[Element]:
        """Yield the element and all below it, in the order of the document."""
        waiting = [self]
        while waiting:
            element = waiting.pop()
            yield element
            waiting += reversed(element.children)


def refuse(file: str, message: str, value: str = "") -> DataFaults:
    """Return the fault of a file that can't be imported."""
    seen = shorten(value, 120)
    return DataFaults([Fault(file, 0, "", "refi-unreadable", "error", seen, message)])


class _Refused(Exception):
    """Something in the document is not read."""


def read_xml(file: str, data: bytes) -> Element:
    """Return the root element.

    Args:
        file: Name of the file, for what is said of it.
        data: Its content.

    Raises:
        DataFaults: It is not XML, or has a DOCTYPE, or is deeper or bigger than is read.
    """
    if len(data) > _MAX_BYTES:
        raise refuse(file, f"The XML is bigger than {_MAX_BYTES >> 20} MiB and is not read. "
                     "Export the project in parts.")  # fmt: skip
    builder = _Builder()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.buffer_size = 1 << 16
    parser.StartDoctypeDeclHandler = builder.doctype
    parser.StartElementHandler = builder.start
    parser.EndElementHandler = builder.end
    parser.CharacterDataHandler = builder.characters
    try:
        parser.Parse(data, True)
    except _Refused as error:
        raise refuse(file, str(error)) from None
    except (expat.ExpatError, LookupError, ValueError) as error:
        raise refuse(file, "The file can't be read as XML. Export it again.", str(error)) from None
    return builder.root


class _Builder:
    """What expat tells, made into elements."""

    def __init__(self) -> None:
        self.root = Element("")
        self._open = [self.root]
        self._pieces: list[list[str]] = [[]]
        self._number = 0

    def doctype(self, *_: object) -> None:
        raise _Refused("The XML has a DOCTYPE, which REFI-QDA does not use, and is not read. "
                       "Delete it, or export the file again.")  # fmt: skip

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._number += 1
        if len(self._open) > _MAX_DEPTH:
            raise _Refused(f"The XML is more than {_MAX_DEPTH} levels deep and is not read. "
                           "Export the codes in a flatter hierarchy.")  # fmt: skip
        if self._number > _MAX_ELEMENTS:
            raise _Refused(f"The XML has more than {_MAX_ELEMENTS} elements and is not read. "
                           "Export the project in parts.")  # fmt: skip
        if any(len(value) > _MAX_ATTRIBUTE for value in attributes.values()):
            raise _Refused(f"An attribute is longer than {_MAX_ATTRIBUTE >> 20} MiB and the XML is "
                           "not read. Shorten the name, and export again.")  # fmt: skip
        namespace, _, tag = name.rpartition(" ")
        plain = {key.rpartition(" ")[2]: value for key, value in attributes.items()}
        element = Element(tag, namespace, plain)
        if len(self._open) == 1:
            self.root = element
        else:
            self._open[-1].children.append(element)
        self._open.append(element)
        self._pieces.append([])

    def end(self, _: str) -> None:
        self._open.pop().text = "".join(self._pieces.pop())

    def characters(self, text: str) -> None:
        self._pieces[-1].append(text)
