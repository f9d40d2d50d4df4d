"""What each provider tells is read into one form, and nothing of the recipient comes through."""

import base64
import gzip
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.adapters.delivery_events import to_body
from functions.domain.channel import Channel
from functions.domain.delivery import DeliveryEvent, DeliveryState
from functions.notify.contract import log_lines, read
from functions.notify.providers.reading import UnreadableError

EVENTS = Path(__file__).parents[2] / "events"
ADDRESSES = ("nodal.hfw", "9830012345", "Ananya", "ধন্যবাদ")
WAMID = "wamid.HBgMOTE5ODMwMDEyMzQ1FQIAERgSQzRFRDA5NkY2RUYxRTk5RTg3AA=="


def sample(name: str) -> str:
    return (EVENTS / f"{name}.json").read_text(encoding="utf-8")


def changed(name: str, **values: object) -> str:
    body: dict[str, Any] = json.loads(sample(name))
    return json.dumps({**body, **values})


@pytest.mark.parametrize(
    ("name", "channel", "state", "code", "for_good"),
    [
        ("ses_send", Channel.EMAIL, DeliveryState.SENT, None, False),
        ("ses_delivery", Channel.EMAIL, DeliveryState.DELIVERED, None, False),
        (
            "ses_delivery_delay",
            Channel.EMAIL,
            DeliveryState.DELAYED,
            "Delay/TransientCommunicationFailure",
            False,
        ),
        ("ses_bounce", Channel.EMAIL, DeliveryState.BOUNCED, "Permanent/General", True),
        ("ses_bounce_soft", Channel.EMAIL, DeliveryState.FAILED, "Transient/MailboxFull", False),
        (
            "ses_bounce_suppressed",
            Channel.EMAIL,
            DeliveryState.SUPPRESSED,
            "Permanent/OnAccountSuppressionList",
            True,
        ),
        ("ses_complaint", Channel.EMAIL, DeliveryState.COMPLAINED, "Complaint/abuse", True),
        ("ses_reject", Channel.EMAIL, DeliveryState.FAILED, "Reject", False),
        ("ses_rendering_failure", Channel.EMAIL, DeliveryState.FAILED, "RenderingFailure", False),
        ("whatsapp_sent", Channel.WHATSAPP, DeliveryState.SENT, None, False),
        ("whatsapp_delivered", Channel.WHATSAPP, DeliveryState.DELIVERED, None, False),
        ("whatsapp_read", Channel.WHATSAPP, DeliveryState.READ, None, False),
        ("whatsapp_failed", Channel.WHATSAPP, DeliveryState.FAILED, "131026", True),
        ("voice_initiated", Channel.VOICE, DeliveryState.SENT, None, False),
        ("voice_answered", Channel.VOICE, DeliveryState.DELIVERED, None, False),
        ("voice_completed", Channel.VOICE, DeliveryState.DELIVERED, None, False),
        ("voice_no_answer", Channel.VOICE, DeliveryState.FAILED, "VOICE_NO_ANSWER", False),
        ("voice_busy", Channel.VOICE, DeliveryState.FAILED, "VOICE_BUSY", False),
        ("text_invalid", Channel.SMS, DeliveryState.FAILED, "TEXT_INVALID", True),
        ("sms_success", Channel.SMS, DeliveryState.DELIVERED, None, False),
        ("sms_failure_opted_out", Channel.SMS, DeliveryState.FAILED, "phone-blocks-sms", True),
        ("sms_failure_unreachable", Channel.SMS, DeliveryState.FAILED, "phone-unreachable", False),
    ],
)
def test_each_notification_tells_channel_state_and_why(
    name: str, channel: Channel, state: DeliveryState, code: str | None, *, for_good: bool
) -> None:
    reading = read(sample(name))
    (event,) = reading.events
    assert not reading.unread
    assert (event.channel, event.outcome.state, event.outcome.code) == (channel, state, code)
    assert event.outcome.condemns_contact is for_good
    assert event.outcome.at.date().isoformat() == "2026-11-24"
    assert not any(address in event.model_dump_json() for address in ADDRESSES)


def test_every_sample_is_read() -> None:
    read_as = {
        path.stem: len(read(path.read_text(encoding="utf-8")).events) for path in EVENTS.glob("*.json")
    }
    assert len(read_as) == 24
    # That a mail is no spam says nothing against the address, and no more of the mail than its delivery did.
    without = {"whatsapp_inbound", "ses_complaint_not_spam"}
    assert {name for name, events in read_as.items() if not events} == without


@pytest.mark.parametrize(
    ("name", "ids"),
    [
        ("ses_bounce", ("mail-1",)),
        ("sms_success", ("sms-1",)),
        ("voice_busy", ("call-1",)),
        ("whatsapp_failed", ("6d69f07a-c317-4278-9d5c-6a84078419ec", WAMID)),
    ],
)
def test_a_message_is_known_by_what_its_sending_was_answered_with(name: str, ids: tuple[str, ...]) -> None:
    assert read(sample(name)).events[0].message_ids == ids


