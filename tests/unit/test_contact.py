"""A contact that fails for good is marked for a month, or until a message reaches it."""

from datetime import timedelta
from functools import reduce
from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from functions.domain.channel import Channel
from functions.domain.contact import (
    MARKED_FOR,
    Contact,
    after_delivery,
    after_failure,
    contact_key,
)
from functions.domain.delivery import DeliveryState, Outcome
from tests.builders import NOW, PHONE

UNKNOWN = Contact(key=contact_key(Channel.SMS, PHONE), channel=Channel.SMS)
TOLD = st.tuples(st.sampled_from(["failed", "delivered"]), st.integers(0, 20))


def bounced(minutes: float = 0) -> Outcome:
    at = NOW + timedelta(minutes=minutes)
    return Outcome(state=DeliveryState.BOUNCED, at=at, code="Permanent/General")


def after(contact: Contact, told: tuple[str, int]) -> Contact:
    what, minutes = told
    if what == "failed":
        return after_failure(contact, bounced(minutes))
    return after_delivery(contact, NOW + timedelta(minutes=minutes))


@given(st.lists(TOLD, max_size=4, unique_by=lambda told: told[1]))
def test_whether_it_is_marked_is_decided_by_the_latest_word_whichever_comes_first(
    told: list[tuple[str, int]],
) -> None:
    now = NOW + timedelta(hours=1)
    last = max(told, key=lambda one: one[1], default=("delivered", 0))
    for order in permutations(told):
        contact = reduce(after, [*order, *order], UNKNOWN)
        assert (contact.mark_at(now) is not None) is (last[0] == "failed")


def test_a_repeat_changes_nothing() -> None:
    marked = after_failure(UNKNOWN, bounced())
    assert after_failure(marked, bounced()) is marked
    reached = after_delivery(marked, NOW + timedelta(minutes=1))
    assert after_delivery(reached, NOW + timedelta(minutes=1)) is reached


def test_a_mark_stands_a_month_and_tells_since_when() -> None:
    marked = after_failure(after_failure(UNKNOWN, bounced()), bounced(minutes=60))
    mark = marked.mark_at(NOW + timedelta(days=29))
    assert mark is not None
    assert (mark.since, mark.state, mark.code) == (NOW, DeliveryState.BOUNCED, "Permanent/General")
    assert marked.mark_at(NOW + MARKED_FOR) is None


def test_what_fails_again_afterwards_is_marked_anew() -> None:
    later = MARKED_FOR / timedelta(minutes=1) + 5
    marked = after_failure(after_failure(UNKNOWN, bounced()), bounced(minutes=later))
    mark = marked.mark_at(NOW + timedelta(minutes=later))
    assert mark is not None
    assert mark.since == NOW + timedelta(minutes=later)


def since_of(contact: Contact, minutes: float) -> timedelta | None:
    """For how long before that minute the contact has been marked."""
    now = NOW + timedelta(minutes=minutes)
    mark = contact.mark_at(now)
    return None if mark is None else now - mark.since


def test_what_is_taken_and_then_sent_back_sets_up_the_mark_of_before() -> None:
    contact = after_failure(UNKNOWN, bounced())
    for hour in range(1, 100):
        taken = after_delivery(contact, NOW + timedelta(hours=hour))
        assert taken.mark_at(NOW + timedelta(hours=hour)) is None
        contact = after_failure(taken, bounced(hour * 60 + 1))
        assert since_of(contact, hour * 60 + 1) == timedelta(hours=hour, minutes=1)


def test_two_that_are_taken_before_either_is_sent_back_set_up_the_mark_of_before() -> None:
    contact = after_failure(UNKNOWN, bounced())
    for told in (("delivered", 60), ("delivered", 61), ("failed", 62), ("failed", 63)):
        contact = after(contact, told)
    assert since_of(contact, 63) == timedelta(minutes=63)


def test_what_worked_for_a_day_before_it_fails_is_marked_anew_however_late_its_last_message() -> None:
    contact = after_failure(UNKNOWN, bounced())
    for hour in range(1, 30):
        contact = after_delivery(contact, NOW + timedelta(hours=hour))
    late = 29 * 60 + 1
    assert since_of(after_failure(contact, bounced(late)), late) == timedelta()


def test_a_contact_is_known_by_channel_and_address_and_tells_neither() -> None:
    keys = {contact_key(channel, PHONE) for channel in (Channel.SMS, Channel.VOICE, Channel.WHATSAPP)}
    assert len(keys) == 3
    assert not any(PHONE.removeprefix("+91") in key for key in keys)
    mail = contact_key(Channel.EMAIL, "Nodal.HFW@example.org ")
    assert mail == contact_key(Channel.EMAIL, "nodal.hfw@example.org")
    assert mail != contact_key(Channel.EMAIL, "nodal.hfw2@example.org")
