"""Everything that happened to one record of the running stack, for a person to read."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Annotated, Any

import typer
from botocore.exceptions import BotoCoreError, ClientError
from rich.console import Console
from rich.table import Table

from functions.adapters.outages import code_of
from functions.adapters.record_items import RECORD_PREFIX, RECORD_SORT, record_from_item
from functions.adapters.table import from_item
from functions.domain import reference as references
from functions.domain.calendar import IST
from functions.domain.errors import Refused
from functions.domain.office import Level
from functions.domain.record import EventType, Record
from functions.wire import told
from local.aws import Emulator
from local.layout import Layout
from local.state import StackState, read_state

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_stepfunctions import SFNClient

_MOST_EXECUTIONS = 2000
# A record's first execution starts after it was registered; the two clocks may differ a little.
_MARGIN = timedelta(minutes=1)
CITIZEN = "citizen"
_WORDS: Mapping[EventType, str] = {
    EventType.RECORD_REGISTERED: "the call centre registered it",
    EventType.REVIEW_REQUESTED: "put before the data analysts",
    EventType.RECORD_ACCEPTED: "accepted",
    EventType.RECORD_REJECTED: "rejected",
    EventType.RECORD_MARKED_DUPLICATE: "marked as a duplicate",
    EventType.PUSHED_TO_PORTAL: "entered in the CMO portal",
    EventType.RECORD_FORWARDED: "forwarded to an officer",
    EventType.EMERGENCY_RAISED: "emergency raised",
    EventType.ALERT_ACKNOWLEDGED: "the alert was acknowledged",
    EventType.SLA_REMINDER_DUE: "somebody is reminded",
    EventType.SLA_BREACHED: "the time is over",
    EventType.ESCALATED: "escalated",
    EventType.ACTION_TAKEN: "action was taken",
    EventType.FIELD_REPORTED: "checked in the field",
    EventType.ATR_RECALLED: "the report was recalled",
    EventType.RECORD_CLOSED: "closed",
}


@dataclass(frozen=True)
class Alert:
    """Evidence of one message, without what was in it or to whom it went.

    Attributes:
        sequence: of the event that caused it.
        level: which officer of the office; ``CITIZEN`` for who called.
        office: code of the office; empty for who called.
        besides: whether the office does not have the matter.
        delivery: what its provider told of it, since when, and why where it failed; and in place of which
            channel it went.
    """

    sequence: int
    level: str
    channel: str
    state: str
    sent_at: datetime | None
    message_id: str
    delivery: str = ""
    office: str = ""
    besides: bool = False

    @property
    def to(self) -> str:
        """Who was told, in words: of which office, where it is another one or an apex."""
        is_elsewhere = self.besides or self.level == Level.APEX
        return f"{self.level} of {self.office}" if is_elsewhere else self.level


@dataclass(frozen=True)
class Execution:
    """An execution that carried the record, or is carrying it."""

    name: str
    status: str
    started_at: datetime | None
    ended_at: datetime | None


@dataclass(frozen=True)
class Story:
    """A record and all that stands about it.

    Attributes:
        all_looked_through: whether every execution that could be its own was looked at.
    """

    record: Record
    alerts: Sequence[Alert]
    executions: Sequence[Execution]
    all_looked_through: bool = True


class UnknownRecordError(Exception):
    """The stack holds no such record."""


def read(dynamodb: DynamoDBClient, workflow: SFNClient, state: StackState, reference: str) -> Story:
    """Gathers a record's story from the table and the state machine.

    Raises:
        UnknownRecordError: there is no record of that reference.
    """
    pages = dynamodb.get_paginator("query").paginate(
        TableName=state.table,
        KeyConditionExpression="pk = :pk",
        ExpressionAttributeValues={":pk": {"S": RECORD_PREFIX + reference}},
        ConsistentRead=True,
    )
    items: list[Any] = [item for page in pages for item in page["Items"]]
    records = [record_from_item(item) for item in items if item["sk"]["S"] == RECORD_SORT]
    if not records:
        raise UnknownRecordError(f"there is no record {reference}")
    alerts = [alert_of(from_item(item)) for item in items if item["sk"]["S"].startswith("ALERT#")]
    executions, all_looked_through = _executions(workflow, state.state_machine_arns["grievance"], records[0])
    return Story(records[0], alerts, executions, all_looked_through)


def alert_of(item: Mapping[str, Any]) -> Alert:
    """The evidence in an alert's item."""
    alert = item["alert"]
    return Alert(
        sequence=int(alert["sequence"]),
        level=alert.get("level", CITIZEN),
        channel=alert["channel"],
        state=item["state"],
        sent_at=datetime.fromisoformat(item["sent_at"]) if "sent_at" in item else None,
        message_id=item.get("message_id", ""),
        delivery=_delivery(item, alert.get("instead_of")),
        office=alert.get("office", ""),
        besides=alert.get("besides", False),
    )


def _delivery(item: Mapping[str, Any], instead_of: str | None) -> str:
    outcome = item.get("delivery", {})
    at = datetime.fromisoformat(outcome["at"]) if outcome else None
    told_so_far = [outcome.get("state", ""), _when(at), outcome.get("code") or ""]
    instead = f"(instead of {instead_of})" if instead_of else ""
    return " ".join(part for part in (*told_so_far, instead) if part)


