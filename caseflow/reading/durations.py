"""Lengths of time and shares, as people read them."""

MINUTE, HOUR, DAY = 60, 3_600, 86_400
_UNITS = ((DAY, "d"), (HOUR, "h"), (MINUTE, "min"), (1, "s"))


def short(seconds: float | None) -> str:
    """Return a length of time with one unit, for the columns of a table: `28.9 d`, `4.3 h`, `12 min`."""
    if seconds is None:
        return "-"
    if seconds < 0:
        return f"-{short(-seconds)}"
    if round(seconds) == 0:
        return "0"
    # Halfway to the next unit's first round number: 59.7 s is a minute.
    size, name = next(unit for unit in _UNITS if round(seconds, 0) >= unit[0])
    amount = seconds / size
    fine = size >= HOUR and amount < 99.95
    return f"{amount:.1f} {name}" if fine else f"{amount:,.0f} {name}"


def long(seconds: float) -> str:
    """Return a length of time with its two greatest units, cut to whole ones: `14 d 3 h`, `2 min 5 s`, `0 s`."""
    if seconds < 0:
        return f"-{long(-seconds)}"
    left = int(seconds)
    parts: list[str] = []
    for size, name in _UNITS:
        amount, left = divmod(left, size)
        if parts or amount:
            parts.append(f"{amount:,} {name}" if amount else "")
        if len(parts) == 2:
            break
    return " ".join(filter(None, parts)) or "0 s"


def days(count: int) -> str:
    """Return whole days in words: `the same day`, `1 day`, `28 days`."""
    match count:
        case 0:
            return "the same day"
        case 1 | -1:
            return f"{count} day"
        case _:
            return f"{count:,} days"


def percent(share: float | None) -> str:
    """Return a share of 0 to 1 as `58.0 %`; None, nothing to share, as `-`."""
    return "-" if share is None else f"{share * 100:.1f} %"
