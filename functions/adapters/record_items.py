"""What a record's item looks like: its keys, what its indexes need, and how it is read again."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from functions.adapters.table import Item, from_item, to_item
from functions.domain import callback, feedback, forwarding
from functions.domain.assignment import awaits_redress, may_come_back
from functions.domain.calendar import IST
from functions.domain.receipt import Receipt
from functions.domain.record import Event, Record, Status, TimerKind

RECORD_PREFIX = "REC#"
RECORD_SORT = "RECORD"
REVIEW_EMERGENCIES = "review#1-emergency"
REVIEW_OTHERS = "review#2-ordinary"
FIELD_CHECKS = "field#"
CALLBACKS_DUE = "callback#due#"
CALLBACKS_GIVEN_UP = "callback#unreachable#"
TO_ASK = "feedback#"
TO_PUSH_EMERGENCIES = "push#1-emergency"
TO_PUSH_OTHERS = "push#2-ordinary"
PUSHED = "pushed#"
REPORTED = "reported#"
"""Where in an office's partition stands what it reported on: behind the places of all levels."""
TIMER_SHARDS = 4


def moment_text(value: datetime) -> str:
    """A time as text that sorts as time does."""
    return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _timer_bucket(reference: str, day: str) -> str:
    shard = int(hashlib.sha256(reference.encode()).hexdigest()[:8], 16) % TIMER_SHARDS
    return f"{day}#{shard}"


def record_key(reference: str) -> Item:
    """The key of a record's item."""
    return to_item({"pk": RECORD_PREFIX + reference, "sk": RECORD_SORT})


def receipt_key(sender: str, webhook_id: str) -> dict[str, str]:
    """The key of a receipt's item."""
    # Hashed: the sender chooses the id, and it may be long or tell something.
    return {"pk": f"RECEIPT#{sender}#{hashlib.sha256(webhook_id.encode()).hexdigest()}", "sk": "RECEIPT"}


def caller_key(phone: str) -> str:
    """What stands for a caller in keys: they reach the provider's logs and metrics, numbers must not.

    That keeps them out of sight, and does not stop whoever sets out to try all numbers there are.
    """
    return hashlib.sha256(phone.encode()).hexdigest()[:32]


def callback_key(phone: str) -> dict[str, str]:
    """The key of the mark that a number waits for a call: there is one of it however often it rang."""
    return {"pk": f"CALLBACK#{caller_key(phone)}", "sk": "CALLBACK"}


def opt_outs_of(phone: str) -> str:
    """The partition of what was said of being sent SMS at a number."""
    return f"OPTOUT#{caller_key(phone)}"


def link_key(lead: str, reference: str) -> dict[str, str]:
    """The key of the link from a lead to a record that it goes on for."""
    return {"pk": f"LINKED#{lead}", "sk": reference}


def held_by(level: str, holder: str | None = None) -> str:
    """Where in an office's partition stands what a person in a post has; ``-`` where it is not known who."""
    return f"{level}#{holder or '-'}#"


def portal_key(portal_id: str) -> dict[str, str]:
    """The key of the way from a portal's id to its record."""
    return {"pk": f"PORTAL#{portal_id}", "sk": "PORTAL"}


def pushed_queue(day: date) -> str:
    """Where the ids stand that the portal gave to what was registered on a day (IST)."""
    return f"{PUSHED}{day}"


def portal_pointer(record: Record) -> dict[str, str]:
    """The way from the portal's id to the record; by it the record is also found by its day."""
    return {
        **portal_key(str(record.portal_id)),
        "reference": record.reference,
        "owner": record.owner,
        "queue": pushed_queue(record.registered_at.astimezone(IST).date()),
        "queue_position": f"{moment_text(record.registered_at)}#{record.reference}",
    }


