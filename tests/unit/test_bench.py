"""The bench's own counting: what it calls a record, a call, a unit, a round."""

from __future__ import annotations

import importlib.util
import json
import threading
from collections import deque
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import boto3  # noqa: TID251 - a client whose calls are counted
import pytest
from botocore.client import BaseClient

from local.bench import bare
from local.bench.meter import Meter
from local.bench.rounds import Round, alternate, load, median_rate

KEY = "REC#SSM-4821-903-7717"


def round_of(kept: int, seconds: float = 1.0, **others: int) -> Round:
    return Round({201: kept, **{int(status[1:]): times for status, times in others.items()}}, seconds, [0.1])


def test_only_what_was_kept_counts() -> None:
    assert round_of(40, 2.0, s429=100, s0=3).rate == 20


def test_the_median_of_the_rounds_is_what_counts() -> None:
    assert median_rate([round_of(1), round_of(50), round_of(3)]) == 3


def test_two_take_turns_and_each_begins_as_often() -> None:
    order: list[str] = []

    def turn(name: str) -> Callable[[], Round]:
        return lambda: order.append(name) or round_of(1)  # type: ignore[func-returns-value]  # its None is what leads on

    found = alternate({"a": turn("a"), "b": turn("b")}, 4)
    assert order == ["a", "b", "b", "a", "a", "b", "b", "a"]
    assert {name: len(rounds) for name, rounds in found.items()} == {"a": 4, "b": 4}


def test_load_notes_every_answer_of_every_client() -> None:
    answers = deque([201] * 5 + [429, 0])
    meeting = threading.Barrier(2, timeout=10)

    def post() -> int:
        if len(answers) == 7:
            meeting.wait()  # both clients are at work
        return answers.popleft() if answers else 500

    done = load(post, 2, 0.05)
    assert {status: times for status, times in done.answers.items() if status != 500} == {
        201: 5,
        429: 1,
        0: 1,
    }
    assert len(done.times) == sum(done.answers.values())


def test_calls_and_units_are_counted_at_the_sdk(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[str, dict[str, Any]]] = []

    def answer(_client: object, operation: str, parameters: dict[str, Any]) -> dict[str, Any]:
        asked.append((operation, parameters))
        table = {"CapacityUnits": 9.0, "GlobalSecondaryIndexes": {"changes": {"CapacityUnits": 3.0}}}
        return {"ConsumedCapacity": [table]} if operation == "TransactWriteItems" else {}

    monkeypatch.setattr(BaseClient, "_make_api_call", answer)
    client = boto3.client("dynamodb", region_name="ap-south-1")
    meter = Meter(ask_units=True)
    with meter.on():
        client.transact_write_items(TransactItems=[])
        client.list_tables()
    client.list_tables()
    assert meter.operations == ["TransactWriteItems", "ListTables"]
    assert (meter.all_units, meter.table_units, meter.index_units) == (9, 6, 3)
    # what was noted is what the caller asked, without the question that was added
    assert meter.parameters[0] == {"TransactItems": []}
    assert asked[0][1]["ReturnConsumedCapacity"] == "INDEXES"
    assert [parameters for _, parameters in asked[1:]] == [{}, {}]


@pytest.fixture
def deployed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The bare function as it is unpacked, beside the request that it sends."""
    writes = [
        {"Put": {"TableName": "theirs", "Item": {"pk": {"S": KEY}, "sk": {"S": "RECORD"}}}},
        {"Put": {"TableName": "theirs", "Item": {"pk": {"S": "RECEIPT#call-centre#" + "0" * 64}}}},
    ]
    (tmp_path / "request.json").write_text(json.dumps(writes))
    code = tmp_path / "bare_function.py"
    code.write_text(bare._CODE.read_text(encoding="utf-8"), encoding="utf-8")
    monkeypatch.setenv("TABLE", "scratch")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "ap-south-1")
    spec = importlib.util.spec_from_file_location("deployed_bare_function", code)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_bare_function_writes_new_items_of_the_same_size(
    deployed: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[Any] = []

    def answer(_client: object, _operation: str, parameters: dict[str, Any]) -> dict[str, Any]:
        sent.append(parameters["TransactItems"])
        return {}

    monkeypatch.setattr(BaseClient, "_make_api_call", answer)
    assert [deployed.handler({}, None)["statusCode"] for _ in range(2)] == [201, 201]
    keys = [[write["Put"]["Item"]["pk"]["S"] for write in writes] for writes in sent]
    assert len({key for pair in keys for key in pair}) == 4
    assert [[len(key) for key in pair] for pair in keys] == [[len(KEY), 84]] * 2
    assert {write["Put"]["TableName"] for writes in sent for write in writes} == {"scratch"}
