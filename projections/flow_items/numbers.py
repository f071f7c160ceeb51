"""A number for a text: the same in the database and here, so that arrays hold numbers and people read names.

The number is PostgreSQL's own extended hash, which partitioned tables rest on and which therefore stays what it is.
Two of a million cases have the same number once in 37 million partnerships.
"""

from collections.abc import Iterable
from typing import Final

import asyncpg

_MASK: Final = 0xFFFFFFFF
_MIX: Final = ((4, 0), (6, 1), (8, 2), (16, 0), (19, 1), (4, 2))
"""Rotations of the six rounds, and which of the three words each turns."""

REFERENCES = """
SELECT hashtextextended(case_ref, 0), case_ref FROM case_file
WHERE hashtextextended(case_ref, 0) = ANY($1::bigint[])
"""


async def references(connection: asyncpg.Connection, numbers: Iterable[int]) -> dict[int, str]:
    """Return the references of cases by their numbers; a case that is no longer there is left out.

    Reads every case once: ask for all numbers together.
    """
    asked = sorted(set(numbers))
    if not asked:
        return {}
    return {row[0]: row[1] for row in await connection.fetch(REFERENCES, asked)}


def number_of(text: str) -> int:
    """Return `hashtextextended(text, 0)` as PostgreSQL computes it on this architecture (little-endian)."""
    data = text.encode()
    state = [(0x9E3779B9 + len(data) + 3923095) & _MASK] * 3
    while len(data) >= 12:
        for place in range(3):
            word = int.from_bytes(data[4 * place : 4 * place + 4], "little")
            state[place] = (state[place] + word) & _MASK
        _mix(state)
        data = data[12:]
    # The lowest byte of the third word stands for the length: what lies there begins one byte higher.
    tail = (data[:4], data[4:8], b"\0" + data[8:] if data[8:] else b"")
    for place, part in enumerate(tail):
        state[place] = (state[place] + int.from_bytes(part, "little")) & _MASK
    _finish(state)
    number = state[1] << 32 | state[2]
    return number - (1 << 64) if number >> 63 else number


def _turned(word: int, bits: int) -> int:
    return (word << bits | word >> (32 - bits)) & _MASK


def _mix(state: list[int]) -> None:
    """Turn `(a, b, c)`: x -= z; x ^= z turned; z += y, with the roles moving on each round."""
    for bits, x in _MIX:
        y, z = (x + 1) % 3, (x + 2) % 3
        state[x] = (state[x] - state[z]) & _MASK
        state[x] ^= _turned(state[z], bits)
        state[z] = (state[z] + state[y]) & _MASK


def _finish(state: list[int]) -> None:
    for x, z, bits in ((2, 1, 14), (0, 2, 11), (1, 0, 25), (2, 1, 16), (0, 2, 4), (1, 0, 14), (2, 1, 24)):
        state[x] ^= state[z]
        state[x] = (state[x] - _turned(state[z], bits)) & _MASK
