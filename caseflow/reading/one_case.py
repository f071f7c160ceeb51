"""One case worth looking at, for whoever has no reference yet."""

from caseflow.reading.case import show_case
from caseflow.reading.database import opened
from infra.settings import Settings
from projections.late_case.queries import late_case, longest_waiting_case


async def show_one_case(settings: Settings) -> None:
    """Print one case that is late, or where no limits are known, one that lay long between organisations."""
    async with opened(settings) as reader, reader.connect() as connection:
        ref = await late_case(connection) or await longest_waiting_case(connection)
    if ref is not None:
        await show_case(settings, ref)
