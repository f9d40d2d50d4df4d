"""Takes what providers tell of messages: notes it, marks contacts, uses the next channel."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from functools import partial

from functions.domain.alerts import Alert
from functions.domain.delivery import DeliveryEvent, Outcome, joined, looked_up_again
from functions.domain.errors import Outrun, Unavailable
from functions.domain.ports import Ports, Told
from functions.notify.contract import read
from functions.notify.marking import note_contact
from functions.notify.next_channel import OutOfHoursError, use_next_channel
from functions.notify.providers.reading import Reading, UnreadableError
from functions.notify.sending import Round
from functions.observability import count, logger

_TRIED_AGAIN_AFTER = timedelta(minutes=15)
_WRITES = 5


def read_text(text: str) -> Sequence[DeliveryEvent]:
    """The events in a queued message. What cannot be read is counted and dropped: no repeat would mend it."""
    try:
        reading = read(text)
    except UnreadableError as error:
        reading = Reading(unread=[error.reason])
    for reason in reading.unread:
        count("DeliveryUnreadable")
        logger.error("a provider's notification cannot be read", reason=reason)
    return reading.events


def queue_lines(outside: Ports, lines: Sequence[str]) -> int:
    """Puts what log lines tell into the queue, in our own form: how many events that are.

    CloudWatch Logs tries a function that fails three times and no more; the queue keeps.

    Raises:
        Unavailable: the queue did not take all of them; the lines are to come again.
    """
    events = [event for line in lines for event in read_text(line)]
    outside.delivery_events.put(events, timedelta())
    return len(events)


def take(outside: Ports, public_base_url: str, keeper: str, event: DeliveryEvent) -> None:
    """Notes what became of a message, and does what follows from it. A repeat does nothing a second time.

    Args:
        outside: the ports.
        public_base_url: what ``/v1/ack`` is appended to in links.
        keeper: mail address of who keeps the registry.
        event: what the provider told.

    Raises:
        Unavailable: a dependency is out; it is to come again.
    """
    told = outside.deliveries.find(event.channel, event.message_ids)
    if told is None:
        _of_unknown(outside, event)
        return
    before, after = _note(outside, event, told)
    if after.state is not event.outcome.state:
        return
    if before is None or before.state is not after.state:
        _count(after)
    following = Round()
    if after.is_unreached and told.alert is not None:
        again = partial(_use_next_channel, outside, public_base_url, told.reference, told.alert, event)
        following.attempt(again, alert_of=told.reference, by=event.channel)
    following.attempt(
        partial(_note_contact, outside, keeper, told, event, before, after),
        alert_of=told.reference,
        by=event.channel,
    )
    following.end()
    logger.info("delivery noted", alert_of=told.reference, by=event.channel, state=after.state)


def _of_unknown(outside: Ports, event: DeliveryEvent) -> None:
    again = looked_up_again(event)
    if again is not None:
        outside.delivery_events.put([again[0]], again[1])
        return
    # None of ours, or of sixty days ago.
    count("DeliveryUnknown")
    logger.info("delivery of an unknown message", by=event.channel, state=event.outcome.state)


def _note(outside: Ports, event: DeliveryEvent, told: Told) -> tuple[Outcome | None, Outcome]:
    """What was known of the message, and what is known now."""
    found: Told | None = told
    for _ in range(_WRITES):
        if found is None:
            break
        after = joined(found.outcome, event.outcome)
        if after == found.outcome:
            return found.outcome, after
        try:
            outside.deliveries.note(found, after)
        except Outrun:
            found = outside.deliveries.find(event.channel, event.message_ids)
        else:
            return found.outcome, after
    raise Unavailable("evidence", 1)


def _count(outcome: Outcome) -> None:
    if outcome.is_unreached:
        count("DeliveryFailed")
    elif outcome.is_reached:
        count("Delivered")


def _use_next_channel(
    outside: Ports, public_base_url: str, reference: str, alert: Alert, event: DeliveryEvent
) -> bool:
    try:
        return use_next_channel(outside, public_base_url, reference, alert)
    except OutOfHoursError:
        outside.delivery_events.put([event], _TRIED_AGAIN_AFTER)
        return False


def _note_contact(
    outside: Ports,
    keeper: str,
    told: Told,
    event: DeliveryEvent,
    before: Outcome | None,
    after: Outcome,
) -> bool:
    note_contact(outside, keeper, told, event.channel, before, after)
    return True
