"""Text in XML: what it can't hold, and how the rest is written.

`kg.networks`, and `kg.exports` above it: GraphML, GEXF and RDF/XML replace the same characters.
"""

from __future__ import annotations

import re

__all__ = ["escape_text", "escape_value", "find_illegal", "replace_illegal"]

# https://www.w3.org/TR/xml/#charsets
_LEGAL = "\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff"
_ILLEGAL = re.compile(f"[^{_LEGAL}]")
# Most texts hold nothing that is written in another way: one look spares them the rest.
_PLAIN = re.compile("[ !#-%'-;=?-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]*")


def find_illegal(text: str) -> int:
    """Return how many characters of a text XML can't hold."""
    return len(_ILLEGAL.findall(text))


def replace_illegal(text: str) -> str:
    """Return the text with U+FFFD for each character that XML can't hold."""
    return _ILLEGAL.sub("\N{REPLACEMENT CHARACTER}", text)


def escape_text(text: str) -> str:
    """Return a text as the content of an element.

    Without a character reference every reader takes a carriage return for a line feed
    (https://www.w3.org/TR/xml/#sec-line-ends).
    """
    if _PLAIN.fullmatch(text):
        return text
    text = replace_illegal(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text.replace("\r", "&#13;")


def escape_value(text: str) -> str:
    """Return a text as the value of an attribute, between double quotation marks.

    Without character references every reader takes white space for spaces
    (https://www.w3.org/TR/xml/#AVNormalize).
    """
    if _PLAIN.fullmatch(text):
        return text
    text = escape_text(text).replace('"', "&quot;")
    return text.replace("\n", "&#10;").replace("\t", "&#09;")
