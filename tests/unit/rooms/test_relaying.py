"""The relay: of each change the events that it brought, in their order, and nothing skipped."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import pytest

from functions.domain.errors import Unavailable
from functions.domain.record import Event, EventType, Record
from functions.relay.relaying import publish
from functions.relay.republishing import publish_lost, publish_since
from tests.builders import (
    NOW,
    accepted,
    forwarded,
    in_portal,
    numbered,
    reference_of,
    registered,
    stream_change,
    under_review,
    with_officer,
)
from tests.fakes import FakePorts

MINUTE = timedelta(minutes=1)
DONE: dict[str, Any] = {"batchItemFailures": []}


def told(outside: FakePorts) -> list[tuple[str, int, EventType]]:
    return [(reference, event.sequence, event.type) for reference, event in outside.bus.published]


def test_a_new_record_tells_its_first_event(outside: FakePorts) -> None:
    assert publish(outside, [stream_change(None, registered())]) == DONE
    assert told(outside) == [(reference_of(), 1, EventType.RECORD_REGISTERED)]


def test_a_change_tells_only_what_is_new(outside: FakePorts) -> None:
    publish(outside, [stream_change(under_review(), accepted())])
    assert told(outside) == [(reference_of(), 3, EventType.RECORD_ACCEPTED)]


def test_a_change_that_brought_two_events_tells_both_in_order(outside: FakePorts) -> None:
    publish(outside, [stream_change(in_portal(), with_officer(in_portal()))])
    publish(outside, [stream_change(accepted(), forwarded())])
    assert [(sequence, kind) for _, sequence, kind in told(outside)] == [
        (5, EventType.RECORD_FORWARDED),
        (4, EventType.PUSHED_TO_PORTAL),
        (5, EventType.RECORD_FORWARDED),
    ]


def test_a_change_without_an_event_and_an_end_tell_nothing(outside: FakePorts) -> None:
    record = under_review()
    moved = record.model_copy(update={"task_token": "t", "version": record.version + 1})
    assert publish(outside, [stream_change(record, moved), stream_change(record, None, 2)]) == DONE
    assert told(outside) == []
    assert publish(outside, []) == DONE


def test_changes_of_several_records_keep_their_order(outside: FakePorts) -> None:
    records = [numbered(registered(), number) for number in range(25)]
    publish(outside, [stream_change(None, record, place) for place, record in enumerate(records)])
    assert [reference for reference, _, _ in told(outside)] == [record.reference for record in records]


@pytest.mark.parametrize(("refused", "points_at"), [({0}, "0"), ({3}, "2"), ({2, 4}, "2"), ({5}, "4")])
def test_a_failure_points_at_the_first_change_of_which_an_event_was_not_taken(
    outside: FakePorts, refused: set[int], points_at: str
) -> None:
    # GIVEN five changes, of which the third brought two events
    changes = [stream_change(None, numbered(registered(), number), number) for number in range(5)]
    changes[2] = stream_change(accepted(), forwarded(), 2)
    outside.bus.refuses = refused
    # WHEN the bus does not take some THEN the stream comes again from the first of them
    assert publish(outside, changes) == {"batchItemFailures": [{"itemIdentifier": points_at}]}
    # AND then nothing is missing
    before = len(outside.bus.published)
    assert publish(outside, changes[int(points_at) :]) == DONE
    assert len(set(told(outside))) == 6
    assert before < 6


def test_a_bus_that_is_out_brings_the_whole_batch_again(
    outside: FakePorts, monkeypatch: pytest.MonkeyPatch
) -> None:
    def out(_: object) -> list[int]:
        raise Unavailable("bus")

    monkeypatch.setattr(outside.bus, "publish", out)
    with pytest.raises(Unavailable):
        publish(outside, [stream_change(None, registered())])


def test_no_part_of_a_record_but_its_events_can_hold_up_the_stream(outside: FakePorts) -> None:
    change = stream_change(None, registered())
    del change["dynamodb"]["NewImage"]["record"]["M"]["caller"]
    assert publish(outside, [change]) == DONE
    assert len(told(outside)) == 1


def test_nothing_is_told_again_while_the_stream_keeps_up(outside: FakePorts) -> None:
    outside.records.put(forwarded())
    outside.watermark.moment = outside.clock.now()
    assert publish_lost(outside, MINUTE) == {"records": 0, "events": 0, "behind": 0}
    assert outside.bus.published == []


def test_what_the_stream_lost_is_told_from_the_table(outside: FakePorts) -> None:
    # GIVEN one record that was told, and another, written later, that the stream lost
    outside.records.put(numbered(forwarded(), 1))
    outside.clock.advance(minutes=2)
    outside.watermark.moment = outside.clock.now()
    outside.clock.advance(seconds=1)
    lost = numbered(under_review(), 2)
    outside.records.put(lost)
    # WHEN it should have come by the stream
    outside.clock.advance(minutes=1)
    assert publish_lost(outside, MINUTE)["records"] == 1
    # THEN all its events are told, and it is not told again
    assert [(reference, sequence) for reference, sequence, _ in told(outside)] == [
        (lost.reference, 1),
        (lost.reference, 2),
    ]
    assert publish_lost(outside, MINUTE)["events"] == 0


def takes(outside: FakePorts, monkeypatch: pytest.MonkeyPatch, minutes: float) -> None:
    """The bus needs so long for each request."""
    publish_all = outside.bus.publish

    def slowly(events: list[tuple[str, Event]]) -> Sequence[int]:
        outside.clock.advance(minutes=minutes)
        return publish_all(events)

    monkeypatch.setattr(outside.bus, "publish", slowly)


def test_a_long_outage_is_made_good_as_far_as_there_is_time(
    outside: FakePorts, monkeypatch: pytest.MonkeyPatch
) -> None:
    # GIVEN two hours of which nothing was told, with a change every five minutes
    outside.watermark.moment = outside.clock.now()
    for number in range(24):
        outside.clock.advance(minutes=2)
        outside.records.put(numbered(registered(), number))
        outside.clock.advance(minutes=3)
    takes(outside, monkeypatch, 1)

    # WHEN each run has time for some of it
    answers: list[dict[str, int]] = []
    while not answers or answers[-1]["behind"]:
        answers.append(publish_lost(outside, timedelta(), stop_at=outside.clock.now() + 4 * MINUTE))
        assert len(answers) < 9, "it does not end"

    # THEN each moves on by what it has published, and nothing is told twice over
    assert [answer["records"] for answer in answers] == [8, 8, 8, 0]
    assert [reference for reference, _, _ in told(outside)] == [
        numbered(registered(), number).reference for number in range(24)
    ]


def test_a_run_that_is_cut_off_has_moved_on(outside: FakePorts, monkeypatch: pytest.MonkeyPatch) -> None:
    outside.watermark.moment = NOW
    for number in range(6):
        outside.clock.advance(minutes=5)
        outside.records.put(numbered(registered(), number))
        outside.clock.advance(minutes=5)
    publish_all = outside.bus.publish

    def refuses_the_fifth(events: list[tuple[str, Event]]) -> Sequence[int]:
        return [0] if numbered(registered(), 4).reference == events[0][0] else publish_all(events)

    monkeypatch.setattr(outside.bus, "publish", refuses_the_fifth)
    with pytest.raises(Unavailable):
        publish_lost(outside, timedelta())
    assert outside.watermark.moment == NOW + 40 * MINUTE
    monkeypatch.undo()
    assert publish_lost(outside, timedelta())["records"] == 2


def test_a_run_that_is_killed_has_moved_on(outside: FakePorts, monkeypatch: pytest.MonkeyPatch) -> None:
    outside.watermark.moment = NOW
    for number in range(6):
        outside.clock.advance(minutes=5)
        outside.records.put(numbered(registered(), number))
        outside.clock.advance(minutes=5)
    takes(outside, monkeypatch, 1)
    known = []
    changed_since = outside.records.changed_since

    def looked_at(since: datetime, until: datetime) -> Sequence[str]:
        known.append(outside.watermark.moment)
        return changed_since(since, until)

    monkeypatch.setattr(outside.records, "changed_since", looked_at)
    publish_lost(outside, timedelta())
    assert known == [NOW + 10 * number * MINUTE for number in range(6)]


def test_a_run_without_time_still_gets_on(outside: FakePorts) -> None:
    outside.watermark.moment = NOW
    outside.clock.advance(hours=1)
    assert publish_lost(outside, timedelta(), stop_at=NOW)["behind"] == 50 * 60


def test_records_are_read_many_at_once(outside: FakePorts, monkeypatch: pytest.MonkeyPatch) -> None:
    outside.watermark.moment = NOW
    outside.clock.advance(minutes=5)
    outside.records.put(*(numbered(registered(), number) for number in range(250)))
    outside.clock.advance(minutes=5)
    asked: list[int] = []
    load_many = outside.records.load_many

    def counted(references: Sequence[str]) -> Sequence[Record]:
        asked.append(len(references))
        return load_many(references)

    monkeypatch.setattr(outside.records, "load_many", counted)
    assert publish_lost(outside, MINUTE)["events"] == 250
    assert asked == [100, 100, 50]


def test_a_bus_that_takes_nothing_leaves_the_watermark(outside: FakePorts) -> None:
    outside.watermark.moment = NOW
    outside.clock.advance(minutes=5)
    outside.records.put(registered())
    outside.clock.advance(minutes=5)
    outside.bus.refuses = {0}
    with pytest.raises(Unavailable):
        publish_lost(outside, MINUTE)
    assert outside.watermark.moment == NOW
    assert publish_lost(outside, MINUTE)["events"] == 1


def test_the_stream_moves_the_watermark_and_never_over_a_gap(outside: FakePorts) -> None:
    # stream_change writes its images at NOW
    publish(outside, [stream_change(None, registered())])
    assert outside.watermark.moment == NOW
    # what came after an hour in which nothing is known proves nothing of that hour
    outside.watermark.moment = NOW - timedelta(hours=1)
    publish(outside, [stream_change(None, registered())])
    assert outside.watermark.moment == NOW - timedelta(hours=1)


def test_what_was_not_taken_does_not_move_the_watermark(outside: FakePorts) -> None:
    outside.bus.refuses = {0}
    publish(outside, [stream_change(None, registered())])
    assert outside.watermark.moment is None


def test_all_since_a_time_is_told_whatever_is_known(outside: FakePorts) -> None:
    outside.records.put(forwarded())
    outside.clock.advance(minutes=5)
    outside.watermark.moment = outside.clock.now()
    assert publish_since(outside, NOW)["events"] == len(forwarded().events)


def test_a_record_that_cannot_be_read_holds_back_no_other(
    outside: FakePorts, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken, whole = numbered(registered(), 1), numbered(registered(), 2)
    outside.watermark.moment = NOW
    outside.clock.advance(minutes=5)
    outside.records.put(broken, whole)
    load = outside.records.load

    def fail_for_one(reference: str) -> Record:
        if reference == broken.reference:
            raise ValueError("not as it was written")
        return load(reference)

    def fail_if_among_them(references: Sequence[str]) -> Sequence[Record]:
        return [fail_for_one(reference) for reference in references]

    monkeypatch.setattr(outside.records, "load", fail_for_one)
    monkeypatch.setattr(outside.records, "load_many", fail_if_among_them)
    outside.clock.advance(minutes=5)

    assert publish_lost(outside, MINUTE)["events"] == 1

    assert [reference for reference, _, _ in told(outside)] == [whole.reference]
    assert outside.watermark.moment == outside.clock.now() - MINUTE
