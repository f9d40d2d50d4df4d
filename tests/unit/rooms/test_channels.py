"""By which channels officers are told: an emergency by all of them, each in a language it is written in."""

import re

import pytest

from functions.domain.acknowledgement import digest_of
from functions.domain.alert_rules import RUNG
from functions.domain.channel import Channel
from functions.domain.errors import Unavailable
from functions.domain.office import Level
from functions.domain.record import Actor, Event, EventType, Record
from functions.notify.alerting import tell
from tests.builders import (
    NAME,
    NOW,
    PHONE,
    PRIVATE,
    action_taken,
    event_of,
    forwarded,
    officer,
    raised,
    reference_of,
    visited,
)
from tests.fakes import FakePorts

REFERENCE = reference_of()
BASE = "https://ssm.wb.example"
NODAL = officer(
    phone="+919000000061", whatsapp="+919000000071", email="nodal.hfw@officers.wb.example", language="bn"
)
HEAD = officer(
    level=Level.HEAD, phone="+919000000062", whatsapp="+919000000072", email="head.hfw@officers.wb.example"
)
CELL = officer(
    "CMO",
    Level.APEX,
    phone="+919000000063",
    whatsapp="+919000000073",
    email="apex.cmo@officers.wb.example",
    designation="Officer on Special Duty",
)


@pytest.fixture(autouse=True)
def _officers(outside: FakePorts) -> None:
    outside.registry.officers = [NODAL, HEAD, CELL]


def told(outside: FakePorts, record: Record, kind: EventType) -> int:
    outside.records.put(record)
    return tell(outside, BASE, REFERENCE, event_of(record, kind).sequence)


def test_an_emergency_reaches_nodal_officer_and_head_by_all_four(outside: FakePorts) -> None:
    assert told(outside, raised(), EventType.EMERGENCY_RAISED) == 8
    sent = outside.messaging
    assert [sms.phone for sms in sent.sms] == [NODAL.phone, HEAD.phone]
    assert [mail.to for mail in sent.mails] == [NODAL.email, HEAD.email]
    assert [one.phone for one in sent.whatsapp] == [NODAL.whatsapp, HEAD.whatsapp]
    assert [call.phone for call in sent.calls] == [NODAL.phone, HEAD.phone]
    texts = [sms.text for sms in sent.sms] + [call.text for call in sent.calls]
    texts += [one.message.text for one in sent.whatsapp]
    assert all(REFERENCE in text for text in texts)
    assert not [(said, text) for said in PRIVATE for text in texts if said in text]


def test_an_emergency_goes_at_any_hour_of_the_night(outside: FakePorts) -> None:
    outside.clock.advance(hours=14)
    assert told(outside, raised(), EventType.EMERGENCY_RAISED) == 8
    assert outside.records.load(REFERENCE).held_alerts == ()


def test_each_is_in_a_language_that_the_channel_has(outside: FakePorts) -> None:
    told(outside, raised(), EventType.EMERGENCY_RAISED)
    whatsapp = {one.phone: one.message for one in outside.messaging.whatsapp}
    assert whatsapp[str(NODAL.whatsapp)].template == "bn/officer_emergency.whatsapp.j2"
    assert "জরুরি অভিযোগ" in whatsapp[str(NODAL.whatsapp)].text
    assert whatsapp[str(HEAD.whatsapp)].template == "en/officer_emergency.whatsapp.j2"
    # Nobody speaks Bengali there.
    assert {call.language for call in outside.messaging.calls} == {"en"}


def test_a_whatsapp_message_has_what_fills_its_template_and_a_link_of_its_own(outside: FakePorts) -> None:
    told(outside, raised(), EventType.EMERGENCY_RAISED)
    head = outside.messaging.whatsapp[1].message
    assert head.parameters == (
        REFERENCE,
        "Swasthya Sathi card refused",
        "Health and Family Welfare",
        "25 Nov 2026, 10:15 IST",
    )
    assert head.reference == REFERENCE
    assert head.link_token
    assert f"{BASE}/v1/ack?t={head.link_token}" in head.text
    link = outside.links.kept[digest_of(head.link_token)]
    assert (link.level, link.assignment, link.channel) == (Level.HEAD, 1, Channel.WHATSAPP)


