"""One record's story: what is read of it, what is told, and nothing that is the citizen's."""

from __future__ import annotations

import io
import json
import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, cast

import pytest
import typer
from botocore.exceptions import ClientError, EndpointConnectionError
from rich.console import Console
from typer.testing import CliRunner

from functions.adapters.record_items import record_to_item
from functions.adapters.table import to_item
from functions.domain.alerts import alerts_for
from functions.domain.citizen_messages import CitizenMessage
from functions.domain.record import EventType, Finding, Record, Status
from local import story as module
from local.state import StackState
from local.story import (
    Execution,
    Story,
    UnknownRecordError,
    alert_of,
    header,
    lines,
    print_story,
    read,
    words,
)
from tests.builders import (
    ALERT_RULES,
    EXECUTION,
    NOW,
    PRIVATE,
    REACHED,
    TASK_TOKEN,
    action_taken,
    forwarded,
    in_status,
    reference_of,
    registered,
    visited,
)

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_stepfunctions import SFNClient

MACHINE = "arn:aws:states:ap-south-1:000000000000:stateMachine:ssm-local-grievance"
STATE = StackState(
    api_url="",
    aws_endpoint="http://127.0.0.1:1",
    region="ap-south-1",
    portal_url="",
    console_url="",
    webhook_secrets={},
    state_machine_arns={"grievance": MACHINE},
    functions={},
    table="ssm-local",
    registry_bucket="",
    processes={},
)


class _Pages:
    """Pages of an answer, which count how many were asked for."""

    def __init__(self, pages: list[dict[str, Any]], asked: dict[str, Any]) -> None:
        self._pages = pages
        self.asked = asked

    def paginate(self, **parameters: object) -> Any:  # noqa: ANN401 - as in boto3
        self.asked.update(parameters)
        for page in self._pages:
            self.asked["pages"] = self.asked.get("pages", 0) + 1
            yield page


class _Table:
    """DynamoDB with the items of one record, on two pages."""

    def __init__(self, *items: dict[str, Any]) -> None:
        self._items = list(items)
        self.asked: dict[str, Any] = {}

    def get_paginator(self, name: str) -> _Pages:
        assert name == "query"
        return _Pages([{"Items": self._items[:1]}, {"Items": self._items[1:]}], self.asked)


class _Workflow:
    """Step Functions with executions, the newest first, two on a page."""

    def __init__(self, *executions: dict[str, Any]) -> None:
        self._executions = sorted(executions, key=lambda one: str(one["startDate"]), reverse=True)
        self.asked: dict[str, Any] = {}
        self.described: list[str] = []

    def get_paginator(self, name: str) -> _Pages:
        assert name == "list_executions"
        pages = [{"executions": self._executions[at : at + 2]} for at in range(0, len(self._executions), 2)]
        return _Pages(pages, self.asked)

    def describe_execution(self, executionArn: str) -> dict[str, Any]:  # noqa: N803 - as in boto3
        self.described.append(executionArn)
        for one in self._executions:
            if one["executionArn"] == executionArn:
                return one
        raise ClientError({"Error": {"Code": "ExecutionDoesNotExist"}}, "DescribeExecution")


def execution(name: str, minutes: float, *, of: str = "", status: str = "SUCCEEDED") -> dict[str, Any]:
    return {
        "executionArn": f"arn:aws:states:ap-south-1:000000000000:execution:ssm-local-grievance:{name}",
        "name": name,
        "status": status,
        "startDate": NOW + timedelta(minutes=minutes),
        "input": json.dumps({"reference": of or reference_of()}),
    }


def alert_items(record: Record) -> list[dict[str, Any]]:
    return [
        {
            "pk": f"REC#{record.reference}",
            "sk": f"ALERT#{alert.key}",
            "alert": alert.model_dump(mode="json"),
            "state": "sent",
            "owner": "o",
            "sent_at": NOW.isoformat(),
            "message_id": f"m-{alert.key}",
        }
        for event in record.events
        for alert in alerts_for(record, event, ALERT_RULES)
    ]


