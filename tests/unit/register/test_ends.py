"""Every end of a wait without its stop: proved missing, no longer awaited, or never begun."""

import pytest

from models.hand_offs import State
from tests.support.register_lines import Nothing, Over, Proof
from tests.support.register_table import SECOND, judged, local, said
from tests.unit.register.lines import of_kind

each = pytest.mark.parametrize
PROOFS = [pytest.param(line, one, id=f"{line} {one}") for line in of_kind(Proof) for one in line.proofs]
OVERS = [pytest.param(line, one, id=f"{line} {one}") for line in of_kind(Over) for one in line.overs]


def states(line, *more, now_us=None):
    events = (*line.wait.first, line.begin, *line.events, *more)
    return [h for h in judged(line.wait.row, events, now_us) if h.start_event == line.begin.id]


@each(("line", "proof"), PROOFS)
def test_it_is_missing_from_its_proof_and_grace_on_and_not_before(line, proof):
    gone_us = local(line.gone)
    [before] = states(line, said(line.at, proof), now_us=gone_us - 1)
    [after] = states(line, said(line.at, proof), now_us=gone_us)
    assert before.state in (State.OPEN, State.OVERDUE)
    assert after.state == State.MISSING


@each(("line", "proof"), PROOFS)
def test_a_stop_after_the_proof_still_ends_it_and_is_told_apart(line, proof):
    said_us = local(line.at)
    [late] = states(line, said(said_us, proof), line.wait.end(said_us + SECOND), now_us=local(line.gone))
    assert (late.state, late.late_after_end) == (line.then, True)


@each(("line", "proof"), PROOFS)
def test_a_stop_before_the_proof_makes_it_no_proof(line, proof):
    said_us = local(line.at)
    [ended] = states(line, said(said_us, proof), line.wait.end(said_us - SECOND), now_us=local(line.gone))
    assert ended.state in (State.MET, State.MET_LATE)
    assert not ended.late_after_end


@each(("line", "end"), OVERS)
def test_what_is_no_longer_awaited_is_void_or_missing_if_it_was_due(line, end):
    [found] = states(line, said(line.at, end))
    assert found.state == line.then


@each("line", of_kind(Nothing), ids=str)
def test_nothing_is_awaited(line):
    assert judged(line.row, line.events) == []
