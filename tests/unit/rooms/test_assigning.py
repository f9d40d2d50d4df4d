"""Who gets it: the office's officer in post, else the CMO Grievance Cell's, and never silently nobody."""

from datetime import timedelta

import pytest

from functions.domain.office import Level
from functions.domain.record import EventType, Record, Status, Subject
from functions.route.assigning import NO_OFFICER, NO_OFFICER_YET, assign
from tests.builders import (
    NOW,
    SUBJECT,
    accepted,
    forwarded,
    in_portal,
    in_status,
    officer,
    raised,
    reference_of,
    registered,
    under_review,
    upload,
)
from tests.fakes import FakePorts

REFERENCE = reference_of()
POLICE = "POL-RANAGHAT"


def about(**offices: str | None) -> Record:
    """A record in the portal, for these offices."""
    subject = Subject.model_validate(
        {**SUBJECT.model_dump(), "department": None, "district": None, **offices}
    )
    return in_portal(accepted(under_review(registered(subject=subject))))


def assignee(outside: FakePorts) -> tuple[str, Level] | None:
    assignment = outside.records.load(REFERENCE).assignment
    return (assignment.office, assignment.level) if assignment else None


@pytest.mark.parametrize(
    ("record", "office"),
    [
        (about(department="HFW", district="320", police_office=POLICE), POLICE),
        (about(department="HFW", district="320"), "HFW"),
        (about(district="320"), "320"),
    ],
)
def test_the_police_come_first_then_the_department_then_the_district(
    outside: FakePorts, record: Record, office: str
) -> None:
    outside.records.put(record)
    assert assign(outside, REFERENCE) == "routed"
    assert assignee(outside) == (office, Level.NODAL)
    assert outside.records.load(REFERENCE).status is Status.FORWARDED


def test_every_office_of_the_sample_registry_has_somebody(outside: FakePorts) -> None:
    for number, office in enumerate(outside.registry.registers().offices.values()):
        record = about(district="320").model_copy(
            update={"reference": f"SSM-{number:04d}", "portal_id": f"CMO/2026/{number:07d}"}
        )
        field = {"department": "department", "district": "district"}.get(office.kind, "police_office")
        subject = SUBJECT.model_copy(update={"department": None, "district": None, field: office.code})
        outside.records.put(record.model_copy(update={"subject": subject}))
        assert assign(outside, f"SSM-{number:04d}") == "routed"
        given = outside.records.load(f"SSM-{number:04d}").assignment
        assert given is not None
        assert given.office == office.code


def test_without_a_nodal_officer_it_is_the_heads(outside: FakePorts) -> None:
    yesterday = (NOW - timedelta(days=1)).date()
    outside.registry.officers = [officer(valid_to=yesterday), officer(level=Level.HEAD)]
    outside.records.put(in_portal())
    assert assign(outside, REFERENCE) == "routed"
    assert assignee(outside) == ("HFW", Level.HEAD)


def test_without_anybody_in_the_office_it_is_the_cmo_cells(outside: FakePorts) -> None:
    outside.registry.officers = [officer("320"), officer("CMO", Level.APEX)]
    outside.records.put(in_portal())
    assert assign(outside, REFERENCE) == "routed"
    assert assignee(outside) == ("CMO", Level.APEX)


def test_with_nobody_at_all_it_says_so_and_changes_nothing(outside: FakePorts) -> None:
    outside.registry.officers = [
        officer("320"),
        officer("CMO", Level.NODAL, valid_to=NOW.date() - timedelta(1)),
    ]
    outside.records.put(in_portal())
    assert assign(outside, REFERENCE) == NO_OFFICER
    assert outside.records.writes == 0


def test_while_an_emergency_waits_for_the_portal_somebody_may_still_be_named(outside: FakePorts) -> None:
    outside.registry.officers = []
    outside.records.put(accepted(under_review(registered(emergency=True))))
    assert assign(outside, REFERENCE) == NO_OFFICER_YET
    assert outside.records.writes == 0
    # WHEN the portal has it and nobody was named meanwhile
    outside.records.put(in_portal(outside.records.load(REFERENCE)))
    assert assign(outside, REFERENCE) == NO_OFFICER


def test_when_an_officer_is_uploaded_it_is_routed_after_all(outside: FakePorts) -> None:
    outside.registry.officers = []
    outside.records.put(in_portal())
    assert assign(outside, REFERENCE) == NO_OFFICER
    outside.registry.apply_officers([officer()], upload())
    assert assign(outside, REFERENCE) == "routed"


def test_the_day_in_office_is_reckoned_in_india(outside: FakePorts) -> None:
    # GIVEN an officer from the 25th, and half past midnight of the 25th in India
    outside.registry.officers = [officer(valid_from=(NOW + timedelta(days=1)).date())]
    outside.clock.moment = NOW.replace(hour=19, minute=0)
    outside.records.put(in_portal())
    assert assign(outside, REFERENCE) == "routed"
    assert assignee(outside) == ("HFW", Level.NODAL)


def test_an_emergency_is_raised_whether_the_portal_has_it_or_not(outside: FakePorts) -> None:
    outside.records.put(accepted(under_review(registered(emergency=True))))
    assert assign(outside, REFERENCE) == "routed"
    record = outside.records.load(REFERENCE)
    assert record.status is Status.ACCEPTED
    assert record.events[-1].type is EventType.EMERGENCY_RAISED


@pytest.mark.parametrize(
    "record",
    [
        forwarded(),
        raised(),
        in_status(Status.UNDER_REVIEW),
        in_status(Status.REJECTED),
        in_status(Status.REGISTERED),
    ],
)
def test_what_needs_no_officer_is_left_alone(outside: FakePorts, record: Record) -> None:
    outside.records.put(record)
    assert assign(outside, REFERENCE) == "routed"
    assert outside.records.load(REFERENCE) == record


def test_a_step_that_comes_again_assigns_once(outside: FakePorts) -> None:
    outside.records.put(in_portal())
    outside.records.before_write.append(lambda: met.append(assign(outside, REFERENCE)))
    met: list[str] = []
    assert assign(outside, REFERENCE) == "routed"
    assert met == ["routed"]
    record = outside.records.load(REFERENCE)
    assert record.assignment is not None
    assert record.assignment.number == 1
    assert [event.type for event in record.events].count(EventType.RECORD_FORWARDED) == 1
