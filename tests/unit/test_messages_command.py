"""``make messages``."""

from __future__ import annotations

import re

import pytest
import typer
from typer.testing import CliRunner, Result

from infra.messages.catalogue import Form, read
from infra.messages.prices import prices
from local.layout import PROJECT
from local.messages import messages


def run(*arguments: str) -> Result:
    app = typer.Typer()
    app.command()(messages)
    return CliRunner().invoke(app, arguments)


def test_one_message_in_one_language_with_its_parts_and_price() -> None:
    ended = run("citizen_rejected", "--in", "en")
    assert ended.exit_code == 0
    said = ended.output.splitlines()
    assert re.fullmatch(r"en/citizen_rejected\.sms\.j2  GSM-7, \d+ places, 2 parts, USD 0\.00556", said[0])
    assert any("SSM-4821-903-7717" in line for line in said)
    assert "    --- part 2" in said
    assert "sms.j2" not in "".join(said[1:])
    assert "  sms: USD 0.00278 a part" in ended.output


def test_every_message_is_printed() -> None:
    ended = run()
    assert ended.exit_code == 0
    assert "cannot be filled" not in ended.output
    # The HTML of a mail says what its text says.
    paths = {path for path, file in read().files.items() if file.form is not Form.MAIL_HTML}
    printed = set(re.findall(r"^(\S+\.j2)  ", ended.output, re.MULTILINE))
    assert printed == paths


@pytest.mark.parametrize(("channel", "ending"), [("mail", "mail"), ("whatsapp", "whatsapp"), ("sms", "sms")])
def test_one_channel_alone(channel: str, ending: str) -> None:
    printed = re.findall(r"^(\S+\.j2)  ", run("officer_", "--channel", channel).output, re.MULTILINE)
    assert printed
    assert all(path.split(".")[1] == ending for path in printed)


def test_what_to_register_with_the_operators() -> None:
    ended = run("officer_forwarded", "--in", "en", "--dlt", "--public-base-url", "https://ssm.wb.example")
    assert ended.exit_code == 0
    assert "    Grievance {#var#}: {#var#}{#var#}\n    Redress by {#var#}\n" in ended.output
    assert "To be whitelisted besides: https://ssm.wb.example/v1/ack; 9137091370" in ended.output
    tagged = run("officer_forwarded", "--in", "en", "--tagged").output
    assert "    Acknowledge: {#url#}{#url#}\n" in tagged


def test_what_to_register_with_meta() -> None:
    ended = run("officer_emergency", "--in", "en", "--meta")
    assert ended.exit_code == 0
    assert "{{1}}" in ended.output
    assert "/v1/ack?t={{1}}" in ended.output


def test_no_such_message() -> None:
    ended = run("citizen_nothing")
    assert ended.exit_code == 1
    assert "there is no such message" in ended.output


def test_each_channel_has_a_price_or_says_that_there_is_none_known() -> None:
    assert {"sms", "mail", "whatsapp", "voice"} <= prices().keys()
    assert prices()["voice"].of(1) == "unknown"
    assert prices()["sms"].of(2) == "USD 0.00556"


def test_the_prices_are_those_of_the_page_about_costs() -> None:
    page = (PROJECT / "docs" / "cost.md").read_text(encoding="utf-8")
    assert f"${prices()['sms'].price}, seen" in page
    assert f"${prices()['sms_unregistered'].price} [10]" in page
    mail = prices()["mail"].price
    assert mail is not None
    assert f"${mail * 1000:f} a thousand [4]".replace("0.16000", "0.16") in page