@pytest.mark.parametrize(
    ("name", "at"),
    [
        ("ses_bounce", datetime(2026, 11, 24, 4, 46, 2, 669000, tzinfo=UTC)),
        ("voice_busy", datetime(2026, 11, 24, 4, 46, 0, 470000, tzinfo=UTC)),
        ("whatsapp_read", datetime(2026, 11, 24, 4, 46, tzinfo=UTC)),
        ("sms_success", datetime(2026, 11, 24, 4, 45, 35, 902000, tzinfo=UTC)),
    ],
)
def test_when_is_told_by_the_providers_clock(name: str, at: datetime) -> None:
    assert read(sample(name)).events[0].outcome.at == at


def test_snss_envelope_and_our_own_form_are_read_alike() -> None:
    (bare,) = read(sample("ses_bounce")).events
    envelope = json.dumps({"Type": "Notification", "MessageId": "x", "Message": sample("ses_bounce")})
    assert list(read(envelope).events) == [bare]
    assert list(read(to_body(bare)).events) == [bare]


def test_what_says_nothing_of_a_delivery_is_no_error() -> None:
    assert read("Successfully validated SNS topic for Amazon SES event publishing.").events == ()
    assert not read(changed("ses_send", eventType="Open", open={})).events
    assert not read(sample("whatsapp_inbound")).unread


def test_several_statuses_in_one_notification_are_each_known_by_their_own_id() -> None:
    body = json.loads(sample("whatsapp_read"))
    entry = json.loads(body["whatsAppWebhookEntry"])
    statuses = entry["changes"][0]["value"]["statuses"]
    statuses += [{**statuses[0], "id": "wamid.other"}, {**statuses[0], "status": "unheard of"}]
    reading = read(json.dumps({**body, "whatsAppWebhookEntry": json.dumps(entry)}))
    assert [event.message_ids for event in reading.events] == [(WAMID,), ("wamid.other",)]
    assert reading.unread == ["whatsapp-status"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "no JSON",
        "[]",
        "{}",
        "[" * 4000,
        '{"mail": null}',
        '{"notification": {"messageId": "1"}}',
        '{"whatsAppWebhookEntry": "{broken"}',
        changed("ses_bounce", eventType="Unheard Of"),
        changed("ses_bounce", bounce=None),
        changed("voice_busy", eventType="VOICE_UNHEARD_OF"),
        changed("voice_busy", eventTimestamp=10**30),
        changed("voice_busy", messageId=""),
        changed("sms_success", status="MAYBE"),
        changed("sms_success", notification={"messageId": "sms-1", "timestamp": "yesterday"}),
    ],
)
def test_what_is_no_notification_is_told_so_without_its_words(text: str) -> None:
    with pytest.raises(UnreadableError) as unread:
        read(text)
    assert unread.value.reason
    assert len(str(unread.value)) < 40
    assert unread.value.__cause__ is None


@given(st.text() | st.dictionaries(st.text(), st.text()).map(json.dumps))
def test_no_text_brings_it_down(text: str) -> None:
    try:
        reading = read(text)
    except UnreadableError:
        return
    assert not reading.events


@pytest.mark.parametrize("name", [path.stem for path in sorted(EVENTS.glob("*.json"))])
@given(data=st.data())
def test_no_damage_to_a_notification_brings_it_down(name: str, data: st.DataObject) -> None:
    body = json.loads(sample(name))
    holder: Any = body
    while isinstance(holder, dict) and holder:
        key = data.draw(st.sampled_from(sorted(holder)))
        if isinstance(holder[key], dict) and data.draw(st.booleans()):
            holder = holder[key]
            continue
        holder[key] = data.draw(st.none() | st.integers() | st.text() | st.just([]) | st.just({}))
        break
    try:
        reading = read(json.dumps(body))
    except UnreadableError:
        return
    assert all(isinstance(event, DeliveryEvent) for event in reading.events)


def test_log_lines_are_unpacked() -> None:
    told = {"messageType": "DATA_MESSAGE", "logEvents": [{"id": "1", "timestamp": 1, "message": "{}"}]}
    assert log_lines(packed(told)) == ["{}"]
    assert log_lines(packed({"messageType": "CONTROL_MESSAGE", "logEvents": [{"message": "hello"}]})) == []
    assert log_lines({"Records": []}) is None
    for broken in ("", "AAAA", base64.b64encode(gzip.compress(b"[]")).decode()):
        with pytest.raises(UnreadableError):
            log_lines({"awslogs": {"data": broken}})


def packed(told: dict[str, Any]) -> dict[str, Any]:
    return {"awslogs": {"data": base64.b64encode(gzip.compress(json.dumps(told).encode())).decode()}}
