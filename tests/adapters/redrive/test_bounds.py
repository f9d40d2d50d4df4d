"""A run has its bounds: no letter goes round and round, and there is an end of them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from infra import redrive as module
from infra.redrive import RULES
from tests.adapters.redrive.letters import FORWARDED
from tests.adapters.redrive.place import Place


def test_what_fails_again_at_once_does_not_go_round_and_round(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A rule whose target is gone sends its event to the dead letters without a second attempt."""
    put = place.clients.events.put_events
    rounds = []

    def comes_back(**entries: Any) -> Any:  # noqa: ANN401 - as in boto3
        rounds.append(entries)
        place.put(RULES, FORWARDED)
        assert len(rounds) < 5, "round and round"
        return put(**entries)

    monkeypatch.setattr(place.clients.events, "put_events", comes_back)
    place.put(RULES, FORWARDED)
    outcome = place.run()[RULES]
    assert (outcome.handed_back, outcome.left) == (1, 1)


def test_a_run_handles_so_many_of_a_queue_and_leaves_the_rest(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_MOST", 20)
    place.put("AlertDeadLetters", *({"id": number} for number in range(25)))
    outcome = place.run()["AlertDeadLetters"]
    assert (outcome.found, outcome.handed_back, outcome.left) == (25, 20, 5)


def test_after_its_time_a_run_begins_no_further_letter(place: Place) -> None:
    place.put("AlertDeadLetters", FORWARDED)
    place.put(RULES, FORWARDED)
    outcomes = place.run(longest=timedelta())
    assert {queue: outcome.left for queue, outcome in outcomes.items() if outcome.left} == {
        "AlertDeadLetters": 1,
        RULES: 1,
    }
    assert all(outcome.handed_back == 0 for outcome in outcomes.values())


def test_a_letter_that_somebody_else_looks_at_is_told_as_left(place: Place) -> None:
    place.put("AlertDeadLetters", FORWARDED)
    place.sqs.receive_message(QueueUrl=place.url("AlertDeadLetters"), VisibilityTimeout=30)
    assert place.run()["AlertDeadLetters"].left == 1
