"""The one way to the outside: every dependency that a handler may reach, as a Protocol.

``adapters.wiring`` fills them with AWS, the portal, the clock and randomness; tests fill them with fakes, so
that the very handlers run in one process with virtual time.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from functions.domain.acknowledgement import Link
from functions.domain.alerts import Alert
from functions.domain.calendar import Calendar
from functions.domain.office import FieldExecutive, Officer
from functions.domain.receipt import Receipt
from functions.domain.record import Event, Recall, Record
from functions.domain.registers import Registers
from functions.domain.service_level import ServiceLevel


class Clock(Protocol):
    """What time it is."""

    def now(self) -> datetime:
        """Now, timezone-aware UTC."""

    def sleep(self, seconds: float) -> None:
        """Lets time pass: the pause before a remote call is tried again."""


class Identifiers(Protocol):
    """Randomness."""

    def owner(self) -> str:
        """A token that marks one write."""

    def secret_token(self) -> str:
        """128 random bits, base64url, 22 characters."""

    def fraction(self) -> float:
        """A random number in [0, 1), for jitter."""


class Secrets(Protocol):
    """Secrets Manager, cached."""

    def webhook(self, sender: str, *, fresh: bool = False) -> Sequence[str]:
        """The sender's signing secrets, current first.

        Args:
            sender: such as ``call-centre``.
            fresh: read it again if what is known is older than a minute.

        Raises:
            Unavailable: they cannot be read.
        """

    def reference_key(self) -> bytes:
        """The key from which references are derived; it never changes."""


@dataclass(frozen=True)
class Registered:
    """What came of a registration.

    Attributes:
        answer: the body of the first answer, JSON.
        created: whether this very request made the record; False for a repeat.
    """

    answer: str
    created: bool


@dataclass(frozen=True)
class WaitsAlready:
    """A number that rang waits for a call already; the new record is to join the one under which it does."""

    reference: str


@dataclass(frozen=True)
class Page:
    """A part of a list: records, and where the next part begins (None at the end)."""

    records: Sequence[Record]
    next: str | None


class Records(Protocol):
    """The table of records."""

    def register(
        self,
        record: Record,
        receipt: Receipt,
        answer: Callable[[Record], str],
        joined: tuple[Record, Record] | None = None,
    ) -> Registered | WaitsAlready | None:
        """Keeps a new record and the receipt of its request, in one request and all or nothing.

        Args:
            record: the new one.
            receipt: with the answer to it.
            answer: the answer to the record that is found instead, when it was kept before.
            joined: the record that the new one joins, as it stood and as it stands now.

        Returns:
            None when the reference is taken by another record: the next candidate is to be tried.

        Raises:
            KeyReused: the receipt's or the record's key came before with another content.
            Outrun: the record that it joins was changed by somebody else; nothing was kept.
            Unavailable: the table throttles or does not answer; nothing is known to be kept.
        """

    def load(self, reference: str) -> Record:
        """The record as it stands (strongly consistent).

        Raises:
            NotFound: there is none.
            Unavailable: the table does not answer.
        """

    def save(self, before: Record, after: Record, receipt: Receipt | None = None) -> Record:
        """Keeps the changed record, guarded by the version of ``before``, with the request's receipt.

        Returns:
            The record as kept, with its new version.

        Raises:
            Outrun: somebody else changed it first; nothing was kept.
            KeyReused: the receipt's key came before.
            Unavailable: the table throttles or does not answer.
        """

    def receipt(self, sender: str, webhook_id: str) -> Receipt | None:
        """The receipt of an earlier request, None when there is none."""

    def waiting_for_review(self, limit: int, cursor: str | None) -> Page:
        """What waits for an analyst: emergencies first, then oldest first.

        Raises:
            Refused: the cursor is none of ours.
        """

    def waiting_for_field_check(self, districts: Sequence[str], limit: int, cursor: str | None) -> Page:
        """Action-taken records due for a field check in those districts, the longest waiting first.

        Args:
            districts: codes; the empty one stands for records without a district.
            limit: at most so many.
            cursor: where to go on.

        Raises:
            Refused: the cursor is none of ours.
        """

    def to_be_called_back(self, now: datetime, limit: int, cursor: str | None) -> Page:
        """Numbers that may be called now, the longest waiting first.

        Raises:
            Refused: the cursor is none of ours.
        """

    def unreachable(self, limit: int, cursor: str | None) -> Page:
        """Numbers that were given up, the oldest first.

        Raises:
            Refused: the cursor is none of ours.
        """

    def to_be_asked(self, since: datetime, limit: int, cursor: str | None) -> Page:
        """Records whose citizen was not asked yet about an action that was reported since then, oldest first.

        Raises:
            Refused: the cursor is none of ours.
        """

    def of_caller(self, phone: str, limit: int, cursor: str | None) -> Page:
        """A caller's records, newest first.

        Args:
            phone: E.164.
            limit: at most so many.
            cursor: where to go on.

        Raises:
            Refused: the cursor is none of ours.
        """

    def of_same_matter(self, record: Record) -> Sequence[Record]:
        """Earlier records of the same place and matter, newest first: see ``matter`` for how far back.

        What was not taken up is left out. A record may be some moments late to be found.
        """

    def by_portal_id(self, portal_id: str) -> str | None:
        """Reference of the record that the portal holds under that id; None when none is known yet."""

    def changed_since(self, since: datetime, until: datetime) -> Sequence[str]:
        """References of the records of which the last change was written in that time, oldest first."""

    def with_timer_due(self, now: datetime) -> Sequence[str]:
        """References of records of which a clock has run out by ``now``, the longest overdue first."""


class Receipts(Protocol):
    """Receipts of requests that keep more than one record, and so cannot be written with it."""

    def keep(self, receipt: Receipt) -> Receipt:
        """Keeps a receipt, unless one with an answer stands.

        One without an answer only takes the key for its request: the same request's next one fills it.

        Returns:
            The one that stands now.

        Raises:
            KeyReused: the key came before with another request.
            Unavailable: the table throttles or does not answer.
        """


class PendingEvents(Protocol):
    """What the portal told of a grievance under an id that we do not know yet."""

    def keep(self, portal_id: str, event: str, receipt: Receipt) -> None:
        """Keeps a portal's event, JSON, with the receipt of its request.

        Raises:
            Outrun: the receipt's key came before.
        """

    def of(self, portal_id: str) -> Sequence[tuple[str, str]]:
        """What was kept for that id: each one's own key and the event, JSON, oldest first."""

    def drop(self, portal_id: str, key: str) -> None:
        """Forgets one that was matched."""


