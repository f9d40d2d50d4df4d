"""What citizens say of the redress: whom to ask, and what they answered."""

from __future__ import annotations

import json
from typing import Annotated, Any

from pydantic import Field

from functions.changing import change_once
from functions.domain import feedback
from functions.domain import reference as references
from functions.domain.leaving import caller_to_show, report_to_show, subject_to_show
from functions.domain.model import Value
from functions.domain.ports import Ports
from functions.domain.record import Record
from functions.domain.text import Code, Remark
from functions.signed import SignedRequest
from functions.wire import shown


class FeedbackIn(Value):
    """The body of ``POST /v1/call-centre/feedback``."""

    reference: str
    satisfied: bool
    rating: Annotated[int, Field(ge=1, le=5)] | None = None
    remark: Remark | None = None
    agent_id: Code


def list_to_ask(outside: Ports, request: SignedRequest) -> dict[str, Any]:
    """A page of whose citizen is to be asked, the longest ago first; what is too old to be heard not."""
    since = outside.clock.now() - feedback.HEARD_WITHIN
    page = outside.records.to_be_asked(since, request.limit, request.cursor)
    return {"items": [_to_ask(record) for record in page.records], "next": page.next}


def take(outside: Ports, request: SignedRequest) -> str:
    """Keeps an answer and what follows from it.

    Returns:
        The answer's body, JSON.

    Raises:
        Refused: it does not validate.
        NotFound: there is no such record.
        WrongState: there is nothing to ask about yet, or no more.
    """
    wire = request.read(FeedbackIn)
    reference = references.parse(wire.reference, at="/reference")

    def decide(record: Record) -> Record:
        return feedback.received(
            record,
            agent_id=wire.agent_id,
            satisfied=wire.satisfied,
            rating=wire.rating,
            remark=wire.remark,
            at=outside.clock.now(),
        )

    return change_once(outside, request, reference, decide, _answer)


def _to_ask(record: Record) -> dict[str, Any]:
    """A record as whoever asks sees it: whom to ring, in which language, about what.

    Personal identifiers in free text are masked: nobody need read them out.
    """
    subject = subject_to_show(record.subject) if record.subject else None
    caller = caller_to_show(record.caller)
    atr = report_to_show(record.atr) if record.atr else None
    return {
        "reference": record.reference,
        "status": record.status,
        "phone": caller.phone,
        "name": caller.name,
        "language": record.call.language,
        "summary": subject.summary if subject else None,
        "report": atr.report if atr else None,
        "reported_at": shown(atr.received_at) if atr else None,
    }


def _answer(record: Record) -> str:
    return json.dumps({"reference": record.reference, "status": record.status})
