"""Everybody around the deployed stack: tele-caller, analyst, officer, portal, and a spy on the bus."""

from __future__ import annotations

import functools
import itertools
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

import boto3  # noqa: TID251 - the tests look at the emulator from outside
import urllib3

from functions.adapters.messages import registration_of
from functions.adapters.record_items import record_from_item
from functions.domain.calendar import IST
from functions.domain.circuit import OPENS_AFTER
from functions.domain.record import Record
from local.client import Answer, SignedClient
from local.state import StackState
from local.waiting import wait_until

T = TypeVar("T")

RECORDS = "/v1/call-centre/records"
REVIEWS = "/v1/call-centre/reviews"
PORTAL_EVENTS = "/v1/portal/events"
FIELD_REPORTS = "/v1/field/reports"
ASSIGNMENTS = "/v1/field/assignments"
CHECKS = ("citizen_contacted", "action_verified_on_site", "matches_report", "grievance_resolved")
PATIENCE = 240
"""Seconds after which something that should have happened by itself counts as not happening: longer than a
queue hides what its function never answered for."""

# Whoever looks twenty times a second keeps from its work the very stack that is waited for.
_LONGEST_PAUSE = 0.5
_numbers = itertools.count(1)
_run = datetime.now(UTC).strftime("%H%M%S%f")

PERSONAL = {
    "phone": "+919830054321",
    "name": "Rokeya Khatun Specimen",
    "address": "17 Specimen Lane, Krishnanagar",
    "summary": "The specimen tube well of our para gives no water since Durga Puja",
    "details": "Forty specimen families carry water from the river, two kilometres away.",
    "reason": "A specimen child fell ill from the river water",
}
"""What the sample caller says of herself: none of it may turn up where it does not belong."""


_MESSAGES = Path(__file__).resolve().parents[2] / "functions" / "messages"


@functools.cache
def _templates_for_citizens() -> frozenset[str]:
    """The DLT ids of what is written to citizens."""
    files = (path.relative_to(_MESSAGES).as_posix() for path in _MESSAGES.glob("*/citizen_*.sms.j2"))
    return frozenset(registration_of(file).template_id for file in files)


def _is_to_citizen(sms: Mapping[str, Any]) -> bool:
    return sms["MessageAttributes"]["AWS.MM.SMS.TemplateId"]["StringValue"] in _templates_for_citizens()


def now() -> str:
    """Now, with IST's offset."""
    return datetime.now(IST).isoformat()


def a_while_ago() -> str:
    """A time at which a call may have begun, with IST's offset."""
    return (datetime.now(IST) - timedelta(minutes=10)).isoformat()


def record(*, emergency: bool = False, **subject: object) -> dict[str, Any]:
    """A well-formed grievance, another one at each call."""
    return {
        "record_id": f"CC-{_run}-{next(_numbers):05d}",
        "kind": "grievance",
        "call": {"started_at": a_while_ago(), "agent_id": "A-17", "language": "bn"},
        "caller": {
            "phone": PERSONAL["phone"],
            "name": PERSONAL["name"],
            "address": PERSONAL["address"],
            "residence": "in_state",
        },
        "subject": {
            "department": "PHE",
            "category": "drinking-water",
            "district": "320",
            "block": "Krishnanagar I",
            "summary": PERSONAL["summary"],
            "details": PERSONAL["details"],
            **subject,
        },
        "emergency": {"reason": PERSONAL["reason"]} if emergency else None,
    }


