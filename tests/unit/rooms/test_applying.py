"""What administrators upload: applied whole or not at all, and told line by line."""

import json
from typing import Any

import pytest

from functions.domain.errors import Unavailable, Undeliverable
from functions.registry.applying import Outcome, apply
from functions.registry.files import COLUMNS, HOLIDAYS, OFFICERS
from tests.builders import upload as uploaded
from tests.fakes import SAMPLES, FakePorts

CELL = "grievance-cell@wb.example"
OFFICERS_HEADER = ",".join(COLUMNS[OFFICERS])
HOLIDAYS_HEADER = ",".join(COLUMNS[HOLIDAYS])
NODAL = "HFW,nodal,A. Roy,Joint Secretary,Joint Secretary,+919000000001,,a@wb.example,bn,2026-01-01,"
HEAD = "HFW,head,B. Sen,Principal Secretary,Principal Secretary,+919000000002,,b@wb.example,en,2026-01-01,"


@pytest.fixture(autouse=True)
def _no_officer_of_the_cell(outside: FakePorts) -> None:
    # The files here name none, and who had one would need to keep one.
    outside.registry.officers = [one for one in outside.registry.officers if one.office != "CMO"]


def upload(
    outside: FakePorts, key: str, content: str | bytes, version: str = "v1"
) -> tuple[bool, dict[str, Any]]:
    """Whether it is in force, and the result beside it."""
    raw = content.encode() if isinstance(content, str) else content
    outside.uploads.files[key, version] = raw
    applied = apply(outside, CELL, key, version, uploaded(version)) is Outcome.APPLIED
    result: dict[str, Any] = json.loads(outside.uploads.results[f"results/{key}/{version}.json"])
    assert result["applied"] is applied
    assert applied is (result["errors"] == [])
    return applied, result


def officers(*rows: str) -> str:
    return "\n".join((OFFICERS_HEADER, *rows)) + "\n"


def holidays(*rows: str) -> str:
    return "\n".join((HOLIDAYS_HEADER, *rows)) + "\n"


def places(result: dict[str, Any]) -> list[tuple[int, str]]:
    return [(error["line"], error["column"]) for error in result["errors"]]


@pytest.mark.parametrize("name", [OFFICERS, HOLIDAYS])
def test_the_samples_are_applied_whole(outside: FakePorts, name: str) -> None:
    content = (SAMPLES / name).read_bytes()
    outside.registry.officers, outside.registry.holidays = [], {}
    applied, result = upload(outside, name, content)
    assert applied
    assert result == {"applied": True, "rows": len(content.splitlines()) - 1, "errors": []}
    in_force = outside.registry.officers if name == OFFICERS else outside.registry.holidays
    assert len(in_force) == result["rows"]
    assert outside.registry.versions == {name.removesuffix(".csv"): "v1"}


def test_the_grievance_cell_is_told_that_it_is_in_force(outside: FakePorts) -> None:
    upload(outside, OFFICERS, officers(NODAL, HEAD))
    mail, roster = outside.messaging.mails
    assert mail.to == CELL
    assert mail.subject == "Registry: officers.csv is in force, 2 rows"
    assert roster.subject == "Nodal officers as of 24 Nov 2026: 1 office"


def test_that_it_is_in_force_is_told_once_for_each_version(outside: FakePorts) -> None:
    # GIVEN a list of people that does not go, so that the upload comes again
    outside.messaging.script = [None, Unavailable("mail"), Unavailable("mail")]
    for _ in range(2):
        with pytest.raises(Unavailable):
            upload(outside, OFFICERS, officers(NODAL, HEAD))
        outside.clock.advance(seconds=30)
    assert upload(outside, OFFICERS, officers(NODAL, HEAD))[0]
    assert [mail.subject.partition(" ")[0] for mail in outside.messaging.mails] == ["Registry:", "Nodal"]
    upload(outside, OFFICERS, officers(NODAL, HEAD), "v2")
    assert sum("is in force" in mail.subject for mail in outside.messaging.mails) == 2


def test_a_cell_that_could_not_be_told_is_told_when_the_upload_comes_again(outside: FakePorts) -> None:
    outside.messaging.script = [Unavailable("mail")]
    with pytest.raises(Unavailable):
        upload(outside, HOLIDAYS, holidays("2026-11-25,A day,"))
    outside.clock.advance(seconds=1)
    assert upload(outside, HOLIDAYS, holidays("2026-11-25,A day,"))[0]
    assert len(outside.messaging.mails) == 1


