"""What may leave the State's own store: what was said, with every personal identifier masked.

The table keeps the original, and analysts see it: they could not judge a matter of a mistyped number
otherwise. The portal, officers' mails, field teams and whoever asks for feedback get what is made here.
Every text that others fill freely is masked, also where a code or a name belongs.
"""

from __future__ import annotations

from functions.domain.identifiers import masked
from functions.domain.record import ActionTakenReport, Caller, Subject


def subject_to_show(subject: Subject) -> Subject:
    """The subject for whoever is outside; a mask changes no length, so it stays valid."""
    return subject.model_copy(
        update={
            "scheme": _masked(subject.scheme),
            "category": _masked(subject.category),
            "block": _masked(subject.block),
            "summary": masked(subject.summary),
            "details": _masked(subject.details),
        }
    )


def caller_to_show(caller: Caller) -> Caller:
    """The caller for whoever is outside. The telephone number is there to be rung."""
    return caller.model_copy(update={"name": _masked(caller.name), "address": _masked(caller.address)})


def report_to_show(report: ActionTakenReport) -> ActionTakenReport:
    """The report for whoever is outside: officers name whom they paid, and by which account."""
    return report.model_copy(update={"officer": _masked(report.officer), "report": masked(report.report)})


def _masked(text: str | None) -> str | None:
    return masked(text) if text else text
