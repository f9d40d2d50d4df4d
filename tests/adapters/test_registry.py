"""Officers and holidays in force: the old set or the new one, and never a mixture."""

from datetime import date
from typing import Any

import pytest

from functions.adapters.registry import DynamoRegistry
from functions.adapters.table import Table
from functions.domain.errors import Unavailable
from functions.domain.office import Level, Officer
from functions.registry.files import HOLIDAYS, OFFICERS
from tests.adapters.conftest import TABLE, Wire
from tests.builders import officer
from tests.fakes import FakeClock, FakeIdentifiers, sample


@pytest.fixture
def registry(table: Table, clock: FakeClock, identifiers: FakeIdentifiers) -> DynamoRegistry:
    return DynamoRegistry(table, clock, identifiers)


@pytest.fixture
def another(table: Table, clock: FakeClock, identifiers: FakeIdentifiers) -> DynamoRegistry:
    """Another worker's."""
    return DynamoRegistry(table, clock, identifiers)


def named(name: str, count: int = 30) -> list[Officer]:
    """So many officers of one office and one of another, all of one name."""
    return [
        *(officer(name=name, level=list(Level)[number % 3]) for number in range(count)),
        officer("320", name=name),
    ]


def names(registry: DynamoRegistry, office: str = "HFW") -> set[str]:
    return {found.name for found in registry.officers_of(office)}


def test_before_anything_was_uploaded_nobody_holds_a_post_and_no_day_is_a_holiday(
    registry: DynamoRegistry,
) -> None:
    assert registry.officers_of("HFW") == ()
    assert registry.calendar().holidays == frozenset()


def test_officers_are_in_force_by_office(registry: DynamoRegistry) -> None:
    officers = named("One")
    registry.apply_officers(officers, "v1")
    assert sorted(registry.officers_of("HFW"), key=str) == sorted(officers[:-1], key=str)
    assert registry.officers_of("320") == [officers[-1]]
    assert registry.officers_of("FS") == []


def test_the_sample_comes_back_whole(registry: DynamoRegistry) -> None:
    officers = sample(OFFICERS).officers
    registry.apply_officers(officers, "v1")
    found = [each for office in {one.office for one in officers} for each in registry.officers_of(office)]
    assert sorted(found, key=str) == sorted(officers, key=str)


def test_two_of_one_post_are_both_kept(registry: DynamoRegistry) -> None:
    registry.apply_officers([officer(name="One"), officer(name="Two")], "v1")
    assert names(registry) == {"One", "Two"}


def test_a_new_version_replaces_the_whole_of_the_old(registry: DynamoRegistry) -> None:
    registry.apply_officers(named("One"), "v1")
    registry.apply_officers([officer("320", name="Two")], "v2")
    assert names(registry) == set()
    assert names(registry, "320") == {"Two"}


@pytest.mark.parametrize("writes_done", [0, 1])
def test_a_version_half_written_is_not_in_force(
    registry: DynamoRegistry, another: DynamoRegistry, wire: Wire, writes_done: int
) -> None:
    registry.apply_officers(named("One"), "v1")
    # GIVEN the table fails in the middle of the second version
    done: list[int] = []

    def fail_after_some(**_: object) -> None:
        if len(done) == writes_done:
            wire.fail("BatchWriteItem", "ThrottlingException")
        done.append(1)

    wire.hook("provide-client-params.dynamodb.BatchWriteItem", fail_after_some)
    with pytest.raises(Unavailable):
        registry.apply_officers(named("Two"), "v2")
    # THEN whoever reads sees the first version, whole
    for reader in (registry, another):
        assert names(reader) == {"One"}
        assert names(reader, "320") == {"One"}
        assert len(reader.officers_of("HFW")) == 30


def test_the_stroke_that_puts_it_in_force_comes_last(registry: DynamoRegistry, wire: Wire) -> None:
    registry.apply_officers(named("One", 60), "v1")
    assert wire.sent == ["BatchWriteItem"] * 3 + ["PutItem"]


