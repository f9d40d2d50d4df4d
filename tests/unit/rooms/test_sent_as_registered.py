"""What goes out by SMS and WhatsApp is what is registered: operators drop, and Meta refuses, what is not."""

from __future__ import annotations

from datetime import timedelta

import pytest

from functions.adapters.bundled import registers
from functions.domain import review
from functions.domain.calendar import Calendar
from functions.domain.office import Level
from functions.domain.record import Record
from functions.domain.timers import run_out
from functions.notify.alerting import tell
from functions.notify.citizens import tell_citizens
from infra.messages.catalogue import read
from infra.messages.registration import pattern, whatsapp_text
from infra.messages.rules import rules
from infra.messages.structure import pieces
from tests.builders import (
    ANALYST,
    ANALYST_REASON,
    CALL,
    NOW,
    action_taken,
    forwarded,
    numbered,
    officer,
    raised,
    under_review,
    visited,
)
from tests.fakes import FakePorts

BASE = "https://ssm.wb.example"


def breached() -> Record:
    """An emergency that nobody acknowledged and nobody redressed in time."""
    record = raised()
    for hours in range(1, 30):
        record = run_out(record, NOW + timedelta(hours=hours), lambda _: None)
    return record


def escalated() -> Record:
    """The same with somebody above to go to."""
    head = registers().offices["HFW"], officer(level=Level.HEAD)
    record = raised()
    for hours in range(1, 30):
        record = run_out(record, NOW + timedelta(hours=hours), lambda _: head)
    return record


def rejected() -> Record:
    waiting = review.ask(raised(), findings=(), term=None, calendar=Calendar(), at=NOW)
    return review.reject(waiting, analyst_id=ANALYST, reason=ANALYST_REASON, at=NOW)


LEAD = numbered(under_review(), 2)


def linked() -> Record:
    return review.mark_duplicate(
        under_review(), analyst_id=ANALYST, reason=ANALYST_REASON, duplicate_of=LEAD.reference, at=NOW
    )


RECORDS = {
    "forwarded": forwarded,
    "redressed": lambda: visited(action_taken()),
    "recalled": lambda: visited(action_taken(), meets_standard=False),
    "emergency": raised,
    "breached": breached,
    "escalated": escalated,
    "rejected": rejected,
    "linked": linked,
}


def tell_all(outside: FakePorts, record: Record) -> None:
    outside.records.put(LEAD)
    outside.records.put(record)
    outside.clock.advance(minutes=3)
    for event in record.events:
        tell(outside, BASE, record.reference, event.sequence)
        tell_citizens(outside, record.reference, event.sequence)


@pytest.mark.parametrize("name", RECORDS)
@pytest.mark.parametrize("language", ["bn", "hi", "en"])
def test_what_is_sent_is_what_is_registered(outside: FakePorts, name: str, language: str) -> None:
    read_by = "en" if language == "hi" else language
    whatsapp = "+919000000071"
    outside.registry.officers = [
        officer(office, level, language=read_by, whatsapp=whatsapp)
        for office, level in (("HFW", Level.NODAL), ("HFW", Level.HEAD), ("CMO", Level.APEX))
    ]
    record = RECORDS[name]().model_copy(update={"call": CALL.model_copy(update={"language": language})})
    tell_all(outside, record)
    catalogue = read()
    assert outside.messaging.sms
    for sms in outside.messaging.sms:
        parts = pieces(catalogue.files[sms.template].source)
        assert pattern(parts, catalogue.dlt[sms.template], rules().dlt).fullmatch(sms.text), sms
    for sent in outside.messaging.whatsapp:
        entry = catalogue.whatsapp[sent.message.template]
        filled = whatsapp_text(pieces(catalogue.files[sent.message.template].source), entry.parameters)
        for number, value in enumerate(sent.message.parameters, 1):
            filled = filled.replace(f"{{{{{number}}}}}", value)
        assert sent.message.text.partition(f"\n\n{entry.button}: ")[0] == filled
        assert (sent.message.link_token is None) == (entry.button is None)
