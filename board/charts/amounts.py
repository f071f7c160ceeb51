"""Numbers and lengths of time as a chart writes them."""

_UNITS = ((86_400, "d"), (3_600, "h"), (60, "min"), (1, "s"))


def length(seconds: float) -> str:
    """Return a length of time with one unit: `28 d`, `4.3 h`, `0`."""
    if round(seconds) == 0:
        return "0"
    size, name = next(unit for unit in _UNITS if round(seconds) >= unit[0])
    amount = seconds / size
    return f"{amount:.1f} {name}" if amount < 9.95 and size > 1 else f"{amount:,.0f} {name}"


def short_count(number: float) -> str:
    """Return a number in at most four letters where it is large: `940`, `12.4k`, `3.1M`."""
    for size, name in ((1e6, "M"), (1e4, "k")):
        if number >= size:
            scaled = number / (1e6 if name == "M" else 1e3)
            return f"{scaled:.1f}{name}" if scaled < 100 else f"{scaled:.0f}{name}"
    return f"{number:,.0f}"


def percent(share: float) -> str:
    """Return a share of 0 to 1 as whole percent, with one digit below ten: `58 %`, `4.3 %`."""
    return f"{share * 100:.1f} %" if share < 0.0995 else f"{share * 100:.0f} %"
