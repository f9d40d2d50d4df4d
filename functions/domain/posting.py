"""What is posted to the CMO Grievance Portal is the same whenever it is posted again.

The portal keeps what came under a key, and takes nothing else under it. It may have taken a push whose answer
was lost, and have given the grievance to another office before it is asked again.
"""

from __future__ import annotations

from functions.domain.record import EventType, LeftOffice, Recall, Record, Subject


def leaving_office(record: Record) -> tuple[LeftOffice, ...]:
    """What a record keeps in ``offices_left`` from here on, as the portal gives it to another office.

    Args:
        record: as it stands before that.
    """
    if record.subject is None:
        return record.offices_left
    subject = record.subject
    left = LeftOffice(after=len(record.events), department=subject.department, district=subject.district)
    return (*record.offices_left, left)


def as_posted(record: Record, recall: Recall | None = None) -> Subject | None:
    """The matter as it is posted, with the office that it had when it was accepted, or recalled.

    Only analysts correct it in between, and only what the portal refused, of which it keeps nothing: then it
    was accepted anew, and what it was before counts no more.

    Args:
        record: as it stands.
        recall: the recall that is posted; None for the grievance itself.
    """
    since = _asked_by(record, recall)
    left = next((one for one in record.offices_left if one.after >= since), None)
    if left is None or record.subject is None:
        return record.subject
    office = {"department": left.department, "district": left.district}
    return record.subject.model_copy(update=office)


def _asked_by(record: Record, recall: Recall | None) -> int:
    """Sequence of the event by which the portal was to have it; 0 where there is none."""
    kind, number = (
        (EventType.RECORD_ACCEPTED, None) if recall is None else (EventType.ATR_RECALLED, recall.number)
    )
    asked = (
        event.sequence
        for event in reversed(record.events)
        if event.type is kind and event.data.get("recall") == number
    )
    return next(asked, 0)
