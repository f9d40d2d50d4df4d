"""Records that wait for a portal which was out, and runs of the drainer."""

from datetime import timedelta

from functions.domain import circuit as circuits
from functions.domain.circuit import Circuit
from functions.domain.ports import TryLater
from functions.domain.record import Record
from functions.push.draining import Drained, drain
from functions.push.pushing import park
from tests.builders import NOW, accepted, numbered, registered, under_review, with_officer
from tests.fakes import FakePorts

RATE = 10.0
SILENT = TryLater(retry_after=None, why="no-answer")
BUSY = TryLater(retry_after=2, why="status-429")
MINUTE = timedelta(minutes=1)


def grievance(number: int, *, emergency: bool = False, minutes: int = 0) -> Record:
    record = accepted(under_review(registered(emergency=emergency)))
    record = numbered(with_officer(record) if emergency else record, number)
    return record.model_copy(update={"registered_at": NOW + timedelta(minutes=minutes)})


def waiting(outside: FakePorts, *records: Record) -> None:
    """Records whose executions wait for the portal, which is out."""
    for record in records:
        outside.records.put(record)
        token = f"token of {record.reference}"
        outside.workflow.waiting.add(token)
        park(outside, record.reference, token)
    outside.portal_circuit.kept = circuits.left_open(Circuit(), at=NOW - timedelta(hours=1))


def entered(outside: FakePorts) -> list[str]:
    return [record.reference for record in outside.portal.pushes]


def run(outside: FakePorts, *, at_once: bool = False) -> Drained:
    return drain(outside, fastest=RATE, at_once=at_once)
