"""What somebody asks to be published again: all of it, hour by hour, whatever is known to be published."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest

from functions.domain.errors import Refused, Unavailable
from functions.relay import handler
from functions.relay.handler import republish
from functions.relay.republishing import publish_since
from tests.builders import CONTEXT, NOW, forwarded, numbered, registered, under_review
from tests.fakes import FakePorts

HOUR = timedelta(hours=1)


def told(outside: FakePorts) -> list[tuple[str, int]]:
    return [(reference, event.sequence) for reference, event in outside.bus.published]


def ask_on(outside: FakePorts, since: datetime) -> list[dict[str, Any]]:
    """Asks as whoever hands dead letters back: from where the last answer ended until nothing is behind."""
    answers = [publish_since(outside, since)]
    while answers[-1]["behind"]:
        answers.append(publish_since(outside, datetime.fromisoformat(answers[-1]["until"])))
        assert len(answers) < 1000, "it does not end"
    return answers


def test_what_is_known_to_be_published_is_published_again(outside: FakePorts) -> None:
    record = forwarded()
    outside.records.put(record)
    outside.clock.advance(minutes=5)
    outside.watermark.moment = outside.clock.now()

    answer = publish_since(outside, NOW)

    assert told(outside) == [(record.reference, event.sequence) for event in record.events]
    assert answer == {
        "records": 1,
        "events": len(record.events),
        "behind": 0,
        "until": outside.clock.now().isoformat(),
    }


def test_the_watermark_is_left_alone(outside: FakePorts) -> None:
    # What lies between it and the time that was asked for is not proved by an answer to somebody.
    outside.records.put(registered())
    outside.watermark.moment = NOW - timedelta(days=1)
    publish_since(outside, NOW)
    assert outside.watermark.moment == NOW - timedelta(days=1)


def test_what_changed_before_is_not_told(outside: FakePorts) -> None:
    outside.records.put(numbered(registered(), 1))
    outside.clock.advance(hours=1)
    late = numbered(registered(), 2)
    outside.records.put(late)
    publish_since(outside, outside.clock.now())
    assert told(outside) == [(late.reference, 1)]


def test_what_was_written_a_moment_before_is_told_as_well(outside: FakePorts) -> None:
    # The stream's time of arrival is cut to seconds, and later than the write.
    outside.records.put(registered())
    outside.clock.advance(seconds=40)
    assert publish_since(outside, outside.clock.now())["events"] == 1


def test_a_long_time_is_looked_through_hour_by_hour(outside: FakePorts) -> None:
    records = [numbered(under_review(), number) for number in range(1, 11)]
    for record in records:
        outside.records.put(record)
        outside.clock.advance(minutes=45)

    answers = ask_on(outside, NOW)

    assert len(answers) == 8
    assert [answer["behind"] for answer in answers[:2]] == [int(6.5 * 3600), int(5.5 * 3600)]
    assert answers[-1]["behind"] == 0
    assert {reference for reference, _ in told(outside)} == {record.reference for record in records}


def test_a_record_that_changes_meanwhile_is_not_passed_over(outside: FakePorts) -> None:
    # GIVEN a record of the second hour
    outside.clock.advance(minutes=90)
    record = numbered(registered(), 1)
    outside.records.put(record)
    outside.clock.advance(hours=2)
    first = publish_since(outside, NOW)
    assert told(outside) == []
    # WHEN it changes while the first hour is looked through, and so moves to the end
    outside.records.put(numbered(under_review(), 1))
    outside.clock.advance(minutes=1)
    ask_on(outside, datetime.fromisoformat(first["until"]))
    # THEN its first event is told from there
    assert (record.reference, 1) in told(outside)


def test_less_than_a_second_behind_is_still_behind(outside: FakePorts) -> None:
    outside.clock.advance(hours=1, milliseconds=1)
    assert publish_since(outside, NOW)["behind"] == 1


def test_a_time_that_is_yet_to_come_is_done_at_once(outside: FakePorts) -> None:
    outside.records.put(registered())
    answer = publish_since(outside, NOW + HOUR)
    assert (answer["events"], answer["behind"]) == (0, 0)


def test_a_bus_that_takes_nothing_is_told(outside: FakePorts) -> None:
    outside.records.put(registered())
    outside.bus.refuses = {0}
    with pytest.raises(Unavailable):
        publish_since(outside, NOW)


@pytest.fixture
def asked(outside: FakePorts, monkeypatch: pytest.MonkeyPatch) -> FakePorts:
    """The outside of the function itself."""
    monkeypatch.setattr(handler, "ports", lambda: outside)
    return outside


@pytest.mark.parametrize("offset", [timezone(timedelta(hours=5, minutes=30)), UTC])
def test_the_function_takes_a_time_with_any_offset(asked: FakePorts, offset: timezone) -> None:
    asked.records.put(registered())
    asked.watermark.moment = asked.clock.now()
    answer = republish({"since": NOW.astimezone(offset).isoformat()}, CONTEXT)
    assert (answer["events"], answer["until"]) == (1, NOW.isoformat())


@pytest.mark.parametrize("since", ["2026-11-24T09:00:00", "2026-11-24", "yesterday", "", None, 1795500000])
def test_a_time_whose_offset_would_have_to_be_guessed_is_refused(asked: FakePorts, since: object) -> None:
    # Five and a half hours are easily lost: 09:00 in Kolkata is 03:30 to a function.
    with pytest.raises(Refused, match="/since"):
        republish({"since": since}, CONTEXT)
    assert asked.bus.published == []


def test_without_a_time_the_watermark_decides(asked: FakePorts) -> None:
    asked.records.put(registered())
    asked.watermark.moment = asked.clock.now()
    asked.clock.advance(seconds=30)
    assert republish({}, CONTEXT)["events"] == 0
    assert republish({"at_once": True}, CONTEXT)["events"] == 1