def test_a_cell_whose_address_is_refused_keeps_no_list_of_people(outside: FakePorts) -> None:
    outside.messaging.script = [Undeliverable("email", "InvalidAddress")]
    assert upload(outside, OFFICERS, officers(NODAL, HEAD))[0]
    assert [mail.subject.partition(" ")[0] for mail in outside.messaging.mails] == ["Nodal"]
    ((_, key),) = outside.alert_log.outcomes
    assert key == "officers.csv#v1"


def test_one_bad_line_keeps_the_whole_file_out(outside: FakePorts) -> None:
    before = outside.registry.officers
    applied, result = upload(outside, OFFICERS, officers(NODAL, HEAD.replace("+919000000002", "12345")))
    assert not applied
    assert places(result) == [(3, "phone")]
    assert outside.registry.officers == before
    assert outside.registry.versions == {}
    (mail,) = outside.messaging.mails
    assert "refused, nothing was changed" in mail.subject
    assert "line 3, phone:" in mail.text
    assert "12345" not in mail.text + json.dumps(result)


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (NODAL.replace("Joint Secretary,+", "Deputy Secretary,+"), [(2, "rank")]),
        (NODAL.replace("HFW", "320").replace("Joint Secretary,+", "Sub-Divisional Officer,+"), [(2, "rank")]),
        (NODAL.replace("Joint Secretary,+", "Wizard,+"), [(2, "rank")]),
        (NODAL.replace("HFW", "HEALTH"), [(2, "office")]),
        (NODAL.replace("nodal", "deputy"), [(2, "level")]),
        (NODAL.replace("+919000000001", "none"), [(2, "phone")]),
        (NODAL.replace(",bn,", ",bengali,"), [(2, "language")]),
        (NODAL.replace("2026-01-01", "1 January"), [(2, "valid_from")]),
        (NODAL + "2025-12-31", [(2, "valid_to")]),
        (NODAL + "2026-02-30", [(2, "valid_to")]),
        (NODAL + "1893456000", [(2, "valid_to")]),
        (NODAL.replace("2026-01-01", "1735689600"), [(2, "valid_from")]),
        (NODAL.replace("2026-01-01", "20260101"), [(2, "valid_from")]),
        (NODAL.replace("2026-01-01", "2026-01-01T00:00:00"), [(2, "valid_from")]),
        (NODAL.replace("A. Roy", '"A.\nRoy"'), [(2, "name")]),
        (NODAL.replace("A. Roy", " "), [(2, "name")]),
        (NODAL.replace("A. Roy", "").replace("HFW", ""), [(2, "office"), (2, "name")]),
        (NODAL.replace("A. Roy", "x" * 201), [(2, "name")]),
        (NODAL.replace("A. Roy", "A\u202eRoy"), [(2, "name")]),
        (NODAL.replace(",,", ",not a number,"), [(2, "whatsapp")]),
        (NODAL.replace(",bn", ""), [(2, "")]),
        (NODAL + ",one more", [(2, "")]),
    ],
)
def test_each_error_is_told_by_line_and_column(
    outside: FakePorts, row: str, expected: list[tuple[int, str]]
) -> None:
    applied, result = upload(outside, OFFICERS, officers(row, HEAD))
    assert not applied
    assert places(result) == expected


def test_the_floor_of_rank_binds_the_nodal_officer_and_not_the_head(outside: FakePorts) -> None:
    below = HEAD.replace("Principal Secretary,+", "Deputy Secretary,+")
    assert upload(outside, OFFICERS, officers(NODAL, below))[0]
    _, result = upload(
        outside,
        OFFICERS,
        officers(NODAL.replace("Joint Secretary,+", "Registrar / OSD / Special Officer,+")),
        "v2",
    )
    assert "floor" in result["errors"][0]["detail"]


def test_every_bad_line_is_told_not_only_the_first(outside: FakePorts) -> None:
    bad = NODAL.replace("HFW", "NONE")
    _, result = upload(outside, OFFICERS, officers(bad, NODAL, bad, HEAD, bad))
    assert [line for line, _ in places(result)] == [2, 4, 6]
    assert result["rows"] == 5


def test_a_mail_about_many_errors_stays_readable(outside: FakePorts) -> None:
    _, result = upload(outside, OFFICERS, officers(*[NODAL.replace("HFW", "NONE")] * 66))
    assert len(result["errors"]) == 66
    (mail,) = outside.messaging.mails
    assert mail.text.splitlines()[-1] == "and 16 more"
    assert len(mail.text.splitlines()) == 51


def test_a_cell_with_comma_and_quotes_is_one_cell(outside: FakePorts) -> None:
    row = NODAL.replace("Joint Secretary,Joint", '"Joint Secretary, ""Grievance""",Joint')
    assert upload(outside, OFFICERS, officers(row))[0]
    assert outside.registry.officers[0].designation == 'Joint Secretary, "Grievance"'


