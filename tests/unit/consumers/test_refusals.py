"""Letters for what cannot be stored."""

import hashlib

import pytest

from consumers.batch import Refusal
from consumers.failures import IN_A_ROW, RefusalLimitError
from consumers.projector.letters import letter
from consumers.refusals import Refusals, letter_of
from infra import topics
from models.refusals import Reason, Step
from tests.support.consumer_records import record


def refusal(offset: int = 5, value: bytes = b"{") -> Refusal:
    refused = record(value, topic=topics.CHANGES, partition=1, offset=offset, headers=(("own", b"kept"),))
    return Refusal(refused, Reason.WRONG_SHAPE, Step.DECODE, "no")


class Broker:
    """Takes letters, as a producer does."""

    def __init__(self) -> None:
        self.taken: list[bytes] = []

    async def send_and_wait(self, _: str, *, value: bytes, **__: object) -> None:
        self.taken.append(value)


def test_a_letter_says_why_and_where_from_and_keeps_the_original_headers() -> None:
    row = letter(
        record(b"{", topic=topics.DEAD_LETTERS, headers=tuple(letter_of(refusal(), "projector").headers))
    )
    assert row[:7] == (topics.CHANGES, 1, 5, "projector", "wrong-shape", "no", "decode")
    assert (row.case_ref, row.source, row.size) == ("C1", None, 1)
    assert row.sha256 == hashlib.sha256(b"{").hexdigest()
    assert row.appended_at is not None
    assert '["own","kept"]' in row.headers


async def test_a_record_refused_twice_has_one_letter_and_keeps_its_first_256_kib() -> None:
    broker = Broker()
    refusals = Refusals(broker, "projector")
    await refusals.write([refusal(value=b"x" * 300_000)])
    await refusals.write([refusal(value=b"x" * 300_000)])
    assert [len(value) for value in broker.taken] == [262_144]


async def test_a_thousand_refusals_in_a_row_are_a_bad_deployment() -> None:
    refusals = Refusals(Broker(), "projector")
    await refusals.write([refusal(offset) for offset in range(IN_A_ROW)])
    with pytest.raises(RefusalLimitError, match=r"1000 records in a row .* caseflow.changes-1@1000"):
        await refusals.write([refusal(IN_A_ROW)])


async def test_a_success_between_them_starts_the_count_again() -> None:
    refusals = Refusals(Broker(), "projector")
    await refusals.write([refusal(offset) for offset in range(IN_A_ROW)])
    refusals.stored()
    await refusals.write([refusal(IN_A_ROW)])
