"""Queue of events from the bus -> SMS, e-mail, WhatsApp and calls; and what providers tell of these."""

from __future__ import annotations

from typing import Any

from chalice.app import Blueprint

from functions.adapters.wiring import ports, settings
from functions.domain.record import EventType
from functions.notify.alerting import tell
from functions.notify.citizens import tell_citizens
from functions.notify.contract import log_lines
from functions.notify.deliveries import queue_lines, read_text, take
from functions.notify.supervising import tell_supervisor
from functions.observability import count, logger, observed
from functions.queued import Message, each_message, each_text

notify = Blueprint(__name__)


@notify.lambda_function(name="notify")
@observed
def send_alerts(event: dict[str, Any], _: object) -> dict[str, Any]:
    """SQS batch -> partial batch response."""

    def handle(message: Message) -> None:
        sent = tell(
            ports(),
            settings().public_base_url,
            message.reference,
            message.sequence,
            handed_on_at=message.handed_on_at,
        )
        if message.type == EventType.SLA_REMINDER_DUE:
            # Of an officer's time, or of the analysts': only the event itself tells.
            to = settings().review_supervisor_mail
            sent += tell_supervisor(ports(), to, message.reference, message.sequence)
        count("AlertsSent", sent)
        logger.info("alerted", reference=message.reference, event=message.type, sent=sent)

    return each_message(ports(), event, handle)


@notify.lambda_function(name="notify_citizens")
@observed
def send_to_citizens(event: dict[str, Any], _: object) -> dict[str, Any]:
    """SQS batch -> partial batch response; a queue of its own, so that no officer waits behind citizens."""

    def handle(message: Message) -> None:
        sent = tell_citizens(
            ports(),
            message.reference,
            message.sequence,
            handed_on_at=message.handed_on_at,
            linked=message.linked,
        )
        count("CitizensTold", sent)
        logger.info("alerted", reference=message.reference, event=message.type, sent=sent)

    return each_message(ports(), event, handle)


@notify.lambda_function(name="deliveries")
@observed
def take_deliveries(event: dict[str, Any], _: object) -> dict[str, Any]:
    """SQS batch of what providers told -> partial batch response; log lines of SNS -> that queue."""
    lines = log_lines(event)
    if lines is not None:
        return {"queued": queue_lines(ports(), lines)}

    def handle(text: str) -> None:
        for told in read_text(text):
            take(ports(), settings().public_base_url, settings().grievance_cell_mail, told)

    return each_text(ports(), event, handle)
