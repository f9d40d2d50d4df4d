"""What the portal refuses after the outage waits no more, and costs nobody else."""

from functions.domain import forwarding, review
from functions.domain.ports import RefusedByPortal
from functions.domain.record import Status
from functions.push.draining import Drained
from tests.builders import ANALYST, action_taken, forwarded, visited
from tests.fakes import FakePorts
from tests.unit.rooms.draining.outage import grievance, run, waiting


def test_a_refusal_after_the_outage_is_back_with_the_analysts_and_holds_up_nobody(outside: FakePorts) -> None:
    first, second = grievance(1, minutes=1), grievance(2, minutes=2)
    waiting(outside, first, second)
    outside.portal.script.append(RefusedByPortal("district is not served"))
    assert run(outside).outcome == "drained"
    after = outside.records.load(first.reference)
    assert after.status is Status.UNDER_REVIEW
    assert outside.workflow.resumed == [
        (f"token of {first.reference}", {"outcome": "under_review", "emergency": False})
    ]
    assert outside.records.load(second.reference).portal_id is not None
    # AND approved again it does not count as waiting: nobody holds a token of it any more
    approved = review.approve(after, analyst_id=ANALYST, reason=None, at=outside.clock.now())
    assert not forwarding.is_parked(approved)


def test_a_refusal_that_nobody_could_be_told_of_costs_nobody_else(outside: FakePorts) -> None:
    waiting(outside, grievance(1, minutes=1), grievance(2, minutes=2))
    outside.portal.script.append(RefusedByPortal("no"))
    outside.workflow.is_out = True
    assert run(outside) == Drained("drained", 2)


def test_a_recall_that_is_refused_leaves_the_queue_and_its_execution_is_told(outside: FakePorts) -> None:
    record = visited(action_taken(forwarded()), meets_standard=False)
    waiting(outside, record)
    outside.portal.script.append(RefusedByPortal("it was disposed of"))
    assert run(outside) == Drained("drained", 1)
    assert outside.records.waiting_for_portal(1) == []
    assert outside.workflow.resumed == [
        (f"token of {record.reference}", {"outcome": "recalled", "emergency": False})
    ]
    assert [finding.code for finding in outside.records.load(record.reference).findings] == ["recall-refused"]
    # AND it is asked for no more
    outside.clock.advance(minutes=1)
    assert run(outside) == Drained("idle")
    assert len(outside.portal.pushes) == 1