def told_of(record: Record, workflow: _Workflow | None = None) -> Story:
    items = [record_to_item(record, NOW), *map(to_item, alert_items(record))]
    return read(
        cast("DynamoDBClient", _Table(*items)),
        cast("SFNClient", workflow or _Workflow()),
        STATE,
        record.reference,
    )


def printed(story: Story, *, terminal: bool = False) -> str:
    out = io.StringIO()
    print_story(story, Console(file=out, force_terminal=terminal, width=100, highlight=False, markup=False))
    return out.getvalue()


# --- What is read


def test_the_record_and_the_evidence_beside_it_are_read() -> None:
    record = forwarded()
    story = told_of(record)
    assert story.record == record
    # The officer and the head of the office, each by SMS and by e-mail, and the district's officer by e-mail.
    assert [(alert.to, alert.channel) for alert in story.alerts] == [
        ("nodal", "sms"),
        ("nodal", "email"),
        ("head", "sms"),
        ("head", "email"),
        ("nodal of 320", "email"),
    ]


def test_the_table_is_read_as_it_stands_now() -> None:
    table = _Table(record_to_item(registered(), NOW))
    read(cast("DynamoDBClient", table), cast("SFNClient", _Workflow()), STATE, reference_of())
    assert table.asked["ConsistentRead"] is True
    assert table.asked["ExpressionAttributeValues"] == {":pk": {"S": f"REC#{reference_of()}"}}


def test_a_record_that_is_not_there_is_told_apart() -> None:
    with pytest.raises(UnknownRecordError, match=f"there is no record {reference_of()}"):
        read(cast("DynamoDBClient", _Table()), cast("SFNClient", _Workflow()), STATE, reference_of())


def test_what_was_sent_to_the_citizen_is_told_as_such() -> None:
    message = CitizenMessage(
        sequence=3, template="citizen_linked", keeps_hours=True, lead="SSM-4821-903-7717"
    )
    alert = alert_of({"alert": message.model_dump(mode="json"), "state": "sending"})
    assert (alert.sequence, alert.level, alert.channel) == (3, "citizen", "sms")


def test_an_alert_that_is_being_sent_has_no_time_yet() -> None:
    item = alert_items(forwarded())[0]
    del item["sent_at"], item["message_id"]
    alert = alert_of({**item, "state": "sending"})
    assert (alert.state, alert.sent_at, alert.message_id) == ("sending", None, "")


def test_what_became_of_an_alert_is_told_with_when_why_and_instead_of_what() -> None:
    item = alert_items(forwarded())[0]
    outcome = {"state": "bounced", "at": NOW.isoformat(), "code": "Permanent/General"}
    assert alert_of(item).delivery == ""
    assert (
        alert_of({**item, "delivery": outcome}).delivery == "bounced 24 Nov 2026 10:15:00 Permanent/General"
    )
    went_round = {**item, "alert": {**item["alert"], "instead_of": "email"}}
    assert alert_of(went_round).delivery == "(instead of email)"


def test_executions_are_found_by_what_they_were_started_with() -> None:
    another = "SSM-0000-000-0000"
    workflow = _Workflow(
        execution("by-a-rule", 0, status="FAILED"),
        execution("of-another", 1, of=another),
        execution(f"{another}-7", 2, of=another),
        execution(f"{reference_of()}-4", 3, status="RUNNING"),
    )
    story = told_of(forwarded(), workflow)
    assert [(one.name, one.status) for one in story.executions] == [
        ("by-a-rule", "FAILED"),
        (f"{reference_of()}-4", "RUNNING"),
    ]
    assert story.all_looked_through
    assert not any(another in arn for arn in workflow.described), "its name tells that it is another's"


