"""The portal simulator, over real sockets: what it accepts, repeats, refuses, loses and remembers."""

import http.client
import http.server
import json
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.message import Message as Headers
from itertools import chain
from pathlib import Path
from typing import Any

import pytest

from local.portal.api import PortalApi, Request
from local.portal.contract import DropResponse, ErrorRate, Plain, RateLimit, Slow
from local.portal.faults import Faults
from local.portal.journal import Journal, JournalError
from local.portal.pages import Page
from local.portal.server import PortalSimulator
from local.portal.store import Message, Store

TOKEN = "a-token-for-tests"
REFERENCE = "SSM-4821-903-7717"
PATH = "/api/v1/grievances"
REPOSITORY = Path(__file__).parents[2]


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


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    return tmp_path / "portal" / "journal.jsonl"


@pytest.fixture
def client(journal: Path) -> Iterator[Client]:
    with PortalSimulator(state=journal, token=TOKEN) as portal:
        yield Client(portal)


def test_a_grievance_is_kept_as_it_was_posted(client: Client) -> None:
    reply = client.post(grievance())

    assert (reply.status, reply.json) == (201, {"portal_id": "CMO/2026/0000001"})
    (held,) = client.held()
    assert held.items() >= grievance().items()
    assert held["portal_id"] == "CMO/2026/0000001"
    assert held["recalls"] == []


def test_a_repeated_key_with_the_same_body_gets_the_same_id(client: Client) -> None:
    client.post(grievance())
    reordered = dict(reversed(grievance().items()))

    reply = client.post(reordered)

    assert (reply.status, reply.json) == (200, {"portal_id": "CMO/2026/0000001"})
    assert len(client.held()) == 1


def test_a_repeated_key_with_another_body_is_a_conflict(client: Client) -> None:
    client.post(grievance())

    reply = client.post(grievance(emergency=True))

    assert reply.status == 409
    assert client.held()[0]["emergency"] is False


def test_concurrent_posts_of_one_key_give_one_grievance(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    together, never = threading.Barrier(8), threading.Event()
    append = Journal.append

    def append_slowly(journal: Journal, line: bytes) -> None:
        # Long enough for the others to come in, were nothing to hold them.
        never.wait(0.1)
        append(journal, line)

    monkeypatch.setattr(Journal, "append", append_slowly)

    def post(_: int) -> Reply:
        together.wait(timeout=10)
        return client.post(grievance())

    with ThreadPoolExecutor(8) as pool:
        replies = list(pool.map(post, range(8)))

    assert sorted(reply.status for reply in replies) == [200] * 7 + [201]
    assert {reply.json["portal_id"] for reply in replies} == {"CMO/2026/0000001"}
    assert len(client.held()) == 1


def test_ids_are_numbered_within_the_year_of_registration_in_india(client: Client) -> None:
    last_evening_utc = "2026-12-31T19:00:00Z"
    client.post(grievance(numbered(1)))

    second = client.post(grievance(numbered(2)))
    new_year = client.post(grievance(numbered(3), registered_at=last_evening_utc))

    assert second.json["portal_id"] == "CMO/2026/0000002"
    assert new_year.json["portal_id"] == "CMO/2027/0000001"


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"source": "Somebody else"}, "source"),
        ({"surprise": 1}, "surprise"),
        ({"emergency": "false"}, "emergency"),
        ({"summary": ""}, "summary"),
        ({"summary": "অ" * 201}, "summary"),
        ({"details": "x" * 5001}, "details"),
        ({"registered_at": "2026-11-24T10:15:00"}, "registered_at"),
        ({"registered_at": 1764000000}, "registered_at"),
        ({"registered_at": "0001-01-01T00:00:00+14:00"}, "registered_at"),
        ({"due_at": "tomorrow"}, "due_at"),
        ({"complainant": {"name": None, "phone": "98300", "address": None}}, "complainant.phone"),
        ({"complainant": {"phone": "+919830012345", "address": None}}, "complainant.name"),
    ],
)
def test_a_body_of_another_shape_is_refused_in_words(
    client: Client, changes: dict[str, Any], named: str
) -> None:
    reply = client.post(grievance(**changes))

    assert reply.status == 422
    assert named in reply.json["detail"]
    assert "98300" not in reply.json["detail"]
    assert client.held() == []


