"""The monthly report from its facts: sections in the order in which a partnership board reads them."""

from board.document.parts import Document
from caseflow.monthly.charts import charts
from caseflow.monthly.completed_cases import completed_cases
from caseflow.monthly.facts import Facts
from caseflow.monthly.hand_offs import completed, started, still_open
from caseflow.monthly.in_short import in_short
from caseflow.monthly.told_by import feeds, how_to_read
from caseflow.monthly.what_changed import what_changed, what_to_look_at
from caseflow.monthly.where_time_went import where_time_went


def report_of(facts: Facts) -> Document:
    """Return the report of a month."""
    month = facts.month
    over = "" if month.over else " The month is not over: its figures will change."
    return Document(
        f"{facts.profile.title}: {month.title}",
        f"Monthly report of the partnership, as known on {month.known_on}.{over}",
        [
            in_short(facts),
            what_changed(facts),
            what_to_look_at(facts),
            charts(facts),
            where_time_went(facts),
            completed(facts),
            completed_cases(facts),
            started(facts),
            still_open(facts),
            feeds(facts),
            how_to_read(facts),
        ],
    )
