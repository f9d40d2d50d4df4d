"""Who is alerted of what."""

from datetime import timedelta

import pytest

from functions.adapters import bundled
from functions.domain import clock, forwarding, review
from functions.domain.alert_rules import OFTEN, RUNG, STAND_DOWN
from functions.domain.alerts import Alert, alerts_for, is_overtaken
from functions.domain.assignment import awaits_redress
from functions.domain.calendar import Calendar
from functions.domain.channel import Channel
from functions.domain.lifecycle import TABLE, TELLS
from functions.domain.office import Level
from functions.domain.record import Actor, Event, EventType, Record, Status
from tests.builders import (
    ALERT_RULES,
    NOW,
    REACHED,
    SUBJECT,
    accepted,
    action_taken,
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
OF_AN_ORDINARY_ONE = (Channel.SMS, Channel.EMAIL)
INFORMED = "officer_informed"
TRANSFERRED_OFTEN = "cell_transferred"
OFFICES = bundled.registers().offices


def caused(record: Record, event: Event) -> tuple[Alert, ...]:
    return alerts_for(record, event, ALERT_RULES)


def alerts(record: Record, kind: EventType, *, besides: bool = False) -> tuple[Alert, ...]:
    """To the office of an event, or besides."""
    told = caused(record, event_of(record, kind))
    return tuple(alert for alert in told if alert.besides is besides)


def transferred(record: Record, office: str, **named: str | None) -> Record:
    who = officer(office)
    subject = SUBJECT.model_copy(update={"department": None, "district": None, **named})
    return forwarding.transferred(record, subject=subject, office=OFFICES[office], officer=who, at=NOW)


def test_a_forwarded_grievance_tells_nodal_officer_and_head_by_sms_and_mail() -> None:
    told = alerts(forwarded(), EventType.RECORD_FORWARDED)
    assert {(alert.level, alert.channel) for alert in told} == {
        (level, channel) for level in BOTH for channel in OF_AN_ORDINARY_ONE
    }
    assert {alert.template for alert in told} == {"officer_forwarded"}
    assert {(alert.office, alert.assignment) for alert in told} == {("HFW", 1)}


def test_the_nodal_officer_is_told_first() -> None:
    assert [alert.level for alert in alerts(forwarded(), EventType.RECORD_FORWARDED)][:2] == [Level.NODAL] * 2


def test_what_is_written_goes_to_everybody_before_anybody_is_called() -> None:
    told = alerts(raised(), EventType.EMERGENCY_RAISED)
    written, read_by_and_by = (Channel.SMS, Channel.EMAIL), (Channel.WHATSAPP, Channel.VOICE)
    assert [(alert.level, alert.channel) for alert in told] == [
        *((level, channel) for level in (Level.NODAL, Level.HEAD) for channel in written),
        *((level, channel) for channel in read_by_and_by for level in (Level.NODAL, Level.HEAD)),
    ]


def test_an_emergency_is_told_when_it_is_raised_and_not_again_when_forwarded() -> None:
    emergency = forwarded(emergency=True)
    assert alerts(emergency, EventType.RECORD_FORWARDED) == ()
    told = alerts(raised(), EventType.EMERGENCY_RAISED)
    assert {alert.template for alert in told} == {"officer_emergency"}
    assert {(alert.level, alert.channel) for alert in told} == {
        (level, channel) for level in BOTH for channel in Channel
    }
    assert not any(alert.keeps_hours for alert in told)


@pytest.mark.parametrize("status", sorted(REACHED))
@pytest.mark.parametrize("emergency", [False, True])
def test_no_other_event_tells_anybody(status: Status, *, emergency: bool) -> None:
    record = in_status(status, emergency=emergency)
    for event in record.events:
        if event.type not in TELLS and STAND_DOWN not in event.data:
            assert caused(record, event) == ()


def test_nobody_is_told_of_an_assignment_that_another_has_replaced() -> None:
    first = raised()
    second = with_officer(first)
    old, new = (event for event in second.events if event.type is EventType.EMERGENCY_RAISED)
    assert caused(second, old) == ()
    assert {alert.assignment for alert in caused(second, new)} == {2}


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
    assert not emergency or caused(record, event_of(record, EventType.RECORD_FORWARDED)) == ()


def test_the_other_office_is_not_told_of_what_has_gone_on_since() -> None:
    first = raised()
    assert caused(with_officer(first), event_of(first, EventType.EMERGENCY_RAISED)) == ()


def test_the_third_transfer_is_told_to_the_cell_whatever_came_of_it_and_no_other_is() -> None:
    record = forwarded()
    told: list[int] = []
    for office in ("PRD", "320", "PHE", "HFW"):
        named = {"district": office} if office == "320" else {"department": office}
        record = transferred(record, office, **named)
        event = record.events[-1]
        assert event.data["transfers"] == record.transfers
        to_cell = [one for one in caused(record, event) if one.template == TRANSFERRED_OFTEN]
        told += [record.transfers] * len(to_cell)
        assert {(one.office, one.level, one.channel) for one in to_cell} <= {
            ("CMO", Level.APEX, Channel.EMAIL)
        }
        assert not any(one.asks for one in to_cell)
    assert told == [OFTEN]
    third = record.events[-2]
    assert [alert.template for alert in caused(record, third)] == [TRANSFERRED_OFTEN]


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
    told = [one for one in caused(record, record.events[-1]) if one.level is Level.APEX]
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
        *caused(forwarded(), event_of(forwarded(), EventType.RECORD_FORWARDED)),
        *caused(raised(), event_of(raised(), EventType.EMERGENCY_RAISED)),
    ]
    assert len({alert.key for alert in told}) == len(told)
    assert told[0].key == f"{told[0].sequence:06d}#nodal#{Channel.SMS}"


