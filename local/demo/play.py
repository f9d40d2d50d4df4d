"""Plays the morning: everybody acts as soon as there is something to do, and the clock is handed forward."""

from __future__ import annotations

import time  # noqa: TID251 - plays by the wall clock
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Protocol

from botocore.exceptions import BotoCoreError, ClientError

from functions.domain.calendar import IST
from functions.domain.record import Kind, Record
from local.client import Answer
from local.demo import news
from local.demo.actors import (
    ANALYSTS,
    Clock,
    DataAnalysts,
    FieldTeam,
    Officers,
    Portal,
    TeleCaller,
    link_for,
)
from local.demo.call import Call, untold
from local.demo.lookout import Lookout
from local.demo.news import News
from local.demo.samples import Sample
from local.demo.script import Act, Deed, next_act, rests
from local.demo.sent import Post, Register
from local.story import Alert

_PACE = 0.3
"""Seconds between two calls."""
_TICK = 0.2
_LOOK_AT_MESSAGES = 1.0
_THINKING: Mapping[Deed, float] = {
    Deed.DECIDE: 1.0,
    Deed.ACKNOWLEDGE: 0.5,
    Deed.REPORT: 1.5,
    Deed.VISIT: 1.0,
    Deed.CALL_BACK: 0.8,
    Deed.ASK: 0.5,
}
"""Seconds that people take, so that one sees where a record is."""
_WORKERS = 4
_OUTAGE = (0.45, 0.6)
"""The portal is out from and to that share of the calls."""
_QUIET_TICKS = 3
"""One look alone may be older than the last deed."""
_OK = range(200, 300)


@dataclass(frozen=True)
class Hand:
    """The clock is handed forward.

    Attributes:
        title: What the board says from then on.
        until: When it is then, seeing the records; None when nothing waits for it.
    """

    title: str
    until: Callable[[Sequence[Record], datetime], datetime | None]


def _later(hours: float) -> Callable[[Sequence[Record], datetime], datetime | None]:
    return lambda _, now: now + timedelta(hours=hours)


def _ordinary(records: Sequence[Record]) -> list[Record]:
    return [one for one in records if one.kind is Kind.GRIEVANCE and one.due_at and not one.is_emergency]


def _half_way(records: Sequence[Record], _: datetime) -> datetime | None:
    first = [one.reminders[0] for one in _ordinary(records) if one.reminders]
    return max(first) + timedelta(minutes=1) if first else None


def _all_over(records: Sequence[Record], _: datetime) -> datetime | None:
    due = [one.due_at for one in _ordinary(records) if one.due_at]
    return max(due) + timedelta(minutes=1) if due else None


HANDS = (
    Hand("a quarter of an hour later", _later(16 / 60)),
    Hand("half a day later", _later(13)),
    Hand("a day later: 24 hours are over", _later(24 + 5 / 60)),
    Hand("half-way through the seven working days", _half_way),
    Hand("the seven working days are over", _all_over),
)


@dataclass(frozen=True)
class Scene:
    """How things stand.

    Attributes:
        title: Which part of the play.
        calls: That were posted so far.
        total: How many there will be.
        news: Newest last.
        alerts: Newest last, each a line.
    """

    title: str
    calls: Sequence[Call]
    total: int
    news: Sequence[News]
    alerts: Sequence[str]


class Audience(Protocol):
    """Whoever watches."""

    def see(self, scene: Scene) -> None:
        """Looks at how things stand; called several times a second."""

    def hear(self, item: News) -> None:
        """Is told what happened."""


@dataclass(frozen=True)
class Cast:
    """Who plays."""

    tele_caller: TeleCaller
    analysts: DataAnalysts
    officers: Officers
    field_team: FieldTeam
    portal: Portal
    clock: Clock
    executives: Mapping[str, str]
    """By district, one who serves there."""


