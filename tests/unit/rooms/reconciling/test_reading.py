"""Both sides are read to the end, or it is said that they were not."""

from datetime import timedelta
from typing import Any

import pytest

from functions.domain.errors import Unavailable
from functions.domain.ports import PortalPage, TryLater
from functions.reconcile import reading
from tests.unit.rooms.reconciling.both_sides import DAY, World


def test_a_busy_portal_is_asked_again_for_its_list(world: World) -> None:
    world.pushed(1)
    world.portal.list_script.extend([TryLater(7, "status-429")] * 3)
    assert world.found() == []
    assert len(world.outside.clock.slept) == 3
    assert min(world.outside.clock.slept) == 7


def test_a_portal_that_asks_for_long_patience_is_not_waited_for_so_long(world: World) -> None:
    world.portal.list_script.append(TryLater(900, "status-429"))
    world.runs()
    assert world.outside.clock.slept == [20]


@pytest.mark.parametrize(
    ("answers", "why"),
    [
        ([TryLater(None, "no-answer")] * 4, "no-answer"),
        ([PortalPage([], 0, "2"), *[TryLater(None, "status-500")] * 4], "status-500"),
        ([PortalPage([], 0, "2"), PortalPage([], 0, "3"), PortalPage([], 0, "2")], "cursor-repeats"),
        ([PortalPage([], 0, f"{n}") for n in range(12)], "too-many-pages"),
    ],
)
def test_a_list_that_cannot_be_read_is_no_difference(
    world: World, monkeypatch: pytest.MonkeyPatch, answers: list[Any], why: str
) -> None:
    monkeypatch.setattr(reading, "MOST_PAGES", 10)
    world.loses(world.pushed(1))
    world.portal.list_script.extend(answers)
    (report,) = world.runs()
    assert (report["read"], report["not_read"], report["differences"]) == (False, why, [])
    assert world.outside.records.writes == 0
    (mail,) = world.outside.messaging.mails
    assert "1 day could not be read" in mail.subject
    assert f"2026-11-24: the portal's list could not be read ({why})" in mail.text


def test_a_day_that_is_not_reached_in_time_is_told(world: World) -> None:
    yesterday = DAY - timedelta(days=1)
    world.pushed(1)
    first, second = world.runs(DAY, yesterday, until=timedelta())
    assert (first["not_read"], second["not_read"]) == ("out-of-time", "out-of-time")


def test_entries_that_cannot_be_read_are_counted_and_told(world: World) -> None:
    world.portal.list_script.append(PortalPage([], 3, None))
    (report,) = world.runs()
    assert report["malformed"] == 3
    (mail,) = world.outside.messaging.mails
    assert "entries that cannot be read: 3" in mail.text


def test_a_table_that_is_out_is_no_difference(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    world.pushed(1)

    def out(_: object) -> None:
        raise Unavailable("table")

    monkeypatch.setattr(world.outside.records, "load_many", out)
    with pytest.raises(Unavailable):
        world.runs()
    assert world.outside.messaging.mails == []
