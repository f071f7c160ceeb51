import hashlib
import socket
from pathlib import Path

import pytest

from infra.embedded import EmbeddedServerError, JarMismatchError
from infra.embedded.jars import class_path, locked
from infra.embedded.kafka_properties import Ports, is_free, ports, properties
from infra.embedded.socket_folder import make_private, socket_folder


def lock_of(tmp_path: Path, content: bytes) -> Path:
    lock = tmp_path / "some.lock.toml"
    digest = hashlib.sha256(content).hexdigest()
    lock.write_text(f'[[jar]]\ngroup = "g"\nartifact = "a"\nversion = "1"\nsha256 = "{digest}"\n')
    (tmp_path / "jars").mkdir()
    return lock


def test_the_lock_names_one_kafka_and_a_log_binding_that_fits_it() -> None:
    versions = {jar.artifact: jar.version for jar in locked()}
    assert versions["kafka_2.13"] == versions["kafka-clients"] == "4.3.1"
    assert versions["slf4j-api"].startswith("1.7")
    assert "log4j-slf4j-impl" in versions
    assert len({jar.file_name for jar in locked()}) == len(locked())


def test_a_class_path_holds_the_locked_jars_alone(tmp_path: Path) -> None:
    lock = lock_of(tmp_path, b"good")
    (tmp_path / "jars" / "a-1.jar").write_bytes(b"good")
    (tmp_path / "jars" / "stranger-1.jar").write_bytes(b"evil")
    assert class_path(lock, tmp_path) == str(tmp_path / "jars" / "a-1.jar")


def test_a_changed_jar_is_refused_by_name(tmp_path: Path) -> None:
    lock = lock_of(tmp_path, b"good")
    (tmp_path / "jars" / "a-1.jar").write_bytes(b"evil")
    with pytest.raises(JarMismatchError, match=r"a-1\.jar is not the locked g:a:1"):
        class_path(lock, tmp_path)


def test_ports_are_the_same_at_the_next_start(tmp_path: Path) -> None:
    first = ports(tmp_path)
    assert ports(tmp_path) == first
    assert first.broker != first.controller


def test_a_port_in_use_is_not_free_and_is_replaced(tmp_path: Path) -> None:
    first = ports(tmp_path)
    with socket.socket() as stranger:
        stranger.bind(("127.0.0.1", first.broker))
        stranger.listen()
        assert not is_free(first.broker)
        assert ports(tmp_path).broker != first.broker


def test_kafka_listens_on_loopback_and_creates_no_topic_by_itself(tmp_path: Path) -> None:
    text = properties(tmp_path, Ports(20_001, 20_002))
    assert "listeners=PLAINTEXT://127.0.0.1:20001,CONTROLLER://127.0.0.1:20002" in text
    assert "auto.create.topics.enable=false" in text


def test_a_short_path_keeps_its_socket_and_a_long_one_gets_the_same_short_folder_each_time() -> None:
    assert socket_folder(Path("/srv/data/postgres")) == Path("/srv/data/postgres")
    long = Path("/srv") / ("x" * 120)
    assert socket_folder(long) == socket_folder(long) != long
    assert len(bytes(socket_folder(long))) < 85


def test_a_socket_folder_that_is_a_link_is_refused(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "socket").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(EmbeddedServerError, match="not a folder of ours"):
        make_private(tmp_path / "socket", "")
