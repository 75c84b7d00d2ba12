"""The cache: what was cut, garbled or put there by somebody else counts as absent."""

import json
import os
import pickle
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from kg.errors import CannotWrite
from kg.store import Cache, Store, write_text
from tests.cli.run import ROOT, without_privileges


def quads(*numbers: int) -> set[Quad]:
    nodes = [NamedNode(f"https://e.org/{n}") for n in numbers]
    return {Quad(n, n, Literal(n.value), g) for n in nodes for g in (n, nodes[0])}


def write(cache: Cache, content: set[Quad], **note: object) -> None:
    def fill(store: Store) -> dict[str, object]:
        store.bulk_extend(content)
        return note

    with cache.writing():
        cache.switch(fill)


def names(cache: Cache) -> list[str]:
    return sorted(p.name for p in cache.folder.iterdir() if p.name != "writer.lock")


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    return Cache(tmp_path / ".kg")


def test_without_a_folder_there_is_nothing(cache: Cache) -> None:
    assert (cache.current, cache.read(), cache.read_part("a", "s")) == ("", None, None)
    assert not cache.folder.exists()


def test_what_is_written_is_read_with_its_note(cache: Cache) -> None:
    write(cache, quads(1, 2), key="k", later={"ü\n": [1]})
    found = cache.read()
    assert found is not None
    assert set(found.store) == quads(1, 2)
    assert (found.note["key"], found.later) == ("k", {"ü\n": [1]})
    assert "later" not in found.note


def test_a_new_store_holds_nothing_of_the_one_before(cache: Cache) -> None:
    write(cache, quads(*range(50)))
    write(cache, quads(*range(25, 75)))
    found = cache.read()
    assert found is not None and set(found.store) == quads(*range(25, 75))


def test_a_copy_starts_with_what_the_other_holds_and_leaves_it_as_it_is(cache: Cache) -> None:
    def change(store: Store) -> dict[str, object]:
        for quad in quads(*range(25)):
            store.remove(quad)
        store.extend(quads(*range(50, 75)))
        return {"key": "second"}

    write(cache, quads(*range(50)), key="first")
    before = cache.read()
    with cache.writing():
        after = cache.switch(change, before)
    assert set(after.store) == quads(*range(50)) - quads(*range(25)) | quads(*range(50, 75))
    assert before is not None and set(before.store) == quads(*range(50))
    assert after.note["key"] == "second" and cache.current == "store-2"


def test_only_the_current_store_stays(cache: Cache) -> None:
    for number in range(3):
        write(cache, quads(number))
    found = cache.read()
    assert names(cache) == ["current", "store-3", "store-3.json", "store-3.lock"]
    assert found is not None


def test_a_reader_keeps_its_store_while_a_writer_switches(cache: Cache) -> None:
    write(cache, quads(*range(2000)))
    reader = cache.read()
    assert reader is not None
    for number in range(3):
        write(cache, quads(number))
    assert "store-1" in names(cache) and "store-2" not in names(cache)
    assert set(reader.store) == quads(*range(2000))
    del reader
    write(cache, quads(9))
    assert "store-1" not in names(cache)


def test_a_reader_in_another_process_keeps_its_store(cache: Cache) -> None:
    write(cache, quads(1))
    code = (
        "import sys; from pathlib import Path; from kg.store import Cache\n"
        "found = Cache(Path(sys.argv[1])).read(); print('open', flush=True); input()\n"
        "print(len(set(found.store)))"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, cache.folder],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    ) as reader:  # fmt: skip
        assert reader.stdout is not None
        assert reader.stdout.readline() == "open\n"
        write(cache, quads(2))
        assert "store-1" in names(cache)
        assert reader.communicate("\n")[0] == "1\n"
    write(cache, quads(3))
    assert "store-1" not in names(cache)


def test_a_second_writer_waits(cache: Cache) -> None:
    """Two processes that write at once leave one of the two, whole."""
    code = (
        "import sys; sys.path.insert(0, '.'); from pathlib import Path\n"
        "from kg.store import Cache; from tests.store.test_cache import quads, write\n"
        "for n in range(5): write(Cache(Path(sys.argv[1])), quads(int(sys.argv[2]), n + 10))"
    )
    writers = [
        subprocess.Popen([sys.executable, "-c", code, cache.folder, str(n)], cwd=ROOT)
        for n in range(2)
    ]
    assert [w.wait(60) for w in writers] == [0, 0]
    found = cache.read()
    assert found is not None and set(found.store) in (quads(0, 14), quads(1, 14))
    assert cache.current == "store-10"


