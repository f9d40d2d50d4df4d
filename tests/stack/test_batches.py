"""Batches through the deployed API: a few hundred lines, each judged alone, in time."""

from __future__ import annotations

import base64
import hmac
import itertools
import json
import time  # noqa: TID251 - measures by the wall clock
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest

from functions.domain.calendar import IST
from local.client import Answer
from local.waiting import wait_until
from tests.stack.test_webhook import assert_problem
from tests.stack.world import PERSONAL, RECORDS, World, a_while_ago, record

BATCHES = "/v1/call-centre/batches"
LINES = 300
GATEWAY_GIVES_UP = 29
BENGALI = "ছয় মাস ধরে লক্ষ্মীর ভাণ্ডারের টাকা ঢুকছে না"

_numbers = itertools.count(1)
_run = datetime.now(IST).strftime("%H%M%S%f")


@pytest.fixture(scope="module", autouse=True)
def all_taken_up(session_world: World) -> Iterator[None]:
    """Leaves no record on its way: the tests after these hand the clock forward."""
    yield
    seen: list[int] = []

    def settled() -> bool:
        session_world.until_quiet()
        seen.append(len(session_world.waiting_for_review()))
        return len(seen) > 2 and seen[-1] == seen[-3]

    assert wait_until(settled, 240, 1.5), seen


def post(world: World, payload: bytes, webhook_id: str | None = None) -> Answer:
    headers = {**world.call_centre.signature(payload, webhook_id), "Content-Type": "application/x-ndjson"}
    return world.call_centre.send("POST", BATCHES, headers, payload)


def line(body: object) -> bytes:
    return json.dumps(body, ensure_ascii=False).encode()


def missed_call(phone: str) -> dict[str, Any]:
    return {
        "record_id": f"MC-{_run}-{next(_numbers):04d}",
        "kind": "missed_call",
        "call": {"started_at": a_while_ago()},
        "caller": {"phone": phone},
    }


def backlog() -> list[dict[str, Any]]:
    """What a call centre hands over after a night: mostly missed calls, and grievances in Bengali."""
    return [
        record(summary=f"{BENGALI} {number}")
        if number % 5 in {1, 4}
        else missed_call(f"+9170000{30000 + number}")
        for number in range(LINES)
    ]


def test_a_backlog_is_taken_over_in_time_and_every_line_accounted_for(world: World) -> None:
    # GIVEN some hundred lines with CRLF ends, among them a broken one, a repeated one, one with another
    # content under the same record_id, one that is too large and one that does not validate
    bodies = backlog()
    good = [line(body) for body in bodies]
    bad = {
        50: (good[50][:-20], 400),
        100: (good[99], 200),
        150: (line({**bodies[149], "call": {**bodies[149]["call"], "agent_id": "another"}}), 409),
        200: (line(record(details="x" * 66_000)), 413),
        250: (line(record(department="NOPE")), 422),
    }
    lines = [bad[number][0] if number in bad else one for number, one in enumerate(good)]
    payload = b"\r\n".join(lines) + b"\r\n\r\n"
    webhook_id = f"batch-{_run}"

    # WHEN it is handed over
    began = time.monotonic()
    answer = post(world, payload, webhook_id)
    took = time.monotonic() - began
    print(f"{LINES} lines, {len(payload) / 1024:.0f} KiB, in {took:.2f} s")  # noqa: T201 - pytest -s shows it

    # THEN each line has its own answer, in time
    assert answer.status == 200, answer
    assert answer.headers["content-type"] == "application/json"
    items = answer.body["items"]
    assert [item["line"] for item in items] == list(range(1, LINES + 1))
    expected = [bad[number][1] if number in bad else 201 for number in range(LINES)]
    assert [item["status"] for item in items] == expected
    assert items[100]["reference"] == items[99]["reference"]
    assert took < GATEWAY_GIVES_UP / 2
    for number, (_, status) in bad.items():
        if status >= 400:
            assert items[number]["problem"]["status"] == status
    assert not [said for said in PERSONAL.values() if said in json.dumps(items, ensure_ascii=False)]
    assert BENGALI not in json.dumps(items, ensure_ascii=False)

    # AND the same batch gets the same answer, another one under that id none
    assert post(world, payload, webhook_id).body == answer.body
    assert_problem(post(world, good[0], webhook_id), 409)

    # AND under a new id, as alone, every line is known again
    again = post(world, payload).body["items"]
    assert [item["status"] for item in again] == [200 if status == 201 else status for status in expected]
    assert [item.get("reference") for item in again] == [item.get("reference") for item in items]
    assert world.call_centre.post(RECORDS, bodies[1]).body["reference"] == items[1]["reference"]

    # AND what was kept goes its way: Bengali as it was said
    world.until_status(items[-1]["reference"], "under_review")
    assert world.state(items[0]["reference"])["status"] == "awaiting_callback"
    table = world.aws("dynamodb")
    kept = table.get_item(
        TableName=world.stack.table, Key={"pk": {"S": f"REC#{items[1]['reference']}"}, "sk": {"S": "RECORD"}}
    )["Item"]["record"]["M"]
    assert kept["subject"]["M"]["summary"]["S"] == f"{BENGALI} 1"


