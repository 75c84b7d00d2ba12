"""``review.yaml``: title, base IRI, language and text folder of a workspace; nothing else."""

from __future__ import annotations

import os
import re
import stat
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from kg.errors import DataFaults, Fault, NoWorkspace, nearest, shorten
from kg.terms import CE, QES

__all__ = ["Review", "read_review", "read_settings"]

_FILE = "review.yaml"
_MAX_BYTES = 1 << 16
_LINES = "Write lines like: title: My review"
_KEYS = ("title", "base", "language", "texts")
_BASE = re.compile(r"https?://[^\s<>\"{}|\\^`/][^\s<>\"{}|\\^`]*[/#]", re.ASCII)
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")


@dataclass(frozen=True)
class Review:
    """What ``review.yaml`` says."""

    title: str
    base: str
    language: str = "en"
    texts: str = "texts"


def read_review(folder: Path) -> Review:
    """Return what ``review.yaml`` in the folder says.

    Raises:
        NoWorkspace: There is no such folder or file.
        DataFaults: The file can't be read, or what it says can't be used.
    """
    text = _read_text(folder)
    content, faults = _read_pairs(text)
    for key in content.keys() - set(_KEYS):
        near = nearest(key, _KEYS)
        faults.append(_fault(key, f"Only {', '.join(_KEYS)} are known. Rename or delete it.",
                             key, near))  # fmt: skip
    for key in ("title", "base"):
        if content and not content.get(key, "").strip() and key not in {f.column for f in faults}:
            faults.append(_fault(key, f'It is missing. Add a line "{key}: …".'))
    faults += _check_values(content)
    if faults:
        raise DataFaults(sorted(faults))
    return Review(**content)


def read_settings(folder: Path) -> bytes:
    """Return the bytes of ``review.yaml``, without waiting for a pipe or leaving the folder.

    Raises:
        NoWorkspace: There is no such folder or file.
        DataFaults: The file is too big for settings, or a link that leads out of the workspace.
    """
    path = folder / _FILE
    remedy = "Name a workspace with -C DIR, or make one with kg init DIR."
    real = os.path.realpath(path)
    if os.path.islink(path) and not Path(real).is_relative_to(os.path.realpath(folder)):
        raise DataFaults([_fault("", "The file is a link that leads out of the workspace, and is "
                                 "not followed. Put the file itself here.")])  # fmt: skip
    try:
        number = os.open(real, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        with os.fdopen(number, "rb") as file:
            if not stat.S_ISREG(os.fstat(number).st_mode):
                raise NoWorkspace(f'There is no file {_FILE} in "{folder}". {remedy}')
            data = file.read(_MAX_BYTES + 1)
    except (FileNotFoundError, IsADirectoryError, NotADirectoryError):
        raise NoWorkspace(f'There is no {_FILE} in "{folder}". {remedy}') from None
    except OSError as error:
        raise NoWorkspace(f'"{path}" can\'t be read ({error.strerror}). {remedy}') from None
    if len(data) > _MAX_BYTES:
        raise DataFaults([_fault("", f"The file is bigger than {_MAX_BYTES >> 10} KiB. {_LINES}")])
    return data


def _read_text(folder: Path) -> str:
    try:
        return read_settings(folder).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        seen = f"0x{error.object[error.start]:02X}"
        message = f"Byte {error.start + 1} is not UTF-8. Save the file as UTF-8."
        raise DataFaults([_fault("", message, seen)]) from None


def _read_pairs(text: str) -> tuple[dict[str, str], list[Fault]]:
    """Return the keys with their texts, and what can't be read as such.

    Reading goes event by event and ends where anything but a text stands after a key, so that
    neither aliases nor nesting can unfold.
    """
    import yaml

    texts: list[str] = []  # key, value, key, value …
    try:
        for number, event in enumerate(yaml.parse(text, Loader=yaml.BaseLoader)):
            if isinstance(event, yaml.AliasEvent):
                message = "Aliases (*name) are not allowed. Write the value out."
                return {}, [_fault("", message, f"*{event.anchor}")]
            if isinstance(event, yaml.ScalarEvent):
                texts.append(event.value)
            elif number > 2 and isinstance(event, yaml.CollectionStartEvent):
                key = texts[-1] if len(texts) % 2 else ""
                return {}, [_fault(key, f"One text is expected after it. {_LINES}")]
            elif number > 2 and isinstance(event, yaml.DocumentStartEvent):
                return {}, [_fault("", "The file holds more than one document. Keep one.")]
            if number == 2 and not isinstance(event, yaml.MappingStartEvent):
                return {}, [_fault("", f"The file holds no keys. {_LINES}", text)]
    except (yaml.YAMLError, RecursionError) as error:
        return {}, [_fault("", f"The file can't be read as YAML. {_LINES}", str(error))]
    if not texts:
        return {}, [_fault("", f"The file holds no keys. {_LINES}", text)]
    twice = [key for key, times in Counter(texts[::2]).items() if times > 1]
    faults = [_fault(key, "It stands twice. Keep one of them.") for key in twice]
    return dict(zip(texts[::2], texts[1::2], strict=True)), faults


def _check_values(content: dict[str, str]) -> Iterable[Fault]:
    base = content.get("base", "").strip()
    if base and not _BASE.fullmatch(base):
        yield _fault("base", "Write an address that starts with https:// and ends in / or #.", base)
    elif base == CE or base.startswith(QES):
        yield _fault("base", "The ontology itself uses this address. Choose one of your own.", base)
    if "language" in content and not _LANGUAGE.fullmatch(content["language"]):
        yield _fault("language", "Write a language tag such as en.", content["language"])
    texts = Path(content.get("texts", "texts"))
    if texts.is_absolute() or ".." in texts.parts:
        yield _fault("texts", "Name a folder inside the workspace.", str(texts))


def _fault(key: str, message: str, value: str = "", fix: str = "") -> Fault:
    return Fault(_FILE, 0, key, "review-unreadable", "error", shorten(value), message, fix)
