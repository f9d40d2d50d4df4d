"""Domain values for tests, each reached by the functions through which the product reaches it."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

from functions.adapters import bundled
from functions.adapters.record_items import record_to_item
from functions.domain import callback, forwarding, lifecycle, redress, reference, registration, review
from functions.domain.calendar import Calendar
from functions.domain.office import Level, Office, Officer
from functions.domain.receipt import Receipt
from functions.domain.record import (
    Call,
    CallbackOutcome,
    Caller,
    Checks,
    Emergency,
    Event,
    EventType,
    FieldReport,
    Finding,
    Kind,
    Record,
    Status,
    Subject,
)
from functions.domain.upload import Upload
from functions.settings import Settings
from functions.signed import SignedRequest

NOW = datetime(2026, 11, 24, 4, 45, tzinfo=UTC)
"""A Tuesday at 10:15 IST, in office hours."""
ALERT_RULES = bundled.registers().alert_rules
"""The alert table that ships."""
REFERENCE_KEY = b"a key of tests, which never rotates"
SENDER = "call-centre"
RECORD_ID = "CC-20261124-000123"
RECORDS_PATH = "/v1/call-centre/records"
PORTAL_ID = "CMO/2026/0000001"
ANALYST = "DA-03"
TASK_TOKEN = "token-of-the-waiting-execution"
EXECUTION = "arn:aws:states:ap-south-1:123456789012:execution:ssm-test-grievance:one"

PHONE = "+919830012345"
NAME = "রহিমা বিবি"
ADDRESS = "ধানতলা, রানাঘাট-২ ব্লক"
SUMMARY = "নার্সিং হোম স্বাস্থ্য সাথী কার্ড নিতে চাইছে না"
DETAILS = "গত সোমবার থেকে তিনবার গিয়েছি, প্রতিবার ফিরিয়ে দিয়েছে।"
EMERGENCY_REASON = "রোগীর অবস্থা খুব খারাপ, আজই ভর্তি করা দরকার"
ANALYST_REASON = "ফোনে রহিমা বিবির সঙ্গে কথা বলে মিলিয়ে নেওয়া হয়েছে"
REPORT = "রহিমা বিবিকে নিয়ে নার্সিং হোমে গিয়ে কার্ড চালু করা হয়েছে"
REMARK = "প্রতিবেশী বললেন, কেউ আসেনি"
PRIVATE = (
    PHONE,
    PHONE.removeprefix("+91"),
    NAME,
    ADDRESS,
    SUMMARY,
    DETAILS,
    EMERGENCY_REASON,
    ANALYST_REASON,
    REPORT,
    REMARK,
)
"""What no log line and no SMS may tell."""

IDENTIFIERS = "আধার 2345 6789 0124, প্যান ABCPE1234F, অ্যাকাউন্ট 31234567890"
"""What a caller may tell of himself that nobody outside needs."""
MASKED = "আধার XXXX XXXX 0124, প্যান XXXXXX234F, অ্যাকাউন্ট XXXXXXX7890"
"""The same as it may leave the State's own store."""

CONTEXT = SimpleNamespace(
    function_name="function",
    memory_limit_in_mb=512,
    invoked_function_arn="arn",
    aws_request_id="id",
    get_remaining_time_in_millis=lambda: 300_000,
)
"""What Lambda hands a function beside its event."""

CALL = Call(started_at=NOW - timedelta(minutes=10), agent_id="A-17", language="bn")
CALLER = Caller(phone=PHONE, name=NAME, address=ADDRESS, residence="in_state")
SUBJECT = Subject(
    department="HFW",
    scheme="swasthya-sathi",
    category="swasthya-sathi-refused",
    district="320",
    block="Ranaghat-II",
    summary=SUMMARY,
    details=DETAILS,
)


def settings(**values: str) -> Settings:
    """What a deployment tells its functions; ``values`` by the names of the environment's variables."""
    by_type: dict[object, str] = {bool: "off", float: "10"}
    told = {field.alias: by_type.get(field.annotation, "x") for field in Settings.model_fields.values()}
    return Settings.model_validate({**told, "STAGE": "local", **values})


def reference_of(record_id: str = RECORD_ID, candidate: int = 0) -> str:
    """The reference that the product derives."""
    return reference.derive(REFERENCE_KEY, SENDER, record_id, candidate)


def registered(
    *,
    kind: Kind = Kind.GRIEVANCE,
    emergency: bool = False,
    subject: Subject | None = SUBJECT,
    record_id: str = RECORD_ID,
    content_hash: str = "hash-of-the-content",
    holidays: Calendar | None = None,
    candidate: int = 0,
    at: datetime = NOW,
) -> Record:
    """A record as it comes into the world."""
    return registration.register(
        reference=reference_of(record_id, candidate),
        owner="owner-at-birth",
        record_id=record_id,
        content_hash=content_hash,
        kind=kind,
        call=CALL.model_copy(update={"started_at": at - timedelta(minutes=10)}),
        caller=CALLER,
        subject=None if kind is Kind.MISSED_CALL else subject,
        emergency=Emergency(reason=EMERGENCY_REASON) if emergency else None,
        offices=bundled.registers().offices,
        calendar=holidays or Calendar(),
        now=at,
    )


