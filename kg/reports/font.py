"""The font that figures are drawn with: what it can show, and how wide a text is in it.

Layer: reports. A PNG must look the same on a machine without fonts, so that one lies beside the
templates: Source Sans Pro (Adobe, SIL Open Font License 1.1, see ``OFL.txt`` there), regular and
italic, as the package font-source-sans-pro has it. Only the tables that are needed here are read.
"""

from __future__ import annotations

import struct
from functools import cache
from pathlib import Path

__all__ = ["FAMILY", "find_missing", "font_files", "measure", "to_font"]

FAMILY = "Source Sans Pro"
_FOLDER = Path(__file__).parent / "templates" / "fonts"
_FILES = ("SourceSansPro-Regular.otf", "SourceSansPro-It.otf")
_HYPHENS = {0x2010: "-", 0x2011: "-"}
"""Hyphens that the font lacks; they look like the one of the keyboard."""


def font_files() -> tuple[Path, ...]:
    """Return the files of the font: regular, italic."""
    return tuple(_FOLDER / name for name in _FILES)


def to_font(text: str) -> str:
    """Return a text with the hyphens that the font has."""
    return text.translate(_HYPHENS)


def find_missing(text: str) -> str:
    """Return the characters of a text that the font can't show, each once, sorted."""
    known = _widths(_FILES[0])
    return "".join(sorted(c for c in set(to_font(text)) if ord(c) not in known and c != "\n"))


def measure(text: str, size: float, *, italic: bool = False) -> float:
    """Return how wide a text is at a size; what the font lacks counts as a wide letter."""
    widths = _widths(_FILES[italic])
    return sum(widths.get(ord(c), 1000) for c in to_font(text)) * size / 1000


@cache
def _widths(name: str) -> dict[int, int]:
    """Return character → width in thousandths of the size, from the tables of the font file."""
    data = (_FOLDER / name).read_bytes()
    tables = {}
    for place in range(12, 12 + 16 * struct.unpack(">H", data[4:6])[0], 16):
        tag, _, start, length = struct.unpack(">4sLLL", data[place : place + 16])
        tables[tag] = data[start : start + length]
    count = struct.unpack(">H", tables[b"hhea"][34:36])[0]
    advances = struct.unpack(f">{count * 2}H", tables[b"hmtx"][: count * 4])[::2]
    return {
        char: advances[min(glyph, count - 1)] for char, glyph in _glyphs(tables[b"cmap"]).items()
    }


def _glyphs(cmap: bytes) -> dict[int, int]:
    """Return character → glyph from the Unicode table in format 4 (OpenType, section cmap)."""
    number = struct.unpack(">H", cmap[2:4])[0]
    starts = {}
    for n in range(number):
        platform, encoding, start = struct.unpack(">HHL", cmap[4 + 8 * n : 12 + 8 * n])
        starts[platform, encoding] = start
    table = cmap[starts[3, 1] :]
    half = struct.unpack(">H", table[6:8])[0]  # twice the number of segments
    words = struct.unpack(
        f">{(len(table) - 14) // 2}H", table[14 : 14 + (len(table) - 14) // 2 * 2]
    )
    n = half // 2
    ends, begins = words[:n], words[n + 1 : 2 * n + 1]
    deltas, offsets = words[2 * n + 1 : 3 * n + 1], words[3 * n + 1 : 4 * n + 1]
    found = {}
    for i, (begin, end) in enumerate(zip(begins, ends, strict=True)):
        for char in range(begin, min(end, 0xFFFE) + 1):
            glyph = char
            if offsets[i]:
                glyph = words[3 * n + 1 + i + offsets[i] // 2 + char - begin]
            if offsets[i] == 0 or glyph:
                found[char] = (glyph + deltas[i]) & 0xFFFF
    return {char: glyph for char, glyph in found.items() if glyph}
