"""The stack is stopped in the middle of its work and started again: everything goes on to its end."""

from __future__ import annotations

import contextlib
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from local.client import Answer
from local.layout import PROJECT, Layout
from local.stack import Stack
from tests.stack.world import World, record

IN_FLIGHT = 200
DECIDED = 80
EMERGENCIES = 20
OF_ORDINARY = 2 + 2 + 1 + 2
"""Messages: officer and head by SMS and mail, the district by mail, the citizen of two turns."""
OF_EMERGENCY = 4 + 4 + 1 + 2
"""The same, officer and head also by WhatsApp and telephone."""


@pytest.fixture
def own_stack() -> Iterator[Stack]:
    """A stack of this test's own, since it is stopped half way."""
    running = Stack(Layout(root=PROJECT / ".local" / "restart"), lambda _: None)
    try:
        running.up(fresh=True)
        yield running
    finally:
        running.down()


def references_of(world: World) -> list[str]:
    bodies = [record(emergency=number < EMERGENCIES) for number in range(IN_FLIGHT)]
    with ThreadPoolExecutor(max_workers=8) as callers:
        return list(callers.map(world.registers, bodies))


def decide_what_waits(world: World, most: int) -> int:
    """Analysts approve what waits; how many they did."""
    page = world.call_centre.get("/v1/call-centre/reviews", [("limit", str(min(most, 100)))]).body
    waiting = [item["reference"] for item in page["items"]]
    with ThreadPoolExecutor(max_workers=4) as analysts:
        answers: list[Answer] = list(analysts.map(world.decides, waiting))
    return sum(answer.status == 200 for answer in answers)


def alerts_sent(world: World) -> Counter[str]:
    """How many alerts went out for each record, by the evidence in the table."""
    pages = (
        world.aws("dynamodb")
        .get_paginator("scan")
        .paginate(
            TableName=world.stack.table,
            FilterExpression="begins_with(sk, :alert) AND #state = :sent",
            ExpressionAttributeNames={"#state": "state"},
            ExpressionAttributeValues={":alert": {"S": "ALERT#"}, ":sent": {"S": "sent"}},
        )
    )
    return Counter(item["pk"]["S"].removeprefix("REC#") for page in pages for item in page["Items"])


def statuses(world: World) -> Counter[str]:
    """How many records stand where, by the table: asking for each would keep the API from its work."""
    pages = (
        world.aws("dynamodb")
        .get_paginator("scan")
        .paginate(
            TableName=world.stack.table,
            FilterExpression="sk = :record",
            ExpressionAttributeValues={":record": {"S": "RECORD"}},
        )
    )
    return Counter(item["record"]["M"]["status"]["S"] for page in pages for item in page["Items"])


@pytest.mark.timeout(600)
def test_two_hundred_records_in_flight_survive_a_restart(own_stack: Stack) -> None:
    # GIVEN records of which some are decided, some are not, and most are somewhere in between
    world = World(own_stack.up(fresh=False))
    references = references_of(world)
    decided = world.until(lambda: decide_what_waits(world, DECIDED), lambda done: done)
    before = Counter(world.state(reference)["status"] for reference in references)

    # WHEN the stack is stopped and started
    own_stack.down()
    world = World(own_stack.up(fresh=False))

    # THEN every record is there
    assert len(before) > 1, f"nothing was under way: {before}"
    with ThreadPoolExecutor(max_workers=4) as readers:
        assert all(state["reference"] for state in readers.map(world.state, references))

    # AND goes on: to the analysts, and through them to the portal and the officer
    def forwarded() -> int:
        world.sweeps_now()
        with contextlib.suppress(AssertionError):
            decide_what_waits(world, 100)
        return statuses(world)["forwarded"]

    world.until(forwarded, lambda count: count == IN_FLIGHT, patience=420)
    with ThreadPoolExecutor(max_workers=4) as readers:
        assert {state["status"] for state in readers.map(world.state, references)} == {"forwarded"}

    # AND the portal has each once, whatever was under way when the stack was stopped
    assert decided > 0
    entries = Counter(entry["reference"] for entry in world.all_portal_entries())
    assert entries == Counter(references)
    # AND each message went out once
    emergencies, ordinary = references[:EMERGENCIES], references[EMERGENCIES:]
    told = {**dict.fromkeys(ordinary, OF_ORDINARY), **dict.fromkeys(emergencies, OF_EMERGENCY)}
    world.until(lambda: alerts_sent(world), lambda sent: sent == told)
