"""`caseflow register check`: what is wrong with a register, and what is worth knowing of it."""

import typer

from caseflow.console import say
from caseflow.errors import FAILED, run
from caseflow.wiring import ProfileOption, ProfilesDirOption, settings_from
from infra.profile_files import read_profile_files
from models.register_check import check_register

HELP = """
Look the register through: unknown events, missing sources, limits that overlap or leave a gap, broken chains.

Mistakes go to standard error and give exit code 1. Remarks, such as rows that nothing proves missing, go to
standard output: they are right, but worth knowing.

Examples:

  caseflow register check

  caseflow register check --profile north --profiles-dir my-profiles
"""


def check(profile: ProfileOption = None, profiles_dir: ProfilesDirOption = None) -> None:
    """Check the register of a profile; no server is needed."""

    async def work() -> int:
        settings = settings_from(None, profile, profiles_dir)
        found = check_register(read_profile_files(settings.profile, settings.profiles_dir))
        grave = [finding for finding in found if finding.grave]
        for finding in found:
            if not finding.grave:
                typer.echo(str(finding))
        for finding in grave:
            say(f"caseflow: {finding}")
        say(f"{settings.profile}: {len(grave)} mistakes, {len(found) - len(grave)} remarks")
        return len(grave)

    if run(work()):
        raise typer.Exit(FAILED)
