"""Everything that happened to one record of the running stack, for a person to read."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from functions.adapters.record_items import RECORD_PREFIX, RECORD_SORT, record_from_item
from functions.adapters.table import from_item
from functions.domain import reference as references
from functions.domain.calendar import IST
from functions.domain.errors import Refused
from functions.domain.record import Record
from functions.wire import told
from local.aws import Emulator
from local.layout import Layout
from local.state import StackState, read_state

if TYPE_CHECKING:
    from mypy_boto3_stepfunctions.type_defs import DescribeExecutionOutputTypeDef

_WIDTH_IN_A_FILE = 140
_MOST_EXECUTIONS = 2000


@dataclass(frozen=True)
class Alert:
    """Evidence of one message, without what was in it.

    Attributes:
        sequence: of the event that caused it.
    """

    sequence: int
    level: str
    channel: str
    state: str
    sent_at: datetime | None
    message_id: str


@dataclass(frozen=True)
class Story:
    """A record and all that stands about it."""

    record: Record
    alerts: Sequence[Alert]
    executions: Sequence[DescribeExecutionOutputTypeDef]


class UnknownRecordError(Exception):
    """The stack holds no such record."""


def read(emulator: Emulator, state: StackState, reference: str) -> Story:
    """Gathers a record's story from the table and the state machine.

    Raises:
        UnknownRecordError: there is no record of that reference.
    """
    answer = emulator.dynamodb.query(
        TableName=state.table,
        KeyConditionExpression="pk = :pk",
        ExpressionAttributeValues={":pk": {"S": RECORD_PREFIX + reference}},
        ConsistentRead=True,
    )
    items: list[Any] = answer["Items"]
    records = [record_from_item(item) for item in items if item["sk"]["S"] == RECORD_SORT]
    if not records:
        raise UnknownRecordError(f"there is no record {reference}")
    alerts = [_alert(from_item(item)) for item in items if item["sk"]["S"].startswith("ALERT#")]
    return Story(records[0], alerts, _executions(emulator, state, reference))


def _alert(item: dict[str, Any]) -> Alert:
    alert = item["alert"]
    return Alert(
        sequence=int(alert["sequence"]),
        level=alert["level"],
        channel=alert["channel"],
        state=item["state"],
        sent_at=datetime.fromisoformat(item["sent_at"]) if "sent_at" in item else None,
        message_id=item.get("message_id", ""),
    )


def _executions(
    emulator: Emulator, state: StackState, reference: str
) -> list[DescribeExecutionOutputTypeDef]:
    """The executions that carried it, oldest first; looked for among the newest two thousand."""
    pages = emulator.workflow.get_paginator("list_executions").paginate(
        stateMachineArn=state.state_machine_arns["grievance"],
        PaginationConfig={"MaxItems": _MOST_EXECUTIONS},
    )
    described = (
        emulator.workflow.describe_execution(executionArn=found["executionArn"])
        for page in pages
        for found in page["executions"]
    )
    carried = [one for one in described if json.loads(one["input"]) == {"reference": reference}]
    return sorted(carried, key=lambda one: one["startDate"])


def header(record: Record) -> list[tuple[str, str]]:
    """What a reader wants to know first."""
    with_whom = "nobody yet"
    if record.assignment is not None:
        with_whom = f"{record.assignment.officer}, {record.assignment.office} ({record.assignment.level})"
    sla = told(record.due_at) or "no clock"
    if record.breached:
        sla += ", breached"
    if record.escalation:
        sla += f", escalated {record.escalation}"
    return [
        ("record", f"{record.reference}, {record.kind}{', EMERGENCY' if record.is_emergency else ''}"),
        ("status", record.status),
        ("with", with_whom),
        ("due", sla),
        ("portal", record.portal_id or "not yet there"),
        ("recalls", str(record.recalls)),
    ]


def print_story(story: Story, console: Console) -> None:
    """Prints it, readable without colour."""
    for name, value in header(story.record):
        console.print(f"{name:<9}{value}")
    console.print()
    console.print(
        _table(
            ("#", "when (IST)", "what", "by", "note"),
            (
                (str(event.sequence), _when(event.at), event.type, event.by, event.note)
                for event in story.record.events
            ),
        )
    )
    console.print("\nalerts" if story.alerts else "\nno alerts yet")
    console.print(
        _table(
            ("of #", "to", "by", "state", "when (IST)", "provider's id"),
            (
                (str(one.sequence), one.level, one.channel, one.state, _when(one.sent_at), one.message_id)
                for one in story.alerts
            ),
        )
    )
    console.print("\nexecutions" if story.executions else "\nno execution yet")
    console.print(
        _table(
            ("name", "status", "from (IST)", "until (IST)"),
            (
                (one["name"], one["status"], _when(one["startDate"]), _when(one.get("stopDate")))
                for one in story.executions
            ),
        )
    )


def _when(moment: datetime | None) -> str:
    return f"{moment.astimezone(IST):%d %b %H:%M:%S}" if moment else ""


def _table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> Table:
    table = Table(*columns, box=None, pad_edge=False, header_style="bold")
    for row in rows:
        table.add_row(*row)
    return table


def story(
    reference: Annotated[str, typer.Argument(help="The record's reference, such as SSM-4821-903-7717.")],
) -> None:
    """Tells everything that happened to one record."""
    state = read_state(Layout())
    console = Console(highlight=False, markup=False, emoji=False)
    if not console.is_terminal:
        console.width = _WIDTH_IN_A_FILE
    if state is None:
        typer.echo("story: the stack is not running: start it with make up", err=True)
        raise typer.Exit(1)
    try:
        print_story(read(Emulator(state.aws_endpoint), state, references.parse(reference)), console)
    except UnknownRecordError as error:
        typer.echo(f"story: {error}", err=True)
        raise typer.Exit(1) from error
    except Refused as error:
        typer.echo(f"story: {error.faults[0].detail}", err=True)
        raise typer.Exit(1) from error