def under_review(
    record: Record | None = None,
    *,
    findings: tuple[Finding, ...] = (),
    task_token: str | None = None,
    at: datetime | None = None,
) -> Record:
    """A record that waits for an analyst; of a registered one, else of an ordinary grievance."""
    before = record or registered()
    term = review.term_of(before, bundled.registers().service_levels, Calendar())
    moment = at or before.registered_at
    after = review.ask(before, findings=findings, term=term, calendar=Calendar(), at=moment)
    return after if task_token is None else after.model_copy(update={"task_token": task_token})


def accepted(record: Record | None = None, *, at: datetime | None = None) -> Record:
    """A record that an analyst approved."""
    before = record or under_review()
    return review.approve(before, analyst_id=ANALYST, reason=ANALYST_REASON, at=at or before.registered_at)


def in_portal(record: Record | None = None, *, portal_id: str = PORTAL_ID) -> Record:
    """A record that the portal holds."""
    before = record or accepted()
    return forwarding.pushed(before, portal_id=portal_id, at=before.registered_at)


def with_officer(record: Record | None = None, *, who: Officer | None = None) -> Record:
    """A record that was given to an officer."""
    before = record or in_portal()
    to = who or officer()
    office = bundled.registers().offices[to.office]
    return forwarding.assigned(before, office=office, officer=to, at=before.registered_at)


def forwarded(*, emergency: bool = False, who: Officer | None = None) -> Record:
    """A record in the portal and with an officer."""
    return with_officer(in_portal(accepted(under_review(registered(emergency=emergency)))), who=who)


def raised(*, who: Officer | None = None) -> Record:
    """An emergency with the officer, and not yet in the portal."""
    return with_officer(accepted(under_review(registered(emergency=True))), who=who)


def action_taken(record: Record | None = None, *, at: datetime | None = None) -> Record:
    """A record of which the officer reported what was done."""
    before = record or forwarded()
    moment = at or before.registered_at
    return redress.action_taken(
        before, at=moment, officer="Joint Secretary (Grievance)", report=REPORT, received_at=moment
    )


def visited(
    record: Record | None = None,
    *,
    meets_standard: bool = True,
    again_to: tuple[Office, Officer] | None = None,
    at: datetime | None = None,
) -> Record:
    """A record that a field team visited: closed, or recalled to the officer."""
    before = record or action_taken()
    moment = at or before.registered_at
    level = review.level_of(before, bundled.registers().service_levels)
    visit = FieldReport(
        atr=before.atr.number if before.atr else 0,
        executive_id="FV-07",
        visited_at=moment,
        checks=Checks(
            citizen_contacted=True,
            action_verified_on_site=meets_standard,
            matches_report=meets_standard,
            grievance_resolved=meets_standard,
        ),
        remark=REMARK,
    )
    return redress.field_reported(
        before,
        visit,
        standard=bundled.registers().standard,
        on_roster=True,
        term=level.term(moment, Calendar()) if level else None,
        again_to=again_to,
        at=moment,
    )


def called(*outcomes: CallbackOutcome, record: Record | None = None, at: datetime = NOW) -> Record:
    """A number that rang after hours, after outbound calls that ended so."""
    after = record or registered(kind=Kind.MISSED_CALL)
    for outcome in outcomes:
        after = callback.attempted(after, outcome, agent_id="A-17", led_to=None, calendar=Calendar(), at=at)
    return after


def in_status(status: Status, *, emergency: bool = False) -> Record:
    """A record in any status that the lifecycle reaches so far."""
    waiting = under_review(registered(emergency=emergency))
    reached: dict[Status, Callable[[], Record]] = {
        Status.REGISTERED: lambda: registered(emergency=emergency),
        Status.UNDER_REVIEW: lambda: waiting,
        Status.REJECTED: lambda: review.reject(waiting, analyst_id=ANALYST, reason=ANALYST_REASON, at=NOW),
        Status.DUPLICATE: lambda: review.mark_duplicate(
            waiting, analyst_id=ANALYST, reason=None, duplicate_of=reference_of("CC-20261124-000001"), at=NOW
        ),
        Status.ACCEPTED: lambda: accepted(waiting),
        Status.FORWARDED: lambda: forwarded(emergency=emergency),
        Status.ACTION_TAKEN: lambda: action_taken(forwarded(emergency=emergency)),
        Status.RECALLED: lambda: visited(action_taken(forwarded(emergency=emergency)), meets_standard=False),
        Status.CLOSED: lambda: visited(action_taken(forwarded(emergency=emergency))),
        Status.AWAITING_CALLBACK: lambda: registered(kind=Kind.MISSED_CALL),
        Status.CALLED_BACK: lambda: called(CallbackOutcome.REACHED),
        Status.UNREACHABLE: lambda: called(CallbackOutcome.WRONG_NUMBER),
    }
    return reached[status]()


