"""What XML can't hold, and what stands there instead: for RDF/XML and GraphML."""

from __future__ import annotations

import re

__all__ = ["find_illegal", "finish_xml", "replace_illegal"]

# https://www.w3.org/TR/xml/#charsets
_ILLEGAL = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def find_illegal(text: str) -> int:
    """Return how many characters of a text XML can't hold."""
    return len(_ILLEGAL.findall(text))


def replace_illegal(text: str) -> str:
    """Return the text with U+FFFD for each character that XML can't hold."""
    return _ILLEGAL.sub("\N{REPLACEMENT CHARACTER}", text)


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
