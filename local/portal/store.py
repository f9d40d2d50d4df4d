"""What the portal holds: grievances with their recalls, and the messages that were sent."""

import json
import threading
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from typing import Annotated, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from local.portal.contract import GrievancePost, JsonObject
from local.portal.journal import Journal, JournalError
from local.portal.tampering import TAMPERING, Add, Alter, Lose, Tampering


class KeyConflictError(Exception):
    """An idempotency key came again with another body."""


class UnknownGrievanceError(Exception):
    """A recall names a grievance that the portal does not hold, or that has another reference."""


class PostLine(BaseModel):
    """A journal line: one accepted post, a grievance's or a recall's, with the body as it was posted."""

    model_config = ConfigDict(frozen=True)

    type: Literal["post"] = "post"
    key: str
    portal_id: str
    received_at: AwareDatetime
    posted: JsonObject


class Message(BaseModel):
    """A journal line: one WhatsApp message or voice call that was sent, and when."""

    model_config = ConfigDict(frozen=True)

    type: Literal["message"] = "message"
    channel: Literal["whatsapp", "voice"]
    to: str
    text: str
    reference: str | None
    at: AwareDatetime


class TamperLine(BaseModel):
    """A journal line: one thing that was done to the entries behind everybody's back, and when."""

    model_config = ConfigDict(frozen=True)

    type: Literal["tamper"] = "tamper"
    order: JsonObject
    at: AwareDatetime


_Line = PostLine | Message | TamperLine
_LINE: TypeAdapter[_Line] = TypeAdapter(Annotated[_Line, Field(discriminator="type")])


@dataclass(frozen=True)
class Kept:
    """One post that the portal keeps."""

    line: PostLine
    post: GrievancePost

    def listed(self) -> JsonObject:
        """What was posted, with ``portal_id``, ``idempotency_key`` and ``received_at`` beside it."""
        return {
            **self.line.posted,
            "portal_id": self.line.portal_id,
            "idempotency_key": self.line.key,
            "received_at": self.line.received_at.isoformat(),
        }


@dataclass(frozen=True)
class Grievance(Kept):
    """One grievance, with its recalls in the order in which they came."""

    recalls: list[Kept] = field(default_factory=list)

    def listed(self) -> JsonObject:
        """What was posted, ``portal_id`` and so on, and ``recalls``: a list of the same."""
        return {**super().listed(), "recalls": [recall.listed() for recall in self.recalls]}


@dataclass(frozen=True)
class Accepted:
    """The outcome of a post: the grievance's id, and whether this post was the first of its key."""

    portal_id: str
    is_new: bool


def _utc_now() -> datetime:
    return datetime.now(UTC)


