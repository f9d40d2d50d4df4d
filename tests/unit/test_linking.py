"""Who leads, and for whom: however records were linked, each is found once and nothing goes round."""

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


@given(st.integers(0, 2300))
def test_the_linked_are_parted_so_that_each_is_in_one_part(count: int) -> None:
    references = [f"SSM-{number:05d}" for number in range(count)]
    parts = [linking.in_part(references, part) for part in linking.parts_of(references)]
    assert [one for part in parts for one in part] == references
    assert all(len(part) <= linking.IN_A_PART for part in parts)


def test_who_was_linked_since_the_parts_were_made_pushes_nobody_out_of_his() -> None:
    (part,) = linking.parts_of(["SSM-1", "SSM-5"])
    assert linking.in_part(["SSM-0", "SSM-1", "SSM-3", "SSM-5", "SSM-6"], part) == ["SSM-1", "SSM-3", "SSM-5"]
