"""What the call centre tells of a call, and the calls back that it makes."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

from functions.domain.model import Moment, Value
from functions.domain.phone import Phone
from functions.domain.text import Address, Code, Details, Language, Name, Reason, Summary

Residence = Literal["in_state", "out_of_state"]


class Call(Value):
    """The telephone call.

    Attributes:
        started_at: when the call began; for a backlog it lies in the past.
        agent_id: the tele-caller's id at the call centre; a missed call has none.
        language: the language spoken; a missed call has none.
    """

    started_at: Moment
    agent_id: Code | None = None
    language: Language | None = None


class Caller(Value):
    """The citizen. Personal data: no log, event, execution or SMS tells it.

    The portal gets it with the grievance, officers by e-mail, analysts and field teams with their lists.
    """

    phone: Phone
    name: Name | None = None
    address: Address | None = None
    residence: Residence | None = None


class Subject(Value):
    """What it is about and whose matter it is.

    Attributes:
        department: code of the departments' register.
        district: Local Government Directory code of a revenue district.
        police_office: code of a commissionerate or police district.
        scheme: code of a scheme; an unknown one is a finding, not an error.
        category: code of a category; likewise.
    """

    department: Code | None = None
    scheme: Name | None = None
    category: Name | None = None
    district: Code | None = None
    block: Name | None = None
    police_office: Code | None = None
    summary: Summary
    details: Details | None = None

    def in_district(self, code: str | None) -> Subject:
        """The same matter in that district."""
        return self if code == self.district else self.model_copy(update={"district": code})


class Emergency(Value):
    """Flagged by the tele-caller: emergencies are redressed within 24 hours (SOP, 3D).

    Attributes:
        reason: why. Without one it is an emergency all the same, and the analyst is told that none was given.
    """

    reason: Reason | None = None


class CallbackOutcome(StrEnum):
    """How an outbound call ended."""

    REACHED = "reached"
    NO_ANSWER = "no_answer"
    WRONG_NUMBER = "wrong_number"


class Attempt(Value):
    """An outbound call that was made."""

    at: Moment
    agent_id: Code
    outcome: CallbackOutcome


class Callback(Value):
    """The outbound call that a number which rang is owed (SOP, 2).

    A number waits only once: where it rings again, the record of that call joins the one that waits.

    Attributes:
        rang_at: each time it rang, oldest first.
        due_at: from when the next outbound call may be made.
        led_to: reference of the record that came of the call.
        joined_to: reference of the record under which the number waits already; nothing else is told then.
    """

    rang_at: tuple[Moment, ...] = ()
    due_at: Moment | None = None
    attempts: tuple[Attempt, ...] = ()
    led_to: str | None = None
    joined_to: str | None = None
