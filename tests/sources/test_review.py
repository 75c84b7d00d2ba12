"""``review.yaml``: four keys, each a plain text, and a sentence for whatever else stands there."""

import os
from pathlib import Path

import pytest

from kg.errors import DataFaults, NoWorkspace
from kg.sources import Review, read_review

GOOD = 'title: "A test"\nbase: https://example.org/review/\n'


def write(folder: Path, text: str | bytes) -> Path:
    (folder / "review.yaml").write_bytes(text.encode() if isinstance(text, str) else text)
    return folder


def test_language_and_texts_have_defaults(tmp_path: Path) -> None:
    review = read_review(write(tmp_path, GOOD))
    assert review == Review("A test", "https://example.org/review/", "en", "texts")


@pytest.mark.parametrize(
    "text",
    [
        GOOD.encode("utf-8-sig"),
        GOOD.replace("\n", "\r\n").encode(),
        b"# a comment\n" + GOOD.encode(),
    ],
    ids=["mark", "crlf", "comment"],
)
def test_how_it_is_saved_does_not_matter(text: bytes, tmp_path: Path) -> None:
    assert read_review(write(tmp_path, text)).title == "A test"


def test_plain_scalars_are_text(tmp_path: Path) -> None:
    """YAML would make a number, a boolean and a date of them."""
    review = read_review(write(tmp_path, "title: 1998\nbase: https://e.org/r#\nlanguage: no\n"))
    assert (review.title, review.language) == ("1998", "no")


CASES = {
    "title missing": ("base: https://e.org/\n", "title", "", "It is missing."),
    "title blank": ("title: ' '\nbase: https://e.org/\n", "title", "", "It is missing."),
    "base missing": ("title: T\n", "base", "", "It is missing."),
    "base without end": ("title: T\nbase: https://e.org/x\n", "base", "https://e.org/x", "ends in"),
    "base without scheme": ("title: T\nbase: e.org/\n", "base", "e.org/", "starts with https://"),
    "base with a space": ("title: T\nbase: https://e.org/a b/\n", "base", "https://e.org/a b/", ""),
    "base without host": ("title: T\nbase: https:///\n", "base", "https:///", ""),
    "base of a file": ("title: T\nbase: file:///etc/\n", "base", "file:///etc/", "https://"),
    "base of the ontology": (
        "title: T\nbase: https://w3id.org/collective-efficacy/\n", "base",
        "https://w3id.org/collective-efficacy/", "one of your own",
    ),
    "base in the ontology": (
        "title: T\nbase: https://w3id.org/qes-kg/graph/\n", "base",
        "https://w3id.org/qes-kg/graph/", "one of your own",
    ),
    "key twice": (GOOD + "title: B\n", "title", "", "It stands twice."),
    "value is a list": (GOOD + "texts: [a, b]\n", "texts", "", "One text is expected"),
    "language": (GOOD + "language: the English one\n", "language", "the English one", "such as en"),
    "texts above": (GOOD + "texts: ../other\n", "texts", "../other", "inside the workspace"),
    "texts elsewhere": (GOOD + "texts: /etc\n", "texts", "/etc", "inside the workspace"),
    "texts hidden above": (GOOD + "texts: a/../../b\n", "texts", "a/../../b", "inside"),
    "alias": ("title: &t T\nbase: *t\n", "", "*t", "Aliases"),
    "no keys": ("just words\n", "", "just words", "The file holds no keys."),
    "empty": ("", "", "", "The file holds no keys."),
    "list": ("- title\n", "", "- title", "The file holds no keys."),
    "tab": ("title:\tT\n\tbase: x\n", "", None, "can't be read as YAML"),
    "object": ("!!python/object/apply:os.system [id]\n", "", None, ""),
    "deep": ("title: " + "[" * 20_000, "title", "", "One text is expected"),
    "two documents": (GOOD + "---\n" + GOOD, "", "", "more than one document"),
    "key is a list": (GOOD + "? [a]\n: b\n", "", "", "One text is expected"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "key", "value", "words"), CASES.values(), ids=CASES)
def test_a_fault_names_key_and_value(
    text: str, key: str, value: str | None, words: str, tmp_path: Path
) -> None:
    with pytest.raises(DataFaults) as raised:
        read_review(write(tmp_path, text))
    (fault,) = raised.value.faults
    assert (fault.table, fault.column, fault.rule) == ("review.yaml", key, "review-unreadable")
    assert value is None or fault.value == value
    assert words in fault.message and fault.message.endswith(("review", "."))


def test_aliases_can_not_unfold(tmp_path: Path) -> None:
    lines = ["a: &a0 [x, x]"] + [f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]" for n in range(1, 60)]
    with pytest.raises(DataFaults, match="One text is expected"):
        read_review(write(tmp_path, "\n".join(lines)))


def test_an_unknown_key_offers_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(DataFaults) as raised:
        read_review(write(tmp_path, GOOD + "titel: B\n"))
    assert str(raised.value) == (
        'review.yaml, column "titel": Only title, base, language, texts are known. Rename or '
        'delete it. Seen: "titel". Did you mean "title"?'
    )


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(DataFaults) as raised:
        read_review(write(tmp_path, "base: x\nlang: en\ntexts: ..\n"))
    assert [f.column for f in raised.value.faults] == ["base", "lang", "texts", "title"]


def test_bytes_that_are_not_utf_8_are_a_fault(tmp_path: Path) -> None:
    with pytest.raises(DataFaults, match=r'Byte 8 is not UTF-8.* Seen: "0xFC"'):
        read_review(write(tmp_path, "title: ü\n".encode("cp1252")))


def test_no_folder_and_no_file_are_told_apart_from_faults(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "nowhere", Path("x" * 300)):
        with pytest.raises(NoWorkspace, match=r"review\.yaml"):
            read_review(folder)


def test_a_folder_in_its_place_is_no_file(tmp_path: Path) -> None:
    os.mkdir(tmp_path / "review.yaml")
    with pytest.raises(NoWorkspace):
        read_review(tmp_path)
