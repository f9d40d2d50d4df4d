"""The portal's list, read from the simulator over a real socket, and whatever a real one may answer."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
import urllib3

from functions.adapters.portal import SOURCE_FLAG, CmoGrievancePortal, entry_of
from functions.adapters.portal_list import comparable, read_page
from functions.adapters.secrets import ManagedSecrets
from functions.domain.ports import PortalPage, TryLater
from functions.domain.reconciliation import Listed
from functions.domain.record import Record
from local.portal import api
from local.portal.contract import FAULT
from local.portal.server import PortalSimulator
from tests.adapters.conftest import client
from tests.builders import (
    PRIVATE,
    accepted,
    action_taken,
    forwarded,
    numbered,
    reference_of,
    registered,
    telling_identifiers,
    under_review,
    visited,
)
from tests.fakes import FakeClock

TOKEN = "a-token-for-tests"
DAY = date(2026, 11, 24)
REFERENCE = reference_of()


@pytest.fixture
def simulator(tmp_path: Path) -> Iterator[PortalSimulator]:
    with PortalSimulator(state=tmp_path / "journal.jsonl", token=TOKEN) as running:
        yield running


@pytest.fixture
def portal(simulator: PortalSimulator, _aws: None, clock: FakeClock) -> CmoGrievancePortal:
    manager = client("secretsmanager")
    manager.create_secret(Name="ssm/portal/token", SecretString=json.dumps({"token": TOKEN}))
    return CmoGrievancePortal(simulator.url, ManagedSecrets(manager, clock))


def order(simulator: PortalSimulator, mode: str, value: object = None) -> None:
    simulator.faults.order(FAULT.validate_python({"mode": mode, "value": value}))


def tamper(simulator: PortalSimulator, **what: object) -> None:
    answer = urllib3.request("POST", f"{simulator.url}/_sim/tamper", json=what)
    assert answer.status == 200, answer.data


def whole_list(portal: CmoGrievancePortal, day: date = DAY) -> list[Listed]:
    """The list, page by page to its end."""
    found: list[Listed] = []
    cursor: str | None = None
    while True:
        page = portal.listed(day, cursor)
        assert isinstance(page, PortalPage), page
        assert page.malformed == 0
        found += page.entries
        cursor = page.next
        if cursor is None:
            return found


@pytest.mark.parametrize(
    "record",
    [
        accepted(),
        accepted(under_review(registered(emergency=True))),
        telling_identifiers(accepted()),
        forwarded(),
    ],
)
def test_what_was_pushed_is_listed_as_we_hold_it(portal: CmoGrievancePortal, record: Record) -> None:
    answer = portal.push(record, None)
    (entry,) = whole_list(portal)
    assert entry == Listed(
        reference=record.reference,
        portal_id=answer.portal_id,  # type: ignore[union-attr]  # it was accepted
        key=record.reference,
        fields=portal.fields_of(record),
        recalls=frozenset(),
    )


def test_recalls_are_listed_by_their_numbers(portal: CmoGrievancePortal) -> None:
    again = visited(action_taken(visited(action_taken(), meets_standard=False)), meets_standard=False)
    held = again.model_copy(update={"portal_id": portal.push(again, None).portal_id})  # type: ignore[union-attr]  # it was accepted
    for recall in reversed(held.recalled):
        portal.push(held, recall)
    (entry,) = whole_list(portal)
    assert entry.recalls == {1, 2}
    assert entry.fields == portal.fields_of(held)


def test_a_day_comes_page_by_page(portal: CmoGrievancePortal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(api, "PAGE_SIZE", 2)
    records = [numbered(accepted(), number) for number in range(5)]
    for record in records:
        portal.push(record, None)
    assert [entry.reference for entry in whole_list(portal)] == [record.reference for record in records]
    assert whole_list(portal, date(2026, 11, 23)) == []


def test_what_was_done_to_an_entry_is_seen(portal: CmoGrievancePortal, simulator: PortalSimulator) -> None:
    record = accepted()
    portal.push(record, None)
    tamper(simulator, action="alter", reference=REFERENCE, fields={"emergency": True, "details": "other"})
    (entry,) = whole_list(portal)
    ours = portal.fields_of(record)
    assert {name for name, value in ours.items() if entry.fields[name] != value} == {"emergency", "details"}
    tamper(simulator, action="lose", reference=REFERENCE)
    assert whole_list(portal) == []


@pytest.mark.parametrize(
    ("fault", "later"),
    [
        (("down", None), TryLater(None, "no-answer")),
        (("rate_limit", 0), TryLater(1, "status-429")),
    ],
)
def test_a_portal_that_does_not_answer_is_no_empty_list(
    portal: CmoGrievancePortal, simulator: PortalSimulator, fault: tuple[str, object], later: TryLater
) -> None:
    order(simulator, *fault)
    assert portal.listed(DAY, None) == later


def test_a_cursor_that_the_portal_does_not_know_is_no_empty_list(portal: CmoGrievancePortal) -> None:
    assert portal.listed(DAY, "nonsense") == TryLater(None, "status-422")


def item(**changes: object) -> dict[str, Any]:
    return {
        **entry_of(accepted()),
        "portal_id": "CMO/2026/1",
        "idempotency_key": REFERENCE,
        "received_at": "2026-11-24T05:00:00+00:00",
        "recalls": [],
        **changes,
    }


def page_of(*items: object, **more: object) -> PortalPage | None:
    return read_page({"items": [*items], **more}, SOURCE_FLAG)


@pytest.mark.parametrize(
    "body",
    [
        None,
        [],
        "items",
        {},
        {"items": None},
        {"items": {}},
        {"items": [], "next": 5},
        {"items": [], "next": ["x"]},
        {"items": [], "next": "x" * 5000},
    ],
)
def test_what_is_no_page_is_no_empty_page(body: object) -> None:
    assert read_page(body, SOURCE_FLAG) is None


@pytest.mark.parametrize("more", [{}, {"next": None}, {"next": ""}, {"total": 0}])
def test_the_last_page_has_no_next(more: dict[str, object]) -> None:
    assert page_of(**more) == PortalPage([], 0, None)


@pytest.mark.parametrize(
    "malformed",
    [
        None,
        "SSM",
        [],
        item(reference=None),
        item(reference="SSM-0000-000-0001"),
        item(reference=f" {REFERENCE}"),
        item(reference=REFERENCE.replace("-", " ")),
        item(reference=PRIVATE[2]),
    ],
)
def test_an_entry_of_ours_that_names_no_reference_is_counted(malformed: object) -> None:
    page = page_of(item(), malformed, next="more")
    assert page is not None
    assert ([entry.reference for entry in page.entries], page.malformed, page.next) == (
        [REFERENCE],
        1,
        "more",
    )


@pytest.mark.parametrize("reference", ["CMO-17", None, 5])
def test_what_others_entered_is_nobodys_business(reference: object) -> None:
    assert page_of(item(source="Sarasari Web Form", reference=reference)) == PortalPage([], 0, None)


@pytest.mark.parametrize("portal_id", [None, "", 5, "two words", "x" * 65, PRIVATE[2], {"id": 1}])
def test_an_id_that_cannot_be_read_is_none_and_keeps_its_entry(portal_id: object) -> None:
    page = page_of(item(portal_id=portal_id, idempotency_key=portal_id))
    assert page is not None
    assert [(entry.portal_id, entry.key) for entry in page.entries] == [(None, None)]


@pytest.mark.parametrize(
    ("recalls", "numbers"),
    [
        (None, set()),
        ("two", set()),
        ([{"idempotency_key": f"{REFERENCE}:recall:2"}], {2}),
        ([{}, {"portal_id": "x"}], {1, 2}),
        ([{"idempotency_key": "SSM-0000-000-0000:recall:9"}, 7], {1, 2}),
    ],
)
def test_recalls_are_known_by_their_keys_else_by_their_places(recalls: object, numbers: set[int]) -> None:
    page = page_of(item(recalls=recalls))
    assert page is not None
    assert page.entries[0].recalls == numbers


def test_every_field_that_is_posted_is_compared() -> None:
    posted = entry_of(accepted())
    names = {name.partition(".")[0] for name in comparable(posted)}
    assert names == posted.keys() - {"reference"}


@pytest.mark.parametrize(
    ("name", "theirs"),
    [
        ("registered_at", "2026-11-24T10:15:00+05:30"),
        ("registered_at", "2026-11-24T04:45:00Z"),
        ("scheme", ""),
        ("details", ""),
        ("recall_of", ""),
        ("unknown", "field"),
    ],
)
def test_what_means_the_same_is_equal(name: str, theirs: object) -> None:
    bare = {**entry_of(accepted()), "scheme": None, "details": None}
    assert comparable({**bare, name: theirs}) == comparable(bare)
    left_out = {key: value for key, value in bare.items() if value is not None}
    assert comparable(left_out) == comparable(bare)


@pytest.mark.parametrize(
    ("field", "theirs", "names"),
    [
        ("emergency", "false", {"emergency"}),
        ("emergency", None, {"emergency"}),
        ("department", ["HFW"], {"department"}),
        ("registered_at", "yesterday", {"registered_at"}),
        ("registered_at", "2026-11-24T04:45:00", {"registered_at"}),
        ("registered_at", 1764000000, {"registered_at"}),
        ("due_at", None, {"due_at"}),
        ("due_at", "0001-01-01T00:00:00+23:00", {"due_at"}),
        ("summary", {"bn": "x"}, {"summary"}),
        ("summary", "\ud800", {"summary"}),
        ("complainant", None, {"complainant.name", "complainant.phone", "complainant.address"}),
        ("complainant", "a name", {"complainant.name", "complainant.phone", "complainant.address"}),
        ("complainant", {"name": PRIVATE[2], "phone": "1", "address": PRIVATE[3]}, {"complainant.phone"}),
        ("source", "Web Form", {"source"}),
        ("recall_of", "CMO/2026/1", {"recall_of"}),
    ],
)
def test_what_is_unlike_is_named(field: str, theirs: object, names: set[str]) -> None:
    ours, seen = comparable(entry_of(accepted())), comparable({**entry_of(accepted()), field: theirs})
    assert {name for name, value in ours.items() if seen[name] != value} == names


def test_a_time_is_a_moment_and_a_text_a_fingerprint() -> None:
    fields = comparable(entry_of(accepted()))
    assert fields["registered_at"] == datetime(2026, 11, 24, 4, 45, tzinfo=UTC)
    told = repr(fields) + repr(replace(page_of(item()).entries[0]))  # type: ignore[union-attr]  # it is a page
    assert not [text for text in PRIVATE if text in told]
