"""Speaks to the simulator."""

import http.client
import http.server
import json
from dataclasses import dataclass, field
from email.message import Message as Headers
from pathlib import Path
from typing import Any

from local.portal.server import PortalSimulator

TOKEN = "a-token-for-tests"
REFERENCE = "SSM-4821-903-7717"
PATH = "/api/v1/grievances"
REPOSITORY = Path(__file__).parents[3]


@dataclass(frozen=True)
class Reply:
    """What came back."""

    status: int
    body: bytes
    headers: Headers

    @property
    def json(self) -> Any:  # noqa: ANN401 - a test reads what it expects
        """The body as JSON."""
        return json.loads(self.body)


@dataclass
class Client:
    """Speaks to the simulator, on a connection of its own for each call."""

    portal: PortalSimulator
    token: str | None = TOKEN
    timeout: float = 10
    extra: dict[str, str] = field(default_factory=dict)

    def call(self, method: str, path: str, body: bytes | None = None, **headers: str) -> Reply:
        """Makes one call; a header's name has _ for -."""
        _, _, port = self.portal.url.rpartition(":")
        connection = http.client.HTTPConnection("127.0.0.1", int(port), timeout=self.timeout)
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        if self.token is not None:
            sent["Authorization"] = f"Bearer {self.token}"
        try:
            connection.request(method, path, body, sent | self.extra)
            response = connection.getresponse()
            return Reply(response.status, response.read(), response.headers)
        finally:
            connection.close()

    def post(self, grievance: dict[str, Any], key: str | None = None) -> Reply:
        """Posts a grievance, with its reference as the key unless another is given."""
        body = json.dumps(grievance).encode()
        return self.call("POST", PATH, body, Idempotency_Key=key or grievance["reference"])

    def fault(self, mode: str, value: object = None) -> Reply:
        """Orders a fault."""
        return self.call("POST", "/_sim/faults", json.dumps({"mode": mode, "value": value}).encode())

    def held(self) -> list[dict[str, Any]]:
        """All grievances that the simulator lists."""
        listed = self.call("GET", "/_sim/grievances").json
        assert listed["next"] is None
        items: list[dict[str, Any]] = listed["items"]
        return items


def grievance(reference: str = REFERENCE, **changes: object) -> dict[str, Any]:
    return {
        "source": "SSM Call Centre Data",
        "reference": reference,
        "emergency": False,
        "department": "HFW",
        "district": "320",
        "category": "benefit-not-received",
        "scheme": "swasthya-sathi",
        "summary": "হাসপাতাল স্বাস্থ্য সাথী কার্ড নেয়নি",
        "details": "Refused twice.",
        "complainant": {"name": "রহিমা বিবি", "phone": "+919830012345", "address": None},
        "registered_at": "2026-11-24T10:15:00+05:30",
        "due_at": "2026-12-03T18:00:00+05:30",
        "recall_of": None,
    } | changes


def numbered(number: int) -> str:
    return f"SSM-{number:04d}-903-7717"
