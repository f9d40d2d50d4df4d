"""A batch: each line judged alone and kept once, whatever happens to the batch on its way."""

import base64
import json
import threading
from collections import deque
from collections.abc import Iterator, Sequence
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from chalice.test import Client, HTTPResponse
from hypothesis import given
from hypothesis import strategies as st
from standardwebhooks import Webhook

import functions.intake.handler as intake
from app import app
from functions import signed
from functions.adapters import wiring
from functions.domain.errors import KeyReused, Refused, Unavailable
from functions.domain.ports import Registered, WaitsAlready
from functions.intake import batches
from functions.intake.batches import MAX_BATCH_BYTES, MAX_RECORDS, TIME, register_batch
from functions.intake.registering import register
from functions.signed import MAX_BODY_BYTES
from tests.builders import (
    DETAILS,
    PHONE,
    PRIVATE,
    SENDER,
    SUMMARY,
    missed_call_in,
    record_in,
    reference_of,
    request,
    under_review,
)
from tests.fakes import FakePorts

at_once_in_use = batches.AT_ONCE
PATH = "/v1/call-centre/batches"
OUT = {500, 503}
Item = dict[str, Any]


@pytest.fixture(autouse=True)
def one_after_the_other(monkeypatch: pytest.MonkeyPatch) -> None:
    """Faults meet the line that they are meant for."""
    monkeypatch.setattr(batches, "AT_ONCE", 1)


def line(body: object) -> bytes:
    return json.dumps(body, ensure_ascii=False).encode()


def numbered(number: int, **changes: object) -> dict[str, Any]:
    return record_in(record_id=f"CC-{number}", **changes)


def post(outside: FakePorts, *lines: bytes, webhook_id: str = "msg_1", end: bytes = b"\n") -> list[Item]:
    """The items of the answer."""
    body = b"".join(one + end for one in lines)
    answer = register_batch(outside, request(body, webhook_id=webhook_id, path=PATH), "request-1")
    items: list[Item] = json.loads(answer)["items"]
    return items


def statuses(items: Sequence[Item]) -> list[int]:
    return [item["status"] for item in items]


class Faults:
    """What goes wrong with the next writes: ``out`` keeps nothing, ``lost`` keeps it and loses the answer."""

    def __init__(self, outside: FakePorts, *script: str) -> None:
        self.script = deque(script)
        self._register = outside.records.register
        outside.records.register = self.register  # type: ignore[method-assign,assignment]  # a fault is put in

    def register(self, *args: Any) -> Registered | WaitsAlready | None:  # noqa: ANN401 - handed on
        """As the fake's own, with the next fault."""
        fault = self.script.popleft() if self.script else "none"
        if fault == "out":
            raise Unavailable("table")
        done = self._register(*args)
        if fault == "lost":
            raise Unavailable("table")
        return done


def test_each_line_is_kept_and_answered_under_its_number(outside: FakePorts) -> None:
    # WHEN a grievance, a missed call and an enquiry come in one batch
    items = post(
        outside,
        line(numbered(1)),
        line(missed_call_in()),
        line(numbered(2, kind="enquiry", subject={"summary": "?"})),
    )
    # THEN each is kept under a reference of its own
    assert [item["line"] for item in items] == [1, 2, 3]
    assert statuses(items) == [201, 201, 201]
    assert [outside.records.load(item["reference"]).record_id for item in items] == [
        "CC-1",
        "MC-20261124-000007",
        "CC-2",
    ]
    assert items[0] == {"line": 1, "status": 201, "reference": reference_of("CC-1")}


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\n\n", b"\r\n \r\n"])
def test_blank_lines_are_skipped_and_a_line_has_its_number_in_the_body(
    outside: FakePorts, end: bytes
) -> None:
    items = post(outside, line(numbered(1)), line(numbered(2)), end=end)
    assert statuses(items) == [201, 201]
    assert [item["line"] for item in items] == [1, 1 + end.count(b"\n")]


