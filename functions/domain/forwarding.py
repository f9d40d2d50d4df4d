"""Into the CMO Grievance Portal and to the officer (SOP, 3B to 3D, 5 and 6).

The two are independent facts: ``portal_id`` says that the portal has it, ``assignment`` that an officer has
it. Whichever comes second makes the record ``forwarded``. Ordinary grievances go to the portal first; an
emergency's officer never waits for the portal.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from functions.domain import clock, ladder, lifecycle, posting, routing
from functions.domain.assignment import ALSO, facts, give, is_assigned
from functions.domain.channel import Channel
from functions.domain.errors import WrongState
from functions.domain.office import CMO_GRIEVANCE_CELL, Level, Office, Officer
from functions.domain.record import Actor, EventType, Finding, Recall, Record, Status, Subject, TimerKind

PORTAL_REFUSED = "portal-refused"
RECALL_REFUSED = "recall-refused"
_ACTORS = {
    Level.NODAL: Actor.NODAL_OFFICER,
    Level.HEAD: Actor.HEAD_OF_OFFICE,
    Level.APEX: Actor.APEX_OF_OFFICE,
}
_BELONGS_IN_THE_PORTAL = frozenset({Status.ACCEPTED, Status.ACTION_TAKEN, Status.RECALLED, Status.CLOSED})


def _forward_if_complete(record: Record, at: datetime, by: Actor = Actor.SYSTEM) -> Record:
    if record.status is not Status.ACCEPTED or record.portal_id is None or not is_assigned(record):
        return record
    # An emergency's clocks run since it was raised.
    clocks = {} if record.is_emergency else clock.officer_clocks(record, at)
    return _forward(record, at=at, by=by, clocks=clocks)


def _forward(
    record: Record, *, at: datetime, by: Actor, clocks: Mapping[TimerKind, datetime], **told: int
) -> Record:
    with_whom = record.assignment
    return lifecycle.advance(
        record,
        EventType.RECORD_FORWARDED,
        at=at,
        by=by,
        note=f"Forwarded to {with_whom.officer}, {with_whom.office}" if with_whom else "Forwarded",
        data={**facts(record), **_also(record), **told},
        timers=clocks,
    )


def _also(record: Record) -> dict[str, str]:
    also = record.assignment.also if record.assignment else None
    return {} if also is None else {ALSO: also}


def pending_recall(record: Record) -> Recall | None:
    """The oldest recall that the portal has yet to hear of."""
    return record.recalled[record.recalls_pushed] if record.recalls_pushed < record.recalls else None


def needs_push(record: Record) -> bool:
    """Whether the portal has yet to get it, or a recall of it."""
    if record.portal_id is None:
        return record.status in _BELONGS_IN_THE_PORTAL
    return pending_recall(record) is not None


def needs_routing(record: Record) -> bool:
    """Whether an officer has yet to get it."""
    return record.status is Status.ACCEPTED and not is_assigned(record)


def parked(record: Record, *, task_token: str, at: datetime) -> Record:
    """The record in the queue of a portal that is out, where the execution waits as well.

    It is no event: it says how the portal is, not what became of the grievance.

    Args:
        record: one that needs its push.
        task_token: where the execution waits.
        at: now.
    """
    since = record.waits_for_portal_since or at
    return record.model_copy(update={"task_token": task_token, "waits_for_portal_since": since})


def is_parked(record: Record) -> bool:
    """Whether it stands in the queue of a portal that is out."""
    return record.waits_for_portal_since is not None and needs_push(record)


def pushed(record: Record, *, portal_id: str, at: datetime) -> Record:
    """The portal holds it under that id, or its oldest recall that it had yet to hear of.

    Raises:
        WrongState: nothing of it belongs into the portal.
    """
    data: dict[str, str | int | bool | None] = {"portal_id": portal_id, "emergency": record.is_emergency}
    if is_parked(record):
        # The execution that waits is told by this event.
        data["waited"] = True
    recall = pending_recall(record) if record.portal_id is not None else None
    changes: dict[str, Any] = {"portal_id": portal_id}
    note = "Entered in the CMO Grievance Portal"
    if recall is not None:
        data["recall"] = recall.number
        changes = {"recalls_pushed": recall.number}
        note = "Recall entered in the CMO Grievance Portal"
    pushed_on = record.model_copy(update=changes)
    more = needs_push(pushed_on)
    if not more:
        changes["waits_for_portal_since"] = None
    record = lifecycle.advance(
        record,
        EventType.PUSHED_TO_PORTAL,
        at=at,
        by=Actor.SYSTEM,
        note=note,
        data=data,
        # Whoever waited long was looked at less and less; from here on it goes quickly again.
        timers=clock.step_watch(at) if more or record.status is Status.ACCEPTED else {},
        **changes,
    )
    return _forward_if_complete(record, at)


def entered_again(record: Record, *, portal_id: str, recalls_pushed: int, at: datetime) -> Record:
    """The portal had lost what it held, and holds it under another id since it was told once more.

    Args:
        record: one that the portal held.
        portal_id: the new id.
        recalls_pushed: how many of its recalls stand under that id; the others are to be pushed again.
        at: now.
    """
    changes: dict[str, Any] = {"portal_id": portal_id, "recalls_pushed": recalls_pushed}
    more = needs_push(record.model_copy(update=changes))
    return lifecycle.advance(
        record,
        EventType.PUSHED_TO_PORTAL,
        at=at,
        by=Actor.SYSTEM,
        note="Entered again in the CMO Grievance Portal, under another id",
        data={"portal_id": portal_id, "emergency": record.is_emergency, "again": True},
        timers=clock.step_watch(at) if more else {},
        **changes,
    )


def recall_refused(record: Record, recall: Recall, reason: str) -> Record:
    """The portal does not take a recall of what it holds: it is asked for that no more.

    It is no event: the words on the bus are the contract's, and have none for it. What the officer owes is as
    it was; who looks at the record finds the reason.

    Args:
        record: with the recall that it had yet to hear of.
        recall: that one.
        reason: the portal's words.
    """
    text = f"The portal refused recall {recall.number}: {reason[:500]}"
    finding = Finding(code=RECALL_REFUSED, severity="warning", text=text)
    refused = (*(number for number in record.recalls_refused if number != recall.number), recall.number)
    changes = {"recalls_pushed": recall.number, "recalls_refused": refused}
    others = (one for one in record.findings if one != finding)
    after = record.model_copy(update={**changes, "findings": (finding, *others)})
    if needs_push(after):
        return after
    timers = {kind: at for kind, at in record.timers.items() if kind is not TimerKind.STEP}
    return after.model_copy(update={"waits_for_portal_since": None, "timers": timers})


def refused_by_portal(reason: str) -> Finding:
    """What the analysts see of a grievance that the portal refused.

    Args:
        reason: the portal's words.
    """
    return Finding(code=PORTAL_REFUSED, severity="warning", text=f"The portal refused it: {reason[:500]}")


def assigned(record: Record, *, office: Office, officer: Officer, at: datetime) -> Record:
    """The record is with that officer; an emergency is raised at once, portal or not.

    Raises:
        WrongState: it is not accepted, or no longer.
    """
    if record.status is not Status.ACCEPTED:
        raise WrongState(f"an officer cannot be named while the record is {record.status}")
    also = routing.also_concerned(record.subject, office) if record.subject else None
    given = give(record, office, officer, at, also)
    return _taken_up(given, at, Actor.SYSTEM, clock.officer_clocks(given, at))


def _taken_up(record: Record, at: datetime, by: Actor, clocks: Mapping[TimerKind, datetime]) -> Record:
    """An accepted record that was given to an officer just now."""
    if record.is_emergency and record.assignment is not None:
        with_whom = record.assignment
        record = lifecycle.advance(
            record,
            EventType.EMERGENCY_RAISED,
            at=at,
            by=by,
            note=f"Emergency raised with {with_whom.officer}, {with_whom.office}",
            data={**facts(record), **_also(record)},
            timers={**clocks, **ladder.watch(record, at)},
        )
    return _forward_if_complete(record, at, by)


def transferred(
    record: Record, *, subject: Subject, office: Office, officer: Officer, at: datetime
) -> Record:
    """The portal gave it to another office; the time for redress runs on, and the transfer is counted.

    The portal may do so before its answer to our push has come, and before we have found an officer.

    Args:
        record: accepted, or with an officer.
        subject: as it stands, with the new office in it.
        office: the new one.
        officer: whom it is with now.
        at: now.

    Raises:
        WrongState: it is neither.
    """
    transfers = record.transfers + 1
    also = routing.also_concerned(subject, office)
    given = give(record, office, officer, at, also).model_copy(
        update={
            "subject": subject,
            "transfers": transfers,
            # Should the portal's answer have been lost, the push comes again as it was.
            "offices_left": posting.leaving_office(record),
            "escalation": 0,
        }
    )
    late = clock.passed_on_late(record, at)
    if record.status is Status.ACCEPTED:
        clocks = late if is_assigned(record) else clock.officer_clocks(given, at)
        return _taken_up(given, at, Actor.CMO_PORTAL, clocks)
    clocks = {**late, **ladder.watch(given, at)}
    return _forward(given, at=at, by=Actor.CMO_PORTAL, clocks=clocks, transfers=transfers)


def acknowledged(
    record: Record,
    *,
    level: Level,
    assignment: int,
    at: datetime,
    office: str | None = None,
    channel: Channel | None = None,
) -> Record:
    """Somebody who was told has seen the alert: the officer, or whoever of those above him was told as well.

    Args:
        level: who of the office: the one that the link was made for.
        assignment: the assignment that the link was made for.
        at: now.
        office: code of the office of whom the link was made for; None for the office that has the record.
        channel: by which the link came; None where that is not known.

    Raises:
        WrongState: nobody can acknowledge it in its state.
    """
    if office is None and record.assignment is not None:
        office = record.assignment.office
    of_the_cell = (office, level) == (CMO_GRIEVANCE_CELL, Level.APEX)
    return lifecycle.advance(
        record,
        EventType.ALERT_ACKNOWLEDGED,
        at=at,
        by=Actor.CMO_GRIEVANCE_CELL if of_the_cell else _ACTORS[level],
        note="Alert acknowledged",
        data={"office": office, "level": level, "assignment": assignment, "channel": channel},
        acknowledged_at=at,
    )
