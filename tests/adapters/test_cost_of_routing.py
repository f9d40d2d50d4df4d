"""The size of the registry adds nothing to what one grievance asks of the table."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from functions.adapters.record_items import record_to_item
from functions.adapters.records import DynamoRecords
from functions.adapters.registry import DynamoRegistry
from functions.adapters.table import Table
from functions.domain.office import Officer
from functions.domain.record import Record
from functions.domain.routing_rules import Pattern, RoutingRule
from functions.registry.files import OFFICERS, ROUTING, check
from functions.route.assigning import assign
from local.bench import registry as bench
from local.bench.rules import rules_of
from tests.adapters.conftest import TABLE, Wire
from tests.builders import NOW, in_portal, numbered, officer, upload
from tests.fakes import FakeClock, FakeIdentifiers, FakePorts

ONE_RULE = [RoutingRule(1, Pattern(category="swasthya-sathi-refused"), "320")]


@pytest.fixture
def worker(table: Table, clock: FakeClock, identifiers: FakeIdentifiers) -> Callable[[], FakePorts]:
    """A worker with the table's own records and registry, that knows nothing yet."""

    def made() -> FakePorts:
        outside = FakePorts(clock=clock, identifiers=identifiers)
        outside.registry = DynamoRegistry(table, clock, identifiers)  # type: ignore[assignment]  # the port's other filling
        outside.records = DynamoRecords(table, clock, identifiers)  # type: ignore[assignment]  # likewise
        return outside

    return made


def many_officers() -> list[Officer]:
    content = bench.officers_file(bench.MANY_OFFICERS)
    return check(OFFICERS, content, FakePorts().registry.registers()).officers


def asked(
    worker: Callable[[], FakePorts], table: Table, wire: Wire, clock: FakeClock, number: int
) -> list[list[str]]:
    """What is sent to route a grievance: by a new worker, by one that is warm, and half a minute later."""
    outside = worker()
    found = []
    for later in (0, 0, 31):
        clock.advance(seconds=later)
        number += 1
        record = numbered(in_portal(), number)
        table.client.put_item(TableName=TABLE, Item=record_to_item(record, NOW))
        wire.sent.clear()
        assert assign(outside, record.reference) == "routed"
        found.append(list(wire.sent))
        assert given_to(outside.records.load(record.reference)) is not None
    return found


def given_to(record: Record) -> str | None:
    return record.assignment.office if record.assignment else None


def test_one_grievance_asks_as_often_of_a_large_registry_as_of_a_small_one(
    worker: Callable[[], FakePorts], table: Table, wire: Wire, clock: FakeClock
) -> None:
    # GIVEN one rule and two officers
    registry = worker().registry
    registry.apply_officers([officer(), officer("320")], upload("v1"))
    registry.apply_routing(ONE_RULE, upload("v1"))
    small = asked(worker, table, wire, clock, 100)

    # WHEN there are two thousand rules and a thousand officers
    officers, rules = many_officers(), rules_of(bench.MANY_RULES)
    assert (len(officers), len(rules)) == (1_000, 2_000)
    later = NOW + timedelta(minutes=1)
    assert registry.apply_officers(officers, upload("v2", at=later)) is None
    assert registry.apply_routing([*ONE_RULE, *rules], upload("v2", at=later)) is None
    large = asked(worker, table, wire, clock, 200)

    # THEN what is asked of the table is the same, and for one that is warm a single query besides the record
    assert large == small
    assert [sent.count("Query") for sent in large] == [2, 1, 1]
    assert large[1] == ["GetItem", "Query", "GetItem", "PutItem"]


def test_the_bench_applies_what_it_says_and_counts_what_is_asked() -> None:
    with bench.table():
        assert bench.reads().warm == []
        assert bench.apply(OFFICERS, bench.officers_file(300)).rows == 300
        assert bench.apply(ROUTING, bench.routing_file(40)).rows == 40
        found = bench.reads()
    assert (found.new_worker, found.warm) == (["GetItem", "Query", "GetItem", "Query"], ["Query"])
    assert sorted(found.later) == ["GetItem", "GetItem", "Query"]
