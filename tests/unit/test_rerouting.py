"""What other rules would change."""

from hypothesis import given
from hypothesis import strategies as st

from functions.adapters.bundled import registers
from functions.domain.rerouting import Move, counts, examples, moves
from functions.domain.routing_rules import NO_RULES, Pattern, RoutingRule, RoutingRules
from tests.builders import SUBJECT, forwarded, numbered, registered

OFFICES = registers().offices
TO_FS = RoutingRules([RoutingRule(1, Pattern(category="ration"), "FS")])
found = st.lists(st.builds(Move, st.text(max_size=3), st.sampled_from("AB"), st.sampled_from("CDE")))


def test_only_what_another_office_would_have_is_told() -> None:
    ration = registered(subject=SUBJECT.model_copy(update={"category": "ration"}))
    of_fs = registered(subject=SUBJECT.model_copy(update={"category": "ration", "department": "FS"}))
    records = [numbered(one, number) for number, one in enumerate((registered(), ration, of_fs))]
    (move,) = moves(records, OFFICES, NO_RULES, TO_FS)
    assert move == Move(records[1].reference, "HFW", "FS")
    assert moves(records, OFFICES, TO_FS, TO_FS) == []
    assert moves(records, OFFICES, TO_FS, NO_RULES)[0].way == ("FS", "HFW")


def test_what_the_portal_transferred_stays() -> None:
    record = forwarded()
    assert record.subject
    subject = record.subject.model_copy(update={"category": "ration"})
    assert len(moves([record.model_copy(update={"subject": subject})], OFFICES, NO_RULES, TO_FS)) == 1
    transferred = record.model_copy(update={"subject": subject, "transfers": 1})
    assert moves([transferred], OFFICES, NO_RULES, TO_FS) == []


@given(found)
def test_the_counts_are_of_all_and_the_most_first(every: list[Move]) -> None:
    told = counts(every)
    assert sum(count for _, count in told) == len(every)
    assert dict(told) == {move.way: [one.way for one in every].count(move.way) for move in every}
    assert [count for _, count in told] == sorted((count for _, count in told), reverse=True)


@given(found, st.integers(1, 6))
def test_of_each_way_there_is_an_example_before_a_second_of_any(every: list[Move], most: int) -> None:
    shown = examples(every, most)
    assert len(shown) == min(most, len(every))
    ways = len({move.way for move in every})
    assert len({move.way for move in shown}) == min(most, ways)
    assert sorted(examples(every, len(every)), key=str) == sorted(every, key=str)
