"""An officer who presses the button while something is out reads a page, and can press once more."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from io import StringIO

import pytest
from chalice.test import Client

from app import app
from functions.domain.acknowledgement import LIFETIME, Link, digest_of
from functions.domain.channel import Channel
from functions.domain.errors import Outrun, Unavailable
from functions.domain.office import Level
from functions.route import handler
from tests.builders import NOW, PHONE, PRIVATE, forwarded
from tests.fakes import FakePorts

TOKEN = "dG9rZW4tb2YtdGhlLWxpbms"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
RECORD = forwarded()
FAULTS = [(Unavailable("table", 7), 503), (Outrun("changed"), 409), (ZeroDivisionError(f"not {PHONE}"), 500)]
METHODS = pytest.mark.parametrize("method", ["get", "post"])


class Page(HTMLParser):
    """What a browser makes of a page: tags that close in their order, and its forms."""

    VOID = ("meta", "br")

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.forms: list[dict[str, str | None]] = []
        self.buttons = 0
        self.feed(html)
        self.close()
        assert not self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A tag begins."""
        if tag not in self.VOID:
            self.open.append(tag)
        if tag == "form":
            self.forms.append(dict(attrs))
        self.buttons += tag == "button"

    def handle_endtag(self, tag: str) -> None:
        """A tag ends."""
        assert self.open.pop() == tag


@pytest.fixture
def client(outside: FakePorts, monkeypatch: pytest.MonkeyPatch) -> Iterator[Client]:
    monkeypatch.setattr(handler, "ports", lambda: outside)
    outside.records.put(RECORD)
    outside.links.keep(
        Link(
            digest=digest_of(TOKEN),
            reference=RECORD.reference,
            assignment=1,
            level=Level.NODAL,
            office="HFW",
            channel=Channel.SMS,
            expires_at=NOW + LIFETIME,
        )
    )
    with Client(app) as made:
        yield made


def breaks(outside: FakePorts, monkeypatch: pytest.MonkeyPatch, fault: Exception) -> None:
    def find(_: str) -> Link | None:
        raise fault

    monkeypatch.setattr(outside.links, "find", find)


@METHODS
@pytest.mark.parametrize(("fault", "status"), FAULTS, ids=lambda value: type(value).__name__)
def test_whatever_is_wrong_the_answer_is_a_page_with_its_button(
    client: Client,
    outside: FakePorts,
    monkeypatch: pytest.MonkeyPatch,
    logged: StringIO,
    method: str,
    fault: Exception,
    status: int,
) -> None:
    breaks(outside, monkeypatch, fault)
    address = f"/v1/ack?t={TOKEN}"
    answer = client.http.get(address) if method == "get" else client.http.post(address, headers=FORM)
    html = answer.body.decode()
    assert answer.status_code == status
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    assert "form-action 'self'" in answer.headers["Content-Security-Policy"]
    assert answer.headers.get("Retry-After") == ("7" if status == 503 else None)
    page = Page(html)
    assert (page.forms, page.buttons) == ([{"method": "post"}], 1)
    assert "একটু পরে" in html
    assert "in a moment" in html
    # Nothing of what went wrong, and of nobody.
    for told in (TOKEN, "ZeroDivision", "table", "urn:ssm", RECORD.reference, *PRIVATE):
        assert told not in html
    assert PHONE not in logged.getvalue()
    assert len(html.encode()) < 6_000
    assert not re.search(r"<script|<img|<link|url\(|src=|href=|\son[a-z]+=", html)


def test_the_button_of_that_page_acknowledges_once_it_works_again(
    client: Client, outside: FakePorts, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as broken:
        breaks(outside, broken, Unavailable("table"))
        assert client.http.post(f"/v1/ack?t={TOKEN}", headers=FORM).status_code == 503
    # A form without an action goes to the address of the page itself, token and all.
    pressed = client.http.post(f"/v1/ack?t={TOKEN}", headers=FORM)
    assert pressed.status_code == 200
    assert "Receipt acknowledged" in pressed.body.decode()
    assert outside.records.load(RECORD.reference).acknowledged_at == outside.clock.now()


def test_a_page_that_works_is_answered_as_before(client: Client) -> None:
    answer = client.http.get(f"/v1/ack?t={TOKEN}")
    assert (answer.status_code, answer.headers.get("Retry-After")) == (200, None)
    assert Page(answer.body.decode()).buttons == 1
