"""Whatever the network does to deliveries, each record is stored once and everybody gets the same answer."""

import json
from collections import defaultdict
from dataclasses import dataclass
from functools import partial
from typing import Any, Literal

from hypothesis import given
from hypothesis import strategies as st

from functions.domain.errors import KeyReused, Unavailable
from functions.domain.ports import Registered
from functions.intake.registering import register
from tests.builders import missed_call_in, record_in, request
from tests.fakes import FakePorts

Fate = Literal["well", "dies before the write", "dies after the write", "the answer is lost"]

BODIES = (
    record_in(record_id="CC-1"),
    record_in(record_id="CC-2", emergency={"reason": "Somebody is in danger"}),
    missed_call_in(record_id="MC-1"),
    missed_call_in(record_id="MC-2"),
    missed_call_in(record_id="MC-3", caller={"phone": "+919830012346"}),
)
"""Two of them from one number, which waits once."""


@dataclass(frozen=True)
class Delivery:
    """One attempt to hand a record over.

    Attributes:
        webhook: which of the sender's ids it goes under; a sender that forgot the first takes another.
        altered: whether the record says something else than before.
        meanwhile: whether the next delivery comes between this one's reading and its writing.
    """

    body: int
    webhook: int
    fate: Fate
    altered: bool
    meanwhile: bool


DELIVERIES = st.builds(
    Delivery,
    body=st.integers(0, len(BODIES) - 1),
    webhook=st.integers(0, 1),
    fate=st.sampled_from(
        ["well", "well", "dies before the write", "dies after the write", "the answer is lost"]
    ),
    altered=st.sampled_from([False, False, False, True]),
    meanwhile=st.booleans(),
)


class CrashError(Exception):
    """The worker dies."""


@given(st.lists(DELIVERIES, min_size=1, max_size=12))
def test_each_record_is_stored_once_and_every_answer_is_the_first(  # noqa: C901 - what befalls a delivery
    deliveries: list[Delivery],
) -> None:
    outside = FakePorts()
    answers: defaultdict[str, set[str]] = defaultdict(set)
    created: defaultdict[str, int] = defaultdict(int)
    tried: defaultdict[str, set[bool]] = defaultdict(set)
    begun: set[int] = set()

    def deliver(place: int) -> None:
        if place in begun:
            return
        begun.add(place)
        delivery = deliveries[place]
        body: dict[str, Any] = dict(BODIES[delivery.body])
        name = body["record_id"]
        if delivery.altered:
            body["call"] = {**body["call"], "started_at": "2026-11-24T09:00:00+05:30"}
        if delivery.meanwhile and place + 1 < len(deliveries):
            outside.records.before_write.append(partial(deliver, place + 1))
        tried[name].add(delivery.altered)
        wire = request(body, webhook_id=f"msg_{name}_{delivery.webhook}_{delivery.altered}")
        try:
            result = _suffer(outside, delivery.fate, partial(register, outside, wire))
        except (CrashError, Unavailable):
            return
        except KeyReused:
            # Only who says something else than what was kept is told so.
            assert tried[name] == {True, False}
            return
        answers[name].add(result.answer)
        created[name] += result.created

    for place in range(len(deliveries)):
        deliver(place)
        outside.records.before_write.clear()
    # What died may have been stored: the sender, unsure, hands it over once more.
    for body in BODIES:
        again = request(body, webhook_id=f"msg_again_{body['record_id']}")
        try:
            result = register(outside, again)
        except KeyReused:
            assert True in tried[body["record_id"]]
        else:
            answers[body["record_id"]].add(result.answer)

    stored = [record.record_id for record in outside.records.kept.values()]
    assert sorted(stored) == sorted({body["record_id"] for body in BODIES})
    for name, given_answers in answers.items():
        assert len(given_answers) == 1
        assert created[name] <= 1
        (answer,) = given_answers
        assert outside.records.load(json.loads(answer)["reference"]).record_id == name


def _suffer(outside: FakePorts, fate: Fate, act: Any) -> Registered:  # noqa: ANN401 - a call without arguments
    """Acts, and something happens to the worker or to its answer."""
    if fate == "dies before the write":

        def die() -> None:
            raise CrashError

        outside.records.before_write.appendleft(die)
    result: Registered = act()
    if fate == "dies after the write":
        raise CrashError
    if fate == "the answer is lost":
        # The very same request comes again, under the same id, and is the one that the sender hears of.
        result = act()
    return result
