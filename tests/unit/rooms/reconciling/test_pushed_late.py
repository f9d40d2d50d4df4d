"""What the portal was given days after the registration is held against its list as well, until it was."""

from datetime import date, timedelta
from typing import Any

import pytest

from functions.domain.calendar import IST
from functions.domain.ports import TryLater
from functions.domain.reconciliation import Late
from functions.domain.record import Record
from functions.push.pushing import enter
from functions.reconcile.contract import OLDER_DAY, nightly_days
from functions.reconcile.reconciling import reconcile
from tests.builders import NOW, accepted, action_taken, forwarded, numbered, visited
from tests.fakes import FakePorts
from tests.unit.rooms.reconciling.both_sides import CELL, World

REGISTERED = NOW.astimezone(IST).date()


def on_day(outside: FakePorts, days: int) -> None:
    """So many days after the registration, at noon in India."""
    outside.clock.moment = NOW.replace(hour=6, minute=30) + timedelta(days=days)


def pushed(world: World, days: int, record: Record) -> str:
    """A record that goes into the portal so many days after its registration; its reference."""
    on_day(world.outside, days)
    world.outside.records.put(record)
    assert enter(world.outside, record.reference, 0)["outcome"] == "pushed"
    return record.reference


def night(world: World, days: int, *, minutes: int = 10) -> list[dict[str, Any]]:
    """The night that follows so many days after the registration; its days' figures."""
    world.outside.clock.moment = NOW.replace(hour=21, minute=30) + timedelta(days=days)
    now = world.outside.clock.now()
    today = now.astimezone(IST).date()
    late = world.outside.records.late_pushes(today)
    until = now + timedelta(minutes=minutes)
    reports = reconcile(world.outside, nightly_days(today), now=now, until=until, tell=CELL, late=late)
    return [dict(report.summary()) for report in reports]


def found(world: World, days: int) -> dict[str, int]:
    """What the night found of the day of registration."""
    return {
        kind: number
        for report in night(world, days)
        if report["day"] == REGISTERED.isoformat()
        for kind, number in report["counts"].items()
    }


def looked_at(reports: list[dict[str, Any]]) -> bool:
    return REGISTERED.isoformat() in [report["day"] for report in reports]


def recalled() -> Record:
    return visited(action_taken(forwarded()), meets_standard=False)


def test_what_was_validated_days_later_is_held_against_the_list_of_its_day(world: World) -> None:
    reference = pushed(world, 4, accepted())
    world.loses(reference)
    assert found(world, 4) == {"missing_there": 1}
    assert world.record(reference).portal_id == world.portal.entries[reference]


def test_a_recall_that_the_portal_took_weeks_later_is_looked_for(world: World) -> None:
    record = recalled()
    world.portal.push(record, None)
    reference = pushed(world, 20, record)
    world.alters(reference, portal_id=record.portal_id, recalls=frozenset())
    assert found(world, 20) == {"recalls_missing_there": 1}


def test_a_day_that_was_gone_through_is_not_late_any_more(world: World) -> None:
    pushed(world, 5, accepted())
    assert looked_at(night(world, 5))
    assert world.outside.records.late_pushes(date.max) == []
    assert not looked_at(night(world, 6))


def test_what_is_pushed_today_waits_for_the_next_night(world: World) -> None:
    # Its day may have been gone through a moment before.
    reference = pushed(world, 5, accepted())
    today = world.outside.clock.now().astimezone(IST).date()
    assert world.outside.records.late_pushes(today) == []
    assert world.outside.records.late_pushes(today + timedelta(days=1)) == [Late(today, REGISTERED)]
    assert world.record(reference).registered_at.astimezone(IST).date() == REGISTERED


def test_what_is_pushed_on_the_day_of_registration_has_its_nights_anyway(world: World) -> None:
    pushed(world, 0, accepted())
    assert world.outside.records.late_pushes(date.max) == []


def test_a_day_whose_list_does_not_come_is_tried_again_the_night_after(world: World) -> None:
    reference = pushed(world, 5, accepted())
    world.loses(reference)
    # GIVEN no list at all that night
    days = len(nightly_days(REGISTERED)) + 1
    world.portal.list_script.extend([TryLater(None, "no-answer")] * 4 * days)
    assert found(world, 5) == {}
    # THEN the next one finds it
    assert found(world, 6) == {"missing_there": 1}


def test_what_was_put_off_is_taken_up_the_night_after(world: World) -> None:
    reference = pushed(world, 5, accepted())
    world.loses(reference)
    world.portal.script.append(TryLater(None, "status-503"))
    assert found(world, 5) == {"missing_there": 1}
    assert world.record(reference).portal_id != world.portal.entries.get(reference)
    assert found(world, 6) == {"missing_there": 1}
    # What was entered again is looked for once more, as any push of that day.
    assert looked_at(night(world, 7))
    assert not looked_at(night(world, 8))


def test_what_a_night_does_not_reach_waits_for_the_next_one_and_is_no_news(world: World) -> None:
    pushed(world, 5, accepted())
    reports = night(world, 5, minutes=0)
    assert [report["not_read"] for report in reports] == ["out-of-time"] * len(nightly_days(REGISTERED))
    assert looked_at(night(world, 6))


def test_what_no_night_reached_for_a_week_is_told_and_let_go(world: World) -> None:
    pushed(world, 5, accepted())
    for days in range(5, 12):
        assert not looked_at(night(world, days, minutes=0))
    (told,) = [one for one in night(world, 12, minutes=0) if one["day"] == REGISTERED.isoformat()]
    assert told["not_read"] == "out-of-time"
    assert not looked_at(night(world, 13))


def test_the_day_that_waits_longest_comes_first(world: World) -> None:
    for number, (registered, days) in enumerate([(0, 9), (2, 8), (3, 8)]):
        record = numbered(accepted(), number)
        at = record.registered_at + timedelta(days=registered)
        pushed(world, days, record.model_copy(update={"registered_at": at}))
    reports = [report["day"] for report in night(world, 10)][len(nightly_days(REGISTERED)) :]
    assert reports == [f"{REGISTERED + timedelta(days=days)}" for days in (2, 3, 0)]


def test_a_late_day_that_the_night_goes_through_anyway_is_gone_through_once(world: World) -> None:
    pushed(world, 1, accepted())
    days = [report["day"] for report in night(world, 1)]
    assert days.count(REGISTERED.isoformat()) == 1
    assert world.outside.records.late_pushes(date.max) == []


@pytest.mark.parametrize("lost_after", range(1, OLDER_DAY))
def test_what_a_portal_loses_with_an_older_copy_is_found_in_the_end(world: World, lost_after: int) -> None:
    reference = pushed(world, 0, accepted())
    nights = range(OLDER_DAY + 2)
    hits = []
    for days in nights:
        if days == lost_after:
            world.loses(reference)
        hits += [days] * bool(found(world, days))
    assert len(hits) == 1
