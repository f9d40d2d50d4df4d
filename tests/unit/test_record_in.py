"""The body of a registration: the contract's fields, each held to its limits."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.domain.errors import Refused
from functions.domain.record import Kind, Subject
from functions.intake.contract import RecordIn
from tests.builders import PHONE, missed_call_in, record_in, request


def read(body: object) -> RecordIn:
    return request(body).read(RecordIn)


def pointers(body: object) -> list[str]:
    with pytest.raises(Refused) as refused:
        read(body)
    return [fault.pointer or "" for fault in refused.value.faults]


def changed(path: str, value: object) -> dict[str, Any]:
    """The contract's example with one value changed; the path is a JSON pointer."""
    body = record_in(emergency={"reason": "A reason"})
    *parents, last = path.strip("/").split("/")
    place = body
    for name in parents:
        place = place[name]
    place[last] = value
    return body


def without(path: str) -> dict[str, Any]:
    body = changed(path, None)
    *parents, last = path.strip("/").split("/")
    place = body
    for name in parents:
        place = place[name]
    del place[last]
    return body


REQUIRED = [
    "/record_id",
    "/kind",
    "/call",
    "/call/started_at",
    "/caller",
    "/caller/phone",
    "/subject/summary",
]
OPTIONAL = [
    "/call/agent_id",
    "/call/language",
    "/caller/name",
    "/caller/address",
    "/caller/residence",
    "/subject",
    "/subject/department",
    "/subject/scheme",
    "/subject/category",
    "/subject/district",
    "/subject/block",
    "/subject/police_office",
    "/subject/details",
    "/emergency",
]


def test_the_contracts_example_is_read_whole() -> None:
    body = record_in(emergency={"reason": "A reason"})
    wire = read(body)
    assert wire.kind is Kind.GRIEVANCE
    assert wire.call.started_at == datetime(2026, 11, 24, 4, 35, tzinfo=UTC)
    sent = wire.model_dump(mode="json")
    sent["call"]["started_at"] = body["call"]["started_at"]
    assert sent == body


@pytest.mark.parametrize("path", REQUIRED)
def test_a_required_field_is_missed_and_may_not_be_null(path: str) -> None:
    assert pointers(without(path)) == [path]
    assert pointers(changed(path, None)) == [path]


@pytest.mark.parametrize("path", OPTIONAL)
def test_any_other_field_may_be_absent_or_null_and_that_is_the_same(path: str) -> None:
    assert read(without(path)) == read(changed(path, None))
    assert read(without(path)).content_hash == read(changed(path, None)).content_hash


@pytest.mark.parametrize("path", ["/x", "/call/x", "/caller/x", "/subject/x", "/emergency/x"])
def test_an_unknown_field_is_refused_wherever_it_stands(path: str) -> None:
    assert pointers(changed(path, None)) == [path]


def test_a_missed_call_needs_little() -> None:
    wire = read(missed_call_in())
    assert wire.kind is Kind.MISSED_CALL
    assert (wire.call.agent_id, wire.call.language, wire.subject) == (None, None, None)


@pytest.mark.parametrize("kind", ["grievance", "suggestion", "enquiry", "missed_call"])
def test_the_four_kinds_are_known(kind: str) -> None:
    assert read(record_in(kind=kind)).kind == kind


@pytest.mark.parametrize("language", ["bn", "hi", "en", "ne", "ur", "sat"])
def test_the_six_languages_are_known(language: str) -> None:
    assert read(changed("/call/language", language)).call.language == language


