"""Load, decide, save: how every step changes a record, and how every POST does so once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from functions.domain.errors import KeyReused, Outrun, Unavailable
from functions.domain.ports import Ports
from functions.domain.receipt import Receipt
from functions.domain.record import Record

_TRIES = 5


class Asked(Protocol):
    """What asks for a change that is to be made once: a POST, or what one left to be done later."""

    @property
    def sender(self) -> str:
        """Whose key it is."""

    @property
    def webhook_id(self) -> str:
        """The idempotency key."""

    @property
    def fingerprint(self) -> str:
        """What makes two of them the same one."""

    def receipt(self, outside: Ports, answer: str) -> Receipt:
        """The mark that it leaves with its effect, and with the first answer to it."""


def change(outside: Ports, reference: str, decide: Callable[[Record], Record]) -> Record:
    """The record after a decision, kept; decided anew when somebody else was first.

    Args:
        outside: the ports.
        reference: which record.
        decide: pure; returns the very record that it was given when there is nothing to change.

    Raises:
        NotFound: there is no such record.
        WrongState: ``decide`` found the record in a state that does not allow it.
        Unavailable: the table is out, or the record is changed by others all the time.
    """
    for tried in range(_TRIES):
        before = outside.records.load(reference)
        after = decide(before)
        if after is before:
            return before
        try:
            return outside.records.save(before, after)
        except Outrun:
            outside.clock.sleep(outside.identifiers.fraction() * 0.02 * 2**tried)
    raise Unavailable("record", 1)


def change_once(
    outside: Ports,
    request: Asked,
    reference: str,
    decide: Callable[[Record], Record],
    answer: Callable[[Record], str],
) -> str:
    """Does what a POST asks, once: its repeat gets the first answer and changes nothing.

    Args:
        outside: the ports.
        request: the POST, or what stands for one.
        reference: which record.
        decide: as for :func:`change`, but it always changes the record.
        answer: the body to answer, JSON, from the changed record.

    Raises:
        KeyReused: the request's ``webhook-id`` came before with another request.
        NotFound, WrongState, Unavailable: as :func:`change`.
    """
    for tried in range(_TRIES):
        earlier = outside.records.receipt(request.sender, request.webhook_id)
        if earlier is not None:
            if earlier.fingerprint != request.fingerprint:
                raise KeyReused("this webhook-id came before with another request")
            return earlier.answer
        before = outside.records.load(reference)
        after = decide(before)
        body = answer(after)
        try:
            outside.records.save(before, after, request.receipt(outside, body))
        except Outrun:
            outside.clock.sleep(outside.identifiers.fraction() * 0.02 * 2**tried)
        else:
            return body
    raise Unavailable("record", 1)
