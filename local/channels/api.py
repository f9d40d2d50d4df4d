"""The two APIs over HTTP, as the SDK speaks to them."""

import json
import uuid  # noqa: TID251 - a process of its own, which no handler of the product runs in
from collections.abc import Callable, Mapping
from datetime import UTC, datetime

from local.aws import REGION
from local.channels import outcomes, voice, whatsapp
from local.channels.announcer import Tell
from local.channels.faults import ChannelFaults, ChannelName
from local.channels.models import RefusedError
from local.channels.numbers import OPTED_OUT, ends
from local.portal.exchange import Answer, Handler, Request
from local.portal.store import Message, Store

SOCIAL_MESSAGING = "/_sim/aws/social-messaging"
SMS_VOICE = "/_sim/aws/sms-voice"

WHATSAPP_NUMBER = f"arn:aws:social-messaging:{REGION}:{outcomes.ACCOUNT}:phone-number-id/{'0' * 32}"
VOICE_NUMBER = f"arn:aws:sms-voice:{REGION}:{outcomes.ACCOUNT}:phone-number/phone-{'0' * 32}"
"""Numbers that exist nowhere: what the local stack is told to send from."""

_SIGNED_FOR = {"whatsapp": "/social-messaging/aws4_request", "voice": "/sms-voice/aws4_request"}
_THROTTLED = {"whatsapp": ("ThrottledRequestException", 429), "voice": ("ThrottlingException", 400)}


def endpoints(base_url: str) -> dict[str, str]:
    """Where the SDK finds both APIs: the variables of the environment that tell it.

    Args:
        base_url: the simulator's.
    """
    return {
        "AWS_ENDPOINT_URL_SOCIALMESSAGING": f"{base_url}{SOCIAL_MESSAGING}",
        "AWS_ENDPOINT_URL_PINPOINT_SMS_VOICE_V2": f"{base_url}{SMS_VOICE}",
    }


class ChannelsApi:
    """Takes messages and calls, keeps them in the outbox, and has told what became of them.

    Args:
        store: whose outbox they go to.
        faults: how the channels misbehave.
        tell: has events published.
        public_base_url: what the button of a WhatsApp template opens, without its path.
    """

    def __init__(self, store: Store, faults: ChannelFaults, tell: Tell, public_base_url: str) -> None:
        self._store = store
        self._faults = faults
        self._tell = tell
        self._public_base_url = public_base_url

    def routes(self) -> dict[str, dict[str, Handler]]:
        """What is answered where."""
        return {
            f"{SOCIAL_MESSAGING}/v1/whatsapp/send": {"POST": self._guarded("whatsapp", self._send_whatsapp)},
            SMS_VOICE: {"POST": self._guarded("voice", self._send_voice)},
        }

    def _guarded(self, channel: ChannelName, handle: Callable[[Request], Answer]) -> Handler:
        def answer(request: Request) -> Answer | None:
            mode = self._faults.mode(channel)
            if mode == "down":
                return None
            if mode == "throttle":
                name, status = _THROTTLED[channel]
                return _error(name, "Slow down.", status)
            if _SIGNED_FOR[channel] not in request.headers.get("Authorization", ""):
                return _error("AccessDeniedException", "The request is not signed for this service.", 403)
            try:
                return handle(request)
            except RefusedError as error:
                return _error(error.name, error.detail)
            except (OSError, ValueError):
                return _error("InternalServiceException", "Nothing can be stored now.", 500)

        return answer

    def _send_whatsapp(self, request: Request) -> Answer:
        sender, message = whatsapp.read(request.body)
        text = whatsapp.text_as_read(message, self._public_base_url)
        phone = f"+{message.to.lstrip('+')}"
        callback_data = message.biz_opaque_callback_data
        message_id, at = self._keep("whatsapp", phone, text, callback_data)
        self._tell(outcomes.of_whatsapp(message_id, phone, sender, callback_data, at))
        return _answer({"messageId": message_id})

    def _send_voice(self, request: Request) -> Answer:
        if request.headers.get("X-Amz-Target") != voice.TARGET:
            return _error("ValidationException", "This operation is not simulated.")
        call = voice.read(request.body)
        if ends(call.to, OPTED_OUT):
            opted_out = {"Reason": "DESTINATION_PHONE_NUMBER_OPTED_OUT"}
            return _error("ConflictException", "The recipient wants no calls.", more=opted_out)
        message_id, at = self._keep("voice", call.to, call.text, call.context.get("reference"))
        self._tell(outcomes.of_call(message_id, call.to, call.context, at))
        return _answer({"MessageId": message_id})

    def _keep(self, channel: ChannelName, to: str, text: str, reference: str | None) -> tuple[str, datetime]:
        at = datetime.now(UTC)
        self._store.keep_message(Message(channel=channel, to=to, text=text, reference=reference, at=at))
        return str(uuid.uuid4()), at


def _answer(body: Mapping[str, str]) -> Answer:
    return Answer(200, json.dumps(body).encode(), "application/json")


def _error(name: str, detail: str, status: int = 400, more: Mapping[str, str] | None = None) -> Answer:
    """An error as both of the SDK's protocols read it."""
    body = {"__type": name, "message": detail, "Message": detail, **(more or {})}
    return Answer(status, json.dumps(body).encode(), "application/json", {"x-amzn-ErrorType": name})
