"""What citizens are told of their own records and of the lead's end."""

import pytest

from functions.domain import review
from functions.domain.citizen_messages import (
    CITIZEN_LINKED,
    CITIZEN_LINKED_REDRESSED,
    CITIZEN_REJECTED,
    CitizenMessage,
    has_ended,
    message_about_lead,
    message_about_own,
)
from functions.domain.record import EventType, Kind, Record, Status
from tests.builders import (
    ANALYST,
    ANALYST_REASON,
    NOW,
    PRIVATE,
    REACHED,
    event_of,
    in_status,
    numbered,
    registered,
    under_review,
)

LEAD = "SSM-4821-903-7717"


def linked(kind: Kind = Kind.GRIEVANCE) -> Record:
    return review.mark_duplicate(
        under_review(registered(kind=kind)),
        analyst_id=ANALYST,
        reason=ANALYST_REASON,
        duplicate_of=LEAD,
        at=NOW,
    )


def rejected(kind: Kind = Kind.GRIEVANCE) -> Record:
    return review.reject(
        under_review(registered(kind=kind)), analyst_id=ANALYST, reason=ANALYST_REASON, at=NOW
    )


@pytest.mark.parametrize("kind", [Kind.GRIEVANCE, Kind.SUGGESTION, Kind.ENQUIRY])
def test_who_is_turned_down_or_linked_is_told(kind: Kind) -> None:
    record = rejected(kind)
    event = event_of(record, EventType.RECORD_REJECTED)
    assert message_about_own(record, event) == CitizenMessage(sequence=3, template=CITIZEN_REJECTED)
    record = linked(kind)
    event = event_of(record, EventType.RECORD_MARKED_DUPLICATE)
    assert message_about_own(record, event) == CitizenMessage(sequence=3, template=CITIZEN_LINKED, lead=LEAD)


@pytest.mark.parametrize("status", sorted(REACHED))
@pytest.mark.parametrize("emergency", [False, True])
def test_no_other_event_tells_the_citizen(status: Status, *, emergency: bool) -> None:
    record = in_status(status, emergency=emergency)
    told = {event.type for event in record.events if message_about_own(record, event) is not None}
    assert told <= {EventType.RECORD_REJECTED, EventType.RECORD_MARKED_DUPLICATE}
    assert bool(told) == (status in {Status.REJECTED, Status.DUPLICATE})


@pytest.mark.parametrize("status", sorted(REACHED))
def test_who_is_linked_is_told_of_the_leads_end_and_of_nothing_else(status: Status) -> None:
    lead = numbered(in_status(status), 7)
    about = message_about_lead(linked(), lead)
    expected = {Status.CLOSED: CITIZEN_LINKED_REDRESSED, Status.REJECTED: CITIZEN_REJECTED}.get(status)
    assert (about.template if about else None) == expected
    assert has_ended(lead) == (expected is not None)
    assert about is None or (about.sequence, about.lead) == (3, lead.reference)


def test_who_is_not_linked_is_told_of_no_lead() -> None:
    assert message_about_lead(under_review(), numbered(in_status(Status.CLOSED), 7)) is None


def test_what_is_told_has_a_key_of_its_own_whichever_event_causes_it() -> None:
    record, lead = linked(), numbered(in_status(Status.CLOSED), 7)
    own = message_about_own(record, event_of(record, EventType.RECORD_MARKED_DUPLICATE))
    about = message_about_lead(record, lead)
    again = message_about_lead(record, lead.model_copy(update={"events": (*lead.events, *lead.events)}))
    assert own
    assert about
    assert again
    assert [own.key, about.key] == [
        "000003#citizen#citizen_linked",
        "000003#citizen#citizen_linked_redressed",
    ]
    assert again.key == about.key


def test_nothing_personal_is_in_what_is_kept_of_it() -> None:
    for record, kind in (
        (rejected(), EventType.RECORD_REJECTED),
        (linked(), EventType.RECORD_MARKED_DUPLICATE),
    ):
        message = message_about_own(record, event_of(record, kind))
        assert message
        assert not [said for said in PRIVATE if said in message.model_dump_json()]
