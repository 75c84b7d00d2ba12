"""The figure of the flow: well-formed, closed in itself, the same everywhere, nothing cut off."""

import os
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest
from resvg_py import svg_to_bytes

from kg.appraisal.flow import Excluded, Flow, Number, Source
from kg.reports.flow import PHASES, list_boxes, render_flow_text
from kg.reports.flowchart import render_flow_png, render_flow_svg
from kg.reports.font import FAMILY, find_missing, font_files, measure

SVG = "{http://www.w3.org/2000/svg}"
UNKNOWN, NONE = Number(None), Excluded(0, 0, (), 0, 0)
LONG = "in relation to health and well-being, which is read here as health or as well-being, and so"
NASTY = (
    "<script>alert(1)</script> & \"quoted\" 'too'",
    "a_word_without_a_space_that_is_far_too_long_for_the_box_and_must_be_cut_somewhere_in_it",
    "control \x01\x0b\x0c characters \ufffe and 例 and 🙂",
    "=HYPERLINK(1)",
    "{{ 7 * 7 }} {% raw %}",
    "x" * 100_000,
    "",
)


def flow_with(reasons: tuple[str, ...] = (), **cells: object) -> Flow:
    """Return a flow that knows nothing, but for some reasons and what is said."""
    excluded = Excluded(9, 9, tuple((r, n) for n, r in enumerate(reasons)), 0, 0)
    values = {
        "title": "A review", "sources": (), "identified": UNKNOWN, "duplicates": UNKNOWN,
        "recorded": 0, "not_screened": 0, "screened": Number(9) if reasons else UNKNOWN,
        "excluded": excluded if reasons else None, "sought": UNKNOWN, "not_retrieved": UNKNOWN,
        "assessed": UNKNOWN, "assessed_records": 0, "excluded_full": None, "waiting": (),
        "included": (), "included_unscreened": 0, "included_studies": UNKNOWN,
        "included_reports": UNKNOWN, "target_sources": (), "target": (), "target_screened": 0,
    }  # fmt: skip
    return Flow(**{**values, **cells})  # type: ignore[arg-type]


FULL = flow_with(
    tuple(f"reason {n}" for n in range(10)),
    title="A review whose every number is known, " * 4,
    sources=(Source("s", "MEDLINE", "database", Number(1200), Number(30), 0),
             Source("t", LONG, "register", Number(88), UNKNOWN, 0)),
    identified=Number(1288, True), duplicates=Number(30, True), recorded=1200, not_screened=3,
    sought=Number(300), not_retrieved=Number(12), assessed=Number(288), assessed_records=250,
    excluded_full=Excluded(200, 210, ((LONG, 150),), 50, 3),
    waiting=(("meets", 3), ("not assessed", 4), ("unclear", 14), ("undetermined", 1)),
    included=(("demonstration corpus", 40),), included_studies=Number(40),
    included_reports=Number(44), target=(("target-context evidence", 33),), target_screened=2,
    notes=(LONG, LONG * 3),
)  # fmt: skip
FLOWS = {
    "nothing known": flow_with(),
    "everything known": FULL,
    "nasty": flow_with(NASTY, title=NASTY[0], notes=NASTY[:-2]),
    **{f"{n} reasons": flow_with(tuple(f"{LONG} {i}" for i in range(n))) for n in range(11)},
}


def read(flow: Flow) -> ElementTree.Element:
    return ElementTree.fromstring(render_flow_svg(flow).encode())


def text_of(element: ElementTree.Element) -> str:
    return "".join(element.itertext())


@pytest.mark.parametrize("name", FLOWS)
def test_figure_is_closed_in_itself(name: str) -> None:
    root = read(FLOWS[name])
    tags = {e.tag.removeprefix(SVG) for e in root.iter()}
    assert tags <= {"svg", "title", "desc", "defs", "marker", "path", "rect", "g", "text", "tspan"}
    values = [v for e in root.iter() for k, v in e.attrib.items()]
    assert not any("://" in v or v.startswith(("data:", "javascript")) for v in values)
    assert {v for v in values if "url(" in v} == {"url(#flow-head)"}
    assert not any(k.startswith("on") or "href" in k for e in root.iter() for k in e.attrib)


@pytest.mark.parametrize("name", FLOWS)
def test_figure_can_be_read_without_seeing_it(name: str) -> None:
    flow = FLOWS[name]
    root = read(flow)
    assert root.get("role") == "img"
    ids = str(root.get("aria-labelledby")).split()
    assert [e.get("id") for e in root[:2]] == ids
    assert [e.tag for e in root[:2]] == [SVG + "title", SVG + "desc"]
    if name != "nasty":
        assert text_of(root[1]) == render_flow_text(flow)


@pytest.mark.parametrize("name", FLOWS)
def test_every_line_is_inside_its_box_and_the_figure(name: str) -> None:
    root = read(FLOWS[name])
    width, height = float(root.get("width", 0)), float(root.get("height", 0))
    for group in root.iter(SVG + "g"):
        texts = [t for t in group.findall(SVG + "text") if t.get("x")]
        rects = group.findall(SVG + "rect")
        frame = rects[0] if len(rects) == 1 and texts else root
        left, top = float(frame.get("x", 0)), float(frame.get("y", 0))
        right = left + float(frame.get("width", width))
        bottom = top + float(frame.get("height", height))
        size = float(group.get("font-size", 14))
        for text in texts:
            x, y = float(text.get("x", 0)), float(text.get("y", 0))
            words = text_of(text)
            assert left < x and x + measure(words, size) < right - 10, words
            assert top + size * 0.7 < y < bottom - size * 0.25, words