REACHED = frozenset(lifecycle.BIRTH.values()) | {rule.to for rule in lifecycle.TABLE}
"""Every status that the lifecycle reaches."""


def telling_identifiers(record: Record) -> Record:
    """The record with personal identifiers wherever a caller may tell them."""
    assert record.subject
    told = dict.fromkeys(("summary", "details", "scheme", "category", "block"), IDENTIFIERS)
    subject = record.subject.model_copy(update=told)
    caller = record.caller.model_copy(update={"name": IDENTIFIERS, "address": IDENTIFIERS})
    return record.model_copy(update={"subject": subject, "caller": caller})


def numbered(record: Record, number: int) -> Record:
    """The record as if it were another one, with a reference of its own."""
    record_id = f"CC-20261124-{number:06d}"
    return record.model_copy(update={"record_id": record_id, "reference": reference_of(record_id)})


def officer(office: str = "HFW", level: Level = Level.NODAL, **changes: object) -> Officer:
    """An officer in post since the start of 2026."""
    return Officer.model_validate(
        {
            "office": office,
            "level": level,
            "name": "Ananya Roy (sample)",
            "designation": "Joint Secretary (Grievance)",
            "rank": "Joint Secretary",
            "phone": "+919000000061",
            "whatsapp": None,
            "email": f"{level}.{office.lower()}@officers.wb.example",
            "language": "en",
            "valid_from": date(2026, 1, 1),
            "valid_to": None,
            **changes,
        }
    )


def upload(version: str = "v1", *, at: datetime = NOW, sequencer: str | None = None) -> Upload:
    """A file that an administrator uploaded."""
    return Upload(version=version, at=at, sequencer=sequencer)


def record_in(**changes: object) -> dict[str, Any]:
    """The body of a registration: the contract's example; ``changes`` replace whole fields."""
    return {
        "record_id": RECORD_ID,
        "kind": "grievance",
        "call": {"started_at": "2026-11-24T10:05:00+05:30", "agent_id": "A-17", "language": "bn"},
        "caller": {"phone": PHONE, "name": NAME, "address": ADDRESS, "residence": "in_state"},
        "subject": {
            "department": "HFW",
            "scheme": "swasthya-sathi",
            "category": "swasthya-sathi-refused",
            "district": "320",
            "block": "Ranaghat-II",
            "police_office": None,
            "summary": SUMMARY,
            "details": DETAILS,
        },
        "emergency": None,
        **changes,
    }


def missed_call_in(**changes: object) -> dict[str, Any]:
    """The least that registers a missed call."""
    return {
        "record_id": "MC-20261124-000007",
        "kind": "missed_call",
        "call": {"started_at": "2026-11-24T10:05:00+05:30"},
        "caller": {"phone": PHONE},
        **changes,
    }


def request(
    body: object,
    *,
    webhook_id: str = "msg_1",
    path: str = RECORDS_PATH,
    method: str = "POST",
    query: dict[str, str] | None = None,
) -> SignedRequest:
    """A request whose sender is proved."""
    raw = body if isinstance(body, bytes) else json.dumps(body, ensure_ascii=False).encode()
    return SignedRequest(
        sender=SENDER, webhook_id=webhook_id, method=method, path=path, body=raw, query=query or {}
    )


def receipt(
    webhook_id: str = "msg_1",
    *,
    fingerprint: str = "print-of-the-request",
    owner: str = "owner-of-the-request",
    answer: str = '{"first": "answer"}',
    at: datetime = NOW,
) -> Receipt:
    """The receipt of a request."""
    return Receipt(
        sender=SENDER,
        webhook_id=webhook_id,
        fingerprint=fingerprint,
        owner=owner,
        answer=answer,
        expires_at=at + timedelta(days=8),
    )


def stream_change(before: Record | None, after: Record | None, number: int = 1) -> dict[str, Any]:
    """A change of the table as its stream brings it."""
    images: dict[str, Any] = {"SequenceNumber": str(number)}
    if before is not None:
        images["OldImage"] = record_to_item(before, NOW)
    if after is not None:
        images["NewImage"] = record_to_item(after, NOW)
    name = "INSERT" if before is None else "MODIFY" if after is not None else "REMOVE"
    return {"eventName": name, "dynamodb": images}


def event_of(record: Record, kind: EventType) -> Event:
    """The latest event of that kind in the record."""
    return [event for event in record.events if event.type is kind][-1]
