"""Messages about posts: to a former officer, and of vacancies to the CMO Grievance Cell."""

import html

import pytest

from functions.adapters.messages import mail_of, render
from tests.unit.test_messages import LANGUAGES, SCRIPT, TWO_PARTS_GSM, TWO_PARTS_UCS2, mail_values, parts_used

SUCCEEDED = "officer_succeeded"


def values(language: str) -> dict[str, object]:
    return mail_values(language) | {"emergency": False, "recall_reasons": []}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_former_officers_sms_fits_two_parts(language: str) -> None:
    text = render(f"{language}/{SUCCEEDED}.sms.j2", values(language))
    used, room = parts_used(text)
    assert used <= room
    assert room == (TWO_PARTS_UCS2 if language == "bn" else TWO_PARTS_GSM)
    assert str(values(language)["reference"]) in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_former_officer_is_told_nothing_of_the_citizen(language: str) -> None:
    known = values(language)
    kept_back = [str(known[name]) for name in ("due", "summary", "details", "caller_name", "caller_phone")]
    kept_back += [SCRIPT, str(known["link"]), str(known["portal_id"])]
    for part in mail_of(f"{language}/{SUCCEEDED}", known):
        assert str(known["reference"]) in part
        assert not [said for said in kept_back if said in html.unescape(part)]
        assert "\n\n\n" not in part


def lines(*told: tuple[str, str]) -> list[dict[str, object]]:
    return [
        {"office": "Fisheries (FISH)", "level": level, "is_now": not last_day, "last_day": last_day}
        for level, last_day in told
    ]


@pytest.mark.parametrize(
    ("now", "ahead", "subject"),
    [
        (1, 0, "Registry: 1 post vacant"),
        (2, 0, "Registry: 2 posts vacant"),
        (0, 3, "Registry: 3 to fall vacant within a week"),
        (1, 1, "Registry: 1 post vacant, 1 to fall vacant within a week"),
    ],
)
def test_vacancies_are_counted_and_listed(now: int, ahead: int, subject: str) -> None:
    listed = lines(*[("nodal", "")] * now, *[("head", "30 Nov 2026")] * ahead)
    told = {"now": now, "ahead": ahead, "lines": listed}
    found, text, marked_up = mail_of("en/cell_vacancies", told, layout="layout_of_list")
    assert found == subject
    for body in (text, marked_up):
        assert body.count("nodal officer: vacant, nobody was ever named") == now
        assert body.count("head of the office: last day 30 Nov 2026") == ahead
        assert "  " not in text
        assert "\n\n\n" not in text
