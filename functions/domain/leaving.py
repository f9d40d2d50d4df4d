"""What may leave the State's own store: the caller's words with every personal identifier masked.

The table keeps the original, and analysts see it: they could not judge a matter of a mistyped number
otherwise. The portal, officers' mails and field teams get what is made here.
"""

from __future__ import annotations

from functions.domain.identifiers import masked
from functions.domain.record import Caller, Subject


def subject_to_show(subject: Subject) -> Subject:
    """The subject for whoever is outside; a mask changes no length, so it stays valid."""
    return subject.model_copy(
        update={
            "summary": masked(subject.summary),
            "details": masked(subject.details) if subject.details else subject.details,
        }
    )


def caller_to_show(caller: Caller) -> Caller:
    """The caller for whoever is outside: the address is free text as well."""
    return caller.model_copy(update={"address": masked(caller.address) if caller.address else caller.address})
