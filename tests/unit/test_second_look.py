"""A rejection that takes two analysts."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.adapters.bundled import registers
from functions.domain import review, second_look, timers
from functions.domain.calendar import Calendar
from functions.domain.errors import Conflict, WrongState
from functions.domain.record import Record, RejectionProposal, Status
from tests.builders import (
    ANALYST,
    ANALYST_REASON,
    NOW,
    REACHED,
    accepted,
    in_status,
    reference_of,
    registered,
    under_review,
)

OTHER = "DA-99"
LATER = NOW + timedelta(minutes=7)
PROPOSAL = RejectionProposal(analyst_id=ANALYST, reason=ANALYST_REASON, at=LATER)


def reject(record: Record, analyst_id: str = ANALYST) -> Record:
    return second_look.reject(record, analyst_id=analyst_id, reason=ANALYST_REASON, at=LATER)


def kept(record: Record) -> RejectionProposal | None:
    assert record.review is not None
    return record.review.rejection_proposed


def test_the_first_rejection_is_a_proposal_and_no_event() -> None:
    before = under_review()
    after = reject(before)
    assert kept(after) == PROPOSAL
    assert after.model_copy(update={"review": before.review}) == before


def test_another_analyst_confirms_it() -> None:
    after = reject(reject(under_review()), OTHER)
    assert after.status is Status.REJECTED
    assert after.review is not None
    assert (after.review.analyst_id, after.review.decided_at) == (OTHER, LATER)
    assert kept(after) == PROPOSAL


def test_the_same_analyst_cannot_confirm_it() -> None:
    proposed = reject(under_review())
    with pytest.raises(Conflict, match=r"another analyst is needed.*under_review"):
        reject(proposed)


@given(st.lists(st.sampled_from(["DA-1", "DA-2", "DA-3"]), max_size=6))
def test_it_takes_two_different_analysts_whoever_asks_how_often(analysts: list[str]) -> None:
    record = under_review()
    for analyst_id in analysts:
        try:
            record = reject(record, analyst_id)
        except Conflict:
            continue
    assert (record.status is Status.REJECTED) == (len(set(analysts)) > 1)
    told = [event.model_dump_json() for event in record.events]
    assert not [one for one in told if ANALYST_REASON in one or "DA-" in one]


@pytest.mark.parametrize("analyst_id", [ANALYST, OTHER])
def test_any_other_decision_goes_ahead_and_the_proposal_is_kept_as_evidence(analyst_id: str) -> None:
    proposed = reject(under_review())
    approved = review.approve(proposed, analyst_id=analyst_id, reason=None, at=LATER)
    duplicate = review.mark_duplicate(
        proposed, analyst_id=analyst_id, reason=None, duplicate_of=reference_of("CC-1"), at=LATER
    )
    amended = review.amend(
        proposed,
        analyst_id=analyst_id,
        reason=None,
        amendments={"block": "Krishnanagar I"},
        offices=registers().offices,
        levels=registers().service_levels,
        calendar=Calendar(),
        at=LATER,
    )
    assert [approved.status, duplicate.status, amended.status] == ["accepted", "duplicate", "accepted"]
    assert kept(approved) == kept(duplicate) == kept(amended) == PROPOSAL


def test_an_emergency_goes_ahead_after_its_fifteen_minutes_all_the_same() -> None:
    proposed = reject(under_review(registered(emergency=True)))
    after = timers.run_out(proposed, NOW + review.EMERGENCY_REVIEW, lambda _: None)
    assert after.status is Status.ACCEPTED
    assert kept(after) == PROPOSAL


def test_a_proposal_ends_the_analysts_own_claim_and_nobody_elses() -> None:
    own = reject(review.claimed(under_review(), analyst_id=ANALYST, at=NOW))
    assert own.review is not None
    assert own.review.claim is None
    others = reject(review.claimed(under_review(), analyst_id=OTHER, at=NOW))
    assert others.review is not None
    assert others.review.claim is not None


def test_a_proposal_of_before_the_portal_refused_it_counts_no_more() -> None:
    gone = accepted(reject(under_review()), at=LATER)
    back = review.ask(gone, findings=(), term=None, calendar=Calendar(), at=LATER)
    assert kept(back) is None
    assert kept(reject(back)) == PROPOSAL
    assert reject(back, OTHER).status is Status.UNDER_REVIEW


@pytest.mark.parametrize("status", sorted(REACHED - {Status.UNDER_REVIEW}))
def test_nothing_is_proposed_of_what_does_not_wait(status: Status) -> None:
    with pytest.raises(WrongState, match=status.value):
        reject(in_status(status))


def test_the_analysts_see_the_proposal_before_what_the_checks_noticed() -> None:
    assert second_look.findings_of(under_review()) == ()
    (finding,) = second_look.findings_of(reject(under_review()))
    assert (finding.code, finding.severity) == ("rejection-proposed", "warning")
    assert finding.text.endswith(ANALYST_REASON)
    assert ANALYST not in finding.text


def test_a_proposal_survives_its_being_written_and_read() -> None:
    proposed = reject(under_review())
    assert Record.model_validate_json(proposed.model_dump_json()) == proposed
