"""A call that was played, as far as it came."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from functions.adapters import bundled
from functions.domain.alerts import alerts_for
from functions.domain.citizen_messages import message_about_own
from functions.domain.phone import takes_sms
from functions.domain.record import Kind, Record
from local.client import Answer
from local.demo.news import why_refused
from local.demo.samples import Sample
from local.demo.sent import Message
from local.story import CITIZEN, Alert

CREATED, OK = 201, 200


@dataclass
class Call:
    """A call that was played, as far as it came.

    Attributes:
        number: 1, 2, … in the order of playing.
        answer: To the record; None when nobody answered.
        record: As it stood when it was looked at last.
        alerts: The evidence of what was sent about it.
        messages: What was sent about it.
        failed: Deeds that were answered otherwise than with success, in words.
        status: Where the service itself says that it stands, asked at the end.
    """

    number: int
    sample: Sample
    answer: Answer | None
    record: Record | None = None
    alerts: Sequence[Alert] = ()
    messages: Sequence[Message] = ()
    failed: list[str] = field(default_factory=list)
    status: str | None = None

    @property
    def reference(self) -> str | None:
        """The record's reference; None when it was not taken in."""
        body = self.answer.body if self.answer else None
        return body.get("reference") if isinstance(body, dict) else None

    @property
    def is_own(self) -> bool:
        """Whether it made a record, and did not only find one that was there."""
        return self.reference is not None and self.answer is not None and self.answer.status == CREATED

    def difference(self) -> str | None:  # noqa: PLR0911 - a difference each
        """What differs from what is expected, in words; None when all is well."""
        wanted = self.sample.refusal or (OK if self.sample.expect == "repeated" else CREATED)
        status = self.answer.status if self.answer else "nothing"
        if status != wanted:
            return f"it was answered {why_refused(self.answer)}, expected was {wanted}"
        if wanted != CREATED:
            return None
        if self.failed:
            return "; ".join(self.failed)
        if self.record is None or self.status != self.record.status:
            held = self.record.status if self.record else "nothing"
            return f"the service says {self.status}, the table {held}"
        if self.status != self.sample.expect:
            return f"it is {self.status}, expected was {self.sample.expect}"
        if missing := untold(self.record, self.alerts):
            return f"not told: {', '.join(missing)}"
        if self._is_overlooked():
            return "nobody redressed it, and it was not escalated"
        return None

    def _is_overlooked(self) -> bool:
        is_watched = self.sample.expect == "forwarded" and self.record and self.record.kind is Kind.GRIEVANCE
        return bool(is_watched and self.record and not self.record.escalation)


def untold(record: Record | None, alerts: Sequence[Alert]) -> list[str]:
    """What an officer or the citizen should have been told of a record, and was not, in words.

    Args:
        record: As it stands.
        alerts: The evidence of what was sent about it.
    """
    if record is None:
        return []
    rules = bundled.registers().alert_rules
    held = {one.sequence for one in record.held_alerts}
    sent = {(one.sequence, one.office, one.level, one.channel) for one in alerts if one.state == "sent"}
    awaited = [
        (alert.template, (alert.sequence, alert.office, alert.level.value, alert.channel.value))
        for event in record.events
        for alert in alerts_for(record, event, rules)
        if not (alert.keeps_hours and event.sequence in held)
    ]
    if takes_sms(record.caller.phone):
        awaited += [
            (message.template, (message.sequence, "", CITIZEN, message.channel.value))
            for event in record.events
            if (message := message_about_own(record, event, rules)) is not None
            and not (message.keeps_hours and event.sequence in held)
        ]
    missing = [(template, to) for template, to in awaited if to not in sent]
    return [f"{template} to {level} by {channel}" for template, (_, _, level, channel) in missing]
