"""What citizens are told by SMS of their own records, and of the lead to which these were linked."""

from __future__ import annotations

from functions.domain.alerts import Channel
from functions.domain.lifecycle import TELLS_CITIZENS, Audience
from functions.domain.model import Value
from functions.domain.record import Event, EventType, Kind, Record, Status

CITIZEN_REJECTED = "citizen_rejected"
CITIZEN_LINKED = "citizen_linked"
CITIZEN_LINKED_REDRESSED = "citizen_linked_redressed"

_OF_OWN_RECORD = {
    EventType.RECORD_REJECTED: CITIZEN_REJECTED,
    EventType.RECORD_MARKED_DUPLICATE: CITIZEN_LINKED,
}
_WHEN_THE_LEAD_IS = {
    Status.CLOSED: CITIZEN_LINKED_REDRESSED,
    Status.REJECTED: CITIZEN_REJECTED,
}


class CitizenMessage(Value):
    """One SMS to the citizen of one record. Neither the number nor the name is in it.

    Attributes:
        sequence: of the decision on the citizen's own record of which it tells, or on which it follows up.
        template: name of the message, without language and channel.
        lead: reference of the record that goes on for the citizen's; None where his own was decided.
    """

    sequence: int
    template: str
    channel: Channel = Channel.SMS
    lead: str | None = None

    @property
    def key(self) -> str:
        """What makes it the same message, whichever event causes it again: each is told once."""
        return f"{self.sequence:06d}#citizen#{self.template}"


def message_about_own(record: Record, event: Event) -> CitizenMessage | None:
    """What an event of a record tells its citizen; None when it tells nothing."""
    if record.kind is Kind.MISSED_CALL or Audience.CITIZEN not in TELLS_CITIZENS.get(event.type, ()):
        return None
    lead = event.data.get("duplicate_of")
    return CitizenMessage(
        sequence=event.sequence,
        template=_OF_OWN_RECORD[event.type],
        lead=lead if isinstance(lead, str) else None,
    )


def has_ended(lead: Record) -> bool:
    """Whether there is an answer for those whose records were linked to it."""
    return lead.status in _WHEN_THE_LEAD_IS


def message_about_lead(linked: Record, lead: Record) -> CitizenMessage | None:
    """What the citizen of a linked record is told of the lead's end.

    Returns:
        None while the lead is not at its end. Where it comes back from there, its next end is the same
        message.
    """
    template = _WHEN_THE_LEAD_IS.get(lead.status)
    linked_by = next((one for one in linked.events if one.type is EventType.RECORD_MARKED_DUPLICATE), None)
    if template is None or linked_by is None or linked.kind is Kind.MISSED_CALL:
        return None
    return CitizenMessage(sequence=linked_by.sequence, template=template, lead=lead.reference)
