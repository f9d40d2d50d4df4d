"""Rules of routing: the index decides as reading all of them would, and every matter finds an office."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from functions.adapters.bundled import registers
from functions.domain.office import OfficeKind
from functions.domain.record import Kind, Subject
from functions.domain.routing import office_for, office_of
from functions.domain.routing_rules import NO_RULES, Pattern, RoutingRule, RoutingRules
from tests.builders import SUBJECT, forwarded, registered

REGISTERS = registers()
OFFICES = REGISTERS.offices
CATEGORIES, SCHEMES = sorted(REGISTERS.categories)[:2], sorted(REGISTERS.schemes)[:2]
DEPARTMENTS, DISTRICTS = ["HFW", "PRD"], ["303", "320"]
POLICE = sorted(code for code, office in OFFICES.items() if office.kind is OfficeKind.POLICE_DISTRICT)

# Few values, so that many rules fit one matter.
patterns = st.builds(
    Pattern, *(st.none() | st.sampled_from(of) for of in (CATEGORIES, SCHEMES, DEPARTMENTS, DISTRICTS))
)
rules = st.lists(
    st.builds(RoutingRule, st.integers(1, 4), patterns, st.sampled_from(sorted(OFFICES))),
    max_size=40,
    unique_by=lambda rule: rule[:2],
)
subjects = st.fixed_dictionaries(
    {
        "category": st.none() | st.sampled_from([*CATEGORIES, "of-no-register", "*"]),
        "scheme": st.none() | st.sampled_from([*SCHEMES, "*"]),
        "department": st.none() | st.sampled_from([*DEPARTMENTS, "CMO"]),
        "district": st.none() | st.sampled_from(DISTRICTS),
        "police_office": st.none() | st.sampled_from(POLICE),
    }
).map(lambda fields: SUBJECT.model_copy(update=fields))


def rule(priority: int, office: str, **pattern: str) -> RoutingRule:
    return RoutingRule(priority, Pattern(**pattern), office)


def about(**fields: str | None) -> Subject:
    nothing = dict.fromkeys(("category", "scheme", "department", "district", "police_office"))
    return SUBJECT.model_copy(update={**nothing, **fields})


def chosen_by_reading_all(every: Iterable[RoutingRule], subject: Subject) -> RoutingRule | None:
    """What the rules say, in the words of their definition."""

    def fits(pattern: Pattern) -> bool:
        return all(value in {None, getattr(subject, name)} for name, value in pattern._asdict().items())

    def rank(one: RoutingRule) -> tuple[int, int, tuple[bool, ...]]:
        open_fields = tuple(value is None for value in one.pattern)
        return one.priority, sum(open_fields), open_fields

    return min((one for one in every if fits(one.pattern)), key=rank, default=None)


@given(rules, subjects)
@example([rule(1, "PRD"), rule(1, "HFW", category="*")], about(category="*"))
def test_the_index_chooses_what_reading_all_rules_would(every: list[RoutingRule], subject: Subject) -> None:
    assert RoutingRules(every).choose(subject) == chosen_by_reading_all(every, subject)


@given(rules.flatmap(lambda every: st.tuples(st.just(every), st.permutations(every))), subjects)
def test_the_order_of_the_file_says_nothing(
    orders: tuple[list[RoutingRule], list[RoutingRule]], subject: Subject
) -> None:
    one, another = orders
    assert RoutingRules(one).choose(subject) == RoutingRules(another).choose(subject)


@given(rules, subjects)
def test_every_matter_finds_an_office_and_one_of_the_police_always_theirs(
    every: list[RoutingRule], subject: Subject
) -> None:
    office = office_for(subject, OFFICES, RoutingRules(every))
    fitting = chosen_by_reading_all(every, subject)
    if subject.police_office is not None:
        assert office.code == subject.police_office
    elif fitting is not None:
        assert office.code == fitting.office
    else:
        assert office.code == (subject.department or subject.district or "CMO")


@pytest.mark.parametrize(
    ("every", "subject", "office"),
    [
        # The lower priority number first, however little its pattern names.
        ([rule(1, "PRD"), rule(2, "FS", category="ration")], about(category="ration"), "PRD"),
        # Then the pattern that names more.
        ([rule(1, "PRD", district="320"), rule(1, "FS", department="HFW", district="320")],
         about(department="HFW", district="320"), "FS"),
        # Then the one that names a field further left.
        ([rule(1, "PRD", district="320"), rule(1, "FS", category="ration")],
         about(category="ration", district="320"), "FS"),
        ([rule(1, "PRD", scheme="kanyashree", district="320"),
          rule(1, "FS", category="ration", district="320")],
         about(category="ration", scheme="kanyashree", district="320"), "FS"),
        # What a matter does not name is not what a rule asks for.
        ([rule(1, "PRD", district="320")], about(department="HFW"), "HFW"),
        # A rule for everything, and none.
        ([rule(9, "CMO")], about(department="HFW", district="320"), "CMO"),
        ([], about(district="320"), "320"),
        # A rule may send to a police office what names none.
        ([rule(1, "POL-RANAGHAT", category="police-inaction")],
         about(category="police-inaction", district="320"), "POL-RANAGHAT"),
    ],
)  # fmt: skip
def test_which_rule_decides(every: list[RoutingRule], subject: Subject, office: str) -> None:
    assert office_for(subject, OFFICES, RoutingRules(every)).code == office


def test_of_one_pattern_the_lowest_priority_decides() -> None:
    every = [rule(3, "PRD", district="320"), rule(2, "FS", district="320"), rule(4, "HFW", district="320")]
    assert office_for(about(district="320"), OFFICES, RoutingRules(every)).code == "FS"


def test_a_rule_whose_office_has_left_the_register_decides_nothing() -> None:
    every = [rule(1, "GONE", district="320")]
    assert office_for(about(district="320"), OFFICES, RoutingRules(every)).code == "320"


def test_what_the_portal_transferred_stays_where_the_portal_put_it() -> None:
    every = RoutingRules([rule(1, "FS", department="HFW")])
    transferred = forwarded().model_copy(update={"transfers": 1})
    assert (office_of(forwarded(), OFFICES, every), office_of(transferred, OFFICES, every)) == (
        OFFICES["FS"],
        OFFICES["HFW"],
    )
    assert office_of(registered(kind=Kind.MISSED_CALL), OFFICES, every) is None


def test_a_choice_looks_up_no_more_however_many_rules_there_are() -> None:
    # GIVEN all offices' rules for two sets of named fields
    every = [
        *(rule(1, office, department=office) for office in OFFICES),
        *(rule(2, office, category="ration", district=office) for office in OFFICES),
    ]
    index = RoutingRules(every)
    lookups: list[object] = []

    class Counting(dict[tuple[str | None, ...], RoutingRule]):
        def get(self, key: object, default: object = None) -> object:  # type: ignore[override]  # any key is counted
            lookups.append(key)
            return super().get(key, default)  # type: ignore[call-overload]  # handed on

    index._by_pattern = Counting(index._by_pattern)
    assert index.choose(about(category="ration", department="HFW", district="320")) is not None
    assert len(index) == 2 * len(OFFICES)
    assert len(lookups) == 2


def test_without_rules_nothing_is_chosen() -> None:
    assert NO_RULES.choose(SUBJECT) is None
    assert (NO_RULES.version, len(NO_RULES)) == (None, 0)
