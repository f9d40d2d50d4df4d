"""How one of the channels misbehaves when it is told to."""

import json
from typing import Literal

from pydantic import Field, JsonValue

from local.portal.contract import Wire

ChannelName = Literal["whatsapp", "voice"]


class ChannelFault(Wire):
    """``ok`` ends the channel's fault, ``down`` hangs up without an answer, ``throttle`` turns all away."""

    channel: ChannelName
    mode: Literal["ok", "down", "throttle"]
    value: JsonValue = Field(default=None)


def speaks_of_channel(body: bytes) -> bool:
    """Whether an order, as posted, speaks of a channel and not of the portal."""
    try:
        order = json.loads(body)
    except ValueError:
        return False
    return isinstance(order, dict) and "channel" in order


class ChannelFaults:
    """The fault in force for each channel."""

    def __init__(self) -> None:
        self._modes: dict[str, str] = {}

    def order(self, fault: ChannelFault) -> None:
        """Puts a fault in the place of the channel's one before."""
        self._modes = {**self._modes, fault.channel: fault.mode}

    def end(self) -> None:
        """Lets all channels behave."""
        self._modes = {}

    def mode(self, channel: ChannelName) -> str:
        """How the channel behaves."""
        return self._modes.get(channel, "ok")

    def state(self) -> dict[str, JsonValue]:
        """``channels``: the mode of each that misbehaves; nothing where none does."""
        faulty: dict[str, JsonValue] = {name: mode for name, mode in self._modes.items() if mode != "ok"}
        return {"channels": faulty} if faulty else {}
