"""The figure of the flow of records: an SVG from our own template, and a PNG of it.

Layer: reports. Widths are measured in the font beside the templates, with room for the wider fonts
that another viewer may take. No script, no outside font; the PNG is drawn with our font alone, so
that it is the same on every machine.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from kg.appraisal.flow import Flow
from kg.reports.flow import PHASES, Box, Line, build_heading, list_boxes, render_flow_text
from kg.reports.font import FAMILY, font_files, measure, to_font

__all__ = ["render_flow_png", "render_flow_svg"]

_TEMPLATES = Path(__file__).parent / "templates"
_SIZE, _SMALL, _HEADING = 14, 12, 17
_LEADING, _SMALL_LEADING = 19, 16
_WIDTH, _MARGIN = 860, 20
_MAIN, _BESIDE, _BOX = 64, 480, 360
_PAD, _GAP, _INDENT = 12, 30, 16
_ROOM = 1.13  # Arial and Liberation Sans are that much wider than our font
_ZOOM = 2.0
_ILLEGAL = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML does not allow, section 2.2."""

Word = tuple[str, bool]
"""A word and whether it stands in italics."""


@dataclass(frozen=True)
class _Row:
    """A line of text as it is drawn: place, and pieces that are in italics or not."""

    x: float
    y: float
    pieces: tuple[Word, ...]


@dataclass(frozen=True)
class _Shape:
    """A box as it is drawn."""

    x: int
    y: int
    width: int
    height: int
    apart: bool
    rows: tuple[_Row, ...]


def render_flow_svg(flow: Flow) -> str:
    """Return the figure as SVG: with title and description for those who don't see it."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    heading = list(_wrap(_words(build_heading(flow)), _WIDTH - 2 * _MARGIN, _HEADING))
    top = _MARGIN + len(heading) * 24 + 8
    shapes, bars, arrows, bottom = _place(list_boxes(flow), top)
    notes = list(_notes(flow, bottom + _GAP))
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    text = environment.get_template("flow.svg").render(
        width=_WIDTH,
        height=int(notes[-1].y) + _MARGIN if notes else bottom + _MARGIN,
        family=FAMILY,
        size=_SIZE,
        small=_SMALL,
        heading_size=_HEADING,
        title=build_heading(flow),
        description=render_flow_text(flow),
        heading=[_Row(_MARGIN, _MARGIN + 15 + 24 * n, row) for n, row in enumerate(heading)],
        shapes=shapes,
        bars=bars,
        arrows=arrows,
        notes=notes,
    )
    return _ILLEGAL.sub("\ufffd", text) + "\n"


def render_flow_png(flow: Flow) -> bytes:
    """Return the figure as PNG, twice as large as the SVG, on white."""
    from resvg_py import svg_to_bytes

    return bytes(
        svg_to_bytes(
            svg_string=to_font(render_flow_svg(flow)),
            background="#ffffff",
            zoom=_ZOOM,
            skip_system_fonts=True,
            font_files=[str(p) for p in font_files()],
            font_family=FAMILY,
            sans_serif_family=FAMILY,
        )
    )


def _words(text: str) -> list[Word]:
    return [(word, False) for word in text.split()]


def _line_words(line: Line) -> list[Word]:
    """Return the words of a line; "(n = not known)" keeps together, its number in italics."""
    words = _words(line.words)
    if line.number is not None:
        unknown = line.number.value is None
        words.append((f"(n\u00a0=\u00a0{str(line.number).replace(' ', chr(0xA0))})", unknown))
    return words


def _wrap(
    words: list[Word], width: float, size: float, hang: float = 0
) -> Iterator[tuple[Word, ...]]:
    """Yield lines that are no wider than asked, all but the first narrower by what they hang in.

    A word that is longer than a line is cut.
    """
    row: list[Word] = []
    room = width
    for word in _cut(words, width - hang, size):
        if row and _measure([*row, word], size) > room:
            yield tuple(row)
            row, room = [], width - hang
        row.append(word)
    yield tuple(row)


def _cut(words: Iterable[Word], width: float, size: float) -> Iterator[Word]:
    for text, italic in words:
        rest = text
        while _measure([(rest, italic)], size) > width:
            end = max(n for n in range(1, len(rest))
                      if n == 1 or _measure([(rest[:n], italic)], size) <= width)  # fmt: skip
            yield rest[:end], italic
            rest = rest[end:]
        yield rest, italic


def _measure(words: Iterable[Word], size: float) -> float:
    listed = list(words)
    spaces = (len(listed) - 1) * measure(" ", size)
    return _ROOM * (spaces + sum(measure(w, size, italic=i) for w, i in listed))


def _place(
    boxes: Iterable[Box], top: int
) -> tuple[list[_Shape], list[tuple[str, int, int]], list[tuple[int, int, int, int]], int]:
    """Return boxes, bars (phase, top, height), arrows (from, to) and the lower end."""
    listed = list(boxes)
    shapes: list[_Shape] = []
    arrows: list[tuple[int, int, int, int]] = []
    spans: dict[str, tuple[int, int]] = {}
    above: _Shape | None = None
    y = top
    for row in sorted({b.row for b in listed}):
        here = [b for b in listed if b.row == row]
        main = _draw(next(b for b in here if not b.beside), _MAIN, y)
        shapes.append(main)
        end, side = y + main.height, y
        for box in (b for b in here if b.beside):
            shape = _draw(box, _BESIDE, side)
            shapes.append(shape)
            if not box.apart:
                middle = y + min(main.height, shape.height) // 2
                arrows.append((_MAIN + _BOX, middle, _BESIDE, middle))
            side += shape.height + _GAP // 2
            end = max(end, shape.y + shape.height)
        if above is not None:
            center = _MAIN + _BOX // 2
            arrows.append((center, above.y + above.height, center, y))
        above = main
        if sum(b.phase == here[0].phase and not b.beside for b in listed) == 1:
            end = max(end, y + int(_measure(_words(here[0].phase), _SIZE)) + _PAD)
        start = spans.get(here[0].phase, (y, 0))[0]
        spans[here[0].phase] = (start, end)
        y = end + _GAP
    bars = [(p, *spans[p]) for p in PHASES if p in spans]
    return shapes, [(p, a, b - a) for p, a, b in bars], arrows, y - _GAP


def _draw(box: Box, x: int, y: int) -> _Shape:
    rows = []
    line_y = y + _PAD + _SIZE - 1
    for line in box.lines:
        indent = _INDENT if line.deep else 0
        room = _BOX - 2 * _PAD - indent
        for number, pieces in enumerate(_wrap(_line_words(line), room, _SIZE, _INDENT)):
            hang = _INDENT if number else 0
            rows.append(_Row(x + _PAD + indent + hang, line_y, pieces))
            line_y += _LEADING
    height = _PAD * 2 + _LEADING * len(rows) - (_LEADING - _SIZE)
    return _Shape(x, y, _BOX, height, box.apart, tuple(rows))


def _notes(flow: Flow, y: int) -> Iterator[_Row]:
    """Yield the notes below the figure, and where its form is from."""
    source = "Boxes and numbers after PRISMA 2020 (Page et al. 2021, doi 10.1136/bmj.n71)."
    unknown = "Not known: no table and no source that was read says it."
    told = [unknown] if "not known" in render_flow_text(flow) else []
    for note in (*told, *flow.notes, source):
        for pieces in _wrap(_words(note), _WIDTH - 2 * _MARGIN, _SMALL):
            yield _Row(_MARGIN, y, pieces)
            y += _SMALL_LEADING
        y += 3
