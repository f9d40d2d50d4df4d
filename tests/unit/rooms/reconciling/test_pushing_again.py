"""What the portal does not take is left, and pushing again has its bounds."""

from typing import Any

import pytest

from functions.domain.ports import HeldOtherwise, RefusedByPortal, TryLater
from functions.reconcile.mending import MOST_PUSHES
from tests.unit.rooms.reconciling.both_sides import World


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        (RefusedByPortal("no"), "refused"),
        (HeldOtherwise(), "held_otherwise"),
        (TryLater(9, "busy"), "put_off"),
    ],
)
def test_what_the_portal_does_not_take_is_left(world: World, answer: Any, outcome: str) -> None:  # noqa: ANN401 - one of several
    reference = world.pushed(1)
    before = world.record(reference)
    world.loses(reference)
    world.portal.script.append(answer)
    assert world.found() == [("missing_there", reference, outcome)]
    assert world.record(reference) == before


def test_pushing_again_stops_at_the_first_try_later(world: World) -> None:
    references = [world.pushed(number) for number in range(4)]
    for reference in references:
        world.loses(reference)
    world.portal.script.append(TryLater(None, "no-answer"))
    (report,) = world.runs()
    assert [one["outcome"] for one in report["differences"]] == ["put_off"] * 4
    assert report["stopped_by"] == "no-answer"
    assert len(world.portal.pushes) == 1
    assert {outcome for _, _, outcome in world.found()} == {"entered_again"}


def test_so_many_are_pushed_again_in_one_run_and_the_next_takes_the_rest(world: World) -> None:
    world.portal.per_page = 100
    for number in range(MOST_PUSHES + 5):
        world.loses(world.pushed(number))
    outcomes = [outcome for _, _, outcome in world.found()]
    assert (outcomes.count("entered_again"), outcomes.count("put_off")) == (MOST_PUSHES, 5)
    assert [outcome for _, _, outcome in world.found()] == ["entered_again"] * 5
    assert world.found() == []


def test_pushing_again_ends_in_time(world: World) -> None:
    for number in range(3):
        world.loses(world.pushed(number))
    world.portal.while_answering.append(lambda: world.outside.clock.advance(minutes=11))
    (report,) = world.runs()
    assert [one["outcome"] for one in report["differences"]] == ["unconfirmed", "put_off", "put_off"]
    assert report["stopped_by"] == "out-of-time"