def test_a_missing_field_is_refused(client: Client) -> None:
    body = grievance()
    del body["recall_of"]

    assert client.post(body).status == 422


@pytest.mark.parametrize("body", [b"", b"{", b"\xff", b'{"source": "\\ud800"}', b"[" * 100_000])
def test_a_body_that_is_not_json_is_a_bad_request(client: Client, body: bytes) -> None:
    assert client.call("POST", PATH, body, Idempotency_Key=REFERENCE).status == 400


@pytest.mark.parametrize("key", ["SSM-0000-000-0000", f"{REFERENCE}:recall:1", f"{REFERENCE}:recall:0", "x"])
def test_a_key_that_does_not_fit_the_body_is_refused(client: Client, key: str) -> None:
    reply = client.post(grievance(), key)

    assert reply.status == 422
    assert "Idempotency-Key" in reply.json["detail"]


def test_a_post_needs_a_key(client: Client) -> None:
    assert client.call("POST", PATH, json.dumps(grievance()).encode()).status == 400


@pytest.mark.parametrize("token", [None, "", "another", TOKEN + "x", "ü"])
def test_without_the_token_nothing_is_taken_or_listed(client: Client, token: str | None) -> None:
    stranger = Client(client.portal, token)

    assert stranger.post(grievance()).status == 401
    assert stranger.call("GET", f"{PATH}?date=2026-11-24").status == 401
    assert client.held() == []


def test_another_scheme_is_no_proof(client: Client) -> None:
    stranger = Client(client.portal, None, extra={"Authorization": f"Basic {TOKEN}"})

    assert stranger.post(grievance()).status == 401


def test_an_empty_token_is_refused_at_the_start(journal: Path) -> None:
    with pytest.raises(ValueError, match="token"):
        PortalSimulator(state=journal, token="")


def test_recalls_are_kept_under_their_grievance(client: Client) -> None:
    portal_id = client.post(grievance()).json["portal_id"]
    recall = grievance(recall_of=portal_id, summary="The report does not match the site")

    first = client.post(recall, f"{REFERENCE}:recall:1")
    repeated = client.post(recall, f"{REFERENCE}:recall:1")
    changed = client.post(recall | {"summary": "other"}, f"{REFERENCE}:recall:1")
    second = client.post(recall, f"{REFERENCE}:recall:2")

    assert [first.status, repeated.status, changed.status, second.status] == [201, 200, 409, 201]
    assert first.json == repeated.json == second.json == {"portal_id": portal_id}
    (held,) = client.held()
    assert [kept["idempotency_key"] for kept in held["recalls"]] == [
        f"{REFERENCE}:recall:1",
        f"{REFERENCE}:recall:2",
    ]
    assert held["recalls"][0].items() >= recall.items()
    assert held["recall_of"] is None


def test_a_recall_of_an_unknown_grievance_is_refused(client: Client) -> None:
    reply = client.post(grievance(recall_of="CMO/2026/0000009"), f"{REFERENCE}:recall:1")

    assert reply.status == 422
    assert "recall_of" in reply.json["detail"]


def test_a_recall_of_another_references_grievance_is_refused(client: Client) -> None:
    portal_id = client.post(grievance(numbered(1))).json["portal_id"]

    assert client.post(grievance(recall_of=portal_id), f"{REFERENCE}:recall:1").status == 422


@pytest.mark.parametrize("key", [REFERENCE, f"{REFERENCE}:recall:", f"{REFERENCE}:recall:01"])
def test_a_recall_needs_a_recalls_key(client: Client, key: str) -> None:
    portal_id = client.post(grievance()).json["portal_id"]

    assert client.post(grievance(recall_of=portal_id), key).status == 422


