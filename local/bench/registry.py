"""A registry of many officers and rules: how long its files take to apply, and what it adds to routing.

In this process, on moto's DynamoDB with the table that the template describes: how often the table is asked
is what AWS would see; how long that takes is not, and is therefore not told.
"""

from __future__ import annotations

import csv
import io
import os
import time  # noqa: TID251 - measures by the wall clock
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from itertools import cycle, islice
from unittest.mock import patch

import boto3  # noqa: TID251 - makes the table that the functions' own client finds
from moto import mock_aws

from functions import officers
from functions.adapters.bundled import registers
from functions.adapters.system import SystemClock
from functions.adapters.wiring import Wiring
from functions.domain.office import LADDERS, Level
from functions.domain.record import Subject
from functions.domain.routing import office_for
from functions.domain.service_level import ANY
from functions.domain.upload import Upload
from functions.registry.files import COLUMNS, OFFICERS, ROUTING, Checked, check
from functions.settings import Settings
from infra.template import load_fragment
from local.aws import REGION
from local.bench.meter import Meter
from local.bench.rules import rules_of
from local.layout import PROJECT

MANY_OFFICERS, MANY_RULES = 1_000, 2_000

_TABLE = "ssm-bench"
_PARTS = ("AttributeDefinitions", "KeySchema", "GlobalSecondaryIndexes", "BillingMode")
_KNOWN_NO_LONGER = timedelta(seconds=31)
_FORMER = ("2025-01-01", "2025-12-31")
_PRESENT = ("2026-01-01", "")
_SUBJECT = Subject(category="ration", scheme="khadya-sathi", department="FS", district="320", summary="a")


@dataclass(frozen=True)
class Applied:
    """How long a file took.

    Attributes:
        checked: seconds to check it line by line.
        put_in_force: seconds to write it and put it in force.
    """

    rows: int
    checked: float
    put_in_force: float


@dataclass(frozen=True)
class Reads:
    """What is asked of the table to find office and officer for one grievance.

    Attributes:
        new_worker: by a worker that knows nothing yet.
        warm: by one that has routed another within the half minute.
        later: by one that has, but longer ago.
    """

    new_worker: Sequence[str]
    warm: Sequence[str]
    later: Sequence[str]


def officers_file(count: int) -> bytes:
    """So many officers, of all offices in turn: each has a nodal officer and a head, and then former ones."""
    known = registers()
    highest = {rank.ladder: rank.rank for rank in reversed(known.ranks)}
    terms = [(level, term) for term in (_PRESENT, _FORMER) for level in (Level.NODAL, Level.HEAD)]
    places = ((office, *post) for post in cycle(terms) for office in known.offices.values())
    return _file(
        OFFICERS,
        [
            {
                "office": office.code,
                "level": level.value,
                "name": f"Officer {number} (sample)",
                "designation": highest[LADDERS[office.kind]],
                "rank": highest[LADDERS[office.kind]],
                "phone": f"+91900{number:07d}",
                "email": f"officer{number}@officers.wb.example",
                "language": "bn",
                "valid_from": begins,
                "valid_to": ends,
            }
            for number, (office, level, (begins, ends)) in enumerate(islice(places, count))
        ],
    )


def routing_file(count: int) -> bytes:
    """So many rules."""
    return _file(
        ROUTING,
        [
            {
                "priority": rule.priority,
                **{field: value or ANY for field, value in rule.pattern._asdict().items()},
                "office": rule.office,
            }
            for rule in rules_of(count)
        ],
    )


def _file(name: str, rows: Sequence[Mapping[str, object]]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, COLUMNS[name])
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


@contextmanager
def table() -> Iterator[None]:
    """An empty table for as long as it is open."""
    with patch.dict(os.environ, {"AWS_DEFAULT_REGION": REGION}), mock_aws():
        described = load_fragment(PROJECT / "infra" / "data.yaml")["Resources"]["Table"]["Properties"]
        boto3.client("dynamodb").create_table(TableName=_TABLE, **{part: described[part] for part in _PARTS})
        yield


class _Clock(SystemClock):
    """A clock that can be put forward."""

    ahead = timedelta()

    def now(self) -> datetime:
        return super().now() + self.ahead


class Worker(Wiring):
    """What a function's process has at hand."""

    @cached_property
    def clock(self) -> _Clock:
        """The system's clock, that can be put forward."""
        return _Clock()


def worker() -> Worker:
    """A worker that knows nothing yet, to be asked while the table is open."""
    by_type: dict[object, str] = {bool: "off", float: "10"}
    told = {field.alias: by_type.get(field.annotation, "x") for field in Settings.model_fields.values()}
    return Worker(Settings.model_validate({**told, "STAGE": "local", "TABLE": _TABLE}))


def apply(name: str, content: bytes) -> Applied:
    """Checks a file and puts it in force, as an upload of it."""
    began = time.perf_counter()
    checked = check(name, content, registers())
    if checked.errors:
        message = f"{name} does not validate: {checked.errors[0]}"
        raise ValueError(message)
    between = time.perf_counter()
    _put_in_force(name, checked)
    return Applied(checked.rows, between - began, time.perf_counter() - between)


def _put_in_force(name: str, checked: Checked) -> None:
    registry = worker().registry
    upload = Upload(version="v1", at=datetime.now(UTC))
    if name == OFFICERS:
        registry.apply_officers(checked.officers, upload)
    else:
        registry.apply_routing(checked.routing.rules, upload)


def reads() -> Reads:
    """What one grievance asks of the table, whatever is in force there."""
    asked = worker()
    new_worker, warm = _route(asked), _route(asked)
    asked.clock.ahead = _KNOWN_NO_LONGER
    return Reads(new_worker, warm, _route(asked))


def _route(asked: Worker) -> Sequence[str]:
    meter = Meter()
    with meter.on():
        registry = asked.registry
        office = office_for(_SUBJECT, registry.registers().offices, registry.routing_rules())
        officers.in_charge(asked, office)
    return meter.operations
