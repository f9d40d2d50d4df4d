"""Which days a run is asked for, and what the function answers."""

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from functions.domain.errors import Refused
from functions.domain.reconciliation import Late
from functions.reconcile import handler
from functions.reconcile.contract import read_days, read_time
from tests.builders import (
    NOW,
)
from tests.unit.rooms.reconciling.both_sides import CELL, DAY, LATER, World


def nightly(time: str) -> dict[str, Any]:
    return {"source": "aws.events", "detail-type": "Scheduled Event", "time": time, "resources": []}


@pytest.mark.parametrize("time", ["2026-11-24T21:30:00Z", "2026-11-25T17:00:00Z"])
def test_each_night_yesterday_and_the_two_days_before_it_and_one_of_a_month_ago(time: str) -> None:
    days = read_days(nightly(time), datetime.fromisoformat(time))
    assert days == [date(2026, 11, 24), date(2026, 11, 23), date(2026, 11, 22), date(2026, 10, 26)]


def test_by_hand_a_day_or_a_span() -> None:
    assert read_days({"day": "2026-11-24"}, LATER) == [DAY]
    assert read_days({"from": "2026-11-24", "to": "2026-11-24", "time": "x"}, LATER) == [DAY]
    month = read_days({"from": "2026-10-25", "to": "2026-11-24"}, LATER)
    assert (len(month), month[0], month[-1]) == (31, DAY, date(2026, 10, 25))
    # 01:00 in India is another day than in Greenwich
    assert read_days({"day": "2026-11-25"}, datetime(2026, 11, 24, 19, 30, tzinfo=UTC))


@pytest.mark.parametrize(
    ("event", "pointer"),
    [
        ({}, ""),
        ({"dya": "2026-11-24"}, ""),
        ({"day": "2026-11-24", "to": "2026-11-24"}, ""),
        ({"from": "2026-11-24"}, ""),
        ({"from": "2026-10-24", "to": "2026-11-24"}, ""),
        ({"from": "2026-11-24", "to": "2026-11-23"}, "/to"),
        ({"from": "2026-11-24", "to": "2026-11-26"}, "/to"),
        ({"day": "2026-11-26"}, "/day"),
        ({"day": "24.11.2026"}, "/day"),
        ({"day": "20261124"}, "/day"),
        ({"day": 20261124}, "/day"),
        ({"day": None}, "/day"),
        ({"from": "yesterday", "to": "2026-11-24"}, "/from"),
    ],
)
def test_what_is_no_such_day_is_said_so(event: dict[str, Any], pointer: str) -> None:
    with pytest.raises(Refused) as refused:
        read_days(event, LATER)
    assert [fault.pointer for fault in refused.value.faults] == [pointer]


def test_the_time_is_the_events_else_the_clocks() -> None:
    assert read_time({}, NOW, may_be_ahead=False) == NOW
    assert read_time(nightly("2026-11-24T04:00:00Z"), NOW, may_be_ahead=False) == NOW - timedelta(minutes=45)
    ahead = {"time": "2026-11-24T05:00:00Z"}
    assert read_time(ahead, NOW, may_be_ahead=True) == NOW + timedelta(minutes=15)
    for event in (ahead, {"time": "noon"}, {"time": "2026-11-24T05:00:00"}):
        with pytest.raises(Refused, match="/time"):
            read_time(event, NOW, may_be_ahead=False)


def test_the_function_answers_with_each_days_figures(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    world.loses(world.pushed(1))
    settings = SimpleNamespace(stage="production", grievance_cell_mail=CELL)
    monkeypatch.setattr(handler, "ports", lambda: world.outside)
    monkeypatch.setattr(handler, "settings", lambda: settings)
    context = SimpleNamespace(
        function_name="function",
        memory_limit_in_mb=512,
        invoked_function_arn="arn",
        aws_request_id="id",
        get_remaining_time_in_millis=lambda: 900_000,
    )
    assert handler.reconcile_days({"probe": True}, context) == {"ready": True}
    # GIVEN another day of which something was pushed late
    yesterday = DAY - timedelta(days=1)
    late = [Late(pushed_on=yesterday, registered_on=yesterday - timedelta(days=20))]
    monkeypatch.setattr(world.outside.records, "late_pushes", lambda _: late)
    # THEN by hand only what was asked for is gone through, and each night that one as well
    answer = handler.reconcile_days({"day": "2026-11-24"}, context)
    (figures,) = answer["days"]
    assert (figures["counts"], figures["mended"], figures["left"]) == ({"missing_there": 1}, 1, 0)
    assert [mail.to for mail in world.outside.messaging.mails] == [CELL]
    answer = handler.reconcile_days(nightly(f"{world.outside.clock.now().isoformat()}"), context)
    assert [figures["day"] for figures in answer["days"]][-2:] == ["2026-10-26", "2026-11-03"]
    with pytest.raises(Refused):
        handler.reconcile_days({"day": "2026-11-24", "time": "2027-01-01T00:00:00Z"}, context)
