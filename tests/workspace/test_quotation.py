"""`kg quote` on workspaces: it finds what the shapes accept, and writes nothing else."""

import io
import json
import random
import subprocess
import sys
from pathlib import Path

import pypdf
import pytest
from click.testing import CliRunner, Result

from kg.cli.main import cli
from kg.cli.quote import command
from kg.errors import MachineryError, UsageError
from kg.sources import pdf
from kg.sources.layout import is_alike
from kg.workspace.build import build
from kg.workspace.extraction import extract_text
from kg.workspace.quoting import Quotations
from tests.checks.judging import read_workspace, run_engine
from tests.cli.run import call
from tests.sources.laying import WORDS, join
from tests.workspaces import Workspace, minimal

# The offsets are those of tests/sources/test_passage.py.
TEXT = (
    "Our commu-\nnity’s self-\nefﬁcacy  grew — slow\u00adly, un-\nable and unaware, can’t stop.\f"
    "The group helped. They said: the group helped us a lot, and the neighbour’s dog too."
)
VERIFIED = "verified in shipped text"
LAYOUT = "verified in shipped text, layout apart"
COPIED = "copied, not verifiable here"


def quoting(*rows: tuple[str, dict[str, str]]) -> Workspace:
    """Return a sound workspace with a text and quotations: id and cells."""
    workspace = minimal()
    workspace.texts["r.txt"] = TEXT
    workspace.edit("reports", "report", text="r.txt")
    workspace.edit(
        "findings", "finding", quotation="The group helped.", quoted_from="report",
        locator="page 2", check=COPIED, paraphrase_only="",
    )  # fmt: skip
    for name, cells in rows:
        workspace.add("quotations", name, **cells)
    return workspace


def quote(folder: Path, *options: str) -> Result:
    if "quote" not in cli.commands:
        cli.add_command(command)
    done = CliRunner().invoke(cli, ["-C", str(folder), "quote", *options], catch_exceptions=False)
    return done


def cells(folder: Path, name: str, table: str = "quotations") -> dict[str, str]:
    found = Quotations(folder).draft.find(table, name)
    assert found is not None
    return {c: v for c, v in found[1].items() if c in ("exact", "start", "end", "check", "of")}


ROWS = (
    ("apart", {"exact": "Our community's"}),
    ("split", {"exact": "Our community's […] the group helped us"}),
    ("bracket", {"exact": "the [whole] helped us"}),
    ("none", {"exact": "The group will help"}),
    ("inside", {"exact": "able and"}),
    ("several", {"exact": "helped"}),
    ("wrong", {"exact": "grew", "start": "3", "end": "7", "check": VERIFIED}),
    ("claim", {"exact": "grew - slowly", "start": "33", "end": "47", "check": VERIFIED}),
    ("right", {"exact": "can’t", "start": "71", "end": "76", "check": VERIFIED}),
    ("modest", {"exact": "stop", "start": "77", "end": "81", "check": LAYOUT}),
    ("elsewhere", {"exact": "a lot", "report": "source-review-report"}),
)
STATUS = {
    "finding": ("exact", ""),
    "apart": ("layout apart", ""),
    "split": ("split", ""),
    "bracket": ("bracketed", ""),
    "none": ("not found", ""),
    "inside": ("not found", ""),
    "several": ("several", ""),
    "wrong": ("exact", "wrong"),
    "claim": ("layout apart", "wrong"),
    "right": ("exact", "right"),
    "modest": ("exact", "right"),
    "elsewhere": ("no text", ""),
}


def test_every_quotation_is_listed_with_what_was_found(tmp_path: Path) -> None:
    found = Quotations(quoting(*ROWS).write(tmp_path)).read()
    assert {q.id: (q.status, q.given) for q in found if q.id in STATUS} == STATUS
    assert {q.id for q in found if q.fault} == {"none", "inside", "wrong", "claim"}
    by_id = {q.id: q for q in found}
    assert by_id["elsewhere"].elsewhere == ("r.txt",)
    assert by_id["finding"].page == 2


