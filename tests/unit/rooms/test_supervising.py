"""The supervisor is told of overdue reviews: one mail for all that fall due at the same moment."""

import random  # noqa: TID251 - the order of deliveries, from a seed
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.domain import review
from functions.domain.channel import Channel
from functions.domain.errors import Unavailable, Undeliverable
from functions.domain.ports import RefusedByPortal
from functions.domain.record import EventType, Kind, Record, TimerKind
from functions.notify import handler, supervising
from functions.notify.alerting import tell
from functions.notify.supervising import tell_supervisor
from functions.push import pushing
from functions.sla_timer.sweeping import run_out
from tests.batches import batch, message
from tests.builders import (
    ANALYST,
    CONTEXT,
    NOW,
    PRIVATE,
    accepted,
    event_of,
    forwarded,
    numbered,
    reference_of,
    registered,
    settings,
    under_review,
    upload,
)
from tests.fakes import FakePorts

TO = "review-supervisor@ssm.wb.example"
FIRST_DUE = NOW + timedelta(days=1, hours=7, minutes=45)
"""18:00 IST on the day after the one of ``NOW``."""


def waiting(number: int, at: datetime = NOW, kind: Kind = Kind.GRIEVANCE) -> Record:
    return numbered(under_review(registered(kind=kind, at=at)), number)


def sweeps(outside: FakePorts, at: datetime = FIRST_DUE) -> None:
    outside.clock.moment = max(outside.clock.moment, at)
    assert run_out(outside, at)["failed"] == 0


def deliveries(outside: FakePorts) -> list[tuple[str, int]]:
    return [
        (record.reference, event.sequence)
        for record in outside.records.kept.values()
        for event in record.events
        if event.type is EventType.SLA_REMINDER_DUE
    ]


def deliver(outside: FakePorts) -> int:
    return sum(tell_supervisor(outside, TO, *each) for each in deliveries(outside))


def test_all_that_falls_due_at_one_moment_is_one_mail(outside: FakePorts) -> None:
    kinds = (Kind.GRIEVANCE, Kind.SUGGESTION, Kind.ENQUIRY)
    outside.records.put(*(waiting(n, NOW + timedelta(hours=n), kind) for n, kind in enumerate(kinds)))
    sweeps(outside)

    assert deliver(outside) == 1

    (mail,) = outside.messaging.mails
    assert mail.to == TO
    assert mail.subject == "3 reviews overdue: not decided by the data analysts within a working day"
    for body in (mail.text, mail.html):
        assert "As of 25 Nov 2026, 18:00 IST, 3 records have been waiting" in body
        listed = [line for line in body.splitlines() if "- SSM-" in line]
        assert len(listed) == 3
    assert f"- {reference_of('CC-20261124-000000')}, since 24 Nov 2026, 10:15 IST" in mail.text
    assert "\n\n\n" not in mail.text
    # AND nobody else is told anything, and nobody a second time
    assert outside.messaging.sms == []
    outside.clock.advance(hours=3)
    assert deliver(outside) == 0
    assert len(outside.messaging.mails) == 1


def test_each_moment_has_its_mail_and_names_all_that_are_overdue_by_then(outside: FakePorts) -> None:
    outside.records.put(waiting(1), waiting(2, NOW + timedelta(days=1)))
    sweeps(outside)
    assert deliver(outside) == 1
    sweeps(outside, FIRST_DUE + timedelta(days=1))
    assert deliver(outside) == 1
    one, both = outside.messaging.mails
    assert "1 review overdue" in one.subject
    assert "2 reviews overdue" in both.subject
    oldest, youngest = (reference_of(f"CC-20261124-00000{number}") for number in (1, 2))
    assert youngest not in one.text
    assert both.text.index(oldest) < both.text.index(youngest)


@given(order=st.randoms(use_true_random=False), repeats=st.integers(1, 4), days=st.integers(1, 3))
def test_repeated_and_reordered_deliveries_tell_once_for_each_moment(
    order: random.Random, repeats: int, days: int
) -> None:
    outside = FakePorts()
    numbers = ((day, 10 * day + each) for day in range(days) for each in range(3))
    outside.records.put(*(waiting(number, NOW + timedelta(days=day)) for day, number in numbers))
    sweeps(outside, NOW + timedelta(days=9))
    coming = deliveries(outside) * repeats
    order.shuffle(coming)

    for each in coming:
        tell_supervisor(outside, TO, *each)

    # NOW is a Tuesday: no Sunday makes two days' reviews fall due together.
    assert len(outside.messaging.mails) == days
    assert len({mail.text for mail in outside.messaging.mails}) == 1


def test_a_sweep_that_is_handed_a_later_time_is_told_of_as_of_that_time(outside: FakePorts) -> None:
    outside.records.put(waiting(1), waiting(2, NOW + timedelta(days=1)))
    assert run_out(outside, FIRST_DUE)["failed"] == 0
    assert deliver(outside) == 1
    assert "1 review overdue" in outside.messaging.mails[0].subject


