"""Whatever faults come together: each is found once, and what may be mended is mended."""

from collections.abc import Callable
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from tests.builders import (
    accepted,
    numbered,
    registered,
    under_review,
)
from tests.fakes import FakePorts
from tests.unit.rooms.reconciling.both_sides import World

Fault = Callable[[World, int], None]


def nothing(world: World, number: int) -> None:
    world.pushed(number)


def a_loss(world: World, number: int) -> None:
    world.loses(world.pushed(number))


def a_loss_of_recalls(world: World, number: int) -> None:
    world.alters(world.recalled(number), recalls=frozenset())


def a_loss_of_what_was_recalled(world: World, number: int) -> None:
    world.loses(world.recalled(number))


def a_lost_answer(world: World, number: int) -> None:
    record = numbered(accepted(under_review(registered(emergency=number % 2 == 0))), number)
    world.portal.push(record, None)
    world.outside.records.put(record)


def another_id(world: World, number: int) -> None:
    reference = world.pushed(number)
    world.portal.entries[reference] = f"CMO/2026/other-{number}"
    world.alters(reference, portal_id=f"CMO/2026/other-{number}")


def an_alteration(world: World, number: int) -> None:
    reference = world.pushed(number)
    (entry,) = [one for one in world.portal.listing if one.reference == reference]
    world.alters(reference, fields={**entry.fields, "due_at": None})


def a_double(world: World, number: int) -> None:
    reference = world.pushed(number)
    (entry,) = [one for one in world.portal.listing if one.reference == reference]
    world.portal.listing.append(replace(entry, portal_id=f"CMO/2026/double-{number}", key=None))


MENDABLE = (a_loss, a_loss_of_recalls, a_loss_of_what_was_recalled, a_lost_answer, another_id)
UNMENDABLE = (an_alteration, a_double)


@given(st.lists(st.sampled_from([nothing, *MENDABLE, *UNMENDABLE]), max_size=8))
def test_after_a_run_only_what_nobody_may_mend_is_found(faults: list[Fault]) -> None:
    world = World(FakePorts())
    for number, fault in enumerate(faults):
        fault(world, number)
    (first,) = world.runs()
    assert len(first["differences"]) == sum(fault is not nothing for fault in faults)
    assert first["left"] == sum(fault in UNMENDABLE for fault in faults)
    writes = world.outside.records.writes
    (second,) = world.runs()
    assert len(second["differences"]) == second["left"] == first["left"]
    assert world.outside.records.writes == writes
