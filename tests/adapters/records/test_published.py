"""What was changed, and up to when all of it is published."""

from datetime import timedelta

import pytest

from functions.adapters.watermark import DynamoWatermark
from functions.domain.ports import Watermark
from tests.adapters.records.stand import World
from tests.builders import (
    NOW,
    accepted,
    numbered,
    under_review,
)
from tests.fakes import FakeRecords, FakeWatermark


def test_what_was_changed_in_a_stretch_of_time_is_found_whatever_the_change_tells(world: World) -> None:
    first = world.let_stand(under_review())
    world.clock.advance(minutes=10)
    second = world.let_stand(numbered(under_review(), 2))
    world.clock.advance(minutes=10)
    world.records.save(first, accepted(first))
    # a record stands where it was changed last
    assert world.records.changed_since(NOW, NOW + timedelta(minutes=15)) == [second.reference]
    found = world.records.changed_since(NOW, NOW + timedelta(minutes=20))
    assert found == [second.reference, first.reference]
    assert world.records.changed_since(NOW + timedelta(minutes=21), NOW + timedelta(minutes=40)) == []


@pytest.fixture
def watermark(request: pytest.FixtureRequest, world: World) -> Watermark:
    if isinstance(world.records, FakeRecords):
        return FakeWatermark()
    return DynamoWatermark(request.getfixturevalue("table"), world.clock)


@pytest.mark.parametrize(
    ("minutes", "known_from", "stands_at"),
    [(10, 0, 10), (10, -5, 10), (-10, -20, 0), (10, 1, 0), (0, 0, 0)],
    ids=["forward", "known from before", "never back", "over no gap", "where it stands"],
)
def test_the_watermark_moves_forward_and_over_no_gap(
    world: World, watermark: Watermark, minutes: int, known_from: int, stands_at: int
) -> None:
    assert watermark.read() is None
    watermark.move(NOW, known_from=NOW)
    world.clock.advance(minutes=1)
    watermark.move(NOW + timedelta(minutes=minutes), known_from=NOW + timedelta(minutes=known_from))
    assert watermark.read() == NOW + timedelta(minutes=stands_at)
