"""Who is alerted of what."""

import pytest

from functions.adapters import bundled
from functions.domain import forwarding
from functions.domain.alerts import (
    CHANNELS,
    INFORMED,
    OFTEN,
    TRANSFERRED_OFTEN,
    Alert,
    Channel,
    alerts_for,
)
from functions.domain.lifecycle import TELLS
from functions.domain.office import Level
from functions.domain.record import EventType, Record, Status
from tests.builders import (
    NOW,
    REACHED,
    SUBJECT,
    accepted,
    event_of,
    forwarded,
    in_portal,
    in_status,
    officer,
    raised,
    registered,
    under_review,
    with_officer,
)

BOTH = {Level.NODAL, Level.HEAD}
OFFICES = bundled.registers().offices


def alerts(record: Record, kind: EventType, *, besides: bool = False) -> tuple[Alert, ...]:
    """To the office of an event, or besides."""
    told = alerts_for(record, event_of(record, kind))
    return tuple(alert for alert in told if alert.besides is besides)


def transferred(record: Record, office: str, **named: str | None) -> Record:
    who = officer(office)
    subject = SUBJECT.model_copy(update={"department": None, "district": None, **named})
    return forwarding.transferred(record, subject=subject, office=OFFICES[office], officer=who, at=NOW)


def test_a_forwarded_grievance_tells_nodal_officer_and_head_by_sms_and_mail() -> None:
    told = alerts(forwarded(), EventType.RECORD_FORWARDED)
    assert {(alert.level, alert.channel) for alert in told} == {
        (level, channel) for level in BOTH for channel in CHANNELS
    }
    assert {alert.template for alert in told} == {"officer_forwarded"}
    assert {(alert.office, alert.assignment) for alert in told} == {("HFW", 1)}


def test_the_nodal_officer_is_told_first() -> None:
    assert [alert.level for alert in alerts(forwarded(), EventType.RECORD_FORWARDED)][:2] == [Level.NODAL] * 2


def test_an_emergency_is_told_when_it_is_raised_and_not_again_when_forwarded() -> None:
    emergency = forwarded(emergency=True)
    assert alerts(emergency, EventType.RECORD_FORWARDED) == ()
    told = alerts(raised(), EventType.EMERGENCY_RAISED)
    assert {alert.template for alert in told} == {"officer_emergency"}
    assert {alert.level for alert in told} == BOTH


@pytest.mark.parametrize("status", sorted(REACHED))
@pytest.mark.parametrize("emergency", [False, True])
def test_no_other_event_tells_anybody(status: Status, *, emergency: bool) -> None:
    record = in_status(status, emergency=emergency)
    for event in record.events:
        if event.type not in TELLS:
            assert alerts_for(record, event) == ()


def test_nobody_is_told_of_an_assignment_that_another_has_replaced() -> None:
    first = raised()
    second = with_officer(first)
    old, new = (event for event in second.events if event.type is EventType.EMERGENCY_RAISED)
    assert alerts_for(second, old) == ()
    assert {alert.assignment for alert in alerts_for(second, new)} == {2}


