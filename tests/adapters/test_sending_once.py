"""A message is handed to its provider once; whether that took it is said, or said not to be known."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from botocore.config import Config

from functions.adapters import wiring
from functions.adapters.whatsapp_templates import message_of, template_of
from functions.adapters.wiring import Wiring
from functions.domain.errors import Unanswered, Unavailable
from functions.domain.ports import Mail, Messaging
from tests.adapters.conftest import REGION, session
from tests.builders import settings

PHONE = "+919000000061"
REFERENCE = "SSM-4821-903-7717"
SMS = "en/officer_emergency.sms.j2"
WHATSAPP = "en/officer_emergency.whatsapp.j2"
MAIL = Mail(to="nodal@officers.wb.example", subject="s", text="t", html="<p>t</p>")
FILLED = message_of(
    WHATSAPP, dict.fromkeys(template_of(WHATSAPP).parameters, "x"), REFERENCE, "https://ssm.wb.example/?t=x"
)
SENDS: dict[str, Callable[[Messaging], str]] = {
    "sms": lambda messaging: messaging.send_sms(PHONE, "text", SMS),
    "mail": lambda messaging: messaging.send_mail(MAIL),
    "whatsapp": lambda messaging: messaging.send_whatsapp(PHONE, FILLED),
    "voice": lambda messaging: messaging.call(PHONE, "text", "en", REFERENCE),
}
TAKEN = (
    b"<PublishResponse><PublishResult><MessageId>m-1</MessageId></PublishResult></PublishResponse>",
    b'{"MessageId": "m-1", "messageId": "m-1"}',
)


@dataclass
class Provider:
    """One that takes requests over real sockets, and then does as it is told.

    Attributes:
        answer: its status; None for silence, 0 for a connection that breaks off.
        connections: from where each request came.
        over: when the silence ends.
    """

    answer: int | None = 200
    connections: list[Any] = field(default_factory=list)
    over: threading.Event = field(default_factory=threading.Event)

    def handler(self) -> type[BaseHTTPRequestHandler]:
        """What serves a connection."""
        provider = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                self.rfile.read(int(self.headers["Content-Length"]))
                provider.connections.append(self.client_address)
                if provider.answer is None:
                    provider.over.wait(30)
                if not provider.answer:
                    self.close_connection = True
                    return
                body = TAKEN["json" in self.headers["Content-Type"]]
                self.send_response(provider.answer)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                """Says nothing."""

        return Handler


@pytest.fixture
def provider(monkeypatch: pytest.MonkeyPatch) -> Iterator[Provider]:
    told = Provider()
    server = ThreadingHTTPServer(("127.0.0.1", 0), told.handler())
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{server.server_port}")
    yield told
    told.over.set()
    server.shutdown()
    server.server_close()


@pytest.fixture
def messaging(monkeypatch: pytest.MonkeyPatch) -> Messaging:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "test")
    monkeypatch.setenv("AWS_DEFAULT_REGION", REGION)
    monkeypatch.setattr(wiring, "_SENDING", wiring._SENDING.merge(Config(read_timeout=0.3, proxies={})))
    made = Wiring(settings(MAIL_FROM="ssm@wb.example"))
    vars(made)["_session"] = session()
    return made.messaging


@pytest.mark.parametrize("channel", SENDS)
@pytest.mark.parametrize("answer", [None, 0], ids=["silent", "breaks off"])
def test_what_is_not_answered_was_handed_over_once_and_may_have_been_taken(
    provider: Provider, messaging: Messaging, channel: str, answer: int | None
) -> None:
    provider.answer = answer
    with pytest.raises(Unanswered, match=channel):
        SENDS[channel](messaging)
    assert len(provider.connections) == 1


@pytest.mark.parametrize("channel", SENDS)
def test_what_its_provider_says_it_has_no_time_for_was_not_taken(
    provider: Provider, messaging: Messaging, channel: str
) -> None:
    provider.answer = 503
    with pytest.raises(Unavailable, match=channel) as out:
        SENDS[channel](messaging)
    assert not isinstance(out.value, Unanswered)
    assert len(provider.connections) == 1


@pytest.mark.parametrize("channel", SENDS)
def test_of_a_gateway_that_gave_up_waiting_nobody_knows_what_stands_behind_it_did(
    provider: Provider, messaging: Messaging, channel: str
) -> None:
    provider.answer = 504
    with pytest.raises(Unanswered, match=channel):
        SENDS[channel](messaging)


@pytest.mark.parametrize("channel", SENDS)
def test_what_reached_nobody_was_not_taken(
    messaging: Messaging, channel: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler) as closed:
        nobody = f"http://127.0.0.1:{closed.server_port}"
    monkeypatch.setenv("AWS_ENDPOINT_URL", nobody)
    with pytest.raises(Unavailable, match=channel) as out:
        SENDS[channel](messaging)
    assert not isinstance(out.value, Unanswered)


@pytest.mark.parametrize("channel", SENDS)
def test_no_message_goes_by_a_connection_that_may_have_died_since_the_last(
    provider: Provider, messaging: Messaging, channel: str
) -> None:
    assert [SENDS[channel](messaging) for _ in range(3)] == ["m-1"] * 3
    assert len(set(provider.connections)) == 3
