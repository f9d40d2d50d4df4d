"""What waits for an analyst, in its order."""

import pytest

from functions.domain.errors import Refused
from functions.domain.record import Kind, Status
from tests.adapters.records.stand import World, waiting
from tests.builders import (
    accepted,
    numbered,
    registered,
)


def queue(world: World, limit: int) -> list[str]:
    """What waits for review, read page by page."""
    listed: list[str] = []
    cursor: str | None = None
    while True:
        page = world.records.waiting_for_review(limit, cursor)
        assert len(page.records) <= limit
        assert all(record.status is Status.UNDER_REVIEW for record in page.records)
        listed += [record.record_id for record in page.records]
        if page.next is None:
            return listed
        cursor = page.next


@pytest.fixture
def seven(world: World) -> list[str]:
    """Seven records that wait, and what does not; their names in the order in which they are to be taken."""
    records = [
        waiting(5, 10),
        waiting(1, 40, emergency=True),
        waiting(6, 20),
        waiting(4, 0),
        waiting(2, 50, emergency=True),
        waiting(7, 30),
        waiting(3, 60, emergency=True),
    ]
    for record in (*records, numbered(registered(), 8), numbered(accepted(), 9)):
        world.let_stand(record)
    world.let_stand(registered(kind=Kind.MISSED_CALL, record_id="MC-1"))
    return [f"CC-20261124-{number:06d}" for number in range(1, 8)]


@pytest.mark.parametrize("limit", [1, 2, 3, 4, 6, 7, 8, 100])
def test_emergencies_come_first_then_the_oldest_whatever_the_page(
    world: World, seven: list[str], limit: int
) -> None:
    assert queue(world, limit) == seven


def test_what_was_decided_waits_no_more_and_the_rest_keeps_its_place(world: World, seven: list[str]) -> None:
    first = world.records.waiting_for_review(2, None)
    for record in first.records:
        world.records.save(record, accepted(record))
    rest = world.records.waiting_for_review(100, first.next)
    assert [record.record_id for record in rest.records] == seven[2:]
    assert queue(world, 3) == seven[2:]


def test_where_nothing_waits_the_list_is_empty(world: World) -> None:
    assert queue(world, 50) == []


@pytest.mark.parametrize("cursor", ["", "x", "bm9uZQ", "====", "আ", "a b", "e30", "W10", "bnVsbA", "\ud800"])
def test_a_cursor_that_is_none_of_the_lists_is_refused(world: World, seven: list[str], cursor: str) -> None:
    assert seven
    with pytest.raises(Refused, match="cursor") as refused:
        world.records.waiting_for_review(10, cursor)
    assert [fault.pointer for fault in refused.value.faults] == [None]


def test_a_cursor_is_base64url_without_padding(world: World, seven: list[str]) -> None:
    for limit in range(1, len(seven)):
        cursor = world.records.waiting_for_review(limit, None).next
        assert cursor is not None
        assert cursor.replace("-", "").replace("_", "").isalnum()
