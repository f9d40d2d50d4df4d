"""What makes two requests the same one."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from functions.domain.receipt import LIFETIME, fingerprint

requests = st.tuples(st.text(max_size=8), st.text(max_size=8), st.text(max_size=8), st.binary(max_size=8))


@given(requests, requests)
def test_requests_have_one_fingerprint_only_if_all_parts_are_the_same(
    one: tuple[str, str, str, bytes], other: tuple[str, str, str, bytes]
) -> None:
    assert (fingerprint(*one) == fingerprint(*other)) is (one == other)


@given(requests, st.integers(1, 7))
def test_what_moves_from_one_part_to_the_next_makes_another_request(
    parts: tuple[str, str, str, bytes], places: int
) -> None:
    sender, method, path, body = parts
    moved = (sender, method + path[:places], path[places:], body)
    same = fingerprint(*moved) == fingerprint(*parts)
    assert same is (moved == parts)


def test_a_repeat_is_known_for_longer_than_the_seven_days_promised() -> None:
    assert timedelta(days=7) < LIFETIME
