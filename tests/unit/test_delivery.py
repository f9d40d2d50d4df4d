"""What is known of a message only rises, whatever is told in whatever order."""

from datetime import timedelta
from functools import reduce
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from functions.domain.channel import Channel
from functions.domain.delivery import (
    LOOKED_UP_AFTER,
    DeliveryEvent,
    DeliveryState,
    Outcome,
    joined,
    looked_up_again,
)
from tests.builders import NOW, PHONE

OUTCOMES = st.builds(
    Outcome,
    state=st.sampled_from(DeliveryState),
    at=st.integers(0, 5).map(lambda minutes: NOW + timedelta(minutes=minutes)),
    code=st.sampled_from([None, "VOICE_BUSY", "131026"]),
    for_good=st.booleans(),
)


def outcome(state: DeliveryState, minutes: int = 0, *, for_good: bool = False) -> Outcome:
    return Outcome(state=state, at=NOW + timedelta(minutes=minutes), for_good=for_good)


@given(st.lists(OUTCOMES, min_size=1, max_size=4))
def test_what_is_known_does_not_depend_on_the_order_or_on_repeats(told: list[Outcome]) -> None:
    known = {reduce(joined, order, None) for order in permutations(told)}
    assert len(known) == 1
    (standing,) = known
    assert standing is not None
    assert reduce(joined, [*told, *told], None) == standing
    assert standing in told


@pytest.mark.parametrize(
    ("stands", "comes_late"),
    [
        (DeliveryState.DELIVERED, DeliveryState.SENT),
        (DeliveryState.DELIVERED, DeliveryState.DELAYED),
        (DeliveryState.DELIVERED, DeliveryState.FAILED),
        (DeliveryState.READ, DeliveryState.DELIVERED),
        (DeliveryState.FAILED, DeliveryState.DELAYED),
        (DeliveryState.BOUNCED, DeliveryState.DELIVERED),
        (DeliveryState.COMPLAINED, DeliveryState.DELIVERED),
        (DeliveryState.SUPPRESSED, DeliveryState.SENT),
    ],
)
def test_what_comes_late_never_lowers_it(stands: DeliveryState, comes_late: DeliveryState) -> None:
    standing = outcome(stands)
    assert joined(standing, outcome(comes_late, minutes=9)) == standing
    assert joined(outcome(comes_late, minutes=9), standing) == standing


def test_of_the_same_told_twice_the_first_time_stands() -> None:
    first, repeat = (outcome(DeliveryState.DELIVERED, minutes) for minutes in (1, 7))
    assert joined(repeat, first) == first


@pytest.mark.parametrize("state", DeliveryState)
@pytest.mark.parametrize("for_good", [True, False])
def test_which_outcomes_ask_for_another_channel_and_which_condemn_the_contact(
    state: DeliveryState, *, for_good: bool
) -> None:
    told = outcome(state, for_good=for_good)
    failed = state is DeliveryState.FAILED
    never_tried_again = state in {
        DeliveryState.BOUNCED,
        DeliveryState.SUPPRESSED,
        DeliveryState.COMPLAINED,
    }
    assert told.condemns_contact is (never_tried_again or (failed and for_good))
    # Who calls a message unwanted has got it.
    assert told.is_unreached is (failed or (never_tried_again and state is not DeliveryState.COMPLAINED))
    assert told.is_reached is (state in {DeliveryState.DELIVERED, DeliveryState.READ})


@pytest.mark.parametrize(
    "code", [PHONE, PHONE.removeprefix("+"), "to 9830012345", "a@b.example", "", "x" * 65]
)
def test_a_code_is_no_address(code: str) -> None:
    with pytest.raises(ValidationError) as refused:
        Outcome(state=DeliveryState.FAILED, at=NOW, code=code)
    assert not code or code not in str(refused.value)


def test_an_event_of_an_unknown_message_is_looked_up_a_few_times_and_given_up() -> None:
    event: DeliveryEvent | None = DeliveryEvent(
        channel=Channel.SMS, message_ids=("sms-1",), outcome=outcome(DeliveryState.SENT)
    )
    waited = []
    while event is not None:
        again = looked_up_again(event)
        event = again[0] if again else None
        waited += [again[1]] if again else []
    assert waited == list(LOOKED_UP_AFTER)
    # SQS hides no message longer.
    assert max(waited) <= timedelta(minutes=15)
