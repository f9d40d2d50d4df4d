"""WhatsApp and calls, by the deployed functions: what officers read and hear, and a channel that is out."""

from __future__ import annotations

import re
from collections import Counter

from tests.stack.world import PERSONAL, World, record


def approved(world: World) -> str:
    """An emergency that an analyst approved; its reference."""
    reference = world.registers(record(emergency=True))
    world.until_status(reference, "under_review")
    assert world.decides(reference).status == 200
    return reference


def test_an_emergency_is_read_on_whatsapp_and_heard_by_telephone(world: World) -> None:
    reference = approved(world)

    # THEN nodal officer and head get both, each once
    sent = world.until(lambda: world.outbox(reference), lambda found: len(found) == 4)
    assert Counter(one["channel"] for one in sent) == {"whatsapp": 2, "voice": 2}
    assert len({one["to"] for one in sent}) == 2

    # AND the message reads as the registered template, filled, with a link of its own
    read = [one["text"] for one in sent if one["channel"] == "whatsapp"]
    links = [re.findall(r"https?://\S+/v1/ack\?t=\S+", text) for text in read]
    assert [len(found) for found in links] == [1, 1]
    assert links[0] != links[1]
    assert all(reference in text for text in read)

    # AND the call says the reference digit by digit, and no link that nobody could press
    heard = [one["text"] for one in sent if one["channel"] == "voice"]
    digits = " ".join(re.sub(r"\D", "", reference))
    assert all(digits in text.replace(",", "") for text in heard)
    assert not any("http" in text for text in heard)

    # AND neither tells a word of the caller
    assert not [said for said in PERSONAL.values() for one in sent if said in one["text"]]

    # AND the link acknowledges
    assert world.page("POST", links[0][0])[0] == 200
    assert world.state(reference)["acknowledged_at"] is not None


def test_a_channel_that_is_out_holds_back_no_other_and_is_made_up_for(world: World) -> None:
    # GIVEN a WhatsApp that has no time for anybody, and says so. One that answers nobody may have taken it:
    # then it is sent anew only when the minute of its claim is over.
    world.channel_misbehaves("whatsapp", "throttle")
    reference = approved(world)

    # THEN the other channels reach both officers
    world.until(lambda: world.sms(reference), lambda sent: len(sent) == 2)
    world.until(
        lambda: world.outbox(reference), lambda sent: [one["channel"] for one in sent] == ["voice"] * 2
    )

    # WHEN it is back
    world.channel_misbehaves("whatsapp", "ok")

    # THEN it is made up for within seconds, not once the queue would hand it out by itself, and nothing else
    # is told again
    sent = world.until(lambda: world.outbox(reference), lambda found: len(found) == 4, 45)
    assert Counter(one["channel"] for one in sent) == {"whatsapp": 2, "voice": 2}
    assert len(world.sms(reference)) == 2
