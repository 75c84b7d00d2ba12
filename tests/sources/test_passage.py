"""Quotations are found in their text, layout apart, and no other word is ever taken for one."""

import random
import time
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.sources.layout import cuts_after, cuts_before, flatten, is_alike
from kg.sources.passage import Passage, SourceText, split_words
from kg.sources.verdict import Verdict, judge_words
from tests.sources.laying import WORDS, join

# Offsets, counted by hand: commu 4, nity 11, self 18, efﬁcacy 24, grew 33, — 38, slow 40, un 49,
# able 53, and 58, unaware 62, can’t 71, stop 77, the form feed 82, The 83, group 87, helped 93.
TEXT = (
    "Our commu-\nnity’s self-\nefﬁcacy  grew — slow\u00adly, un-\nable and unaware, can’t stop.\f"
    "The group helped. They said: the group helped us a lot, and the neighbour’s dog too."
)
READ = SourceText(TEXT)


def seen(words: str) -> list[str]:
    return [TEXT[p.start : p.end] for p in READ.find(words)]


@pytest.mark.parametrize(
    ("words", "start", "end"),
    [
        ("Our community's", 0, 17),  # the hyphen of the line is gone, the mark is straight
        ("community’s self-efficacy", 4, 31),  # one hyphen of the line, one of the word, a ligature
        ("self-\nefficacy grew", 18, 37),  # the line end was copied; two spaces
        ("grew - slowly", 33, 47),  # a dash, a soft hyphen
        ("— slowly,", 38, 48),
        ("[o]ur community’s", 0, 17),
        ("unable and unaware", 49, 69),
        ("stop. The group", 77, 92),  # over a page
    ],
)
def test_layout_makes_no_difference(words: str, start: int, end: int) -> None:
    assert READ.find(words) == (Passage(start, end),)


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("our community’s", "capitals count"),
        ("[s]ur community’s", "another letter"),
        ("Our communities", "another word"),
        ("Our big community’s", "a word more"),
        ("Our self-efficacy", "words less"),
        ("un-aware", "a hyphen that stands at no line end"),
        ("grew slowly", "a dash less"),
        ("efficacygrew", "a space less"),
        ("efficacy grew slow", "the text says slowly, with a soft hyphen"),
        ("able and", "the text says unable, over two lines"),
        ("aware", "the text says unaware"),
        ("can", "the text says can’t"),
        ("unaware, can’", "the text says can’t"),
        ("comm", "the text says community"),
        ("cacy", "inside a word, after a ligature"),
        ("[…]", "no word at all"),
    ],
)
def test_other_words_are_not_found(words: str, why: str) -> None:
    assert seen(words) == [], why


def test_readings_of_a_hyphen_at_a_line_end() -> None:
    for words in ("resort", "re-sort"):
        assert is_alike(words, "re-\nsort")
        assert is_alike("re-\nsort", words)
    assert not is_alike("resort", "re-sort")
    assert not is_alike("re sort", "re-\nsort")
    assert not is_alike("resort", "re—\nsort")  # a dash is no hyphen
    assert not is_alike("19901995", "1990-\n1995")  # nor is there one between numbers
    assert is_alike("1990-1995", "1990–\n1995")
    assert is_alike("short- and long-term", "short-\nand long-\nterm")


def test_characters_that_stand_for_something_inside_are_not_lost() -> None:
    assert not is_alike("ab", "a\ue000b")
    assert not is_alike("ab", "a\ue001b")
    assert is_alike("a\ue000b", "a\ue000b")


def test_a_cut_letter_is_another_letter() -> None:
    assert cuts_after("cafe\u0301", 4)  # an accent of its own
    assert cuts_before("un\u00adable", 3)
    assert not cuts_before("self-efficacy", 5)  # what the caution says
    assert not cuts_after("", 0)


def test_all_dashes_at_an_end_belong_to_it() -> None:
    text = SourceText("They – – help \u00ad — - \u00ad – us.")
    assert text.find("- — help — – –") == (Passage(5, 23),)


