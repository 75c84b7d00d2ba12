"""Building without a cache, which takes half the time where a test is not about the cache."""

from pathlib import Path

from kg.workspace.build import Built, build


def build_in_memory(folder: Path) -> Built:
    """Return the built workspace; a file in the place of the cache keeps it off the disk."""
    (folder / ".kg").write_text("in the way")
    built = build(folder)
    assert not built.cached
    return built