@pytest.mark.parametrize(
    "content", [b"\xef\xbb\xbf" + officers(NODAL).encode(), officers(NODAL).replace("\n", "\r\n").encode()]
)
def test_files_as_spreadsheets_write_them_are_taken(outside: FakePorts, content: bytes) -> None:
    assert upload(outside, OFFICERS, content)[0]


def test_holidays_are_in_force_at_once(outside: FakePorts) -> None:
    assert upload(outside, HOLIDAYS, holidays("2026-11-25,A day,", "2026-11-26,Another,12-F"))[0]
    assert dict(outside.registry.holidays) == {"2026-11-25": "A day", "2026-11-26": "Another"}
    assert outside.registry.versions == {"holidays": "v1"}


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (["2026-13-01,A day,"], [(2, "date")]),
        (["26 January,A day,"], [(2, "date")]),
        (["2026-01-26,A day,", "2026-01-26,Again,"], [(3, "date")]),
        (["2026-01-26,,"], [(2, "name")]),
        (["2026-01-26"], [(2, "")]),
        (["20260126,A day,"], [(2, "date")]),
        (["2026-W05-1,A day,"], [(2, "date")]),
        (["1764000000,A day,"], [(2, "date")]),
        # A quote without an end must not swallow the days after it, wherever the next one stands.
        (["2026-01-26,A day,", '2026-01-27,"Another,', "2026-01-28,A third,"], [(3, "")]),
        (["2026-01-26,A day,", '2026-01-27,"Another,', '2026-01-28,"A third",'], [(3, "")]),
        (["2026-01-26,A day,", '2026-01-27,"Another', '2026-01-28,A third",'], [(3, "name")]),
        (['2026-01-26,"A\r\nday",', "2026-13-27,Another,"], [(2, "name"), (4, "date")]),
    ],
)
def test_a_list_of_holidays_with_an_error_changes_nothing(
    outside: FakePorts, rows: list[str], expected: list[tuple[int, str]]
) -> None:
    before = outside.registry.holidays
    applied, result = upload(outside, HOLIDAYS, holidays(*rows))
    assert not applied
    assert places(result) == expected
    assert outside.registry.holidays == before


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\n",
        OFFICERS_HEADER.encode(),
        b"office,level\nHFW,nodal\n",
        OFFICERS_HEADER.replace("office", "Office").encode() + b"\n",
        b"\xff\xfe" + officers(NODAL).encode("utf-16-le"),
        officers(NODAL.replace("A. Roy", "x" * 200_000)).encode(),
        officers('"HFW,nodal').encode(),
        b"PK\x03\x04\x00\x00\xff\x00",
        holidays("2026-01-26,A day,").encode(),
        b"x" * 200_000,
    ],
    ids=[
        "empty",
        "a blank line",
        "no rows",
        "columns missing",
        "another header",
        "UTF-16",
        "a cell beyond all measure",
        "a quote without an end",
        "a spreadsheet",
        "another file",
        "one word beyond all measure",
    ],
)
def test_a_file_that_is_none_is_refused_with_a_result_and_never_with_an_exception(
    outside: FakePorts, content: bytes
) -> None:
    before = outside.registry.officers
    applied, result = upload(outside, OFFICERS, content)
    assert not applied
    assert result["errors"]
    assert outside.registry.officers == before
    assert len(outside.messaging.mails) == 1


@pytest.mark.parametrize(
    "key", ["officer.csv", "Officers.csv", "results/officers.csv/v1.json", "../officers.csv"]
)
def test_a_file_of_another_name_is_told_which_are_known(outside: FakePorts, key: str) -> None:
    applied, result = upload(outside, key, officers(NODAL))
    assert not applied
    assert "officers.csv, holidays.csv" in result["errors"][0]["detail"]


def test_the_same_upload_told_twice_is_applied_the_same(outside: FakePorts) -> None:
    first = upload(outside, OFFICERS, officers(NODAL, HEAD))
    in_force = list(outside.registry.officers)
    assert upload(outside, OFFICERS, officers(NODAL, HEAD)) == first
    assert outside.registry.officers == in_force


def test_what_stands_in_a_file_is_no_markup_in_the_mail(outside: FakePorts) -> None:
    upload(outside, "<b>officers</b>.csv", officers(NODAL))
    upload(outside, OFFICERS, officers(NODAL.replace("Joint Secretary,+", "<script>,+")))
    for mail in outside.messaging.mails:
        assert "<script>" not in mail.html
        assert "<b>" not in mail.html
