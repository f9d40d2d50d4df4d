"""Citizens are asked about the redress; who is dissatisfied in time sends the field team once more."""

from datetime import datetime, timedelta

import pytest

from functions.domain import feedback, redress
from functions.domain.errors import Conflict, WrongState
from functions.domain.record import EventType, Record, Status
from tests.builders import NOW, action_taken, in_status, visited

LATE = NOW + feedback.HEARD_WITHIN + timedelta(seconds=1)


def said(record: Record, *, satisfied: bool, at: datetime = NOW) -> Record:
    return feedback.received(
        record,
        agent_id="A-17",
        satisfied=satisfied,
        rating=5 if satisfied else 1,
        remark=None,
        at=at,
    )


@pytest.mark.parametrize("status", [Status.ACTION_TAKEN, Status.CLOSED])
def test_who_is_satisfied_changes_nothing_and_is_asked_no_more(status: Status) -> None:
    before = in_status(status)
    assert feedback.is_to_be_asked(before)
    after = said(before, satisfied=True)
    assert after.status is status
    assert after.timers == before.timers
    assert after.events[-1].type is EventType.FEEDBACK_RECEIVED
    assert after.events[-1].data == {
        "satisfied": True,
        "rating": 5,
        "reopened": False,
        "emergency": False,
    }
    assert not feedback.is_to_be_asked(after)


def test_who_is_dissatisfied_takes_a_closed_record_back_to_the_field_once() -> None:
    back = said(in_status(Status.CLOSED), satisfied=False)
    assert back.status is Status.ACTION_TAKEN
    assert back.feedback[-1].reopened
    closed = visited(back, at=NOW + timedelta(days=1))
    assert closed.status is Status.CLOSED
    again = said(closed, satisfied=False, at=NOW + timedelta(days=2))
    assert again.status is Status.CLOSED
    assert not again.feedback[-1].reopened
    assert len(again.feedback) == 2


def test_where_a_check_is_due_already_it_stays_so() -> None:
    assert said(in_status(Status.ACTION_TAKEN), satisfied=False).status is Status.ACTION_TAKEN


def test_after_thirty_days_it_is_kept_and_opens_nothing() -> None:
    on_time = said(in_status(Status.CLOSED), satisfied=False, at=LATE - timedelta(seconds=1))
    late = said(in_status(Status.CLOSED), satisfied=False, at=LATE)
    assert on_time.status is Status.ACTION_TAKEN
    assert late.status is Status.CLOSED
    assert late.feedback[-1].satisfied is False


def test_a_visit_before_the_complaint_does_not_answer_it() -> None:
    back = said(in_status(Status.CLOSED), satisfied=False, at=NOW + timedelta(hours=2))
    with pytest.raises(Conflict, match="complaint"):
        visited(back, at=NOW + timedelta(hours=1))
    assert visited(back, at=NOW + timedelta(hours=3)).status is Status.CLOSED


def test_after_a_recall_the_new_report_is_asked_about() -> None:
    first = said(action_taken(), satisfied=False)
    recalled = visited(first, meets_standard=False)
    assert not feedback.is_to_be_asked(recalled)
    second = redress.action_taken(
        recalled, at=NOW, officer=None, report="Done again, and properly this time", received_at=NOW
    )
    assert feedback.is_to_be_asked(second)


@pytest.mark.parametrize("status", sorted(set(Status) - {Status.ACTION_TAKEN, Status.CLOSED}))
def test_nobody_is_asked_about_what_was_not_redressed(status: Status) -> None:
    record = in_status(status)
    assert not feedback.is_to_be_asked(record)
    with pytest.raises(WrongState, match=status.value):
        said(record, satisfied=True)
