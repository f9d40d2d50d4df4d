"""Alerts: each goes out once, whatever comes twice; what one channel cannot send, the other does."""

import re
from datetime import timedelta
from io import StringIO

import pytest

from functions.adapters.bundled import registers
from functions.domain import review
from functions.domain.acknowledgement import LIFETIME, LinkState, digest_of, state_of
from functions.domain.calendar import Calendar
from functions.domain.channel import Channel
from functions.domain.errors import NotFound, Unavailable
from functions.domain.office import Level
from functions.domain.record import EventType, Record
from functions.domain.timers import run_out
from functions.notify.alerting import tell
from tests.builders import (
    CALLER,
    DETAILS,
    IDENTIFIERS,
    MASKED,
    NAME,
    NOW,
    PHONE,
    PRIVATE,
    SUBJECT,
    accepted,
    action_taken,
    event_of,
    forwarded,
    in_portal,
    officer,
    raised,
    reference_of,
    registered,
    telling_identifiers,
    under_review,
    visited,
    with_officer,
)
from tests.fakes import FakePorts

REFERENCE = reference_of()
BASE = "https://ssm.wb.example"
NODAL = officer(phone="+919000000061", email="nodal.hfw@officers.wb.example", language="bn")
HEAD = officer(level=Level.HEAD, phone="+919000000062", email="head.hfw@officers.wb.example")
CHANNELS = (Channel.SMS, Channel.EMAIL)
"""Those by which an ordinary matter is told."""
TOKEN = re.compile(re.escape(BASE) + r"/v1/ack\?t=([A-Za-z0-9_-]+)")


@pytest.fixture(autouse=True)
def _two_officers(outside: FakePorts) -> None:
    outside.registry.officers = [NODAL, HEAD]


def told(outside: FakePorts, record: Record, kind: EventType = EventType.RECORD_FORWARDED) -> int:
    outside.records.put(record)
    return tell(outside, BASE, REFERENCE, event_of(record, kind).sequence)


def tokens(outside: FakePorts) -> list[str]:
    texts = [sms.text for sms in outside.messaging.sms] + [mail.text for mail in outside.messaging.mails]
    return [token for text in texts for token in TOKEN.findall(text)]


def test_nodal_officer_and_head_are_told_by_sms_and_mail(outside: FakePorts) -> None:
    assert told(outside, forwarded()) == 4
    assert {sms.phone for sms in outside.messaging.sms} == {NODAL.phone, HEAD.phone}
    assert {mail.to for mail in outside.messaging.mails} == {NODAL.email, HEAD.email}
    assert all(REFERENCE in sms.text for sms in outside.messaging.sms)
    assert all(REFERENCE in mail.subject for mail in outside.messaging.mails)


def test_each_officer_is_written_to_in_his_language_under_that_texts_registration(
    outside: FakePorts,
) -> None:
    told(outside, forwarded())
    assert {sms.phone: sms.template for sms in outside.messaging.sms} == {
        NODAL.phone: "bn/officer_forwarded.sms.j2",
        HEAD.phone: "en/officer_forwarded.sms.j2",
    }


def test_an_emergency_is_told_with_its_own_texts(outside: FakePorts) -> None:
    told(outside, raised(), EventType.EMERGENCY_RAISED)
    assert {sms.template for sms in outside.messaging.sms} == {
        "bn/officer_emergency.sms.j2",
        "en/officer_emergency.sms.j2",
    }
    (head,) = [mail for mail in outside.messaging.mails if mail.to == HEAD.email]
    assert "EMERGENCY" in head.subject
    assert "25 Nov 2026, 10:15 IST" in head.text


def test_an_event_that_comes_again_tells_nobody_again(outside: FakePorts) -> None:
    told(outside, forwarded())
    outside.clock.advance(hours=3)
    assert told(outside, forwarded()) == 0
    assert (len(outside.messaging.sms), len(outside.messaging.mails)) == (2, 2)
    assert len(outside.alert_log.evidence) == 4


@pytest.mark.parametrize("dead", CHANNELS)
def test_with_one_channel_out_the_other_still_tells_and_the_event_comes_again(
    outside: FakePorts, dead: Channel
) -> None:
    outside.messaging.out = {dead}
    with pytest.raises(Unavailable):
        told(outside, forwarded())
    assert len(outside.messaging.sms) + len(outside.messaging.mails) == 2
    # WHEN the channel works again and the event comes again THEN the rest goes at once, and nothing twice
    outside.messaging.out = set()
    assert told(outside, forwarded()) == 2
    assert (len(outside.messaging.sms), len(outside.messaging.mails)) == (2, 2)


