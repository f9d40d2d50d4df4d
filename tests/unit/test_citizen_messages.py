"""What citizens are told of their own records and of the lead's end."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from functions.adapters import bundled
from functions.domain import feedback, forwarding, review
from functions.domain.channel import Channel
from functions.domain.citizen_messages import (
    CitizenMessage,
    has_ended,
    message_about_lead,
    message_about_own,
)
from functions.domain.lifecycle import TABLE, TELLS_CITIZENS, TOLD_AT_BIRTH, Audience
from functions.domain.office import Level
from functions.domain.record import Actor, Event, EventType, Kind, Record, Status
from tests.builders import (
    ANALYST,
    ANALYST_REASON,
    NOW,
    PRIVATE,
    REACHED,
    action_taken,
    event_of,
    forwarded,
    in_status,
    numbered,
    officer,
    registered,
    under_review,
    visited,
)

LEAD = "SSM-4821-903-7717"
RULES = bundled.registers().alert_rules
WHILE = {
    Status.REGISTERED: "citizen_registered",
    Status.UNDER_REVIEW: "citizen_registered",
    Status.ACCEPTED: "citizen_registered",
    Status.REJECTED: "citizen_rejected",
    Status.DUPLICATE: "citizen_linked",
    Status.FORWARDED: "citizen_forwarded",
    Status.ACTION_TAKEN: "citizen_action_taken",
    Status.RECALLED: "citizen_recalled",
    Status.CLOSED: "citizen_closed",
}
"""What a citizen knows of a record in each status, once all was told; nothing where only a number rang."""


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


def reopened(record: Record) -> Record:
    return feedback.received(record, agent_id="A-17", satisfied=False, rating=1, remark=None, at=NOW)


def transferred(record: Record) -> Record:
    assert record.subject
    return forwarding.transferred(
        record,
        subject=record.subject,
        office=bundled.registers().offices["PRD"],
        officer=officer("PRD", level=Level.NODAL),
        at=NOW,
    )


def told(record: Record) -> list[str]:
    """What all its events tell the citizen now."""
    return [message.template for message in messages(record)]


def messages(record: Record) -> Iterator[CitizenMessage]:
    for event in record.events:
        message = message_about_own(record, event, RULES)
        if message is not None:
            yield message


# --- What is told of a record


@pytest.mark.parametrize("kind", [Kind.GRIEVANCE, Kind.SUGGESTION, Kind.ENQUIRY])
def test_who_called_is_told_the_reference_and_what_was_decided(kind: Kind) -> None:
    assert told(registered(kind=kind)) == ["citizen_registered"]
    record = rejected(kind)
    event = event_of(record, EventType.RECORD_REJECTED)
    assert message_about_own(record, event, RULES) == CitizenMessage(
        sequence=3, template="citizen_rejected", keeps_hours=True
    )
    record = linked(kind)
    event = event_of(record, EventType.RECORD_MARKED_DUPLICATE)
    assert message_about_own(record, event, RULES) == CitizenMessage(
        sequence=3, template="citizen_linked", keeps_hours=True, lead=LEAD
    )


@pytest.mark.parametrize("status", sorted(REACHED))
@pytest.mark.parametrize("emergency", [False, True])
def test_of_all_that_happened_only_where_it_stands_is_told(status: Status, *, emergency: bool) -> None:
    record = in_status(status, emergency=emergency)
    assert told(record) == ([WHILE[status]] if status in WHILE else [])


def test_who_only_rang_is_told_nothing() -> None:
    assert set(Kind) - TOLD_AT_BIRTH == {Kind.MISSED_CALL}
    assert told(registered(kind=Kind.MISSED_CALL)) == []


def test_a_record_that_changes_hands_is_forwarded_once() -> None:
    record = transferred(forwarded())
    first, second = (event for event in record.events if event.type is EventType.RECORD_FORWARDED)
    assert message_about_own(record, first, RULES) is not None
    assert message_about_own(record, second, RULES) is None
    # and a recalled one that changes hands is not forwarded anew
    recalled = transferred(visited(action_taken(), meets_standard=False))
    assert told(recalled) == ["citizen_recalled"]


def test_of_a_report_that_came_before_it_was_forwarded_is_told_and_of_its_recall_and_of_the_next() -> None:
    early = action_taken(in_status(Status.ACCEPTED))
    assert told(early) == ["citizen_action_taken"]
    assert told(transferred(visited(forwarded_then_reported(), meets_standard=False))) == ["citizen_recalled"]
    again = action_taken(visited(forwarded_then_reported(), meets_standard=False))
    (message,) = messages(again)
    assert (message.template, message.sequence) == ("citizen_action_taken", again.events[-1].sequence)


def forwarded_then_reported() -> Record:
    return action_taken(forwarded())


def test_a_report_that_follows_upon_another_is_no_news_and_does_not_hide_the_first() -> None:
    record = action_taken(action_taken())
    first, second = (event for event in record.events if event.type is EventType.ACTION_TAKEN)
    assert message_about_own(record, first, RULES) is not None
    assert message_about_own(record, second, RULES) is None


def test_who_said_that_it_is_open_is_not_told_that_it_is_closed_and_hears_of_the_next_report() -> None:
    back = reopened(in_status(Status.CLOSED))
    assert back.status is Status.ACTION_TAKEN
    assert told(back) == []
    assert told(action_taken(back)) == ["citizen_action_taken"]
    assert told(visited(back)) == ["citizen_closed"]


def test_who_is_satisfied_is_told_that_it_is_closed() -> None:
    record = feedback.received(action_taken(), agent_id="A-17", satisfied=True, rating=5, remark=None, at=NOW)
    assert told(record) == ["citizen_action_taken"]
    assert told(visited(record)) == ["citizen_closed"]


# --- The alert table


def test_the_table_has_one_row_for_whatever_a_citizen_is_told_and_no_other() -> None:
    rows = [row for row in RULES.rows if row.audience in {Audience.CITIZEN, Audience.LINKED}]
    ends = {EventType.RECORD_CLOSED, EventType.RECORD_REJECTED}
    assert {row.event for row in rows if row.audience is Audience.CITIZEN} == set(TELLS_CITIZENS)
    assert {row.event for row in rows if row.audience is Audience.LINKED} == ends
    assert {row.channels for row in rows} == {(Channel.SMS,)}
    assert {row.language for row in rows} == {"recipient"}
    assert not [row for row in rows if row.asks or row.rung is not None]
    told_in_table = {rule.event for rule in TABLE if Audience.CITIZEN in rule.tells}
    assert told_in_table == set(TELLS_CITIZENS) - {EventType.RECORD_REGISTERED}


@pytest.mark.parametrize("emergency", [False, True])
@pytest.mark.parametrize("stand_down", [None, "HFW"])
@pytest.mark.parametrize("event", sorted(TELLS_CITIZENS))
def test_no_event_of_any_record_leaves_the_table_undecided(
    event: EventType, stand_down: str | None, *, emergency: bool
) -> None:
    decisions = {EventType.RECORD_REJECTED, EventType.RECORD_MARKED_DUPLICATE}
    if stand_down and event not in decisions:
        return
    data = {"stand_down": stand_down} if stand_down else {}
    happened = Event(sequence=9, type=event, at=NOW, by=Actor.SYSTEM, note="A note", data=data)
    record = in_status(Status.FORWARDED, emergency=emergency)
    rows = [row for row in RULES.of(record, happened) if row.audience is Audience.CITIZEN]
    assert len(rows) == 1


@pytest.mark.parametrize("status", sorted(WHILE))
def test_of_an_emergency_is_told_at_any_hour_of_all_else_in_daytime(status: Status) -> None:
    for emergency in (False, True):
        (message,) = messages(in_status(status, emergency=emergency))
        assert message.keeps_hours is not emergency


# --- The lead's end


@pytest.mark.parametrize("status", sorted(REACHED))
def test_who_is_linked_is_told_of_the_leads_end_and_of_nothing_else(status: Status) -> None:
    lead = numbered(in_status(status), 7)
    about = message_about_lead(linked(), lead, RULES)
    expected = {Status.CLOSED: "citizen_linked_redressed", Status.REJECTED: "citizen_rejected"}.get(status)
    assert (about.template if about else None) == expected
    assert has_ended(lead) == (expected is not None)
    assert about is None or (about.sequence, about.lead) == (3, lead.reference)


def test_who_is_linked_to_what_is_at_its_end_is_not_told_that_he_will_hear_of_it() -> None:
    record = linked()
    event = event_of(record, EventType.RECORD_MARKED_DUPLICATE)
    open_lead, later = numbered(action_taken(), 7), NOW + timedelta(minutes=1)
    assert message_about_own(record, event, RULES, open_lead) is not None
    assert message_about_own(record, event, RULES, visited(open_lead)) is None
    # GIVEN a lead that was closed since, of which he was told, and came back
    back = reopened(visited(open_lead, at=later))
    assert not has_ended(back)
    assert message_about_own(record, event, RULES, back) is None
    # but one that came back before he was linked to it is open
    assert message_about_own(record, event, RULES, reopened(visited(open_lead))) is not None


def test_who_is_not_linked_is_told_of_no_lead() -> None:
    assert message_about_lead(under_review(), numbered(in_status(Status.CLOSED), 7), RULES) is None


def test_what_is_told_has_a_key_of_its_own_whichever_event_causes_it() -> None:
    record, lead = linked(), numbered(in_status(Status.CLOSED), 7)
    own = message_about_own(record, event_of(record, EventType.RECORD_MARKED_DUPLICATE), RULES)
    about = message_about_lead(record, lead, RULES)
    again = message_about_lead(
        record, lead.model_copy(update={"events": (*lead.events, *lead.events)}), RULES
    )
    assert own
    assert about
    assert again
    assert [own.key, about.key] == [
        "000003#citizen#citizen_linked",
        "000003#citizen#citizen_linked_redressed",
    ]
    assert again.key == about.key


def test_nothing_personal_is_in_what_is_kept_of_it() -> None:
    records = [linked(), *(in_status(status) for status in sorted(WHILE))]
    kept = [message.model_dump_json() for record in records for message in messages(record)]
    assert len(kept) == len(records)
    assert not [said for said in PRIVATE for text in kept if said in text]
