"""What ``docs/webhook.md`` shows and no running service needs to be asked about."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime

from functions.adapters.webhook import verify
from functions.intake.contract import RecordIn
from functions.intake.opting_out import OptOutIn
from functions.problems import Problem
from functions.signed import read_json
from infra.openapi_operations import OPERATIONS
from local.layout import PROJECT

PAGE = (PROJECT / "docs" / "webhook.md").read_text(encoding="utf-8")


def told(pattern: str) -> str:
    found = re.search(pattern, PAGE)
    assert found
    return found.group(1)


def test_the_signatures_to_try_against_are_right() -> None:
    secret, webhook_id = told("the secret `(whsec_.+?)`"), told("the id `(.+?)`")
    timestamp = told("the time `(.+?)`")
    rows = re.findall(r"^\| `(.+)` \| `(v1,.+)` \|$", PAGE, re.MULTILINE)
    assert len(rows) == 2
    for payload, signature in rows:
        headers = {
            "webhook-id": webhook_id,
            "webhook-timestamp": timestamp,
            "webhook-signature": signature,
        }
        now = datetime.fromtimestamp(int(timestamp), UTC)
        assert verify(headers, payload.encode(), [secret], now) == webhook_id


def test_the_json_that_is_shown_is_what_is_sent_and_answered() -> None:
    problem, missed_call, opt_out = re.findall(r"^```json\n(.*?)^```", PAGE, re.DOTALL | re.MULTILINE)
    Problem.model_validate_json(problem)
    assert read_json(RecordIn, missed_call.encode()).kind == "missed_call"
    assert json.loads(problem)["title"]
    assert read_json(OptOutIn, opt_out.encode()).opted_out is True


def test_every_path_that_is_named_is_served() -> None:
    served = {operation.path for operation in OPERATIONS}
    named = set(re.findall(r"(/v1/[a-z/.-]+(?:\{reference\})?)", PAGE))
    assert named
    assert named <= served
