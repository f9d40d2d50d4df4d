"""What happens, as it is told while the demo runs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from functions.domain.record import Event, EventType, Record
from local.client import Answer

Tone = Literal["plain", "good", "bad", "alarm"]

_TONES: Mapping[EventType, Tone] = {
    EventType.EMERGENCY_RAISED: "alarm",
    EventType.SLA_BREACHED: "alarm",
    EventType.ESCALATED: "alarm",
    EventType.ATR_RECALLED: "bad",
    EventType.RECORD_REJECTED: "bad",
    EventType.RECORD_MARKED_DUPLICATE: "bad",
    EventType.RECORD_CLOSED: "good",
    EventType.CALLBACK_COMPLETED: "good",
}
# What follows from another event at once is not told again.
_UNTOLD = frozenset(
    {
        EventType.RECORD_REGISTERED,
        EventType.REVIEW_REQUESTED,
        EventType.PUSHED_TO_PORTAL,
        EventType.FIELD_REPORTED,
    }
)


@dataclass(frozen=True)
class News:
    """One thing that happened.

    Attributes:
        about: The reference, or what stands for it.
        text: In words.
        tone: How it is to be shown where there is colour.
    """

    about: str
    text: str
    tone: Tone = "plain"


def of_answer(title: str, summary: str, answer: Answer | None, *, emergency: bool) -> News:
    """A call that was posted: what was said, or why it was refused."""
    body = answer.body if answer and isinstance(answer.body, dict) else {}
    if "reference" in body:
        flag = "EMERGENCY " if emergency else ""
        again = " (had it already)" if answer and answer.status == 200 else ""  # noqa: PLR2004 - HTTP's OK
        return News(
            body["reference"], f"{flag}{title}{again}. {summary}".rstrip(), "alarm" if flag else "plain"
        )
    return News("refused", f"{title}: {why_refused(answer)}", "bad")


def why_refused(answer: Answer | None) -> str:
    """The service's own words."""
    if answer is None:
        return "nobody answered"
    body = answer.body if isinstance(answer.body, dict) else {}
    faults = [f"{one.get('pointer')} {one.get('detail')}".strip() for one in body.get("errors", [])]
    return f"{answer.status} {'; '.join(faults) or body.get('detail') or body.get('title', '')}".strip()


def of_change(before: Record | None, after: Record, title: str) -> Iterator[News]:
    """What happened to a record between two looks.

    Args:
        before: As it stood; None when it was not looked at before.
        after: As it stands.
        title: What it is about.
    """
    known = len(before.events) if before else 0
    for event in after.events[known:]:
        if event.type not in _UNTOLD:
            told = f"{_told(after, event)} ({title})"
            yield News(after.reference, told, _TONES.get(event.type, "plain"))


def _told(record: Record, event: Event) -> str:
    unreviewed = record.review is not None and record.review.unreviewed
    if event.type is EventType.RECORD_ACCEPTED and unreviewed:
        return "Nobody decided within fifteen minutes: the emergency goes ahead unreviewed"
    return event.note