def test_the_last_line_needs_no_end(outside: FakePorts) -> None:
    assert statuses(post(outside, line(numbered(1)), end=b"")) == [201]


@pytest.mark.parametrize("body", [b"", b"\n", b"\r\n \n"])
def test_a_batch_of_nothing_is_answered_with_nothing(outside: FakePorts, body: bytes) -> None:
    assert post(outside, body, end=b"") == []


def test_only_a_line_feed_ends_a_line(outside: FakePorts) -> None:
    details = "one\u2028two\u0085three"
    # U+0085 is a control character, which a text may not have; it parts no line
    assert statuses(
        post(outside, line(numbered(1, subject={**record_in()["subject"], "details": details})))
    ) == [422]


def test_a_bad_line_costs_the_others_nothing(outside: FakePorts) -> None:
    oversized = line(numbered(3, subject={**record_in()["subject"], "details": "x" * MAX_BODY_BYTES}))
    items = post(
        outside,
        line(numbered(1)),
        b'{"record_id": "CC-2", ',
        oversized,
        b"[]",
        line(numbered(4, subject={"department": "NOPE", "summary": SUMMARY})),
        line(numbered(5, **{PHONE: SUMMARY})),
        b"[" * 20_000,
        line(numbered(6)),
    )
    assert statuses(items) == [201, 400, 413, 422, 422, 422, 400, 201]
    assert outside.records.writes == 2
    # AND each problem is the one that the record alone would have got, and tells nothing of the caller
    assert items[1]["problem"] == {
        "type": "urn:ssm:problem:bad-request",
        "title": "Bad Request",
        "status": 400,
        "detail": "The body is not valid JSON.",
        "instance": "urn:ssm:request:request-1",
    }
    assert [fault["pointer"] for fault in items[4]["problem"]["errors"]] == ["/subject/department"]
    assert not [said for said in PRIVATE if said in json.dumps(items, ensure_ascii=False)]


def test_a_line_of_64_kib_is_taken(outside: FakePorts) -> None:
    record = line(numbered(1))
    padded = record[:-1] + b" " * (MAX_BODY_BYTES - len(record)) + b"}"
    assert statuses(post(outside, padded, padded[:-1] + b" }", end=b"\r\n")) == [201, 413]


def test_a_line_tells_no_more_than_ten_of_its_faults(outside: FakePorts) -> None:
    (item,) = post(outside, line(numbered(1, **{f"field_{number}": 1 for number in range(2000)})))
    assert len(item["problem"]["errors"]) == 10


def test_more_than_500_records_are_refused_and_none_is_kept(outside: FakePorts) -> None:
    lines = [line(numbered(number)) for number in range(MAX_RECORDS + 1)]
    with pytest.raises(Refused) as refused:
        post(outside, *lines)
    assert [fault.detail for fault in refused.value.faults] == ["A batch has at most 500 records."]
    assert outside.records.writes == 0
    # blank lines are none, and the id is still free
    assert statuses(post(outside, *lines[1:], end=b"\n\n")) == [201] * MAX_RECORDS


def test_a_line_that_repeats_another_finds_its_record(outside: FakePorts) -> None:
    items = post(outside, line(numbered(1)), line(numbered(1)), line(numbered(1, kind="suggestion")))
    assert statuses(items) == [201, 200, 409]
    assert items[0]["reference"] == items[1]["reference"]
    assert outside.records.writes == 1


def test_a_line_that_came_before_by_itself_finds_its_record(outside: FakePorts) -> None:
    register(outside, request(numbered(1), webhook_id="msg_alone"))
    assert statuses(post(outside, line(numbered(1)), line(numbered(2)))) == [200, 201]
    # and the other way round
    assert not register(outside, request(numbered(2), webhook_id="msg_alone_2")).created


def test_a_number_that_rang_again_and_again_waits_once(outside: FakePorts) -> None:
    items = post(outside, *(line(missed_call_in(record_id=f"MC-{number}")) for number in range(5)))
    assert statuses(items) == [201] * 5
    assert len({item["reference"] for item in items}) == 5
    assert len(outside.records.to_be_called_back(outside.clock.now(), 10, None).records) == 1


