"""What XML can't hold, and what stands there instead: for RDF/XML and REFI-QDA."""

from __future__ import annotations

from kg.networks.xml import find_illegal, replace_illegal

__all__ = ["find_illegal", "finish_xml", "replace_illegal"]


def finish_xml(content: bytes, losses: tuple[str, ...]) -> bytes:
    """Return an XML document that keeps carriage returns and says how much was replaced.

    Without a character reference every reader takes a carriage return for a line feed
    (https://www.w3.org/TR/xml/#sec-line-ends).
    """
    content = content.replace(b"\r", b"&#13;")
    if losses:
        note = f"<!-- {len(losses)} values hold control characters: each is replaced by U+FFFD. -->"
        declaration, end, rest = content.partition(b"?>\n")
        content = declaration + end + note.encode() + b"\n" + rest
    return content if content.endswith(b"\n") else content + b"\n"