def test_lines_say_what_differs_and_what_to_do(tmp_path: Path) -> None:
    done = quote(quoting(*ROWS).write(tmp_path))
    assert done.exit_code == 1
    for line in (
        "findings row 2, finding: exact at 83–100 in r.txt, page 2; --fill writes it",
        "quotations row 2, apart: layout apart at 0–17 in r.txt, page 1; --fill writes it",
        "    quoted  Our community's\n    text    Our commu-⏎nity’s",
        "quotations row 3, split: 2 parts in order in r.txt; --split split makes each of them a "
        "quotation of its own\n    0–17  Our commu-⏎nity’s\n    112–131  the group helped us",
        "bracket: found in r.txt, page 2 but for the words in brackets, which can't be verified",
        "none: not found in r.txt; the nearest passage (79 of 100) is at 112–128\n"
        "    quoted  The group will help\n    text    the group helped",
        "inside: not found in r.txt: the words stand there only inside longer words",
        "several: occurs 2 times in r.txt; write start and end, or a page, to say which is meant",
        'wrong: exact at 33–37 in r.txt, page 1; the row is wrong, --correct writes end "37", '
        'start "33"',
        f"claim: layout apart at 33–47 in r.txt, page 1; the row is wrong, --fill writes check "
        f'"{LAYOUT}"',
        "right: exact at 71–76 in r.txt, page 1; the row says so",
        'elsewhere: the words stand in r.txt: write the name in column "text" of '
        "source-review-report",
        "12 quotations: 4 exact, 2 layout apart, 1 bracketed, 1 split, 1 several, 2 not found, "
        "1 no text; 2 not as the row claims",
    ):
        assert line in done.output, done.output


def test_fill_writes_what_is_certain_and_the_shapes_agree(tmp_path: Path) -> None:
    folder = quoting(*ROWS[:-1]).write(tmp_path)
    before = {p.name: p.read_bytes() for p in (folder / "tables").iterdir()}
    tried = quote(folder, "--fill", "--dry-run")
    assert 'findings row 2, start: empty becomes "83"' in tried.output
    assert {p.name: p.read_bytes() for p in (folder / "tables").iterdir()} == before
    assert quote(folder, "--fill").exit_code == 1  # what is not found stays a fault
    assert cells(folder, "finding", "findings") == {"start": "83", "end": "100", "check": VERIFIED}
    assert cells(folder, "apart")["check"] == LAYOUT
    assert cells(folder, "claim")["check"] == LAYOUT
    for name, given in ROWS:
        if name in ("split", "bracket", "none", "inside", "several", "wrong", "right", "modest"):
            expected = {"of": "finding", "check": COPIED, **given}
            assert cells(folder, name) == expected
    changed = {p.name for p in (folder / "tables").iterdir() if p.read_bytes() != before[p.name]}
    assert changed == {"findings.csv", "quotations.csv"}
    rules = {(f.row, f.rule, f.severity) for f in build(folder).faults}
    assert rules == {
        (3, "quotations-copied-from-text", "warning"),
        (4, "quotations-copied-from-text", "warning"),
        (5, "quotations-copied-from-text", "warning"),
        (8, "quotations-in-text", "error"),
    }
    assert "nothing to write" in quote(folder, "--fill").output


def test_correct_changes_offsets_that_are_wrong(tmp_path: Path) -> None:
    folder = quoting(*ROWS).write(tmp_path)
    assert "wrong" not in {q.id for q in Quotations(folder).read() if not q.moved}
    quote(folder, "--correct", "wrong")
    assert cells(folder, "wrong") == {
        "of": "finding", "exact": "grew", "start": "33", "end": "37", "check": VERIFIED,
    }  # fmt: skip
    assert cells(folder, "apart")["check"] == COPIED  # not named


def test_split_makes_a_quotation_of_each_part(tmp_path: Path) -> None:
    folder = quoting(
        ("split-2", {"exact": "stop."}),
        ("split", {"exact": "Our community's […] the group helped us"}),
        ("part", {"exact": "the group helped them […] a lot"}),
        ("brackets", {"exact": "the [x] helped us … too"}),
    ).write(tmp_path)
    assert quote(folder, "split", "--split").exit_code == 0
    assert cells(folder, "split") == {
        "of": "finding", "exact": "Our community's", "start": "0", "end": "17", "check": LAYOUT,
    }  # fmt: skip
    assert cells(folder, "split-3") == {
        "of": "finding", "exact": "the group helped us", "start": "112", "end": "131",
        "check": VERIFIED,
    }  # fmt: skip
    assert "quotations-in-text" not in {f.rule for f in build(folder).faults}
    for name in ("part", "brackets", "split"):
        with pytest.raises(UsageError, match="can't be split"):
            opened = Quotations(folder)
            opened.split(opened.read([name])[0])


