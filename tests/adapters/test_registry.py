"""Officers and holidays in force: the old set or the new one, never a mixture, and always the latest."""

from datetime import date, timedelta
from itertools import permutations
from typing import Any

import pytest

from functions.adapters.registry import DynamoRegistry
from functions.adapters.table import Table
from functions.domain.errors import Unavailable
from functions.domain.office import FieldExecutive, Level, Officer
from functions.domain.service_level import ServiceLevel
from functions.domain.upload import Upload
from functions.registry.files import HOLIDAYS, MOST_BYTES, OFFICERS
from tests.adapters.conftest import TABLE, Repeating, Wire
from tests.builders import NOW, officer, upload
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
    registry.apply_officers(officers, upload("v1"))
    assert sorted(registry.officers_of("HFW"), key=str) == sorted(officers[:-1], key=str)
    assert registry.officers_of("320") == [officers[-1]]
    assert registry.officers_of("FS") == []


def test_the_sample_comes_back_whole(registry: DynamoRegistry) -> None:
    officers = sample(OFFICERS).officers
    registry.apply_officers(officers, upload("v1"))
    found = [each for office in {one.office for one in officers} for each in registry.officers_of(office)]
    assert sorted(found, key=str) == sorted(officers, key=str)


def test_two_of_one_post_are_both_kept(registry: DynamoRegistry) -> None:
    registry.apply_officers([officer(name="One"), officer(name="Two")], upload("v1"))
    assert names(registry) == {"One", "Two"}


def test_a_new_version_replaces_the_whole_of_the_old(registry: DynamoRegistry) -> None:
    registry.apply_officers(named("One"), upload("v1"))
    registry.apply_officers([officer("320", name="Two")], upload("v2"))
    assert names(registry) == set()
    assert names(registry, "320") == {"Two"}


@pytest.mark.parametrize("writes_done", [0, 1])
def test_a_version_half_written_is_not_in_force(
    registry: DynamoRegistry, another: DynamoRegistry, wire: Wire, writes_done: int
) -> None:
    registry.apply_officers(named("One"), upload("v1"))
    # GIVEN the table fails in the middle of the second version
    done: list[int] = []

    def fail_after_some(**_: object) -> None:
        if len(done) == writes_done:
            wire.fail("BatchWriteItem", "ThrottlingException")
        done.append(1)

    wire.hook("provide-client-params.dynamodb.BatchWriteItem", fail_after_some)
    with pytest.raises(Unavailable):
        registry.apply_officers(named("Two"), upload("v2"))
    # THEN whoever reads sees the first version, whole
    for reader in (registry, another):
        assert names(reader) == {"One"}
        assert names(reader, "320") == {"One"}
        assert len(reader.officers_of("HFW")) == 30


def test_the_stroke_that_puts_it_in_force_comes_last(registry: DynamoRegistry, wire: Wire) -> None:
    registry.apply_officers(named("One", 60), upload("v1"))
    assert wire.sent == ["GetItem", *["BatchWriteItem"] * 3, "PutItem"]


def test_another_worker_reads_one_version_or_the_other_and_soon_the_new_one(
    registry: DynamoRegistry, another: DynamoRegistry, clock: FakeClock
) -> None:
    registry.apply_officers(named("One"), upload("v1"))
    assert names(another) == {"One"}
    registry.apply_officers(named("Two"), upload("v2"))
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
    registry.apply_officers(named("One", 20), upload("v1"))
    assert len(left) == 5
    assert wire.sent == ["GetItem", *["BatchWriteItem"] * 2, "PutItem"]


def test_rows_that_are_left_over_for_ever_put_nothing_in_force(
    registry: DynamoRegistry, wire: Wire, clock: FakeClock
) -> None:
    def leave_all(parsed: dict[str, Any], **_: object) -> None:
        parsed["UnprocessedItems"] = wire.parameters[-1]["RequestItems"]

    wire.hook("after-call.dynamodb.BatchWriteItem", leave_all)
    with pytest.raises(Unavailable):
        registry.apply_officers(named("One"), upload("v1"))
    assert len(clock.slept) == 8
    assert registry.officers_of("HFW") == ()