def test_an_alert_is_not_lost_when_its_event_comes_again_at_once(outside: FakePorts) -> None:
    # GIVEN a worker that died while it sent the first, and is still taken to be sending
    first_alert = f"{event_of(forwarded(), EventType.RECORD_FORWARDED).sequence:06d}#nodal#sms"
    outside.alert_log.claimed[REFERENCE, first_alert] = outside.clock.now()
    # WHEN the event comes again within that time, over and over
    for _ in range(100):
        outside.clock.advance(seconds=1)
        try:
            told(outside, forwarded())
        except Unavailable:
            continue
        break
    # THEN it is not done with before every alert went out
    assert (len(outside.messaging.sms), len(outside.messaging.mails)) == (2, 2)


def test_a_channel_stays_out_and_a_table_that_cannot_let_go_hides_neither(
    outside: FakePorts, monkeypatch: pytest.MonkeyPatch, logged: StringIO
) -> None:
    def out(*_: object) -> None:
        raise Unavailable("table")

    monkeypatch.setattr(outside.alert_log, "let_go", out)
    outside.messaging.out = {Channel.SMS}
    with pytest.raises(Unavailable, match="sms"):
        told(outside, forwarded())
    assert logged.getvalue().count("alert not let go") == 2
    # THEN it is as if the worker had died
    outside.messaging.out = set()
    with pytest.raises(Unavailable):
        told(outside, forwarded())
    outside.clock.advance(minutes=3)
    assert told(outside, forwarded()) == 2


def test_two_deliveries_at_once_tell_once(outside: FakePorts) -> None:
    # GIVEN another worker is sending the first alert just now
    record = forwarded()
    first_alert = f"{event_of(record, EventType.RECORD_FORWARDED).sequence:06d}#nodal#sms"
    outside.alert_log.claimed[REFERENCE, first_alert] = outside.clock.now()
    # THEN it is left to him, the others go, and the event comes again to see that he did
    with pytest.raises(Unavailable):
        told(outside, record)
    assert [sms.phone for sms in outside.messaging.sms] == [HEAD.phone]
    outside.alert_log.evidence[REFERENCE, first_alert] = "sent by the other"
    assert told(outside, record) == 0
    assert [sms.phone for sms in outside.messaging.sms] == [HEAD.phone]


def test_an_address_that_never_works_holds_back_nobody_else(outside: FakePorts) -> None:
    outside.messaging.broken[NODAL.email] = RuntimeError("the provider refuses this address")
    with pytest.raises(RuntimeError):
        told(outside, forwarded())
    assert {sms.phone for sms in outside.messaging.sms} == {NODAL.phone, HEAD.phone}
    assert [mail.to for mail in outside.messaging.mails] == [HEAD.email]


def test_of_an_assignment_that_another_replaced_nobody_is_told(outside: FakePorts) -> None:
    first = raised()
    second = with_officer(first)
    outside.records.put(second)
    sequence = event_of(first, EventType.EMERGENCY_RAISED).sequence
    assert tell(outside, BASE, REFERENCE, sequence) == 0
    assert outside.messaging.sms == []
    # SMS, mail and call to each; neither has a number for WhatsApp.
    assert tell(outside, BASE, REFERENCE, sequence + 1) == 6


def test_a_post_that_nobody_holds_does_not_keep_the_other_from_being_told(outside: FakePorts) -> None:
    outside.registry.officers = [NODAL]
    assert told(outside, forwarded()) == 2
    assert [mail.to for mail in outside.messaging.mails] == [NODAL.email]


def test_the_officer_told_is_the_one_in_post_today(outside: FakePorts) -> None:
    successor = officer(phone="+919000000077", valid_from=NOW.date())
    outside.registry.officers = [NODAL, HEAD, successor]
    told(outside, forwarded())
    assert NODAL.phone not in {sms.phone for sms in outside.messaging.sms}
    assert successor.phone in {sms.phone for sms in outside.messaging.sms}


