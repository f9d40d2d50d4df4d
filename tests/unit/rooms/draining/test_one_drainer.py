"""One drainer works at a time, and leaves the rest to the next one."""

from functions.domain.circuit import Circuit
from functions.push.draining import Drained
from functions.push.pushing import enter
from tests.fakes import FakePorts
from tests.unit.rooms.draining.outage import MINUTE, grievance, run, waiting


def test_a_drainer_ends_before_the_next_one_comes_and_leaves_it_the_rest(outside: FakePorts) -> None:
    waiting(outside, *[grievance(number) for number in range(700)])
    began = outside.clock.now()
    first = run(outside)
    assert first.outcome == "unfinished"
    assert outside.clock.now() - began < MINUTE
    # What comes meanwhile waits as well: it must not go in before those.
    outside.records.put(grievance(800))
    assert enter(outside, grievance(800).reference, 0)["outcome"] == "portal_out"
    second = run(outside)
    assert second.outcome == "drained"
    assert first.taken_in + second.taken_in == 700


def test_two_drainers_do_not_work_at_once(outside: FakePorts) -> None:
    waiting(outside, grievance(1))
    met: list[Drained] = []
    outside.portal.while_answering.append(lambda: met.append(run(outside, at_once=True)))
    assert run(outside).outcome == "drained"
    assert met == [Drained("elsewhere")]


def test_of_two_drainers_that_come_together_one_works(outside: FakePorts) -> None:
    waiting(outside, grievance(1))
    met: list[Drained] = []
    outside.portal_circuit.before_write.append(lambda: met.append(run(outside)))
    assert run(outside) == Drained("elsewhere")
    assert met == [Drained("drained", 1)]
    assert len(outside.portal.pushes) == 1


def test_who_was_left_waiting_when_it_closed_goes_in_with_the_next_minute(outside: FakePorts) -> None:
    waiting(outside, grievance(1))
    outside.portal_circuit.kept = Circuit()
    assert run(outside) == Drained("drained", 1)