def test_holidays_are_in_force_as_a_whole(registry: DynamoRegistry) -> None:
    registry.apply_holidays({"2026-01-26": "Republic Day", "2026-12-25": "Christmas"}, upload("v1"))
    assert registry.calendar().holidays == {date(2026, 1, 26), date(2026, 12, 25)}
    registry.apply_holidays({"2027-01-26": "Republic Day"}, upload("v2"))
    assert registry.calendar().holidays == {date(2027, 1, 26)}


def test_the_sample_holidays_make_the_calendar(registry: DynamoRegistry) -> None:
    registry.apply_holidays(sample(HOLIDAYS).holidays, upload("v1"))
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
    registry.apply_officers(sample(OFFICERS).officers, upload("v1"))
    wire.sent.clear()
    assert len(registry.officers_of("HFW")) < 5
    assert wire.sent == ["GetItem", "Query"]


def test_an_office_of_many_officers_is_read_to_its_end(registry: DynamoRegistry, wire: Wire) -> None:
    registry.apply_officers(named("One", 7), upload("v1"))

    def small(params: dict[str, Any], **_: object) -> None:
        params["Limit"] = 2

    wire.hook("provide-client-params.dynamodb.Query", small)
    assert len(registry.officers_of("HFW")) == 7


@pytest.mark.parametrize("operation", ["GetItem", "Query"])
def test_a_registry_that_cannot_be_read_is_an_outage_and_not_an_empty_office(
    registry: DynamoRegistry, wire: Wire, operation: str
) -> None:
    registry.apply_officers(named("One"), upload("v1"))
    wire.fail(operation, "ThrottlingException")
    with pytest.raises(Unavailable):
        registry.officers_of("HFW")


# --- Which of two uploads is in force


def at(order: int, sequencer: str | None = None) -> Upload:
    """The upload that came so many-eth."""
    return upload(f"v{9 - order}", at=NOW + timedelta(seconds=order), sequencer=sequencer)


@pytest.mark.parametrize("order", list(permutations(range(3))))
@pytest.mark.parametrize("sequenced", [False, True])
def test_the_latest_is_in_force_in_whatever_order_they_are_handled(
    registry: DynamoRegistry, clock: FakeClock, order: tuple[int, ...], *, sequenced: bool
) -> None:
    for number in order:
        come = at(number, f"00{number}" if sequenced else None)
        registry.apply_officers([officer(name=f"Officer {number}")], come)
        registry.apply_holidays({f"2026-01-0{number + 1}": "A day"}, come)
        clock.advance(seconds=31)
    assert names(registry) == {"Officer 2"}
    assert registry.calendar().holidays == {date(2026, 1, 3)}


def test_one_that_is_superseded_is_told_by_what_and_writes_nothing(
    registry: DynamoRegistry, wire: Wire
) -> None:
    registry.apply_officers(named("One"), at(1))
    wire.sent.clear()
    assert registry.apply_officers(named("Old"), at(0)) == at(1).version
    assert wire.sent == ["GetItem"]
    assert names(registry) == {"One"}


@pytest.mark.parametrize("kind", ["holidays", "service_levels", "executives"])
def test_every_file_is_kept_in_its_order(registry: DynamoRegistry, kind: str) -> None:
    put = getattr(registry, f"apply_{kind}")
    empty: dict[str, str] | list[ServiceLevel] = {} if kind == "holidays" else []
    assert put(empty, at(1)) is None
    assert put(empty, at(0)) == at(1).version
    assert put(empty, at(2)) is None


def test_the_same_upload_again_changes_nothing(registry: DynamoRegistry, wire: Wire) -> None:
    registry.apply_officers(named("One"), at(1, "0A"))
    wire.sent.clear()
    assert registry.apply_officers(named("One"), at(1, "0A")) is None
    assert wire.sent == ["GetItem"]