def test_a_mail_that_was_held_up_tells_of_all_that_is_overdue_when_it_goes(outside: FakePorts) -> None:
    outside.records.put(waiting(1), waiting(2, NOW + timedelta(days=1)))
    sweeps(outside)
    outside.clock.advance(days=1)
    assert deliver(outside) == 1
    assert "2 reviews overdue" in outside.messaging.mails[0].subject


def test_a_record_that_the_portal_gave_back_has_a_working_day_by_the_holidays_in_force(
    outside: FakePorts,
) -> None:
    outside.registry.apply_holidays({"2026-11-25": "A holiday"}, upload())
    outside.records.put(accepted())
    outside.portal.script.append(RefusedByPortal("no such department"))
    assert pushing.enter(outside, reference_of(), 0)["outcome"] == "refused"
    due = outside.records.load(reference_of()).timers[TimerKind.REVIEW_DEADLINE]
    assert due == FIRST_DUE + timedelta(days=1)


def test_what_was_decided_since_is_not_told(outside: FakePorts) -> None:
    outside.records.put(waiting(1), waiting(2))
    sweeps(outside)
    coming = deliveries(outside)
    decided = outside.records.load(coming[0][0])
    outside.records.put(review.approve(decided, analyst_id=ANALYST, reason=None, at=FIRST_DUE))

    assert tell_supervisor(outside, TO, *coming[0]) == 0
    assert tell_supervisor(outside, TO, *coming[1]) == 1

    (mail,) = outside.messaging.mails
    assert "1 review overdue" in mail.subject
    assert decided.reference not in mail.text


def test_a_mail_that_failed_goes_when_the_event_comes_again(outside: FakePorts) -> None:
    outside.records.put(waiting(1), waiting(2))
    sweeps(outside)
    outside.messaging.out = {Channel.EMAIL}
    with pytest.raises(Unavailable):
        deliver(outside)
    outside.messaging.out = set()
    assert deliver(outside) == 1
    assert deliver(outside) == 0


def test_a_supervisor_whose_address_is_refused_is_no_failure_and_is_noted(outside: FakePorts) -> None:
    outside.records.put(waiting(1), waiting(2))
    sweeps(outside)
    outside.messaging.broken[TO] = Undeliverable("email", "InvalidAddress")
    assert deliver(outside) == 0
    ((name, _),) = outside.alert_log.outcomes
    assert name == supervising.REVIEWS
    # AND it is not tried again
    outside.messaging.broken.clear()
    outside.clock.advance(minutes=2)
    assert deliver(outside) == 0
    assert outside.messaging.mails == []


def test_emergencies_are_not_among_them(outside: FakePorts) -> None:
    outside.records.put(waiting(1))
    sweeps(outside)
    # GIVEN an emergency that the sweep has yet to let go ahead
    emergency = numbered(under_review(registered(emergency=True)), 2)
    outside.records.put(emergency)

    assert deliver(outside) == 1

    (mail,) = outside.messaging.mails
    assert "1 review overdue" in mail.subject
    assert emergency.reference not in mail.text


def test_an_emergency_that_the_portal_refused_is_told_after_fifteen_minutes(outside: FakePorts) -> None:
    outside.records.put(accepted(under_review(registered(emergency=True))))
    outside.portal.script.append(RefusedByPortal("no such department"))
    assert pushing.enter(outside, reference_of(), 0)["outcome"] == "refused"
    sweeps(outside, NOW + timedelta(minutes=15))

    assert deliver(outside) == 1

    (mail,) = outside.messaging.mails
    assert mail.subject == "1 review overdue, with emergencies: not decided by the data analysts in time"
    assert "It is such an emergency." in mail.text
    assert f"- {reference_of()}, since 24 Nov 2026, 10:15 IST, emergency" in mail.text
    assert not [said for said in PRIVATE for part in (mail.subject, mail.text, mail.html) if said in part]


def test_emergencies_stand_first_among_what_is_overdue(outside: FakePorts) -> None:
    outside.records.put(*(waiting(n, NOW + timedelta(seconds=n)) for n in range(60)))
    sweeps(outside)
    refused = numbered(accepted(under_review(registered(emergency=True, at=FIRST_DUE))), 99)
    outside.records.put(refused)
    outside.portal.script.append(RefusedByPortal("no such department"))
    pushing.enter(outside, refused.reference, 0)
    at = FIRST_DUE + timedelta(minutes=15)
    sweeps(outside, at)

    its_own = [each for each in deliveries(outside) if each[0] == refused.reference]
    assert sum(tell_supervisor(outside, TO, *each) for each in its_own) == 1

    (mail,) = outside.messaging.mails
    assert "61 reviews overdue, with emergencies" in mail.subject
    assert "Such emergencies: 1." in mail.text
    listed = [line for line in mail.text.splitlines() if "- SSM-" in line]
    assert len(listed) == 50
    assert refused.reference in listed[0]
    assert [line for line in listed if "emergency" in line] == listed[:1]


