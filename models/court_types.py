"""Which type of court is an agency? Its roles tell: magistrates' courts and the Crown Court are counted apart."""

from typing import Final

from models.profile import Profile

TYPES: Final = {"mags": "Magistrates", "crown": "Crown"}
"""Names of the types of court, by the role that an agency of this type has."""


def court_types(profile: Profile) -> dict[str, int]:
    """Return the type of court that each agency is, as its place in `TYPES`, by the agency's code.

    Who is no court is left out; who has the roles of several types is of the first.
    """
    return {
        code: number
        for number, role in reversed(list(enumerate(TYPES)))
        for code, agency in profile.agencies.items()
        if role in agency.roles
    }
