"""What a signal or finding is about, as columns."""

from typing import Final

from analysis.findings import About
from analysis.items import FlowKey

ABOUT: Final = ("rule", "sender", "receiver", "agency")


def about_columns(about: About) -> tuple[str, str, str, str]:
    """Return rule, sender, receiver and agency, '' for what it is not about."""
    rule, sender, receiver = about.flow or ("", "", "")
    return rule, sender, receiver, about.agency or ""


def about_of(rule: str, sender: str, receiver: str, agency: str) -> About:
    """Return what the columns of `about_columns` say; nobody in particular is the agency ''."""
    flow = FlowKey(rule, sender, receiver) if sender else None
    return About(flow, agency if agency or flow is None else None)
