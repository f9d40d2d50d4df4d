"""Personal data stays in the table: after a whole journey it is looked for everywhere else."""

from __future__ import annotations

import json
from collections.abc import Iterator

from local.layout import PROJECT
from tests.stack.world import PERSONAL, RECORDS, World, now, record


def spellings(value: str) -> Iterator[str]:
    """As it is, as JSON escapes it, and a telephone number without its country code."""
    yield value
    yield json.dumps(value)[1:-1]
    yield value.removeprefix("+91")


NEEDLES = {spelling for value in PERSONAL.values() for spelling in spellings(value)}


def found_in(text: str) -> set[str]:
    return {needle for needle in NEEDLES if needle in text}


def log_lines(world: World) -> Iterator[str]:
    logs = world.aws("logs")
    for groups in logs.get_paginator("describe_log_groups").paginate():
        for group in groups["logGroups"]:
            pages = logs.get_paginator("filter_log_events").paginate(logGroupName=group["logGroupName"])
            for page in pages:
                yield from (event["message"] for event in page["events"])


def test_no_log_event_or_execution_knows_the_caller(world: World) -> None:
    # GIVEN journeys that went well, one that was refused at the door, one that failed at the portal
    ordinary = world.forwarded()
    emergency = world.forwarded(emergency=True)
    world.call_centre.post("/v1/call-centre/records", record(department="NOPE"))
    world.call_centre.post("/v1/call-centre/records", record() | {PERSONAL["phone"]: PERSONAL["name"]})
    world.portal_misbehaves("refuse", "no")
    refused = world.registers(record())
    world.until_status(refused, "under_review")
    world.decides(refused)
    world.until(lambda: world.happened(refused), lambda events: len(events) == 4)
    for reference in (ordinary, emergency):
        world.until(lambda reference=reference: world.sms(reference), lambda sent: len(sent) == 2)  # type: ignore[misc]  # mypy infers no lambda with a default

    # AND a number that rang after hours, a search, an answer to how she finds the redress
    rang = {"record_id": f"MC-{ordinary}", "kind": "missed_call", "call": {"started_at": now()}}
    called = world.call_centre.post(RECORDS, rang | {"caller": {"phone": PERSONAL["phone"]}})
    assert called.status == 201
    assert world.call_centre.post("/v1/call-centre/search", {"phone": PERSONAL["phone"]}).body["items"]
    assert world.reports_action(reference=ordinary, report=PERSONAL["details"]).status == 200
    said = {"reference": ordinary, "satisfied": False, "remark": PERSONAL["summary"], "agent_id": "A-17"}
    assert world.call_centre.post("/v1/call-centre/feedback", said).status == 200
    world.until(lambda: world.told(ordinary), lambda told: told[-1]["detail-type"] == "FeedbackReceived")

    # THEN no log of a function names her
    lines = list(log_lines(world))
    assert any(ordinary in line for line in lines), "the logs that were searched are not ours"
    assert [line for line in lines if found_in(line)] == []
    # AND no event on the bus
    events = world.told()
    assert any(event["detail"]["reference"] == ordinary for event in events)
    assert [event for event in events if found_in(json.dumps(event, ensure_ascii=False))] == []
    # AND no execution: name, input, history, output
    client = world.aws("stepfunctions")
    for reference in (ordinary, emergency, refused):
        for execution in world.executions(reference):
            assert json.loads(execution["input"]) == {"reference": reference}
            history = client.get_execution_history(
                executionArn=execution["executionArn"], includeExecutionData=True, maxResults=1000
            )
            told = json.dumps([execution, history], default=str, ensure_ascii=False)
            assert found_in(told) == set()
    # AND no log of the door before the API
    for log in (PROJECT / ".local" / "tests" / "logs").glob("*.log"):
        if log.name != "ministack.log":
            assert found_in(log.read_text(encoding="utf-8")) == set(), log.name
