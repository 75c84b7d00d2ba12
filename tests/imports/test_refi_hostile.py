"""REFI-QDA from anybody: one clear sentence, nothing written, nothing followed, in little time."""

import os
import tracemalloc
from pathlib import Path
from time import process_time
from zipfile import ZipFile

import pytest

from kg.errors import KgError
from kg.workspace.refi import import_refi
from tests.imports.refi_files import PROJECT, make_workspace, pack, read_files, write_xml


def project(inside: str) -> bytes:
    return f'<Project xmlns="{PROJECT}" name="p">{inside}</Project>'.encode()


def test_no_path_of_a_project_is_followed(tmp_path: Path) -> None:
    folder = make_workspace(tmp_path / "w")
    secret = tmp_path / "secret.txt"
    secret.write_text("secret")
    paths = [
        f"absolute://{secret}", f"relative://{secret}", f"internal://{secret}", str(secret),
        "internal://../secret.txt", "internal://../../secret.txt", f"file://{secret}",
        "https://example.org/a.txt", "relative:///../secret.txt", "",
    ]  # fmt: skip
    sources = "".join(
        f'<TextSource guid="g{n}" name="n{n}" plainTextPath="{p}"/>' for n, p in enumerate(paths)
    )
    report = import_refi(
        folder, write_xml(tmp_path / "p.qdpx", f"<Sources>{sources}</Sources>")
    ).report
    lost = {name for kind in report.losses if "files" in kind for name in report.losses[kind]}
    assert lost | set(report.losses["sources without plain text"]) == {f"n{n}" for n in range(10)}
    assert not (folder / "texts").exists()


@pytest.mark.parametrize(
    "name", ["../../evil.txt", "/evil.txt", "..\\evil.txt", ".hidden.txt", "a/b.txt", "review.yaml"]
)
def test_a_text_is_written_only_into_the_text_folder(name: str, tmp_path: Path) -> None:
    folder = make_workspace(tmp_path / "w")
    before = read_files(tmp_path)
    description = f"[reports evil]\ntext: {name.replace(chr(92), chr(92) * 2)}"
    source = (
        f'<Sources><TextSource guid="g" name="{name}"><Description>{description}</Description>'
        "<PlainTextContent>words</PlainTextContent></TextSource></Sources>"
    )
    import_refi(folder, write_xml(tmp_path / "p.qdpx", source))
    new = sorted(read_files(tmp_path).keys() - before.keys() - {"p.qdpx"})
    assert new[0] == "w/tables/reports.csv"
    assert len(new) == 2 and new[1].startswith("w/texts/") and new[1].count("/") == 2
    assert new[1].endswith(".txt") and "hidden" not in new[1].removeprefix("w/texts/h")
    assert (folder / "review.yaml").read_bytes() == before["w/review.yaml"]


def test_a_text_folder_that_leads_outside_is_not_written(tmp_path: Path) -> None:
    folder = make_workspace(tmp_path / "w")
    (tmp_path / "outside").mkdir()
    (folder / "texts").symlink_to(tmp_path / "outside")
    source = '<Sources><TextSource guid="g"><PlainTextContent>a</PlainTextContent></TextSource>'
    path = write_xml(tmp_path / "p.qdpx", f"{source}</Sources>")
    with pytest.raises(KgError, match="leads out of the workspace"):
        import_refi(folder, path)
    assert list((tmp_path / "outside").iterdir()) == []


def test_a_text_that_is_a_link_is_not_followed(tmp_path: Path) -> None:
    folder = make_workspace(tmp_path / "w")
    (folder / "texts").mkdir()
    (tmp_path / "victim").write_text("a")
    (folder / "texts/a.txt").symlink_to(tmp_path / "victim")
    source = '<TextSource guid="g" name="a"><PlainTextContent>b</PlainTextContent></TextSource>'
    path = write_xml(tmp_path / "p.qdpx", f"<Sources>{source}</Sources>")
    with pytest.raises(KgError, match="is not a file"):
        import_refi(folder, path)
    assert (tmp_path / "victim").read_text() == "a"


