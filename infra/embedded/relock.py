"""Write a lock file of jars: `python -m infra.embedded.relock LOCK COORDINATE...`, run by `make lock`.

A coordinate that ends in `!` brings its own dependencies and leaves the versions of the others alone: without
it the log binding's managed versions win, and kafka-clients becomes 3.9.
"""

import hashlib
import sys
import tempfile
from pathlib import Path
from typing import Any

from jgo.parse import Coordinate

from infra.embedded.jars import maven

HEAD = """# Every jar on the class path: where it comes from is jgo's knowledge, what it must be stands here.
# Written by `make lock` from: {coordinates}
"""


def resolve(coordinates: list[str], repository: Path) -> list[Any]:
    """Return jgo's artifacts of these coordinates and everything they need, sorted."""
    context = maven(repository)
    wanted = [context.create_dependency(Coordinate.parse(text)) for text in coordinates]
    inputs, transitive = context.resolver.resolve(wanted)
    artifacts = [dependency.artifact for dependency in (*inputs, *transitive)]
    return sorted(artifacts, key=lambda one: (one.groupId, one.artifactId))


def entry(artifact: Any) -> str:  # noqa: ANN401 - jgo's artifact carries no types
    """Return the lines of one jar."""
    digest = hashlib.sha256(Path(artifact.resolve()).read_bytes()).hexdigest()
    names = {"group": artifact.groupId, "artifact": artifact.artifactId, "version": artifact.version}
    lines = [f'{key} = "{value}"' for key, value in (names | {"sha256": digest}).items()]
    return "\n".join(["[[jar]]", *lines])


def main(lock: Path, coordinates: list[str]) -> None:
    """Resolve, download and write the lock file, whole or not at all."""
    with tempfile.TemporaryDirectory(prefix="caseflow-lock-") as scratch:
        entries = [entry(artifact) for artifact in resolve(coordinates, Path(scratch))]
    lock.write_text("\n".join([HEAD.format(coordinates=" ".join(coordinates)), "\n\n".join(entries), ""]))


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
