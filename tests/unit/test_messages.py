"""The message templates render in both languages, and the SMS among them keep to two parts."""

import csv
import html
import re
import unicodedata
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import yaml

from functions.adapters import bundled
from functions.adapters.messages import mail_of, render
from functions.domain import review
from functions.domain.acknowledgement import LinkState
from functions.domain.calendar import Calendar
from functions.domain.office import Level
from functions.domain.record import Checks, EventType, Record, TimerKind
from functions.domain.timers import run_out
from functions.notify.alerting import tell
from infra.messages.sms import Encoding, divided
from tests.builders import (
    ANALYST,
    ANALYST_REASON,
    NOW,
    PRIVATE,
    action_taken,
    event_of,
    officer,
    raised,
    reference_of,
    under_review,
    visited,
)
from tests.fakes import FakePorts

ROOT = Path(__file__).resolve().parents[2]
MESSAGES = ROOT / "functions" / "messages"
REGISTERS = ROOT / "functions" / "registers"
LANGUAGES = ("bn", "en")
STAND_DOWN = "officer_stand_down"
KINDS = (
    "officer_forwarded",
    "officer_emergency",
    "officer_reminder",
    "officer_breached",
    "officer_escalated",
    "officer_recalled",
    "officer_unacknowledged",
    STAND_DOWN,
)
ASKING = tuple(kind for kind in KINDS if kind not in {"officer_breached", STAND_DOWN})
DUE = tuple(kind for kind in KINDS if kind != STAND_DOWN)
WITHOUT_A_ROLE = {"officer_reminder", "officer_recalled", "officer_unacknowledged"}
FOR_INFORMATION = {"officer_forwarded", "officer_emergency", "officer_recalled"}
OF_A_LEAD = {"citizen_linked", "citizen_linked_redressed"}
CITIZENS_KINDS = (
    "citizen_registered",
    "citizen_forwarded",
    "citizen_action_taken",
    "citizen_recalled",
    "citizen_closed",
    "citizen_rejected",
    *sorted(OF_A_LEAD),
)
CITIZENS_LANGUAGES = ("bn", "hi", "en")

TWO_PARTS_GSM = 2 * 153
TWO_PARTS_UCS2 = 2 * 67

SCRIPT = "নদীবাঁধ <script>alert(1)</script> জল ঢুকছে"
DETAILS = "<img src=x> & more"
LINK = "https://ssm.wb.example/v1/ack?t=".ljust(38, "-") + "A1b2C3d4E5f6G7h8J9k0Lm"