def test_odd_values_do_no_harm(tmp_path: Path) -> None:
    folder = make_workspace(tmp_path / "w")
    inside = (
        '<CodeBook><Codes><Code/><Code guid="" name=""/><Code name="=1+1" guid="x y"/></Codes>'
        '</CodeBook><Cases><Case/></Cases><Sources><TextSource guid="s"><PlainTextContent>one'
        '</PlainTextContent><PlainTextSelection startPosition="9999999999999999999999999"'
        ' endPosition="-"/><PlainTextSelection startPosition="0" endPosition="3"><Coding/>'
        "</PlainTextSelection></TextSource></Sources><Notes><Note/></Notes><Links><Link/></Links>"
        "<Extra/>"
    )
    report = import_refi(folder, write_xml(tmp_path / "p.qdpx", inside)).report
    assert report.losses["elements that the standard does not have"] == ["Extra"]
    assert report.losses["selections outside of their text"] == ["s 99999999999999999999--1"]
    assert report.losses["notes without plain text"] == [""]
    assert "a code without a name" in report.warnings


def hungry(kind: str) -> tuple[str, bytes]:
    """Return what a small project holds that would take much time or memory, and its text."""
    if kind == "text named again and again":
        return "".join(
            f'<TextSource guid="t{n}" name="T{n}" plainTextPath="internal://t.txt"/>'
            for n in range(1_000)
        ), os.urandom(1 << 20).hex().encode()
    if kind == "whole text selected again and again":
        inside = "".join(
            f'<PlainTextSelection guid="s{n}" name="{n}" startPosition="0" endPosition="900000"/>'
            for n in range(2_000)
        )
    elif kind == "line ends":
        inside = "".join(
            f'<PlainTextSelection guid="s{n}" name="x" startPosition="{1_900_000 - n}"'
            f' endPosition="{1_900_000 - n}"/>'
            for n in range(10_000)
        )
        text = (b"\r\n" * 999_999) + os.urandom(100_000).hex().encode()
        return f'<TextSource guid="t" plainTextPath="internal://t.txt">{inside}</TextSource>', text
    else:
        inside = "<Coding/>" * 20_000
    text = os.urandom(500_000).hex().encode()
    return f'<TextSource guid="t" plainTextPath="internal://t.txt">{inside}</TextSource>', text


HUNGRY = {
    "text named again and again": "all that was read than 128 MiB",
    "whole text selected again and again": "makes cells of more than",
    "line ends": "",
    "codings": "",
}


@pytest.mark.parametrize("kind", HUNGRY)
def test_a_small_file_takes_little_time_and_memory(kind: str, tmp_path: Path) -> None:
    folder = make_workspace(tmp_path / "w")
    inside, text = hungry(kind)
    content = {"sources/t.txt": text, "project.qde": project(f"<Sources>{inside}</Sources>")}
    path = tmp_path / "p.qdpx"
    with ZipFile(path, "w") as made:
        for name, data in content.items():
            made.writestr(name, data)
    before = read_files(folder)
    tracemalloc.start()
    start = process_time()
    try:
        if HUNGRY[kind]:
            with pytest.raises(KgError, match=HUNGRY[kind]):
                import_refi(folder, path)
            assert read_files(folder) == before
        else:
            import_refi(folder, path)
        assert tracemalloc.get_traced_memory()[1] < 1 << 30
    finally:
        tracemalloc.stop()
    assert process_time() - start < 60  # with the tracing; without it a tenth


def test_five_thousand_codings_are_read_in_time(tmp_path: Path) -> None:
    folder = make_workspace(tmp_path / "w")
    text = " ".join(f"word{n:05}" for n in range(5_000))
    selections = "".join(
        f'<PlainTextSelection guid="s{n}" name="word{n:05}" startPosition="{n * 10}"'
        f' endPosition="{n * 10 + 9}"><Coding guid="c{n}"><CodeRef targetGUID="k"/></Coding>'
        "</PlainTextSelection>"
        for n in range(5_000)
    )
    path = pack(tmp_path / "p.qdpx", {"sources/t.txt": text.encode(), "project.qde": project(
        '<CodeBook><Codes><Code guid="k" name="K" isCodable="true"/></Codes></CodeBook><Sources>'
        f'<TextSource guid="t" name="T" plainTextPath="internal://t.txt">{selections}'
        "</TextSource></Sources>")})  # fmt: skip
    start = process_time()
    assert import_refi(folder, path).report.added["findings"] == 5_000
    assert process_time() - start < 10
