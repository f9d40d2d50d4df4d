"""What an office is told of a matter that another one has: no word of the citizen, nothing to acknowledge."""

import html

import pytest

from functions.adapters.messages import mail_of
from tests.unit.test_messages import LANGUAGES, LINK, MESSAGES, SCRIPT, mail_values

INFORMED = "officer_informed"
TRANSFERRED_OFTEN = "cell_transferred"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", [INFORMED, TRANSFERRED_OFTEN])
@pytest.mark.parametrize("emergency", [False, True])
def test_it_names_who_has_it_and_by_when_and_nobody_else(
    language: str, kind: str, *, emergency: bool
) -> None:
    values = mail_values(language) | {"emergency": emergency, "link": "", "recall_reasons": []}
    subject, text, marked_up = mail_of(f"{language}/{kind}", values)
    kept_back = [str(values[name]) for name in ("summary", "caller_name", "caller_phone", "details")]
    kept_back += [SCRIPT, LINK, "personal data", "ব্যক্তিগত তথ্য"]
    for message in (subject, text, marked_up):
        shown = html.unescape(message)
        assert not [said for said in kept_back if said in shown]
        for told in ("reference", "category", "office"):
            assert str(values[told]) in shown
        assert (("জরুরি" if language == "bn" else "EMERGENCY") in shown) == emergency
    assert "\n" not in subject
    for body in (text, marked_up):
        assert str(values["due"]) in body
    assert "\n\n\n" not in text


@pytest.mark.parametrize("kind", [INFORMED, TRANSFERRED_OFTEN])
def test_it_goes_by_mail_alone(kind: str) -> None:
    assert list(MESSAGES.rglob(f"{kind}.sms.j2")) == []
