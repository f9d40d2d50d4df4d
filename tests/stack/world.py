"""Everybody around the deployed stack: tele-caller, analyst, officer, portal, and a spy on the bus."""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

import boto3  # noqa: TID251 - the tests look at the emulator from outside
import urllib3

from functions.domain.calendar import IST
from local.client import Answer, SignedClient
from local.state import StackState
from local.waiting import wait_until

T = TypeVar("T")

RECORDS = "/v1/call-centre/records"
REVIEWS = "/v1/call-centre/reviews"
PATIENCE = 60
"""Seconds after which something that should have happened by itself counts as not happening."""

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
        self.http = urllib3.PoolManager(timeout=urllib3.Timeout(30), retries=False)
        self._spy_queue = ""
        self._spied: list[dict[str, Any]] = []

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

    def portal_misbehaves(self, mode: str, value: object = None) -> None:
        """Tells the portal simulator how to behave."""
        answer = self.http.request(
            "POST", f"{self.stack.portal_url}/_sim/faults", json={"mode": mode, "value": value}
        )
        assert answer.status == 200, answer.data

    def sweeps(self, ahead: timedelta) -> dict[str, Any]:
        """The clock's sweep, handed a later time."""
        time = (datetime.now(UTC) + ahead).isoformat()
        return self.invoke("sla_timer", {"time": time})

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

    def until(self, look: Callable[[], T], enough: Callable[[T], object]) -> T:
        """Looks until what is seen is enough."""
        seen: list[T] = []

        def looked() -> bool:
            seen.append(look())
            return bool(enough(seen[-1]))

        assert wait_until(looked, PATIENCE, 0.05), f"still not so after {PATIENCE} s: {seen[-1]!r}"
        return seen[-1]

    def portal_entries(self, reference: str) -> list[dict[str, Any]]:
        """What the portal holds of a record."""
        listed = self._json(f"{self.stack.portal_url}/_sim/grievances")["items"]
        return [entry for entry in listed if entry["reference"] == reference]

    def sms(self, reference: str) -> list[dict[str, Any]]:
        """SMS that name a record: ``PhoneNumber``, ``Message``, ``MessageAttributes``."""
        by_number = self._json(f"{self.stack.aws_endpoint}/_ministack/sns/sms-messages")["sms_messages"]
        return [sms for sent in by_number.values() for sms in sent if reference in sms["Message"]]

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
        return boto3.client(  # type: ignore[call-overload]
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

    def executions(self, reference: str) -> list[dict[str, Any]]:
        """Executions that carry a record, described."""
        client = self.aws("stepfunctions")
        pages = client.get_paginator("list_executions").paginate(
            stateMachineArn=self.stack.state_machine_arns["grievance"]
        )
        described = [
            client.describe_execution(executionArn=execution["executionArn"])
            for page in pages
            for execution in page["executions"]
        ]
        return [one for one in described if json.loads(one["input"]) == {"reference": reference}]

    def _json(self, url: str) -> Any:  # noqa: ANN401 - JSON is anything
        answer = self.http.request("GET", url)
        assert answer.status == 200, url
        return json.loads(answer.data)
