"""The candidates of the comparison: how each is started, which load it reads, and how its end is seen."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

BENCH = Path(__file__).resolve().parent
PEERS = BENCH / "peers"


class Load(Enum):
    """The topics that candidates read."""

    MANY = "many"
    FEW = "few"
    CANONICAL = "canonical"


class End(Enum):
    """What shows that the last event has been committed."""

    OFFSETS = "the group's committed offsets are the source topic's ends; they lie in the same transaction"
    RECORDS = "the output topic holds one record per event; for a candidate without transactions"


@dataclass(frozen=True)
class Candidate:
    """One contender; `command` is completed with bootstrap, source, output, group and scratch directory.

    It prints a line `{"first_event": true}` to standard output when it handles its first event, and works on
    until it is ended.
    """

    name: str
    title: str
    command: Sequence[str | Path]
    load: Load
    end: End
    output_per_event: bool = True

    @property
    def key(self) -> str:
        """Return the name under which its rate stands in latest.json."""
        return f"{self.name}_per_s"


@dataclass(frozen=True)
class Tools:
    """What the peers need and `bench/environment.py` prepares: an interpreter, a Java and its class path."""

    peers_python: Path
    java: Path
    class_path: str


def candidates(tools: Tools | None) -> tuple[Candidate, ...]:
    """Return all candidates in the order in which a round runs them; without tools, those of our environment."""
    here = sys.executable
    ours = (
        Candidate("timelines", "ours, exactly once", [here, "-m", "bench.our_host"], Load.MANY, End.OFFSETS),
        Candidate(
            "timelines_full_fold",
            "ours, the whole fold",
            [here, "-m", "bench.our_full_fold"],
            Load.CANONICAL,
            End.OFFSETS,
            output_per_event=False,
        ),
        Candidate(
            "stock_faust",
            "stock Faust, at least once",
            [here, PEERS / "stock_faust.py"],
            Load.FEW,
            End.RECORDS,
        ),
    )
    return ours if tools is None else (*ours, *_peers(tools))


def _peers(tools: Tools) -> tuple[Candidate, ...]:
    """Return those that run in an environment of their own."""
    java: list[str | Path] = [
        tools.java,
        "--enable-native-access=ALL-UNNAMED",
        "-cp",
        tools.class_path,
        "KafkaStreamsFold",
    ]
    return (
        Candidate(
            "quix_exactly_once",
            "Quix Streams, exactly once",
            [tools.peers_python, PEERS / "quix.py"],
            Load.MANY,
            End.OFFSETS,
        ),
        Candidate(
            "kafka_streams_exactly_once", "Kafka Streams, exactly_once_v2", java, Load.MANY, End.OFFSETS
        ),
    )