def test_literal_brackets_and_dots_come_first() -> None:
    text = SourceText("As said [12] ... they help [the group] now.")
    assert judge_words(text, "said [12] ... they").status == "exact"
    assert judge_words(text, "help [the group] now").status == "exact"


def test_words_in_brackets_stand_for_a_short_gap() -> None:
    assert [TEXT[p.start : p.end] for p in READ.find_bracketed("the neighbour[s] dog")] == [
        "the neighbour’s dog"
    ]
    assert judge_words(READ, "the [whole] helped us").seen == ("the group helped us",)
    assert judge_words(READ, "[T]he [group] helped us").status == "bracketed"
    assert judge_words(READ, "The [x] a lot").status == "bracketed"
    assert judge_words(READ, "Our [x] a lot").status == "not found"  # more than 80 characters
    assert judge_words(READ, "the [whole] helped them").status == "not found"


def test_parts_stand_in_order() -> None:
    assert split_words("Our [...] grew (…) us . . . a .... b […]") == (
        "Our",
        "grew",
        "us",
        "a",
        "b",
    )
    found = judge_words(READ, "Our community's […] grew … the group helped us")
    assert (found.status, found.seen) == (
        "split", ("Our commu-\nnity’s", "grew", "the group helped us"),
    )  # fmt: skip
    assert found.parts == ("Our community's", "grew", "the group helped us")
    wrong = judge_words(READ, "the group helped us […] Our community's")
    assert (wrong.status, wrong.missing) == ("not found", ())
    missing = judge_words(READ, "Our community's […] shrank")
    assert (missing.status, missing.missing) == ("not found", ("shrank",))


def test_the_tightest_parts_are_taken() -> None:
    text = SourceText("one two one two three")
    assert judge_words(text, "one … three").passages == (Passage(8, 11), Passage(16, 21))


@pytest.mark.parametrize(
    ("start", "locator", "expected"),
    [
        (None, "", ("several", 0, "")),
        (0, "", ("layout apart", 5, "offsets")),
        (24, "", ("exact", 23, "offsets")),
        (23, "page 1", ("exact", 23, "offsets")),
        (14, "", ("several", 0, "")),  # as far from 5 as from 23
        (None, "p. 1", ("layout apart", 5, "page")),
        (None, "pages 1–2", ("several", 0, "")),
        (None, "p. 2", ("several", 0, "")),  # twice on that page
        (None, "p. 7", ("several", 0, "")),
        (None, "page not recorded", ("several", 0, "")),
    ],
)
def test_offsets_or_a_page_say_which_place_is_meant(
    start: int | None, locator: str, expected: tuple[str, int, str]
) -> None:
    # They 0, help 5, the form feed 12, They 14, can 19, help 23, us 28, they 32, help 37
    text = SourceText("They he\u00adlp. \f They can help us, they help.")
    assert [p.start for p in text.find("help")] == [5, 23, 37]
    found = judge_words(text, "help", start=start, locator=locator)
    place = found.passage.start if found.passage else 0
    assert (found.status, place, found.chosen_by) == expected
    assert found.times == 3


def test_a_page_is_counted_by_form_feeds() -> None:
    assert (READ.page(0), READ.page(81), READ.page(83)) == (1, 1, 2)
    assert SourceText("no pages").page(3) is None


def test_nearest_passage_is_whole_words_and_has_a_score() -> None:
    near = READ.find_nearest("the groups helped us a little")
    assert near is not None and 80 < near.score < 100
    assert near.seen.startswith("the group helped us a")
    assert TEXT[near.passage.start : near.passage.end] == near.seen
    assert READ.find_nearest("quite different vocabulary") is None
    assert READ.find_nearest("") is None


def test_words_inside_words_are_said_to_be_there() -> None:
    found = judge_words(READ, "able and unaware")
    assert (found.status, found.inside_word) == ("not found", True)
    assert not judge_words(READ, "able and aware").inside_word
    assert found.passage is None


def test_empty_texts_and_words() -> None:
    assert judge_words(SourceText(""), "help") == Verdict("not found")
    assert judge_words(READ, "…").status == "not found"
    assert SourceText("").find("") == ()