def test_a_day_comes_page_by_page_and_whole(client: Client) -> None:
    late_utc_is_next_day = grievance(numbered(9000), registered_at="2026-11-24T18:30:00Z")
    client.post(late_utc_is_next_day)
    for number in range(201):
        client.post(grievance(numbered(number)))

    pages: list[list[str]] = []
    cursor = ""
    while True:
        listed = client.call("GET", f"{PATH}?date=2026-11-24&cursor={cursor}").json
        pages.append([item["reference"] for item in listed["items"]])
        cursor = listed["next"]
        if cursor is None:
            break
        assert "=" not in cursor

    assert [len(page) for page in pages] == [100, 100, 1]
    assert list(chain.from_iterable(pages)) == [numbered(number) for number in range(201)]
    next_day = client.call("GET", f"{PATH}?date=2026-11-25").json["items"]
    assert [item["reference"] for item in next_day] == [numbered(9000)]
    assert len(client.held()) == 202


def test_a_full_last_page_has_no_next(client: Client) -> None:
    for number in range(100):
        client.post(grievance(numbered(number)))

    assert client.call("GET", f"{PATH}?date=2026-11-24").json["next"] is None


@pytest.mark.parametrize(
    "query",
    ["", "?date=", "?date=24-11-2026", "?date=2026-11-24&cursor=%21", "?date=2026-11-24&cursor=LTE"],
)
def test_a_day_or_cursor_that_is_none_is_refused(client: Client, query: str) -> None:
    assert client.call("GET", PATH + query).status == 422


def test_down_closes_connections_until_it_is_ok_again(client: Client) -> None:
    assert client.fault("down").json == {"mode": "down", "value": None}

    with pytest.raises(ConnectionError):
        client.post(grievance())
    with pytest.raises(ConnectionError):
        client.call("GET", f"{PATH}?date=2026-11-24")
    assert client.held() == []
    assert client.call("GET", "/_sim/health").json["mode"] == "down"

    client.fault("ok")
    assert client.post(grievance()).status == 201


def test_a_slow_answer_comes_after_the_post_is_stored(client: Client) -> None:
    client.fault("slow", 30)
    impatient = Client(client.portal, timeout=0.2)

    with pytest.raises(TimeoutError):
        impatient.post(grievance())

    assert len(client.held()) == 1


def test_slow_waits_its_seconds() -> None:
    waited: list[float] = []
    store, faults = Store(), Faults(lambda: 0.0)
    api = PortalApi(store, faults, TOKEN, waited.append, Page(store))
    faults.order(Slow(mode="slow", value=2.5))
    headers = Headers()
    headers["Authorization"] = f"Bearer {TOKEN}"

    answer = api.answer(Request("GET", PATH, {"date": "2026-11-24"}, headers))

    assert answer is not None
    assert answer.status == 200
    assert waited == [2.5]


def test_error_rate_fails_its_share_and_stores_none_of_it(client: Client) -> None:
    client.fault("error_rate", 0.5)
    first = [client.post(grievance(numbered(number))).status for number in range(40)]
    assert len(client.held()) == first.count(201)

    client.fault("error_rate", 0.5)
    second = [client.post(grievance(numbered(number))).status for number in range(40)]

    assert set(first) == {201, 503}
    assert [status == 503 for status in first] == [status == 503 for status in second]


@pytest.mark.parametrize(("rate", "status"), [(0, 201), (1, 503), (1.0, 503)])
def test_error_rate_has_exact_ends(client: Client, rate: float, status: int) -> None:
    client.fault("error_rate", rate)

    assert {client.post(grievance(numbered(number))).status for number in range(10)} == {status}


def test_error_rate_comes_near_its_share() -> None:
    faults = Faults(lambda: 0.0)
    faults.order(ErrorRate(mode="error_rate", value=0.3))

    failed = sum(faults.fails_this_post() for _ in range(1000))

    assert 250 < failed < 350


def test_dropped_answers_are_stored_and_counted_down(client: Client) -> None:
    client.fault("drop_response", 2)
    for number in range(2):
        with pytest.raises(ConnectionError):
            client.post(grievance(numbered(number)))

    assert client.call("GET", "/_sim/faults").json == {"mode": "ok", "value": None}
    assert [item["reference"] for item in client.held()] == [numbered(0), numbered(1)]
    assert client.post(grievance(numbered(1))).status == 200