def test_the_same_batch_gets_the_first_answer_again(outside: FakePorts) -> None:
    lines = (line(numbered(1)), b"{", line(numbered(2, subject={"summary": DETAILS})))
    first = post(outside, *lines)
    assert statuses(first) == [201, 400, 422]
    # WHEN it comes again, days later, with the record elsewhere
    kept = outside.records.load(reference_of("CC-1"))
    outside.records.save(kept, under_review(kept))
    outside.clock.advance(days=6)
    assert post(outside, *lines) == first
    # AND under another id each line is judged anew
    assert statuses(post(outside, *lines, webhook_id="msg_2")) == [200, 400, 422]


def test_another_batch_under_the_same_id_conflicts_and_keeps_nothing(outside: FakePorts) -> None:
    post(outside, line(numbered(1)))
    with pytest.raises(KeyReused, match="webhook-id"):
        post(outside, line(numbered(2)))
    assert outside.records.writes == 1
    # also while the first one waits for the table
    Faults(outside, "out")
    assert statuses(post(outside, line(numbered(3)), webhook_id="msg_2")) == [503]
    with pytest.raises(KeyReused, match="webhook-id"):
        post(outside, line(numbered(4)), webhook_id="msg_2")


def test_lines_for_which_the_table_has_no_time_come_again_and_the_others_stand(outside: FakePorts) -> None:
    lines = [line(numbered(number)) for number in range(4)]
    Faults(outside, "none", "out", "lost")
    first = post(outside, *lines)
    assert statuses(first) == [201, 503, 503, 201]
    assert first[1]["problem"]["retry_after"] == 5
    assert first[1]["problem"]["title"] == "Service Unavailable"
    # WHEN the same batch comes again under the same id
    second = post(outside, *lines)
    # THEN only what was missing is kept, and this answer is the one that stays
    assert statuses(second) == [200, 201, 200, 200]
    assert outside.records.writes == 4
    assert post(outside, *lines) == second


def test_what_follows_a_line_of_the_same_record_id_waits_for_it(outside: FakePorts) -> None:
    lines = (line(numbered(1)), line(numbered(1, kind="suggestion")), line(numbered(2)))
    Faults(outside, "out")
    assert statuses(post(outside, *lines)) == [503, 503, 201]
    assert statuses(post(outside, *lines)) == [201, 409, 200]


def test_a_table_that_is_out_altogether_leaves_the_whole_batch_for_later(outside: FakePorts) -> None:
    def out(*_: object) -> None:
        raise Unavailable("table")

    outside.receipts.keep = out  # type: ignore[assignment,method-assign]  # a fault is put in
    with pytest.raises(Unavailable):
        post(outside, line(numbered(1)))
    assert outside.records.writes == 0


def test_a_table_that_goes_out_at_the_end_costs_the_receipt_only(outside: FakePorts) -> None:
    keep = outside.receipts.keep

    def once(receipt: Any) -> Any:  # noqa: ANN401 - handed on
        if receipt.answer:
            raise Unavailable("table")
        return keep(receipt)

    outside.receipts.keep = once  # type: ignore[method-assign]  # a fault is put in
    assert statuses(post(outside, line(numbered(1)))) == [201]
    outside.receipts.keep = keep  # type: ignore[method-assign]  # the fake's own again
    assert statuses(post(outside, line(numbered(1)))) == [200]


def test_what_is_not_begun_in_time_comes_again(outside: FakePorts) -> None:
    def slow() -> None:
        outside.clock.advance(seconds=TIME.total_seconds() / 2)

    outside.records.before_write.extend([slow, slow])
    lines = [line(numbered(number)) for number in range(4)]
    assert statuses(post(outside, *lines)) == [201, 201, 503, 503]
    assert statuses(post(outside, *lines)) == [200, 200, 201, 201]


