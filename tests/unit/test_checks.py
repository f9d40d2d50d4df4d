"""Automatic checks: findings for the analyst, in whatever language the citizen spoke."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.adapters.bundled import registers
from functions.domain import checks
from functions.domain.record import Kind, Record, Subject
from tests.builders import DETAILS, SUBJECT, SUMMARY, registered

REGISTERS = registers()


def codes(record: Record) -> list[str]:
    return [finding.code for finding in checks.run(record, REGISTERS)]


def about(*, emergency: bool = False, **changes: object) -> Record:
    subject = Subject.model_validate({**SUBJECT.model_dump(), **changes})
    return registered(emergency=emergency, subject=subject)


def test_a_whole_and_plausible_grievance_has_no_findings() -> None:
    assert codes(about()) == []


def test_a_missed_call_has_nothing_to_check() -> None:
    assert codes(registered(kind=Kind.MISSED_CALL)) == []


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


@pytest.mark.parametrize(
    "text",
    [
        "বাঁধ ভেঙে গ্রামে জল ঢুকছে, সবাই ছাদে উঠেছে",
        "প্রতিবেশীরা প্রাণনাশের হুমকি দিচ্ছে আজ রাতেই আসবে বলেছে",
        "দয়া করে বাঁচান আমাদের বাড়িতে আগুন লেগেছে এখনই",
        "पड़ोसी जान से मारने की धमकी दे रहे हैं आज",
        "घर में आग लग गई है कोई नहीं आ रहा",
        "The embankment has broke and our houses are under water",
        "My neighbour WILL KILL me, he has said so twice",
    ],
)
def test_danger_to_life_is_heard_in_bengali_hindi_and_english(text: str) -> None:
    assert codes(about(summary=text, details=None)) == ["possible-emergency"]
    # GIVEN it is flagged THEN there is nothing doubtful about it, whatever its category
    assert codes(about(emergency=True, summary=text, details=None, category="suggestion")) == []


@pytest.mark.parametrize(
    "text",
    [
        "The ration dealer is studying our cards for the third week now",
        "The skilled workers were not paid for three months by the contractor",
        "রেশন দোকানে চাল কম দিচ্ছে, বললে কথা শোনে না",
        "राशन की दुकान पर चावल कम दे रहे हैं हर बार",
    ],
)
def test_ordinary_matters_are_not_taken_for_danger(text: str) -> None:
    assert codes(about(summary=text, details=None)) == []


def test_an_emergency_of_a_harmless_category_is_doubtful() -> None:
    record = about(emergency=True, category="suggestion")
    assert codes(record) == ["doubtful-emergency"]
    assert codes(about(emergency=True, category="no-such-category")) == ["unknown-category"]
    assert codes(about(emergency=True, category=None)) == []


@pytest.mark.parametrize(
    ("record", "code", "severity"),
    [
        (about(scheme="no-such-scheme"), "unknown-scheme", "notice"),
        (about(scheme="kanyashree"), "scheme-of-another-department", "warning"),
        (about(category="no-such-category"), "unknown-category", "notice"),
        (about(district=None), "no-place", "notice"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_does_not_fit_the_registers_is_a_finding_and_no_refusal(
    record: Record, code: str, severity: str
) -> None:
    (finding,) = checks.run(record, REGISTERS)
    assert (finding.code, finding.severity) == (code, severity)


def test_a_scheme_without_a_department_is_nobody_elses() -> None:
    assert codes(about(scheme="kanyashree", department=None)) == []


def test_a_police_office_is_a_place() -> None:
    assert codes(about(district=None, police_office="POL-RANAGHAT")) == []


@given(
    scheme=st.text("qxz", min_size=9, max_size=20),
    category=st.text("qxz", min_size=9, max_size=20),
    summary=st.text("qxz ", min_size=9, max_size=80).filter(str.strip),
    emergency=st.booleans(),
)
def test_a_finding_repeats_none_of_the_callers_words(
    *, scheme: str, category: str, summary: str, emergency: bool
) -> None:
    record = about(emergency=emergency, scheme=scheme, category=category, summary=summary, details=None)
    for finding in checks.run(record, REGISTERS):
        for said in (scheme, category, *(word for word in summary.split() if len(word) > 3)):
            assert said not in finding.text
    told = " ".join(finding.text for finding in checks.run(about(), REGISTERS))
    assert SUMMARY not in told
    assert DETAILS not in told