def test_when_no_office_has_anybody_the_cmo_cells_officer_is_told(outside: FakePorts) -> None:
    apex = officer("CMO", Level.APEX, phone="+919000000111")
    outside.registry.officers = [apex]
    assert told(outside, forwarded(who=apex)) == 2
    assert [sms.phone for sms in outside.messaging.sms] == [apex.phone]
    assert [mail.to for mail in outside.messaging.mails] == [apex.email]


@pytest.mark.parametrize("kind", [EventType.RECORD_REGISTERED, EventType.PUSHED_TO_PORTAL])
def test_other_events_tell_nobody(outside: FakePorts, kind: EventType) -> None:
    assert told(outside, forwarded(), kind) == 0
    assert outside.alert_log.claimed == {}


def test_an_event_that_the_record_has_not_is_no_success(outside: FakePorts) -> None:
    outside.records.put(forwarded())
    with pytest.raises(Unavailable):
        tell(outside, BASE, REFERENCE, 99)
    with pytest.raises(NotFound):
        tell(outside, BASE, reference_of("CC-none"), 1)


def test_every_alert_has_a_link_of_its_own_that_is_stored_hashed(outside: FakePorts) -> None:
    told(outside, forwarded())
    sent = tokens(outside)
    assert len(set(sent)) == 4
    assert all(re.fullmatch(r"[A-Za-z0-9_-]{22}", token) for token in sent)
    assert set(outside.links.kept) == {digest_of(token) for token in sent}
    stored = " ".join(link.model_dump_json() for link in outside.links.kept.values())
    assert not [token for token in sent if token in stored]


def test_a_link_stands_for_the_officer_and_the_assignment_it_was_sent_for(outside: FakePorts) -> None:
    record = forwarded()
    told(outside, record)
    links = list(outside.links.kept.values())
    assert sorted(link.level for link in links) == ["head", "head", "nodal", "nodal"]
    for link in links:
        assert (link.reference, link.assignment) == (REFERENCE, 1)
        assert link.expires_at == NOW + LIFETIME
        assert state_of(link, record, NOW + timedelta(days=1)) is LinkState.ASK


@pytest.mark.parametrize("language", ["bn", "en", "hi", "ne", "ur", "sat"])
@pytest.mark.parametrize("emergency", [False, True])
def test_no_sms_and_no_subject_tells_the_callers_data(
    outside: FakePorts, language: str, *, emergency: bool
) -> None:
    outside.registry.officers = [
        officer(language=language),
        officer(level=Level.HEAD, language=language),
    ]
    record = raised() if emergency else forwarded()
    told(outside, record, EventType.EMERGENCY_RAISED if emergency else EventType.RECORD_FORWARDED)
    assert len(outside.messaging.sms) == 2
    open_to_all = [sms.text for sms in outside.messaging.sms]
    open_to_all += [mail.subject for mail in outside.messaging.mails]
    assert not [(said, text) for said in PRIVATE for text in open_to_all if said in text]


def test_the_mail_tells_the_officer_what_he_needs(outside: FakePorts) -> None:
    told(outside, forwarded())
    for mail in outside.messaging.mails:
        for body in (mail.text, mail.html):
            assert all(said in body for said in (PHONE, NAME, DETAILS, "CMO/2026/"))


def test_personal_identifiers_do_not_leave_in_mails(outside: FakePorts) -> None:
    told(outside, telling_identifiers(forwarded()))
    assert len(outside.messaging.mails) == 2
    for mail in outside.messaging.mails:
        # the name, the summary and the details
        assert mail.text.count(MASKED) == mail.html.count(MASKED) == 3
        assert not any(number in mail.text + mail.html for number in ("6789", "ABCPE", "31234567890"))
    # the table keeps the original
    subject = outside.records.load(REFERENCE).subject
    assert subject
    assert subject.details == IDENTIFIERS


def test_what_a_caller_said_is_no_markup_in_the_mail(outside: FakePorts) -> None:
    said = SUBJECT.model_copy(update={"summary": "<script>alert(1)</script>", "details": "<img src=x>"})
    before = registered().model_copy(
        update={"subject": said, "caller": CALLER.model_copy(update={"name": "<b>N</b>"})}
    )
    told(outside, with_officer(in_portal(accepted(under_review(before)))))
    for mail in outside.messaging.mails:
        assert "<script>" not in mail.html
        assert "<img" not in mail.html
        assert "<b>N</b>" not in mail.html
        assert "<script>alert(1)</script>" in mail.text


