"""Rules of routing in the table: five thousand of them, read once for each version."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest

from functions.adapters import bundled
from functions.adapters.registry import DynamoRegistry
from functions.adapters.table import Table
from functions.domain.errors import Unavailable
from functions.domain.routing_rules import NO_RULES, Pattern, RoutingRule, RoutingRules
from functions.registry.routing_file import MOST_RULES
from tests.adapters.conftest import TABLE, Wire
from tests.builders import SUBJECT, upload
from tests.fakes import FakeClock, FakeIdentifiers


@pytest.fixture
def registry(table: Table, clock: FakeClock, identifiers: FakeIdentifiers) -> DynamoRegistry:
    return DynamoRegistry(table, clock, identifiers)


@pytest.fixture
def another(table: Table, clock: FakeClock, identifiers: FakeIdentifiers) -> DynamoRegistry:
    """Another worker's."""
    return DynamoRegistry(table, clock, identifiers)


def many(count: int) -> list[RoutingRule]:
    """So many rules with the longest codes that there are."""
    registers = bundled.registers()
    categories = sorted(registers.categories, key=len, reverse=True)
    schemes = sorted(registers.schemes, key=len, reverse=True)
    offices = sorted(registers.offices, key=len, reverse=True)
    found = product(categories, schemes, offices)
    return [
        RoutingRule(number, Pattern(category, scheme, office, "320"), offices[0])
        for number, (category, scheme, office) in zip(range(1, count + 1), found, strict=False)
    ]


def rules_in(rules: RoutingRules) -> set[RoutingRule]:
    return set(rules._by_pattern.values())


def test_before_anything_was_uploaded_there_is_no_rule(registry: DynamoRegistry) -> None:
    assert registry.routing_rules() is NO_RULES


def test_five_thousand_rules_come_back_whole(
    registry: DynamoRegistry, another: DynamoRegistry, table: Table
) -> None:
    rules = many(MOST_RULES)
    assert registry.apply_routing(rules, upload()) is None
    read = another.routing_rules()
    assert read.version == "v1"
    assert len(read) == MOST_RULES
    assert rules_in(read) == set(rules)
    items = table.client.scan(TableName=TABLE)["Items"]
    assert max(len(str(item)) for item in items) < 300_000, "an item holds 400 KB at most"


def test_rules_are_read_and_indexed_once_for_each_version(
    registry: DynamoRegistry, another: DynamoRegistry, wire: Wire, clock: FakeClock
) -> None:
    registry.apply_routing(many(2_500), upload())
    wire.sent.clear()
    wire.parameters.clear()
    first = another.routing_rules()
    assert wire.sent == ["GetItem", "Query"]
    assert wire.parameters[-1]["ConsistentRead"] is True
    for _ in range(3):
        clock.advance(minutes=1)
        assert another.routing_rules() is first
    assert wire.sent == ["GetItem", "Query", "GetItem", "GetItem", "GetItem"]


def test_a_new_version_is_in_force_soon_and_an_empty_one_withdraws_all(
    registry: DynamoRegistry, another: DynamoRegistry, clock: FakeClock
) -> None:
    to_fs = RoutingRule(1, Pattern(department="HFW"), "FS")
    registry.apply_routing([to_fs], upload("v1"))
    assert another.routing_rules().choose(SUBJECT) == to_fs
    registry.apply_routing([], upload("v2"))
    assert registry.routing_rules().choose(SUBJECT) is None
    assert another.routing_rules().choose(SUBJECT) == to_fs
    clock.advance(seconds=31)
    assert another.routing_rules().choose(SUBJECT) is None
    assert another.routing_rules().version == "v2"


def test_a_version_half_written_is_not_in_force(
    registry: DynamoRegistry, another: DynamoRegistry, wire: Wire
) -> None:
    registry.apply_routing(many(10), upload("v1"))
    wire.fail("BatchWriteItem", "ThrottlingException")
    with pytest.raises(Unavailable):
        registry.apply_routing(many(20), upload("v2"))
    for reader in (registry, another):
        assert len(reader.routing_rules()) == 10


def test_of_two_uploads_the_later_one_wins_in_whatever_order_they_come(registry: DynamoRegistry) -> None:
    assert registry.apply_routing(many(2), upload("v2", sequencer="02")) is None
    assert registry.apply_routing(many(1), upload("v1", sequencer="01")) == "v2"
    assert len(registry.routing_rules()) == 2


@pytest.mark.parametrize("operation", ["GetItem", "Query"])
def test_rules_that_cannot_be_read_are_an_outage_and_not_none(
    registry: DynamoRegistry, another: DynamoRegistry, wire: Wire, operation: str
) -> None:
    registry.apply_routing(many(3), upload())
    wire.fail(operation, "ThrottlingException")
    with pytest.raises(Unavailable):
        another.routing_rules()
    assert len(another.routing_rules()) == 3


def test_many_pages_are_read_to_their_end(registry: DynamoRegistry, wire: Wire) -> None:
    registry.apply_routing(many(2_500), upload())

    def small(params: dict[str, Any], **_: object) -> None:
        params["Limit"] = 1

    wire.hook("provide-client-params.dynamodb.Query", small)
    assert len(registry.routing_rules()) == 2_500
