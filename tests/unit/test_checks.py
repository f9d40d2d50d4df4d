"""Automatic checks: findings for the analyst, in whatever language the citizen spoke."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.adapters.bundled import registers
from functions.domain import checks, duplicates
from functions.domain.record import Emergency, Kind, Record, Subject
from tests.builders import CALLER, DETAILS, NOW, SUBJECT, SUMMARY, numbered, registered

REGISTERS = registers()
AADHAAR = "2345 6789 0124"
PLAIN = Subject(
    department="PRD",
    category="road-village",
    district="320",
    summary="আমাদের গ্রামের রাস্তা তিন বছর ধরে খারাপ",
)


def codes(record: Record, records_lately: int = 1) -> list[str]:
    return [finding.code for finding in checks.run(record, REGISTERS, records_lately=records_lately)]


def about(
    *, emergency: bool = False, reason: str | None = None, kind: Kind = Kind.GRIEVANCE, **changes: object
) -> Record:
    subject = Subject.model_validate({**SUBJECT.model_dump(), **changes})
    record = registered(kind=kind, emergency=emergency, subject=subject)
    return record if reason is None else record.model_copy(update={"emergency": Emergency(reason=reason)})


def plain(kind: Kind = Kind.GRIEVANCE, **changes: object) -> Record:
    """A grievance about a village road, unless told otherwise."""
    return about(kind=kind, scheme=None, block=None, details=None, **{**_PLAIN, **changes})


_PLAIN = PLAIN.model_dump(include={"department", "category", "district", "summary"})


def test_a_whole_and_plausible_grievance_has_no_findings() -> None:
    assert codes(about()) == []
    assert codes(about(emergency=True)) == []
    assert codes(plain()) == []


def test_a_missed_call_has_nothing_to_check() -> None:
    assert codes(registered(kind=Kind.MISSED_CALL), records_lately=99) == []


@pytest.mark.parametrize(
    "summary",
    ["রাস্তা খারাপ", "सड़क ख़राब है", "Road is bad", "no water"],
    ids=["Bengali", "Hindi", "English", "two words"],
)
def test_a_thin_text_is_noticed_in_every_language(summary: str) -> None:
    assert codes(about(summary=summary, details=None)) == ["thin-text"]


@pytest.mark.parametrize(
    "summary",
    [
        "আমাদের গ্রামের রাস্তা তিন বছর ধরে খারাপ",
        "हमारे गाँव की सड़क तीन साल से ख़राब है",
        "The road of our village is broken since June",
    ],
    ids=["Bengali", "Hindi", "English"],
)
def test_a_sentence_is_not_thin(summary: str) -> None:
    assert codes(about(summary=summary, details=None)) == []


def test_summary_and_details_are_taken_together() -> None:
    assert codes(about(summary="Road is bad", details="since three years and nobody comes")) == []


def test_nobody_is_asked_for_a_long_text_in_an_emergency() -> None:
    record = about(emergency=True, summary="আগুন লেগেছে", details=None, category="fire")
    assert "thin-text" not in codes(record)


@pytest.mark.parametrize(("reason", "thin"), [("জরুরি", True), ("very urgent", True), ("আগুন লেগেছে", False)])
def test_a_reason_says_why_it_is_an_emergency(reason: str, thin: bool) -> None:  # noqa: FBT001 - a parameter of the table above
    assert ("thin-emergency-reason" in codes(about(reason=reason))) is thin


def test_an_emergency_for_which_no_reason_is_given_is_told_to_the_analyst() -> None:
    without = about(emergency=True).model_copy(update={"emergency": Emergency()})
    assert "thin-emergency-reason" in codes(without)


@pytest.mark.parametrize(
    ("record", "code", "severity"),
    [
        (about(scheme="no-such-scheme"), "unknown-scheme", "notice"),
        (about(scheme="kanyashree"), "scheme-of-another-department", "warning"),
        (about(category="no-such-category"), "unknown-category", "notice"),
        (about(category=None), "no-category", "notice"),
        (about(district=None), "no-place", "notice"),
        (plain(department="PWD"), "category-of-another-department", "notice"),
        (plain(category="suggestion"), "category-of-another-kind", "notice"),
        (plain(category="scheme-enquiry"), "category-of-another-kind", "notice"),
        (plain(Kind.SUGGESTION), "category-of-another-kind", "notice"),
        (plain(department=None, category="police-inaction"), "no-police-office", "warning"),
        (plain(police_office="POL-RANAGHAT"), "police-office-for-another-matter", "notice"),
        (
            plain(department=None, category="police-inaction", police_office="POL-MALDA"),
            "police-office-of-another-district",
            "warning",
        ),
        (plain(Kind.ENQUIRY), "enquiry-without-scheme", "notice"),
        (plain(reason="রাস্তা এখনই সারানো দরকার"), "doubtful-emergency", "notice"),
        (about(reason="খুব জরুরি"), "thin-emergency-reason", "notice"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_missing_or_contradictory_is_a_finding_and_no_refusal(
    record: Record, code: str, severity: str
) -> None:
    (finding,) = checks.run(record, REGISTERS, records_lately=1)
    assert (finding.code, finding.severity) == (code, severity)


@pytest.mark.parametrize(
    "record",
    [
        # A scheme without a department is nobody else's.
        about(scheme="kanyashree", department=None),
        # A scheme's own department is right, whatever is usual for the category.
        about(scheme="jai-johar", department="TD", category="pension-not-received"),
        # Where no single department would be usual, any is right.
        plain(category="benefit-not-received"),
        plain(Kind.SUGGESTION, category="suggestion"),
        about(kind=Kind.ENQUIRY, category="scheme-enquiry"),
        about(kind=Kind.ENQUIRY),
        # A police office is a place, and may lie in one of several districts.
        plain(department=None, category="police-inaction", district=None, police_office="POL-RANAGHAT"),
        plain(department=None, category="police-inaction", district="304", police_office="POL-KOLKATA"),
    ],
)
def test_what_goes_together_has_no_finding(record: Record) -> None:
    assert codes(record) == []


def test_from_outside_the_state_details_tell_where_it_is() -> None:
    away = {"caller": CALLER.model_copy(update={"residence": "out_of_state"})}
    assert codes(plain().model_copy(update=away)) == ["out-of-state-without-details"]
    assert codes(about().model_copy(update=away)) == []


@pytest.mark.parametrize(
    ("subject", "name"),
    [
        ("জমি নিয়ে মামলা আদালতে চলছে, শুনানি সামনের মাসে", "a matter before a court"),
        ("The case is pending before the High Court and judgment of the court is awaited", "a matter before"),
        ("हमारी ज़मीन का मुक़दमा चल रहा है और तारीख़ पड़ती रहती है", "a matter before a court"),
        ("My RTI application was not answered in sixty days", "Right to Information"),
        ("सूचना के अधिकार में जो पूछा था उसका जवाब नहीं आया", "Right to Information"),
        ("আমি সরকারি কর্মচারী, আমার বদলির আবেদন তিন বছর পড়ে আছে", "a service matter"),
        ("শরিকি বিবাদে ভাই আমাকে বাড়িতে ঢুকতে দেয় না", "a personal or family dispute"),
        ("दो मोहल्लों का धार्मिक विवाद है, सरकार कुछ करे", "a religious matter"),
        ("There must be a separate country for us in the hills", "territorial integrity"),
        ("पासपोर्ट चार महीने से नहीं मिला और नौकरी छूट जाएगी", "a matter of the Union"),
    ],
)
def test_a_subject_that_is_not_taken_up_is_named_to_the_analyst(subject: str, name: str) -> None:
    (finding,) = checks.run(plain(summary=subject), REGISTERS, records_lately=1)
    assert (finding.code, finding.severity) == ("not-taken-up", "warning")
    assert name in finding.text
    # Life comes before a list.
    assert "not-taken-up" not in codes(plain(summary=subject, reason="সাপের কামড়, অ্যান্টিভেনম নেই"))


@pytest.mark.parametrize(
    "text",
    [
        "ফর্মের সঙ্গে পাসপোর্ট সাইজ ছবি দিয়েছি তবু বাতিল হয়েছে",
        "আমাদের স্কুলের শিক্ষক বদলি হয়ে গেছেন, আর কেউ আসেননি",
        "The sub-divisional information and culture office lost my form again",
        "স্বামী ছেড়ে গেছেন, বিধবা ভাতার টাকা পাচ্ছি না অনেক দিন",
    ],
)
def test_other_subjects_are_taken_up(text: str) -> None:
    assert codes(plain(summary=text)) == []


@pytest.mark.parametrize(
    "field", ["summary", "details", "scheme", "category", "block", "name", "address", "reason"]
)
def test_personal_identifiers_are_told_by_kind_and_never_repeated(field: str) -> None:
    said = f"আমার আধার {AADHAAR}, প্যান ABCPE1234F, অ্যাকাউন্ট 31234567890"
    if field in {"name", "address"}:
        record = about().model_copy(update={"caller": CALLER.model_copy(update={field: said})})
    elif field == "reason":
        record = about(reason=said)
    else:
        subject = SUBJECT.model_copy(update={field: said})
        record = registered(subject=subject)
    (finding,) = [
        one for one in checks.run(record, REGISTERS, records_lately=1) if one.code == "personal-identifier"
    ]
    assert finding.severity == "notice"
    assert "(Aadhaar number, PAN, bank account number)" in finding.text
    assert not any(sign.isdigit() for sign in finding.text)


def test_a_habitual_caller_is_noticed_from_the_tenth_record_on() -> None:
    assert codes(about(), records_lately=9) == []
    (finding,) = checks.run(about(), REGISTERS, records_lately=10)
    assert (finding.code, finding.severity) == ("habitual-caller", "notice")


def test_a_callers_records_of_the_last_thirty_days_count_and_the_one_at_hand_once() -> None:
    record = about()
    before = [
        numbered(registered(at=NOW - timedelta(days=days)), number)
        for number, days in enumerate((0, 29, 30, 31), start=500)
    ]
    assert checks.lately(record, before) == 3
    assert checks.lately(record, [record, *before]) == 3
    assert checks.lately(record, []) == 1


def test_enough_of_a_callers_records_are_read_to_know() -> None:
    assert duplicates.OF_CALLER >= checks.HABITUAL_RECORDS


@given(
    scheme=st.text("qxz", min_size=9, max_size=20),
    category=st.text("qxz", min_size=9, max_size=20),
    summary=st.text("qxz ", min_size=9, max_size=80).filter(str.strip),
    emergency=st.booleans(),
    kind=st.sampled_from([Kind.GRIEVANCE, Kind.SUGGESTION, Kind.ENQUIRY]),
)
def test_a_finding_repeats_none_of_the_callers_words(
    *, scheme: str, category: str, summary: str, emergency: bool, kind: Kind
) -> None:
    emergency = emergency and kind is Kind.GRIEVANCE
    record = about(
        emergency=emergency, kind=kind, scheme=scheme, category=category, summary=summary, details=None
    )
    for finding in checks.run(record, REGISTERS, records_lately=20):
        for said in (scheme, category, *(word for word in summary.split() if len(word) > 3)):
            assert said not in finding.text
    told = " ".join(finding.text for finding in checks.run(about(), REGISTERS, records_lately=20))
    assert SUMMARY not in told
    assert DETAILS not in told
