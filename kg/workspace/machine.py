"""What this machine offers: Python, packages, the engine, Java, git, disk, the terminal.

Nothing is changed, and nothing is asked of the network.
"""

from __future__ import annotations

import importlib.util
import locale
import os
import re
import shutil
import sys
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, distribution, version
from pathlib import Path

from kg.checks import validate
from kg.errors import MachineryError
from kg.workspace.point import Point

__all__ = ["OPTIONAL", "fits", "look_at_machine"]

_DISTRIBUTION = "collective-efficacy-kg"
_REQUIREMENT = re.compile(r"([\w.-]+)(?:\[[^\]]*\])?\s*([^;]*)(?:;\s*extra == ['\"](\w+)['\"])?")
_BOUND = re.compile(r"(==|>=|<=|!=|~=|<|>)\s*([\w.]+)")
_LEAST_BYTES, _FEW_BYTES = 100 << 20, 1 << 30

OPTIONAL = {
    "networks": "needed only for betweenness and communities of networks above 100,000 edges",
    "ontology": "needed only for `kg check --ontology`",
    "pdf": "needed only to read PDF files",
    "spark": "needed only for `kg cluster`",
}
"""Name of an extra → what it is for; extras that are not here are for those who develop kg."""


def look_at_machine(folder: Path) -> Iterator[Point]:
    """Yield what is right or wrong with this machine, in a fixed order.

    Args:
        folder: The workspace, whose disk is looked at; it need not exist.
    """
    yield from _packages()
    yield _engine()
    yield _java()
    yield _git()
    yield _disk(folder)
    yield _terminal()


def _point(name: str, state: str, text: str, remedy: str = "") -> Point:
    return Point("machine", name, state, text, remedy)


def _packages() -> Iterator[Point]:
    running = ".".join(map(str, sys.version_info[:3]))
    try:
        found = distribution(_DISTRIBUTION)
    except PackageNotFoundError:
        yield _point("Python", "ok", running)
        yield _point(
            "packages",
            "attention",
            "kg is run from a folder and is not installed, so versions can't be compared.",
            "Type pip install . in that folder.",
        )
        return
    wanted = str(found.metadata["Requires-Python"] or "")
    good = fits(running, wanted)
    yield _point(
        "Python",
        "ok" if good else "wrong",
        f"{running} (wanted: {wanted})",
        "" if good else f"Install kg with a Python {wanted}.",
    )
    wrong: dict[str, list[str]] = {}
    number = 0
    for line in found.requires or ():
        match = _REQUIREMENT.match(line)
        if match and (match[3] is None or match[3] in OPTIONAL):
            number += 1
            if told := _compare(match[1], match[2].strip()):
                wrong.setdefault(match[3] or "", []).append(told)
    if "" in wrong:
        yield _point(
            "packages",
            "wrong",
            "; ".join(wrong[""]),
            f"Type pip install --upgrade {_DISTRIBUTION}.",
        )
    else:
        optional = f", {len(wrong)} optional parts apart" if wrong else ""
        yield _point(
            "packages",
            "ok",
            f"kg {found.version}; all {number} required packages are "
            f"there in a version that fits{optional}",
        )
    for extra in sorted(wrong.keys() - {""}):
        yield _point(
            "packages",
            "attention",
            f"{'; '.join(wrong[extra])} ({OPTIONAL[extra]})",
            f"If you need it, type pip install '{_DISTRIBUTION}[{extra}]'.",
        )


def _compare(name: str, wanted: str) -> str:
    """Say what is wrong with a package, "" if nothing is."""
    try:
        there = version(name)
    except PackageNotFoundError:
        return f"{name} is not installed"
    return "" if fits(there, wanted) else f"{name} is {there}, wanted: {wanted}"


def fits(there: str, wanted: str) -> bool:
    """Return whether a version is within bounds such as ">=1.2,<2"; only numbers are compared."""
    have = _numbers(there)
    for sign, bound in _BOUND.findall(wanted):
        want = _numbers(bound)
        width = max(len(have), len(want))
        a, b = (v + (0,) * (width - len(v)) for v in (have, want))
        within = {
            "==": a == b,
            ">=": a >= b,
            "<=": a <= b,
            "!=": a != b,
            "<": a < b,
            ">": a > b,
            "~=": a >= b and a[: len(want) - 1] == b[: len(want) - 1],
        }
        if not within[sign]:
            return False
    return True


def _numbers(text: str) -> tuple[int, ...]:
    found = re.match(r"\d+(?:\.\d+)*", text)
    return tuple(int(n) for n in found[0].split(".")) if found else ()


def _engine() -> Point:
    try:
        _, used = validate(b"", "shacl")
    except MachineryError as error:
        return _point("engine", "wrong", str(error), "Type pip install --force-reinstall shacl.")
    if used != "shacl":
        return _point(
            "engine",
            "attention",
            f"The fast engine can't be used; {used} judges instead, and slowly.",
            "Type pip install --force-reinstall shacl.",
        )
    return _point("engine", "ok", "the fast engine, shacl, judges")


def _java() -> Point:
    """Say whether all is there that reasoning needs; only ``kg check --ontology`` asks for it."""
    missing = []
    if shutil.which("java") is None:
        missing.append("Java")
    if importlib.util.find_spec("jpype") is None:
        missing.append("JPype")
    jars = Path(os.environ.get("KG_OWLAPI") or Path(sys.prefix) / "share" / "owlapi")
    if not any(jars.glob("*.jar")):
        missing.append("the jars of the OWL API")
    if missing:
        return _point(
            "Java",
            "attention",
            f"missing: {', '.join(missing)} ({OPTIONAL['ontology']})",
            "If you need it, `kg check --ontology` says what to install.",
        )
    return _point("Java", "ok", f"Java, JPype and the OWL API are there ({OPTIONAL['ontology']})")


def _git() -> Point:
    if shutil.which("git") is None:
        return _point(
            "git",
            "attention",
            "There is no git, so `kg diff` can compare folders only.",
            "Install git.",
        )
    return _point("git", "ok", "git is there")


def _disk(folder: Path) -> Point:
    place = folder.absolute()
    while not place.exists() and place != place.parent:
        place = place.parent
    try:
        free = shutil.disk_usage(place).free
    except OSError as error:
        return _point("disk", "attention", f"The free space is not known ({error.strerror}).")
    text = f"{free / (1 << 30):.1f} GiB free"
    if free < _LEAST_BYTES:
        return _point("disk", "wrong", text, "Make room: what is written may be lost.")
    if free < _FEW_BYTES:
        return _point("disk", "attention", text, "Make room before you import or build much.")
    return _point("disk", "ok", text)


def _terminal() -> Point:
    encoding = locale.getencoding()
    if encoding.upper().replace("-", "").replace("_", "") != "UTF8":
        return _point(
            "terminal",
            "attention",
            f"The locale's encoding is {encoding}; kg writes "
            "UTF-8, so some letters may look wrong.",
            "Type export LC_ALL=C.UTF-8, or write to a file with -o.",
        )
    return _point("terminal", "ok", f"the locale's encoding is {encoding}")
