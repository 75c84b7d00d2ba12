"""Layout: what may differ between a quotation and its text without any word being another.

The rule ``ontology/shapes/rules/quotations-in-text.ttl`` says the same in SPARQL, step by step, so
that what is written into a table is judged again by every check; a test compares the two.
"""

from __future__ import annotations

import re
from array import array

__all__ = [
    "DASHES",
    "NOTHING",
    "cuts_after",
    "cuts_before",
    "flatten",
    "has_marked_letter",
    "is_alike",
    "simplify",
    "unmark",
]

_LETTERS = "A-Za-zÀ-ÖØ-öø-ʯͰ-ӿḀ-ῼ"
_WORD = _LETTERS + "0-9\u0300-\u036fﬀ-ﬆ"
_SPACE = r"[^\S\x1c-\x1f]"  # as SPARQL engines have it
_DROPPED = "\u00ad\u200b\u2060\ufeff"
NOTHING = f"(?:{_SPACE}|[{_DROPPED}])*"
DASHES = "\u2010-\u2015\u2212"
_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
_SINGLE, _DOUBLE = "‘’‚‛′`´ʼ", "“”„‟″"  # noqa: RUF001
_BREAK = rf"[-\u2010\u00ad]{_SPACE}*[\n\f\r]{_SPACE}*"

_MARK = "\ue000"  # a hyphen at a line end: perhaps of the word, perhaps of the line
_NEXT = "\ue001"  # what stands between the two texts
_WINDOW = 12  # how far beside a span is looked for the rest of a word

_STEPS = tuple(
    (re.compile(pattern), by)
    for pattern, by in (
        *_LIGATURES.items(),
        (f"([{_LETTERS}]){_BREAK}([{_LETTERS}])", rf"\1{_MARK}\2"),
        (f"[{_DROPPED}]", ""),
        (f"[{DASHES}]", "-"),
        (f"[{_SINGLE}]", "'"),
        (f"[{_DOUBLE}]", '"'),
        (f"-{_SPACE}+", "-"),
        (f"{_SPACE}+", " "),
    )
)
_JOINED = _LETTERS + "".join(_LIGATURES)
_TOKEN = re.compile(
    rf"(?P<none>(?<=[{_JOINED}]){_BREAK}(?=[{_JOINED}])|[-{DASHES}]{NOTHING}|[{_DROPPED}])"
    rf"|(?P<space>{_SPACE}{NOTHING})|(?P<ligature>[{''.join(_LIGATURES)}])"
    rf"|(?P<single>[{_SINGLE}])|(?P<double>[{_DOUBLE}])"
)
_BY = {"none": "", "space": " ", "single": "'", "double": '"'}
_MARKED_LETTER = re.compile(rf"^\[([{_LETTERS}])\]")
_INSIDE = f"(?:[{_DROPPED}]*|{_BREAK})"
_CUT_BEFORE = re.compile(rf"[{_WORD}](?:{_INSIDE}[{_WORD}]|['’])\Z")
_CUT_AFTER = re.compile(rf"[{_WORD}](?:{_INSIDE}[{_WORD}]|['’]t(?:[^{_WORD}]|\Z))|['’][{_WORD}]")


def has_marked_letter(words: str) -> bool:
    """Return whether the first letter stands in brackets: "[T]he", because its case was changed."""
    return bool(_MARKED_LETTER.match(words))


def unmark(words: str) -> str:
    """Return the words with their first letter out of its brackets."""
    return _MARKED_LETTER.sub(r"\1", words)


def simplify(text: str) -> str:
    """Return a text in the form in which layout makes no difference, hyphens at line ends gone."""
    return _simplify(text).replace(_MARK, "")


def _simplify(text: str) -> str:
    text = re.sub(f"[{_MARK}]", "\ufffd", text)
    for pattern, by in _STEPS:
        text = pattern.sub(by, text)
    return text


def is_alike(words: str, span: str) -> bool:
    """Return whether words and a span of a text differ in nothing but layout.

    White space, soft hyphens, hyphens at line ends, ligatures, and the forms of quotation marks
    and dashes are layout; so is the case of a first letter that stands in brackets. A hyphen
    between two letters at a line end may be one of the word or one of the line.

    Args:
        words: What is quoted.
        span: What stands in the text.
    """
    ours, theirs = (_simplify(re.sub(_NEXT, "\ufffd", t)) for t in (unmark(words), span))
    if has_marked_letter(words):
        ours, theirs = (t[:1].lower() + t[1:] for t in (ours, theirs))
    if _bare(ours) != _bare(theirs):
        return False
    return bool(re.fullmatch(_pattern(_hyphens(theirs)), _hyphens(ours)))


def _hyphens(text: str) -> str:
    return re.sub(f"[^{_WORD}{_MARK}-]", "", text)


def _pattern(text: str) -> str:
    """Return a pattern of all readings: a hyphen at a line end, on either side, may be none."""
    text = re.sub(f"([{_WORD}])", rf"\1{_NEXT}?", text)
    text = text.replace(f"{_NEXT}?-", f"[{_MARK}-]").replace(f"{_NEXT}?{_MARK}", f"[{_MARK}-]?")
    return text.replace(_NEXT, _MARK)


def _bare(text: str) -> str:
    return text.replace("-", "").replace(_MARK, "")


def cuts_before(text: str, start: int) -> bool:
    """Return whether a span that starts here begins inside a word: "able" in "unable".

    Caution: Only letters of scripts that put spaces between words are looked at (Latin, Greek,
    Cyrillic), and a hyphen within a line ends a word.
    """
    return bool(_CUT_BEFORE.search(text[max(0, start - _WINDOW) : start + 1]))


def cuts_after(text: str, end: int) -> bool:
    """Return whether a span that ends here ends inside a word: "help" in "helpless", "can't"."""
    return bool(_CUT_AFTER.match(text[end - 1 : end + _WINDOW])) if end else False


def flatten(text: str) -> tuple[str, array[int]]:
    """Return the text without hyphens, dashes and layout, and where each character comes from."""
    pieces: list[str] = []
    places: array[int] = array("q")
    done = 0
    for token in _TOKEN.finditer(text):
        start = token.start()
        pieces.append(text[done:start])
        places.extend(range(done, start))
        by = _replace(token)
        pieces.append(by)
        places.extend([start] * len(by))
        done = token.end()
    pieces.append(text[done:])
    places.extend(range(done, len(text)))
    return "".join(pieces), places


def _replace(token: re.Match[str]) -> str:
    kind = token.lastgroup or ""
    return _LIGATURES[token[0]] if kind == "ligature" else _BY[kind]