def test_the_same_upload_told_without_its_order_is_not_superseded_by_itself(registry: DynamoRegistry) -> None:
    registry.apply_officers(named("One"), at(1, "0A"))
    to_the_second = upload(at(1).version, at=NOW)
    assert registry.apply_officers(named("One"), to_the_second) is None
    assert names(registry) == {"One"}


def test_one_that_comes_between_is_seen_before_anything_is_in_force(
    registry: DynamoRegistry, another: DynamoRegistry, wire: Wire
) -> None:
    registry.apply_officers(named("One"), at(0))
    others = [at(2)]

    def come_between(**_: object) -> None:
        if others:
            another.apply_officers(named("Two"), others.pop())

    wire.hook("provide-client-params.dynamodb.PutItem", come_between)
    assert registry.apply_officers(named("Between"), at(1)) == at(2).version
    assert names(registry) == {"Two"}


def test_one_that_comes_between_and_is_older_is_replaced(
    registry: DynamoRegistry, another: DynamoRegistry, wire: Wire
) -> None:
    registry.apply_officers(named("One"), at(0))
    others = [at(1)]

    def come_between(**_: object) -> None:
        if others:
            another.apply_officers(named("Between"), others.pop())

    wire.hook("provide-client-params.dynamodb.PutItem", come_between)
    assert registry.apply_officers(named("Two"), at(2)) is None
    assert names(registry) == {"Two"}
    # AND whoever was in force for that moment is known as well
    assert {one.name for one in registry.holders_of("320").values()} == {"One", "Between", "Two"}


def test_a_write_whose_answer_was_lost_is_ones_own(table: Table, clock: FakeClock) -> None:
    repeating = Table(Repeating(table.client, "put_item"), table.name)  # type: ignore[arg-type]  # a stand-in for a client
    registry = DynamoRegistry(repeating, clock, FakeIdentifiers())
    for number in range(3):
        assert registry.apply_holidays({f"2026-01-0{number + 1}": "A day"}, at(number)) is None
    assert registry.calendar().holidays == {date(2026, 1, 3)}


def test_what_was_in_force_before_uploads_were_told_apart_is_replaced(
    registry: DynamoRegistry, table: Table
) -> None:
    old = {"pk": {"S": "REGISTRY#holidays"}, "sk": {"S": "CURRENT"}, "version": {"S": "v0"}}
    table.client.put_item(TableName=TABLE, Item={**old, "holidays": {"M": {}}})
    assert registry.apply_holidays({"2026-01-26": "Republic Day"}, at(0)) is None
    assert registry.calendar().holidays == {date(2026, 1, 26)}


# --- Who held a post before


def test_all_officers_are_those_of_every_office(registry: DynamoRegistry) -> None:
    assert registry.all_officers() == []
    officers = sample(OFFICERS).officers
    registry.apply_officers(officers, at(0))
    assert sorted(registry.all_officers(), key=str) == sorted(officers, key=str)


def test_whoever_held_a_post_is_known_when_the_version_is_replaced(registry: DynamoRegistry) -> None:
    first, second = officer(name="One"), officer(name="Two")
    head, elsewhere = officer(level=Level.HEAD), officer("320")
    # One stands twice, for two terms: he is one person all the same.
    again = first.model_copy(update={"valid_to": date(2026, 2, 1)})
    registry.apply_officers([first, again, head, elsewhere], at(0))
    assert registry.holders_of("HFW").keys() == {first.holder, head.holder}
    registry.apply_officers([second, head], at(1))
    registry.apply_officers([officer(name="Three"), head], at(2))
    known = registry.holders_of("HFW")
    assert {one.name for one in known.values()} == {"One", "Two", "Three", head.name}
    assert known[second.holder] == second
    assert registry.holders_of("320") == {elsewhere.holder: elsewhere}


