"""Takes a backlog over: a batch of records, each judged alone and kept once.

A line is known again by its ``record_id``, so whatever happens to a batch on its way, sending it again is
right. The batch's own receipt holds the first answer, once every line has one.
"""

from __future__ import annotations

import base64
import gzip
import json
from collections import Counter
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Any

from chalice.app import Response

from functions import problems
from functions.domain.errors import Fault, GrievanceError, Refused, Unavailable
from functions.domain.ports import Ports
from functions.domain.receipt import LIFETIME, Receipt
from functions.domain.record import Kind
from functions.intake.contract import RecordIn
from functions.intake.registering import keep
from functions.observability import logger
from functions.signed import MAX_BODY_BYTES, SignedRequest, read_json

MAX_BATCH_BYTES = 2 * 1024 * 1024
MAX_RECORDS = 500
AT_ONCE = 8
"""Lines under way at the same time: at the table's usual 6 to 12 ms more of them gain nothing on one CPU."""
TIME = timedelta(seconds=14)
"""When lines that have no answer yet are told to come again: the function itself has 20 seconds."""

# What one line may add to the answer, which has to fit into a receipt.
_MOST_FAULTS = 10

Item = dict[str, Any]


@dataclass(frozen=True)
class _Line:
    number: int
    wire: RecordIn

    @property
    def queue(self) -> str:
        """Lines of one queue are kept in their order, since they meet in the table."""
        return self.wire.caller.phone if self.wire.kind is Kind.MISSED_CALL else self.wire.record_id


def register_batch(outside: Ports, request: SignedRequest, request_id: str) -> str:
    """Keeps what the lines of a batch bring.

    Args:
        outside: the ports.
        request: the batch.
        request_id: API Gateway's id of it, for logs and problems.

    Returns:
        The answer's body, JSON: an item for each line.

    Raises:
        Refused: it has too many lines.
        KeyReused: its ``webhook-id`` came before with another request.
        Unavailable: the table is out; no line was kept.
    """
    until = outside.clock.now() + TIME
    bodies = _split(request.body)
    # Taken before any line is kept, so that no other request can come in under this id.
    earlier = outside.receipts.keep(request.receipt(outside, ""))
    if earlier.answer:
        return _unpacked(earlier.answer)
    items = _judged(outside, request.sender, bodies, request_id, until)
    answer = json.dumps({"items": items}, ensure_ascii=False)
    if any(item["status"] >= HTTPStatus.INTERNAL_SERVER_ERROR for item in items):
        return answer
    try:
        return _unpacked(outside.receipts.keep(request.receipt(outside, _packed(answer))).answer)
    except Unavailable:
        # Each line is kept, and known again by itself.
        return answer


def _split(body: bytes) -> dict[int, bytes]:
    """The lines that hold something, by their number."""
    lines = ((number, line.removesuffix(b"\r")) for number, line in enumerate(body.split(b"\n"), start=1))
    found = {number: line for number, line in lines if line.strip()}
    if len(found) > MAX_RECORDS:
        raise Refused(Fault(None, f"A batch has at most {MAX_RECORDS} records."))
    return found


def _judged(
    outside: Ports, sender: str, bodies: dict[int, bytes], request_id: str, until: datetime
) -> list[Item]:
    """What became of each line, in their order."""
    answers: dict[int, Item] = {}
    queues: dict[str, list[_Line]] = {}
    for number, body in bodies.items():
        try:
            line = _Line(number, _read(body))
        except GrievanceError as error:
            answers[number] = _item(number, problems.answer_to(error, request_id))
        else:
            queues.setdefault(line.queue, []).append(line)

    def work(lines: Iterable[_Line]) -> None:
        for line in lines:
            if outside.clock.now() >= until:
                return
            item = _item(line.number, _answered(outside, sender, line, request_id))
            answers[line.number] = item
            # What follows in the queue must not come before it: it waits for the next time too.
            if item["status"] >= HTTPStatus.INTERNAL_SERVER_ERROR:
                return

    _all_at_once(work, queues.values(), (until - outside.clock.now()).total_seconds())
    out = problems.answer_to(Unavailable("table"), request_id)
    items = [answers.get(number) or _item(number, out) for number in bodies]
    logger.info("batch", request=request_id, answers=Counter(str(item["status"]) for item in items))
    return items


def _all_at_once(work: Callable[[list[_Line]], None], queues: Iterable[list[_Line]], seconds: float) -> None:
    """Works off the queues beside each other, for so long; what hangs then is left to itself."""
    pool = ThreadPoolExecutor(AT_ONCE)
    try:
        wait([pool.submit(work, queue) for queue in queues], max(0.0, seconds))
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _read(body: bytes) -> RecordIn:
    if len(body) > MAX_BODY_BYTES:
        raise problems.TooLarge
    return read_json(RecordIn, body)


def _answered(outside: Ports, sender: str, line: _Line, request_id: str) -> Response:
    """A line's own answer; a bug costs that line alone."""
    try:
        return _kept(outside, sender, line)
    except GrievanceError as error:
        return problems.answer_to(error, request_id)
    except Exception as error:  # noqa: BLE001 - as for a request of its own
        logger.exception("failed", error=type(error).__name__, line=line.number, request=request_id)
        return problems.problem(500, "Something went wrong on our side; please try again.", request_id)


def _kept(outside: Ports, sender: str, line: _Line) -> Response:
    def receipt_of(answer: str) -> Receipt:
        return Receipt(
            sender=sender,
            # No sender's own webhook-id has a space in it.
            webhook_id=f"{line.wire.record_id} {line.wire.content_hash}",
            fingerprint=line.wire.content_hash,
            owner=outside.identifiers.owner(),
            answer=answer,
            expires_at=outside.clock.now() + LIFETIME,
        )

    result = keep(outside, sender, line.wire, receipt_of)
    return Response(body=json.loads(result.answer), status_code=201 if result.created else 200)


def _item(number: int, answer: Response) -> Item:
    item: Item = {"line": number, "status": answer.status_code}
    if answer.status_code < HTTPStatus.BAD_REQUEST:
        return {**item, "reference": answer.body["reference"]}
    problem = dict(answer.body)
    if "errors" in problem:
        problem["errors"] = problem["errors"][:_MOST_FAULTS]
    if "Retry-After" in answer.headers:
        # What is a header of a whole answer is a member of a line's.
        problem["retry_after"] = int(str(answer.headers["Retry-After"]))
    return {**item, "problem": problem}


def _packed(answer: str) -> str:
    """Fit for a receipt: five hundred problems say much the same, and an item holds 400 KB."""
    return json.dumps({"gzip": base64.b64encode(gzip.compress(answer.encode(), mtime=0)).decode()})


def _unpacked(packed: str) -> str:
    return gzip.decompress(base64.b64decode(json.loads(packed)["gzip"])).decode()