@pytest.mark.parametrize(
    ("path", "limit"),
    [
        ("/caller/name", 200),
        ("/caller/address", 1000),
        ("/subject/scheme", 200),
        ("/subject/category", 200),
        ("/subject/block", 200),
        ("/subject/summary", 200),
        ("/subject/details", 5000),
        ("/emergency/reason", 1000),
    ],
)
def test_text_is_held_to_its_limit_counted_in_characters_after_normalisation(path: str, limit: int) -> None:
    for character in ("x", "ক", "🌊", "e\u0301"):
        read(changed(path, character * limit))
        assert pointers(changed(path, character * (limit + 1))) == [path]
    # U+09DC is two characters in NFC
    read(changed(path, "\u09dc" * (limit // 2)))
    assert pointers(changed(path, "\u09dc" * (limit // 2 + 1))) == [path]


@pytest.mark.parametrize("path", ["/record_id", "/call/agent_id"])
def test_ids_of_the_call_centre_are_held_to_their_grammar(path: str) -> None:
    for sound in ("A", "a.B_9:-", "x" * 64):
        read(changed(path, sound))
    for unsound in ("", "x" * 65, "a b", "a/b", "ক", "a\n"):
        assert pointers(changed(path, unsound)) == [path]


@pytest.mark.parametrize("path", ["/subject/summary", "/subject/details", "/caller/name", "/caller/address"])
@pytest.mark.parametrize("character", ["\u202e", "\u2066", "\x00", "\r", "\x1b", "\x85"])
def test_control_characters_and_overrides_are_refused(path: str, character: str) -> None:
    assert pointers(changed(path, f"before{character}after")) == [path]


def test_tab_and_newline_are_text() -> None:
    wire = read(changed("/subject/details", "one\n\ttwo"))
    assert wire.subject is not None
    assert wire.subject.details == "one\n\ttwo"


def test_markup_is_kept_as_it_was_said() -> None:
    wire = read(changed("/subject/summary", "<b>no</b> water & 'no' light"))
    assert wire.subject is not None
    assert wire.subject.summary == "<b>no</b> water & 'no' light"


@pytest.mark.parametrize(
    "moment",
    ["2026-11-24T10:15:00+05:30", "2026-11-24T04:45:00Z", "2026-11-24T04:45:00.000+00:00"],
)
def test_a_time_with_any_offset_is_the_same_moment(moment: str) -> None:
    assert read(changed("/call/started_at", moment)).call.started_at == datetime(
        2026, 11, 24, 4, 45, tzinfo=UTC
    )


@pytest.mark.parametrize(
    "moment",
    [
        1764000000,
        1764000000.5,
        "1764000000",
        "1764000000.5",
        "-1",
        True,
        [],
        {},
        "",
        "yesterday",
        "2026-11-24",
        "2026-11-24T10:15:00",
        "2026-02-30T10:15:00+05:30",
        "2026-11-24T25:15:00+05:30",
        "2026-11-24T10:15:00+99:00",
        "20261-11-24T10:15:00+05:30",
    ],
)
def test_what_is_no_time_with_an_offset_is_refused(moment: object) -> None:
    assert pointers(changed("/call/started_at", moment)) == ["/call/started_at"]


@pytest.mark.parametrize("moment", ["0001-01-01T00:00:00+05:30", "9999-12-31T23:59:59-05:00"])
def test_a_time_beyond_the_years_that_can_be_reckoned_with_is_refused(moment: str) -> None:
    assert pointers(changed("/call/started_at", moment)) == ["/call/started_at"]


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("/record_id", 123),
        ("/caller/phone", 9830012345),
        ("/caller/name", 5),
        ("/caller/name", ["x"]),
        ("/subject/summary", {"text": "x"}),
        ("/subject/district", 320),
        ("/emergency", True),
        ("/emergency", "yes"),
        ("/subject", []),
        ("/kind", 1),
    ],
)
def test_nothing_is_bent_into_another_type(path: str, value: object) -> None:
    assert pointers(changed(path, value)) == [path]


@pytest.mark.parametrize("spelling", ["+91 98300-12345", "098300 12345", "9830012345"])
def test_any_spelling_of_the_number_is_the_same_content(spelling: str) -> None:
    wire = read(changed("/caller/phone", spelling))
    assert wire.caller.phone == PHONE
    assert wire.content_hash == read(changed("/caller/phone", PHONE)).content_hash


@pytest.mark.parametrize("emergency", [{}, {"reason": None}])
def test_an_emergency_without_a_reason_is_one_all_the_same(emergency: dict[str, Any]) -> None:
    wire = read(record_in(emergency=emergency))
    assert wire.emergency is not None
    assert wire.content_hash != read(record_in()).content_hash


def test_a_missed_call_whose_every_field_is_written_out_is_the_same_one() -> None:
    written_out = {**dict.fromkeys(Subject.model_fields), "summary": None}
    assert read(missed_call_in(subject=written_out)) == read(missed_call_in())
    assert read(missed_call_in(subject={})) == read(missed_call_in())


@pytest.mark.parametrize(
    ("subject", "path"), [({"sumary": None}, "/subject/sumary"), ({"district": "320"}, "/subject/summary")]
)
def test_what_a_missed_call_does_say_of_a_subject_is_read(subject: dict[str, Any], path: str) -> None:
    assert path in pointers(missed_call_in(subject=subject))


@pytest.mark.parametrize("moment", ["9999-12-31T23:59:59+00:00", "0001-01-01T00:00:00+00:00"])
def test_a_moment_at_the_end_of_all_reckoning_is_refused(moment: str) -> None:
    assert pointers(changed("/call/started_at", moment)) == ["/call/started_at"]


@given(st.permutations(list(record_in())), st.sampled_from([None, 0, 3]))
def test_order_and_spacing_are_no_content(order: list[str], indent: int | None) -> None:
    body = record_in()
    spelt = json.dumps({name: body[name] for name in order}, indent=indent, ensure_ascii=indent is None)
    assert read(spelt.encode()).content_hash == read(body).content_hash


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("/record_id", "CC-2"),
        ("/kind", "suggestion"),
        ("/call/started_at", "2026-11-24T10:05:01+05:30"),
        ("/call/agent_id", "A-18"),
        ("/call/language", "hi"),
        ("/caller/phone", "+919830012346"),
        ("/caller/name", "Another"),
        ("/caller/address", None),
        ("/caller/residence", "out_of_state"),
        ("/subject/department", "FS"),
        ("/subject/district", "303"),
        ("/subject/police_office", "POL-RANAGHAT"),
        ("/subject/summary", "Another matter"),
        ("/subject/details", None),
        ("/emergency", None),
    ],
)
def test_any_other_content_has_another_hash(path: str, value: object) -> None:
    example = read(record_in(emergency={"reason": "A reason"}))
    assert read(changed(path, value)).content_hash != example.content_hash
