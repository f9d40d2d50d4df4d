"""Who is alerted of what."""

import pytest

from functions.domain.alerts import CHANNELS, Alert, Channel, alerts_for
from functions.domain.lifecycle import TELLS
from functions.domain.office import Level
from functions.domain.record import EventType, Record, Status
from tests.builders import REACHED, event_of, forwarded, in_status, officer, raised, with_officer

BOTH = {Level.NODAL, Level.HEAD}


def alerts(record: Record, kind: EventType) -> tuple[Alert, ...]:
    return alerts_for(record, event_of(record, kind))


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


def test_whoever_it_is_with_is_told_also_above_all_offices() -> None:
    # GIVEN no office had an officer, and it is with the last step of the ladder
    record = forwarded(who=officer("CMO", Level.APEX))
    # THEN that officer is told, and not only those whose posts may be empty
    told = alerts(record, EventType.RECORD_FORWARDED)
    assert {alert.level for alert in told} == {*BOTH, Level.APEX}
    assert {alert.office for alert in told} == {"CMO"}


def test_each_alert_has_a_key_of_its_own() -> None:
    told = [*alerts(forwarded(), EventType.RECORD_FORWARDED), *alerts(raised(), EventType.EMERGENCY_RAISED)]
    assert len({alert.key for alert in told}) == len(told)
    assert told[0].key == f"{told[0].sequence:06d}#nodal#{Channel.SMS}"
