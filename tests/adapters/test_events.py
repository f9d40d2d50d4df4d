"""The bus: ten entries a call, each event's own fields, and whatever was not taken pointed at."""

import json
from typing import Any

import pytest

from functions.adapters.events import SOURCE, EventBridgeBus, detail_of
from functions.domain.errors import Unavailable
from functions.domain.record import Event
from tests.adapters.conftest import Wire, client
from tests.builders import PRIVATE, REACHED, forwarded, in_status, reference_of

BUS = "ssm-test"
RECORD = forwarded(emergency=True)


@pytest.fixture
def wire(_aws: None) -> Wire:
    made = client("events")
    made.create_event_bus(Name=BUS)
    return Wire(made)


@pytest.fixture
def bus(wire: Wire) -> EventBridgeBus:
    return EventBridgeBus(wire.client, BUS)


def many(count: int) -> list[tuple[str, Event]]:
    return [(f"SSM-{number:04d}", RECORD.events[0]) for number in range(count)]


def entries(wire: Wire) -> list[list[dict[str, Any]]]:
    """The entries of each call."""
    return [call["Entries"] for call in wire.parameters if "Entries" in call]


@pytest.mark.parametrize(
    ("count", "calls"), [(0, []), (1, [1]), (10, [10]), (11, [10, 1]), (25, [10, 10, 5])]
)
def test_ten_entries_go_in_a_call_in_their_order(
    bus: EventBridgeBus, wire: Wire, count: int, calls: list[int]
) -> None:
    assert bus.publish(many(count)) == []
    assert [len(call) for call in entries(wire)] == calls
    told = [json.loads(entry["Detail"])["reference"] for call in entries(wire) for entry in call]
    assert told == [reference for reference, _ in many(count)]


def test_an_entry_is_what_the_contract_says(bus: EventBridgeBus, wire: Wire) -> None:
    bus.publish([(RECORD.reference, event) for event in RECORD.events])
    (call,) = entries(wire)
    assert [entry["DetailType"] for entry in call] == [event.type.value for event in RECORD.events]
    assert {entry["Source"] for entry in call} == {SOURCE} == {"ssm"}
    assert {entry["EventBusName"] for entry in call} == {BUS}
    details = [json.loads(entry["Detail"]) for entry in call]
    assert [detail["sequence"] for detail in details] == list(range(1, len(details) + 1))
    assert details[0] == {
        "reference": reference_of(),
        "sequence": 1,
        "at": "2026-11-24T04:45:00+00:00",
        "by": "call-centre",
        "kind": "grievance",
        "emergency": True,
    }


def test_an_events_own_fields_never_hide_whose_it_is() -> None:
    event = RECORD.events[0].model_copy(update={"data": {"reference": "another", "sequence": 99, "by": "x"}})
    detail = detail_of("SSM-0001", event)
    assert (detail["reference"], detail["sequence"], detail["by"]) == ("SSM-0001", 1, "call-centre")


@pytest.mark.parametrize("emergency", [False, True])
def test_no_event_carries_the_callers_data(bus: EventBridgeBus, wire: Wire, *, emergency: bool) -> None:
    for status in REACHED:
        record = in_status(status, emergency=emergency)
        bus.publish([(record.reference, event) for event in record.events])
    told = json.dumps(entries(wire), default=str, ensure_ascii=False)
    told += "".join(entry["Detail"] for call in entries(wire) for entry in call)
    assert not [said for said in PRIVATE if said in told]


def test_those_not_taken_are_told_by_their_place_in_the_whole(bus: EventBridgeBus, wire: Wire) -> None:
    # GIVEN the bus takes neither the third of the first call nor the fifth of the second
    refused = [{2}, {4}, set[int]()]

    def refuse(parsed: dict[str, Any], **_: object) -> None:
        for place in refused.pop(0):
            parsed["Entries"][place] = {"ErrorCode": "InternalFailure", "ErrorMessage": "x"}

    wire.hook("after-call.eventbridge.PutEvents", refuse)
    assert bus.publish(many(25)) == [2, 14]


def test_a_bus_that_throttles_is_an_outage(bus: EventBridgeBus, wire: Wire) -> None:
    wire.fail("PutEvents", *["ThrottlingException"] * 9)
    with pytest.raises(Unavailable, match="bus"):
        bus.publish(many(1))