def draw(data: st.DataObject) -> Callable[[int], int]:
    return lambda number: data.draw(st.integers(0, number - 1))


def apart(words: list[str]) -> list[str]:
    """Return the words with those that have a hyphen as two: a hyphen ends a word."""
    return [p for word in words for p in word.replace("f-", "f- ").split(" ")]


def place_of(words: list[str], part: list[str]) -> list[int]:
    return [n for n in range(len(words)) if words[n : n + len(part)] == part]


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.data())
def test_what_is_laid_out_otherwise_is_found_again(data: st.DataObject) -> None:
    words = data.draw(st.lists(st.sampled_from(WORDS), min_size=1, max_size=30))
    start = data.draw(st.integers(0, len(words) - 1))
    end = data.draw(st.integers(start + 1, len(words)))
    if not any(c.isalnum() for c in "".join(words[start:end])):
        return
    text, places = join(words, draw(data))
    quoted, _ = join(words[start:end], draw(data))
    found = SourceText(text).find(quoted.strip())
    expected = {
        Passage(places[n][0], places[n + end - start - 1][1])
        for n in place_of(words, words[start:end])
    }
    assert set(found) == expected, (text, quoted)


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.data())
def test_another_word_is_never_found(data: st.DataObject) -> None:
    words = data.draw(st.lists(st.sampled_from(WORDS), min_size=1, max_size=30))
    start = data.draw(st.integers(0, len(words) - 1))
    part = words[start : data.draw(st.integers(start + 1, len(words)))]
    kind = data.draw(st.sampled_from(["letter", "case", "drop", "add", "swap", "cut"]))
    place = data.draw(st.integers(0, len(part) - 1))
    word = part[place]
    letters = [n for n, c in enumerate(word) if c.isalpha()]
    if kind in ("letter", "case", "cut"):
        if not letters:
            return
        n = data.draw(st.sampled_from(letters))
        other = {"letter": "q", "case": word[n].swapcase(), "cut": ""}[kind]
        part[place] = word[:n] + other + word[n + 1 :]
    elif kind == "drop":
        del part[place]
    elif kind == "add":
        part.insert(place, data.draw(st.sampled_from(WORDS)))
    else:
        part[place] = data.draw(st.sampled_from(WORDS))
    if (
        not part
        or place_of(apart(words), apart(part))
        or not any(c.isalnum() for c in "".join(part))
    ):
        return
    text, _ = join(words, draw(data))
    quoted, _ = join(part, draw(data))
    found = SourceText(text).find(quoted.strip())
    assert not found, [text[p.start : p.end] for p in found]


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.text(alphabet="ab-\n \u00adﬁ'’.—[]…\ue000é", max_size=60), st.data())
def test_any_span_of_whole_words_is_exact(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    words = text[start : data.draw(st.integers(start, len(text)))].strip()
    start = text.find(words, start)
    read = SourceText(text)
    flat, places = flatten(text)
    assert len(flat) == len(places)
    found = read.find(words)
    seen = [text[p.start : p.end] for p in found]
    assert all(words == span or is_alike(words, span) for span in seen)
    whole = not (cuts_before(text, start) or cuts_after(text, start + len(words)))
    if words and whole:
        assert Passage(start, start + len(words)) in found


def test_two_thousand_quotations_in_a_megabyte_take_seconds(
    capsys: pytest.CaptureFixture[str],
) -> None:
    chance = random.Random(1)
    letters = "abcdefghijklmnopqrstuvwxyz"
    known = ["".join(chance.choices(letters, k=chance.randint(2, 9))) for _ in range(4_000)]
    words = chance.choices(known, k=155_000)
    content = "".join(w + (" " if chance.random() < 0.9 else "\n") for w in words)
    assert len(content) > 1_000_000
    begun = time.process_time()
    text = SourceText(content)
    for _ in range(2_000):
        place = chance.randrange(len(words) - 20)
        assert text.find(" ".join(words[place : place + 20]))
    spent = time.process_time() - begun
    with capsys.disabled():
        print(f"\n2,000 quotations in {len(content):,} characters: {spent:.1f} s")
    assert spent < 30
