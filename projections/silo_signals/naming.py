"""Names that people know, for the sentences of signals."""

from analysis.judging.wording import Names
from models.profile import Profile


def names_of(profile: Profile) -> Names:
    """Return the names of a profile's agencies and hand-offs; a code without one stands for itself."""
    return Names(
        agencies={code: agency.name for code, agency in profile.agencies.items()},
        rules={rule.id: rule.title for rule in profile.rules},
    )
