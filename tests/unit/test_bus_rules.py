"""The rules of the bus let through to notify what the domain says is told."""

from typing import Any

from functions.domain.lifecycle import TABLE, TELLS, TELLS_CITIZENS, Audience
from functions.domain.record import Status
from infra.build import PROJECT
from infra.template import load_fragment

ALERTS = {"Fn::GetAtt": ["Alerts", "Arn"]}


def patterns_to_notify() -> list[dict[str, Any]]:
    rules = [
        resource["Properties"]
        for resource in load_fragment(PROJECT / "infra" / "events.yaml")["Resources"].values()
        if resource["Type"] == "AWS::Events::Rule"
    ]
    return [rule["EventPattern"] for rule in rules if ALERTS in [each["Arn"] for each in rule["Targets"]]]


def test_every_event_that_is_told_reaches_notify_and_no_other() -> None:
    unconditional = [pattern for pattern in patterns_to_notify() if "detail" not in pattern]
    let_through = [name for pattern in unconditional for name in pattern["detail-type"]]
    assert sorted(let_through) == sorted({*TELLS, *TELLS_CITIZENS})
    assert all(pattern["source"] == ["ssm"] for pattern in unconditional)


def test_a_decision_that_tells_no_citizen_reaches_notify_where_an_office_stands_down() -> None:
    (pattern,) = [pattern for pattern in patterns_to_notify() if "detail" in pattern]
    decisions = {
        rule.event
        for rule in TABLE
        if rule.status is Status.UNDER_REVIEW and rule.to is not Status.UNDER_REVIEW
    }
    assert set(pattern["detail-type"]) == decisions - set(TELLS_CITIZENS)
    assert pattern["source"] == ["ssm"]
    assert pattern["detail"] == {"stand_down": [{"exists": True}]}


def test_what_the_supervisor_hears_of_reaches_notify() -> None:
    told = {rule.event for rule in TABLE if Audience.SUPERVISOR in rule.tells}
    unconditional = [pattern for pattern in patterns_to_notify() if "detail" not in pattern]
    assert told
    assert told <= {name for pattern in unconditional for name in pattern["detail-type"]}
