"""The function that takes what providers tell: each alone, and nothing private logged."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from functions.domain.channel import Channel
from functions.notify import handler
from tests import batches
from tests.builders import CONTEXT, forwarded, settings
from tests.fakes import FakePorts
from tests.unit.rooms.delivery_outcomes.providers import (
    BASE,
    KEEPER,
    NODAL,
    is_marked,
    outcome_of,
    told,
    works_off,
)
from tests.unit.rooms.test_provider_events import packed, sample

EVENTS = Path(__file__).parents[3] / "events"


@pytest.fixture
def function(outside: FakePorts, monkeypatch: pytest.MonkeyPatch) -> Any:  # noqa: ANN401 - a handler
    monkeypatch.setattr(handler, "ports", lambda: outside)
    monkeypatch.setattr(
        handler, "settings", lambda: settings(PUBLIC_BASE_URL=BASE, GRIEVANCE_CELL_MAIL=KEEPER)
    )
    return handler.take_deliveries


def batch(*bodies: str) -> dict[str, Any]:
    return batches.batch(*(batches.message(str(at), body) for at, body in enumerate(bodies)))


def test_a_batch_of_notifications_is_taken_each_alone(outside: FakePorts, function: Any) -> None:  # noqa: ANN401 - a handler
    told(outside, forwarded())
    bounced = sample("ses_bounce")
    answer = function(batch("no JSON", "{}", bounced), CONTEXT)
    assert answer == {"batchItemFailures": []}
    assert len(outside.messaging.whatsapp) == 1
    assert is_marked(outside, Channel.EMAIL, NODAL.email)


def test_what_cannot_be_done_now_comes_again(outside: FakePorts, function: Any) -> None:  # noqa: ANN401 - a handler
    told(outside, forwarded())
    outside.messaging.out = {Channel.WHATSAPP}
    bounced = sample("ses_bounce")
    delivered = json.loads(sample("sms_success"))
    answer = function(batch(bounced, json.dumps(delivered)), CONTEXT)
    assert answer == {"batchItemFailures": [{"itemIdentifier": "0"}]}
    assert outcome_of(outside, Channel.SMS, "sms-1") is not None


def test_neither_log_nor_exception_tells_the_address(
    outside: FakePorts,
    function: Any,  # noqa: ANN401 - a handler
    logged: StringIO,
    capsys: pytest.CaptureFixture[str],
) -> None:
    told(outside, forwarded())
    outside.messaging.out = {Channel.WHATSAPP}
    bodies = [path.read_text(encoding="utf-8") for path in sorted(EVENTS.glob("*.json"))]
    broken = [body.replace('"messageId"', '"wrong"').replace("eventType", "wrongType") for body in bodies]
    function(batch(*bodies, *broken), CONTEXT)
    printed = capsys.readouterr()
    written = logged.getvalue() + printed.out + printed.err
    assert "delivery noted" in written
    assert "cannot be read" in written
    for private in ("nodal.hfw", "9830012345", "Ananya", "ধন্যবাদ", NODAL.phone.removeprefix("+91")):
        assert private not in written


def test_log_lines_of_snss_go_through_the_queue(outside: FakePorts, function: Any) -> None:  # noqa: ANN401 - a handler
    told(outside, forwarded())
    lines = [{"id": "1", "timestamp": 1, "message": sample("sms_failure_opted_out")}, {"message": "broken"}]
    answer = function(packed({"messageType": "DATA_MESSAGE", "logEvents": lines}), CONTEXT)
    assert answer == {"queued": 1}
    assert "9830012345" not in str(outside.delivery_events.waiting)
    works_off(outside)
    assert is_marked(outside, Channel.SMS, NODAL.phone)