def test_a_former_officer_is_forgotten_after_a_year(registry: DynamoRegistry, table: Table) -> None:
    registry.apply_officers([officer(name="One")], at(0))
    registry.apply_officers([officer(name="Two")], at(1))
    found = table.client.scan(TableName=TABLE)["Items"]
    (item,) = [item for item in found if "former-officers" in item["pk"]["S"]]
    assert item["pk"]["S"] == "REGISTRY#former-officers#HFW"
    kept_for = int(item["expires_at"]["N"]) - NOW.timestamp()
    assert timedelta(days=365) < timedelta(seconds=kept_for) < timedelta(days=367)


# --- What else is known of what was replaced

HFW_HEAD = ("HFW", Level.HEAD)


def test_since_when_a_post_has_nobody_is_carried_on_from_version_to_version(
    registry: DynamoRegistry, another: DynamoRegistry, clock: FakeClock
) -> None:
    assert registry.emptied_posts() == {}
    registry.apply_officers([officer(), officer(level=Level.HEAD), officer("320")], at(0))
    assert registry.emptied_posts() == {}
    # WHEN an upload drops the head, on a day that has begun in India alone, and the next has none either
    clock.moment = NOW.replace(hour=19, minute=0)
    dropped = clock.moment.date() + timedelta(days=1)
    for number in (1, 2):
        registry.apply_officers([officer(), officer("320")], at(number))
        assert registry.emptied_posts() == {HFW_HEAD: dropped}
        clock.advance(days=1)
    assert another.emptied_posts() == {HFW_HEAD: dropped}
    # THEN it is forgotten once there is one, and a second time is another day
    registry.apply_officers([officer(), officer(level=Level.HEAD)], at(3))
    assert registry.emptied_posts() == {("320", Level.NODAL): dropped + timedelta(days=2)}
    registry.apply_officers([officer(), officer("320")], at(4))
    assert registry.emptied_posts() == {HFW_HEAD: dropped + timedelta(days=2)}


def test_the_upload_in_force_is_known_at_once(registry: DynamoRegistry, another: DynamoRegistry) -> None:
    assert another.officers_upload() is None
    registry.apply_officers([officer()], at(0))
    assert another.officers_upload() == at(0)


def test_officers_are_read_as_they_were_written_last(registry: DynamoRegistry, wire: Wire) -> None:
    registry.apply_officers([officer()], at(0))
    wire.parameters.clear()
    registry.officers_of("HFW")
    assert [asked["ConsistentRead"] for asked in wire.parameters] == [True, True]


def executives(*districts: str, count: int = 1) -> list[FieldExecutive]:
    return [
        FieldExecutive(
            executive_id=f"FE-{number:05d}",
            name="রুমা চট্টোপাধ্যায় (sample)",
            phone="+919001000001",
            districts=districts,
            valid_from=date(2026, 1, 1),
            valid_to=None,
        )
        for number in range(count)
    ]


def test_the_districts_that_a_roster_took_over_are_known(registry: DynamoRegistry) -> None:
    assert registry.districts_served_before() == frozenset()
    gone = executives("664")[0].model_copy(update={"valid_to": date(2026, 2, 1)})
    registry.apply_executives([*executives("320", "303"), gone], at(0))
    assert registry.districts_served_before() == frozenset()
    registry.apply_executives(executives("303"), at(1))
    assert registry.districts_served_before() == {"320", "303"}
    # WHEN the same comes again, told with another time
    registry.apply_executives(executives("303"), upload(at(1).version, at=NOW + timedelta(hours=1)))
    assert registry.districts_served_before() == {"320", "303"}


def test_what_a_file_may_hold_an_item_holds(registry: DynamoRegistry) -> None:
    each = len(executives("320", "303")[0].model_dump_json().encode())
    most = executives("320", "303", count=MOST_BYTES // each)
    assert registry.apply_executives(most, at(0)) is None
    assert len(registry.all_executives()) == len(most)
