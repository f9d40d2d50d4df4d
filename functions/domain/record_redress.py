"""The redress: whom a record is with, what is said to be done, what field teams and the citizen say of it."""

from __future__ import annotations

from functions.domain.model import Moment, Value
from functions.domain.office import Level
from functions.domain.text import Code, Details, Name, Remark


class Assignment(Value):
    """Whom the record is with.

    Attributes:
        number: 1, 2, … per record; an acknowledgement link names it, so that an old link only informs.
        office: code of the office.
        officer: designation, never a name.
        holder: which person held the post then, see ``Officer.holder``; None in records of a time before.
        withdrawn: whether the matter turned out to be another office's, which is to be found yet.
        also: code of the office that it concerns as well and that is told for information; None for none.
    """

    number: int
    office: str
    officer: str
    level: Level
    since: Moment
    holder: str | None = None
    withdrawn: bool = False
    also: str | None = None


class LeftOffice(Value):
    """Whose matter it was until the portal gave it to another office.

    Attributes:
        after: sequence of the record's last event before that.
        department: code, as ``Subject`` had it.
        district: code, likewise.
    """

    after: int
    department: Code | None = None
    district: Code | None = None


class ActionTakenReport(Value):
    """What an officer says was done, through the portal.

    Attributes:
        number: 1, 2, … per record: after a recall there is another one.
        at: when the portal says it was made.
        officer: who made it, in the portal's words; None where it does not tell.
        report: the officer's words. Personal data may be in it: only field teams are shown it.
        received_at: when it reached us. A visit before that cannot have checked it.
    """

    number: int
    at: Moment
    officer: Name | None = None
    report: Details
    received_at: Moment


class Checks(Value):
    """What a field validation team looked at."""

    citizen_contacted: bool
    action_verified_on_site: bool
    matches_report: bool
    grievance_resolved: bool


class FieldReport(Value):
    """A field validation team's visit.

    Attributes:
        atr: number of the report that was checked.
        evidence: addresses of photographs and papers.
    """

    atr: int
    executive_id: Code
    visited_at: Moment
    checks: Checks
    remark: Remark | None = None
    evidence: tuple[str, ...] = ()


class Recall(Value):
    """An Action Taken Report that was below the standard and went back (SOP, 4A).

    Attributes:
        number: 1, 2, … per record.
        due_at: by when the officer is to redress it now.
        failed: names of the checks that failed.
    """

    number: int
    at: Moment
    due_at: Moment
    failed: tuple[str, ...]


class Feedback(Value):
    """What the citizen says of the redress, when asked.

    Attributes:
        atr: number of the Action Taken Report in force when asked.
        rating: 1 (worst) to 5.
        reopened: whether it made another field check due.
    """

    at: Moment
    agent_id: Code
    atr: int
    satisfied: bool
    rating: int | None = None
    remark: Remark | None = None
    reopened: bool = False