def test_a_refused_post_drops_no_answer(client: Client) -> None:
    client.fault("drop_response", 1)

    assert client.post(grievance(summary="")).status == 422
    assert client.call("GET", "/_sim/faults").json == {"mode": "drop_response", "value": 1}


def test_beyond_the_rate_a_request_is_told_when_to_come_again(client: Client) -> None:
    client.fault("rate_limit", 0.001)

    assert client.post(grievance(numbered(1))).status == 201
    limited = client.post(grievance(numbered(2)))

    assert limited.status == 429
    assert 1 <= int(limited.headers["Retry-After"]) <= 1000
    assert len(client.held()) == 1


def test_the_bucket_fills_with_time() -> None:
    now = 100.0
    faults = Faults(lambda: now)
    faults.order(RateLimit(mode="rate_limit", value=2))

    assert [faults.retry_after() for _ in range(3)] == [None, None, 1]
    now += 0.5
    assert [faults.retry_after() for _ in range(2)] == [None, 1]
    now += 60
    assert [faults.retry_after() for _ in range(3)] == [None, None, 1]
    faults.order(RateLimit(mode="rate_limit", value=0))
    assert faults.retry_after() == 1


def test_a_new_order_ends_the_one_before() -> None:
    faults = Faults(lambda: 0.0)
    faults.order(DropResponse(mode="drop_response", value=5))
    faults.order(Plain(mode="ok"))

    assert not faults.drops_this_answer()


def test_refuse_gives_its_reason(client: Client) -> None:
    client.fault("refuse", "জেলা মেলে না")

    reply = client.post(grievance())

    assert (reply.status, reply.json["detail"]) == (422, "জেলা মেলে না")
    assert client.held() == []


@pytest.mark.parametrize(
    "body",
    [
        b"{}",
        b'{"mode": "sideways"}',
        b'{"mode": "slow"}',
        b'{"mode": "slow", "value": -1}',
        b'{"mode": "slow", "value": true}',
        b'{"mode": "error_rate", "value": 1.5}',
        b'{"mode": "error_rate", "value": "0.5"}',
        b'{"mode": "drop_response", "value": 1.5}',
        b'{"mode": "drop_response", "value": -1}',
        b'{"mode": "rate_limit", "value": -1}',
        b'{"mode": "refuse", "value": " "}',
        b'{"mode": "ok", "values": 1}',
    ],
)
def test_an_order_that_makes_no_sense_changes_nothing(client: Client, body: bytes) -> None:
    client.fault("slow", 0)

    assert client.call("POST", "/_sim/faults", body).status == 422
    assert client.call("GET", "/_sim/faults").json == {"mode": "slow", "value": 0.0}


def test_what_was_accepted_is_there_again_and_a_torn_line_is_not(journal: Path) -> None:
    with PortalSimulator(state=journal, token=TOKEN) as portal:
        client = Client(portal)
        portal_id = client.post(grievance()).json["portal_id"]
        client.post(grievance(recall_of=portal_id), f"{REFERENCE}:recall:1")
        message = Message(
            channel="voice", to="+919830012345", text="জরুরি", reference=REFERENCE, at=datetime.now(UTC)
        )
        portal.store.keep_message(message)
        before, sent = client.held(), client.call("GET", "/_sim/outbox").json
    with journal.open("ab") as torn:
        torn.write(b'{"type":"post","key":"SSM-0001')

    with PortalSimulator(state=journal, token=TOKEN) as portal:
        client = Client(portal)
        assert client.held() == before
        assert client.call("GET", "/_sim/outbox").json == sent
        assert client.post(grievance()).status == 200
        assert client.post(grievance(emergency=True)).status == 409
        assert client.post(grievance(numbered(2))).json["portal_id"] == "CMO/2026/0000002"

    with PortalSimulator(state=journal, token=TOKEN) as portal:
        assert [item["reference"] for item in Client(portal).held()] == [REFERENCE, numbered(2)]