def test_a_finding_is_split_into_rows_of_its_own(tmp_path: Path) -> None:
    workspace = quoting()
    workspace.edit("findings", "finding", quotation="can’t stop. … a lot")
    folder = workspace.write(tmp_path)
    assert quote(folder, "finding", "--split").exit_code == 0
    assert cells(folder, "finding-2") == {
        "of": "finding", "exact": "a lot", "start": "132", "end": "137", "check": VERIFIED,
    }  # fmt: skip
    assert not build(folder).faults


def test_faults_show_the_nearest_passage(tmp_path: Path) -> None:
    folder = quoting(
        ("none", {"exact": "the groups helped us a lot"}),
        ("apart", {"exact": "Our community's", "start": "4", "end": "9", "check": VERIFIED}),
    ).write(tmp_path)
    first, second = (f for f in build(folder).faults if f.table == "quotations")
    assert first.severity == "warning"
    assert 'in r.txt at 112–138 is "the group helped us a lot,".' in first.message
    assert "The words stand at 0–17 in r.txt, layout apart, as" in second.message


def test_wrong_calls(tmp_path: Path) -> None:
    folder = quoting(*ROWS).write(tmp_path)
    runs = [
        (("nobody",), 'There is no quotation called "nobody"'),
        (("--split",), "--split needs the id"),
        (("--extract", "a.pdf", "--fill"), "asked for alone"),
    ]
    for options, message in runs:
        with pytest.raises(UsageError, match=message):
            quote(folder, *options)


def test_machine_form(tmp_path: Path) -> None:
    folder = quoting(*ROWS).write(tmp_path)
    done = call(folder, "quote", "apart", "none", "--format", "json", quiet=True)
    apart, none = json.loads(done.stdout)
    assert apart["changes"] == {"start": "0", "end": "17", "check": LAYOUT}
    assert apart["spans"] == [{"start": 0, "end": 17, "text": "Our commu-\nnity’s"}]
    assert none["nearest"] == {
        "start": 112, "end": 128, "score": 78.8, "text": "the group helped",
    }  # fmt: skip


def pairs(number: int) -> list[tuple[str, str]]:
    """Return words and spans of a text: half of them differ in layout, the others in a word."""
    found = []
    chance = random.Random(5)
    while len(found) < number:
        words = chance.choices(WORDS, k=chance.randint(1, 6))
        other = list(words)
        if chance.random() < 0.5:
            place = chance.randrange(len(other))
            other[place] = chance.choice([*WORDS, "re-sort", "resort", other[place].upper()])
        ours, theirs = (join(w, chance.randrange)[0].replace("\r", "\n") for w in (words, other))
        if chance.random() < 0.3 and ours[0].isalpha():
            ours = f"[{ours[0].swapcase()}]{ours[1:]}"
        found.append((ours, theirs))
    return found


@pytest.mark.parametrize(("engine", "number"), [("shacl", 400), ("pyshacl", 60)])
def test_the_rule_and_the_code_agree(engine: str, number: int, tmp_path: Path) -> None:
    tried = pairs(number)
    text, rows, expected = "", [], set()
    for n, (words, span) in enumerate(tried):
        text += " | "
        place = {"start": str(len(text)), "end": str(len(text) + len(span))}
        rows.append((f"q{n}", {"exact": words, "check": LAYOUT, **place}))
        text += span
        if not is_alike(words, span):
            expected.add(f"q{n}")
    workspace = quoting(*rows)
    workspace.texts["r.txt"] = text
    workspace.edit("findings", "finding", quotation="|", quoted_from="report")
    results = run_engine(read_workspace(workspace.write(tmp_path)), engine)
    found = {r.focus.rsplit("/", 1)[-1] for r in results if r.shape.endswith("/quotations-in-text")}
    assert found == expected
    assert number * 0.2 < len(expected) < number * 0.6


def paper(*pages: str) -> bytes:
    """Return a PDF with a line of text on each page, written by hand."""
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(len(pages)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    for n, page in enumerate(pages):
        stream = f"BT /F1 12 Tf 72 700 Td ({page}) Tj ET" if page else ""
        objects += [
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents {5 + 2 * n} 0 R "
            "/Resources << /Font << /F1 3 0 R >> >> >>",
            f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream",
        ]
    data, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(data))
        data += f"{number} 0 obj\n{content}\nendobj\n".encode()
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(objects) + 1
    end = f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer\n<< /Size {size} /Root 1 0 R >>\n"
    return data + end.encode() + f"startxref\n{len(data)}\n%%EOF\n".encode()


