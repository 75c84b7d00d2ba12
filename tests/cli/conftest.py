"""The fixture of the commands."""

from collections.abc import Callable
from functools import partial

import pytest

from tests.cli.run import Run, answer


@pytest.fixture
def call(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Callable[..., Run]:
    """Run the whole command in this process, which spares the start of Python."""
    return partial(answer, monkeypatch, capfd)