@pytest.mark.parametrize("name", ["nothing known", "everything known", "7 reasons"])
def test_boxes_do_not_touch(name: str) -> None:
    rects = [
        tuple(float(e.get(k, 0)) for k in ("x", "y", "width", "height"))
        for e in list(read(FLOWS[name]).iter(SVG + "rect"))[1:]
    ]
    assert len(rects) == len(PHASES) + len(list_boxes(FLOWS[name]))
    for n, (x, y, w, h) in enumerate(rects):
        for a, b, c, d in rects[n + 1 :]:
            assert x + w < a or a + c < x or y + h < b or b + d < y


def test_figure_says_what_the_text_says() -> None:
    for flow in (FLOWS["nothing known"], FULL):
        texts = [text_of(t).replace("\u00a0", " ") for t in read(flow).iter(SVG + "text")]
        joined = " ".join(" ".join(texts).split())
        for box in list_boxes(flow):
            for line in box.lines:
                assert str(line) in joined


def test_not_known_is_in_italics_and_nothing_else_is() -> None:
    for flow, number in ((FLOWS["nothing known"], 11), (FULL, 0)):
        spans = [text_of(t) for t in read(flow).iter(SVG + "tspan")]
        assert spans == ["(n\u00a0=\u00a0not\u00a0known)"] * number
        assert ("Not known: no table" in text_of(read(flow))) == bool(number)


def test_text_is_never_markup() -> None:
    root = read(FLOWS["nasty"])
    assert not list(root.iter(SVG + "script"))
    assert "<script>alert(1)</script>" in text_of(root)
    assert "{{ 7 * 7 }}" in text_of(root)


# The PNG


def size_of(png: bytes) -> tuple[int, int]:
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    return int.from_bytes(png[16:20]), int.from_bytes(png[20:24])


@pytest.mark.parametrize("name", ["nothing known", "everything known", "nasty"])
def test_png_is_twice_as_large(name: str) -> None:
    root = read(FLOWS[name])
    expected = (2 * int(root.get("width", 0)), 2 * int(root.get("height", 0)))
    assert size_of(render_flow_png(FLOWS[name])) == expected


def test_png_has_text() -> None:
    """Without a font resvg leaves text out, and says nothing."""
    svg = render_flow_svg(FULL)
    bare = svg_to_bytes(svg_string=svg, background="#ffffff", zoom=2.0, skip_system_fonts=True)
    assert len(render_flow_png(FULL)) > 2 * len(bytes(bare))


PRINT = """
import hashlib
from tests.reports.test_flow import FLOWS
from kg.reports.flowchart import render_flow_png, render_flow_svg
for flow in FLOWS.values():
    print(hashlib.sha256(render_flow_svg(flow).encode()).hexdigest())
for name in ("nothing known", "everything known"):
    print(hashlib.sha256(render_flow_png(FLOWS[name])).hexdigest())
"""


def test_same_bytes_with_other_fonts_locale_zone_and_hashes(tmp_path: Path) -> None:
    config = tmp_path / "fonts.conf"
    config.write_text("<fontconfig></fontconfig>", encoding="utf-8")
    root = Path(__file__).parents[2]
    found = set()
    for seed, extra in (
        ("0", {}),
        ("1", {"FONTCONFIG_FILE": str(config), "HOME": str(tmp_path), "TZ": "Asia/Tokyo",
               "LC_ALL": "tr_TR.UTF-8"}),
    ):  # fmt: skip
        done = subprocess.run(
            [sys.executable, "-c", PRINT], check=True, capture_output=True, text=True, cwd=root,
            env={**os.environ, "PYTHONHASHSEED": seed, **extra},
        )  # fmt: skip
        assert len(done.stdout.split()) == len(FLOWS) + 2
        found.add(done.stdout)
    assert len(found) == 1


# The font


def test_font_lies_beside_the_templates_with_its_licence() -> None:
    for path in font_files():
        assert path.read_bytes().startswith(b"OTTO")
        assert FAMILY.encode() in path.read_bytes() or FAMILY.encode("utf-16-be") in (
            path.read_bytes()
        )
    licence = (font_files()[0].parent / "OFL.txt").read_text(encoding="utf-8")
    assert "SIL OPEN FONT LICENSE Version 1.1" in licence
    assert "Reserved Font Name 'Source'" in licence


def test_what_the_font_lacks() -> None:
    assert find_missing("Ångström ≥ 3, žluťoučký, ελπίδα, надежда, “a” – b…\n") == ""
    assert find_missing("long\u2010term") == ""  # U+2010 is drawn as the hyphen that the font has
    assert find_missing("例 🙂 例") == "例🙂"


def test_widths() -> None:
    """By hand from the font: a space has 200 and a digit 497 thousandths of the size."""
    assert measure(" ", 1000) == 200
    assert measure("1234567890", 100) == pytest.approx(497)
    assert measure("例", 1000) == 1000
    assert measure("a", 14, italic=True) != measure("a", 14)
