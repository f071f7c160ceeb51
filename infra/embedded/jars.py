"""Kafka's jars: fetched by jgo from Maven Central, and never used before their sha256 equals the lock's."""

import hashlib
import logging
import shutil
import sys
import tempfile
import time
import tomllib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from jgo.config import GlobalSettings
from jgo.constants import MAVEN_CENTRAL_URL
from jgo.maven import MavenContext, PythonResolver

from infra.embedded.errors import EmbeddedServerError, JarMismatchError

KAFKA_LOCK = Path(__file__).with_name("kafka.lock.toml")
ATTEMPTS = 3
AT_ONCE = 6
LOG = logging.getLogger("caseflow.embedded")


@dataclass(frozen=True, slots=True)
class Jar:
    """One artifact of a lock file."""

    group: str
    artifact: str
    version: str
    sha256: str

    @property
    def file_name(self) -> str:
        """Return the name that the jar has on the class path."""
        return f"{self.artifact}-{self.version}.jar"


def default_cache() -> Path:
    """Return the user's cache folder for jars, the same for every data directory and clone."""
    home = Path.home()
    return (home / "Library/Caches" if sys.platform == "darwin" else home / ".cache") / "caseflow"


def locked(lock: Path = KAFKA_LOCK) -> tuple[Jar, ...]:
    """Return the jars that a lock file names."""
    with lock.open("rb") as file:
        return tuple(Jar(**jar) for jar in tomllib.load(file)["jar"])


def class_path(lock: Path = KAFKA_LOCK, cache: Path | None = None) -> str:
    """Return a Java class path of exactly the locked jars, each hashed against the lock just now.

    Blocks: missing jars are downloaded (about 45 MB, once per user); with all present it takes some tenths of
    a second. May be repeated and run in several processes at once: a jar appears in the cache whole or not at
    all.

    Raises:
        JarMismatchError: a jar in the cache, or one just downloaded, is not the locked one.
        EmbeddedServerError: a jar could not be downloaded.
    """
    folder = (cache or default_cache()) / "jars"
    folder.mkdir(parents=True, exist_ok=True)
    jars = locked(lock)
    missing = [jar for jar in jars if not (folder / jar.file_name).exists()]
    if missing:
        LOG.info("downloading %d jars from Maven Central into %s, once", len(missing), folder)
        fetch(missing, folder)
    for jar in jars:
        _check(folder / jar.file_name, jar)
    return ":".join(str((folder / jar.file_name).resolve()) for jar in jars)


def fetch(jars: list[Jar], folder: Path) -> None:
    """Download jars into a folder, several at once, each moved there only after its hash was right."""
    with tempfile.TemporaryDirectory(dir=folder, prefix=".fetch-") as scratch:
        context = maven(Path(scratch))
        with ThreadPoolExecutor(AT_ONCE) as pool:
            list(pool.map(partial(_fetch_one, context, folder), jars))


def maven(repository: Path) -> MavenContext:
    """Return jgo's context: the repositories of the user's own jgo configuration, then Maven Central."""
    remotes = GlobalSettings.load().repositories | {"maven-central": MAVEN_CENTRAL_URL}
    return MavenContext(resolver=PythonResolver(), repo_cache=repository, remote_repos=remotes, timeout=60)


def _fetch_one(context: MavenContext, folder: Path, jar: Jar) -> None:
    artifact = context.project(jar.group, jar.artifact).at_version(jar.version).artifact()
    for left in reversed(range(ATTEMPTS)):
        try:
            path = Path(artifact.resolve())
            break
        except (RuntimeError, OSError) as error:
            artifact.cached_path.unlink(missing_ok=True)
            if not left:
                raise EmbeddedServerError(
                    f"{jar.file_name} could not be downloaded ({error}); check the network and start again, "
                    f"or put the jar into {folder}"
                ) from error
            time.sleep(1.0)
    _check(path, jar)
    shutil.move(path, folder / jar.file_name)


def _check(path: Path, jar: Jar) -> None:
    with path.open("rb") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
    if found != jar.sha256:
        raise JarMismatchError(
            f"{path} is not the locked {jar.group}:{jar.artifact}:{jar.version}: its sha256 is {found}, "
            f"the lock says {jar.sha256}; nothing was started; delete the file to have it downloaded again"
        )
