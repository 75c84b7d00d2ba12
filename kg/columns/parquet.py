"""Parquet: the same bytes for the same rows.

`kg.columns`. Row groups have a fixed size, and nothing says by which version of which program a
file was written. Every reader of Parquet reads it.
"""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import polars

__all__ = ["write_parquet"]

_GROUP = 1 << 17
_MAGIC = b"PAR1"
# In Thrift's compact form: the sixth field of FileMetaData is a text, the seventh a list.
# Source: https://github.com/apache/parquet-format, FileMetaData (created_by, column_orders).
_CREATED_BY = re.compile(rb"\x18[\x01-\x7f]Polars \(python\) version [^\x00-\x1f]*")
_LIST_AFTER_ONE, _LIST_AFTER_TWO = b"\x19", b"\x29"


def write_parquet(frame: polars.DataFrame) -> bytes:
    """Return rows as a Parquet file, compressed with zstd."""
    content = io.BytesIO()
    frame.rechunk().write_parquet(
        content, compression="zstd", compression_level=3, statistics=True, row_group_size=_GROUP
    )
    return _drop_writer(content.getvalue())


def _drop_writer(content: bytes) -> bytes:
    """Return a file without the name of the program that wrote it, an optional field."""
    size = int.from_bytes(content[-8:-4], "little")
    body, footer = content[: -8 - size], content[-8 - size : -8]
    found = list(_CREATED_BY.finditer(footer))
    if found:
        start, end = found[-1].span()
        if footer[start + 1] == end - start - 2 and footer[end : end + 1] == _LIST_AFTER_ONE:
            footer = footer[:start] + _LIST_AFTER_TWO + footer[end + 1 :]
    return body + footer + len(footer).to_bytes(4, "little") + _MAGIC