def test_two_deliveries_at_once_keep_each_line_once(world: World) -> None:
    payload = b"\n".join(line(record()) for _ in range(40))

    answers = world.at_once([lambda: post(world, payload, f"twice-{_run}")] * 2)

    assert [answer.status for answer in answers] == [200, 200]
    references = [[item["reference"] for item in answer.body["items"]] for answer in answers]
    assert references[0] == references[1]
    assert len(set(references[0])) == 40
    made = [item["status"] for answer in answers for item in answer.body["items"]]
    # whoever comes second at a line finds it kept, or gets the first one's whole answer
    assert made.count(201) in {40, 80}
    assert post(world, payload, f"twice-{_run}").body in [answer.body for answer in answers]


def test_a_number_that_rings_all_night_waits_once(world: World) -> None:
    phone = "+917000039999"
    payload = b"\n".join(line(missed_call(phone)) for _ in range(30))

    items = post(world, payload).body["items"]

    assert {item["status"] for item in items} == {201}
    assert len({item["reference"] for item in items}) == 30


def test_a_batch_is_as_strict_at_the_door_as_a_record(world: World) -> None:
    payload = line(record())
    headers = {**world.call_centre.signature(payload), "Content-Type": "application/x-ndjson"}

    # a changed body, another content type, a stale signature, a body that is not UTF-8
    assert_problem(world.call_centre.send("POST", BATCHES, headers, payload + b"\n"), 401)
    assert_problem(
        world.call_centre.send("POST", BATCHES, {**headers, "Content-Type": "application/json"}, payload), 415
    )
    stale = world.call_centre.signature(payload, at=datetime.now(IST) - timedelta(minutes=6))
    assert_problem(world.call_centre.send("POST", BATCHES, {**headers, **stale}, payload), 401)
    latin = {
        **world.call_centre.signature(b"x"),
        "webhook-id": "latin",
        "Content-Type": "application/x-ndjson",
    }
    signed = f"latin.{latin['webhook-timestamp']}.".encode() + b"caf\xe9"
    key = base64.b64decode(world.stack.webhook_secrets["call-centre"].removeprefix("whsec_"))
    latin["webhook-signature"] = "v1," + base64.b64encode(hmac.digest(key, signed, "sha256")).decode()
    assert_problem(world.call_centre.send("POST", BATCHES, latin, b"caf\xe9"), 401)


def test_a_batch_is_no_larger_than_2_mib_and_500_lines(world: World) -> None:
    many = b"{}\n" * 501
    assert "500" in assert_problem(post(world, many), 422)["detail"]
    assert post(world, b"{}\n" * 500 + b"\n").status == 200
    payload = line(record()) + b"\n"
    assert_problem(post(world, payload.ljust(2 * 1024 * 1024 + 1)), 413)
    # of the largest batch there is, in Bengali, every byte arrives as it was signed
    filler = record(summary=BENGALI, details="ক" * 5000)
    full = b"\n".join(line({**filler, "record_id": f"FULL-{_run}-{number}"}) for number in range(130))
    assert len(full) < 2 * 1024 * 1024
    began = time.monotonic()
    items = post(world, full).body["items"]
    took = time.monotonic() - began
    print(f"{len(items)} lines, {len(full) / 1024:.0f} KiB, in {took:.2f} s")  # noqa: T201 - pytest -s shows it
    assert {item["status"] for item in items} == {201}
