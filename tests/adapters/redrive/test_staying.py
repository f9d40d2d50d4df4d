"""What cannot go back stays, and holds up nothing else."""

from __future__ import annotations

import json

import pytest
from botocore.exceptions import EndpointConnectionError

from infra.redrive import INVOCATIONS, RULES, STREAM, report
from tests.adapters.redrive.letters import FORWARDED, stretch, upload
from tests.adapters.redrive.place import Place


@pytest.mark.parametrize(
    ("queue", "letter"),
    [
        (queue, letter)
        for queue in (RULES, STREAM, INVOCATIONS)
        for letter in ("no JSON", "[]", "null", '{"reference": "SSM-4821-903-7717"}')
    ]
    + [
        (STREAM, json.dumps(stretch("some day"))),
        (STREAM, '{"DDBStreamBatchInfo": null}'),
        (INVOCATIONS, '{"requestPayload": {"probe": true}}'),
        (INVOCATIONS, '{"requestPayload": {"Records": [{"s3": null}]}}'),
    ],
)
def test_a_letter_that_cannot_be_read_holds_up_no_other_and_is_not_repeated(
    place: Place, queue: str, letter: str, capsys: pytest.CaptureFixture[str]
) -> None:
    good = {RULES: FORWARDED, STREAM: stretch("2026-11-24T04:45:00Z"), INVOCATIONS: upload(None)}[queue]
    place.put(queue, good, letter, good)

    outcome = place.run()[queue]

    assert (outcome.found, outcome.handed_back, outcome.left) == (3, 2, 1)
    assert outcome.reasons == {"a letter cannot be read": 1}
    assert report(iter([outcome])) is False
    assert "SSM-" not in capsys.readouterr().out


def test_what_stays_can_be_looked_at_at_once(place: Place) -> None:
    place.put(RULES, {"no": "event"})
    place.run()
    assert place.bodies(RULES) == [{"no": "event"}], "it is hidden from nobody"


def test_a_service_that_is_out_keeps_the_letters_of_its_kind_only(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    def out(**_: object) -> None:
        raise EndpointConnectionError(endpoint_url="https://events.example")

    monkeypatch.setattr(place.clients.events, "put_events", out)
    place.put(RULES, FORWARDED, FORWARDED)
    place.put("AlertDeadLetters", FORWARDED)
    place.put(STREAM, stretch("2026-11-24T04:45:00Z"))
    outcomes = place.run()
    assert (outcomes[RULES].handed_back, outcomes[RULES].left) == (0, 2)
    assert (outcomes["AlertDeadLetters"].left, outcomes[STREAM].left) == (0, 0)


def test_dying_between_handing_back_and_deleting_loses_nothing(place: Place) -> None:
    place.wire.fail("DeleteMessage", EndpointConnectionError(endpoint_url="https://sqs.example"))
    place.put("AlertDeadLetters", FORWARDED)
    with pytest.raises(EndpointConnectionError):
        place.run()
    assert len(place.bodies("Alerts")) == 1
