"""The table fails, or the API's worker crashes: nothing is lost, nor said to be kept when it is not."""

from __future__ import annotations

import itertools
import secrets
import time  # noqa: TID251 - measures by the wall clock
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest

from functions.adapters.record_items import caller_key
from local.client import Answer, SignedClient
from tests.stack.table_faults import Fault, FaultyTable, before_the_table, kill_api_workers
from tests.stack.test_batches import GATEWAY_GIVES_UP, line, post
from tests.stack.test_webhook import assert_problem
from tests.stack.world import CHECKS, FIELD_REPORTS, PORTAL_EVENTS, RECORDS, REVIEWS, World, now, record

CALLBACKS = "/v1/call-centre/callbacks"
FEEDBACK = "/v1/call-centre/feedback"
SEARCH = "/v1/call-centre/search"
ASSIGNMENTS = "/v1/field/assignments"
LINES = 120
WRITES = 40
"""So many of a batch's writes are done when the table fails; the first is that of its own receipt."""

_numbers = itertools.count(secrets.randbelow(90_000))
_called: list[str] = []
_rang: list[str] = []


def a_number() -> str:
    """A number that nobody in the tests has used."""
    return f"+9170002{next(_numbers):05d}"


@pytest.fixture(scope="module")
def proxied(session_world: World) -> Iterator[FaultyTable]:
    """The table that fails, for this module.

    Afterwards all that was kept has gone its way: the tests that follow hand the clock forward.
    """
    with before_the_table(session_world) as table:
        yield table
    grievances = set(kept(session_world, *_called))
    session_world.until(
        lambda: grievances - {item["reference"] for item in session_world.waiting_for_review()},
        lambda on_their_way: not on_their_way,
    )
    with ThreadPoolExecutor(3) as pool:
        called = pool.map(lambda one: called_back(session_world, one).status, kept(session_world, *_rang))
        assert set(called) <= {200, 409}
    session_world.until_quiet()


@pytest.fixture
def table(proxied: FaultyTable) -> Iterator[FaultyTable]:
    """The same, well before and after each test."""
    proxied.behave(Fault.NONE)
    yield proxied
    proxied.behave(Fault.NONE)


@dataclass(frozen=True)
class Delivery:
    """A request that can be sent again as it was."""

    by: SignedClient
    path: str
    done: int
    body: dict[str, Any] | None = None
    webhook_id: str = field(default_factory=lambda: f"w-{secrets.token_hex(8)}")

    def send(self) -> Answer:
        """Sends it, signed anew."""
        if self.body is None:
            return self.by.get(self.path)
        return self.by.post(self.path, self.body, webhook_id=self.webhook_id)


def kept(world: World, *phones: str) -> list[str]:
    """References of the records in the table that numbers have, past the proxy."""
    query = world.aws("dynamodb").get_paginator("query")
    keys = [
        item["pk"]["S"]
        for phone in phones
        for page in query.paginate(
            TableName=world.stack.table,
            IndexName="callers",
            KeyConditionExpression="caller = :caller",
            ExpressionAttributeValues={":caller": {"S": caller_key(phone)}},
        )
        for item in page["Items"]
    ]
    return sorted(key.removeprefix("REC#") for key in keys)


def called_by(phone: str) -> dict[str, Any]:
    """A grievance of a number's."""
    _called.append(phone)
    body = record()
    body["caller"]["phone"] = phone
    return body


def missed_call(phone: str) -> dict[str, Any]:
    """A number that rang after hours."""
    _rang.append(phone)
    return {
        "record_id": f"MC-{secrets.token_hex(8)}",
        "kind": "missed_call",
        "call": {"started_at": now()},
        "caller": {"phone": phone},
    }


@dataclass(frozen=True)
class Backlog:
    """A batch of records, each of another number: mostly of those that rang, for they need no execution."""

    phones: tuple[str, ...] = field(default_factory=lambda: tuple(a_number() for _ in range(LINES)))

    @cached_property
    def payload(self) -> bytes:
        """The batch's body."""
        bodies = (
            called_by(phone) if number % 6 == 0 else missed_call(phone)
            for number, phone in enumerate(self.phones)
        )
        return b"\n".join(line(body) for body in bodies)


def assert_out(answer: Answer) -> None:
    assert_problem(answer, 503)
    assert int(answer.headers["retry-after"]) > 0


def timed(act: Callable[[], Answer]) -> tuple[Answer, float]:
    began = time.monotonic()
    return act(), time.monotonic() - began


