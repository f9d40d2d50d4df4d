"""Who acts in the demo: the tele-caller and the data analyst."""

from __future__ import annotations

import base64
import secrets
from datetime import datetime

import urllib3
from pydantic import ValidationError

from local.client import Answer, SignedClient
from local.demo.calls import Decision, Sample
from local.demo.outcome import State
from local.retrying import post_patiently

ANALYST_ID = "DA-DEMO"

_RECORDS = "/v1/call-centre/records"
_REVIEWS = "/v1/call-centre/reviews"


def _a_secret() -> str:
    return "whsec_" + base64.b64encode(secrets.token_bytes(32)).decode()


class TeleCaller:
    """Takes calls over and looks after them, in the name of the call centre application.

    Args:
        api_url: Base of the API.
        secret: The call centre's signing secret.
        run: Makes the record ids of this run its own.
    """

    def __init__(self, api_url: str, secret: str, run: str) -> None:
        self._client = SignedClient(api_url, secret)
        self._impostor = SignedClient(api_url, _a_secret())
        self._run = run

    def post(self, sample: Sample, now: datetime) -> Answer | None:
        """Posts a call; None when nobody answers."""
        client = self._client if sample.signature == "good" else self._impostor
        body = sample.body(self._run, now)
        return post_patiently(client, _RECORDS, body, f"demo_{body['record_id']}").answer

    def look_up(self, reference: str) -> State | None:
        """Where a record stands; None when the service does not say so just now."""
        try:
            return State.model_validate(self._client.get(f"{_RECORDS}/{reference}").body)
        except (urllib3.exceptions.HTTPError, ValidationError):
            return None


class DataAnalyst:
    """Decides what waits for review.

    Args:
        api_url: Base of the API.
        secret: The call centre's signing secret.
    """

    def __init__(self, api_url: str, secret: str) -> None:
        self._client = SignedClient(api_url, secret)

    def decide(self, reference: str, decision: Decision, duplicate_of: str | None) -> Answer | None:
        """Decides; None when nobody answers."""
        body = decision.body(ANALYST_ID, duplicate_of)
        return post_patiently(
            self._client, f"{_REVIEWS}/{reference}", body, f"demo_review_{reference}"
        ).answer
