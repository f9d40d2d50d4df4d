"""What two records have in common, told by their fingerprints alone."""

from hypothesis import given
from hypothesis import strategies as st

from functions.domain.fingerprint import Mark, Marks

TOLD = st.lists(st.tuples(st.sampled_from(Mark), st.text(max_size=8)), max_size=30)


def print_of(*told: tuple[Mark, str]) -> bytes:
    return bytes(Marks.of(told))


def test_what_both_tell_counts_by_how_much_it_tells() -> None:
    mine = Marks.of([(Mark.NAME, "rmpr"), (Mark.STATE, "broken"), (Mark.CATEGORY, "ration")])
    assert mine.in_common(print_of((Mark.NAME, "rmpr"), (Mark.STATE, "closed"))) == 5
    assert mine.in_common(print_of((Mark.CATEGORY, "ration"), (Mark.STATE, "broken"))) == 3
    assert mine.in_common(print_of()) == 0


def test_the_same_word_of_another_sort_is_not_in_common() -> None:
    assert Marks.of([(Mark.NAME, "school")]).in_common(print_of((Mark.LANDMARK, "school"))) == 0


@given(one=TOLD, other=TOLD)
def test_it_is_the_same_either_way_round_and_in_any_order(
    one: list[tuple[Mark, str]], other: list[tuple[Mark, str]]
) -> None:
    mine, yours = Marks.of(one), Marks.of(other)
    assert mine.in_common(bytes(yours)) == yours.in_common(bytes(mine))
    assert bytes(mine) == bytes(Marks.of(reversed(one)))


def test_a_fingerprint_stays_small_and_keeps_what_comes_first() -> None:
    long = print_of(*((Mark.NUMBER, str(number)) for number in range(5000)))
    assert len(long) <= 120
    assert Marks.of([(Mark.NUMBER, "0")]).in_common(long) == 3


def test_no_word_can_be_read_in_it() -> None:
    assert b"rampur" not in print_of((Mark.NAME, "rampur"))
