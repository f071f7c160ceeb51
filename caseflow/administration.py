"""`caseflow topics`, `caseflow db` and `caseflow profile`: preparing, and saying what differs."""

import typer

from caseflow.console import say
from caseflow.errors import FAILED, CommandError, run
from caseflow.wiring import (
    DataOption,
    ProfileOption,
    ProfilesDirOption,
    connected,
    profile_of,
    settings_from,
)
from infra import postgres, topic_admin
from infra.settings import Settings
from projections import schema
from projections.filled_with.queries import PROFILE, keep

TOPICS_HELP = """
Kafka's topics against the catalogue.

Examples:

  caseflow topics check

  caseflow topics apply
"""
DB_HELP = """
The database's tables against the migrations.

Examples:

  caseflow db check

  caseflow db migrate --profile cook-county
"""
PROFILE_HELP = """
The partnership's profile.

Example: caseflow profile check --profile cook-county
"""

topics = typer.Typer(no_args_is_help=True, help=TOPICS_HELP)
db = typer.Typer(no_args_is_help=True, help=DB_HELP)
profile_app = typer.Typer(no_args_is_help=True, help=PROFILE_HELP)


async def prepare_database(settings: Settings) -> None:
    """Bring the database to the newest revision, and record the profile that fills it; may be repeated.

    Raises:
        CommandError: it is filled under another profile.
        OSError, sqlalchemy.exc.DBAPIError: the database cannot be reached or refuses.
    """
    await postgres.migrate(settings.database_url)
    engine = postgres.engine(settings.database_url)
    try:
        async with engine.begin() as connection:
            stands = await keep(connection, PROFILE, settings.profile)
    finally:
        await engine.dispose()
    if stands != settings.profile:
        raise CommandError(
            f"this database holds cases of the profile {stands}, not {settings.profile}: use another database, "
            f"or --profile {stands}"
        )


@topics.command("apply")
def topics_apply(data: DataOption = None) -> None:
    """Create the topics that are missing; what exists is left as it is.

    Example: caseflow topics apply
    """

    async def work() -> None:
        created = await topic_admin.apply(connected(settings_from(data), database=False))
        say(f"created {', '.join(created)}" if created else "every topic was there")

    run(work())


@topics.command("check")
def topics_check(data: DataOption = None) -> None:
    """Say how the broker's topics differ from the catalogue; exit code 1 when they do.

    Example: caseflow topics check
    """
    _tell(run(_of_topics(data)), "topics are as the catalogue has them")


@db.command("migrate")
def db_migrate(
    data: DataOption = None, profile: ProfileOption = None, profiles_dir: ProfilesDirOption = None
) -> None:
    """Bring the database to the newest revision and record the profile; may be repeated.

    Example: caseflow db migrate --profile cook-county
    """

    async def work() -> None:
        await prepare_database(connected(settings_from(data, profile, profiles_dir), kafka=False))
        say(f"the database is at revision {postgres.newest_revision()}")

    run(work())


@db.command("check")
def db_check(data: DataOption = None) -> None:
    """Say how the database's tables differ from what this version expects; exit code 1 when they do.

    Example: caseflow db check
    """
    _tell(run(_of_database(data)), "the database is as this version expects it")


@profile_app.command("check")
def profile_check(profile: ProfileOption = None, profiles_dir: ProfilesDirOption = None) -> None:
    """Load a profile and say what is in it, or the line of its first mistake (exit code 1).

    Example: caseflow profile check --profile cook-county
    """

    async def work() -> None:
        found = profile_of(settings_from(None, profile, profiles_dir))
        say(
            f"{found.name}: {len(found.agencies)} agencies, {len(found.event_types)} event types, "
            f"{len(found.rules)} hand-off rules, {len(found.imports)} imports; clock: {found.clock_mode}"
        )

    run(work())


async def _of_topics(data: DataOption) -> list[str]:
    return await topic_admin.check(connected(settings_from(data), database=False))


async def _of_database(data: DataOption) -> list[str]:
    return await schema.check(connected(settings_from(data), kafka=False).database_url)


def _tell(differences: list[str], fine: str) -> None:
    for difference in differences:
        say(difference)
    if differences:
        raise typer.Exit(FAILED)
    say(fine)
