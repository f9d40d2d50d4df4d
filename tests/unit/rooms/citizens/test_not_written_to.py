"""Who is not written to: landlines, who opted out, numbers that take no SMS."""

import json
from io import StringIO

import pytest

from functions.domain.errors import Undeliverable
from functions.domain.opt_out import OptOut
from functions.domain.record import EventType
from functions.notify import citizens
from tests.builders import NOW
from tests.fakes import FakePorts
from tests.unit.rooms.citizens.callers import (
    REJECTED,
    called,
    closed,
    kinds,
    linked,
    phone_of,
    rejected,
    told,
)

LANDLINE = "+913322145555"


def test_a_landline_is_not_written_to_and_its_number_not_logged(
    outside: FakePorts, logged: StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    counted: list[str] = []
    monkeypatch.setattr(citizens, "count", counted.append)
    record = rejected(called(1, phone=LANDLINE))
    outside.records.put(record)
    assert told(outside, record, REJECTED) == 0
    assert outside.messaging.sms == []
    assert outside.alert_log.claimed == {}
    assert counted == ["LandlineNotTold"]
    (line,) = logged.getvalue().splitlines()
    assert json.loads(line)["citizen_of"] == record.reference
    assert LANDLINE.removeprefix("+91") not in line


def test_who_opted_out_is_told_nothing_until_he_takes_it_back(
    outside: FakePorts, logged: StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    counted: list[str] = []
    monkeypatch.setattr(citizens, "count", counted.append)
    record = rejected(called(1))
    outside.records.put(record)
    says(outside, phone_of(1), opted_out=True)
    assert told(outside, record, REJECTED) == 0
    assert outside.messaging.sms == []
    assert outside.alert_log.claimed == {}
    assert counted == ["CitizenOptedOut"]
    assert phone_of(1).removeprefix("+91") not in logged.getvalue()
    says(outside, phone_of(1), opted_out=False)
    assert told(outside, record, REJECTED) == 1


def test_of_the_linked_who_opted_out_is_left_out_and_the_others_are_told(outside: FakePorts) -> None:
    lead = closed(called(1))
    outside.records.put(lead, *(linked(called(number), lead) for number in (2, 3)))
    says(outside, phone_of(2), opted_out=True)
    told(outside, lead, EventType.RECORD_CLOSED)
    assert kinds(outside) == [(phone_of(1), "citizen_closed"), (phone_of(3), "citizen_linked_redressed")]


def says(outside: FakePorts, phone: str, *, opted_out: bool) -> None:
    outside.opt_outs.said.append(OptOut(phone=phone, opted_out=opted_out, agent_id="A-17", at=NOW))


def test_a_number_that_takes_no_sms_is_given_up_without_another_try(
    outside: FakePorts, logged: StringIO
) -> None:
    record = rejected(called(1))
    outside.records.put(record)
    outside.messaging.broken[phone_of(1)] = Undeliverable("sms", "OptedOut")
    assert told(outside, record, REJECTED) == 0
    assert phone_of(1).removeprefix("+91") not in logged.getvalue()
    outside.messaging.broken.clear()
    assert told(outside, record, REJECTED) == 0
    assert outside.messaging.sms == []