def _cut(pattern: str) -> Callable[[Path], None]:
    def damage(folder: Path) -> None:
        for path in folder.glob(pattern):
            path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])

    return damage


def _garble(pattern: str) -> Callable[[Path], None]:
    def damage(folder: Path) -> None:
        for path in folder.glob(pattern):
            data = bytearray(path.read_bytes())
            for place in range(len(data) // 3, len(data), 7):
                data[place] ^= 0xFF
            path.write_bytes(data)

    return damage


def _remove(pattern: str) -> Callable[[Path], None]:
    def damage(folder: Path) -> None:
        for path in folder.glob(pattern):
            path.unlink() if path.is_file() else shutil.rmtree(path)

    return damage


def _write(name: str, data: bytes) -> Callable[[Path], None]:
    return lambda folder: (folder / name).write_bytes(data) and None


DAMAGES = {
    "current cut": _cut("current"),
    "current garbled": _garble("current"),
    "current removed": _remove("current"),
    "current of another": _write("current", b"store-7\n"),
    "current outside": _write("current", b"store-1/../../other\n"),
    "note cut": _cut("*.json"),
    "note garbled": _garble("*.json"),
    "note removed": _remove("*.json"),
    "note empty": _write("store-1.json", b""),
    "note unsealed": _write("store-1.json", b'{"quads": 4}'),
    "store removed": _remove("store-1"),
    "store emptied": _remove("store-1/*"),
    "tables cut": _cut("store-1/*.sst"),
    "tables garbled": _garble("store-1/*.sst"),
    "a table removed": _remove("store-1/*0.sst"),
    "manifest cut": _cut("store-1/MANIFEST*"),
    "manifest garbled": _garble("store-1/MANIFEST*"),
    "manifest removed": _remove("store-1/MANIFEST*"),
    "pointer garbled": _garble("store-1/CURRENT"),
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_a_damaged_cache_counts_as_absent_and_is_made_anew(
    damage: Callable[[Path], None], cache: Cache
) -> None:
    write(cache, quads(1, 2), key="k")
    damage(cache.folder)
    assert cache.read() is None
    write(cache, quads(1, 3))
    found = cache.read()
    assert found is not None and set(found.store) == quads(1, 3)


def test_a_store_that_holds_less_than_its_note_says_counts_as_absent(cache: Cache) -> None:
    write(cache, quads(1, 2))
    other = Cache(cache.folder.with_name("other"))
    write(other, quads(1))
    shutil.rmtree(cache.folder / "store-1")
    shutil.copytree(other.folder / "store-1", cache.folder / "store-1")
    assert cache.read() is None


def test_a_part_is_kept_under_its_stamp(cache: Cache) -> None:
    with cache.writing():
        cache.write_part("tables/a.csv", "one", b"data")
    assert cache.read_part("tables/a.csv", "one") == b"data"
    assert cache.read_part("tables/a.csv", "two") is None
    assert cache.read_part("tables/b.csv", "one") is None
    (path,) = (cache.folder / "parts").iterdir()
    for bad in (b"", path.read_bytes()[:-1], path.read_bytes() + b"x", pickle.dumps([])):
        path.write_bytes(bad)
        assert cache.read_part("tables/a.csv", "one") is None


def test_parts_of_files_that_are_gone_are_deleted(cache: Cache) -> None:
    with cache.writing():
        for name in ("a", "b"):
            cache.write_part(name, "s", b"")
        cache.keep_parts(["b"])
    assert cache.read_part("a", "s") is None and cache.read_part("b", "s") == b""
    assert len(list((cache.folder / "parts").iterdir())) == 1


def test_links_in_the_cache_are_not_followed(cache: Cache, tmp_path: Path) -> None:
    """A workspace from somebody else may hold a .kg that points at files of one's own."""
    own = tmp_path / "own"
    own.write_text("mine")
    write(cache, quads(1))
    for name in ("current", "writer.lock", "store-2.json", "store-2.lock", "store-1.lock"):
        (cache.folder / name).unlink(missing_ok=True)
        (cache.folder / name).symlink_to(own)
    with pytest.raises(CannotWrite, match="can't be written"):
        write(cache, quads(2))
    (cache.folder / "writer.lock").unlink()
    write(cache, quads(2))
    assert own.read_text() == "mine"

    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "kept.part").write_text("mine")
    (cache.folder / "parts").symlink_to(outside)
    with cache.writing():
        with pytest.raises(CannotWrite, match="is a link"):
            cache.write_part("a", "s", b"x")
        cache.keep_parts([])
    assert [p.name for p in outside.iterdir()] == ["kept.part"]


def test_a_cache_that_is_a_link_is_not_written(cache: Cache, tmp_path: Path) -> None:
    (tmp_path / "outside").mkdir()
    cache.folder.symlink_to(tmp_path / "outside")
    with pytest.raises(CannotWrite, match="is a link"), cache.writing():
        pass
    assert list((tmp_path / "outside").iterdir()) == []


def test_a_store_that_is_a_link_is_not_read(cache: Cache, tmp_path: Path) -> None:
    write(cache, quads(1))
    (cache.folder / "store-1").rename(tmp_path / "store-1")
    (cache.folder / "store-1").symlink_to(tmp_path / "store-1")
    assert cache.read() is None


def test_a_file_in_place_of_the_folder_can_not_be_written(cache: Cache) -> None:
    cache.folder.write_text("x")
    with pytest.raises(CannotWrite, match="can't be written"), cache.writing():
        pass


def test_a_read_only_cache_is_read(cache: Cache) -> None:
    write(cache, quads(1))
    (cache.folder / "store-1.lock").unlink(missing_ok=True)
    code = (
        "import sys; from pathlib import Path; from kg.store import Cache\n"
        "cache = Cache(Path(sys.argv[1])); print(len(cache.read().store))\n"
        "try:\n with cache.writing(): pass\nexcept Exception as e: print(type(e).__name__)"
    )
    with without_privileges(cache.folder) as options:
        done = subprocess.run([sys.executable, "-c", code, cache.folder], text=True,
                              capture_output=True, check=False, **options)  # fmt: skip
    assert (done.stdout, done.stderr) == ("1\nCannotWrite\n", "")


def test_a_note_holds_no_more_than_it_is_given(cache: Cache) -> None:
    """Nothing of clock, machine or place stands beside the quads."""
    write(cache, quads(1), key="k")
    text = (cache.folder / "store-1.json").read_bytes()
    note, later = map(json.loads, text[64:].split(b"\n"))
    assert later is None
    assert (note.pop("key"), note.pop("quads")) == ("k", 1)
    sizes = {path.name: path.stat().st_size for path in (cache.folder / "store-1").iterdir()}
    assert note.pop("files").items() <= sizes.items() and not note


@pytest.mark.parametrize("text", ["some words", b"\xff\0"])
def test_write_text_replaces_the_whole_file(text: str | bytes, tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_text("much longer than what comes")
    write_text(path, text)
    assert path.read_bytes() == (text if isinstance(text, bytes) else text.encode())
    assert os.listdir(tmp_path) == ["file"]


def test_write_text_follows_a_link(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to("file")
    write_text(tmp_path / "link", "x")
    assert (tmp_path / "link").is_symlink() and (tmp_path / "file").read_text() == "x"


def test_write_text_does_not_replace_a_device(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with subprocess.Popen(["cat", pipe], stdout=subprocess.PIPE) as reader:
        write_text(pipe, "through")
        assert reader.communicate()[0] == b"through"
    assert pipe.is_fifo()
    write_text(Path(os.devnull), "x")
    assert Path(os.devnull).is_char_device()


@pytest.mark.parametrize("name", ["", "folder", "nowhere/file", "x" * 300, "file/below"])
def test_write_text_says_what_can_not_be_written(name: str, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").write_text("kept")
    with pytest.raises(CannotWrite, match=r"can't be written \(.+\)\. Make it writable, or name"):
        write_text(tmp_path / name, "x")
    assert sorted(os.listdir(tmp_path)) == ["file", "folder"]
    assert (tmp_path / "file").read_text() == "kept"
