"""Queue of events from the bus -> SMS and e-mail."""

from __future__ import annotations

from typing import Any

from chalice.app import Blueprint

from functions.adapters.wiring import ports, settings
from functions.domain.record import EventType
from functions.notify.alerting import tell
from functions.notify.supervising import tell_supervisor
from functions.observability import count, logger, observed
from functions.queued import Message, each_message

notify = Blueprint(__name__)


@notify.lambda_function(name="notify")
@observed
def send_alerts(event: dict[str, Any], _: object) -> dict[str, Any]:
    """SQS batch -> partial batch response."""

    def handle(message: Message) -> None:
        sent = tell(ports(), settings().public_base_url, message.reference, message.sequence)
        if message.type == EventType.SLA_REMINDER_DUE:
            # Of an officer's time, or of the analysts': only the event itself tells.
            to = settings().review_supervisor_mail
            sent += tell_supervisor(ports(), to, message.reference, message.sequence)
        count("AlertsSent", sent)
        logger.info("alerted", reference=message.reference, event=message.type, sent=sent)

    return each_message(event, handle)