class World:
    """Actors and eyes."""

    def __init__(self, stack: StackState) -> None:
        self.stack = stack
        self.call_centre = SignedClient(stack.api_url, stack.webhook_secrets["call-centre"])
        self.portal = SignedClient(stack.api_url, stack.webhook_secrets["portal"])
        self.field = SignedClient(stack.api_url, stack.webhook_secrets["field"])
        self.http = urllib3.PoolManager(timeout=urllib3.Timeout(30), retries=False)
        self._spy_queue = ""
        self._spied: list[dict[str, Any]] = []
        self._inputs: dict[str, object] = {}

    # --- actors ---------------------------------------------------------------------------------------

    def registers(self, body: Mapping[str, Any]) -> str:
        """The tele-caller hands a record over; its reference."""
        answer = self.call_centre.post(RECORDS, body)
        assert answer.status == 201, answer
        return str(answer.body["reference"])

    def decides(self, reference: str, decision: str = "approve", **more: object) -> Answer:
        """An analyst decides."""
        return self.call_centre.post(
            f"{REVIEWS}/{reference}", {"analyst_id": "DA-7", "decision": decision, **more}
        )

    def forwarded(self, *, emergency: bool = False, **subject: object) -> str:
        """A record that went all the way to the officer; its reference."""
        reference = self.registers(record(emergency=emergency, **subject))
        self.until_status(reference, "under_review")
        assert self.decides(reference).status == 200
        self.until_status(reference, "forwarded")
        return reference

    def reports_action(self, **more: object) -> Answer:
        """The portal hands on an officer's Action Taken Report."""
        body = {
            "type": "action_taken",
            "at": now(),
            "officer": "Joint Secretary",
            "report": "The tube well was repaired and tested on site by the block engineer",
        }
        return self.portal.post(PORTAL_EVENTS, {**body, **more})

    def visits(self, reference: str, *, redressed: bool, **more: object) -> Answer:
        """A field team reports what it found."""
        checks = dict.fromkeys(CHECKS, redressed) | {"citizen_contacted": True}
        body = {
            "reference": reference,
            "executive_id": "FE-001",
            "visited_at": now(),
            "checks": checks,
            "remark": "Seen on the ground",
            "evidence": ["https://evidence.wb.example/1.jpg"],
        }
        return self.field.post(FIELD_REPORTS, {**body, **more})

    def portal_misbehaves(self, mode: str, value: object = None) -> None:
        """Tells the portal simulator how to behave."""
        answer = self.http.request(
            "POST", f"{self.stack.portal_url}/_sim/faults", json={"mode": mode, "value": value}
        )
        assert answer.status == 200, answer.data

    def channel_misbehaves(self, channel: str, mode: str) -> None:
        """Tells the simulator of WhatsApp or calls how to behave; a portal that is ok ends it."""
        answer = self.http.request(
            "POST", f"{self.stack.portal_url}/_sim/faults", json={"channel": channel, "mode": mode}
        )
        assert answer.status == 200, answer.data

    def sweeps(self, ahead: timedelta) -> dict[str, Any]:
        """The clock's sweep, handed a later time."""
        time = (datetime.now(UTC) + ahead).isoformat()
        return self.invoke("sla_timer", {"time": time})

    def drains(self) -> dict[str, Any]:
        """An administrator who knows that the portal is back has taken in what waits for it."""
        busy = self.aws("lambda").exceptions.TooManyRequestsException
        answers: list[dict[str, Any]] = []

        def drained() -> bool:
            # The schedule's own drainer may be at work.
            with suppress(busy):
                answers.append(self.invoke("drain", {"at_once": True}))
            return bool(answers) and answers[-1]["outcome"] != "elsewhere"

        assert wait_until(drained, 2 * PATIENCE, 0.2), answers
        return answers[-1]

    def parked(self, reference: str) -> bool:
        """Whether a record waits for a portal that is out."""
        key = {"pk": {"S": f"REC#{reference}"}, "sk": {"S": "RECORD"}}
        return "to_push" in self.aws("dynamodb").get_item(TableName=self.stack.table, Key=key)["Item"]

    def parks(self, *, emergency: bool = False) -> str:
        """A record whose execution waits for the portal, which is out; its reference."""
        reference = self.registers(record(emergency=emergency))
        self.until_status(reference, "under_review")
        assert self.decides(reference).status == 200
        self.until(lambda: self.parked(reference), bool)
        return reference

    def goes_out(self) -> None:
        """The portal answers nobody, and enough have tried for that to be known."""
        self.portal_misbehaves("down")
        references = [self.registers(record()) for _ in range(OPENS_AFTER)]
        for reference in references:
            self.until_status(reference, "under_review")
        for reference in references:
            assert self.decides(reference).status == 200
        for reference in references:
            self.until(lambda one=reference: self.parked(one), bool)  # type: ignore[misc]  # mypy infers no lambda with a default

    @contextmanager
    def deployed_with(self, functions: Iterable[str], **changed: str) -> Iterator[None]:
        """Another environment of some functions for a while, as a deployment with other parameters has it.

        Args:
            functions: short names.
            changed: variables that they have already, and other values of them.
        """
        before = {name: self._environment_of(name) for name in functions}
        assert all(changed.keys() <= variables.keys() for variables in before.values())
        try:
            for name, variables in before.items():
                self._tell(name, {**variables, **changed})
            yield
        finally:
            for name, variables in before.items():
                self._tell(name, variables)

    def _environment_of(self, function: str) -> Mapping[str, str]:
        name = self.stack.functions[function]
        configured = self.aws("lambda").get_function_configuration(FunctionName=name)
        variables: dict[str, str] = configured["Environment"]["Variables"]
        return variables

    def _tell(self, function: str, variables: Mapping[str, str]) -> None:
        name, client = self.stack.functions[function], self.aws("lambda")
        client.update_function_configuration(FunctionName=name, Environment={"Variables": dict(variables)})
        client.get_waiter("function_updated_v2").wait(FunctionName=name)

    def sweeps_now(self) -> dict[str, Any]:
        """The clock's sweep, at its time."""
        return self.sweeps(timedelta())

    def invoke(self, function: str, event: object) -> dict[str, Any]:
        """Invokes a function by its short name."""
        answer = self.aws("lambda").invoke(
            FunctionName=self.stack.functions[function], Payload=json.dumps(event).encode()
        )
        payload: dict[str, Any] = json.loads(answer["Payload"].read() or b"null")
        assert "FunctionError" not in answer, payload
        return payload

    # --- eyes -----------------------------------------------------------------------------------------

    def state(self, reference: str) -> dict[str, Any]:
        """A record's public state."""
        answer = self.call_centre.get(f"{RECORDS}/{reference}")
        assert answer.status == 200, answer
        state: dict[str, Any] = answer.body
        return state

    def happened(self, reference: str) -> list[str]:
        """The events of a record's timeline, in order."""
        return [entry["event"] for entry in self.state(reference)["timeline"]]

    def until_status(self, reference: str, *statuses: str) -> dict[str, Any]:
        """Waits until the record stands in one of these; its state."""
        return self.until(lambda: self.state(reference), lambda state: state["status"] in statuses)

    def until_watched(self, reference: str, status: str) -> dict[str, Any]:
        """Waits as :meth:`until_status`, letting the watch over steps run out all the while."""

        def look() -> dict[str, Any]:
            self.sweeps(timedelta(minutes=3))
            return self.state(reference)

        return self.until(look, lambda state: state["status"] == status)

    def until(self, look: Callable[[], T], enough: Callable[[T], object], patience: float = PATIENCE) -> T:
        """Looks until what is seen is enough, for so many seconds at the most."""
        seen: list[T] = []

        def looked() -> bool:
            seen.append(look())
            return bool(enough(seen[-1]))

        assert wait_until(looked, patience, 0.05, _LONGEST_PAUSE), (
            f"still not so after {patience} s: {seen[-1]!r}"
        )
        return seen[-1]

    def at_once(self, acts: Sequence[Callable[[], T]]) -> list[T]:
        """Lets several act at the same time; what each got, in their order."""
        with ThreadPoolExecutor(max_workers=len(acts)) as pool:
            return [future.result() for future in [pool.submit(act) for act in acts]]

    def until_quiet(self) -> None:
        """Waits until no queue of the stack holds or hands out a message."""
        sqs = self.aws("sqs")
        names = ("reviews", "parked", "decisions", "alerts", "citizen-alerts", "pushed", "delivery-events")
        urls = [sqs.get_queue_url(QueueName=f"ssm-local-{name}")["QueueUrl"] for name in names]
        counts = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"]

        def waiting() -> int:
            found = [
                sqs.get_queue_attributes(QueueUrl=url, AttributeNames=counts)["Attributes"] for url in urls
            ]
            return sum(int(attributes[name]) for attributes in found for name in counts)

        self.until(waiting, lambda messages: messages == 0)

    def portal_entries(self, reference: str) -> list[dict[str, Any]]:
        """What the portal holds of a record."""
        return [entry for entry in self.all_portal_entries() if entry["reference"] == reference]

    def all_portal_entries(self) -> list[dict[str, Any]]:
        """All that the portal holds."""
        listed: list[dict[str, Any]] = self._json(f"{self.stack.portal_url}/_sim/grievances")["items"]
        return listed

    def waiting_for_review(self) -> list[dict[str, Any]]:
        """What waits for an analyst, read page by page to the end."""
        found: list[dict[str, Any]] = []
        parameters = [("limit", "100")]
        while True:
            page = self.call_centre.get(REVIEWS, parameters).body
            found += page["items"]
            if page["next"] is None:
                return found
            parameters = [("cursor", page["next"]), ("limit", "100")]

    def sms(self, reference: str) -> list[dict[str, Any]]:
        """SMS to officers that name a record: ``PhoneNumber``, ``Message``, ``MessageAttributes``."""
        return [sms for sms in self._all_sms(reference) if not _is_to_citizen(sms)]

    def sms_to_citizens(self, reference: str) -> list[dict[str, Any]]:
        """SMS to citizens that name a record, as :meth:`sms`."""
        return [sms for sms in self._all_sms(reference) if _is_to_citizen(sms)]

    def record_of(self, reference: str) -> Record:
        """A record as it stands in the table."""
        key = {"pk": {"S": f"REC#{reference}"}, "sk": {"S": "RECORD"}}
        answer = self.aws("dynamodb").get_item(TableName=self.stack.table, Key=key, ConsistentRead=True)
        return record_from_item(answer["Item"])

    def _all_sms(self, reference: str) -> list[dict[str, Any]]:
        by_number = self._json(f"{self.stack.aws_endpoint}/_ministack/sns/sms-messages")["sms_messages"]
        return [sms for sent in by_number.values() for sms in sent if reference in sms["Message"]]

    def outbox(self, reference: str) -> list[dict[str, Any]]:
        """WhatsApp messages and calls of a record: ``channel``, ``to``, ``text``, ``reference``, ``at``."""
        sent: list[dict[str, Any]] = self._json(f"{self.stack.portal_url}/_sim/outbox")
        return [one for one in sent if one["reference"] == reference]

    def mails(self, text: str) -> list[dict[str, Any]]:
        """Mails that hold a text in subject or body."""
        by_account = self._json(f"{self.stack.aws_endpoint}/_ministack/ses/messages")["messages"]
        return [
            mail
            for sent in by_account.values()
            for mail in sent
            if text in mail["Subject"] or text in (mail["BodyText"] or "")
        ]

    def links(self, reference: str) -> list[str]:
        """Acknowledgement links in a record's SMS, in the order sent."""
        found = [re.search(r"https?://\S+/v1/ack\?t=\S+", sms["Message"]) for sms in self.sms(reference)]
        return [match.group() for match in found if match]

    def page(self, method: str, url: str) -> tuple[int, str]:
        """Opens a page as a browser does; status and text."""
        headers = {"Content-Type": "application/x-www-form-urlencoded"} if method == "POST" else {}
        answer = self.http.request(method, url, headers=headers)
        return answer.status, answer.data.decode()

    def aws(self, service: str) -> Any:  # noqa: ANN401 - clients of many services
        """A client of the emulator."""
        return boto3.client(  # type: ignore[call-overload]  # the stubs know literals only
            service,
            endpoint_url=self.stack.aws_endpoint,
            region_name=self.stack.region,
            aws_access_key_id="000000000000",
            aws_secret_access_key="test",
        )

    def spy_on_the_bus(self) -> None:
        """Has every event of ours copied to a queue."""
        sqs, events = self.aws("sqs"), self.aws("events")
        self._spy_queue = sqs.create_queue(QueueName="spy")["QueueUrl"]
        arn = sqs.get_queue_attributes(QueueUrl=self._spy_queue, AttributeNames=["QueueArn"])["Attributes"][
            "QueueArn"
        ]
        bus = "ssm-local"
        events.put_rule(Name="spy", EventBusName=bus, EventPattern=json.dumps({"source": ["ssm"]}))
        events.put_targets(Rule="spy", EventBusName=bus, Targets=[{"Id": "spy", "Arn": arn}])

    def stop_spying(self) -> None:
        """Undoes it."""
        events = self.aws("events")
        events.remove_targets(Rule="spy", EventBusName="ssm-local", Ids=["spy"])
        events.delete_rule(Name="spy", EventBusName="ssm-local")

    def told(self, reference: str | None = None) -> list[dict[str, Any]]:
        """Events seen on the bus so far, of one record or of all."""
        sqs = self.aws("sqs")
        while messages := sqs.receive_message(QueueUrl=self._spy_queue, MaxNumberOfMessages=10).get(
            "Messages"
        ):
            for message in messages:
                self._spied.append(json.loads(message["Body"]))
                sqs.delete_message(QueueUrl=self._spy_queue, ReceiptHandle=message["ReceiptHandle"])
        return [event for event in self._spied if reference in {None, event["detail"]["reference"]}]

    def until_told(self, reference: str, events: int) -> list[dict[str, Any]]:
        """Waits until so many events of a record were on the bus, repeats counted."""
        return self.until(lambda: self.told(reference), lambda told: len(told) >= events)

    def executions(self, reference: str) -> list[dict[str, Any]]:
        """Executions that carry a record, described."""
        client = self.aws("stepfunctions")
        pages = client.get_paginator("list_executions").paginate(
            stateMachineArn=self.stack.state_machine_arns["grievance"]
        )
        arns = [execution["executionArn"] for page in pages for execution in page["executions"]]
        for arn in arns:
            # What an execution was started with never changes, and there are hundreds.
            if arn not in self._inputs:
                self._inputs[arn] = json.loads(client.describe_execution(executionArn=arn)["input"])
        mine = [arn for arn in arns if self._inputs[arn] == {"reference": reference}]
        return [client.describe_execution(executionArn=arn) for arn in mine]

    def _json(self, url: str) -> Any:  # noqa: ANN401 - JSON is anything
        answer = self.http.request("GET", url)
        assert answer.status == 200, url
        return json.loads(answer.data)