def test_a_line_that_hangs_holds_up_no_answer(outside: FakePorts, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batches, "AT_ONCE", 2)
    monkeypatch.setattr(batches, "TIME", timedelta(seconds=0.3))
    goes_on = threading.Event()
    outside.records.before_write.append(lambda: assert_true(goes_on.wait(30)))
    try:
        items = post(outside, line(numbered(1)), line(numbered(2)))
    finally:
        goes_on.set()
    assert statuses(items) == [503, 201]


def assert_true(value: object) -> None:
    assert value


def test_a_bug_costs_its_line_only_and_is_logged_without_the_callers_words(
    outside: FakePorts, logged: StringIO
) -> None:
    def fail() -> None:
        raise ZeroDivisionError(SUMMARY)

    outside.records.before_write.append(fail)
    lines = (line(numbered(1)), line(numbered(2)))
    items = post(outside, *lines)
    assert statuses(items) == [500, 201]
    assert "ZeroDivisionError" in logged.getvalue()
    assert not [said for said in PRIVATE if json.dumps(said)[1:-1] in logged.getvalue()]
    # it keeps no receipt, so that the line may come again
    assert statuses(post(outside, *lines)) == [201, 200]


def test_the_sdk_holds_a_connection_for_each_line_that_is_under_way() -> None:
    assert at_once_in_use <= wiring._CONFIG.max_pool_connections  # type: ignore[attr-defined]  # the stubs lack it


def test_lines_at_once_are_each_kept_once(outside: FakePorts, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batches, "AT_ONCE", 8)
    lines = [line(numbered(number % 100)) for number in range(300)]
    items = post(outside, *lines)
    assert statuses(items) == [201] * 100 + [200] * 200
    assert [item["reference"] for item in items] == [reference_of(f"CC-{n % 100}") for n in range(300)]
    assert outside.records.writes == 100


# --- any mix, any order, any fault -----------------------------------------------------------------------

GOOD = st.builds(
    lambda number, reason: ("good", f"CC-{number}", line(numbered(number, emergency={"reason": reason}))),
    st.integers(1, 4),
    st.sampled_from(["one", "another"]),
)
MISSED = st.builds(
    lambda number: ("good", f"MC-{number}", line(missed_call_in(record_id=f"MC-{number}"))), st.integers(1, 3)
)
BAD = st.sampled_from(
    [
        (400, "", b'{"record_id": "CC-1",'),
        (400, "", b"\x00"),
        (422, "", b"{}"),
        (422, "", line(numbered(1, caller={"phone": "12"}))),
        (422, "", line(numbered(1, subject={"department": "NOPE", "summary": "x"}))),
        (413, "", b'"' + b"x" * MAX_BODY_BYTES + b'"'),
        (None, "", b""),
        (None, "", b"  \r"),
    ]
)


def expected(lines: Sequence[tuple[Any, str, bytes]]) -> dict[int, tuple[set[int], str]]:
    """By line, which statuses are right in the end, and the record."""
    first: dict[str, bytes] = {}
    right: dict[int, tuple[set[int], str]] = {}
    for number, (kind, record_id, body) in enumerate(lines, start=1):
        if kind == "good":
            standing = first.setdefault(record_id, body)
            right[number] = ({200, 201} if standing == body else {409}, record_id)
        elif kind is not None:
            right[number] = ({kind}, "")
    return right


