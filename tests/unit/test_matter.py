"""Under which key others on the same matter stand, and how far back they are looked for."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.domain import matter
from functions.domain.record import Kind, Record, Status
from tests.builders import NOW, SUBJECT, in_status, registered


def about(**changes: object) -> Record:
    return registered(subject=SUBJECT.model_copy(update=changes))


@pytest.mark.parametrize(
    ("record", "key"),
    [
        (about(), "swasthya-sathi-refused|320"),
        (about(category=None), "HFW|320"),
        (about(category=None, department=None), "|320"),
        (about(district=None, police_office="POL-RANAGHAT"), "swasthya-sathi-refused|POL-RANAGHAT"),
        (about(district=None), "swasthya-sathi-refused|"),
        (registered(kind=Kind.MISSED_CALL), None),
        (in_status(Status.REJECTED), None),
        (in_status(Status.DUPLICATE), "swasthya-sathi-refused|320"),
        (in_status(Status.CLOSED), "swasthya-sathi-refused|320"),
    ],
)
def test_a_record_stands_under_its_matter_and_place(record: Record, key: str | None) -> None:
    assert matter.subject_key(record) == key


def test_weeks_are_those_of_the_year_they_belong_to() -> None:
    at = datetime(2027, 1, 2, 12, tzinfo=UTC)
    assert matter.weeks(registered().model_copy(update={"registered_at": at})) == [
        "2026-W53",
        "2026-W52",
        "2026-W51",
    ]


def test_a_week_is_reckoned_in_utc() -> None:
    monday_in_india = datetime(2026, 11, 30, 2, tzinfo=timezone(timedelta(hours=5, minutes=30)))
    found = matter.weeks(registered().model_copy(update={"registered_at": monday_in_india}))
    assert found[0] == "2026-W48"


@given(days=st.integers(min_value=0, max_value=4000), back=st.integers(min_value=0, max_value=14 * 24))
def test_whatever_is_a_fortnight_old_is_found(days: int, back: int) -> None:
    late = registered().model_copy(update={"registered_at": NOW + timedelta(days=days)})
    early = late.model_copy(update={"registered_at": late.registered_at - timedelta(hours=back)})
    assert matter.weeks(early)[0] in matter.weeks(late)
    assert len(set(matter.weeks(late))) == matter.WEEKS
