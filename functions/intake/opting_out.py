"""Citizens who want no SMS, or want them again."""

from __future__ import annotations

import json

from functions.domain.errors import KeyReused, Outrun, Unavailable
from functions.domain.model import Value
from functions.domain.opt_out import OptOut
from functions.domain.phone import Phone
from functions.domain.ports import Ports
from functions.domain.text import Code
from functions.signed import SignedRequest


class OptOutIn(Value):
    """The body of ``POST /v1/call-centre/opt-outs``.

    Attributes:
        agent_id: the tele-caller to whom it was said.
        opted_out: whether no SMS is wanted any more; false takes that back.
    """

    phone: Phone
    agent_id: Code
    opted_out: bool


def take(outside: Ports, request: SignedRequest) -> str:
    """Keeps what a citizen said, once: the request's repeat gets the first answer and changes nothing.

    Returns:
        The answer's body, JSON.

    Raises:
        Refused: it does not validate.
        KeyReused: its ``webhook-id`` came before with another request.
        Unavailable: the table is out; nothing is known to be kept.
    """
    wire = request.read(OptOutIn)
    answer = json.dumps({"opted_out": wire.opted_out})
    said = OptOut(phone=wire.phone, opted_out=wire.opted_out, agent_id=wire.agent_id, at=outside.clock.now())
    earlier = outside.records.receipt(request.sender, request.webhook_id)
    if earlier is None:
        try:
            outside.opt_outs.keep(said, request.receipt(outside, answer))
        except Outrun:
            # The same id at the same moment: what that one left tells whether it was the same request.
            earlier = outside.records.receipt(request.sender, request.webhook_id)
            if earlier is None:
                raise Unavailable("receipt", 1) from None
        else:
            return answer
    if earlier.fingerprint != request.fingerprint:
        raise KeyReused("this webhook-id came before with another request")
    return earlier.answer
