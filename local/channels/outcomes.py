"""What becomes of a message, as AWS tells it: in Meta's words, and in those of the voice API."""

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from local.channels.numbers import NO_ANSWER, UNREACHABLE, ends

ACCOUNT = "000000000000"
_WABA = "100000000000001"
_META_NUMBER = "200000000000002"
_UNDELIVERABLE = {
    "code": 131026,
    "title": "Message undeliverable",
    "message": "Message undeliverable",
    "error_data": {"details": "Message Undeliverable."},
}


def of_whatsapp(
    message_id: str, phone: str, origination_arn: str, callback_data: str | None, at: datetime
) -> list[dict[str, Any]]:
    """The events of a WhatsApp message, in order: sent, then delivered or failed.

    Each is Meta's webhook entry, as text, in the envelope of AWS, whose ``messageId`` is the one that the API
    answered; Meta's own id of the message stands in the entry.

    Args:
        message_id: what the API answered.
        phone: the recipient's.
        origination_arn: the sender's.
        callback_data: what the sender wanted back.
        at: when.
    """
    last = "failed" if ends(phone, UNREACHABLE) else "delivered"
    return [
        _enveloped(message_id, origination_arn, _entry(message_id, phone, status, callback_data, at), at)
        for status in ("sent", last)
    ]


def _enveloped(
    message_id: str, origination_arn: str, entry: Mapping[str, Any], at: datetime
) -> dict[str, Any]:
    waba_arn = f"{origination_arn.rpartition(':')[0]}:waba/{_WABA}"
    return {
        "context": {
            "MetaWabaIds": [{"wabaId": _WABA, "arn": waba_arn}],
            "MetaPhoneNumberIds": [{"metaPhoneNumberId": _META_NUMBER, "arn": origination_arn}],
        },
        "whatsAppWebhookEntry": json.dumps(entry),
        "aws_account_id": ACCOUNT,
        "message_timestamp": at.isoformat(),
        "messageId": message_id,
    }


def _entry(
    message_id: str, phone: str, status: str, callback_data: str | None, at: datetime
) -> dict[str, Any]:
    told: dict[str, Any] = {
        "id": f"wamid.{hashlib.sha256(message_id.encode()).hexdigest()[:40].upper()}",
        "status": status,
        "timestamp": str(int(at.timestamp())),
        "recipient_id": phone.lstrip("+"),
    }
    if callback_data is not None:
        told["biz_opaque_callback_data"] = callback_data
    if status == "failed":
        told["errors"] = [_UNDELIVERABLE]
    metadata = {"display_phone_number": "910000000000", "phone_number_id": _META_NUMBER}
    value = {"messaging_product": "whatsapp", "metadata": metadata, "statuses": [told]}
    return {"id": _WABA, "changes": [{"field": "messages", "value": value}]}


def of_call(message_id: str, phone: str, context: Mapping[str, str], at: datetime) -> list[dict[str, Any]]:
    """The events of a call, in order, the last of them final.

    Args:
        message_id: what the API answered.
        phone: the recipient's.
        context: what the caller wanted back.
        at: when.
    """
    if ends(phone, UNREACHABLE):
        kinds = ["INITIATED", "FAILED"]
    elif ends(phone, NO_ANSWER):
        kinds = ["INITIATED", "RINGING", "NO_ANSWER"]
    else:
        kinds = ["INITIATED", "RINGING", "ANSWERED", "COMPLETED"]
    milliseconds = int(at.timestamp() * 1000)
    return [
        {
            "eventType": f"VOICE_{kind}",
            "eventVersion": "1.0",
            "eventTimestamp": milliseconds,
            "isFinal": kind == kinds[-1],
            "originationPhoneNumber": "+910000000000",
            "destinationPhoneNumber": phone,
            "isoCountryCode": "IN",
            "messageId": message_id,
            "messageRequestTimestamp": milliseconds,
            "messageStatus": kind,
            "messageStatusDescription": f"The call is {kind.lower().replace('_', ' ')}",
            "context": dict(context),
        }
        for kind in kinds
    ]