def test_the_execution_in_charge_is_told_even_when_it_is_gone() -> None:
    record = forwarded().model_copy(update={"execution": EXECUTION})
    (gone,) = told_of(record).executions
    assert gone == Execution("one, in charge", "gone", None, None)


def test_the_execution_in_charge_is_told_once() -> None:
    carried = execution("by-a-rule", 0)
    record = forwarded().model_copy(update={"execution": carried["executionArn"]})
    workflow = _Workflow(carried, execution("of-another", 1, of="SSM-0000-000-0000"))
    assert [one.name for one in told_of(record, workflow).executions] == ["by-a-rule, in charge"]


def test_executions_of_before_the_record_are_not_looked_into() -> None:
    workflow = _Workflow(
        *(execution(f"old-{minute}", -minute) for minute in range(2, 40)), execution("own", 0)
    )
    assert [one.name for one in told_of(registered(), workflow).executions] == ["own"]
    assert len(workflow.described) == 1
    assert workflow.asked["pages"] == 1


def test_the_search_is_bounded_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_MOST_EXECUTIONS", 3)
    exactly = [execution(f"e{number}", number) for number in range(3)]
    assert told_of(registered(), _Workflow(*exactly)).all_looked_through
    story = told_of(registered(), _Workflow(*exactly, execution("e3", 3)))
    assert [one.name for one in story.executions] == ["e1", "e2", "e3"]
    assert "of the 3 newest" in printed(story)


# --- What is told


def test_the_header_tells_where_it_stands() -> None:
    record = forwarded(emergency=True).model_copy(update={"breached": True, "escalation": 2})
    told = dict(header(record))
    assert record.assignment is not None
    assert record.due_at is not None
    assert told == {
        "record": f"{record.reference}, grievance, EMERGENCY",
        "status": "forwarded",
        "with": f"{record.assignment.officer}, HFW (nodal)",
        "due": "25 Nov 2026, 10:15 IST, breached, escalated 2",
        "portal": "CMO/2026/0000001",
        "recalls": "0",
    }


def test_the_header_of_a_new_record_tells_what_is_not_yet() -> None:
    assert header(registered())[2:] == [
        ("with", "nobody yet"),
        ("due", "no clock"),
        ("portal", "not yet there"),
        ("recalls", "0"),
    ]


@pytest.mark.parametrize("kind", EventType)
def test_what_happened_is_told_in_words(kind: EventType) -> None:
    said = words(kind)
    assert said
    assert said != kind.value
    assert not set(said) & {"_", "-"}


def test_an_event_that_has_no_words_yet_is_told_by_its_name() -> None:
    assert words("SomethingNewHappened") == "something new happened"


@pytest.mark.parametrize("status", sorted(REACHED & set(Status) - {Status.CALLED_BACK, Status.UNREACHABLE}))
def test_nothing_of_the_citizens_is_told(status: Status) -> None:
    for emergency in (False, True):
        record = in_status(status, emergency=emergency).model_copy(update={"task_token": TASK_TOKEN})
        told = printed(told_of(record))
        assert record.reference in told
        assert not [private for private in (*PRIVATE, TASK_TOKEN) if private in told]


def test_every_event_is_one_line_in_kolkatas_time() -> None:
    record = visited(action_taken(forwarded()), meets_standard=False)
    told = printed(told_of(record)).partition("\nalerts")[0].splitlines()
    for event in record.events:
        (line,) = (line for line in told if line.startswith(f"{event.sequence} "))
        assert words(event.type) in line
        assert event.by in line
        assert line.endswith(event.note.strip())
    assert "24 Nov 2026 10:15:00" in told[9], "04:45 UTC"


def test_what_is_piped_is_neither_wrapped_nor_padded_nor_coloured() -> None:
    record = forwarded()
    long = record.events[-1].model_copy(update={"note": "word " * 80 + "end"})
    told = printed(told_of(record.model_copy(update={"events": (*record.events[:-1], long)})))
    assert long.note in told
    assert "\x1b" not in told
    assert not [line for line in told.splitlines() if line != line.rstrip()]