class Play:
    """One run.

    Args:
        cast: Who plays.
        lookout: Sees the table.
        post: Sees what was sent.
        register: Who the officers are.
        audience: Who watches.
    """

    def __init__(
        self, cast: Cast, lookout: Lookout, post: Post, register: Register, audience: Audience
    ) -> None:
        self._cast = cast
        self._lookout = lookout
        self._post = post
        self._register = register
        self._audience = audience
        self._calls: list[Call] = []
        self._by_reference: dict[str, Call] = {}
        self._title = "the morning"
        self._news: list[News] = []
        self._alert_lines: list[str] = []
        self._known_messages: dict[str, int] = {}
        self._messages_at = 0.0
        self._ahead: dict[str, tuple[Act, float]] = {}
        self._done: set[tuple[str, Act]] = set()
        self._links: dict[str, str] = {}
        self._running: dict[Future[str | None], str] = {}

    def run(self, samples: Sequence[Sample], seconds: float) -> list[Call]:
        """Plays the calls in order, then hands the clock forward.

        Args:
            samples: The calls.
            seconds: How long to wait at the most for all of it.
        """
        deadline = time.monotonic() + seconds
        with ThreadPoolExecutor(_WORKERS) as pool:
            try:
                self._morning(pool, samples, deadline)
                for hand in HANDS:
                    self._hand_forward(pool, hand, len(samples), deadline)
                alerts = self._settled(pool, len(samples), deadline)
            finally:
                self._cast.portal.comes_back()
        self._look_at_messages()
        for reference, call in self._by_reference.items():
            call.alerts = alerts[reference]
            call.status = self._cast.tele_caller.look_up(reference)
        return self._calls

    def _morning(self, pool: ThreadPoolExecutor, samples: Sequence[Sample], deadline: float) -> None:
        goes_down, comes_back = (round(len(samples) * share) for share in _OUTAGE)
        for number, sample in enumerate(samples, start=1):
            if number == goes_down:
                self._cast.portal.goes_down()
                self._tell(News("portal", "The CMO Grievance Portal does not answer any more", "alarm"))
            if number == comes_back:
                self._cast.portal.comes_back()
                self._tell(News("portal", "The CMO Grievance Portal is back; what piled up goes in", "good"))
            answer = self._cast.tele_caller.post(sample, datetime.now(IST))
            call = Call(number, sample, answer)
            self._calls.append(call)
            if call.is_own and call.reference:
                self._by_reference[call.reference] = call
            self._tell(news.of_answer(sample.title, sample.summary, answer, emergency=sample.is_emergency))
            until = time.monotonic() + _PACE
            while time.monotonic() < until:
                self._go_on(pool, len(samples))
        self._until_quiet(pool, len(samples), deadline)

    def _hand_forward(self, pool: ThreadPoolExecutor, hand: Hand, total: int, deadline: float) -> None:
        records = [call.record for call in self._calls if call.record]
        until = hand.until(records, datetime.now(UTC))
        if until is None:
            return
        self._title = hand.title
        self._tell(
            News("clock", f"{hand.title[0].upper()}{hand.title[1:]}: {until.astimezone(IST):%d %b, %H:%M}")
        )
        self._cast.clock.strikes(until)
        self._until_quiet(pool, total, deadline)

    def _until_quiet(self, pool: ThreadPoolExecutor, total: int, deadline: float) -> None:
        """Until nobody has anything to do, and all that was to be told was told."""
        quiet = 0
        while time.monotonic() < deadline and quiet < _QUIET_TICKS:
            self._go_on(pool, total)
            is_quiet = not self._running and not self._ahead and self._rests() and self._all_told()
            quiet = quiet + 1 if is_quiet else 0

    def _settled(self, pool: ThreadPoolExecutor, total: int, deadline: float) -> Mapping[str, list[Alert]]:
        """The evidence of all alerts, once no record changed while it was read: the two belong together."""
        while True:
            alerts = self._lookout.alerts(list(self._by_reference))
            before = {reference: call.record for reference, call in self._by_reference.items()}
            self._look()
            is_still = all(call.record == before[reference] for reference, call in self._by_reference.items())
            if is_still or time.monotonic() >= deadline:
                return alerts
            self._until_quiet(pool, total, deadline)

    def _rests(self) -> bool:
        return all(call.record is not None and rests(call.record) for call in self._by_reference.values())

    def _all_told(self) -> bool:
        for reference, call in self._by_reference.items():
            awaited = untold(call.record, call.alerts)
            if awaited:
                call.alerts = self._lookout.alerts([reference])[reference]
                if untold(call.record, call.alerts):
                    return False
        return True

    def _go_on(self, pool: ThreadPoolExecutor, total: int) -> None:
        began = time.monotonic()
        self._look()
        if began - self._messages_at > _LOOK_AT_MESSAGES:
            self._look_at_messages()
        self._collect()
        for reference, call in self._by_reference.items():
            self._act(pool, reference, call)
        self._audience.see(Scene(self._title, self._calls, total, self._news, self._alert_lines))
        time.sleep(max(0.0, began + _TICK - time.monotonic()))

    def _look(self) -> None:
        try:
            records = self._lookout.records(list(self._by_reference))
        except (BotoCoreError, ClientError):
            # Looked at again in a moment.
            return
        for reference, call in self._by_reference.items():
            record = records.get(reference)
            if record is None:
                continue
            for item in news.of_change(call.record, record, call.sample.title):
                self._tell(item)
            call.record = record

    def _look_at_messages(self) -> None:
        self._messages_at = time.monotonic()
        about = self._post.about(list(self._by_reference))
        for reference, call in self._by_reference.items():
            known = self._known_messages.get(reference, 0)
            fresh = about[reference][known:]
            call.messages = about[reference] or call.messages
            self._known_messages[reference] = known + len(fresh)
            for message in fresh:
                to = self._register.holder_of(message.to) or self._citizen(message.to) or "somebody unknown"
                self._alert_lines.append(f"{message.channel:<4} {reference}  to the {to}")

    def _citizen(self, phone: str) -> str | None:
        called = any(call.record and call.record.caller.phone == phone for call in self._calls)
        return "citizen" if called else None

    def _act(self, pool: ThreadPoolExecutor, reference: str, call: Call) -> None:
        if call.record is None or reference in self._running.values():
            return
        act = next_act(call.sample, call.record)
        if act is None or (reference, act) in self._done:
            self._ahead.pop(reference, None)
            return
        known, since = self._ahead.get(reference, (None, 0.0))
        if known != act:
            since = time.monotonic()
            self._ahead[reference] = act, since
        if time.monotonic() - since < _THINKING[act.deed]:
            return
        link = self._new_link(call, call.record) if act.deed is Deed.ACKNOWLEDGE else None
        if act.deed is Deed.ACKNOWLEDGE:
            if link is None:
                return
            # It may be the link of an alert before: then a newer one comes, and is tried as well.
            self._links[reference] = link
        else:
            self._done.add((reference, act))
        self._running[pool.submit(self._do, call, call.record, act, link)] = reference

    def _new_link(self, call: Call, record: Record) -> str | None:
        if record.assignment is None:
            return None
        today = datetime.now(IST).date()
        phone = self._register.phone_of(record.assignment.office, record.assignment.level, today)
        link = link_for(phone, call.messages) if phone else None
        return link if link != self._links.get(record.reference) else None

    def _do(self, call: Call, record: Record, act: Act, link: str | None) -> str | None:
        """Does it; what was answered instead of success, in words."""
        now, cast, sample = datetime.now(IST), self._cast, call.sample
        number, reference = act.number, record.reference
        reports = sample.officer.reports if sample.officer else ()
        answer: Answer | None
        match act.deed:
            case Deed.ACKNOWLEDGE if link:
                cast.officers.acknowledge(link)
                return None
            case Deed.DECIDE if sample.analyst:
                earlier = {one.sample.record_id: one.reference for one in self._calls}
                named = sample.analyst.duplicate_of_record
                analyst = ANALYSTS[call.number % len(ANALYSTS)]
                answer = cast.analysts.decide(
                    reference, sample.analyst, analyst, earlier.get(named) if named else None
                )
            case Deed.REPORT:
                answer = cast.officers.report(record, reports[number - 1], number, now)
            case Deed.VISIT:
                district = (record.subject.district if record.subject else None) or ""
                executive = cast.executives.get(district) or next(iter(cast.executives.values()))
                found = reports[record.atr.number - 1].found if record.atr else False
                answer = cast.field_team.visit(reference, number, executive, now, found=found)
            case Deed.CALL_BACK:
                outcome = "reached" if sample.expect == "called_back" else "no_answer"
                answer = cast.tele_caller.call_back(reference, number, outcome)
            case Deed.ASK:
                answer = cast.tele_caller.ask(reference, satisfied=sample.citizen == "satisfied")
            case _:
                return None
        if answer is not None and answer.status in _OK:
            return None
        return f"{act.deed} was answered {news.why_refused(answer)}"

    def _collect(self) -> None:
        for future in [one for one in self._running if one.done()]:
            reference = self._running.pop(future)
            failed = future.result()
            if failed:
                self._by_reference[reference].failed.append(failed)
                self._tell(News(reference, failed, "bad"))

    def _tell(self, item: News) -> None:
        self._news.append(item)
        self._audience.hear(item)