def assert_each_kept_once(world: World, batch: Backlog, items: Sequence[dict[str, Any]]) -> None:
    """Every line has its reference, and the table has these records and no other."""
    assert {item["status"] for item in items} <= {200, 201}
    references = {item["reference"] for item in items}
    assert len(references) == LINES
    assert kept(world, *batch.phones) == sorted(references)


def called_back(world: World, reference: str) -> Answer:
    """The tele-caller reached a number that rang."""
    return world.call_centre.post(f"{CALLBACKS}/{reference}", {"agent_id": "A-17", "outcome": "reached"})


def everything(world: World, phone: str) -> list[Delivery]:
    """One of each request, of records that are where it can be done, in an order in which it can."""
    call_centre, portal, field_teams = world.call_centre, world.portal, world.field
    reviewed = world.registers(record())
    waits = world.registers(missed_call(a_number()))
    redressed = world.forwarded()
    assert world.reports_action(reference=redressed).status == 200
    world.until_status(reviewed, "under_review")
    early = {"portal_id": f"CMO/2026/{secrets.token_hex(4)}", "type": "accepted", "at": now()}
    said = {"reference": redressed, "satisfied": True, "agent_id": "A-17"}
    visit = {
        "reference": redressed,
        "executive_id": "FE-001",
        "visited_at": now(),
        "checks": dict.fromkeys(CHECKS, True),
    }
    return [
        Delivery(call_centre, RECORDS, 201, called_by(phone)),
        Delivery(call_centre, f"{RECORDS}/{reviewed}", 200),
        Delivery(call_centre, REVIEWS, 200),
        Delivery(call_centre, f"{REVIEWS}/{reviewed}/claim", 200, {"analyst_id": "DA-7"}),
        Delivery(call_centre, f"{REVIEWS}/{reviewed}", 200, {"analyst_id": "DA-7", "decision": "approve"}),
        Delivery(call_centre, CALLBACKS, 200),
        Delivery(call_centre, f"{CALLBACKS}/{waits}", 200, {"agent_id": "A-17", "outcome": "reached"}),
        Delivery(call_centre, SEARCH, 200, {"phone": phone}),
        Delivery(call_centre, FEEDBACK, 200),
        Delivery(call_centre, FEEDBACK, 200, said),
        Delivery(portal, PORTAL_EVENTS, 202, early),
        Delivery(field_teams, ASSIGNMENTS, 200),
        Delivery(field_teams, FIELD_REPORTS, 200, visit),
    ]


def test_a_table_that_throttles(world: World, table: FaultyTable) -> None:
    # GIVEN one of each request
    phone = a_number()
    deliveries = everything(world, phone)
    writes = [one for one in deliveries if one.body is not None and one.path != SEARCH]

    # WHEN the table has no time for anything, and then for no transaction
    table.behave(Fault.THROTTLES)
    answers = world.at_once([one.send for one in deliveries])
    assert_out(post(world, line(called_by(phone))))
    table.behave(Fault.CANCELS)
    answers += world.at_once([one.send for one in writes])

    # THEN each is told to come again, and nothing was kept
    for answer in answers:
        assert_out(answer)
    assert kept(world, phone) == []

    # AND when it has, the very same deliveries are done, and done once
    table.behave(Fault.NONE)
    for one in deliveries:
        first, repeat = one.send(), one.send()
        assert first.status == one.done, (one.path, first)
        assert repeat.status == (200 if one.done == 201 else one.done), (one.path, repeat)
        if one in writes:
            assert repeat.body == first.body
    assert len(kept(world, phone)) == 1


def test_a_table_that_hangs_is_given_up_in_time(world: World, table: FaultyTable) -> None:
    # GIVEN a table that answers no more in the middle of a batch
    phone, batch = a_number(), Backlog()
    known = world.registers(record())
    delivery = Delivery(world.call_centre, RECORDS, 201, called_by(phone))
    table.behave(Fault.HANGS, after=WRITES)
    with ThreadPoolExecutor(3) as pool:
        calls: list[Future[tuple[Answer, float]]] = [pool.submit(timed, lambda: post(world, batch.payload))]
        table.until_done(WRITES)
        # WHEN a record and a reading come
        calls.append(pool.submit(timed, delivery.send))
        calls.append(pool.submit(timed, lambda: world.call_centre.get(f"{RECORDS}/{known}")))
        answers = [call.result() for call in calls]
    took = [seconds for _, seconds in answers]
    print("a table that hangs: " + ", ".join(f"{one:.1f} s" for one in took))  # noqa: T201 - pytest -s shows it

    # THEN each has its answer before the gateway gives up
    (of_batch, _), *others = answers
    for answer, _ in others:
        assert_out(answer)
    assert of_batch.status == 200, of_batch
    assert {item["status"] for item in of_batch.body["items"]} == {201, 503}
    assert max(took) < GATEWAY_GIVES_UP
    assert kept(world, phone) == []

    # AND afterwards each is done, once
    table.behave(Fault.NONE)
    assert delivery.send().status == 201
    assert len(kept(world, phone)) == 1
    assert_each_kept_once(world, batch, post(world, batch.payload).body["items"])


