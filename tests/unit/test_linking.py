"""Who leads, and for whom: however records were linked, each is found once and nothing goes round."""

from collections import Counter, defaultdict

from hypothesis import given
from hypothesis import strategies as st

from functions.domain import linking, review
from functions.domain.record import Record, Status
from tests.builders import ANALYST, NOW, in_status, numbered, under_review

RECORDS = [numbered(under_review(), number) for number in range(6)]
LINKS = st.dictionaries(st.integers(0, 5), st.integers(0, 5)).map(
    lambda links: {one: lead for one, lead in links.items() if one != lead}
)


def linked(record: Record, lead: Record) -> Record:
    return review.mark_duplicate(record, analyst_id=ANALYST, reason=None, duplicate_of=lead.reference, at=NOW)


def table_of(links: dict[int, int]) -> dict[str, Record]:
    made = [
        linked(record, RECORDS[links[number]]) if number in links else record
        for number, record in enumerate(RECORDS)
    ]
    return {record.reference: record for record in made}


def test_a_record_leads_itself_until_it_is_linked() -> None:
    one, other = RECORDS[:2]
    assert linking.lead_of(one) == one.reference
    assert linking.lead_of(linked(one, other)) == other.reference
    assert linking.lead_of(in_status(Status.REJECTED)) == in_status(Status.REJECTED).reference
    assert linking.is_newly_linked(one, linked(one, other))
    assert not linking.is_newly_linked(one, one)
    assert not linking.is_newly_linked(linked(one, other), linked(one, other))


@given(LINKS)
def test_the_lead_is_at_the_end_of_the_chain(links: dict[int, int]) -> None:
    table = table_of(links)
    for number, record in enumerate(table.values()):
        passed = [number]
        while passed[-1] in links and links[passed[-1]] not in passed:
            passed.append(links[passed[-1]])
        found = linking.lead(record, table.__getitem__)
        goes_round = passed[-1] in links
        assert (found.status is Status.DUPLICATE) == goes_round
        assert goes_round or found.reference == RECORDS[passed[-1]].reference


@given(LINKS)
def test_whoever_leads_finds_all_that_are_linked_each_once(links: dict[int, int]) -> None:
    table = table_of(links)
    direct: defaultdict[str, list[str]] = defaultdict(list)
    for record in table.values():
        if linking.lead_of(record) != record.reference:
            direct[linking.lead_of(record)].append(record.reference)
    for record in table.values():
        found = Counter(linking.linked_through(record.reference, direct.__getitem__))
        assert set(found.values()) <= {1}
        assert record.reference not in found
        if record.status is not Status.DUPLICATE:
            led = {
                one.reference
                for one in table.values()
                if one is not record and linking.lead(one, table.__getitem__) is record
            }
            assert set(found) == led
