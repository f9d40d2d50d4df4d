"""Where letters go: messages to their queue, events to the bus, stretches of the stream to be published."""

from __future__ import annotations

import json
from typing import Any

import pytest

from infra.redrive import RULES, SOURCES, STREAM, Outcome
from tests.adapters.redrive.letters import FORWARDED, SCHEDULED, stretch
from tests.adapters.redrive.place import BUS, Place


@pytest.mark.parametrize(("queue", "source"), SOURCES.items())
def test_a_message_goes_back_to_its_queue_as_it_was(place: Place, queue: str, source: str) -> None:
    letters = [{**FORWARDED, "id": str(number)} for number in range(3)]
    place.put(queue, *letters)

    outcome = place.run()[queue]

    assert outcome == Outcome(queue, handed_back=3, dropped=0, left=0)
    assert sorted(place.bodies(source), key=lambda event: str(event["id"])) == letters
    assert place.bodies(queue) == []


def test_more_than_one_batch_goes_back(place: Place) -> None:
    place.put("AlertDeadLetters", *({"id": number} for number in range(37)))
    outcome = place.run()["AlertDeadLetters"]
    assert (outcome.found, outcome.handed_back, outcome.left) == (37, 37, 0)


def test_an_event_is_put_back_on_the_bus_as_it_was(place: Place) -> None:
    place.put(RULES, FORWARDED)

    assert place.run()[RULES] == Outcome(RULES, handed_back=1, dropped=0, left=0)

    (told,) = place.told
    assert json.loads(told.pop("Detail")) == FORWARDED["detail"]
    assert told == {"EventBusName": BUS, "Source": "ssm", "DetailType": "RecordForwarded"}


def test_a_scheduled_event_is_dropped(place: Place) -> None:
    place.put(RULES, SCHEDULED, FORWARDED, SCHEDULED)
    assert place.run()[RULES] == Outcome(RULES, handed_back=1, dropped=2, left=0)
    assert len(place.told) == 1


def test_an_event_of_somebody_else_stays(place: Place) -> None:
    place.put(RULES, {**FORWARDED, "source": "aws.s3"})
    outcome = place.run()[RULES]
    assert (outcome.handed_back, outcome.dropped, outcome.left) == (0, 0, 1)
    assert outcome.reasons == {"an event is none of ours": 1}


def test_an_event_that_the_bus_does_not_take_stays(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuses(**_: object) -> dict[str, Any]:
        return {"FailedEntryCount": 1, "Entries": [{"ErrorCode": "ThrottlingException"}]}

    monkeypatch.setattr(place.clients.events, "put_events", refuses)
    place.put(RULES, FORWARDED)
    outcome = place.run()[RULES]
    assert (outcome.left, outcome.reasons) == (
        1,
        {"the bus does not take an event: ThrottlingException": 1},
    )
    assert place.bodies(RULES) == [FORWARDED]


def test_a_stretch_of_the_stream_is_published_until_nothing_is_behind(place: Place) -> None:
    until = ["2026-11-24T05:45:00+00:00", "2026-11-24T06:45:00+00:00"]
    place.functions.answers = [
        {"behind": 5000, "until": until[0]},
        {"behind": 1400, "until": until[1]},
        {"behind": 0, "until": "…"},
    ]
    place.put(STREAM, stretch("2026-11-24T04:45:00Z"))

    assert place.run()[STREAM] == Outcome(STREAM, handed_back=1, dropped=0, left=0)

    assert place.functions.invoked == [
        ("republish", "RequestResponse", {"since": since}) for since in ("2026-11-24T04:45:00+00:00", *until)
    ]


def test_what_is_published_already_is_not_published_once_for_each_letter(place: Place) -> None:
    place.put(STREAM, *(stretch(f"2026-11-24T04:{minute}:00Z") for minute in (45, 50, 40, 59, 41)))
    assert place.run()[STREAM].handed_back == 5
    asked = [payload["since"] for _, _, payload in place.functions.invoked]
    # Only an earlier stretch asks for more; moto hands the letters out in any order.
    assert asked == sorted(asked, reverse=True)
    assert asked[-1] == "2026-11-24T04:40:00+00:00"


def test_a_stretch_that_cannot_be_published_stays(place: Place) -> None:
    place.functions.fails = True
    place.put(STREAM, stretch("2026-11-24T04:45:00Z"), stretch("2026-11-24T04:50:00Z"))
    outcome = place.run()[STREAM]
    assert (outcome.handed_back, outcome.left) == (0, 2)
    (reason,) = outcome.reasons
    assert "log of the republish function" in reason