def test_a_write_whose_answer_was_lost_is_answered_as_what_it_is(world: World, table: FaultyTable) -> None:
    # GIVEN a record, a number that rang, a decision
    reviewed = world.registers(record())
    world.until_status(reviewed, "under_review")
    phones = [a_number(), a_number()]
    deliveries = [
        Delivery(world.call_centre, RECORDS, 201, called_by(phones[0])),
        Delivery(world.call_centre, RECORDS, 201, missed_call(phones[1])),
        Delivery(
            world.call_centre, f"{REVIEWS}/{reviewed}", 200, {"analyst_id": "DA-7", "decision": "approve"}
        ),
    ]
    for one in deliveries:
        # WHEN it is kept and the connection breaks
        table.behave(Fault.LOSES, times=1)
        first = one.send()
        # THEN the SDK's own second try finds it
        assert table.failed == 1
        assert first.status == one.done, first
        repeat = one.send()
        assert (repeat.status, repeat.body) == (200, first.body)
    assert [len(kept(world, phone)) for phone in phones] == [1, 1]
    assert world.happened(reviewed).count("RecordAccepted") == 1


def test_a_write_of_which_no_answer_came_through_is_found_by_its_repeat(
    world: World, table: FaultyTable
) -> None:
    phone = a_number()
    delivery = Delivery(world.call_centre, RECORDS, 201, called_by(phone))

    table.behave(Fault.LOSES)
    assert_out(delivery.send())
    table.behave(Fault.NONE)

    # It was kept before: that is what a 200 says.
    repeat = delivery.send()
    assert (repeat.status, [repeat.body["reference"]]) == (200, kept(world, phone))


def test_an_outage_in_the_middle_of_a_batch(world: World, table: FaultyTable) -> None:
    # GIVEN a table that has no more time after some of a batch
    batch, webhook_id = Backlog(), f"outage-{secrets.token_hex(8)}"
    table.behave(Fault.THROTTLES, after=WRITES)

    # WHEN it is handed over
    answer, took = timed(lambda: post(world, batch.payload, webhook_id))
    print(f"an outage in a batch: {took:.1f} s")  # noqa: T201 - pytest -s shows it

    # THEN what is told to be kept is kept, and the rest is told to come again
    assert answer.status == 200, answer
    items = answer.body["items"]
    assert Counter(item["status"] for item in items) == {201: WRITES - 1, 503: LINES - WRITES + 1}
    out = [item["problem"] for item in items if item["status"] == 503]
    assert {problem["title"] for problem in out} == {"Service Unavailable"}
    assert all(problem["retry_after"] > 0 for problem in out)
    assert kept(world, *batch.phones) == sorted(item["reference"] for item in items if item["status"] == 201)

    # AND the same batch again keeps the rest, each once
    table.behave(Fault.NONE)
    again = post(world, batch.payload, webhook_id).body["items"]
    assert [item["status"] for item in again] == [200 if item["status"] == 201 else 201 for item in items]
    assert_each_kept_once(world, batch, again)


@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="finds the worker by /proc")
def test_a_crash_in_the_middle_of_a_batch(world: World, table: FaultyTable) -> None:
    # GIVEN a batch of which some is kept and the rest under way
    batch, webhook_id = Backlog(), f"crash-{secrets.token_hex(8)}"
    table.behave(Fault.HANGS, after=WRITES)
    with ThreadPoolExecutor(1) as pool:
        call = pool.submit(post, world, batch.payload, webhook_id)
        table.until_done(WRITES)

        # WHEN the worker dies
        assert kill_api_workers(world) > 0
        answer = call.result()
    assert answer.status >= 500, answer
    assert len(kept(world, *batch.phones)) == WRITES - 1

    # THEN the same batch again answers every line and keeps each once
    table.behave(Fault.NONE)
    items = post(world, batch.payload, webhook_id).body["items"]
    assert Counter(item["status"] for item in items) == {200: WRITES - 1, 201: LINES - WRITES + 1}
    assert_each_kept_once(world, batch, items)
