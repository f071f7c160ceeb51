"""A CSV file read as events by an import mapping of the profile."""

from collections.abc import Iterator, Sequence
from operator import itemgetter

from models.envelope import Event
from models.identities import derived_id
from models.parsing import read_fields
from models.profile import ImportMapping, Profile
from models.refusals import Reason, Refused, Step
from publishers.files.errors import FileError
from publishers.files.item import Item
from publishers.files.lines import Line
from publishers.files.occurrences import Occurrences
from publishers.files.records import Record, Records
from publishers.files.times import told


class Table:
    """Reads the header, and then every record as an event."""

    def __init__(self, name: str, profile: Profile, mapping: ImportMapping) -> None:
        """Name the file, for messages, and how to read it."""
        self._name = name
        self._profile = profile
        self._mapping = mapping
        self._records = Records()
        self._rows: _Rows | None = None

    def items(self, lines: list[Line], ended: bool) -> Iterator[Item]:
        """Return one item per record after the header; see `Format`."""
        for record in self._records.fed(lines, ended):
            if self._rows is None:
                self._rows = _Rows(self._header(record), self._profile, self._mapping)
                continue
            cells = record.cells
            event = cells if isinstance(cells, Refused) else self._rows.event(cells)
            yield Item(record.line, record.raw, event)
        if ended and self._rows is None:
            raise FileError(f"{self._name} is empty: there is nothing to publish")

    def _header(self, record: Record) -> list[str]:
        if isinstance(record.cells, Refused):
            raise FileError(f"{self._name}, line {record.line}, the header: {record.cells.detail}")
        header = record.cells
        named = self._mapping.columns.model_dump(exclude_none=True).values()
        missing = [name for name in named if name not in header]
        if missing:
            raise FileError(
                f"{self._name}, line {record.line}: import '{self._mapping.name}' needs the columns "
                f"{', '.join(missing)}; the header has {', '.join(header)[:500]}: "
                "add them, or name another import"
            )
        doubled = sorted({name for name in header if header.count(name) > 1})
        if doubled:
            raise FileError(
                f"{self._name}, line {record.line}: {', '.join(doubled)} heads several columns: rename one"
            )
        return header


class _Rows:
    """Turns cells into an event; everything that the header decides is decided once."""

    def __init__(self, header: list[str], profile: Profile, mapping: ImportMapping) -> None:
        columns = mapping.columns
        self._width = len(header)
        self._mapping = mapping
        self._zone = profile.tz
        self._types = {text: f"caseflow.{name}.v1" for text, name in mapping.activities.items()}
        self._sources = {text: f"/agency/{code}" for text, code in mapping.orgs.items()}
        self._main = itemgetter(
            *map(header.index, (columns.case, columns.activity, columns.time, columns.org))
        )
        self._seq, self._recorded, self._id = (
            None if name is None else header.index(name)
            for name in (columns.seq, columns.recorded, columns.id)
        )
        self._data = [(name, header.index(name)) for name in mapping.carried(header)]
        self._by_name = sorted(range(len(header)), key=header.__getitem__)
        self._occurrences = Occurrences()

    def event(self, cells: list[str]) -> Event | Refused:
        """Return what the row says. An empty cell says nothing; any other text is taken as it stands."""
        if len(cells) != self._width:
            detail = f"{len(cells)} columns, the header has {self._width}: see whether a comma needs quotes"
            return Refused(Reason.WRONG_SHAPE, Step.VALIDATE, detail)
        case, activity, time, org = self._main(cells)
        source, kind = self._sources.get(org), self._types.get(activity)
        if source is None:
            return self._unknown(Reason.UNKNOWN_ORGANISATION, "orgs", org, case)
        if kind is None:
            return self._unknown(Reason.UNKNOWN_TYPE, "activities", activity, case)
        try:
            fields = self._fields(cells)
            at = told(time, self._zone, self._mapping.precision)
        except ValueError as error:
            return Refused(Reason.WRONG_SHAPE, Step.VALIDATE, str(error), source[len("/agency/") :], case)
        seq = fields.get("sequence")
        fields |= {
            "id": self._optional(cells, self._id)
            or derived_id(source, case, str(seq or self._place(cells)), activity, time),
            "source": source,
            "type": kind,
            "subject": case,
            "time": at.time,
            "timeprecision": at.precision,
            "data": {name: cells[index] for name, index in self._data if cells[index]},
        }
        return read_fields(fields)

    def _fields(self, cells: list[str]) -> dict[str, object]:
        """Return what only some rows have."""
        fields: dict[str, object] = {}
        if self._mapping.history:
            fields["history"] = True
        if seq := self._optional(cells, self._seq):
            fields["sequence"] = seq
        if recorded := self._optional(cells, self._recorded):
            fields["recordedtime"] = told(recorded, self._zone, "second").time
        return fields

    def _optional(self, cells: Sequence[str], index: int | None) -> str:
        return "" if index is None else cells[index]

    def _place(self, cells: list[str]) -> str:
        return self._occurrences.place([cells[index] for index in self._by_name])

    def _unknown(self, reason: Reason, table: str, text: str, case: str) -> Refused:
        where = f"the {table} of import '{self._mapping.name}'"
        detail = f"{text[:100]!r} is not among {where}: add it there, or correct the row"
        return Refused(reason, Step.VALIDATE, detail, "", case)