def test_another_worker_reads_one_version_or_the_other_and_soon_the_new_one(
    registry: DynamoRegistry, another: DynamoRegistry, clock: FakeClock
) -> None:
    registry.apply_officers(named("One"), "v1")
    assert names(another) == {"One"}
    registry.apply_officers(named("Two"), "v2")
    assert names(registry) == {"Two"}
    assert names(another) == {"One"}
    assert names(another, "320") == {"One"}
    clock.advance(seconds=31)
    assert names(another) == names(another, "320") == {"Two"}


def test_rows_that_were_left_over_are_written_after_all(registry: DynamoRegistry, wire: Wire) -> None:
    left: list[Any] = []

    def leave_some(parsed: dict[str, Any], **_: object) -> None:
        if not left and wire.parameters:
            requests = wire.parameters[-1]["RequestItems"][TABLE]
            left.extend(requests[:5])
            parsed["UnprocessedItems"] = {TABLE: requests[:5]}

    wire.hook("after-call.dynamodb.BatchWriteItem", leave_some)
    registry.apply_officers(named("One", 20), "v1")
    assert len(left) == 5
    assert wire.sent == ["BatchWriteItem"] * 2 + ["PutItem"]


def test_rows_that_are_left_over_for_ever_put_nothing_in_force(
    registry: DynamoRegistry, wire: Wire, clock: FakeClock
) -> None:
    def leave_all(parsed: dict[str, Any], **_: object) -> None:
        parsed["UnprocessedItems"] = wire.parameters[-1]["RequestItems"]

    wire.hook("after-call.dynamodb.BatchWriteItem", leave_all)
    with pytest.raises(Unavailable):
        registry.apply_officers(named("One"), "v1")
    assert len(clock.slept) == 8
    assert registry.officers_of("HFW") == ()


def test_holidays_are_in_force_as_a_whole(registry: DynamoRegistry) -> None:
    registry.apply_holidays({"2026-01-26": "Republic Day", "2026-12-25": "Christmas"}, "v1")
    assert registry.calendar().holidays == {date(2026, 1, 26), date(2026, 12, 25)}
    registry.apply_holidays({"2027-01-26": "Republic Day"}, "v2")
    assert registry.calendar().holidays == {date(2027, 1, 26)}


def test_the_sample_holidays_make_the_calendar(registry: DynamoRegistry) -> None:
    registry.apply_holidays(sample(HOLIDAYS).holidays, "v1")
    assert not registry.calendar().is_working_day(date(2026, 10, 20))
    assert registry.calendar().is_working_day(date(2026, 10, 27))


def test_what_is_in_force_is_read_once_in_half_a_minute(
    registry: DynamoRegistry, wire: Wire, clock: FakeClock
) -> None:
    for _ in range(30):
        registry.calendar()
        clock.advance(seconds=1)
    assert wire.sent == ["GetItem"]


def test_a_grievance_reads_the_officers_of_one_office_only(registry: DynamoRegistry, wire: Wire) -> None:
    registry.apply_officers(sample(OFFICERS).officers, "v1")
    wire.sent.clear()
    assert len(registry.officers_of("HFW")) < 5
    assert wire.sent == ["GetItem", "Query"]


def test_an_office_of_many_officers_is_read_to_its_end(registry: DynamoRegistry, wire: Wire) -> None:
    registry.apply_officers(named("One", 7), "v1")

    def small(params: dict[str, Any], **_: object) -> None:
        params["Limit"] = 2

    wire.hook("provide-client-params.dynamodb.Query", small)
    assert len(registry.officers_of("HFW")) == 7


@pytest.mark.parametrize("operation", ["GetItem", "Query"])
def test_a_registry_that_cannot_be_read_is_an_outage_and_not_an_empty_office(
    registry: DynamoRegistry, wire: Wire, operation: str
) -> None:
    registry.apply_officers(named("One"), "v1")
    wire.fail(operation, "ThrottlingException")
    with pytest.raises(Unavailable):
        registry.officers_of("HFW")