@given(
    lines=st.lists(st.one_of(GOOD, MISSED, BAD), max_size=12),
    faults=st.lists(st.sampled_from(["none", "none", "out", "lost"]), max_size=30),
    end=st.sampled_from([b"\n", b"\r\n"]),
)
def test_each_is_stored_once_and_the_answers_agree(
    lines: list[tuple[Any, str, bytes]], faults: list[str], end: bytes
) -> None:
    outside = FakePorts()
    table = Faults(outside, *faults)
    right = expected(lines)
    bodies = [body for _, _, body in lines]
    # WHEN the batch is sent until it has a whole answer
    answers = [post(outside, *bodies, end=end)]
    while OUT & set(statuses(answers[-1])):
        assert len(answers) <= len(faults)
        answers.append(post(outside, *bodies, end=end))
    # THEN every line has the answer that is right, in every delivery that answered it
    for answer in answers:
        assert [item["line"] for item in answer] == sorted(right)
        for item in answer:
            allowed, record_id = right[item["line"]]
            assert item["status"] in allowed | OUT
            if item["status"] in {200, 201}:
                assert item["reference"] == reference_of(record_id)
    # AND each record stands once, as the first line of its name said, and was made by one line at the most
    named = {record_id for kind, record_id, _ in lines if kind == "good"}
    assert {record.record_id for record in outside.records.kept.values()} == named
    assert len(outside.records.kept) == len(named)
    made = [item["reference"] for answer in answers for item in answer if item["status"] == 201]
    assert len(made) == len(set(made))
    # AND the whole answer stays, while another id finds all of it kept
    table.script.clear()
    assert post(outside, *bodies, end=end) == answers[-1]
    anew = post(outside, *bodies, end=end, webhook_id="msg_2")
    assert [200 if status == 201 else status for status in statuses(answers[-1])] == statuses(anew)


# --- through the door ------------------------------------------------------------------------------------

SECRET = "whsec_" + base64.b64encode(b"a secret of the tests, 32 bytes.").decode()


@pytest.fixture
def client(outside: FakePorts, monkeypatch: pytest.MonkeyPatch) -> Iterator[Client]:
    for module in (signed, intake):
        monkeypatch.setattr(module, "ports", lambda: outside)
    outside.secrets.signing[SENDER] = [SECRET]
    with Client(app) as made:
        yield made


def send(
    client: Client, outside: FakePorts, body: bytes, content_type: str = "application/x-ndjson"
) -> HTTPResponse:
    now = outside.clock.now()
    headers = {
        "Content-Type": content_type,
        "webhook-id": "msg_1",
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": Webhook(SECRET).sign("msg_1", now, body.decode(errors="replace") or PATH),
    }
    return client.http.request("POST", PATH, headers=headers, body=body)


@pytest.mark.parametrize("content_type", ["application/x-ndjson", "Application/X-NDJSON; charset=utf-8"])
def test_a_batch_comes_in_by_its_content_type(client: Client, outside: FakePorts, content_type: str) -> None:
    answer = send(client, outside, line(numbered(1)) + b"\r\n" + line(numbered(2)), content_type)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/json"
    assert statuses(answer.json_body["items"]) == [201, 201]
    subject = outside.records.load(reference_of("CC-1")).subject
    assert subject
    assert subject.summary == SUMMARY


@pytest.mark.parametrize("content_type", ["application/json", "text/plain"])
def test_another_content_type_is_not_taken(client: Client, outside: FakePorts, content_type: str) -> None:
    assert send(client, outside, line(numbered(1)), content_type).status_code == 415


def test_a_batch_is_no_larger_than_2_mib(client: Client, outside: FakePorts) -> None:
    body = line(numbered(1)) + b"\n"
    assert send(client, outside, body.ljust(MAX_BATCH_BYTES + 1)).status_code == 413
    assert statuses(send(client, outside, body.ljust(MAX_BATCH_BYTES)).json_body["items"]) == [201]
    assert outside.records.writes == 1


def test_a_batch_that_is_not_utf_8_is_not_taken(client: Client, outside: FakePorts) -> None:
    assert send(client, outside, line(numbered(1)) + b"\n\xff\xfe").status_code == 401


def test_errors_of_the_whole_batch_are_problems(client: Client, outside: FakePorts) -> None:
    many = send(client, outside, b"{}\n" * (MAX_RECORDS + 1))
    assert many.status_code == 422
    assert many.json_body["detail"] == "A batch has at most 500 records."
    assert send(client, outside, line(numbered(1))).status_code == 200
    assert send(client, outside, line(numbered(2))).status_code == 409