class Watermark(Protocol):
    """Up to when every change of the table is known to be published."""

    def read(self) -> datetime | None:
        """None before the first change was published."""

    def move(self, moment: datetime, known_from: datetime) -> None:
        """Moves it forward, never back, and over no gap.

        Args:
            moment: up to when all is published.
            known_from: from when on that is known; should the watermark be older, it stays.
        """


class Registry(Protocol):
    """What administrators keep (officers, holidays, service levels, field executives), and the registers."""

    def registers(self) -> Registers:
        """All that ships with the code."""

    def service_levels(self) -> Sequence[ServiceLevel]:
        """The service levels in force: those uploaded, else those that ship with the code."""

    def calendar(self) -> Calendar:
        """The working calendar with the holidays in force."""

    def officers_of(self, office: str) -> Sequence[Officer]:
        """All officers of an office in the version in force, also those whose time is over or to come."""

    def apply_officers(self, officers: Sequence[Officer], version: str) -> None:
        """Puts a whole new set of officers in force, at one stroke."""

    def on_roster(self, executive_id: str, day: date) -> bool:
        """Whether a field validation executive is on the roster on that day."""

    def apply_service_levels(self, levels: Sequence[ServiceLevel], version: str) -> None:
        """Puts a whole new register of service levels in force."""

    def apply_executives(self, executives: Sequence[FieldExecutive], version: str) -> None:
        """Puts a whole new roster of field validation executives in force."""

    def apply_holidays(self, holidays: Mapping[str, str], version: str) -> None:
        """Puts a whole new list of holidays (ISO date to name) in force."""