class Store:
    """All that was accepted, in memory and in the journal; safe to use from many threads.

    Args:
        journal: where accepted posts go before they are answered, and from where they are read at the start;
            None keeps everything in memory only.
        now: the clock, an aware datetime.

    Raises:
        JournalError: a line of the journal, not the torn end, is unreadable.
    """

    def __init__(self, journal: Journal | None = None, now: Callable[[], datetime] = _utc_now) -> None:
        self._journal = journal
        self._now = now
        self._lock = threading.Lock()
        self._by_key: dict[str, PostLine] = {}
        self._by_id: dict[str, Grievance] = {}
        self._by_day: defaultdict[date, list[Grievance]] = defaultdict(list)
        self._last_number: Counter[int] = Counter()
        self._outbox: list[Message] = []
        if journal is not None:
            self._replay(journal)

    def accept(self, key: str, post: GrievancePost, posted: JsonObject) -> Accepted:
        """Keeps a grievance, or a recall under the grievance it recalls; a repeat changes nothing.

        Args:
            key: the idempotency key, already found to fit the body.
            post: the validated body.
            posted: the same body as it was posted.

        Raises:
            KeyConflictError: the key is known with another body.
            UnknownGrievanceError: a recall of nothing that is held under this reference.
            OSError: the journal could not be written; nothing was kept.
            ValueError: the store is closed; nothing was kept.
        """
        with self._lock:
            known = self._by_key.get(key)
            if known is not None:
                if known.posted != posted:
                    raise KeyConflictError
                return Accepted(known.portal_id, is_new=False)
            line = PostLine(key=key, portal_id=self._id_for(post), received_at=self._now(), posted=posted)
            self._write(line)
            self._keep_post(line, post)
            return Accepted(line.portal_id, is_new=True)

    def keep_message(self, message: Message) -> None:
        """Keeps a message that was sent.

        Raises:
            OSError: the journal could not be written; nothing was kept.
            ValueError: the store is closed; nothing was kept.
        """
        with self._lock:
            self._write(message)
            self._outbox.append(message)

    def tamper(self, order: Tampering) -> int:
        """Does something to the entries behind everybody's back; how many grievances it touched.

        Raises:
            OSError: the journal could not be written; nothing was done.
            ValueError: the store is closed; nothing was done.
        """
        with self._lock:
            line = TamperLine(order=order.model_dump(mode="json"), at=self._now())
            self._write(line)
            return self._apply(order, line.at)

    def day(self, day: date, offset: int, limit: int) -> tuple[list[JsonObject], int | None]:
        """One page of the grievances registered on a day (in India), in the order in which they came.

        Returns:
            At most ``limit`` grievances from ``offset`` on, and the offset of the next page or None.
        """
        with self._lock:
            grievances = self._by_day.get(day, [])
            page = [grievance.listed() for grievance in grievances[offset : offset + limit]]
            following = offset + limit
            return page, following if following < len(grievances) else None

    def everything(self) -> list[JsonObject]:
        """All grievances with their recalls, in the order in which they came."""
        with self._lock:
            return [grievance.listed() for grievance in self._by_id.values()]

    def newest(self, limit: int) -> list[Grievance]:
        """The last grievances that came, newest first, with their recalls as they stand now."""
        with self._lock:
            last = list(self._by_id.values())[: -limit - 1 : -1]
            return [Grievance(kept.line, kept.post, list(kept.recalls)) for kept in last]

    def outbox(self) -> list[Message]:
        """The WhatsApp messages and voice calls that were sent, oldest first."""
        with self._lock:
            return list(self._outbox)

    def counts(self) -> dict[str, int]:
        """How many ``grievances``, ``recalls`` and ``messages`` are held."""
        with self._lock:
            return {
                "grievances": len(self._by_id),
                "recalls": sum(len(grievance.recalls) for grievance in self._by_id.values()),
                "messages": len(self._outbox),
            }

    def close(self) -> None:
        """Ends all keeping; a post that comes later is not accepted."""
        with self._lock:
            if self._journal is not None:
                self._journal.close()

    def _id_for(self, post: GrievancePost) -> str:
        if post.recall_of is None:
            year = post.registered_on.year
            return f"CMO/{year}/{self._last_number[year] + 1:07d}"
        grievance = self._by_id.get(post.recall_of)
        if grievance is None or grievance.post.reference != post.reference:
            raise UnknownGrievanceError
        return post.recall_of

    def _write(self, line: _Line) -> None:
        if self._journal is not None:
            self._journal.append(line.model_dump_json().encode())

    def _keep_post(self, line: PostLine, post: GrievancePost) -> None:
        self._by_key[line.key] = line
        if post.recall_of is not None:
            self._by_id[post.recall_of].recalls.append(Kept(line, post))
            return
        grievance = Grievance(line, post)
        self._by_id[line.portal_id] = grievance
        self._by_day[post.registered_on].append(grievance)
        self._last_number[post.registered_on.year] += 1

    def _apply(self, order: Tampering, at: datetime) -> int:
        if isinstance(order, Add):
            added = PostLine(
                key=f"added {at.isoformat()}",
                portal_id=self._id_for(order.posted),
                received_at=at,
                posted=order.posted.model_dump(mode="json"),
            )
            self._keep_post(added, order.posted)
            return 1
        found = [one for one in self._by_id.values() if one.post.reference == order.reference]
        for grievance in found:
            portal_id, day = grievance.line.portal_id, self._by_day[grievance.post.registered_on]
            if isinstance(order, Lose):
                del self._by_id[portal_id]
                day.remove(grievance)
                if not order.remember_keys:
                    self._forget_keys(grievance, *grievance.recalls)
            elif isinstance(order, Alter):
                line = grievance.line.model_copy(update={"posted": {**grievance.line.posted, **order.fields}})
                altered = replace(grievance, line=line)
                self._by_id[portal_id] = day[day.index(grievance)] = altered
            else:
                self._forget_keys(*grievance.recalls)
                grievance.recalls.clear()
        return len(found)

    def _forget_keys(self, *entries: Kept) -> None:
        for entry in entries:
            self._by_key.pop(entry.line.key, None)

    def _replay(self, journal: Journal) -> None:
        for number, text in enumerate(journal.lines(), start=1):
            try:
                line = _LINE.validate_json(text)
                if isinstance(line, Message):
                    self._outbox.append(line)
                elif isinstance(line, TamperLine):
                    # As JSON, in which times are strings.
                    self._apply(TAMPERING.validate_json(json.dumps(line.order)), line.at)
                else:
                    # Not strict: times are strings here, and the body was found exact when it came.
                    self._keep_post(line, GrievancePost.model_validate(line.posted, strict=False))
            except (ValidationError, KeyError):
                # Without its cause, which would repeat a caller's data.
                raise JournalError(
                    f"line {number} of {journal.path} is not an entry of the journal"
                ) from None
