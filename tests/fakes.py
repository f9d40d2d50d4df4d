"""The whole outside in memory: every port, so that the very functions of the product run in one process.

Each fake keeps what its port promises (``functions.domain.ports``) and remembers what was asked of it.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections import deque
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from functions.adapters import bundled
from functions.adapters.portal import entry_of
from functions.adapters.portal_list import comparable
from functions.domain import callback, feedback, forwarding, linking, matter, succession
from functions.domain.acknowledgement import Link
from functions.domain.alerts import Channel
from functions.domain.assignment import awaits_redress
from functions.domain.calendar import IST, Calendar
from functions.domain.circuit import Circuit
from functions.domain.errors import Fault, KeyReused, NotFound, Outrun, Refused, Unavailable
from functions.domain.office import FieldExecutive, Level, Officer
from functions.domain.ports import (
    Accepted,
    Mail,
    Page,
    PortalAnswer,
    PortalPage,
    Registered,
    Telling,
    TryLater,
    WaitsAlready,
)
from functions.domain.receipt import Receipt
from functions.domain.reconciliation import Listed
from functions.domain.record import Event, Recall, Record, Status, TimerKind
from functions.domain.registers import Registers
from functions.domain.routing_rules import NO_RULES, RoutingRule, RoutingRules
from functions.domain.service_level import ServiceLevel
from functions.domain.upload import Upload
from functions.registry.files import HOLIDAYS, OFFICERS, Checked, check
from tests.builders import NOW, REFERENCE_KEY

SAMPLES = Path(__file__).parents[1] / "samples" / "registry"


class FakeClock:
    """A clock that stands until it is set; sleeping advances it."""

    def __init__(self, moment: datetime = NOW) -> None:
        self.moment = moment
        self.slept: list[float] = []

    def now(self) -> datetime:
        """See ``ports.Clock.now``."""
        return self.moment.astimezone(UTC)

    def sleep(self, seconds: float) -> None:
        """See ``ports.Clock.sleep``."""
        self.slept.append(seconds)
        self.moment += timedelta(seconds=seconds)

    def advance(self, **spans: float) -> None:
        """Lets time pass, such as ``advance(minutes=15)``."""
        self.moment += timedelta(**spans)


class FakeIdentifiers:
    """Randomness that is the same in every run of a seed."""

    def __init__(self, seed: str = "tests") -> None:
        self._seed = seed
        self._drawn = 0

    def _draw(self) -> bytes:
        self._drawn += 1
        return hashlib.sha256(f"{self._seed}{self._drawn}".encode()).digest()

    def owner(self) -> str:
        """See ``ports.Identifiers.owner``."""
        return self._draw().hex()

    def secret_token(self) -> str:
        """See ``ports.Identifiers.secret_token``."""
        return base64.urlsafe_b64encode(self._draw()[:16]).decode().rstrip("=")

    def fraction(self) -> float:
        """See ``ports.Identifiers.fraction``."""
        return int.from_bytes(self._draw()[:6]) / 2**48


class FakeSecrets:
    """Secrets that a test sets."""

    def __init__(self) -> None:
        self.signing: dict[str, list[str]] = {}
        self.key = REFERENCE_KEY

    def webhook(self, sender: str, *, fresh: bool = False) -> Sequence[str]:
        """See ``ports.Secrets.webhook``."""
        del fresh
        return self.signing[sender]

    def reference_key(self) -> bytes:
        """See ``ports.Secrets.reference_key``."""
        return self.key


class FakeRecords:
    """The table of records, with its guards.

    Attributes:
        kept: records by reference.
        portal_ids: references by every id that the portal ever gave.
        receipts: by sender and ``webhook-id``.
        writes: how many changes were kept.
        before_write: each is called once before a write, first in first out: where others come between.
    """

    def __init__(self, clock: FakeClock, identifiers: FakeIdentifiers) -> None:
        self._clock = clock
        self._identifiers = identifiers
        self.kept: dict[str, Record] = {}
        self.written_at: dict[str, datetime] = {}
        self.portal_ids: dict[str, str] = {}
        self.receipts: dict[tuple[str, str], Receipt] = {}
        self.writes = 0
        self.before_write: deque[Callable[[], None]] = deque()

    def put(self, *records: Record) -> None:
        """Lets records stand in the table from the start."""
        for record in records:
            self.kept[record.reference] = record
            if record.portal_id is not None:
                self.portal_ids.setdefault(record.portal_id, record.reference)
            self.written_at[record.reference] = self._clock.now()

    def register(
        self,
        record: Record,
        receipt: Receipt,
        answer: Callable[[Record], str],
        joined: tuple[Record, Record] | None = None,
    ) -> Registered | WaitsAlready | None:
        """See ``ports.Records.register``."""
        self._let_others_in()
        if earlier := self._earlier(receipt):
            return Registered(answer=earlier.answer, created=earlier.owner == receipt.owner)
        standing = self.kept.get(record.reference)
        if standing is None:
            waiting = self._waiting(record.caller.phone) if callback.waits(record) else None
            if waiting is not None:
                return WaitsAlready(waiting)
            if joined is not None:
                self._save(*joined)
            self._keep(record, receipt)
            return Registered(answer=receipt.answer, created=True)
        if standing.record_id != record.record_id:
            return None
        if standing.content_hash != record.content_hash:
            raise KeyReused("this record_id came before with another content")
        first_answer = answer(standing)
        self._note(receipt.model_copy(update={"answer": first_answer}))
        return Registered(answer=first_answer, created=False)

    def load(self, reference: str) -> Record:
        """See ``ports.Records.load``."""
        if reference not in self.kept:
            raise NotFound("there is no record of this reference")
        return self.kept[reference]

    def save(self, before: Record, after: Record, receipt: Receipt | None = None) -> Record:
        """See ``ports.Records.save``."""
        self._let_others_in()
        if receipt is not None and self._earlier(receipt):
            raise Outrun("the same request is being answered just now")
        return self._save(before, after, receipt)

    def _waiting(self, phone: str) -> str | None:
        found = (
            one.reference for one in self.kept.values() if callback.waits(one) and one.caller.phone == phone
        )
        return next(found, None)

    def _save(self, before: Record, after: Record, receipt: Receipt | None = None) -> Record:
        standing = self.kept.get(before.reference)
        if standing is None or standing.version != before.version:
            raise Outrun("the record was changed by somebody else just now")
        led = self.linked_to(before.reference)
        if linking.is_newly_linked(before, after) and linking.lead_of(after) in led:
            raise Outrun("its lead was linked to it just now")
        after = after.model_copy(update={"version": before.version + 1, "owner": self._identifiers.owner()})
        self._keep(after, receipt)
        return after

    def receipt(self, sender: str, webhook_id: str) -> Receipt | None:
        """See ``ports.Records.receipt``."""
        return self.receipts.get((sender, webhook_id))

    def waiting_for_review(self, limit: int, cursor: str | None) -> Page:
        """See ``ports.Records.waiting_for_review``."""
        queue = sorted(
            (not record.is_emergency, record.registered_at.isoformat(), record.reference)
            for record in self.kept.values()
            if record.status is Status.UNDER_REVIEW
        )
        return self._page(queue, limit, cursor)

    def _page(self, queue: list[tuple[bool, str, str]], limit: int, cursor: str | None) -> Page:
        after = _read_cursor(cursor)
        left = [place for place in queue if after is None or place > after]
        page = left[:limit]
        following = _write_cursor(page[-1]) if len(left) > limit else None
        return Page(records=[self.kept[place[2]] for place in page], next=following)

    def waiting_for_field_check(self, districts: Sequence[str], limit: int, cursor: str | None) -> Page:
        """See ``ports.Records.waiting_for_field_check``."""
        queue = sorted(
            (False, record.atr.received_at.isoformat(), record.reference)
            for record in self.kept.values()
            if record.status is Status.ACTION_TAKEN
            and record.atr is not None
            and ((record.subject.district if record.subject else None) or "") in districts
        )
        return self._page(queue, limit, cursor)

    def to_be_called_back(self, now: datetime, limit: int, cursor: str | None) -> Page:
        """See ``ports.Records.to_be_called_back``."""
        queue = sorted(
            (False, record.callback.rang_at[0].isoformat(), record.reference)
            for record in self.kept.values()
            if callback.waits(record) and record.callback and record.callback.due_at
            if TimerKind.CALLBACK not in record.timers or record.callback.due_at <= now
        )
        return self._page(queue, limit, cursor)

    def unreachable(self, limit: int, cursor: str | None) -> Page:
        """See ``ports.Records.unreachable``."""
        queue = sorted(
            (False, record.callback.attempts[-1].at.isoformat(), record.reference)
            for record in self.kept.values()
            if record.status is Status.UNREACHABLE and record.callback
        )
        return self._page(queue, limit, cursor)

    def to_be_asked(self, since: datetime, limit: int, cursor: str | None) -> Page:
        """See ``ports.Records.to_be_asked``."""
        queue = sorted(
            (False, record.atr.received_at.isoformat(), record.reference)
            for record in self.kept.values()
            if feedback.is_to_be_asked(record) and record.atr and record.atr.received_at > since
        )
        return self._page(queue, limit, cursor)

    def of_caller(self, phone: str, limit: int, cursor: str | None) -> Page:
        """See ``ports.Records.of_caller``."""
        newest_first = sorted(
            (record for record in self.kept.values() if record.caller.phone == phone),
            key=lambda record: (record.registered_at, record.reference),
            reverse=True,
        )
        start = int(cursor or 0)
        more = start + limit < len(newest_first)
        return Page(newest_first[start : start + limit], str(start + limit) if more else None)

    def of_same_matter(self, record: Record) -> Sequence[Record]:
        """See ``ports.Records.of_same_matter``."""
        subject_key = matter.subject_key(record)
        earlier = sorted(
            (
                one
                for one in self.kept.values()
                if subject_key is not None and matter.subject_key(one) == subject_key
                if (one.registered_at, one.reference) < (record.registered_at, record.reference)
            ),
            key=lambda one: (one.registered_at, one.reference),
            reverse=True,
        )
        return [
            one
            for week in matter.weeks(record)
            for one in [one for one in earlier if matter.weeks(one)[0] == week][: matter.PER_WEEK]
        ]

    def linked_to(self, reference: str) -> Sequence[str]:
        """See ``ports.Records.linked_to``."""
        linked = (one.reference for one in self.kept.values() if linking.lead_of(one) == reference)
        return sorted(one for one in linked if one != reference)

    def by_portal_id(self, portal_id: str) -> str | None:
        """See ``ports.Records.by_portal_id``."""
        return self.portal_ids.get(portal_id)

    def load_many(self, references: Sequence[str]) -> Sequence[Record]:
        """See ``ports.Records.load_many``."""
        return [self.kept[reference] for reference in references if reference in self.kept]

    def pushed_on(self, day: date) -> Sequence[str]:
        """See ``ports.Records.pushed_on``."""
        pushed = [self.kept[reference] for reference in dict.fromkeys(self.portal_ids.values())]
        pushed.sort(key=lambda one: (one.registered_at, one.reference))
        return [one.reference for one in pushed if one.registered_at.astimezone(IST).date() == day]

    def changed_since(self, since: datetime, until: datetime) -> Sequence[str]:
        """See ``ports.Records.changed_since``."""
        changes = sorted((moment, reference) for reference, moment in self.written_at.items())
        return [reference for moment, reference in changes if since <= moment <= until]

    def waiting_for_portal(self, limit: int) -> Sequence[str]:
        """See ``ports.Records.waiting_for_portal``."""
        waiting = [record for record in self.kept.values() if forwarding.is_parked(record)]
        waiting.sort(key=lambda one: (not one.is_emergency, one.registered_at, one.reference))
        return [record.reference for record in waiting[:limit]]

    def newest(self, limit: int) -> Sequence[Record]:
        """See ``ports.Records.newest``."""
        held = {*self.portal_ids.values()}
        newest_first = sorted(
            (
                record
                for record in self.kept.values()
                if record.reference in held
                or record.status is Status.UNDER_REVIEW
                or forwarding.is_parked(record)
            ),
            key=lambda record: (record.registered_at, record.reference),
            reverse=True,
        )
        return newest_first[:limit]

    def has_open(self, office: str) -> bool:
        """See ``ports.Records.has_open``."""
        assigned = [record.assignment for record in self.kept.values() if awaits_redress(record)]
        return any(assignment is not None and assignment.office == office for assignment in assigned)

    def left_behind(self, office: str, level: Level, present: Collection[str], limit: int) -> Sequence[str]:
        """See ``ports.Records.left_behind``."""
        left = [
            (record.assignment.holder or "-", record.assignment.since, record.reference)
            for record in self.kept.values()
            if record.assignment and succession.is_left_behind(record, office, level, present)
        ]
        return [reference for _, _, reference in sorted(left)[:limit]]

    def with_timer_due(self, now: datetime) -> Sequence[str]:
        """See ``ports.Records.with_timer_due``."""
        running = [record for record in self.kept.values() if record.timers]
        clocks = sorted((min(record.timers.values()), record.reference) for record in running)
        return [reference for due, reference in clocks if due <= now]

    def _let_others_in(self) -> None:
        if self.before_write:
            self.before_write.popleft()()

    def _earlier(self, receipt: Receipt) -> Receipt | None:
        earlier = self.receipts.get((receipt.sender, receipt.webhook_id))
        if earlier is not None and earlier.fingerprint != receipt.fingerprint:
            raise KeyReused("this webhook-id came before with another request")
        return earlier

    def _keep(self, record: Record, receipt: Receipt | None) -> None:
        if record.portal_id is not None and self.by_portal_id(record.portal_id) not in {
            None,
            record.reference,
        }:
            message = "the portal gave one id to two records"
            raise ValueError(message)
        self.put(record)
        self.writes += 1
        if receipt is not None:
            self._note(receipt)

    def _note(self, receipt: Receipt) -> None:
        self.receipts[receipt.sender, receipt.webhook_id] = receipt


def _write_cursor(place: tuple[bool, str, str]) -> str:
    return base64.urlsafe_b64encode(json.dumps(place).encode()).decode().rstrip("=")


def _read_cursor(cursor: str | None) -> tuple[bool, str, str] | None:
    if cursor is None:
        return None
    try:
        late, at, reference = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (TypeError, ValueError):
        raise Refused(Fault(None, "this cursor is none of this list")) from None
    return bool(late), str(at), str(reference)


def sample(name: str) -> Checked:
    """An upload of the samples, checked."""
    return check(name, (SAMPLES / name).read_bytes(), bundled.registers())


class FakeRegistry:
    """The registers in the bundle; officers and holidays of the samples until others are applied.

    Attributes:
        versions: of the uploads in force, by what they hold.
        former: who held a post in a version that was replaced.
    """

    def __init__(self) -> None:
        self.officers: list[Officer] = sample(OFFICERS).officers
        self.former: list[Officer] = []
        self.holidays: Mapping[str, str] = sample(HOLIDAYS).holidays
        self.levels: Sequence[ServiceLevel] = bundled.registers().service_levels
        self.executives: Sequence[FieldExecutive] = ()
        self.routing = NO_RULES
        self._uploads: dict[str, Upload] = {}

    @property
    def versions(self) -> Mapping[str, str]:
        """Of the uploads in force."""
        return {name: upload.version for name, upload in self._uploads.items()}

    def registers(self) -> Registers:
        """See ``ports.Registry.registers``."""
        return bundled.registers()

    def service_levels(self) -> Sequence[ServiceLevel]:
        """See ``ports.Registry.service_levels``."""
        return self.levels

    def all_executives(self) -> Sequence[FieldExecutive]:
        """See ``ports.Registry.all_executives``."""
        return self.executives

    def on_roster(self, executive_id: str, day: date) -> bool:
        """See ``ports.Registry.on_roster``."""
        return any(one.executive_id == executive_id and one.serves_on(day) for one in self.executives)

    def calendar(self) -> Calendar:
        """See ``ports.Registry.calendar``."""
        return Calendar(frozenset(date.fromisoformat(day) for day in self.holidays))

    def officers_of(self, office: str) -> Sequence[Officer]:
        """See ``ports.Registry.officers_of``."""
        return [officer for officer in self.officers if officer.office == office]

    def all_officers(self) -> Sequence[Officer]:
        """See ``ports.Registry.all_officers``."""
        return self.officers

    def holders_of(self, office: str) -> Mapping[str, Officer]:
        """See ``ports.Registry.holders_of``."""
        people = [*self.former, *self.officers]
        return {officer.holder: officer for officer in people if officer.office == office}

    def apply_officers(self, officers: Sequence[Officer], upload: Upload) -> str | None:
        """See ``ports.Registry.apply_officers``."""
        later = self._later("officers", upload)
        if later is None:
            self.former += [one for one in self.officers if one not in officers]
            self.officers = list(officers)
        return later

    def apply_service_levels(self, levels: Sequence[ServiceLevel], upload: Upload) -> str | None:
        """See ``ports.Registry.apply_service_levels``."""
        later = self._later("service_levels", upload)
        self.levels = self.levels if later else list(levels)
        return later

    def apply_executives(self, executives: Sequence[FieldExecutive], upload: Upload) -> str | None:
        """See ``ports.Registry.apply_executives``."""
        later = self._later("field_executives", upload)
        self.executives = self.executives if later else list(executives)
        return later

    def apply_holidays(self, holidays: Mapping[str, str], upload: Upload) -> str | None:
        """See ``ports.Registry.apply_holidays``."""
        later = self._later("holidays", upload)
        self.holidays = self.holidays if later else dict(holidays)
        return later

    def routing_rules(self) -> RoutingRules:
        """See ``ports.Registry.routing_rules``."""
        return self.routing

    def apply_routing(self, rules: Sequence[RoutingRule], upload: Upload) -> str | None:
        """See ``ports.Registry.apply_routing``."""
        later = self._later("routing", upload)
        self.routing = self.routing if later else RoutingRules(rules, upload.version)
        return later

    def _later(self, name: str, upload: Upload) -> str | None:
        standing = self._uploads.get(name)
        if standing is not None and not upload.is_later_than(standing):
            return None if standing.version == upload.version else standing.version
        self._uploads[name] = upload
        return None


class FakeHandovers:
    """The queue of offices where an officer may have a successor.

    Attributes:
        asked: each office, and after which time.
    """

    def __init__(self) -> None:
        self.asked: list[tuple[str, timedelta]] = []

    def ask(self, offices: Sequence[str], after: timedelta) -> None:
        """See ``ports.Handovers.ask``."""
        self.asked += [(office, after) for office in offices]


class FakeReceipts:
    """Receipts of batches, beside those of single records."""

    def __init__(self, records: FakeRecords) -> None:
        self._records = records

    def keep(self, receipt: Receipt) -> Receipt:
        """See ``ports.Receipts.keep``."""
        key = (receipt.sender, receipt.webhook_id)
        standing = self._records.receipts.get(key)
        if standing is not None and standing.fingerprint != receipt.fingerprint:
            raise KeyReused("this webhook-id came before with another request")
        if standing is not None and standing.answer:
            return standing
        self._records.receipts[key] = receipt
        return receipt


class FakePendingEvents:
    """What the portal told under ids that nobody knows yet."""

    def __init__(self, clock: FakeClock, records: FakeRecords) -> None:
        self._clock = clock
        self._records = records
        self.kept: dict[tuple[str, str], str] = {}

    def keep(self, portal_id: str, event: str, receipt: Receipt) -> None:
        """See ``ports.PendingEvents.keep``."""
        key = (receipt.sender, receipt.webhook_id)
        if key in self._records.receipts:
            raise Outrun("the same request is being answered just now")
        self._records.receipts[key] = receipt
        self.kept[portal_id, f"{self._clock.now().isoformat()}#{receipt.owner}"] = event

    def of(self, portal_id: str) -> Sequence[tuple[str, str]]:
        """See ``ports.PendingEvents.of``."""
        return sorted((key, event) for (of, key), event in self.kept.items() if of == portal_id)

    def drop(self, portal_id: str, key: str) -> None:
        """See ``ports.PendingEvents.drop``."""
        self.kept.pop((portal_id, key), None)


class FakeWatermark:
    """Up to when every change is published."""

    def __init__(self) -> None:
        self.moment: datetime | None = None

    def read(self) -> datetime | None:
        """See ``ports.Watermark.read``."""
        return self.moment

    def move(self, moment: datetime, known_from: datetime) -> None:
        """See ``ports.Watermark.move``."""
        if self.moment is None or known_from <= self.moment < moment:
            self.moment = moment


class FakeUploads:
    """The registry bucket."""

    def __init__(self) -> None:
        self.files: dict[tuple[str, str | None], bytes] = {}
        self.results: dict[str, str] = {}
        self.taken_at: dict[tuple[str, str | None], datetime] = {}
        self.notes: dict[tuple[str, str | None], Mapping[str, str]] = {}

    def read(self, key: str, version: str | None) -> bytes:
        """See ``ports.Uploads.read``."""
        return self.files[key, version]

    def uploaded_at(self, key: str, version: str | None) -> datetime:
        """See ``ports.Uploads.uploaded_at``."""
        return self.taken_at.get((key, version), NOW)

    def noted(self, key: str, version: str | None) -> Mapping[str, str]:
        """See ``ports.Uploads.noted``."""
        return self.notes.get((key, version), {})

    def write_result(self, key: str, body: str) -> None:
        """See ``ports.Uploads.write_result``."""
        self.results[key] = body


class FakeBus:
    """The bus; it remembers what it took.

    Attributes:
        refuses: positions of the next call that it does not take.
    """

    def __init__(self) -> None:
        self.published: list[tuple[str, Event]] = []
        self.refuses: set[int] = set()

    def publish(self, events: Sequence[tuple[str, Event]]) -> Sequence[int]:
        """See ``ports.EventBus.publish``."""
        failed = sorted(place for place in self.refuses if place < len(events))
        self.refuses = set()
        self.published += [told for place, told in enumerate(events) if place not in failed]
        return failed


class FakeWorkflow:
    """The state machine: who waits, who was answered, who was started.

    Attributes:
        waiting: tokens of executions that wait; every other token is dead.
        running: executions that run, by ARN.
        is_out: whether it answers nobody.
    """

    def __init__(self) -> None:
        self.waiting: set[str] = set()
        self.running: set[str] = set()
        self.resumed: list[tuple[str, Mapping[str, object]]] = []
        self.started: dict[str, str] = {}
        self.is_out = False

    def resume(self, task_token: str, outcome: Mapping[str, object]) -> bool:
        """See ``ports.Workflow.resume``."""
        if self.is_out:
            raise Unavailable("workflow")
        if task_token not in self.waiting:
            return False
        self.waiting.remove(task_token)
        self.resumed.append((task_token, outcome))
        return True

    def is_running(self, execution: str) -> bool:
        """See ``ports.Workflow.is_running``."""
        return execution in self.running

    def start(self, reference: str, name: str) -> None:
        """See ``ports.Workflow.start``."""
        if self.is_out:
            raise Unavailable("workflow")
        self.started.setdefault(name, reference)


class FakePortal:
    """The portal: gives scripted answers first, then takes everything, one entry per reference.

    Attributes:
        entries: its ids by reference; one that a test forgets is entered anew under another id.
        listing: its list, of all days; what a test does to it is what the portal does to its entries.
        list_script: what it answers first when it is asked for its list.
    """

    def __init__(self) -> None:
        self.script: deque[PortalAnswer] = deque()
        self.entries: dict[str, str] = {}
        self.listing: list[Listed] = []
        self.list_script: deque[PortalPage | TryLater] = deque()
        self.per_page = 2
        self._given = 0
        self.pushes: list[Record] = []
        self.recalls: list[Recall] = []
        self.while_answering: deque[Callable[[], None]] = deque()

    def push(self, record: Record, recall: Recall | None) -> PortalAnswer:
        """See ``ports.Portal.push``."""
        self.pushes.append(record)
        self.recalls += [recall] if recall is not None else []
        if self.while_answering:
            self.while_answering.popleft()()
        if self.script:
            return self.script.popleft()
        if record.reference not in self.entries:
            self._given += 1
            self.entries[record.reference] = f"CMO/2026/{self._given:07d}"
            self.listing.append(self._entry(record))
        if recall is not None:
            self.listing = [
                replace(entry, recalls={*entry.recalls, recall.number})
                if entry.reference == record.reference
                else entry
                for entry in self.listing
            ]
        return Accepted(self.entries[record.reference])

    def _entry(self, record: Record) -> Listed:
        portal_id, fields = self.entries[record.reference], self.fields_of(record)
        return Listed(record.reference, portal_id, key=record.reference, fields=fields)

    def listed(self, day: date, cursor: str | None) -> PortalPage | TryLater:
        """See ``ports.Portal.listed``."""
        if self.list_script:
            return self.list_script.popleft()
        start = int(cursor or 0)
        found = [entry for entry in self.listing if _registered_on(entry) == day]
        end = start + self.per_page
        return PortalPage(found[start:end], malformed=0, next=str(end) if end < len(found) else None)

    def fields_of(self, record: Record) -> Mapping[str, object]:
        """See ``ports.Portal.fields_of``."""
        return comparable(entry_of(record))


def _registered_on(entry: Listed) -> date:
    moment = entry.fields["registered_at"]
    assert isinstance(moment, datetime)
    return moment.astimezone(IST).date()


class FakePortalCircuit:
    """How the portal was found lately.

    Attributes:
        before_write: each is called once before a write: where others come between.
    """

    def __init__(self) -> None:
        self.kept = Circuit()
        self.before_write: deque[Callable[[], None]] = deque()

    def read(self) -> Circuit:
        """See ``ports.PortalCircuit.read``."""
        return self.kept

    def save(self, before: Circuit, after: Circuit) -> Circuit:
        """See ``ports.PortalCircuit.save``."""
        if self.before_write:
            self.before_write.popleft()()
        if self.kept.version != before.version:
            raise Outrun("the circuit was changed by somebody else just now")
        self.kept = after.model_copy(update={"version": before.version + 1})
        return self.kept


@dataclass(frozen=True)
class Sms:
    """An SMS that was sent."""

    phone: str
    text: str
    template: str


class FakeMessaging:
    """SMS and mails that were sent.

    Attributes:
        out: channels that do not work, and how they fail.
        broken: recipients whom the provider refuses for good, and how.
    """

    def __init__(self) -> None:
        self.sms: list[Sms] = []
        self.mails: list[Mail] = []
        self.out: set[Channel] = set()
        self.broken: dict[str, Exception] = {}

    def send_sms(self, phone: str, text: str, template: str) -> str:
        """See ``ports.Messaging.send_sms``."""
        self._fail_if(Channel.SMS, phone)
        self.sms.append(Sms(phone, text, template))
        return f"sms-{len(self.sms)}"

    def send_mail(self, mail: Mail) -> str:
        """See ``ports.Messaging.send_mail``."""
        self._fail_if(Channel.EMAIL, mail.to)
        self.mails.append(mail)
        return f"mail-{len(self.mails)}"

    def _fail_if(self, channel: Channel, to: str) -> None:
        if channel in self.out:
            raise Unavailable(channel)
        if to in self.broken:
            raise self.broken[to]


class FakeAlertLog:
    """Evidence of alerts, with the lease of whoever is sending."""

    LEASE = timedelta(seconds=60)

    def __init__(self, clock: FakeClock) -> None:
        self._clock = clock
        self.claimed: dict[tuple[str, str], datetime] = {}
        self.evidence: dict[tuple[str, str], str] = {}
        self._tellers: dict[tuple[str, str], str | None] = {}

    def claim(self, reference: str, alert: Telling) -> bool:
        """See ``ports.AlertLog.claim``."""
        key = (reference, alert.key)
        if key in self.evidence:
            return False
        since = self.claimed.get(key)
        teller = getattr(alert, "told_by", None)
        if since is not None and self._clock.now() - since <= self.LEASE:
            if self._tellers.get(key) != teller:
                return False
            raise Unavailable("alert")
        self.claimed[key] = self._clock.now()
        self._tellers[key] = teller
        return True

    def sent(self, reference: str, alert: Telling, message_id: str) -> None:
        """See ``ports.AlertLog.sent``."""
        self.evidence[reference, alert.key] = message_id


class FakeLinks:
    """Acknowledgement links."""

    def __init__(self) -> None:
        self.kept: dict[str, Link] = {}

    def keep(self, link: Link) -> None:
        """See ``ports.Links.keep``."""
        self.kept[link.digest] = link

    def find(self, digest: str) -> Link | None:
        """See ``ports.Links.find``."""
        return self.kept.get(digest)


@dataclass
class FakePorts:
    """All of the outside in memory. Fills the ``Ports``."""

    clock: FakeClock = field(default_factory=FakeClock)
    identifiers: FakeIdentifiers = field(default_factory=FakeIdentifiers)
    secrets: FakeSecrets = field(default_factory=FakeSecrets)
    registry: FakeRegistry = field(default_factory=FakeRegistry)
    handovers: FakeHandovers = field(default_factory=FakeHandovers)
    uploads: FakeUploads = field(default_factory=FakeUploads)
    bus: FakeBus = field(default_factory=FakeBus)
    workflow: FakeWorkflow = field(default_factory=FakeWorkflow)
    portal: FakePortal = field(default_factory=FakePortal)
    portal_circuit: FakePortalCircuit = field(default_factory=FakePortalCircuit)
    messaging: FakeMessaging = field(default_factory=FakeMessaging)
    links: FakeLinks = field(default_factory=FakeLinks)
    watermark: FakeWatermark = field(default_factory=FakeWatermark)
    records: FakeRecords = field(init=False)
    receipts: FakeReceipts = field(init=False)
    pending_events: FakePendingEvents = field(init=False)
    alert_log: FakeAlertLog = field(init=False)

    def __post_init__(self) -> None:
        """Records and alert log tell the time by the same clock."""
        self.records = FakeRecords(self.clock, self.identifiers)
        self.receipts = FakeReceipts(self.records)
        self.pending_events = FakePendingEvents(self.clock, self.records)
        self.alert_log = FakeAlertLog(self.clock)
