"""A portal's event that was kept is applied once, whatever fails or runs at the same time."""

from typing import Any

import pytest

from functions.adapters.pending_events import DynamoPendingEvents
from functions.adapters.records import DynamoRecords
from functions.domain.errors import Unavailable
from functions.domain.record import Record
from functions.recall.portal_events import match_kept, take
from tests.adapters.records.stand import World
from tests.builders import (
    NOW,
    PORTAL_ID,
    REPORT,
    accepted,
    in_portal,
    reference_of,
    request,
    with_officer,
)
from tests.fakes import FakeClock, FakeIdentifiers, FakePorts

REFERENCE = reference_of()
REPORTED = {"type": "action_taken", "report": REPORT}
TRANSFERRED = {"type": "transferred", "department": "PRD"}


@pytest.fixture(params=["DynamoDB", "memory"])
def outside(
    request: pytest.FixtureRequest,
    clock: FakeClock,
    identifiers: FakeIdentifiers,
    monkeypatch: pytest.MonkeyPatch,
) -> FakePorts:
    made = FakePorts(clock=clock, identifiers=identifiers)
    if request.param == "DynamoDB":
        table = request.getfixturevalue("table")
        monkeypatch.setattr(made, "records", DynamoRecords(table, clock, identifiers))
        monkeypatch.setattr(made, "pending_events", DynamoPendingEvents(table, clock))
    return made


def kept(outside: FakePorts, *events: dict[str, Any]) -> None:
    """Events came before the push had its answer, which it has now."""
    record = World(outside.records, outside.clock).let_stand(accepted())
    for number, event in enumerate(events):
        outside.clock.advance(seconds=1)
        body = {"portal_id": PORTAL_ID, "at": NOW.isoformat(), **event}
        asked = request(body, webhook_id=f"early_{number}", path="/v1/portal/events")
        assert take(outside, asked).kept
    outside.records.save(record, with_officer(in_portal(record)))


def counted(record: Record) -> tuple[int, int]:
    """How many reports and how many transfers are on it."""
    return record.atr.number if record.atr else 0, record.transfers


@pytest.mark.parametrize(("event", "once"), [(REPORTED, (1, 0)), (TRANSFERRED, (0, 1))])
def test_what_was_applied_and_not_dropped_is_not_applied_again(
    outside: FakePorts, monkeypatch: pytest.MonkeyPatch, event: dict[str, Any], once: tuple[int, int]
) -> None:
    kept(outside, event)
    drop = outside.pending_events.drop

    def out(*_: str) -> None:
        monkeypatch.setattr(outside.pending_events, "drop", drop)
        raise Unavailable("table")

    monkeypatch.setattr(outside.pending_events, "drop", out)
    with pytest.raises(Unavailable):
        match_kept(outside, PORTAL_ID)
    match_kept(outside, PORTAL_ID)
    assert counted(outside.records.load(REFERENCE)) == once
    assert outside.pending_events.of(PORTAL_ID) == []


@pytest.mark.parametrize(("event", "once"), [(REPORTED, (1, 0)), (TRANSFERRED, (0, 1))])
def test_of_two_who_match_at_once_one_applies_it(
    outside: FakePorts, monkeypatch: pytest.MonkeyPatch, event: dict[str, Any], once: tuple[int, int]
) -> None:
    kept(outside, event)
    load = outside.records.load

    def load_and_be_outrun(reference: str) -> Record:
        monkeypatch.setattr(outside.records, "load", load)
        read = load(reference)
        match_kept(outside, PORTAL_ID)
        return read

    monkeypatch.setattr(outside.records, "load", load_and_be_outrun)
    match_kept(outside, PORTAL_ID)
    assert counted(outside.records.load(REFERENCE)) == once
    assert outside.pending_events.of(PORTAL_ID) == []


def test_two_events_that_say_the_same_are_two(outside: FakePorts) -> None:
    kept(outside, REPORTED, REPORTED)
    assert match_kept(outside, PORTAL_ID) == 2
    assert counted(outside.records.load(REFERENCE)) == (2, 0)