def test_of_very_many_the_longest_waiting_fifty_are_named_and_all_are_counted(outside: FakePorts) -> None:
    outside.records.put(*(waiting(n, NOW + timedelta(seconds=n)) for n in range(120)))
    sweeps(outside)

    assert deliver(outside) == 1

    (mail,) = outside.messaging.mails
    assert "120 reviews overdue" in mail.subject
    assert "The longest waiting, by reference:" in mail.text
    listed = [line.split(",")[0].removeprefix("- ") for line in mail.text.splitlines() if "- SSM-" in line]
    assert listed == [reference_of(f"CC-20261124-{n:06d}") for n in range(50)]


def test_counting_ends_somewhere(outside: FakePorts, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(supervising, "COUNTED", 60)
    outside.records.put(*(waiting(n, NOW + timedelta(seconds=n)) for n in range(250)))
    pages = counted_pages(outside, monkeypatch)
    sweeps(outside)

    tell_supervisor(outside, TO, *deliveries(outside)[0])

    assert "more than 60 reviews overdue" in outside.messaging.mails[0].subject
    assert len(pages) == 1


def test_the_queue_is_read_no_further_than_anything_can_be_overdue(
    outside: FakePorts, monkeypatch: pytest.MonkeyPatch
) -> None:
    outside.records.put(waiting(0), *(waiting(n, NOW + timedelta(hours=20)) for n in range(1, 300)))
    pages = counted_pages(outside, monkeypatch)
    sweeps(outside)

    assert tell_supervisor(outside, TO, *deliveries(outside)[0]) == 1

    assert "1 review overdue" in outside.messaging.mails[0].subject
    assert len(pages) == 1


def counted_pages(outside: FakePorts, monkeypatch: pytest.MonkeyPatch) -> list[str | None]:
    pages: list[str | None] = []
    read = outside.records.waiting_for_review

    def counting(limit: int, cursor: str | None) -> Any:  # noqa: ANN401 - as the port answers
        pages.append(cursor)
        return read(limit, cursor)

    monkeypatch.setattr(outside.records, "waiting_for_review", counting)
    return pages


def test_the_mail_tells_nothing_of_the_citizen(outside: FakePorts) -> None:
    outside.records.put(waiting(1))
    sweeps(outside)
    deliver(outside)
    (mail,) = outside.messaging.mails
    assert not [said for said in PRIVATE for part in (mail.subject, mail.text, mail.html) if said in part]


def test_an_index_that_trails_hides_nothing(outside: FakePorts, monkeypatch: pytest.MonkeyPatch) -> None:
    outside.records.put(waiting(1))
    sweeps(outside)
    coming = deliveries(outside)
    monkeypatch.setattr(outside.records, "waiting_for_review", FakePorts().records.waiting_for_review)
    assert tell_supervisor(outside, TO, *coming[0]) == 1
    assert coming[0][0] in outside.messaging.mails[0].text


@pytest.mark.parametrize("record", [forwarded(), accepted(), forwarded(emergency=True)])
def test_no_other_event_tells_the_supervisor(outside: FakePorts, record: Record) -> None:
    outside.records.put(record)
    for event in record.events:
        assert tell_supervisor(outside, TO, record.reference, event.sequence) == 0
    assert outside.alert_log.claimed == {}


def test_an_event_that_the_record_has_not_is_no_success(outside: FakePorts) -> None:
    outside.records.put(forwarded())
    with pytest.raises(Unavailable):
        tell_supervisor(outside, TO, reference_of(), 99)


def test_notify_tells_the_supervisor_and_no_officer(
    outside: FakePorts, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(handler, "ports", lambda: outside)
    monkeypatch.setattr(handler, "settings", lambda: settings(REVIEW_SUPERVISOR_MAIL=TO))
    outside.records.put(waiting(1))
    sweeps(outside)
    ((reference, sequence),) = deliveries(outside)
    body = (
        '{"detail-type": "SlaReminderDue", "detail": '
        f'{{"reference": "{reference}", "sequence": {sequence}}}}}'
    )

    answer = handler.send_alerts(batch(message("1", body)), CONTEXT)

    assert answer == {"batchItemFailures": []}
    assert [mail.to for mail in outside.messaging.mails] == [TO]
    assert outside.messaging.sms == []
    assert tell(outside, "https://ssm.wb.example", reference, sequence) == 0


def test_an_officers_reminder_goes_to_the_officer_alone(outside: FakePorts) -> None:
    emergency = forwarded(emergency=True)
    outside.records.put(emergency)
    sweeps(outside, NOW + timedelta(hours=13))
    reminded = outside.records.load(emergency.reference)
    sequence = event_of(reminded, EventType.SLA_REMINDER_DUE).sequence
    assert tell_supervisor(outside, TO, emergency.reference, sequence) == 0
    assert outside.messaging.mails == []
