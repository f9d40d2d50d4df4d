"""What was to be told of an execution is told late, and there is somebody to take each rule's letters."""

from __future__ import annotations

from typing import Any

import pytest

from infra.redrive import RULES, Outcome
from infra.template import load_fragment
from local.layout import PROJECT
from tests.adapters.redrive.letters import ENDED, EXECUTION, FORWARDED, SCHEDULED
from tests.adapters.redrive.place import Place

RESOURCES = {
    name: resource["Properties"]
    for path in sorted((PROJECT / "infra").glob("*.yaml"))
    for name, resource in load_fragment(path).get("Resources", {}).items()
    if resource.get("Type") == "AWS::Events::Rule"
}
LETTERS: dict[str, dict[str, Any]] = {"ssm": FORWARDED, "aws.states": ENDED}


def letters_of(rule: dict[str, Any]) -> list[dict[str, Any]]:
    """An event of each kind that a rule passes on."""
    if "ScheduleExpression" in rule:
        return [SCHEDULED]
    pattern = rule["EventPattern"]
    statuses = pattern.get("detail", {}).get("status", [None])
    return [
        {**LETTERS[source], "detail-type": kind, "detail": {**LETTERS[source]["detail"], "status": status}}
        for source in pattern["source"]
        for kind in pattern.get("detail-type", ["RecordForwarded"])
        for status in statuses
    ]


def told_by_rule(rule: dict[str, Any]) -> bool:
    return any("RuleDeadLetters" in str(target.get("DeadLetterConfig")) for target in rule["Targets"])


def test_there_are_rules_of_each_kind() -> None:
    sources = {letter["source"] for rule in RESOURCES.values() for letter in letters_of(rule)}
    assert sources == {"ssm", "aws.states", "aws.events"}
    assert all(told_by_rule(rule) for rule in RESOURCES.values())


@pytest.mark.parametrize("name", RESOURCES)
def test_no_letter_of_any_rule_stays(place: Place, name: str) -> None:
    letters = letters_of(RESOURCES[name])
    place.put(RULES, *letters)
    outcome = place.run()[RULES]
    assert (outcome.found, outcome.left, outcome.reasons) == (len(letters), 0, {})


def test_an_execution_that_failed_is_told_to_whom_the_alarms_go(place: Place) -> None:
    place.put(RULES, ENDED)
    assert place.run()[RULES] == Outcome(RULES, handed_back=1, dropped=0, left=0)
    (told,) = place.published()
    assert told == {
        "what": "The execution of a grievance ended as FAILED; this is told late",
        "at": "2026-11-24T04:45:00Z",
        "grievance": '{"reference": "SSM-4821-903-7717"}',
        "error": "StepFailed",
        "why": "A step failed after all its retries",
        "execution": EXECUTION,
    }
    # It is none of our events: it would be nobody's on the bus.
    assert place.told == []


def test_where_nobody_is_told_any_more_it_stays(place: Place) -> None:
    place.clients.events.remove_targets(Rule="ssm-test-tell-of-failed-executions", Ids=["alarms"])
    place.put(RULES, ENDED)
    outcome = place.run()[RULES]
    assert outcome.reasons == {"nobody is told of executions: deploy with AlarmTopicArn": 1}
    assert outcome.left == 1
    del place.cloudformation.resources["TellOfFailedExecutions"]
    assert place.run()[RULES].reasons == outcome.reasons


def test_a_topic_that_is_gone_keeps_the_letter(place: Place) -> None:
    place.topics.delete_topic(TopicArn=place.topic)
    place.put(RULES, ENDED, FORWARDED)
    outcome = place.run()[RULES]
    assert (outcome.handed_back, outcome.left) == (1, 1)
