"""Into the portal and to the officer: two facts, and whichever comes second forwards the record."""

from datetime import timedelta

import pytest

from functions.adapters.bundled import registers
from functions.domain import forwarding
from functions.domain.errors import WrongState
from functions.domain.office import Level
from functions.domain.record import Actor, EventType, Record, Status
from tests.builders import (
    NOW,
    PORTAL_ID,
    REACHED,
    accepted,
    forwarded,
    in_portal,
    in_status,
    officer,
    raised,
    registered,
    under_review,
)

LATER = NOW + timedelta(minutes=3)
HFW = registers().offices["HFW"]


def types(record: Record) -> list[EventType]:
    return [event.type for event in record.events]


def assigned(record: Record) -> Record:
    return forwarding.assigned(record, office=HFW, officer=officer(), at=LATER)


def test_an_accepted_grievance_needs_the_portal_and_an_officer() -> None:
    assert forwarding.needs_push(accepted())
    assert forwarding.needs_routing(accepted())
    assert not forwarding.needs_push(in_portal())
    assert forwarding.needs_routing(in_portal())


@pytest.mark.parametrize("status", sorted(REACHED - {Status.ACCEPTED, Status.RECALLED}))
def test_nothing_else_needs_either(status: Status) -> None:
    assert not forwarding.needs_push(in_status(status))
    assert not forwarding.needs_routing(in_status(status))


def test_a_recall_needs_the_portal_once_more() -> None:
    record = in_status(Status.RECALLED)
    assert forwarding.needs_push(record)
    assert not forwarding.needs_routing(record)
    told = forwarding.pushed(record, portal_id=PORTAL_ID, at=LATER)
    assert (told.status, told.recalls_pushed) == (Status.RECALLED, 1)
    assert not forwarding.needs_push(told)


def test_an_ordinary_grievance_is_in_the_portal_first_and_forwarded_with_the_officer() -> None:
    # GIVEN it is in the portal
    record = in_portal()
    assert (record.status, record.portal_id) == (Status.ACCEPTED, PORTAL_ID)
    # WHEN an officer gets it
    record = assigned(record)
    # THEN it is forwarded, and nobody was raised from sleep
    assert record.status is Status.FORWARDED
    assert types(record)[-2:] == [EventType.PUSHED_TO_PORTAL, EventType.RECORD_FORWARDED]
    # AND the district, which it concerns as well, is to be told
    facts = {"office": "HFW", "level": "nodal", "assignment": 1, "emergency": False}
    assert record.events[-1].data == {**facts, "also": "320"}
    assert record.assignment is not None
    assert record.assignment.officer == "Joint Secretary (Grievance)"
    assert record.assignment.since == LATER


def test_an_emergency_is_with_the_officer_before_the_portal_has_it() -> None:
    # GIVEN an emergency that the portal has not WHEN an officer gets it
    record = raised()
    # THEN it is raised at once, and still accepted
    assert record.status is Status.ACCEPTED
    assert types(record)[-1] is EventType.EMERGENCY_RAISED
    assert forwarding.needs_push(record)
    # WHEN the portal has it too THEN it is forwarded
    record = forwarding.pushed(record, portal_id=PORTAL_ID, at=LATER)
    assert record.status is Status.FORWARDED
    assert types(record)[-2:] == [EventType.PUSHED_TO_PORTAL, EventType.RECORD_FORWARDED]


def test_an_emergency_that_the_portal_had_first_is_raised_and_forwarded_together() -> None:
    record = assigned(in_portal(accepted(under_review(registered(emergency=True)))))
    assert record.status is Status.FORWARDED
    assert types(record)[-2:] == [EventType.EMERGENCY_RAISED, EventType.RECORD_FORWARDED]


def test_another_assignment_has_the_next_number_and_is_not_acknowledged_yet() -> None:
    first = forwarding.acknowledged(raised(), level=Level.NODAL, assignment=1, at=LATER)
    assert first.acknowledged_at == LATER
    second = assigned(first)
    assert second.assignment is not None
    assert second.assignment.number == 2
    assert second.acknowledged_at is None
    assert second.events[-1].data["assignment"] == 2


@pytest.mark.parametrize("status", sorted(REACHED - {Status.ACCEPTED}))
@pytest.mark.parametrize("emergency", [False, True])
def test_only_what_is_accepted_is_assigned(status: Status, *, emergency: bool) -> None:
    with pytest.raises(WrongState, match=status.value):
        assigned(in_status(status, emergency=emergency))


UNVALIDATED = sorted(
    {Status.REGISTERED, Status.UNDER_REVIEW, Status.REJECTED, Status.DUPLICATE, Status.AWAITING_CALLBACK}
)


@pytest.mark.parametrize("status", UNVALIDATED)
def test_only_what_is_validated_is_pushed(status: Status) -> None:
    with pytest.raises(WrongState, match=status.value):
        forwarding.pushed(in_status(status), portal_id=PORTAL_ID, at=LATER)


@pytest.mark.parametrize(
    ("level", "actor"),
    [
        (Level.NODAL, Actor.NODAL_OFFICER),
        (Level.HEAD, Actor.HEAD_OF_OFFICE),
        (Level.APEX, Actor.APEX_OF_OFFICE),
    ],
)
@pytest.mark.parametrize("record", [forwarded(), forwarded(emergency=True), raised()])
def test_whoever_acknowledges_is_named_by_office_and_not_by_name(
    record: Record, level: Level, actor: Actor
) -> None:
    after = forwarding.acknowledged(record, level=level, assignment=1, at=LATER)
    assert after.status is record.status
    assert after.acknowledged_at == LATER
    assert after.events[-1].by is actor
    told = {"office": "HFW", "level": level, "assignment": 1, "channel": None}
    assert after.events[-1].data == told


WITH_AN_OFFICER = {Status.UNDER_REVIEW, Status.ACCEPTED, Status.FORWARDED, Status.RECALLED}


@pytest.mark.parametrize("status", sorted(REACHED - WITH_AN_OFFICER))
def test_nothing_else_is_acknowledged(status: Status) -> None:
    with pytest.raises(WrongState, match=status.value):
        forwarding.acknowledged(in_status(status), level=Level.NODAL, assignment=1, at=LATER)


def test_the_portals_reason_reaches_the_analysts_shortened() -> None:
    finding = forwarding.refused_by_portal("x" * 600)
    assert finding.code == forwarding.PORTAL_REFUSED
    assert finding.text.count("x") == 500