def test_a_broken_line_in_the_middle_stops_the_start(journal: Path) -> None:
    journal.parent.mkdir()
    journal.write_bytes(b'{"type":"post"}\n')

    with pytest.raises(JournalError, match="line 1"):
        PortalSimulator(state=journal, token=TOKEN)


def test_a_journal_has_one_holder(client: Client, journal: Path) -> None:
    del client

    with pytest.raises(JournalError, match="another"):
        Journal(journal)


def test_a_journal_that_cannot_be_written_means_try_later(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: object, line: bytes) -> None:
        raise OSError(28, f"no space for {len(line)} bytes")

    with monkeypatch.context() as patch:
        patch.setattr(Journal, "append", full)
        assert client.post(grievance()).status == 503

    assert client.held() == []
    assert client.post(grievance()).status == 201


def test_stopping_ends_kept_connections(journal: Path) -> None:
    portal = PortalSimulator(state=journal, token=TOKEN)
    _, _, port = portal.url.rpartition(":")
    kept = http.client.HTTPConnection("127.0.0.1", int(port), timeout=10)
    for _ in range(2):
        kept.request("GET", "/_sim/health")
        assert kept.getresponse().read()
    first_socket = kept.sock

    portal.stop()
    portal.stop()

    assert first_socket.recv(1) == b""
    kept.close()


