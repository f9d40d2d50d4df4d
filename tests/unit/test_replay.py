"""The replay's pure parts: texts that fit, drawing that repeats, and every row accounted for."""

import unicodedata
from datetime import UTC, datetime
from pathlib import Path

import phonenumbers
import pytest

from functions.adapters import bundled
from functions.domain.text import DETAILS_LENGTH, SUMMARY_LENGTH
from functions.intake.contract import RecordIn
from local.errors import LocalStackError
from local.replay.accounting import Account, percentile
from local.replay.draw import EMERGENCIES, Draw, read_offices
from local.replay.rows import Complaint, prepare, read
from local.retrying import pause_before, retry_after

NOW = datetime(2026, 11, 24, 10, 15, tzinfo=UTC)
OFFICES = read_offices()
REFERENCES = ("SSM-4821-903-7717", "SSM-4821-903-7718")


def account(
    answers: dict[str, int] | None = None, statuses: tuple[str, ...] = ("under_review",) * 2, rows: int = 3
) -> Account:
    return Account(
        rows=rows,
        skipped=1,
        answers=answers or {"201": 1, "200": 1},
        references=REFERENCES,
        statuses=dict(zip(REFERENCES, statuses, strict=False)),
    )


def test_a_short_text_is_all_summary() -> None:
    assert prepare(1, "  No water.\r\nSince May. ") == Complaint(1, "No water.\nSince May.", None)


def test_a_long_text_is_cut() -> None:
    made = prepare(1, "x" * (DETAILS_LENGTH + 1))
    assert made
    assert made.details
    assert (len(made.summary), len(made.details)) == (SUMMARY_LENGTH, DETAILS_LENGTH)


def test_what_the_api_refuses_is_taken_out_and_the_rest_composed() -> None:
    made = prepare(1, "Cafe\u0301\x00 \u202eon\u202c\x85 tab\there")
    assert made
    assert made.summary == "Café  on  tab\there"
    assert unicodedata.is_normalized("NFC", made.summary)


@pytest.mark.parametrize("text", ["", " \n\t ", "\x00\x1f", "\u202e"])
def test_nothing_is_made_of_nothing(text: str) -> None:
    assert prepare(1, text) is None


def test_rows_keep_their_numbers_and_empty_ones_are_counted(tmp_path: Path) -> None:
    path = tmp_path / "texts.csv"
    path.write_text('\ufeffid,text\n1,One\n2,\n3,"Three, and\nmore"\n4,Four\n', encoding="utf-8")
    rows = read(path, "text", 3)
    assert [(one.row, one.summary) for one in rows.complaints] == [(1, "One"), (3, "Three, and\nmore")]
    assert rows.skipped == 1


@pytest.mark.parametrize(
    ("content", "reason"),
    [(b"id,other\n1,x\n", "no column 'text'"), (b"text\n\xff\n", "is not UTF-8"), (b"", "no column")],
)
def test_a_file_that_cannot_be_read_is_said_so(tmp_path: Path, content: bytes, reason: str) -> None:
    path = tmp_path / "texts.csv"
    path.write_bytes(content)
    with pytest.raises(LocalStackError, match=reason):
        read(path, "text", 3)
    with pytest.raises(LocalStackError, match="No such file"):
        read(tmp_path / "none.csv", "text", 3)


def test_the_same_seed_and_row_give_the_same_record() -> None:
    complaints = [Complaint(row, "No water", None) for row in range(1, 51)]
    forwards = [Draw(OFFICES, 1).record(one, "run", NOW) for one in complaints]
    backwards = [Draw(OFFICES, 1).record(one, "run", NOW) for one in reversed(complaints)]
    assert forwards == backwards[::-1]
    assert forwards != [Draw(OFFICES, 2).record(one, "run", NOW) for one in complaints]


def test_every_record_validates_and_names_what_is_in_the_registers() -> None:
    registers = bundled.registers()
    draw = Draw(OFFICES, 1)
    for row in range(1, 1001):
        record = RecordIn.model_validate(draw.record(Complaint(row, "No water", "No water"), "run", NOW))
        assert record.subject
        assert {record.subject.department, record.subject.district} <= registers.offices.keys()
        assert record.subject.category in registers.categories
        assert phonenumbers.is_valid_number(phonenumbers.parse(record.caller.phone))
        assert record.caller.phone.startswith("+9170000")


def test_about_two_in_a_hundred_are_emergencies() -> None:
    drawn = [Draw(OFFICES, 1).record(Complaint(row, "x", None), "run", NOW) for row in range(5000)]
    assert sum(bool(record["emergency"]) for record in drawn) == pytest.approx(5000 * EMERGENCIES, rel=0.3)


def test_record_ids_differ_by_run_and_row() -> None:
    draw = Draw(OFFICES, 1)
    ids = {draw.record(Complaint(row, "x", None), run, NOW)["record_id"] for row in (1, 2) for run in "ab"}
    assert len(ids) == 4


def test_the_sums_of_a_replay_that_went_well() -> None:
    good = account()
    assert good.holds
    assert good.lines == (
        "rows 3 = sent 2 + without text 1",
        "sent 2 = 201 1 + 200 (repeat) 1",
        "accepted 2 = stored 2 = accounted 2",
    )
    assert good.by_status == "under review 2"


@pytest.mark.parametrize(
    ("bad", "line"),
    [
        (account(rows=4), "rows 4 != sent 2 + without text 1"),
        (account({"201": 2, "422": 1}, rows=4), "sent 3 = 201 2 + 200 (repeat) 0 + 422 1"),
        (account({"201": 2, "no answer": 1}, rows=4), "sent 3 = 201 2 + 200 (repeat) 0 + no answer 1"),
        (account(statuses=("under_review", "registered")), "accepted 2 = stored 2 != accounted 1"),
        (account(statuses=("under_review", "HTTP 404")), "accepted 2 != stored 1 = accounted 1"),
        (account(statuses=("under_review",)), "accepted 2 != stored 1 = accounted 1"),
    ],
)
def test_a_sum_that_is_wrong_says_so(bad: Account, line: str) -> None:
    assert not bad.holds
    assert line in bad.lines


def test_what_hangs_is_named() -> None:
    assert account(statuses=("under_review", "registered")).hanging == [REFERENCES[1]]


def test_percentiles() -> None:
    assert percentile([], 0.5) == 0
    assert percentile([3.0, 1.0, 2.0], 0.5) == 2.0
    assert percentile(list(map(float, range(1, 101))), 0.95) == 95.0


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("7", 7.0),
        ("Tue, 24 Nov 2026 10:15:30 GMT", 30.0),
        ("Tue, 24 Nov 2026 10:14:00 GMT", 0.0),
        ("soon", None),
        ("-1", None),
        ("", None),
    ],
)
def test_retry_after_is_read_as_seconds_or_a_date(value: str, seconds: float | None) -> None:
    assert retry_after({"retry-after": value}, NOW) == seconds


def test_a_pause_is_never_shorter_than_asked_for_and_grows_where_nothing_was() -> None:
    assert all(pause_before(1, 7.0, share / 10) >= 7.0 for share in range(11))
    own = [pause_before(tries, None, 0.0) for tries in range(1, 12)]
    assert own == sorted(own)
    assert pause_before(20, None, 1.0) <= 30.0
