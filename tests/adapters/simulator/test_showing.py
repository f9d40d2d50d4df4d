"""What its pages show."""

import http.client
import http.server
import json
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from local.portal.server import PortalSimulator
from local.portal.store import Message
from tests.adapters.simulator.client import (
    REFERENCE,
    TOKEN,
    Client,
    grievance,
    numbered,
)


def test_the_outbox_is_a_list_and_empty_at_first(client: Client) -> None:
    assert client.call("GET", "/_sim/outbox").json == []


def test_an_outbox_message_has_the_contracts_fields(client: Client) -> None:
    at = datetime(2026, 11, 24, 4, 45, tzinfo=UTC)
    client.portal.store.keep_message(
        Message(channel="whatsapp", to="+919830012345", text="নমস্কার", reference=REFERENCE, at=at)
    )

    assert client.call("GET", "/_sim/outbox").json == [
        {
            "channel": "whatsapp",
            "to": "+919830012345",
            "text": "নমস্কার",
            "reference": REFERENCE,
            "at": "2026-11-24T04:45:00Z",
        }
    ]


class _FakeEmulator(http.server.BaseHTTPRequestHandler):
    """Answers as the emulator's own pages do."""

    answers: dict[str, object]

    def do_GET(self) -> None:
        body = json.dumps(self.answers[self.path]).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
        pass


@contextmanager
def emulator(answers: dict[str, object]) -> Iterator[str]:
    handler = type("Handler", (_FakeEmulator,), {"answers": answers})
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


def test_grievances_are_shown_escaped_and_newest_first(client: Client) -> None:
    client.post(grievance(numbered(1), summary="<script>alert(1)</script>"))
    client.post(grievance(numbered(2), emergency=True))

    page = client.call("GET", "/")

    html = page.body.decode()
    assert page.headers["Content-Type"] == "text/html; charset=utf-8"
    assert "&lt;script&gt;" in html
    assert "<script" not in html
    assert "রহিমা বিবি" in html
    assert html.index(numbered(2)) < html.index(numbered(1))
    assert "SMS (" not in html


def test_sms_and_mail_are_read_from_the_emulator(journal: Path) -> None:
    def sms(number: int) -> dict[str, object]:
        return {
            "MessageId": f"id-{number}",
            "PhoneNumber": "+919830012345",
            "Message": f"বার্তা {number} https://example.in/v1/ack?t=abc&x=1.",
            "TopicArn": None,
        }

    def mail(number: int, text: str) -> dict[str, object]:
        return {
            "MessageId": f"m-{number}",
            "To": ["officer@example.in"],
            "Subject": f"Mail {number}",
            "BodyText": text,
            "BodyHtml": "<b>bold</b>",
            "Timestamp": 1764000000.5 + number,
        }

    answers: dict[str, object] = {
        "/_ministack/sns/sms-messages": {"sms_messages": {"+919830012345": [sms(1), sms(2)]}},
        "/_ministack/ses/messages": {"messages": {"000000000000": [mail(1, "নমস্কার"), mail(2, "<i>")]}},
    }
    with (
        emulator(answers) as url,
        PortalSimulator(state=journal, token=TOKEN, aws_endpoint=url) as portal,
    ):
        client = Client(portal)
        texts = client.call("GET", "/?show=sms").body.decode()
        mails = client.call("GET", "/?show=mail").body.decode()

    assert "SMS (2)" in texts
    assert "Mail (2)" in texts
    assert texts.index("বার্তা 2") < texts.index("বার্তা 1")
    assert '<a href="https://example.in/v1/ack?t=abc&amp;x=1" rel="noreferrer">' in texts
    assert mails.index("Mail 2") < mails.index("Mail 1")
    assert "&lt;b&gt;bold" in mails


def test_an_emulator_of_another_shape_gets_a_sentence(journal: Path) -> None:
    answers: dict[str, object] = {
        "/_ministack/sns/sms-messages": {"other": 1},
        "/_ministack/ses/messages": [],
    }
    with (
        emulator(answers) as url,
        PortalSimulator(state=journal, token=TOKEN, aws_endpoint=url) as portal,
    ):
        page = Client(portal).call("GET", "/?show=sms")

    assert page.status == 200
    assert "unexpected shape" in page.body.decode()


def test_an_emulator_that_is_away_gets_a_sentence(journal: Path) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{unused.getsockname()[1]}"
        with PortalSimulator(state=journal, token=TOKEN, aws_endpoint=url) as portal:
            page = Client(portal).call("GET", "/?show=mail")

    assert page.status == 200
    assert "does not answer just now" in page.body.decode()
    assert "Mail (?)" in page.body.decode()


def test_an_endpoint_that_is_no_address_is_refused_at_the_start(journal: Path) -> None:
    with pytest.raises(ValueError, match="http://"):
        PortalSimulator(state=journal, token=TOKEN, aws_endpoint="ftp://somewhere")
