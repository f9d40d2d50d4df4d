"""What is open with a post passes to the next officer in it."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from functions.adapters.bundled import registers
from functions.domain import ladder, review
from functions.domain.acknowledgement import Link, LinkState, state_of
from functions.domain.alerts import alerts_for
from functions.domain.assignment import FORMER, awaits_redress, withdrawn
from functions.domain.calendar import Calendar
from functions.domain.channel import Channel
from functions.domain.errors import WrongState
from functions.domain.office import Level, Officer, is_same_person
from functions.domain.record import Actor, EventType, Record, Status, TimerKind
from functions.domain.succession import is_left_behind, messages_to_former, succeeded
from tests.builders import (
    ALERT_RULES,
    NOW,
    PRIVATE,
    accepted,
    forwarded,
    in_status,
    officer,
    raised,
    registered,
    under_review,
    with_officer,
)

LATER = NOW + timedelta(days=3)
HFW = registers().offices["HFW"]
FORMER_OFFICER = officer()
SUCCESSOR = officer(
    name="Next One (sample)", phone="+919000000099", email="next@wb.example", designation="Special Secretary"
)
OPEN = {Status.FORWARDED, Status.RECALLED}


def passed_on(record: Record, to: Officer = SUCCESSOR) -> Record:
    return succeeded(record, office=HFW, officer=to, at=LATER)


def sent_back() -> Record:
    """An emergency with its officer, which the portal sent back to the analysts."""
    return review.ask(raised(), findings=(), term=None, calendar=Calendar(), at=NOW)


@pytest.mark.parametrize("status", sorted(OPEN))
@pytest.mark.parametrize("emergency", [False, True])
def test_it_is_the_successors_and_every_clock_runs_on(status: Status, *, emergency: bool) -> None:
    before = in_status(status, emergency=emergency)
    after = passed_on(before)
    assert before.assignment
    assert after.assignment
    assert after.status is status
    assert after.assignment.number == before.assignment.number + 1
    assert (after.assignment.officer, after.assignment.holder) == ("Special Secretary", SUCCESSOR.holder)
    assert after.acknowledged_at is None
    assert (after.due_at, after.escalation) == (before.due_at, before.escalation)
    assert after.timers == {**before.timers, **new_ladder(after)}
    event = after.events[-1]
    assert (event.type, event.by) == (EventType.RECORD_FORWARDED, Actor.SYSTEM)
    assert event.data[FORMER] == FORMER_OFFICER.holder
    assert event.data["assignment"] == after.assignment.number


def new_ladder(record: Record) -> dict[TimerKind, datetime]:
    """The one clock that begins anew: the quarter of an hour to acknowledge an emergency."""
    return {TimerKind.ACKNOWLEDGEMENT: LATER + ladder.PAUSE} if record.is_emergency else {}


@pytest.mark.parametrize("record", [raised(), sent_back()], ids=lambda record: str(record.status))
def test_an_emergency_that_is_not_in_the_portal_is_raised_with_the_successor(record: Record) -> None:
    after = passed_on(record)
    assert after.status is record.status
    assert after.events[-1].type is EventType.EMERGENCY_RAISED
    assert after.timers == {**record.timers, **new_ladder(after)}


def test_what_waits_for_the_portal_passes_on_without_a_word_for_nobody_was_told() -> None:
    waiting = with_officer(accepted())
    after = passed_on(waiting)
    assert after.events == waiting.events
    assert after.assignment
    assert after.assignment.holder == SUCCESSOR.holder


@pytest.mark.parametrize("status", [Status.ACTION_TAKEN, Status.CLOSED])
def test_what_was_reported_on_is_nobodys_to_pass_on(status: Status) -> None:
    with pytest.raises(WrongState):
        passed_on(in_status(status, emergency=True))


@pytest.mark.parametrize("emergency", [False, True])
def test_the_successor_alone_of_the_office_is_told(*, emergency: bool) -> None:
    after = passed_on(in_status(Status.FORWARDED, emergency=emergency))
    alerts = alerts_for(after, after.events[-1], ALERT_RULES)
    channels = Channel if emergency else (Channel.SMS, Channel.EMAIL)
    assert [(alert.level, alert.channel) for alert in alerts] == [(Level.NODAL, one) for one in channels]
    assert {alert.template for alert in alerts} == {"officer_emergency" if emergency else "officer_forwarded"}


def test_the_former_officers_messages_name_no_person() -> None:
    after = passed_on(forwarded())
    (sms, mail) = messages_to_former(after, after.events[-1], ALERT_RULES)
    assert {sms.key, mail.key} == {"000006#former#sms", "000006#former#email"}
    assert (sms.office, sms.level, sms.holder) == ("HFW", Level.NODAL, FORMER_OFFICER.holder)
    private = (*PRIVATE, FORMER_OFFICER.name, FORMER_OFFICER.phone, FORMER_OFFICER.email)
    assert not [said for said in private if said in sms.model_dump_json()]


def test_of_an_officer_who_is_not_known_nobody_is_told() -> None:
    record = forwarded()
    assert record.assignment
    old = record.model_copy(update={"assignment": record.assignment.model_copy(update={"holder": None})})
    event = passed_on(old).events[-1]
    assert FORMER in event.data
    assert messages_to_former(passed_on(old), event, ALERT_RULES) == ()
    assert len(alerts_for(passed_on(old), event, ALERT_RULES)) == 2


def test_no_other_event_tells_of_a_former_officer() -> None:
    record = forwarded()
    told = [messages_to_former(record, event, ALERT_RULES) for event in record.events]
    assert told == [()] * len(record.events)


def test_the_former_officers_link_only_informs() -> None:
    record = forwarded()
    link = Link(
        digest="d",
        reference=record.reference,
        assignment=record.assignment_number,
        level=Level.NODAL,
        expires_at=LATER,
    )
    assert state_of(link, record, NOW) is LinkState.ASK
    assert state_of(link, passed_on(record), NOW) is LinkState.SUCCEEDED


@pytest.mark.parametrize(
    ("office", "level", "present", "expected"),
    [
        ("HFW", Level.NODAL, {SUCCESSOR.holder}, True),
        ("HFW", Level.NODAL, {SUCCESSOR.holder, FORMER_OFFICER.holder}, False),
        ("HFW", Level.HEAD, {SUCCESSOR.holder}, False),
        ("320", Level.NODAL, {SUCCESSOR.holder}, False),
    ],
)
def test_left_behind_is_what_a_post_has_from_nobody_present(
    office: str, level: Level, present: set[str], *, expected: bool
) -> None:
    assert is_left_behind(forwarded(), office, level, present) is expected


def test_nothing_is_left_behind_that_is_not_open_with_an_officer() -> None:
    records = [in_status(status) for status in Status if status not in OPEN]
    records += [registered(), under_review(), withdrawn(raised())]
    assert not [one for one in records if awaits_redress(one)]
    assert not [one for one in records if is_left_behind(one, "HFW", Level.NODAL, ())]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"name": "ananya  ROY (sample)"}, True),
        ({"phone": "+919000000098"}, True),
        ({"email": "another@wb.example"}, True),
        ({"designation": "Special Secretary", "rank": "Special Secretary", "language": "bn"}, True),
        ({"name": "Somebody Else"}, False),
        ({"phone": "+919000000098", "email": "another@wb.example"}, False),
    ],
)
def test_the_name_tells_who_is_another_person(changes: dict[str, Any], *, expected: bool) -> None:
    other = officer(**changes)
    assert is_same_person(FORMER_OFFICER, other) is expected
    assert is_same_person(other, FORMER_OFFICER) is expected


def test_a_post_and_a_person_are_told_by_something_that_names_neither_name_nor_number() -> None:
    assert FORMER_OFFICER.holder == officer(valid_from=NOW.date(), designation="Other").holder
    others = {officer("320").holder, officer(level=Level.HEAD).holder, officer(phone="+919000000098").holder}
    assert len({FORMER_OFFICER.holder, *others}) == 4
