"""Texts and quotations from the same words, each laid out in its own way."""

from collections.abc import Callable

__all__ = ["WORDS", "join"]

WORDS = (
    "efficacy", "office", "flow", "collective", "self-efficacy", "neighbours'", "help", "don't",
    "café", "group", "the", "[1],", "—", '"trust"', "2009", "être", "Straße.",
)  # fmt: skip
LIGATURES = (("ffi", "ﬃ"), ("ff", "ﬀ"), ("fi", "ﬁ"), ("fl", "ﬂ"))
SPACES = (" ", "  ", "\n", "\u00a0", " \t", "\u2009", "\r", " \u00ad ", "\f")


def lay_out(word: str, choose: Callable[[int], int]) -> str:
    """Return a word with the layout that choices give it; its ends are kept."""
    for plain, ligature in LIGATURES:
        if choose(2):
            word = word.replace(plain, ligature)
    if choose(2):
        word = word.replace("'", "’").replace('"', "”")
    if choose(2):
        word = word.replace("—", "–")
    if choose(3) == 0:
        word = word.replace("f-e", "f-\ne")
    letters = [n for n in range(1, len(word)) if word[n - 1 : n + 1].isalpha()]
    if letters and choose(3) == 0:
        place = letters[choose(len(letters))]
        between = ("-\n", "\u00ad", "\u2010 \n ", "\u200b", "\u00ad\n")[choose(5)]
        word = word[:place] + between + word[place:]
    return word


def join(words: list[str], choose: Callable[[int], int]) -> tuple[str, list[tuple[int, int]]]:
    """Return the words laid out, and where each of them stands."""
    text, places = "", []
    for word in words:
        laid = lay_out(word, choose)
        text += SPACES[choose(len(SPACES))] if text else ""
        places.append((len(text), len(text) + len(laid)))
        text += laid
    return text, places