def test_a_matter_of_an_unknown_category_or_none_is_told_all_the_same(outside: FakePorts) -> None:
    bare = SUBJECT.model_copy(update={"category": "no-such", "district": None, "details": None})
    before = registered().model_copy(update={"subject": bare})
    assert told(outside, with_officer(in_portal(accepted(under_review(before))))) == 4


CELL = officer("CMO", Level.APEX, phone="+919000000063", email="apex.cmo@officers.wb.example")


def late(record: Record) -> Record:
    return run_out(record, NOW + timedelta(hours=25), lambda _: (registers().offices["HFW"], HEAD))


def test_a_breach_tells_the_nodal_officer_and_asks_nothing_of_him(outside: FakePorts) -> None:
    assert told(outside, late(forwarded(emergency=True)), EventType.SLA_BREACHED) == 2
    assert [sms.phone for sms in outside.messaging.sms] == [NODAL.phone]
    assert tokens(outside) == []
    assert outside.links.kept == {}


def test_an_escalation_tells_whom_it_is_with_now(outside: FakePorts) -> None:
    assert told(outside, late(forwarded(emergency=True)), EventType.ESCALATED) == 3
    assert [sms.phone for sms in outside.messaging.sms] == [HEAD.phone]
    assert [call.phone for call in outside.messaging.calls] == [HEAD.phone]
    assert len(set(tokens(outside))) == 2


def test_a_reminder_tells_the_officer_alone(outside: FakePorts) -> None:
    reminded = run_out(forwarded(emergency=True), NOW + timedelta(hours=13), lambda _: None)
    assert told(outside, reminded, EventType.SLA_REMINDER_DUE) == 2
    assert [sms.phone for sms in outside.messaging.sms] == [NODAL.phone]


def test_a_recall_tells_officer_and_head_what_was_found_wanting(outside: FakePorts) -> None:
    recalled = visited(action_taken(), meets_standard=False)
    assert told(outside, recalled, EventType.ATR_RECALLED) == 4
    by_address = {mail.to: mail.text for mail in outside.messaging.mails}
    assert "অভিযোগের নিষ্পত্তি হয়নি" in by_address[NODAL.email]
    assert "the grievance is not redressed" in by_address[HEAD.email]
    assert "could not be contacted" not in by_address[HEAD.email]


def test_a_promise_that_breaks_where_nobody_has_it_tells_the_cell(outside: FakePorts) -> None:
    outside.registry.officers = [NODAL, HEAD, CELL]
    waiting = under_review()
    assert waiting.promised_at is not None
    broken = run_out(waiting, waiting.promised_at, lambda _: None)
    assert told(outside, broken, EventType.SLA_BREACHED) == 2
    assert [sms.phone for sms in outside.messaging.sms] == [CELL.phone]


def back_with_the_analysts() -> Record:
    return review.ask(raised(), findings=(), term=None, calendar=Calendar(), at=NOW)


def test_an_office_that_was_told_of_an_emergency_is_told_to_stand_down_when_it_is_turned_down(
    outside: FakePorts,
) -> None:
    turned_down = review.reject(back_with_the_analysts(), analyst_id="DA-1", reason="no emergency", at=NOW)
    assert told(outside, turned_down, EventType.RECORD_REJECTED) == 4
    assert [sms.phone for sms in outside.messaging.sms] == [NODAL.phone, HEAD.phone]
    assert tokens(outside) == []
    assert "Stand down" in next(m.subject for m in outside.messaging.mails if m.to == HEAD.email)


def test_where_nobody_was_told_nobody_stands_down(outside: FakePorts) -> None:
    turned_down = review.reject(under_review(), analyst_id="DA-1", reason="no", at=NOW)
    assert told(outside, turned_down, EventType.RECORD_REJECTED) == 0
    assert outside.messaging.sms == []
    assert outside.messaging.mails == []


def test_a_head_who_has_the_matter_himself_is_not_told_for_information(outside: FakePorts) -> None:
    outside.registry.officers = [HEAD]
    told(outside, forwarded(who=HEAD))
    (mail,) = outside.messaging.mails
    assert "for information" not in mail.text
    assert "assigned to you as head of the office" in mail.text
