"""The drawn lifecycle is the code's."""

from __future__ import annotations

from functions.domain.lifecycle import TABLE
from infra import lifecycle_page


def test_the_committed_page_is_fresh() -> None:
    stale = "run python -m infra.lifecycle_page"
    assert lifecycle_page.PAGE.read_text(encoding="utf-8") == lifecycle_page.page(), stale


def test_every_row_and_every_move_is_drawn() -> None:
    drawn = lifecycle_page.page()
    for rule in TABLE:
        assert f"| `{rule.status}` | `{rule.event}` |" in drawn
        if rule.to is not rule.status:
            assert f"  {rule.status} --> {rule.to}: " in drawn
