"""The hand-off matrix of the database, as a heat map and as bands."""

from analysis.mining.matrix import Matrix
from analysis.mining.matrix import matrix as matrix_of
from board.charts.flow import FlowBy, flow_chart
from board.charts.matrix import matrix_chart
from caseflow.charting.places import Place
from caseflow.errors import CommandError
from caseflow.reading.database import opened
from caseflow.wiring import database_of, profile_of
from models.instants import from_us
from models.profile import Profile
from projections.case_timeline.span import span_us
from projections.hand_off_matrix.queries import pairs


async def matrix(place: Place) -> None:
    """Draw the heat map.

    Raises:
        CommandError: no case has two events yet.
    """
    found, subtitle = await _read(place)
    place.save(matrix_chart(found, subtitle))


async def flow(place: Place, by: str) -> None:
    """Draw the bands, as wide as `by` says.

    Raises:
        CommandError: no case has two events yet.
    """
    found, subtitle = await _read(place)
    place.save(flow_chart(found, FlowBy(by), subtitle))


async def _read(place: Place) -> tuple[Matrix, str]:
    profile = profile_of(place.settings)
    async with (
        database_of(place.settings) as settings,
        opened(settings, profile.name) as reader,
        reader.connect() as connection,
    ):
        found = matrix_of(await pairs(connection), lambda code: shown_name(profile, code))
        span = await span_us(connection)
    if span is None or not found.steps:
        raise CommandError("no case has two events yet: there is nothing to draw")
    first, last = (from_us(at).astimezone(profile.tz) for at in span)
    return (
        found,
        f"{profile.title}: {found.steps:,} steps of {first.day} {first:%B %Y} to {last.day} {last:%B %Y}",
    )


def shown_name(profile: Profile, code: str) -> str:
    """Return the name of an agency; of a party or role its code."""
    agency = profile.agencies.get(code)
    return code if agency is None else agency.name
