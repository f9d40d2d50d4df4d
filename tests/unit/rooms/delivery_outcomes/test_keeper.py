"""The keeper of the registry is told which contact failed, and not whose."""

import pytest

from functions.domain.channel import Channel
from functions.domain.errors import Unavailable
from tests.builders import forwarded
from tests.fakes import FakePorts
from tests.unit.rooms.delivery_outcomes.providers import KEEPER, NODAL, bounce, comes, to_keeper, told


def test_the_keeper_is_told_office_level_and_channel_and_never_whom_or_where(outside: FakePorts) -> None:
    told(outside, forwarded())
    comes(outside, bounce())
    (mail,) = [mail for mail in outside.messaging.mails if mail.to == KEEPER]
    for part in (mail.subject, mail.text, mail.html):
        assert "HFW" in part
        assert "nodal officer" in part
        assert "e-mail" in part
        for private in (NODAL.email, NODAL.phone.removeprefix("+91"), NODAL.name):
            assert private not in part
    assert "Permanent/General" in mail.text
    assert "24 Nov 2026, 10:16 IST" in mail.text


def test_a_keeper_who_cannot_be_told_now_holds_up_no_alert(outside: FakePorts) -> None:
    told(outside, forwarded())
    outside.messaging.out = {Channel.EMAIL}
    with pytest.raises(Unavailable):
        comes(outside, bounce())
    assert len(outside.messaging.whatsapp) == 1
    outside.messaging.out = set()
    outside.clock.advance(minutes=3)
    comes(outside, bounce())
    assert len(to_keeper(outside)) == 1
    assert len(outside.messaging.whatsapp) == 1