def test_an_ordinary_matter_disturbs_nobody_at_night_and_an_emergency_does() -> None:
    ordinary = alerts(forwarded(), EventType.RECORD_FORWARDED)
    assert all(alert.keeps_hours for alert in ordinary)
    moved = transferred(forwarded(emergency=True), "PRD", department="PRD")
    told = alerts(moved, EventType.RECORD_FORWARDED)
    assert {alert.channel for alert in told} == set(Channel)
    assert {(alert.template, alert.keeps_hours) for alert in told} == {("officer_emergency", False)}


def on_rung(rung: int, office: str, level: Level) -> tuple[Record, Event]:
    record = raised()
    event = Event(
        sequence=len(record.events) + 1,
        type=EventType.SLA_REMINDER_DUE,
        at=NOW,
        by=Actor.SLA_TIMER,
        note="A rung",
        data={"emergency": True, "assignment": 1, "office": office, "level": level, RUNG: rung},
    )
    return record.model_copy(update={"events": (*record.events, event)}), event


@pytest.mark.parametrize(
    ("rung", "office", "level", "channels"),
    [
        (1, "HFW", Level.NODAL, {Channel.SMS, Channel.VOICE}),
        (2, "HFW", Level.HEAD, set(Channel)),
        (3, "HFW", Level.APEX, set(Channel)),
        (4, "CMO", Level.APEX, set(Channel)),
    ],
)
def test_each_rung_of_the_ladder_tells_one_more(
    rung: int, office: str, level: Level, channels: set[Channel]
) -> None:
    told = caused(*on_rung(rung, office, level))
    assert {(alert.office, alert.level) for alert in told} == {(office, level)}
    assert {alert.channel for alert in told} == channels
    for alert in told:
        assert (alert.template, alert.rung, alert.asks) == ("officer_unacknowledged", rung, True)
        assert (alert.keeps_hours, alert.for_information, alert.besides) == (False, False, False)


def test_no_rung_is_told_of_an_assignment_that_another_has_replaced() -> None:
    record, event = on_rung(2, "HFW", Level.HEAD)
    assert caused(with_officer(record), event) == ()


def turned_down(record: Record) -> Record:
    waiting = review.ask(record, findings=(), term=None, calendar=Calendar(), at=NOW)
    return review.reject(waiting, analyst_id="DA-1", reason="no emergency", at=NOW)


def test_whom_the_ladder_called_in_stands_down_with_the_office() -> None:
    office_alone = turned_down(raised())
    told = caused(office_alone, office_alone.events[-1])
    assert {(alert.office, alert.level) for alert in told} == {("HFW", level) for level in BOTH}

    for_all, _ = on_rung(4, "CMO", Level.APEX)
    called_in = turned_down(for_all)
    told = caused(called_in, called_in.events[-1])
    assert {(alert.office, alert.level) for alert in told} == {
        ("HFW", Level.NODAL),
        ("HFW", Level.HEAD),
        ("CMO", Level.APEX),
    }
    assert {alert.channel for alert in told} == {Channel.SMS, Channel.EMAIL, Channel.WHATSAPP}
    assert len({alert.key for alert in told}) == len(told)
    assert not any(alert.asks for alert in told)


def test_of_an_escalation_and_a_breach_is_told_whatever_came_of_it() -> None:
    for kind in (EventType.SLA_BREACHED, EventType.ESCALATED):
        rows = [row for row in ALERT_RULES.rows if row.event is kind]
        assert rows
        assert all(row.outlives_assignment for row in rows)


# --- overtaken ---------------------------------------------------------------------------------------------


def still_asked(record: Record, kind: EventType = EventType.EMERGENCY_RAISED) -> set[Level]:
    """To whom what an event asks for is to be told still."""
    event = event_of(record, kind)
    asking = [alert for alert in caused(record, event) if alert.asks]
    assert asking
    return {alert.level for alert in asking if not is_overtaken(record, event, alert)}


def acknowledged_by(level: Level, *, minutes: int = 1) -> Record:
    at = NOW + timedelta(minutes=minutes)
    return forwarding.acknowledged(raised(), level=level, assignment=1, at=at)


def test_nothing_is_overtaken_when_it_happens() -> None:
    asking = {row.event for row in ALERT_RULES.rows if row.asks}
    assert asking
    for rule in TABLE:
        if rule.event in asking and rule.tells & TELLS[rule.event]:
            record = forwarded(emergency=True).model_copy(update={"status": rule.to})
            assert awaits_redress(record), rule
    assert still_asked(raised()) == BOTH


def test_what_was_redressed_or_turned_down_is_asked_of_nobody_any_more() -> None:
    for over in (action_taken(raised()), turned_down(raised())):
        assert still_asked(over) == set()


def test_whoever_acknowledged_it_is_not_asked_again_and_the_other_hears_of_it_all_the_same() -> None:
    assert still_asked(acknowledged_by(Level.NODAL)) == {Level.HEAD}
    assert still_asked(acknowledged_by(Level.HEAD)) == {Level.NODAL}


def test_an_acknowledgement_answers_nothing_that_came_after_it() -> None:
    record = acknowledged_by(Level.NODAL)
    late = record.due_at
    assert late is not None
    reminded = clock.remind(record, at=late - timedelta(hours=1))
    assert still_asked(reminded, kind=EventType.SLA_REMINDER_DUE) == {Level.NODAL}


def test_what_asks_for_nothing_is_told_whatever_became_of_it() -> None:
    record = turned_down(raised())
    event = record.events[-1]
    told = caused(record, event)
    assert told
    assert not any(is_overtaken(record, event, alert) for alert in told)