def names(register: str, language: str) -> Iterator[str]:
    with (REGISTERS / f"{register}.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            yield row["name_bn" if language == "bn" else "name"]


def longest(language: str, *registers: str) -> str:
    return max((name for register in registers for name in names(register, language)), key=len)


def short_values(language: str) -> dict[str, object]:
    """What every message may use, each as long as the registers make it."""
    return {
        "reference": "SSM-4821-903-7717",
        "category": longest(language, "categories"),
        "office": longest(language, "departments", "districts", "police_offices"),
        "assignee": "Joint Secretary (Grievance)",
        "district": longest(language, "districts"),
        "due": "02 Dec 2026, 18:00 IST",
        "link": LINK,
        "role": "nodal",
        "for_information": False,
        "emergency": False,
    }


def mail_values(language: str) -> dict[str, object]:
    return short_values(language) | {
        "summary": SCRIPT,
        "details": f"প্রথম লাইন\n{DETAILS}",
        "portal_id": "CMO/2026/0001234567",
        "caller_name": "O'Neil & <i>Sons</i>",
        "caller_phone": "+917000010001",
        "officer_name": "Ananya Roy (sample)",
        "designation": "Joint Secretary (Grievance)",
        "recall_reasons": ["<b>nothing</b> was seen"],
    }


def paragraphs(page: str) -> list[str]:
    return re.findall(r"<p[^>]*>(.*?)</p>", page, flags=re.DOTALL)


def parts_used(text: str) -> tuple[int, int]:
    """The places a text takes in an SMS, and how many two joined parts have in its alphabet."""
    sms = divided(text)
    return sms.places, TWO_PARTS_GSM if sms.encoding is Encoding.GSM_7 else TWO_PARTS_UCS2


def test_the_link_is_as_long_as_the_budget_allows() -> None:
    assert len(LINK) == 60


@pytest.mark.parametrize(
    "template",
    [path.relative_to(MESSAGES).as_posix() for form in ("*.j2", "*.yaml") for path in MESSAGES.rglob(form)],
)
def test_templates_and_words_are_nfc(template: str) -> None:
    assert unicodedata.is_normalized("NFC", (MESSAGES / template).read_text(encoding="utf-8"))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("role", ["nodal", "head", "apex"])
def test_sms_fit_two_parts(language: str, kind: str, role: str) -> None:
    text = render(f"{language}/{kind}.sms.j2", short_values(language) | {"role": role})
    used, room = parts_used(text)
    assert used <= room, f"{used} of {room}: {text}"
    assert room == (TWO_PARTS_UCS2 if language == "bn" else TWO_PARTS_GSM)
    assert (LINK in text) == (kind in ASKING)


@pytest.mark.parametrize("language", CITIZENS_LANGUAGES)
@pytest.mark.parametrize("kind", CITIZENS_KINDS)
def test_citizens_sms_fit_two_parts_and_name_nothing_but_references(language: str, kind: str) -> None:
    values = {"reference": "SSM-4821-903-7717", "lead": "SSM-1234-567-8901"}
    text = render(f"{language}/{kind}.sms.j2", values)
    used, room = parts_used(text)
    assert used <= room, f"{used} of {room}: {text}"
    assert room == (TWO_PARTS_GSM if language == "en" else TWO_PARTS_UCS2)
    assert values["reference"] in text
    assert (values["lead"] in text) == (kind in OF_A_LEAD)
    assert ("9137091370" in text) == (kind != "citizen_linked")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("role", ["nodal", "head", "apex"])
@pytest.mark.parametrize("emergency", [False, True])
@pytest.mark.parametrize("bare", [False, True])
def test_mails_render(language: str, kind: str, role: str, *, emergency: bool, bare: bool) -> None:
    values = mail_values(language) | {"role": role, "emergency": emergency}
    values |= {"for_information": role == "head"}
    if bare:
        values |= {"recall_reasons": []}
        values |= dict.fromkeys(("district", "details", "portal_id", "caller_name", "link"), "")
    subject, text, marked_up = mail_of(f"{language}/{kind}", values)
    for_information = "অবগতির জন্য" if language == "bn" else "or information"
    for rendered in (subject, text, marked_up):
        assert str(values["reference"]) in rendered
        assert str(values["category"]) in html.unescape(rendered)
        assert kind not in DUE or str(values["due"]) in rendered
        assert (for_information in rendered) == (role == "head" and kind in FOR_INFORMATION)
        urgent = "জরুরি" if language == "bn" else "EMERGENCY"
        assert not emergency or kind in {"officer_forwarded", STAND_DOWN} or urgent in rendered
    assert "\n" not in subject
    assert str(values["caller_phone"]) not in subject
    assert "\n\n\n" not in text
    assert "  " not in text
    assert (LINK in text) == (LINK in marked_up) == (not bare and kind in ASKING)
    assert not re.search("<script|<i>|<b>nothing|<img", marked_up)
    assert text.split("\n\n")[2] == html.unescape(paragraphs(marked_up)[1])
    told_of = kind != STAND_DOWN
    assert (SCRIPT in text) == (html.escape(SCRIPT) in marked_up) == told_of
    assert (DETAILS in text) == (html.escape(DETAILS) in marked_up) == (told_of and not bare)
    assert (str(values["caller_phone"]) in text) == (str(values["caller_phone"]) in marked_up) == told_of


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("emergency", [False, True])
@pytest.mark.parametrize("portal_id", ["", "CMO/2026/0001234567"])
def test_a_stand_down_tells_only_what_it_is_about(language: str, portal_id: str, *, emergency: bool) -> None:
    values = mail_values(language) | {"emergency": emergency, "portal_id": portal_id, "recall_reasons": []}
    sms = render(f"{language}/{STAND_DOWN}.sms.j2", values)
    subject, text, marked_up = mail_of(f"{language}/{STAND_DOWN}", values)
    kept_back = [str(values[name]) for name in ("due", "summary", "details", "caller_name", "caller_phone")]
    kept_back += ["<script", "& more", "O'Neil", LINK, "CMO/2026", "#b00020"]
    kept_back += ["EMERGENCY", "Redress by", "on the portal", "Caller", "personal data"]
    kept_back += ["জরুরি: ", "শেষ সময়", "পোর্টাল", "অভিযোগকারী", "ব্যক্তিগত তথ্য"]
    for message in (sms, subject, text, marked_up):
        assert not [said for said in kept_back if said in html.unescape(message)]
    for body in (text, marked_up):
        assert str(values["district"]) in body


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_matter_of_a_district_names_it_once(language: str) -> None:
    values = mail_values(language)
    for body in mail_of(f"{language}/officer_forwarded", values | {"office": values["district"]})[1:]:
        assert body.count(str(values["district"])) == 1


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("role", ["nodal", "head", "apex"])
def test_a_breach_claims_no_escalation_and_asks_for_no_report(language: str, role: str) -> None:
    values = mail_values(language) | {"role": role}
    sms = render(f"{language}/officer_breached.sms.j2", values)
    claims = ("has been escalated", "superiors", "submit the", "ঊর্ধ্বতন স্তরে", "জানানো হয়েছে", "জমা দিন")
    for message in (sms, *mail_of(f"{language}/officer_breached", values)):
        assert "confirmed" in message or "নিশ্চিত" in message
        assert not [claim for claim in claims if claim in message]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", DUE)
def test_the_cmo_cell_is_written_to_as_itself(language: str, kind: str) -> None:
    cell, superiors = (
        ("সিএমও গ্রিভান্স সেল", "ঊর্ধ্বতন আধিকারিক")
        if language == "bn"
        else ("the CMO Grievance Cell", "your superiors")
    )
    for mail in mail_of(f"{language}/{kind}", mail_values(language) | {"role": "apex"})[1:]:
        assert superiors not in mail
        assert kind in WITHOUT_A_ROLE or cell in mail.split(str(LINK))[0]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_recall_names_everything_found_wanting(language: str) -> None:
    checks = yaml.safe_load((MESSAGES / "checks.yaml").read_text(encoding="utf-8"))
    reasons = [words[language] for words in checks.values()]
    values = mail_values(language) | {"recall_reasons": reasons}
    for mail in mail_of(f"{language}/officer_recalled", values)[1:]:
        assert all(reason in mail for reason in reasons)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_short_messages_need_no_caller_data(language: str, kind: str) -> None:
    for part in ("sms", "mail.subject"):
        assert render(f"{language}/{kind}.{part}.j2", short_values(language))


@pytest.mark.parametrize("state", LinkState)
@pytest.mark.parametrize("emergency", [False, True])
@pytest.mark.parametrize("since", ["", "01 Dec 2026, 10:00 IST"])
def test_the_acknowledgement_page_renders(state: LinkState, since: str, *, emergency: bool) -> None:
    page = render(
        "ack/page.html.j2",
        {
            "state": state.value,
            "reference": "SSM-4821-903-7717",
            "emergency": emergency,
            "due": "02 Dec 2026, 18:00 IST",
            "since": since,
        },
    )
    assert page.count("<form") == page.count("<button") == (1 if state == "ask" else 0)
    assert page.index("সরাসরি মুখ্যমন্ত্রী") < page.index("Sorasori Mukhyomontri")
    assert not re.search(r"https?:|<script|<link|<img|url\(", page)
    assert ("EMERGENCY" in page) == (emergency and state in {"ask", "done", "already"})
    assert since in page or state in {LinkState.ASK, LinkState.UNKNOWN}
    assert len(page.encode()) < 6_000


def test_what_a_visit_finds_wanting_has_words_in_both_languages() -> None:
    checks = yaml.safe_load((MESSAGES / "checks.yaml").read_text(encoding="utf-8"))
    assert set(checks) == set(Checks.model_fields)
    assert all(set(words) == set(LANGUAGES) for words in checks.values())


def recalled_and_late() -> Record:
    """Recalled with a week more, when the promise to the citizen breaks."""
    recalled = visited(action_taken(), meets_standard=False)
    promised = recalled.promised_at
    assert promised is not None
    later = promised + timedelta(days=7)
    timers = {TimerKind.PROMISE: promised, TimerKind.BREACH: later}
    return run_out(recalled.model_copy(update={"due_at": later, "timers": timers}), promised, lambda _: None)


def test_a_breach_names_the_time_that_was_missed_though_a_recall_set_another(outside: FakePorts) -> None:
    outside.registry.officers = [officer(language="en")]
    record = recalled_and_late()
    outside.records.put(record)
    tell(outside, "https://ssm.wb.example", reference_of(), event_of(record, EventType.SLA_BREACHED).sequence)
    (sms,) = outside.messaging.sms
    (mail,) = outside.messaging.mails
    for text in (sms.text, mail.subject, mail.text, mail.html):
        assert "02 Dec 2026, 18:00 IST" in text
        assert "09 Dec 2026" not in text


def test_a_breach_with_no_office_names_the_time_promised(outside: FakePorts) -> None:
    outside.registry.officers = [officer("CMO", Level.APEX, language="en")]
    waiting = under_review()
    assert waiting.promised_at is not None
    record = run_out(waiting, waiting.promised_at, lambda _: None).model_copy(update={"due_at": None})
    outside.records.put(record)
    tell(outside, "https://ssm.wb.example", reference_of(), event_of(record, EventType.SLA_BREACHED).sequence)
    (mail,) = outside.messaging.mails
    assert "redressed by 02 Dec 2026, 18:00 IST" in mail.text
    assert "your superiors" not in mail.text


def test_a_promise_that_breaks_after_the_report_is_told_with_no_word_of_an_escalation(
    outside: FakePorts,
) -> None:
    outside.registry.officers = [officer(language="en")]
    reported = action_taken()
    assert reported.promised_at is not None
    record = run_out(reported, reported.promised_at, lambda _: None)
    outside.records.put(record)
    tell(outside, "https://ssm.wb.example", reference_of(), event_of(record, EventType.SLA_BREACHED).sequence)
    (sms,) = outside.messaging.sms
    (mail,) = outside.messaging.mails
    assert "is not confirmed" in sms.text
    assert "being verified need not be submitted again" in mail.text
    assert "been escalated" not in sms.text + mail.subject + mail.text


def turned_down_or_moved(decision: EventType) -> Record:
    """An emergency that an office was told of, and that the analysts took away from it again."""
    waiting = review.ask(raised(), findings=(), term=None, calendar=Calendar(), at=NOW)
    if decision is EventType.RECORD_REJECTED:
        return review.reject(waiting, analyst_id=ANALYST, reason=ANALYST_REASON, at=NOW)
    return review.amend(
        waiting,
        amendments={"department": "PRD"},
        analyst_id=ANALYST,
        reason=ANALYST_REASON,
        offices=bundled.registers().offices,
        levels=(),
        calendar=Calendar(),
        at=NOW,
    )


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("decision", [EventType.RECORD_REJECTED, EventType.RECORD_ACCEPTED])
def test_an_office_that_stands_down_is_told_nothing_of_the_citizen(
    outside: FakePorts, language: str, decision: EventType
) -> None:
    outside.registry.officers = [
        officer(level=level, language=language) for level in (Level.NODAL, Level.HEAD)
    ]
    record = turned_down_or_moved(decision)
    outside.records.put(record)
    sequence = record.events[-1].sequence
    assert tell(outside, "https://ssm.wb.example", reference_of(), sequence) == 4
    sent = [sms.text for sms in outside.messaging.sms]
    sent += [part for mail in outside.messaging.mails for part in (mail.subject, mail.text, mail.html)]
    assert not [(said, text) for said in (*PRIVATE, " IST") for text in sent if said in text]
