"""What a day lists."""

from itertools import chain

import pytest

from tests.adapters.simulator.client import (
    PATH,
    Client,
    grievance,
    numbered,
)


def test_a_day_comes_page_by_page_and_whole(client: Client) -> None:
    late_utc_is_next_day = grievance(numbered(9000), registered_at="2026-11-24T18:30:00Z")
    client.post(late_utc_is_next_day)
    for number in range(201):
        client.post(grievance(numbered(number)))

    pages: list[list[str]] = []
    cursor = ""
    while True:
        listed = client.call("GET", f"{PATH}?date=2026-11-24&cursor={cursor}").json
        pages.append([item["reference"] for item in listed["items"]])
        cursor = listed["next"]
        if cursor is None:
            break
        assert "=" not in cursor

    assert [len(page) for page in pages] == [100, 100, 1]
    assert list(chain.from_iterable(pages)) == [numbered(number) for number in range(201)]
    next_day = client.call("GET", f"{PATH}?date=2026-11-25").json["items"]
    assert [item["reference"] for item in next_day] == [numbered(9000)]
    assert len(client.held()) == 202


def test_a_full_last_page_has_no_next(client: Client) -> None:
    for number in range(100):
        client.post(grievance(numbered(number)))

    assert client.call("GET", f"{PATH}?date=2026-11-24").json["next"] is None


@pytest.mark.parametrize(
    "query",
    ["", "?date=", "?date=24-11-2026", "?date=2026-11-24&cursor=%21", "?date=2026-11-24&cursor=LTE"],
)
def test_a_day_or_cursor_that_is_none_is_refused(client: Client, query: str) -> None:
    assert client.call("GET", PATH + query).status == 422
