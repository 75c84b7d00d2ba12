"""The documentation is true: codes, reference pages, the README's session."""

import ast
import importlib.util
import re
from pathlib import Path

import pytest

from kg import errors, resources
from tests.docs.session import Told, run_session

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
KNOWN = {"individual-of-disjoint-classes"}
CODE = re.compile(r"[a-z]+\d?(-[a-z]+)+")


def codes_in_code() -> set[str]:
    """Return the codes of all error classes, and every code given to a fault in the source."""
    found = {
        cls.code
        for cls in vars(errors).values()
        if isinstance(cls, type) and issubclass(cls, errors.KgError) and cls is not errors.KgError
    }
    for path in (ROOT / "kg").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and "fault" in ast.unparse(node.func).lower():
                values = (a.value for a in node.args if isinstance(a, ast.Constant))
                found |= {v for v in values if isinstance(v, str) and CODE.fullmatch(v)}
            elif isinstance(node, ast.Constant) and str(node.value).startswith("mapping-"):
                found.add(str(node.value))  # yielded, and made a fault elsewhere
            elif isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant):
                value = node.value.value  # a code that has a name
                found |= {value} if isinstance(value, str) and value in KNOWN else set()
    return found


def test_every_code_is_a_heading_and_every_heading_a_code() -> None:
    page = (ROOT / "docs" / "errors.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^### (\S+)$", page, re.M)) == codes_in_code()


def test_reference_pages_are_what_the_product_says_of_itself() -> None:
    spec = importlib.util.spec_from_file_location("make", ROOT / "docs" / "make.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    for name, text in module.pages().items():
        written = (ROOT / "docs" / name).read_text(encoding="utf-8")
        assert written == text, f"docs/{name} is not up to date: type make docs"


def test_every_rule_says_title_why_source_and_remedy() -> None:
    for path in resources.shape_files():
        if path.parent.name == "rules":
            head = path.read_text(encoding="utf-8").split("@prefix")[0]
            assert all(word in head for word in ("Why:", "Source:", "Remedy:")), path.name


def test_links_of_the_pages_lead_somewhere() -> None:
    for page in (ROOT / "README.md", *(ROOT / "docs").glob("*.md")):
        for target in re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> list[Told]:
    """Run the session in an empty folder; return (command, promised, printed)."""
    return run_session(README, tmp_path_factory.mktemp("session"))


def test_the_session_in_the_readme_prints_what_it_shows(
    printed: list[Told],
) -> None:
    assert len(printed) >= 6
    for command, promised, shown in printed:
        assert shown == promised, command
