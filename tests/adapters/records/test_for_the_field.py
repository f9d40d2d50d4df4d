"""What is due for a field check, and whose citizen is to be asked."""

from datetime import timedelta

import pytest

from functions.adapters.records import DynamoRecords
from functions.domain import feedback
from functions.domain.errors import Refused
from functions.domain.record import Record, Status
from tests.adapters.records.stand import World
from tests.builders import (
    NOW,
    PHONE,
    SUBJECT,
    action_taken,
    forwarded,
    in_status,
    numbered,
    registered,
)
from tests.fakes import FakeClock, FakeIdentifiers


def reported(number: int, minute: int, district: str | None) -> Record:
    """A record of which action was reported, so many minutes late."""
    subject = SUBJECT.model_copy(update={"district": district})
    before = forwarded().model_copy(update={"subject": subject, "portal_id": f"CMO/2026/{number}"})
    return numbered(action_taken(before, at=NOW + timedelta(minutes=minute)), number)


@pytest.mark.parametrize("limit", [1, 2, 3, 100])
def test_what_is_due_for_a_field_check_is_listed_by_district_the_longest_waiting_first(
    world: World, limit: int
) -> None:
    for record in (
        reported(1, 30, "320"),
        reported(2, 10, "303"),
        reported(3, 20, "320"),
        reported(4, 0, None),
        numbered(in_status(Status.RECALLED), 5),
    ):
        world.let_stand(record)

    def listed(*districts: str) -> list[str]:
        found: list[str] = []
        cursor: str | None = None
        while True:
            page = world.records.waiting_for_field_check(districts, limit, cursor)
            found += [record.record_id[-1] for record in page.records]
            if page.next is None:
                return found
            cursor = page.next

    assert listed("320") == ["3", "1"]
    assert listed("303", "320", "") == ["4", "2", "3", "1"]
    assert listed("") == ["4"]
    assert listed("664") == []


def test_a_cursor_of_the_field_checks_that_is_none_is_refused(world: World) -> None:
    with pytest.raises(Refused, match="cursor"):
        world.records.waiting_for_field_check(["320"], 10, "bm9uZQ")


def test_whose_citizen_is_to_be_asked(world: World) -> None:
    asked = feedback.received(
        in_status(Status.CLOSED), agent_id="A-17", satisfied=True, rating=5, remark=None, at=NOW
    )
    for number, record in enumerate(
        (in_status(Status.CLOSED), asked, in_status(Status.ACTION_TAKEN), in_status(Status.FORWARDED)), 1
    ):
        world.let_stand(numbered(record, number).model_copy(update={"portal_id": f"CMO/2026/{number}"}))
    page = world.records.to_be_asked(NOW - timedelta(days=1), 10, None)
    assert {record.record_id for record in page.records} == {
        numbered(registered(), number).record_id for number in (1, 3)
    }
    assert world.records.to_be_asked(NOW + timedelta(days=1), 10, None).records == []


@pytest.mark.parametrize("cursor", ["", "x", "bm9uZXxvZg"])
def test_a_foreign_cursor_opens_no_list(request: pytest.FixtureRequest, cursor: str) -> None:
    records = DynamoRecords(request.getfixturevalue("table"), FakeClock(), FakeIdentifiers())
    with pytest.raises(Refused):
        records.to_be_called_back(NOW, 10, cursor)
    with pytest.raises(Refused):
        records.unreachable(10, cursor)
    with pytest.raises(Refused):
        records.to_be_asked(NOW, 10, cursor)
    with pytest.raises(Refused):
        records.of_caller(PHONE, 10, cursor)