def test_a_link_names_its_channel_and_a_call_has_none(outside: FakePorts) -> None:
    told(outside, raised(), EventType.EMERGENCY_RAISED)
    channels = [link.channel for link in outside.links.kept.values()]
    linked = (Channel.SMS, Channel.EMAIL, Channel.WHATSAPP)
    assert sorted(str(one) for one in channels) == sorted(2 * linked)
    for call in outside.messaging.calls:
        assert not re.search(r"https?:|ack\?", call.text)
        assert "acknowledge" in call.text
        assert call.reference == REFERENCE


def test_who_has_no_whatsapp_is_told_by_the_others(outside: FakePorts) -> None:
    without = NODAL.model_copy(update={"whatsapp": None})
    outside.registry.officers = [without, HEAD, CELL]
    assert told(outside, raised(), EventType.EMERGENCY_RAISED) == 7
    assert [one.phone for one in outside.messaging.whatsapp] == [HEAD.whatsapp]
    assert len(outside.messaging.calls) == 2


@pytest.mark.parametrize("dead", Channel)
def test_with_one_channel_out_the_others_tell_and_it_follows(outside: FakePorts, dead: Channel) -> None:
    outside.messaging.out = {dead}
    with pytest.raises(Unavailable):
        told(outside, raised(), EventType.EMERGENCY_RAISED)
    assert len(outside.alert_log.evidence) == 6
    outside.messaging.out = set()
    assert told(outside, raised(), EventType.EMERGENCY_RAISED) == 2
    assert told(outside, raised(), EventType.EMERGENCY_RAISED) == 0
    assert len(outside.alert_log.evidence) == 8


def on_rung(rung: int, office: str, level: Level) -> Record:
    record = raised(who=NODAL)
    event = Event(
        sequence=len(record.events) + 1,
        type=EventType.SLA_REMINDER_DUE,
        at=NOW,
        by=Actor.SLA_TIMER,
        note="A rung",
        data={"emergency": True, "assignment": 1, "office": office, "level": level, RUNG: rung},
    )
    return record.model_copy(update={"events": (*record.events, event)})


def test_the_officer_is_called_and_written_to_once_more_on_the_first_rung(outside: FakePorts) -> None:
    assert told(outside, on_rung(1, "HFW", Level.NODAL), EventType.SLA_REMINDER_DUE) == 2
    assert [sms.phone for sms in outside.messaging.sms] == [NODAL.phone]
    assert [call.phone for call in outside.messaging.calls] == [NODAL.phone]
    assert "১৫ মিনিটেও" in outside.messaging.sms[0].text


def test_the_cell_is_told_who_has_what_nobody_acknowledged(outside: FakePorts) -> None:
    assert told(outside, on_rung(4, "CMO", Level.APEX), EventType.SLA_REMINDER_DUE) == 4
    (sms,), (mail,) = outside.messaging.sms, outside.messaging.mails
    (whatsapp,), (call,) = outside.messaging.whatsapp, outside.messaging.calls
    assert (sms.phone, mail.to, call.phone) == (CELL.phone, CELL.email, CELL.phone)
    for text in (sms.text, mail.text, mail.html, whatsapp.message.text, call.text):
        assert "Health and Family Welfare" in text
        assert "15 min" in text or "nobody has acknowledged" in text
    for text in (mail.text, whatsapp.message.text, call.text):
        assert NODAL.designation in text
    links = {link.level for link in outside.links.kept.values()}
    assert links == {Level.APEX}


def test_an_office_without_an_apex_of_its_own_is_no_loss(outside: FakePorts) -> None:
    assert told(outside, on_rung(3, "HFW", Level.APEX), EventType.SLA_REMINDER_DUE) == 0


def test_the_recall_of_an_emergency_calls_whoever_has_it_and_informs_the_head(outside: FakePorts) -> None:
    recalled = visited(action_taken(forwarded(emergency=True, who=NODAL)), meets_standard=False)
    assert told(outside, recalled, EventType.ATR_RECALLED) == 7
    assert [call.phone for call in outside.messaging.calls] == [NODAL.phone]
    assert [one.phone for one in outside.messaging.whatsapp] == [NODAL.whatsapp, HEAD.whatsapp]


def test_mails_of_one_record_name_it_so_that_they_stand_together(outside: FakePorts) -> None:
    told(outside, raised(), EventType.EMERGENCY_RAISED)
    assert {mail.reference for mail in outside.messaging.mails} == {REFERENCE}
    # What leaves by mail alone.
    assert all(NAME in mail.text and PHONE in mail.text for mail in outside.messaging.mails)