class Uploads(Protocol):
    """The registry bucket."""

    def read(self, key: str, version: str | None) -> bytes:
        """An uploaded file."""

    def write_result(self, key: str, body: str) -> None:
        """Writes the outcome of an upload, JSON."""


class EventBus(Protocol):
    """EventBridge."""

    def publish(self, events: Sequence[tuple[str, Event]]) -> Sequence[int]:
        """Publishes events, each with its record's reference, in order.

        Returns:
            Positions of those that the bus did not take, ascending; empty when all went.
        """


class Workflow(Protocol):
    """The state machine."""

    def resume(self, task_token: str, outcome: Mapping[str, object]) -> bool:
        """Answers an execution that waits; False when it waits no more."""

    def is_running(self, execution: str) -> bool:
        """Whether an execution, by its ARN, still runs; False for one that nobody knows (any more)."""

    def start(self, reference: str, name: str) -> None:
        """Starts an execution for a record; one of that name that exists already is as good."""


@dataclass(frozen=True)
class Accepted:
    """The portal holds the grievance under ``portal_id``."""

    portal_id: str


@dataclass(frozen=True)
class TryLater:
    """The portal could not take it now.

    Attributes:
        retry_after: seconds that it asked for, None when it named none.
        why: a code for logs and metrics.
    """

    retry_after: int | None
    why: str


@dataclass(frozen=True)
class RefusedByPortal:
    """The portal will not take it as it is; ``reason`` are its words."""

    reason: str


class Portal(Protocol):
    """The CMO Grievance Portal."""

    def push(self, record: Record, recall: Recall | None) -> Accepted | TryLater | RefusedByPortal:
        """Enters the grievance, or a recall of it; a repeat finds the entry that is there."""


@dataclass(frozen=True)
class Mail:
    """An e-mail in both forms."""

    to: str
    subject: str
    text: str
    html: str


class Messaging(Protocol):
    """SMS and e-mail."""

    def send_sms(self, phone: str, text: str, template: str) -> str:
        """Sends an SMS under the DLT registration of its template; returns the provider's message id."""

    def send_mail(self, mail: Mail) -> str:
        """Sends an e-mail; returns the provider's message id."""


class AlertLog(Protocol):
    """Evidence of alerts, and the guard against sending one twice."""

    def claim(self, reference: str, alert: Alert) -> bool:
        """Whether the caller is to send it: False when it was sent.

        Raises:
            Unavailable: another is sending it just now, and may yet fail.
        """

    def sent(self, reference: str, alert: Alert, message_id: str) -> None:
        """Notes that it went out."""


class Links(Protocol):
    """Acknowledgement links."""

    def keep(self, link: Link) -> None:
        """Keeps a link until it expires."""

    def find(self, digest: str) -> Link | None:
        """The link behind a token's digest, None when there is none (any more)."""


class Ports(Protocol):
    """All of the outside, each part built when it is first used; what each is stands at its Protocol."""

    @property
    def clock(self) -> Clock: ...  # noqa: D102
    @property
    def identifiers(self) -> Identifiers: ...  # noqa: D102
    @property
    def secrets(self) -> Secrets: ...  # noqa: D102
    @property
    def records(self) -> Records: ...  # noqa: D102
    @property
    def receipts(self) -> Receipts: ...  # noqa: D102
    @property
    def pending_events(self) -> PendingEvents: ...  # noqa: D102
    @property
    def watermark(self) -> Watermark: ...  # noqa: D102
    @property
    def registry(self) -> Registry: ...  # noqa: D102
    @property
    def uploads(self) -> Uploads: ...  # noqa: D102
    @property
    def bus(self) -> EventBus: ...  # noqa: D102
    @property
    def workflow(self) -> Workflow: ...  # noqa: D102
    @property
    def portal(self) -> Portal: ...  # noqa: D102
    @property
    def messaging(self) -> Messaging: ...  # noqa: D102
    @property
    def alert_log(self) -> AlertLog: ...  # noqa: D102
    @property
    def links(self) -> Links: ...  # noqa: D102