def record_to_item(record: Record, written_at: datetime) -> Item:
    """The record's item: its content under ``record``, beside it what conditions and indexes need."""
    values: dict[str, object] = {
        "pk": RECORD_PREFIX + record.reference,
        "sk": RECORD_SORT,
        "version": record.version,
        "owner": record.owner,
        "record": record.model_dump(mode="json", exclude_none=True),
    }
    if forwarding.is_parked(record):
        values["to_push"] = TO_PUSH_EMERGENCIES if record.is_emergency else TO_PUSH_OTHERS
        values["to_push_since"] = f"{moment_text(record.registered_at)}#{record.reference}"
    if (place := _place_in_queue(record, written_at)) is not None:
        queue, since = place
        values["queue"] = queue
        values["queue_position"] = f"{moment_text(since)}#{record.reference}"
    # By the wall clock, whatever time the change itself tells: what is published again is found by it.
    values["changed_minute"] = moment_text(written_at)[:16]
    values["changed_at"] = f"{moment_text(written_at)}#{record.reference}"
    values["caller"] = caller_key(record.caller.phone)
    values["called_at"] = f"{moment_text(record.registered_at)}#{record.reference}"
    if (assignment := record.assignment) is not None and (awaits_redress(record) or may_come_back(record)):
        values["office"] = assignment.office
        whose = REPORTED if may_come_back(record) else held_by(assignment.level, assignment.holder)
        values["held"] = f"{whose}{moment_text(assignment.since)}#{record.reference}"
    if feedback.is_to_be_asked(record) and record.atr is not None:
        values["to_ask"] = f"{TO_ASK}{record.atr.received_at:%Y-%m}"
        values["to_ask_since"] = f"{moment_text(record.atr.received_at)}#{record.reference}"
    if (due := record.next_timer_at) is not None:
        # Written under the day it is due, or today when that has passed: no clock starts in a day long gone.
        values["timer_bucket"] = _timer_bucket(record.reference, moment_text(max(due, written_at))[:10])
        values["timer_at"] = f"{moment_text(due)}#{record.reference}"
    return to_item(values)


def _place_in_queue(record: Record, written_at: datetime) -> tuple[str, datetime] | None:
    """In which queue a record waits, and since when; None when it waits for nobody."""
    if record.status is Status.UNDER_REVIEW:
        return REVIEW_EMERGENCIES if record.is_emergency else REVIEW_OTHERS, record.registered_at
    if record.status is Status.ACTION_TAKEN and record.atr is not None:
        district = record.subject.district if record.subject else None
        return FIELD_CHECKS + (district or ""), record.atr.received_at
    owed = record.callback
    if owed is not None and owed.due_at is not None and callback.waits(record):
        # What fell due stands in the list whatever time the sweep was handed; what is due later stands at
        # its time, so that the list needs no sweep either.
        fell_due = TimerKind.CALLBACK not in record.timers
        since = min(owed.due_at, written_at) if fell_due else owed.due_at
        return f"{CALLBACKS_DUE}{since.astimezone(UTC):%Y-%m-%d}", since
    if owed is not None and owed.attempts and record.status is Status.UNREACHABLE:
        given_up = owed.attempts[-1].at
        return f"{CALLBACKS_GIVEN_UP}{given_up.astimezone(UTC):%Y-%m}", given_up
    return None


def changed_at_of_item(item: Mapping[str, Any]) -> datetime:
    """When a record's item was written."""
    return datetime.fromisoformat(item["changed_at"]["S"].split("#")[0])


def record_from_item(item: Item) -> Record:
    """The record that an item holds."""
    return Record.model_validate(from_item(item)["record"])


def events_of_item(item: Mapping[str, Any]) -> tuple[str, list[Event]]:
    """The reference and the events in a record's item, without reading the rest of it.

    The relay needs no more, and so no other part of a record can ever hold up the stream.
    """
    content = item["record"]["M"]
    events = from_item({"events": content["events"]})["events"]
    return content["reference"]["S"], [Event.model_validate(event) for event in events]


def receipt_to_item(receipt: Receipt) -> Item:
    """A receipt's item."""
    return to_item(
        {
            **receipt_key(receipt.sender, receipt.webhook_id),
            "receipt": receipt.model_dump(mode="json"),
            "expires_at": int(receipt.expires_at.timestamp()),
        }
    )


def receipt_from_item(item: Item) -> Receipt:
    """The receipt that an item holds."""
    return Receipt.model_validate(from_item(item)["receipt"])
