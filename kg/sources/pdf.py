"""The text of a PDF, read by pypdf in a process of its own with limits on memory and time.

A PDF is a program in all but name: whatever it does to the reader, the command that asked lives on
and says so in one sentence. Pages stay apart by form feeds, so that a page number can be told.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

from kg.errors import MachineryError, UsageError
from kg.sources.side import MAX_TEXT

__all__ = ["read_pdf"]

_SIZE = 64 << 20
_PAGES = 2_000
_MEMORY = 1 << 30
_SECONDS, _SECONDS_PER_MIB, _MAX_SECONDS = 6.0, 10.0, 60.0
_REMEDY = "Save its text as a .txt file in the folder of texts yourself."


def read_pdf(
    path: Path, *, memory: int = _MEMORY, seconds: float = 0, pages: int = _PAGES
) -> tuple[str, int]:
    """Return the text of a PDF, with form feeds between its pages, and the number of pages.

    Args:
        path: The file; at most 64 MiB.
        memory: Address space that reading may use, in bytes.
        seconds: Time that reading may take; 0 for one that grows with the file, up to a minute.
        pages: Pages that it may have.

    Raises:
        MachineryError: pypdf is not installed.
        UsageError: The file is no PDF, is encrypted or damaged, has no text, or is too big.
    """
    if find_spec("pypdf") is None:
        raise MachineryError(
            "The text of a PDF is read by pypdf, which is not installed. "
            'Type pip install "collective-efficacy-kg[pdf]".'
        )
    data = _read_bytes(path)
    seconds = seconds or min(_SECONDS + _SECONDS_PER_MIB * len(data) / (1 << 20), _MAX_SECONDS)
    answer = _ask(path.name, data, memory, seconds, pages)
    if "error" in answer:
        raise UsageError(f'"{path.name}" {answer["error"]}')
    return str(answer["text"]), int(str(answer["pages"]))


def _read_bytes(path: Path) -> bytes:
    try:
        if not path.is_file():
            raise UsageError(f'There is no file "{path}". Name a PDF.')
        with path.open("rb") as file:
            data = file.read(_SIZE + 1)
    except OSError as error:
        raise UsageError(f'"{path}" can\'t be read ({error.strerror}). Make it readable.') from None
    if len(data) > _SIZE:
        raise UsageError(f'"{path.name}" is bigger than {_SIZE >> 20} MiB. {_REMEDY}')
    if b"%PDF-" not in data[:1024]:
        raise UsageError(f'"{path.name}" is no PDF: it does not begin like one. Name a PDF.')
    return data


def _ask(name: str, data: bytes, memory: int, seconds: float, pages: int) -> dict[str, str | int]:
    # -P: the folder of a workspace is no place to import from.
    command = [sys.executable, "-P", "-m", "kg.sources.pdf", str(memory), str(pages)]
    path = os.pathsep.join([str(Path(__file__).parents[2]), *(p for p in sys.path if p)])
    try:
        done = subprocess.run(
            command,
            input=data,
            capture_output=True,
            timeout=seconds,
            env={**os.environ, "PYTHONPATH": path},
        )
    except subprocess.TimeoutExpired:
        raise UsageError(
            f'"{name}" was given up after {seconds:.3g} seconds of reading. {_REMEDY}'
        ) from None
    if done.returncode:
        raise UsageError(f'"{name}" can\'t be read within {memory >> 20} MiB of memory. {_REMEDY}')
    answer: dict[str, str | int] = json.loads(done.stdout)
    return answer


def _extract(data: bytes, most: int) -> dict[str, str | int]:
    import io
    import logging

    from pypdf import PdfReader

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    reader = PdfReader(io.BytesIO(data))
    if reader.is_encrypted:
        return {"error": f"is encrypted, and is not opened. {_REMEDY}"}
    number = len(reader.pages)
    if number > most:
        return {"error": f"has {number} pages, and at most {most} are read. {_REMEDY}"}
    texts: list[str] = []
    for page in reader.pages:
        texts.append(_clean(page.extract_text()))
        if sum(len(text.encode()) for text in texts) > MAX_TEXT:
            return {"error": f"has more than {MAX_TEXT >> 20} MiB of text. {_REMEDY}"}
    if not any(text.strip() for text in texts):
        return {"error": "has no text: it may be a scan. Let a program recognise its text first."}
    return {"text": "\f".join(texts), "pages": number}


def _clean(text: str) -> str:
    """Return a page with plain line ends, and without what can't stand in a text file."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n").replace("\0", "")
    return text.encode("utf-8", "replace").decode()


def _main() -> None:
    import resource

    import pypdf  # noqa: F401 - loaded before the limit holds, which is for the file

    memory, pages = int(sys.argv[1]), int(sys.argv[2])
    _, most = resource.getrlimit(resource.RLIMIT_AS)
    wanted = memory if most == resource.RLIM_INFINITY else min(memory, most)
    resource.setrlimit(resource.RLIMIT_AS, (wanted, most))
    try:
        answer = _extract(sys.stdin.buffer.read(), pages)
    except MemoryError:
        sys.exit(3)
    except Exception as error:  # a damaged file raises anything
        kind = type(error).__name__
        answer = {"error": f"is damaged and can't be read as a PDF ({kind}). {_REMEDY}"}
    json.dump(answer, sys.stdout)


if __name__ == "__main__":
    _main()
