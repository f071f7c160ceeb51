"""The one place that builds the settings, loads a profile and finds the servers."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Annotated

import typer
from pydantic import SecretStr

from caseflow.console import say
from caseflow.errors import NotRunningError
from infra import clock
from infra.embedded import PostgresServer, running
from infra.embedded.data_directory import held
from infra.profile_files import read_profile_files
from infra.settings import Settings
from models.profile import Profile, parse_profile

DataOption = Annotated[
    Path | None,
    typer.Option(
        "--data",
        envvar="CASEFLOW_DATA",
        help="Data directory of the servers and stores.",
        show_default=".caseflow/<profile>",
        show_envvar=True,
    ),
]
ProfileOption = Annotated[
    str | None,
    typer.Option(
        "--profile",
        envvar="CASEFLOW_PROFILE",
        help="Profile of the partnership.",
        show_default="the data directory's, else cleveland-and-durham",
    ),
]
ProfilesDirOption = Annotated[
    Path | None,
    typer.Option(
        "--profiles-dir",
        envvar="CASEFLOW_PROFILES_DIR",
        help="Where profile folders lie.",
        show_default="those that come with caseflow",
    ),
]


def settings_from(
    data: Path | None = None,
    profile: str | None = None,
    profiles_dir: Path | None = None,
    *,
    reading: bool = False,
) -> Settings:
    """Return the settings: flags before environment before defaults; and let this process's clock run by them.

    Without a data directory it is `.caseflow/<profile>`, so that two profiles never meet in one. Without a
    profile it is the one that the data directory was filled under, else the default.

    Args:
        data: as given by a flag.
        profile: as given by a flag.
        profiles_dir: as given by a flag.
        reading: the command only looks: with neither data directory nor profile it takes the directory whose
            servers run, else the one used last.

    Raises:
        pydantic.ValidationError: a value cannot be used.
        infra.clock.PaceError: the pace of a demonstration's clock cannot be read.
    """
    flags = {"data": data, "profile": profile, "profiles_dir": profiles_dir}
    settings = Settings.model_validate({name: value for name, value in flags.items() if value is not None})
    given = settings.model_fields_set
    place = settings.data
    if "data" not in given:
        used = _used_last(place) if reading and "profile" not in given else None
        place = used or place / settings.profile
    recorded = place / "profile"
    name = settings.profile
    if "profile" not in given and recorded.exists():
        name = recorded.read_text().strip()
    pace = settings.pace or _kept_pace(place)
    clock.keep(None if pace is None else clock.read_pace(pace))
    return settings.model_copy(update={"data": place, "profile": name, "pace": pace})


def pace_file(data: Path) -> Path:
    """Return where a demonstration keeps the pace of its clock, so that every command shows the same time."""
    return data / "pace"


def _kept_pace(data: Path) -> str | None:
    kept = pace_file(data)
    return kept.read_text().strip() if kept.exists() else None


def profile_of(settings: Settings) -> Profile:
    """Return the profile that the settings name.

    Raises:
        ProfileFilesError: there is none of that name.
        ProfileError: it has a mistake; the message says in which line.
    """
    return parse_profile(read_profile_files(settings.profile, settings.profiles_dir))


def connected(settings: Settings, *, kafka: bool = True, database: bool = True) -> Settings:
    """Return settings that know the addresses: those given, else those of the data directory's servers.

    Args:
        settings: as `settings_from` made them.
        kafka: the command needs Kafka.
        database: the command needs the database.

    Raises:
        NotRunningError: an address that is needed is not given, and nothing runs on the data directory.
    """
    needed = {
        "CASEFLOW_KAFKA": kafka and not settings.kafka,
        "CASEFLOW_DATABASE": database and not settings.database,
    }
    if not any(needed.values()):
        return settings
    found = running(settings.data)
    if found is None:
        missing = " and ".join(name for name, wanted in needed.items() if wanted)
        raise NotRunningError(
            f"nothing runs on {settings.data}: start it with `caseflow up`, name another directory with "
            f"--data, or set {missing}"
        )
    url = settings.database or SecretStr(found.database)
    return settings.model_copy(update={"kafka": settings.kafka or found.kafka, "database": url})


@asynccontextmanager
async def database_of(settings: Settings) -> AsyncIterator[Settings]:
    """Give settings that know the database, for commands that need nothing else.

    Where the servers of the data directory are stopped, its PostgreSQL runs for the time of the block.

    Raises:
        NotRunningError: there is no database at all.
        EmbeddedServerError: it did not come up.
    """
    server = PostgresServer(settings.data)
    if settings.database is not None or running(settings.data) is not None or not server.folder.exists():
        yield connected(settings, kafka=False)
        return
    with held(settings.data):
        try:
            say(f"nothing runs on {settings.data}: its database is started for this command")
            url = await server.start()
            yield settings.model_copy(update={"database": SecretStr(url)})
        finally:
            await server.stop()


def _used_last(parent: Path) -> Path | None:
    """Return the data directory under `parent` whose servers run, else the one that ran last."""
    known = [place for place in (parent, *sorted(parent.glob("*"))) if (place / "lock").is_file()]
    running_now = [place for place in known if running(place)]
    return max(running_now or known, key=lambda place: (place / "lock").stat().st_mtime, default=None)
