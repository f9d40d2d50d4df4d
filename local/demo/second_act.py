"""What becomes of an emergency that nobody redresses: breach, escalation, a false report, the recall."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from functions.domain.calendar import IST
from functions.domain.record import Checks
from local.aws import Emulator
from local.client import Answer, SignedClient
from local.demo.actors import TeleCaller
from local.demo.outcome import Call, State
from local.state import StackState
from local.waiting import wait_until

_PORTAL_EVENTS = "/v1/portal/events"
_FIELD_REPORTS = "/v1/field/reports"
_OVERDUE = timedelta(hours=24, minutes=5)
_SECONDS = 30.0
_EXECUTIVE = "FE-043"

Say = Callable[[str], None]


class SecondAct:
    """Plays the clock, the portal and the field team for one emergency.

    Args:
        state: The running stack.
        tele_caller: Looks up where the record stands.
        say: Tells the person at the terminal.
    """

    def __init__(self, state: StackState, tele_caller: TeleCaller, say: Say) -> None:
        self._stack = state
        self._tele_caller = tele_caller
        self._say = say
        self._portal = SignedClient(state.api_url, state.webhook_secrets["portal"])
        self._field = SignedClient(state.api_url, state.webhook_secrets["field"])

    def play(self, call: Call) -> str | None:
        """Takes the record to its end.

        Returns:
            What went otherwise than it should, None when nothing did.
        """
        reference = call.reference or ""
        self._sweep()
        late = self._until(reference, lambda state: state.sla.breached)
        if late is None or late.assignee is None:
            return "the breach was not told"
        self._say(f"  24 hours later nothing was done: breached, and with {late.assignee.officer}")
        for redressed, expected, sentence in (
            (False, "recalled", "The officer reports that it is done. The field team finds that it is not"),
            (True, "closed", "The officer reports again. The field team finds it redressed"),
        ):
            answers = (self._report(reference), self._visit(reference, redressed=redressed))
            call.state = self._until(reference, lambda state, word=expected: state.status == word)  # type: ignore[misc]
            if call.state is None:
                return f"not {expected}: answered {[answer.status for answer in answers]}"
            self._say(f"  {sentence}: {expected}")
        return None

    def _sweep(self) -> None:
        """The clock's sweep, handed a later time; only the local stage takes one."""
        event = {"time": (datetime.now(UTC) + _OVERDUE).isoformat()}
        Emulator(self._stack.aws_endpoint).functions.invoke(
            FunctionName=self._stack.functions["sla_timer"], Payload=json.dumps(event).encode()
        )

    def _report(self, reference: str) -> Answer:
        return self._portal.post(
            _PORTAL_EVENTS,
            {
                "reference": reference,
                "type": "action_taken",
                "at": _now(),
                "officer": "Joint Secretary (Grievance)",
                "report": "বাঁধ মেরামত করা হয়েছে এবং গ্রাম থেকে জল নেমে গেছে",
            },
        )

    def _visit(self, reference: str, *, redressed: bool) -> Answer:
        checks: dict[str, Any] = dict.fromkeys(Checks.model_fields, redressed) | {"citizen_contacted": True}
        return self._field.post(
            _FIELD_REPORTS,
            {
                "reference": reference,
                "executive_id": _EXECUTIVE,
                "visited_at": _now(),
                "checks": checks,
            },
        )

    def _until(self, reference: str, enough: Callable[[State], bool]) -> State | None:
        seen: list[State] = []

        def looked() -> bool:
            state = self._tele_caller.look_up(reference)
            if state is None or not enough(state):
                return False
            seen.append(state)
            return True

        return seen[-1] if wait_until(looked, _SECONDS, 0.1) else None


def _now() -> str:
    return datetime.now(IST).isoformat()
