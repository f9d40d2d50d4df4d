"""Offices are given the lists of people that they are to know: after each upload, and each month."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime, timedelta

import pytest

from functions.domain.alerts import Channel
from functions.domain.errors import Unavailable
from functions.domain.office import FieldExecutive, Level
from functions.domain.ports import Mail
from functions.registry import handler
from functions.registry.applying import apply
from functions.registry.files import EXECUTIVES, HOLIDAYS, OFFICERS
from functions.registry.rosters import send_rosters
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
    return send_rosters(outside, CELL, files or EVERY_FILE, occasion, today)


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
    outside.messaging.broken.clear()
    outside.clock.advance(minutes=2)
    assert sends(outside) == 1


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
        # Its result is told again, the lists are not.
        assert len(outside.messaging.mails) == mails + 1


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


def test_while_mail_is_out_nothing_counts_as_sent(outside: FakePorts) -> None:
    outside.messaging.out.add(Channel.EMAIL)
    with pytest.raises(Unavailable):
        sends(outside)
    assert outside.alert_log.evidence == {}