def encrypted() -> bytes:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(paper("secret")))
    writer.encrypt("word", algorithm="RC4-128")
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


def test_the_text_of_a_pdf_becomes_a_source(tmp_path: Path) -> None:
    workspace = quoting(("q", {"exact": "neighbours help", "report": "report"}))
    workspace.edit("reports", "report", text="study.txt")
    workspace.edit("findings", "finding", quotation="We met.", locator="page 1")
    folder = workspace.write(tmp_path)
    (folder / "texts" / "study.pdf").write_bytes(paper("We met.", "Here neighbours help."))
    assert quote(folder, "--extract", "study.pdf", "--dry-run").exit_code == 0
    assert not (folder / "texts" / "study.txt").exists()
    done = quote(folder, "--extract", "study.pdf")
    assert "written: study.txt (2 pages, 29 characters)" in done.output
    assert (folder / "texts" / "study.txt").read_text(encoding="utf-8") == (
        "We met.\fHere neighbours help."
    )
    quote(folder, "--extract", str(folder / "texts" / "study.pdf"))  # the same again: no harm
    assert quote(folder, "--fill").exit_code == 0
    assert cells(folder, "q") == {
        "of": "finding", "exact": "neighbours help", "start": "13", "end": "28", "check": VERIFIED,
    }  # fmt: skip
    assert next(q for q in Quotations(folder).read() if q.id == "q").page == 2
    assert not build(folder).faults


def test_a_text_is_never_overwritten(tmp_path: Path) -> None:
    folder = quoting().write(tmp_path)
    (folder / "texts" / "r.pdf").write_bytes(paper("Other words."))
    with pytest.raises(UsageError, match=r'"texts/r\.txt" is there already'):
        extract_text(folder, "r.pdf")
    assert (folder / "texts" / "r.txt").read_bytes() == TEXT.encode()


def test_texts_stay_in_the_workspace(tmp_path: Path) -> None:
    workspace = quoting()
    workspace.texts.clear()
    folder = workspace.write(tmp_path / "w")
    (tmp_path / "out").mkdir()
    (tmp_path / "a.pdf").write_bytes(paper("Words."))
    (folder / "texts").symlink_to(tmp_path / "out")
    with pytest.raises(UsageError, match="leads out of the workspace"):
        extract_text(folder, str(tmp_path / "a.pdf"))
    assert not list((tmp_path / "out").iterdir())


@pytest.mark.parametrize(
    ("data", "limits", "message"),
    [
        (b"no pdf", {}, "is no PDF"),
        (b"%PDF-1.4\n", {}, "is damaged"),
        (paper("We met.")[:200], {}, "is damaged"),
        (encrypted(), {}, "is encrypted"),
        (paper("", ""), {}, "has no text: it may be a scan"),
        (paper("a", "b", "c"), {"pages": 2}, "has 3 pages, and at most 2 are read"),
        (paper("We met."), {"seconds": 0.01}, "was given up after 0.01 seconds"),
        (paper("We met. " * 2_000_000), {"memory": 16 << 20}, "can't be read within 16 MiB"),
        (None, {}, "There is no file"),
    ],
)
def test_what_is_wrong_with_a_pdf_is_one_sentence(
    data: bytes | None, limits: dict[str, int], message: str, tmp_path: Path
) -> None:
    path = tmp_path / "a.pdf"
    if data is not None:
        path.write_bytes(data)
    with pytest.raises(UsageError, match=message) as raised:
        pdf.read_pdf(path, **limits)
    assert "\n" not in str(raised.value)


def test_a_file_that_is_too_big_is_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.pdf").write_bytes(paper("We met."))
    monkeypatch.setattr(pdf, "_SIZE", 100)
    with pytest.raises(UsageError, match="is bigger than"):
        pdf.read_pdf(tmp_path / "a.pdf")


def test_without_pypdf_the_extra_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "find_spec", lambda name: None)
    with pytest.raises(MachineryError, match=r"collective-efficacy-kg\[pdf\]"):
        pdf.read_pdf(tmp_path / "a.pdf")


def test_the_command_loads_nothing_heavy() -> None:
    heavy = {"pyoxigraph", "pypdf", "rapidfuzz", "kg.workspace"}
    code = f"import sys, kg.cli.quote; sys.exit(bool({heavy!r} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
