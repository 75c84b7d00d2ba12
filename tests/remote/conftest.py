"""The shipped case, built; a server; the command in this process."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from kg.workspace import copy_case
from tests.cli.run import Run, answer
from tests.remote.servers import Place, oxigraph
from tests.workspaces import minimal


@pytest.fixture(autouse=True)
def _no_token(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("KG_TOKEN", raising=False)


@pytest.fixture
def call(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Callable[..., Run]:
    """Run the whole command in this process, which spares the start of Python."""
    return partial(answer, monkeypatch, capfd)


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped case; tests only read it."""
    return copy_case("collective-efficacy", tmp_path_factory.mktemp("case") / "case")


@pytest.fixture
def small(tmp_path: Path) -> Path:
    return minimal().write(tmp_path / "small")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Place]:
    """An empty Oxigraph server."""
    with oxigraph(tmp_path / "store") as place:
        yield place
