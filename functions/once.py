"""What is told goes out once. What its provider refuses is noted as well: no repeat would change that."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TypeVar

from functions.domain.channel import Channel
from functions.domain.delivery import Outcome, refused_at_once
from functions.domain.errors import Unanswered, Undeliverable, Unregistered
from functions.domain.ports import AlertLog, Ports, Telling
from functions.observability import count, logger

One = TypeVar("One", bound=Telling)

FollowUp = Callable[[str, Outcome], None]
"""Is told what stands for the provider's message id of a message that was refused, and why it was."""

_CODE = re.compile(r"[A-Za-z][A-Za-z_.-]{0,63}")
_UNREGISTERED = "Unregistered"
_OF_THE_DEPLOYMENT = frozenset({Undeliverable.NOT_SET_UP, _UNREGISTERED})


def _is_all(_message_id: str, _outcome: Outcome) -> None:
    """Follows nothing up: what has one channel has no other."""


def once(
    outside: Ports,
    reference: str,
    message: Telling,
    send: Callable[[], str],
    contact: str | None = None,
    follow_up: FollowUp = _is_all,
) -> bool:
    """Sends what was not sent before, and notes it.

    Args:
        outside: the ports.
        reference: of the record under which it stands; a word of its own for what speaks of many.
        message: what is told.
        send: sends it and tells the provider's message id.
        contact: what stands for the number or address, where it is to be marked should it fail.
        follow_up: what is done besides where it is refused. It comes ahead of the note: should that be lost,
            the message is sent, and refused, once more.

    Returns:
        Whether it went out now: not where it did before, nor where its provider, or the rules of its
        registration, do not let it.

    Raises:
        Unavailable: another is sending it just now, or a dependency is out.
        Unanswered: its provider may have taken it. It is sent once more when the claim has run out.
    """
    return once_together(outside, reference, [message], lambda _: send(), contact, follow_up) == 1


def once_together(
    outside: Ports,
    reference: str,
    messages: Sequence[One],
    send: Callable[[Sequence[One]], str],
    contact: str | None = None,
    follow_up: FollowUp = _is_all,
) -> int:
    """As :func:`once`, for what is told in one message: sends all of it that was not told before.

    Args:
        outside: the ports.
        reference: as there.
        messages: what is to be told.
        send: sends those that it is given, of which there is one at least.
        contact: as there.
        follow_up: as there.

    Returns:
        How many were told now.

    Raises:
        Unavailable: another is telling one of them just now, or a dependency is out.
        Unanswered: as there.
    """
    log = outside.alert_log
    claimed = _claimed(log, reference, messages)
    if not claimed:
        return 0
    try:
        message_id = send(claimed)
    except Undeliverable as error:
        _refused(
            outside, reference, claimed, contact, follow_up, error.code, for_good=error.is_of_the_contact
        )
        return 0
    except Unregistered as error:
        count("AlertUnregistered")
        logger.error("message not registered", template=error.template)
        _refused(outside, reference, claimed, contact, follow_up, _UNREGISTERED, for_good=False)
        return 0
    except Unanswered:
        # It may have gone: nobody is to send it again before the claim has run out.
        raise
    except Exception:
        _let_go(log, reference, claimed)
        raise
    for message in claimed:
        log.sent(reference, message, message_id, contact)
    return len(claimed)


def _claimed(log: AlertLog, reference: str, messages: Sequence[One]) -> Sequence[One]:
    """Those of the messages that the caller is to send."""
    claimed: list[One] = []
    try:
        for message in messages:
            if log.claim(reference, message):
                claimed.append(message)  # noqa: PERF401 - what stands here is let go where a later one fails
    except Exception:
        _let_go(log, reference, claimed)
        raise
    return claimed


def _let_go(log: AlertLog, reference: str, claimed: Sequence[Telling]) -> None:
    for message in claimed:
        try:
            log.let_go(reference, message)
        except Exception as error:  # noqa: BLE001 - it is the failure to send that is to be told
            logger.warning("alert not let go", error=type(error).__name__)


def _refused(
    outside: Ports,
    reference: str,
    claimed: Sequence[Telling],
    contact: str | None,
    follow_up: FollowUp,
    code: str,
    *,
    for_good: bool,
) -> None:
    told = code if _CODE.fullmatch(code) else "other"
    outcome = refused_at_once(told, outside.clock.now(), for_good=for_good)
    # What has no channel of its own is a mail.
    by = getattr(claimed[0], "channel", Channel.EMAIL)
    logger.warning("refused by the provider", refused=reference, by=by, code=told)
    for message in claimed:
        refused_id = f"refused/{reference}/{message.key}"
        follow_up(refused_id, outcome)
        outside.alert_log.refused(reference, message, outcome, refused_id, contact)
    if code not in _OF_THE_DEPLOYMENT:
        # That the deployment has no such channel, or no such message, says nothing of how deliveries fare.
        count("DeliveryFailed")
