"""Offices are given the lists of people that they are to know: after each upload, and each month."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime, timedelta

import pytest

from functions.domain.channel import Channel
from functions.domain.errors import BeingSent, Unanswered, Unavailable, Undeliverable
from functions.domain.office import FieldExecutive, Level
from functions.domain.ports import Mail
from functions.registry import handler
from functions.registry.applying import apply
from functions.registry.files import EXECUTIVES, HOLIDAYS, OFFICERS
from functions.registry.rosters import send_rosters, send_rosters_of_day
from tests.builders import CONTEXT, NOW, officer, settings, upload
from tests.fakes import SAMPLES, FakePorts

CELL = "cell@wb.example"
TODAY = NOW.date()
A_DAY = timedelta(days=1)
EVERY_FILE = (OFFICERS, EXECUTIVES)


def executive(number: int, *districts: str, **changes: object) -> FieldExecutive:
    return FieldExecutive.model_validate(
        {
            "executive_id": f"FE-{number:03d}",
            "name": f"রুমা {number} (sample)",
            "phone": f"+91900100000{number}",
            "districts": districts,
            "valid_from": date(2026, 1, 1),
            "valid_to": None,
            **changes,
        }
    )


def sends(outside: FakePorts, *files: str, occasion: str = "v1", today: date = TODAY) -> int:
    return sum(send_rosters(outside, CELL, file, occasion, today) for file in files or EVERY_FILE)


def sends_at_night(outside: FakePorts, today: date) -> list[str]:
    """Subjects of what went out at the beginning of a day, which is told twice."""
    outside.messaging.mails.clear()
    sent = send_rosters_of_day(outside, CELL, today)
    assert send_rosters_of_day(outside, CELL, today) == 0
    assert sent == len(outside.messaging.mails)
    return [mail.subject for mail in outside.messaging.mails]


def attached(mail: Mail) -> list[dict[str, str]]:
    """The file that goes with a mail, as a spreadsheet reads it."""
    (attachment,) = mail.attachments
    assert attachment.content_type == "text/csv"
    assert attachment.content.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(attachment.content.decode("utf-8-sig"), newline="")))


@pytest.fixture(autouse=True)
def _two_districts(outside: FakePorts) -> None:
    outside.registry.officers = [
        officer("320", email="nodal.nadia@wb.example"),
        officer("320", Level.HEAD, email="dm.nadia@wb.example"),
        officer("303", Level.HEAD, email="dm.north24@wb.example"),
        officer("HFW"),
    ]
    outside.registry.executives = [executive(2, "320"), executive(1, "320", "303"), executive(3, "664")]


def test_the_cell_gets_every_nodal_officer_in_post(outside: FakePorts) -> None:
    gone = officer("FISH", valid_to=TODAY - A_DAY)
    outside.registry.officers += [gone, officer("TOUR", valid_to=TODAY)]
    assert sends(outside, OFFICERS) == 1
    (mail,) = outside.messaging.mails
    assert mail.to == CELL
    assert mail.subject == "Nodal officers as of 24 Nov 2026: 3 offices"
    assert [(row["office"], row["until"]) for row in attached(mail)] == [
        ("320", ""),
        ("HFW", ""),
        ("TOUR", "2026-11-24"),
    ]
    assert attached(mail)[0]["email"] == "nodal.nadia@wb.example"
    assert "Nadia (320): Ananya Roy (sample), Joint Secretary (Grievance)" in mail.text


def test_nodal_officer_and_magistrate_get_the_executives_of_their_district(outside: FakePorts) -> None:
    assert sends(outside, EXECUTIVES) == 3
    mails = {mail.to: mail for mail in outside.messaging.mails}
    assert mails.keys() == {"nodal.nadia@wb.example", "dm.nadia@wb.example", "dm.north24@wb.example"}
    nadia, north = mails["dm.nadia@wb.example"], mails["dm.north24@wb.example"]
    assert [row["executive_id"] for row in attached(nadia)] == ["FE-001", "FE-002"]
    assert [row["executive_id"] for row in attached(north)] == ["FE-001"]
    assert nadia.subject == "Field validation executives in Nadia as of 24 Nov 2026"
    for body in (nadia.text, nadia.html):
        assert "FE-002: রুমা 2 (sample), +919001000002, from 2026-01-01" in body
    assert nadia.attachments[0].name == "district_executives_320_2026-11-24.csv"


def test_who_has_gone_stands_in_no_list_and_who_is_to_come_does(outside: FakePorts) -> None:
    outside.registry.executives = [
        executive(1, "320", valid_to=TODAY - A_DAY),
        executive(2, "320", valid_to=TODAY),
        executive(3, "320", valid_from=TODAY + A_DAY),
    ]
    sends(outside, EXECUTIVES)
    assert [row["executive_id"] for row in attached(outside.messaging.mails[0])] == ["FE-002", "FE-003"]
    assert "FE-002: রুমা 2 (sample), +919001000002, from 2026-01-01 until 2026-11-24" in (
        outside.messaging.mails[0].text
    )


def test_for_one_occasion_a_list_goes_once(outside: FakePorts) -> None:
    assert sends(outside) == 4
    assert sends(outside) == 0
    assert sends(outside, occasion="v2") == 4


def test_one_address_that_fails_holds_back_no_other_and_is_tried_again(outside: FakePorts) -> None:
    outside.messaging.broken["nodal.nadia@wb.example"] = Unavailable("mail")
    with pytest.raises(Unavailable):
        sends(outside)
    assert {mail.to for mail in outside.messaging.mails} == {
        CELL,
        "dm.nadia@wb.example",
        "dm.north24@wb.example",
    }
    # WHEN it is tried again at once
    outside.messaging.broken.clear()
    outside.clock.advance(seconds=1)
    assert sends(outside) == 1


def test_a_list_that_may_have_gone_waits_until_its_sender_is_taken_for_dead(outside: FakePorts) -> None:
    outside.messaging.broken["nodal.nadia@wb.example"] = Unanswered("mail")
    with pytest.raises(Unanswered):
        sends(outside)
    outside.messaging.broken.clear()
    outside.clock.advance(seconds=30)
    with pytest.raises(BeingSent):
        sends(outside)
    outside.clock.advance(seconds=31)
    assert sends(outside) == 1


def test_an_address_that_is_refused_is_noted_and_is_no_failure(outside: FakePorts) -> None:
    outside.messaging.broken["nodal.nadia@wb.example"] = Undeliverable("email", "InvalidAddress")
    assert sends(outside, EXECUTIVES) == 2
    # AND it is not tried again, not even when the address would work
    outside.messaging.broken.clear()
    outside.clock.advance(minutes=2)
    assert sends(outside, EXECUTIVES) == 0
    key = ("ROSTERS", "field-executives#v1#320#nodal")
    outcome = outside.alert_log.outcomes[key]
    assert (outcome.code, outcome.is_unreached, outcome.for_good) == ("InvalidAddress", True, True)
    # AND the next upload's list is
    assert sends(outside, EXECUTIVES, occasion="v2") == 3


def test_an_empty_registry_sends_nothing(outside: FakePorts) -> None:
    outside.registry.officers, outside.registry.executives = [], []
    assert sends(outside) == 0


def test_an_upload_brings_the_lists_of_its_own_people(outside: FakePorts) -> None:
    for name, mails in ((HOLIDAYS, 1), (OFFICERS, 2), (EXECUTIVES, 47)):
        outside.uploads.files[name, "v1"] = (SAMPLES / name).read_bytes()
        outside.messaging.mails.clear()
        apply(outside, CELL, name, "v1", upload())
        assert len(outside.messaging.mails) == mails
        apply(outside, CELL, name, "v1", upload())
        # Neither that it is in force nor the lists are told again.
        assert len(outside.messaging.mails) == mails


def test_an_upload_that_is_refused_brings_none(outside: FakePorts) -> None:
    outside.uploads.files[OFFICERS, "v1"] = b"no officers"
    apply(outside, CELL, OFFICERS, "v1", upload())
    assert len(outside.messaging.mails) == 1


@pytest.mark.parametrize(("day", "sent"), [(30, 0), (31, 4), (32, 0)])
def test_the_lists_go_on_the_first_of_a_month_in_india(
    outside: FakePorts, monkeypatch: pytest.MonkeyPatch, day: int, sent: int
) -> None:
    monkeypatch.setattr(handler, "ports", lambda: outside)
    monkeypatch.setattr(handler, "settings", lambda: settings(GRIEVANCE_CELL_MAIL=CELL))
    # 19:00 UTC is half past midnight of the next day.
    night = datetime(2026, 12, 1, 19, tzinfo=UTC) + (day - 1) * A_DAY
    for _ in range(2):
        answer = handler.look_after_posts({"time": night.isoformat()}, CONTEXT)
        assert answer["rosters_sent"] == sent
        sent = 0


# --- What a term changes, on the day on which it does


OF_NADIA = "Field validation executives in Nadia as of"


@pytest.mark.parametrize("days", [1, 6])
def test_the_cells_list_goes_on_the_day_on_which_a_successor_takes_over(
    outside: FakePorts, days: int
) -> None:
    # GIVEN a successor who was uploaded ahead
    last_day = TODAY + (days - 1) * A_DAY
    outside.registry.officers += [
        officer("TOUR", name="One", valid_to=last_day),
        officer("TOUR", name="Two", valid_from=last_day + A_DAY),
    ]
    sent = [sends_at_night(outside, TODAY + day * A_DAY) for day in range(7)]
    assert [len(mails) for mails in sent] == [int(day == days) for day in range(7)]
    assert sent[days] == [f"Nodal officers as of {last_day + A_DAY:%d %b %Y}: 3 offices"]


def test_it_goes_when_a_post_falls_vacant(outside: FakePorts) -> None:
    outside.registry.officers.append(officer("TOUR", valid_to=TODAY))
    assert sends_at_night(outside, TODAY) == []
    assert sends_at_night(outside, TODAY + A_DAY) == ["Nodal officers as of 25 Nov 2026: 2 offices"]
    (mail,) = outside.messaging.mails
    assert [row["office"] for row in attached(mail)] == ["320", "HFW"]


def test_a_head_who_changes_changes_no_list(outside: FakePorts) -> None:
    outside.registry.officers.append(officer("TOUR", Level.HEAD, valid_to=TODAY))
    assert sends_at_night(outside, TODAY + A_DAY) == []


def test_a_districts_list_goes_on_the_day_on_which_an_executive_comes_or_has_gone(outside: FakePorts) -> None:
    outside.registry.executives = [
        executive(1, "320", valid_to=TODAY),
        executive(2, "320", "303", valid_from=TODAY + 2 * A_DAY),
        executive(3, "664"),
    ]
    sent = [sends_at_night(outside, TODAY + day * A_DAY) for day in range(4)]
    assert sent[1] == [f"{OF_NADIA} 25 Nov 2026"] * 2
    # Nodal officer and District Magistrate of the one, District Magistrate of the other.
    assert [len(mails) for mails in sent] == [0, 2, 3, 0]


def test_on_the_first_of_a_month_what_changes_goes_once(outside: FakePorts) -> None:
    outside.registry.executives = [executive(1, "320", valid_to=date(2026, 11, 30)), executive(2, "303")]
    outside.registry.officers.append(officer("TOUR", valid_to=date(2026, 11, 30)))
    assert sends_at_night(outside, date(2026, 12, 1)) == [
        f"{OF_NADIA} 01 Dec 2026",
        f"{OF_NADIA} 01 Dec 2026",
        "Field validation executives in North 24 Parganas as of 01 Dec 2026",
        "Nodal officers as of 01 Dec 2026: 2 offices",
    ]
    assert attached(outside.messaging.mails[0]) == []


# --- Districts that have nobody any more


def roster_of(outside: FakePorts, version: str, *executives: FieldExecutive) -> list[Mail]:
    """What a roster that is put in force brings, however often it is told."""
    outside.messaging.mails.clear()
    at = NOW + timedelta(minutes=int(version[1:]))
    for _ in range(2):
        assert outside.registry.apply_executives(executives, upload(version, at=at)) is None
        sends(outside, EXECUTIVES, occasion=version)
    return sorted(outside.messaging.mails, key=lambda mail: mail.to)


def test_a_district_whose_only_executive_was_moved_away_is_told_that_it_has_none(outside: FakePorts) -> None:
    outside.registry.executives = [executive(1, "320"), executive(2, "303")]
    magistrate, north, nodal = roster_of(outside, "v1", executive(1, "303"), executive(2, "303"))
    assert (magistrate.to, nodal.to) == ("dm.nadia@wb.example", "nodal.nadia@wb.example")
    assert magistrate.subject == f"{OF_NADIA} 24 Nov 2026"
    for body in (magistrate.text, magistrate.html):
        assert "No executive checks on the ground in your district" in body
        assert "Executives: none" in body
    assert magistrate.attachments[0].content.decode("utf-8-sig") == "executive_id,name,phone,since,until\r\n"
    assert [row["executive_id"] for row in attached(north)] == ["FE-001", "FE-002"]
    # AND is told so once
    assert [mail.to for mail in roster_of(outside, "v2", executive(2, "303"))] == ["dm.north24@wb.example"]


def test_a_district_that_never_had_any_is_told_nothing(outside: FakePorts) -> None:
    outside.registry.executives = []
    assert [mail.to for mail in roster_of(outside, "v1", executive(1, "303"))] == ["dm.north24@wb.example"]


# --- The file, as a spreadsheet opens it


def test_no_cell_is_a_formula_and_a_telephone_number_keeps_its_plus(outside: FakePorts) -> None:
    formulas = ['=HYPERLINK("http://x","y")', "+1", "-1", "@SUM(1)"]
    outside.registry.executives = [
        executive(number, "303", name=name) for number, name in enumerate(formulas, 1)
    ]
    assert sends(outside, EXECUTIVES) == 1
    (mail,) = outside.messaging.mails
    assert [row["name"] for row in attached(mail)] == ["'" + name for name in formulas]
    assert [row["phone"] for row in attached(mail)] == [f"'+91900100000{number}" for number in range(1, 5)]
    assert f"{formulas[0]}, +919001000001" in mail.text
    outside.registry.officers = [officer("HFW", designation="=1+1")]
    sends(outside, OFFICERS)
    (row,) = attached(outside.messaging.mails[-1])
    assert (row["designation"], row["name"], row["since"]) == ("'=1+1", "Ananya Roy (sample)", "2026-01-01")
    assert row["phone"].startswith("'+91")


def test_while_mail_is_out_nothing_counts_as_sent(outside: FakePorts) -> None:
    outside.messaging.out.add(Channel.EMAIL)
    with pytest.raises(Unavailable):
        sends(outside)
    assert outside.alert_log.evidence == {}
