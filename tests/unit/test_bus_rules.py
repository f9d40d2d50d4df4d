"""The rules of the bus let through to notify what the domain says is told, each event once to each queue."""

from collections import Counter
from typing import Any

import pytest

from functions.domain.lifecycle import TABLE, TELLS, TELLS_CITIZENS, TOLD_AT_BIRTH, Audience
from functions.domain.record import EventType, Status
from infra.build import PROJECT
from infra.template import load_fragment

QUEUES = {"Alerts": TELLS, "CitizenAlerts": TELLS_CITIZENS}
STANDS_DOWN = {"stand_down": [{"exists": True}]}


def patterns_to(queue: str) -> list[dict[str, Any]]:
    """The patterns of every rule that has the queue for a target."""
    rules = [
        resource["Properties"]
        for resource in load_fragment(PROJECT / "infra" / "events.yaml")["Resources"].values()
        if resource["Type"] == "AWS::Events::Rule"
    ]
    arn = {"Fn::GetAtt": [queue, "Arn"]}
    return [rule["EventPattern"] for rule in rules if arn in [each["Arn"] for each in rule["Targets"]]]


def types_to(queue: str, detail: dict[str, Any] | None = None) -> set[str]:
    """The events that reach the queue whatever they tell, or where their own fields are such."""
    patterns = [pattern for pattern in patterns_to(queue) if pattern.get("detail") == detail]
    return {name for pattern in patterns for name in pattern["detail-type"]}


@pytest.mark.parametrize("queue", QUEUES)
def test_no_event_reaches_a_queue_by_two_rules(queue: str) -> None:
    patterns = patterns_to(queue)
    reached = Counter(name for pattern in patterns for name in pattern["detail-type"])
    assert set(reached.values()) == {1}
    assert all(pattern["source"] == ["ssm"] for pattern in patterns)


def test_every_event_that_officers_are_told_reaches_them_and_no_other() -> None:
    assert types_to("Alerts") == set(TELLS)


def test_a_decision_reaches_the_officers_where_an_office_stands_down() -> None:
    decisions = {
        rule.event
        for rule in TABLE
        if rule.status is Status.UNDER_REVIEW and rule.to is not Status.UNDER_REVIEW
    }
    assert types_to("Alerts", STANDS_DOWN) == decisions
    assert all(pattern.get("detail") in (None, STANDS_DOWN) for pattern in patterns_to("Alerts"))


def test_every_event_that_citizens_are_told_reaches_them_and_no_other() -> None:
    assert types_to("CitizenAlerts") == set(TELLS_CITIZENS) - {EventType.RECORD_REGISTERED}


def test_of_new_records_those_reach_the_citizens_of_which_they_are_told() -> None:
    (pattern,) = [pattern for pattern in patterns_to("CitizenAlerts") if "detail" in pattern]
    assert pattern["detail-type"] == [EventType.RECORD_REGISTERED]
    assert {frozenset(value) for value in pattern["detail"].values()} == {TOLD_AT_BIRTH}
    assert list(pattern["detail"]) == ["kind"]


def test_what_the_supervisor_hears_of_reaches_notify() -> None:
    told = {rule.event for rule in TABLE if Audience.SUPERVISOR in rule.tells}
    assert told
    assert told <= types_to("Alerts")