def _executions(workflow: SFNClient, state_machine: str, record: Record) -> tuple[list[Execution], bool]:
    """The executions that carried it, oldest first, and whether all that could have were looked at."""
    candidates = [record.execution] if record.execution else []
    pages = workflow.get_paginator("list_executions").paginate(stateMachineArn=state_machine)
    all_looked_through = True
    for place, listed in enumerate(found for page in pages for found in page["executions"]):
        # The newest come first.
        if listed["startDate"] < record.registered_at - _MARGIN:
            break
        if place == _MOST_EXECUTIONS:
            all_looked_through = False
            break
        # One that was started anew is called by its record; a rule's name tells nothing, so that one has to
        # be looked into.
        if not listed["name"].startswith("SSM-") or listed["name"].startswith(record.reference):
            candidates.append(listed["executionArn"])
    return _described(workflow, candidates, record), all_looked_through


def _described(workflow: SFNClient, candidates: Iterable[str], record: Record) -> list[Execution]:
    found = {}
    for arn in dict.fromkeys(candidates):
        in_charge = arn == record.execution
        name = arn.rpartition(":")[2] + (", in charge" if in_charge else "")
        try:
            told_of = workflow.describe_execution(executionArn=arn)
        except ClientError as error:
            if code_of(error) != "ExecutionDoesNotExist":
                raise
            if in_charge:
                found[arn] = Execution(name, "gone", None, None)
            continue
        if in_charge or json.loads(told_of["input"]) == {"reference": record.reference}:
            found[arn] = Execution(name, told_of["status"], told_of["startDate"], told_of.get("stopDate"))
    return sorted(found.values(), key=lambda one: one.started_at or record.registered_at)


def header(record: Record) -> list[tuple[str, str]]:
    """What a reader wants to know first."""
    with_whom = "nobody yet"
    if record.assignment is not None:
        with_whom = f"{record.assignment.officer}, {record.assignment.office} ({record.assignment.level})"
        with_whom += ", withdrawn" if record.assignment.withdrawn else ""
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


def words(event: str) -> str:
    """What happened, in words."""
    known = {kind.value: said for kind, said in _WORDS.items()}
    return known.get(event) or " ".join(re.findall("[A-Z][a-z]*", event)).lower()


def print_story(story: Story, console: Console) -> None:
    """Prints it, readable without colour; one line each where nobody sits before it."""
    for name, value in header(story.record):
        console.print(f"{name:<9}{value}", soft_wrap=True)
    console.print()
    _print_rows(
        console,
        ("#", "when (IST)", "what", "by", "note"),
        [
            (str(event.sequence), _when(event.at), words(event.type), event.by, event.note)
            for event in story.record.events
        ],
    )
    if story.record.findings:
        # Later ones, of a visit or of a recall, stand in no list that an analyst reads.
        console.print("\nfindings")
        _print_rows(
            console,
            ("severity", "code", "what"),
            [(one.severity, one.code, one.text) for one in story.record.findings],
        )
    console.print("\nalerts" if story.alerts else "\nno alerts yet")
    _print_rows(
        console,
        ("of #", "to", "by", "state", "when (IST)", "delivery", "provider's id"),
        [
            (
                *(str(one.sequence), one.to, one.channel, one.state),
                *(_when(one.sent_at), one.delivery, one.message_id),
            )
            for one in story.alerts
        ],
    )
    console.print("\nexecutions" if story.executions else "\nno execution yet")
    _print_rows(
        console,
        ("name", "status", "from (IST)", "until (IST)"),
        [(one.name, one.status, _when(one.started_at), _when(one.ended_at)) for one in story.executions],
    )
    if not story.all_looked_through:
        console.print(f"(of the {_MOST_EXECUTIONS} newest; there are more since it was registered)")


def _when(moment: datetime | None) -> str:
    return f"{moment.astimezone(IST):%d %b %Y %H:%M:%S}" if moment else ""


def _print_rows(console: Console, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    if not rows:
        return
    if not console.is_terminal:
        for line in lines(columns, rows):
            console.print(line, soft_wrap=True)
        return
    table = Table(*columns, box=None, pad_edge=False, header_style="bold")
    for row in rows:
        table.add_row(*row)
    console.print(table)


def lines(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """A table as lines, its columns under each other, none of them wrapped."""
    table = [columns, *rows]
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    for row in table:
        yield "  ".join(f"{cell:<{width}}" for cell, width in zip(row, widths, strict=True)).rstrip()


def story(
    reference: Annotated[str, typer.Argument(help="The record's reference, such as SSM-4821-903-7717.")],
) -> None:
    """Tells everything that happened to one record."""
    state = read_state(Layout())
    if state is None:
        typer.echo("story: the stack is not running: start it with make up", err=True)
        raise typer.Exit(1)
    emulator = Emulator(state.aws_endpoint)
    try:
        found = read(emulator.dynamodb, emulator.workflow, state, references.parse(reference))
    except (UnknownRecordError, BotoCoreError, ClientError) as error:
        typer.echo(f"story: {error}", err=True)
        raise typer.Exit(1) from error
    except Refused as error:
        typer.echo(f"story: {error.faults[0].detail}", err=True)
        raise typer.Exit(1) from error
    print_story(found, Console(highlight=False, markup=False, emoji=False))