def test_at_a_terminal_it_keeps_within_its_width() -> None:
    told = printed(told_of(forwarded()), terminal=True)
    assert "\x1b[1m" in told
    assert "forwarded to an officer" in told


def test_what_is_not_there_yet_is_told_so() -> None:
    told = printed(told_of(registered()))
    assert "no alerts yet" in told
    assert "no execution yet" in told


def test_what_was_found_later_than_any_review_is_told() -> None:
    found = Finding(code="executive-not-on-roster", severity="warning", text="Not on the roster.")
    told = printed(told_of(forwarded().model_copy(update={"findings": (found,)})))
    assert re.search(r"executive-not-on-roster +Not on the roster\.", told)
    assert "findings" not in printed(told_of(forwarded().model_copy(update={"findings": ()})))


def test_a_note_in_brackets_is_no_markup() -> None:
    record = registered()
    noted = record.events[0].model_copy(update={"note": "[red]by hand[/red]"})
    for terminal in (False, True):
        told = printed(told_of(record.model_copy(update={"events": (noted,)})), terminal=terminal)
        assert "[red]by hand[/red]" in told


def test_columns_stand_under_each_other() -> None:
    assert list(lines(("a", "bcd", "e"), [("xyz", "1", "last"), ("1", "", "")])) == [
        "a    bcd  e",
        "xyz  1    last",
        "1",
    ]


# --- The command


def run(reference: str) -> tuple[int, str]:
    app = typer.Typer()
    app.command()(module.story)
    done = CliRunner().invoke(app, ["--", reference])
    return done.exit_code, done.output


@pytest.fixture
def running(monkeypatch: pytest.MonkeyPatch) -> None:
    """A stack runs, of which no record is known."""
    monkeypatch.setattr(module, "read_state", lambda _: STATE)

    def unknown(*arguments: object) -> Story:
        raise UnknownRecordError(f"there is no record {arguments[-1]}")

    monkeypatch.setattr(module, "read", unknown)


@pytest.mark.usefixtures("running")
@pytest.mark.parametrize("reference", ["", "4821", "SSM-4821-903-771", "CC-1"])
def test_what_is_no_reference_is_told_so(reference: str) -> None:
    assert run(reference) == (
        1,
        "story: a reference is SSM- and eleven digits, such as SSM-4821-903-7717\n",
    )


@pytest.mark.usefixtures("running")
def test_a_mistyped_reference_is_told_apart_from_an_unknown_one() -> None:
    right = reference_of()
    wrong = right[:-1] + str((int(right[-1]) + 1) % 10)
    assert run(wrong) == (1, "story: the reference is mistyped: its digits do not fit together\n")
    # It may be typed as it was heard.
    assert run(right.lower().replace("-", " ")) == (1, f"story: there is no record {right}\n")


def test_without_a_stack_it_says_how_to_start_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "read_state", lambda _: None)
    assert run(reference_of()) == (1, "story: the stack is not running: start it with make up\n")


@pytest.mark.usefixtures("running")
def test_a_stack_that_does_not_answer_is_told_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    def out(*_: object) -> Story:
        raise EndpointConnectionError(endpoint_url="http://127.0.0.1:1")

    monkeypatch.setattr(module, "read", out)
    code, output = run(reference_of())
    assert code == 1
    assert output.startswith("story: Could not connect")


@pytest.mark.usefixtures("running")
def test_a_story_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "read", lambda *_: told_of(forwarded()))
    code, output = run(reference_of())
    assert code == 0
    assert output.startswith(f"record   {reference_of()}, grievance\n")


def test_times_are_told_whatever_their_offset() -> None:
    assert module._when(datetime(2026, 12, 31, 20, 0, tzinfo=UTC)) == "01 Jan 2027 01:30:00"
    assert module._when(None) == ""
