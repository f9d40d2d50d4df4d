"""The one way to the outside: every dependency that a handler may reach, as a Protocol.

``adapters.wiring`` fills them with AWS, the portal, the clock and randomness; tests fill them with fakes, so
that the very handlers run in one process with virtual time.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Protocol

from functions.domain.acknowledgement import Link
from functions.domain.alerts import Alert
from functions.domain.calendar import Calendar
from functions.domain.circuit import Circuit
from functions.domain.citizen_messages import CitizenMessage
from functions.domain.office import FieldExecutive, Level, Officer
from functions.domain.overdue import ReviewsOverdue
from functions.domain.receipt import Receipt
from functions.domain.reconciliation import Listed
from functions.domain.record import Event, Recall, Record
from functions.domain.registers import Registers
from functions.domain.roster import RosterSent
from functions.domain.routing_rules import RoutingRule, RoutingRules
from functions.domain.service_level import ServiceLevel
from functions.domain.succession import PassedOn
from functions.domain.upload import Upload
from functions.domain.vacancy import Vacancy


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

        A duplicate's link to its lead is kept with it.

        Returns:
            The record as kept, with its new version.

        Raises:
            Outrun: somebody else changed it first, or linked its lead to it; nothing was kept.
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

    def linked_to(self, reference: str) -> Sequence[str]:
        """References of all records that were linked to this one directly, as duplicates of it.

        A link is there as soon as its decision is kept.
        """

    def by_portal_id(self, portal_id: str) -> str | None:
        """Reference of the record that the portal holds under that id; None when none is known yet."""

    def load_many(self, references: Sequence[str]) -> Sequence[Record]:
        """Those of the records that exist (strongly consistent), in that order.

        Raises:
            Unavailable: the table does not answer.
        """

    def pushed_on(self, day: date) -> Sequence[str]:
        """References of the records that the portal holds, registered on that day (IST), oldest first.

        A record may be some moments late to be found.
        """

    def changed_since(self, since: datetime, until: datetime) -> Sequence[str]:
        """References of the records of which the last change was written in that time, oldest first."""

    def waiting_for_portal(self, limit: int) -> Sequence[str]:
        """References of records that wait for a portal that is out: emergencies first, then the oldest."""

    def newest(self, limit: int) -> Sequence[Record]:
        """The records that were registered last, of those that the portal holds or an analyst is to see.

        These are the ones that an officer has, or may get; newest first. Of what is only being carried to
        the portal some may be missing, and a record may be some moments late to be found.
        """

    def has_open(self, office: str) -> bool:
        """Whether an officer of an office has a record and is yet to report what was done.

        A record may be some moments late to be found, here and by ``left_behind``.
        """

    def left_behind(self, office: str, level: Level, present: Collection[str], limit: int) -> Sequence[str]:
        """References of records that are open with a post, and were given to somebody who held it before.

        Args:
            office: code of the post's office.
            level: of the post.
            present: what stands for the present officer, see ``Officer.holder``.
            limit: at most so many.
        """

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
            Unavailable: the table is out; nothing is known to be kept.
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

    def routing_rules(self) -> RoutingRules:
        """The rules of routing in force; ``NO_RULES`` until some are uploaded."""

    def service_levels(self) -> Sequence[ServiceLevel]:
        """The service levels in force: those uploaded, else those that ship with the code."""

    def calendar(self) -> Calendar:
        """The working calendar with the holidays in force."""

    def officers_of(self, office: str) -> Sequence[Officer]:
        """All officers of an office in the version in force, also those whose time is over or to come."""

    def all_officers(self) -> Sequence[Officer]:
        """The same of every office."""

    def holders_of(self, office: str) -> Mapping[str, Officer]:
        """Who is or was in a post of an office, by what stands for the person: see ``Officer.holder``.

        Those of former versions are kept for a year.
        """

    def apply_officers(self, officers: Sequence[Officer], upload: Upload) -> str | None:
        """Puts a whole new set of officers in force, at one stroke, unless a later upload is in force.

        Returns:
            None when it is in force; else the version that is, for here as for every file the later of two
            uploads wins, in whatever order they are handled.

        Raises:
            Unavailable: the table is out, or others change the registry all the time.
        """

    def all_executives(self) -> Sequence[FieldExecutive]:
        """All field validation executives in the version in force, also of the past and to come."""

    def on_roster(self, executive_id: str, day: date) -> bool:
        """Whether a field validation executive is on the roster on that day."""

    def apply_service_levels(self, levels: Sequence[ServiceLevel], upload: Upload) -> str | None:
        """Puts a whole new register of service levels in force, as ``apply_officers`` does."""

    def apply_executives(self, executives: Sequence[FieldExecutive], upload: Upload) -> str | None:
        """Puts a whole new roster of field validation executives in force, as ``apply_officers`` does."""

    def apply_holidays(self, holidays: Mapping[str, str], upload: Upload) -> str | None:
        """Puts a whole new list of holidays (ISO date to name) in force, as ``apply_officers`` does."""

    def apply_routing(self, rules: Sequence[RoutingRule], upload: Upload) -> str | None:
        """Puts a whole new set of routing rules in force, as ``apply_officers`` does; none withdraws all."""


class Handovers(Protocol):
    """The queue of offices whose open grievances are to be looked at: an officer may have a successor."""

    def ask(self, offices: Sequence[str], after: timedelta) -> None:
        """Has each office looked at, no sooner than after that time, which is at most fifteen minutes.

        Raises:
            Unavailable: the queue did not take all of them.
        """


class Uploads(Protocol):
    """The registry bucket."""

    def read(self, key: str, version: str | None) -> bytes:
        """An uploaded file."""

    def uploaded_at(self, key: str, version: str | None) -> datetime:
        """When an uploaded file was taken, to the second."""

    def write_result(self, key: str, body: str) -> None:
        """Writes the outcome of an upload, JSON."""

    def noted(self, key: str, version: str | None) -> Mapping[str, str]:
        """What whoever uploaded a file noted beside it, by lower-case names."""


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

    @property
    def is_busy(self) -> bool:
        """Whether it is there and asks for patience, rather than out."""
        return self.why == "status-429"


@dataclass(frozen=True)
class HeldOtherwise:
    """The portal holds something else under the same key: trying again does not help, somebody must look."""


@dataclass(frozen=True)
class RefusedByPortal:
    """The portal will not take it as it is; ``reason`` are its words."""

    reason: str


PortalAnswer = Accepted | TryLater | RefusedByPortal | HeldOtherwise


@dataclass(frozen=True)
class PortalPage:
    """A part of the portal's list of a day.

    Attributes:
        entries: of grievances that are ours.
        malformed: how many entries under our flag name no reference of ours.
        next: where the list goes on, None at its end.
    """

    entries: Sequence[Listed]
    malformed: int
    next: str | None


class Portal(Protocol):
    """The CMO Grievance Portal."""

    def push(self, record: Record, recall: Recall | None) -> PortalAnswer:
        """Enters the grievance, or a recall of it; a repeat finds the entry that is there."""

    def listed(self, day: date, cursor: str | None) -> PortalPage | TryLater:
        """What it holds of the grievances registered on a day (IST), page by page.

        Args:
            day: of registration.
            cursor: the page before's ``next``, None for the first.
        """

    def fields_of(self, record: Record) -> Mapping[str, object]:
        """What it must list of a record, comparable with what it does: no text, fingerprints of texts."""


class PortalCircuit(Protocol):
    """How the portal was found lately, shared by all who ask it."""

    def read(self) -> Circuit:
        """The circuit as it stands; a closed one before the first failure.

        Raises:
            Unavailable: the table does not answer.
        """

    def save(self, before: Circuit, after: Circuit) -> Circuit:
        """Keeps the changed circuit, guarded by the version of ``before``.

        Raises:
            Outrun: somebody else changed it first.
            Unavailable: the table does not answer.
        """


@dataclass(frozen=True)
class Attachment:
    """A file that goes with an e-mail."""

    name: str
    content_type: str
    content: bytes


@dataclass(frozen=True)
class Mail:
    """An e-mail in both forms."""

    to: str
    subject: str
    text: str
    html: str
    attachments: Sequence[Attachment] = ()


class Messaging(Protocol):
    """SMS and e-mail."""

    def send_sms(self, phone: str, text: str, template: str) -> str:
        """Sends an SMS under the DLT registration of its template; returns the provider's message id."""

    def send_mail(self, mail: Mail) -> str:
        """Sends an e-mail; returns the provider's message id."""


