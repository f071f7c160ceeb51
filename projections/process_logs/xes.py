"""A log as XES, IEEE 1849-2016: one trace per case, its events in canonical order."""

import re
from datetime import tzinfo
from typing import TextIO
from xml.sax.saxutils import quoteattr

from projections.process_logs.entries import LoggedCase, LoggedEvent
from projections.process_logs.naming import Naming
from projections.process_logs.stamps import offset_time, utc_time

_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<log xes.version="1849-2016" xes.features="" xmlns="http://www.xes-standard.org/">
\t<extension name="Concept" prefix="concept" uri="http://www.xes-standard.org/concept.xesext"/>
\t<extension name="Time" prefix="time" uri="http://www.xes-standard.org/time.xesext"/>
\t<extension name="Organizational" prefix="org" uri="http://www.xes-standard.org/org.xesext"/>
\t<extension name="Lifecycle" prefix="lifecycle" uri="http://www.xes-standard.org/lifecycle.xesext"/>
\t<global scope="trace">
\t\t<string key="concept:name" value=""/>
\t</global>
\t<global scope="event">
\t\t<string key="concept:name" value=""/>
\t\t<date key="time:timestamp" value="1970-01-01T00:00:00+00:00"/>
\t\t<string key="org:group" value=""/>
\t\t<string key="lifecycle:transition" value="complete"/>
\t</global>
\t<classifier name="Activity" scope="event" keys="concept:name"/>
"""
_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML 1.0 cannot hold, however they are written."""


class XesLog:
    """Writes cases as they come; memory holds one case."""

    def __init__(self, file: TextIO, naming: Naming, zone: tzinfo) -> None:
        """Write the head of the log."""
        self._file, self._naming, self._zone = file, naming, zone
        file.write(_HEAD)

    def write(self, case: LoggedCase) -> None:
        """Append a case as one trace. What is unknown is empty for an organisation, and left out elsewhere."""
        lines = ["\t<trace>", _string("\t\t", "concept:name", self._naming.reference("case", case.ref))]
        if case.area:
            lines.append(_string("\t\t", "area", case.area))
        lines.append(_string("\t\t", "precision", "day" if case.cut else "instant"))
        for event in case.events:
            lines += ["\t\t<event>", *self._event(case, event), "\t\t</event>"]
        self._file.write("\n".join([*lines, "\t</trace>", ""]))

    def close(self) -> None:
        """Write the end of the log."""
        self._file.write("</log>\n")

    def _event(self, case: LoggedCase, event: LoggedEvent) -> list[str]:
        at = "\t\t\t"
        lines = [
            _string(at, "concept:name", self._naming.activity(event.type)),
            _date(at, "time:timestamp", offset_time(case, event.at_us, self._zone)),
            _string(at, "org:group", self._naming.org(event.org)),
            _string(at, "lifecycle:transition", "complete"),
            _string(at, "precision", event.precision),
        ]
        if event.published_us is not None:
            lines.append(_date(at, "published_at", utc_time(event.published_us)))
        return lines


def _string(indent: str, key: str, value: str) -> str:
    return f"{indent}<string key={quoteattr(key)} value={_attribute(value)}/>"


def _date(indent: str, key: str, value: str) -> str:
    return f'{indent}<date key="{key}" value="{value}"/>'


def _attribute(value: str) -> str:
    """Return a value in quotes; what XML cannot hold becomes the replacement character."""
    escaped = {"\t": "&#9;", "\n": "&#10;", "\r": "&#13;"}
    return quoteattr(_NO_XML.sub("\ufffd", value), escaped)
