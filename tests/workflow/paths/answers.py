"""What the functions of an execution answer, and how often the portal was tried."""

from tests.workflow.machine import Answer, Event, Fails, Line, Machine, Play, Run, answer_token

# Tried once, then again as often as the definition says.
FAILS_THROUGHOUT: list[Line] = [Fails] * 9
IN_PORTAL: Answer = {"outcome": "pushed", "wait_seconds": 0, "attempt": 0}
REFUSED: Answer = {"outcome": "refused", "wait_seconds": 0, "attempt": 0}
WITH_OFFICER: Answer = {"outcome": "routed"}
PORTAL_OUT: Answer = {"outcome": "portal_out", "wait_seconds": 0, "attempt": 0}
NO_OFFICER: Answer = {"outcome": "no_officer"}
NO_OFFICER_YET: Answer = {"outcome": "no_officer_yet"}
WAITS: Answer = None


def stands(outcome: str) -> Answer:
    return {"outcome": outcome}


def try_later(attempt: int, seconds: int = 20) -> Answer:
    return {"outcome": "try_later", "wait_seconds": seconds, "attempt": attempt, "why": "status-503"}


def decided(machine: Machine, outcome: str, *, emergency: bool = False) -> Line:
    """The analysts were quicker than the question."""

    def answer(_: Play, event: Event) -> Answer:
        answer_token(machine.client, event, outcome, emergency=emergency)
        return WAITS

    return answer


def attempts(run: Run) -> list[int]:
    return [event["attempt"] for event in run.play.called("push")]