Telling = Alert | CitizenMessage | ReviewsOverdue | PassedOn | Vacancy | RosterSent
"""What is told once: its ``key`` makes it the same when its event comes again."""


class AlertLog(Protocol):
    """Evidence of what was told, and the guard against telling it twice."""

    def claim(self, reference: str, alert: Telling) -> bool:
        """Whether the caller is to send it: False when it was sent, or when another event is at it.

        Args:
            reference: of the record that it speaks of; a word of its own for what speaks of many.
            alert: what is to be told.

        Raises:
            Unavailable: another is sending it just now, and may yet fail.
        """

    def sent(self, reference: str, alert: Telling, message_id: str) -> None:
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
    def handovers(self) -> Handovers: ...  # noqa: D102
    @property
    def uploads(self) -> Uploads: ...  # noqa: D102
    @property
    def bus(self) -> EventBus: ...  # noqa: D102
    @property
    def workflow(self) -> Workflow: ...  # noqa: D102
    @property
    def portal(self) -> Portal: ...  # noqa: D102
    @property
    def portal_circuit(self) -> PortalCircuit: ...  # noqa: D102
    @property
    def messaging(self) -> Messaging: ...  # noqa: D102
    @property
    def alert_log(self) -> AlertLog: ...  # noqa: D102
    @property
    def links(self) -> Links: ...  # noqa: D102
