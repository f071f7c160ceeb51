"""Rows of events, steps, hand-offs or weeks to a CSV or Parquet file, with flat memory however many there are."""

import csv
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, Protocol

import orjson
import pyarrow as pa
import pyarrow.parquet as pq
from sqlalchemy import BigInteger, Boolean, Column, Date, DateTime, Double, Integer, Numeric, Table, select
from sqlalchemy.ext.asyncio import AsyncEngine

from infra.whole_file import whole_file
from projections.case_timeline.table import case_event
from projections.hand_off_matrix.table import step
from projections.hand_offs.table import hand_off
from projections.weekly.table import weekly

TABLES: dict[str, Table] = {"events": case_event, "hand-offs": hand_off, "steps": step, "weekly": weekly}
"""What can be exported, and the table it comes from; sorted by its primary key."""
ROWS_AT_ONCE = 10_000
ARROW = (
    (BigInteger, pa.int64()),
    (Integer, pa.int32()),
    (Boolean, pa.bool_()),
    (DateTime, pa.timestamp("us", tz="UTC")),
    (Date, pa.date32()),
    (Double, pa.float64()),
    (Numeric, pa.decimal128(38, 0)),
)
"""What a column is in Parquet, the first that fits; all others are text. Sums are whole numbers."""


class ExportError(Exception):
    """Nothing was exported: unknown rows or unknown file ending."""


class Sink(Protocol):
    """A file that takes rows."""

    def write(self, rows: Sequence[Sequence[Any]]) -> None:
        """Append these rows."""


async def export(engine: AsyncEngine, what: str, path: Path) -> int:
    """Write all rows of one kind, as they are at one instant, and return how many.

    The file appears under its name when it is complete; a crash leaves `<name>.part`.

    Args:
        engine: of the database.
        what: a key of TABLES.
        path: ends in `.csv` (UTF-8, header, instants in ISO 8601, empty for null) or `.parquet`.

    Raises:
        ExportError: `what` or the ending is unknown.
        OSError: the file cannot be written.
    """
    table = TABLES.get(what)
    sinks = {".csv": _csv, ".parquet": _parquet}
    if table is None or path.suffix not in sinks:
        raise ExportError(
            f"cannot export {what} to {path.name}: take {' | '.join(TABLES)} and .csv or .parquet"
        )
    count = 0
    # One statement, one snapshot: whatever is stored meanwhile is not in it.
    with whole_file(path) as part, sinks[path.suffix](part, list(table.columns)) as sink:
        async with engine.connect() as connection:
            rows = await connection.stream(
                select(table).order_by(*table.primary_key.columns).execution_options(yield_per=ROWS_AT_ONCE)
            )
            async for some in rows.partitions(ROWS_AT_ONCE):
                sink.write([[_plain(value) for value in row] for row in some])
                count += len(some)
    return count


def _plain(value: object) -> object:
    """Return what both formats can hold: documents as JSON text, identifiers as text, the rest as it is."""
    if value is None or isinstance(value, str | int | float | Decimal | date):
        return value
    return orjson.dumps(value).decode() if isinstance(value, dict | list) else str(value)


class _CsvSink:
    def __init__(self, writer: Any) -> None:  # noqa: ANN401 - csv names no type for its writer
        self._writer = writer

    def write(self, rows: Sequence[Sequence[Any]]) -> None:
        self._writer.writerows(
            [value.isoformat() if isinstance(value, date) else value for value in row] for row in rows
        )


class _ParquetSink:
    def __init__(self, writer: Any, schema: Any) -> None:  # noqa: ANN401 - pyarrow carries no types
        self._writer = writer
        self._schema = schema

    def write(self, rows: Sequence[Sequence[Any]]) -> None:
        columns = zip(*rows, strict=True)
        arrays = [pa.array(column, field.type) for column, field in zip(columns, self._schema, strict=True)]
        self._writer.write_table(pa.Table.from_arrays(arrays, schema=self._schema))


@contextmanager
def _csv(path: Path, columns: list[Column[Any]]) -> Iterator[Sink]:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow([column.name for column in columns])
        yield _CsvSink(writer)


@contextmanager
def _parquet(path: Path, columns: list[Column[Any]]) -> Iterator[Sink]:
    schema = pa.schema([(column.name, _arrow(column)) for column in columns])
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:
        yield _ParquetSink(writer, schema)


def _arrow(column: Column[Any]) -> Any:  # noqa: ANN401 - pyarrow carries no types
    return next((arrow for kind, arrow in ARROW if isinstance(column.type, kind)), pa.string())
