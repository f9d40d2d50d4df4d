"""Who acts in the demo, each through the door that is theirs."""

from __future__ import annotations

import base64
import json
import re
import secrets
from collections import Counter
from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

import urllib3

from functions.domain.calendar import IST
from functions.domain.record import Checks, Record
from local.aws import Emulator
from local.client import Answer, SignedClient
from local.demo.samples import Decision, Report, Sample
from local.demo.sent import SMS, Message
from local.retrying import post_patiently
from local.state import StackState

ANALYSTS = ("DA-01", "DA-02", "DA-03")

AGENT = "A-17"

_RECORDS = "/v1/call-centre/records"
_CALLBACKS = "/v1/call-centre/callbacks"
_FEEDBACK = "/v1/call-centre/feedback"
_REVIEWS = "/v1/call-centre/reviews"
_PORTAL_EVENTS = "/v1/portal/events"
_FIELD_REPORTS = "/v1/field/reports"
_LINK = re.compile(r"https?://\S+/v1/ack\?t=\S+")
_TIMEOUT = 30.0


class TeleCaller:
    """Hands calls over in the name of the call centre application.

    Args:
        state: The running stack.
        run: Makes the record ids of this run its own.
    """

    def __init__(self, state: StackState, run: str) -> None:
        secret = state.webhook_secrets["call-centre"]
        self._client = SignedClient(state.api_url, secret)
        self._impostor = SignedClient(
            state.api_url, "whsec_" + base64.b64encode(secrets.token_bytes(32)).decode()
        )
        self._run = run

    def post(self, sample: Sample, now: datetime) -> Answer | None:
        """Posts a call; None when nobody answers."""
        body = sample.body(self._run, now)
        if sample.sent == "torn":
            payload = json.dumps(body, ensure_ascii=False).encode()
            half = payload[: len(payload) // 2].decode(errors="ignore").encode()
            headers = self._client.signature(half) | {"Content-Type": "application/json"}
            return self._client.send("POST", _RECORDS, headers, half)
        client = self._impostor if sample.sent == "forged" else self._client
        # The application sends what it is unsure of again, under the same id.
        return post_patiently(client, _RECORDS, body, f"demo_{body['record_id']}").answer

    def call_back(self, reference: str, number: int, outcome: str) -> Answer | None:
        """Tells how an outbound call went; None when nobody answers."""
        body = {"agent_id": AGENT, "outcome": outcome}
        webhook_id = f"demo_callback_{reference}_{number}"
        return post_patiently(self._client, f"{_CALLBACKS}/{reference}", body, webhook_id).answer

    def ask(self, reference: str, *, satisfied: bool) -> Answer | None:
        """Tells what a citizen says of the redress; None when nobody answers."""
        body = {
            "reference": reference,
            "satisfied": satisfied,
            "rating": 5 if satisfied else 1,
            "agent_id": AGENT,
        }
        return post_patiently(self._client, _FEEDBACK, body, f"demo_feedback_{reference}").answer

    def look_up(self, reference: str) -> str | None:
        """Where a record stands, as the service tells its clients; None when it does not say so."""
        body = self._client.get(f"{_RECORDS}/{reference}").body
        return body.get("status") if isinstance(body, dict) else None


class DataAnalysts:
    """Decide what waits for review.

    Args:
        state: The running stack.
    """

    def __init__(self, state: StackState) -> None:
        self._client = SignedClient(state.api_url, state.webhook_secrets["call-centre"])

    def decide(
        self, reference: str, decision: Decision, analyst_id: str, duplicate_of: str | None
    ) -> Answer | None:
        """Decides; None when nobody answers."""
        body = decision.body(analyst_id, duplicate_of)
        path, webhook_id = f"{_REVIEWS}/{reference}", f"demo_review_{reference}"
        return post_patiently(self._client, path, body, webhook_id).answer


class Officers:
    """Acknowledge by the link in the SMS, and report through the CMO Grievance Portal.

    Args:
        state: The running stack.
    """

    def __init__(self, state: StackState) -> None:
        self._http = urllib3.PoolManager(timeout=_TIMEOUT, retries=False)
        self._portal = SignedClient(state.api_url, state.webhook_secrets["portal"])

    def acknowledge(self, link: str) -> int:
        """Presses the button of the page behind the link; the status that it was answered with."""
        return self._http.request("POST", link).status

    def report(self, record: Record, report: Report, number: int, now: datetime) -> Answer | None:
        """Reports what was done; None when nobody answers."""
        body = {
            "reference": record.reference,
            "type": "action_taken",
            "at": now.isoformat(),
            "officer": record.assignment.officer if record.assignment else "",
            "report": report.text,
        }
        webhook_id = f"demo_atr_{record.reference}_{number}"
        return post_patiently(self._portal, _PORTAL_EVENTS, body, webhook_id).answer


def link_for(phone: str, messages: Iterable[Message]) -> str | None:
    """The link in the newest SMS to that number; None when there is none yet."""
    found = [_LINK.search(one.text) for one in messages if one.channel == SMS and one.to == phone]
    links = [match.group() for match in found if match]
    return links[-1] if links else None


class FieldTeam:
    """Checks the redress on the ground.

    Args:
        state: The running stack.
    """

    def __init__(self, state: StackState) -> None:
        self._client = SignedClient(state.api_url, state.webhook_secrets["field"])

    def visit(
        self, reference: str, number: int, executive_id: str, now: datetime, *, found: bool
    ) -> Answer | None:
        """Reports on a visit; None when nobody answers.

        Args:
            number: Of the Action Taken Report that was checked.
            found: Whether what it says is true.
        """
        checks: dict[str, Any] = dict.fromkeys(Checks.model_fields, found) | {"citizen_contacted": True}
        body = {
            "reference": reference,
            "executive_id": executive_id,
            "visited_at": now.isoformat(),
            "checks": checks,
        }
        webhook_id = f"demo_visit_{reference}_{number}"
        return post_patiently(self._client, _FIELD_REPORTS, body, webhook_id).answer


class Portal:
    """The CMO Grievance Portal, which can be out.

    Args:
        state: The running stack.
    """

    def __init__(self, state: StackState) -> None:
        self._http = urllib3.PoolManager(timeout=_TIMEOUT, retries=False)
        self._faults = f"{state.portal_url}/_sim/faults"
        self._grievances = f"{state.portal_url}/_sim/grievances"
        self._functions = Emulator(state.aws_endpoint).functions
        self._drain = state.functions["drain"]

    def goes_down(self) -> None:
        """Answers nobody from now on."""
        self._http.request("POST", self._faults, json={"mode": "down"})

    def comes_back(self) -> None:
        """Answers again, and tells so: what waits for it goes in at once, not within the minute."""
        self._http.request("POST", self._faults, json={"mode": "ok"})
        self._functions.invoke(
            FunctionName=self._drain, InvocationType="Event", Payload=json.dumps({"at_once": True}).encode()
        )

    def entries(self, references: Collection[str]) -> Counter[str]:
        """How many entries it holds of each of these references."""
        held = json.loads(self._http.request("GET", self._grievances).data)["items"]
        return Counter(one["reference"] for one in held if one["reference"] in references)


class Clock:
    """The minute's sweep, handed a later time; only the local stage takes one.

    Args:
        state: The running stack.
    """

    def __init__(self, state: StackState) -> None:
        self._functions = Emulator(state.aws_endpoint).functions
        self._sweep = state.functions["sla_timer"]

    def strikes(self, at: datetime) -> None:
        """All that is due by then falls due."""
        event = {"time": at.astimezone(IST).isoformat()}
        self._functions.invoke(FunctionName=self._sweep, Payload=json.dumps(event).encode())
