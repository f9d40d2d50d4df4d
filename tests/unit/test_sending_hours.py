"""At which hours a message may go: by the clock in India, whatever the day."""

from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.domain.calendar import IST
from functions.domain.channel import Channel
from functions.domain.sending_hours import SendingHours
from tests.builders import ALERT_RULES

DAY = SendingHours(opens=time(8), closes=time(21))
moments = st.datetimes(
    min_value=datetime(2026, 1, 1),  # noqa: DTZ001 - the strategy adds the zone
    max_value=datetime(2030, 1, 1),  # noqa: DTZ001 - likewise
    timezones=st.sampled_from([UTC, IST]),
)
minutes = st.integers(min_value=0, max_value=24 * 60 - 2)


@st.composite
def hours(draw: st.DrawFn) -> SendingHours:
    opens = draw(minutes)
    closes = draw(st.integers(min_value=opens + 1, max_value=24 * 60 - 1))
    return SendingHours(opens=time(*divmod(opens, 60)), closes=time(*divmod(closes, 60)))


@given(hours(), moments)
def test_what_waits_waits_for_the_first_open_moment(kept: SendingHours, moment: datetime) -> None:
    earliest = kept.earliest(moment)
    assert kept.is_open(earliest)
    assert moment <= earliest < moment + timedelta(days=1)
    if kept.is_open(moment):
        assert earliest == moment
    else:
        assert earliest.astimezone(IST).time() == kept.opens
        # Between the two it was never open: no moment of it, and not the last one.
        span = earliest - moment
        assert not any(kept.is_open(moment + span * part / 7) for part in range(7))
        assert not kept.is_open(earliest - timedelta(microseconds=1))


@given(hours(), moments)
def test_to_wait_once_is_to_wait_enough(kept: SendingHours, moment: datetime) -> None:
    assert kept.earliest(kept.earliest(moment)) == kept.earliest(moment)


@given(hours(), moments, st.timedeltas(timedelta(), timedelta(days=3)))
def test_what_came_later_goes_no_earlier(kept: SendingHours, moment: datetime, later: timedelta) -> None:
    assert kept.earliest(moment) <= kept.earliest(moment + later)


@pytest.mark.parametrize(
    ("told", "goes"),
    [
        ("2026-11-24T07:59:59.999999+05:30", "2026-11-24T08:00:00+05:30"),
        ("2026-11-24T08:00:00+05:30", "2026-11-24T08:00:00+05:30"),
        ("2026-11-24T20:59:59+05:30", "2026-11-24T20:59:59+05:30"),
        ("2026-11-24T21:00:00+05:30", "2026-11-25T08:00:00+05:30"),
        ("2026-11-24T18:31:00+00:00", "2026-11-25T08:00:00+05:30"),
        # A Saturday's night, and a Sunday: the clock counts, not the working day.
        ("2026-11-28T23:00:00+05:30", "2026-11-29T08:00:00+05:30"),
        ("2026-11-29T12:00:00+05:30", "2026-11-29T12:00:00+05:30"),
        ("2026-12-31T21:00:00+05:30", "2027-01-01T08:00:00+05:30"),
    ],
)
def test_the_day_is_from_eight_to_nine(told: str, goes: str) -> None:
    assert DAY.earliest(datetime.fromisoformat(told)) == datetime.fromisoformat(goes)


@given(channel=st.sampled_from(Channel), moment=moments, keeps_hours=st.booleans())
def test_a_mail_and_an_emergency_go_at_any_hour(
    channel: Channel, moment: datetime, *, keeps_hours: bool
) -> None:
    earliest = ALERT_RULES.earliest(channel, moment, keeps_hours=keeps_hours)
    free = not keeps_hours or channel is Channel.EMAIL
    assert earliest == (moment if free else DAY.earliest(moment))
