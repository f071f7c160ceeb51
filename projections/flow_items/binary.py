"""The rows of a query as numpy columns: PostgreSQL's binary COPY, of columns that all have one width."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import asyncpg
import numpy as np
from numpy.typing import NDArray

HEADER: Final = 19
"""Bytes before the first row: the signature, the flags and the length of an extension that nobody uses."""
TRAILER: Final = 2
AT_ONCE: Final = 1 << 23
"""Bytes that are parsed at once: large enough for numpy to be quick, small enough to be nothing."""
WITHIN_S: Final = 3600.0
"""Many rows take long on a small machine; that is no fault."""

Columns = dict[str, NDArray[Any]]
UNKNOWN: Final = -1
"""The code of a number that is not among the known ones."""


class NotFixedWidthError(ValueError):
    """A query for arrays gave a NULL, or a column of another width than was said: correct the query."""


class Parser:
    """Parses the bytes of a COPY as they come.

    Every value has its length before it, so a row has one width only if no value is NULL: this is checked.
    """

    def __init__(self, fields: Mapping[str, int], coded: Mapping[str, Sequence[int]]) -> None:
        """Expect rows of these fields in this order, see `columns`."""
        parts: list[tuple[str, str]] = [("fields", ">i2")]
        for name, width in fields.items():
            parts += [(f"{name} length", ">i4"), (name, f">i{width}")]
        self._row = np.dtype(parts)
        self._fields, self._coded = fields, coded
        self._waiting = bytearray()
        self._begun = False
        self._parts: dict[str, list[NDArray[np.signedinteger[Any]]]] = {name: [] for name in fields}

    async def feed(self, data: bytes) -> None:
        """Take some bytes; asyncpg calls this."""
        self._waiting += data
        if len(self._waiting) >= AT_ONCE:
            self._parse()

    def columns(self) -> Columns:
        """Return the columns of all rows; called once, at the end.

        Raises:
            NotFixedWidthError: a value was NULL or had another width.
        """
        self._parse()
        if len(self._waiting) not in (0, TRAILER):
            raise NotFixedWidthError(f"{len(self._waiting)} bytes are no row of {list(self._fields)}")
        found: Columns = {}
        for name in self._fields:
            parts = self._parts.pop(name)
            found[name] = np.concatenate(parts) if parts else np.array([], dtype=np.int64)
        return found

    def _parse(self) -> None:
        if not self._begun and len(self._waiting) >= HEADER:
            del self._waiting[:HEADER]
            self._begun = True
        count = len(self._waiting) // self._row.itemsize
        if not count:
            return
        rows = np.frombuffer(bytes(self._waiting[: count * self._row.itemsize]), dtype=self._row)
        del self._waiting[: count * self._row.itemsize]
        if (rows["fields"] != len(self._fields)).any():
            raise NotFixedWidthError(f"a row has not the {len(self._fields)} fields {list(self._fields)}")
        for name, width in self._fields.items():
            if (rows[f"{name} length"] != width).any():
                raise NotFixedWidthError(f"'{name}' is NULL somewhere, or not of {width} bytes")
            self._parts[name].append(self._kept(name, rows[name].astype(f"=i{width}")))

    def _kept(self, name: str, values: NDArray[Any]) -> NDArray[Any]:
        return codes(values, self._coded[name]) if name in self._coded else values


async def columns(
    connection: asyncpg.Connection,
    query: str,
    fields: Mapping[str, int],
    *args: object,
    coded: Mapping[str, Sequence[int]] | None = None,
) -> Columns:
    """Return the columns of a query as arrays of shape (rows,), in its order; no row becomes a Python object.

    Args:
        connection: of the database.
        query: gives these fields in this order, none of them ever NULL.
        fields: name and width in bytes (smallint 2, integer 4, bigint and timestamptz 8): signed integers.
        args: of the query.
        coded: of some fields, the known numbers: the array holds positions among them as int16, UNKNOWN for others.

    Raises:
        NotFixedWidthError: the query gives something else.
    """
    parser = Parser(fields, coded or {})
    await connection.copy_from_query(query, *args, output=parser.feed, format="binary", timeout=WITHIN_S)
    return parser.columns()


def codes(values: NDArray[Any], known: Sequence[int]) -> NDArray[np.int16]:
    """Return the position of each value among known ones, UNKNOWN for others; shape as given."""
    if not len(known):
        return np.full(values.shape, UNKNOWN, dtype=np.int16)
    listed = np.asarray(known, dtype=np.int64)
    order = np.argsort(listed)
    at = np.minimum(np.searchsorted(listed, values, sorter=order), len(listed) - 1)
    found = order[at]
    return np.where(listed[found] == values, found, UNKNOWN).astype(np.int16)
