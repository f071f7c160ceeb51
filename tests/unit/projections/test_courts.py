"""Before which type of court a case was last, from who began its steps."""

from dataclasses import replace

import numpy as np

from models.court_types import court_types
from projections.flow_items.courts import courts_of, last_courts
from tests.support.profiles import shipped

PROFILE = shipped("cleveland-and-durham")
AGENCIES = sorted(PROFILE.agencies)
POLICE, MAGISTRATES, CROWN = map(AGENCIES.index, ("cleveland-police", "hmcts-magistrates", "hmcts-crown"))


def test_roles_tell_the_type_of_court_and_of_two_the_first_counts():
    assert court_types(PROFILE) == {"hmcts-magistrates": 0, "hmcts-crown": 1}
    crown = PROFILE.agencies["hmcts-crown"]
    both = crown.model_copy(update={"roles": crown.roles | {"mags"}})
    combined = replace(PROFILE, agencies=PROFILE.agencies | {"hmcts-crown": both})
    assert court_types(combined) == {"hmcts-magistrates": 0, "hmcts-crown": 0}


def test_who_is_no_court_or_not_known_is_of_no_type():
    assert courts_of(np.array([POLICE, MAGISTRATES, CROWN, -1]), PROFILE).tolist() == [0, 1, 2, 0]


def test_a_case_is_before_the_court_that_spoke_last_and_none_carries_over_to_the_next_case():
    case = np.array([7, 7, 7, 7, 7, 3, 3, 3, 5])
    court = np.array([0, 1, 0, 2, 0, 0, 0, 1, 0], dtype=np.int8)
    assert last_courts(case, court).tolist() == [0, 1, 1, 2, 2, 0, 0, 1, 0]
    assert last_courts(case[:0], court[:0]).tolist() == []