@pytest.mark.parametrize(
    ("leads", "named", "also"),
    [
        ("HFW", {"department": "HFW", "district": "320"}, "320"),
        # A rule gave it to the district, or to another department.
        ("320", {"department": "HFW", "district": "320"}, "HFW"),
        ("WCDSW", {"department": "HFW", "district": "320"}, "320"),
        ("HFW", {"department": "HFW"}, None),
        ("320", {"district": "320"}, None),
        ("320", {"department": "CMO", "district": "320"}, None),
        ("POL-RANAGHAT", {"department": "HFW", "district": "320", "police_office": "POL-RANAGHAT"}, None),
        ("CMO", {"district": "320", "police_office": "POL-RANAGHAT"}, None),
        ("POL-RANAGHAT", {"department": "HFW", "district": "320"}, None),
    ],
)
@pytest.mark.parametrize("emergency", [False, True])
def test_of_department_and_district_the_one_that_does_not_lead_is_told_by_mail(
    leads: str, named: dict[str, str], also: str | None, *, emergency: bool
) -> None:
    subject = SUBJECT.model_copy(update={"department": None, "district": None, **named})
    waiting = under_review(registered(subject=subject, emergency=emergency))
    record = with_officer(in_portal(accepted(waiting)), who=officer(leads))
    kind = EventType.EMERGENCY_RAISED if emergency else EventType.RECORD_FORWARDED

    told = alerts(record, kind, besides=True)

    assert event_of(record, kind).data.get("also") == also
    assert [(alert.office, alert.level, alert.channel) for alert in told] == (
        [] if also is None else [(also, Level.NODAL, Channel.EMAIL)]
    )
    for alert in told:
        assert (alert.template, alert.for_information, alert.asks) == (INFORMED, True, False)
    # An emergency's forwarding tells nobody anything new.
    assert not emergency or alerts_for(record, event_of(record, EventType.RECORD_FORWARDED)) == ()


def test_the_other_office_is_not_told_of_what_has_gone_on_since() -> None:
    first = raised()
    assert alerts_for(with_officer(first), event_of(first, EventType.EMERGENCY_RAISED)) == ()


def test_the_third_transfer_is_told_to_the_cell_whatever_came_of_it_and_no_other_is() -> None:
    record = forwarded()
    told: list[int] = []
    for office in ("PRD", "320", "PHE", "HFW"):
        named = {"district": office} if office == "320" else {"department": office}
        record = transferred(record, office, **named)
        event = record.events[-1]
        assert event.data["transfers"] == record.transfers
        to_cell = [one for one in alerts_for(record, event) if one.template == TRANSFERRED_OFTEN]
        told += [record.transfers] * len(to_cell)
        assert {(one.office, one.level, one.channel) for one in to_cell} <= {
            ("CMO", Level.APEX, Channel.EMAIL)
        }
        assert not any(one.asks for one in to_cell)
    assert told == [OFTEN]
    third = record.events[-2]
    assert [alert.template for alert in alerts_for(record, third)] == [TRANSFERRED_OFTEN]


def test_a_transfer_to_department_and_district_tells_the_district_as_well() -> None:
    record = transferred(forwarded(), "PRD", department="PRD", district="303")
    (alert,) = alerts(record, EventType.RECORD_FORWARDED, besides=True)
    assert (alert.office, alert.template) == ("303", INFORMED)


def test_a_third_transfer_that_found_nobody_but_the_cell_tells_it_both() -> None:
    record = forwarded().model_copy(update={"transfers": 2})
    subject = SUBJECT.model_copy(update={"department": "PRD", "district": None})
    record = forwarding.transferred(
        record, subject=subject, office=OFFICES["CMO"], officer=officer("CMO", Level.APEX), at=NOW
    )
    told = [one for one in alerts_for(record, record.events[-1]) if one.level is Level.APEX]
    assert len({one.key for one in told}) == len(told) == 3


def test_whoever_it_is_with_is_told_also_above_all_offices() -> None:
    # GIVEN no office had an officer, and it is with the last step of the ladder
    record = forwarded(who=officer("CMO", Level.APEX))
    # THEN that officer is told, and not only those whose posts may be empty
    told = alerts(record, EventType.RECORD_FORWARDED)
    assert {alert.level for alert in told} == {*BOTH, Level.APEX}
    assert {alert.office for alert in told} == {"CMO"}


def test_each_alert_has_a_key_of_its_own() -> None:
    told = [
        *alerts_for(forwarded(), event_of(forwarded(), EventType.RECORD_FORWARDED)),
        *alerts_for(raised(), event_of(raised(), EventType.EMERGENCY_RAISED)),
    ]
    assert len({alert.key for alert in told}) == len(told)
    assert told[0].key == f"{told[0].sequence:06d}#nodal#{Channel.SMS}"
