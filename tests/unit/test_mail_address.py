"""A mail address is one that a mail server takes as it is written, or it is refused where it is uploaded."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.adapters.bundled import registers
from functions.domain.mail_address import AS_KEPT, is_mail_address
from functions.domain.office import Officer
from functions.registry.files import COLUMNS, OFFICERS, check
from tests.builders import officer

TAKEN = [
    "js.hfw@wb.gov.in",
    "JS.HFW@WB.GOV.IN",
    "dm-nadia@nic.in",
    "o'brien+line_2@police.wb.gov.in",
    "a@b.co",
    "x@xn--45brj9c.xn--h2brj9c",
    "1@1.2.in",
]
REFUSED = [
    "js.hfw@wb.gov.in\u200b",
    "js.hfw@wb.gov.in\n",
    "js\u00a0hfw@wb.gov.in",
    "dm-nadia@nic.in;",
    "dm-nadia@nic.in,adm@nic.in",
    "<js@wb.gov.in>",
    "JS <js@wb.gov.in>",
    "mailto:js@wb.gov.in",
    '"js"@wb.gov.in',
    "js@wb..gov.in",
    "js..hfw@wb.gov.in",
    ".js@wb.gov.in",
    "js.@wb.gov.in",
    "js@.gov.in",
    "js@gov.in.",
    "js@-wb.gov.in",
    "js@wb-.gov.in",
    "js@wb_gov.in",
    "js@localhost",
    "js@[10.0.0.1]",
    "js@10.0.0.1",
    "js@wb@gov.in",
    "js(at)wb.gov.in",
    "@wb.gov.in",
    "সচিব@wb.gov.in",
    "सचिव@wb.gov.in",
    "js@পশ্চিমবঙ্গ.gov.in",
    f"{'x' * 65}@wb.gov.in",
    f"js@{'x' * 64}.in",
    f"js@{'wb.' * 90}in",
]


@pytest.mark.parametrize("address", TAKEN)
def test_an_address_as_mail_servers_take_it_is_one(address: str) -> None:
    assert is_mail_address(address)
    assert officer(email=address).email == address


@pytest.mark.parametrize("address", REFUSED)
def test_what_only_looks_like_an_address_is_none(address: str) -> None:
    assert not is_mail_address(address)


@pytest.mark.parametrize("address", [one for one in REFUSED if "\n" not in one])
def test_it_is_refused_on_upload_with_its_line_and_without_its_words(address: str) -> None:
    cells = ("HFW", "nodal", "Ruma Roy", "Joint Secretary", "Joint Secretary", "+919001000001", "")
    file = io.StringIO()
    rows = [(*cells, mail, "en", "2026-01-01", "") for mail in ("a@wb.gov.in", address)]
    csv.writer(file).writerows([COLUMNS[OFFICERS], *rows])
    found = check(OFFICERS, file.getvalue().encode(), registers())
    (error,) = found.errors
    assert (error.line, error.column) == (3, "email")
    assert error.detail == "is no mail address such as nodal.hfw@example.org"


def test_one_that_was_kept_before_hides_no_officer() -> None:
    kept = {**officer().model_dump(mode="json"), "email": "js.hfw@wb.example\u200b"}
    with pytest.raises(ValueError, match="no mail address"):
        Officer.model_validate(kept)
    assert Officer.model_validate(kept, context=AS_KEPT).email == kept["email"]


@given(st.text() | st.from_regex(r"[a-z.@<>;\u0995\u200b-]{3,20}@[a-z.-]{1,20}", fullmatch=True))
def test_whatever_is_taken_is_ascii_and_has_one_at_and_no_empty_part(text: str) -> None:
    if not is_mail_address(text):
        return
    local, at, domain = text.partition("@")
    assert text.isascii()
    assert at
    assert "@" not in domain
    assert all(local.split("."))
    assert all(domain.split("."))
    assert not set(text) & set(' \t\r\n<>()[],;:\\"')