def test_the_command_serves_until_it_is_told_to_stop(tmp_path: Path) -> None:
    token_file = tmp_path / "token"
    token_file.write_text(f"{TOKEN}\n")
    command = [sys.executable, "-m", "local.portal", "--port", "0", "--token-file", str(token_file)]
    process = subprocess.Popen(  # noqa: S603 - our own command
        [*command, "--state", str(tmp_path / "journal")],
        cwd=REPOSITORY,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        assert line.startswith("portal simulator listening on http://127.0.0.1:")
        port = int(line.rpartition(":")[2])
        kept = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        kept.request("GET", "/_sim/health?phone=9830012345")
        assert json.loads(kept.getresponse().read())["status"] == "ok"
    finally:
        process.send_signal(signal.SIGTERM)
        _, log = process.communicate(timeout=10)
    kept.close()
    assert process.returncode == 0
    assert log.startswith("GET /_sim/health 200 ")
    assert "9830012345" not in log


def test_nothing_of_a_body_is_logged(client: Client, capfd: pytest.CaptureFixture[str]) -> None:
    client.post(grievance())
    client.post(grievance(summary=""))

    out, log = capfd.readouterr()
    assert out == ""
    assert [line.split()[:3] for line in log.splitlines()] == [
        ["POST", PATH, "201"],
        ["POST", PATH, "422"],
    ]


def test_unknown_paths_and_methods_are_told_apart(client: Client) -> None:
    assert client.call("GET", "/nowhere").status == 404
    wrong = client.call("DELETE", PATH)
    assert (wrong.status, wrong.headers["Allow"]) == (405, "POST, GET")


@pytest.mark.parametrize(
    ("head", "status"),
    [
        (b"POST /_sim/faults HTTP/1.1\r\n\r\n", b"411"),
        (b"POST /_sim/faults HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n", b"411"),
        (b"POST /_sim/faults HTTP/1.1\r\nContent-Length: -1\r\n\r\n", b"400"),
        (b"POST /_sim/faults HTTP/1.1\r\nContent-Length: 9999999\r\n\r\n", b"413"),
        (b"BREW /_sim/faults HTTP/1.1\r\n\r\n", b"501"),
        (b"GET http://[ HTTP/1.1\r\n\r\n", b"404"),
    ],
)
def test_a_malformed_request_gets_an_answer(client: Client, head: bytes, status: bytes) -> None:
    _, _, port = client.portal.url.rpartition(":")
    with socket.create_connection(("127.0.0.1", int(port)), timeout=10) as raw:
        raw.sendall(head)
        assert raw.recv(100).split()[1] == status


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


def tamper(client: Client, **order: object) -> Reply:
    """Does something to the entries behind everybody's back."""
    return client.call("POST", "/_sim/tamper", json.dumps(order).encode())


def test_what_is_lost_is_gone_and_entered_anew_under_another_id(client: Client) -> None:
    first = client.post(grievance()).json["portal_id"]
    client.post(grievance(recall_of=first), key=f"{REFERENCE}:recall:1")
    client.post(grievance(numbered(2)))

    assert tamper(client, action="lose", reference=REFERENCE).json == {"touched": 1}

    assert [held["reference"] for held in client.held()] == [numbered(2)]
    again = client.post(grievance())
    assert (again.status, again.json) == (201, {"portal_id": "CMO/2026/0000003"})
    (listed,) = [held for held in client.held() if held["reference"] == REFERENCE]
    assert listed["recalls"] == []


def test_a_key_may_be_remembered_of_what_is_lost(client: Client) -> None:
    client.post(grievance())
    tamper(client, action="lose", reference=REFERENCE, remember_keys=True)
    assert client.post(grievance()).json == {"portal_id": "CMO/2026/0000001"}
    assert client.held() == []


def test_recalls_alone_are_lost_and_taken_again(client: Client) -> None:
    first = client.post(grievance()).json["portal_id"]
    recall = grievance(recall_of=first)
    client.post(recall, key=f"{REFERENCE}:recall:1")
    assert tamper(client, action="lose_recalls", reference=REFERENCE).json == {"touched": 1}
    assert client.held()[0]["recalls"] == []
    assert client.post(recall, key=f"{REFERENCE}:recall:1").status == 201
    assert len(client.held()[0]["recalls"]) == 1


def test_the_list_tells_altered_fields_and_a_repeated_post_is_known_all_the_same(client: Client) -> None:
    client.post(grievance())
    altered = {"emergency": True, "complainant": None}
    assert tamper(client, action="alter", reference=REFERENCE, fields=altered).json == {"touched": 1}
    assert client.held()[0].items() >= altered.items()
    assert client.call("GET", f"{PATH}?date=2026-11-24").json["items"] == client.held()
    assert client.post(grievance()).status == 200


def test_an_entry_that_nobody_posted_is_listed_beside_the_others(client: Client) -> None:
    client.post(grievance())
    assert tamper(client, action="add", posted=grievance()).json == {"touched": 1}
    assert [(held["reference"], held["portal_id"]) for held in client.held()] == [
        (REFERENCE, "CMO/2026/0000001"),
        (REFERENCE, "CMO/2026/0000002"),
    ]
    assert client.held()[1]["idempotency_key"] != REFERENCE
    assert client.post(grievance()).json == {"portal_id": "CMO/2026/0000001"}


def test_what_was_done_behind_everybodys_back_outlives_a_restart(journal: Path) -> None:
    with PortalSimulator(state=journal, token=TOKEN) as portal:
        client = Client(portal)
        for number in (1, 2, 3):
            client.post(grievance(numbered(number)))
        tamper(client, action="lose", reference=numbered(1))
        tamper(client, action="alter", reference=numbered(2), fields={"district": "303"})
        tamper(client, action="add", posted=grievance(numbered(4)))
        client.post(grievance(numbered(1)))
        held = client.held()
    with PortalSimulator(state=journal, token=TOKEN) as portal:
        assert Client(portal).held() == held
        assert [entry["reference"] for entry in held] == [numbered(number) for number in (2, 3, 4, 1)]


@pytest.mark.parametrize(
    "order",
    [
        {"action": "burn", "reference": REFERENCE},
        {"action": "lose"},
        {"action": "alter", "reference": REFERENCE, "fields": {}},
        {"action": "add", "posted": {"reference": REFERENCE}},
        {"action": "add", "posted": grievance(recall_of="CMO/2026/0000001")},
    ],
)
def test_an_order_to_tamper_that_makes_no_sense_does_nothing(client: Client, order: dict[str, Any]) -> None:
    client.post(grievance())
    assert tamper(client, **order).status == 422
    assert len(client.held()) == 1
