"""Likely duplicates: what is proposed to the analyst, and what never is."""

import subprocess
import sys
from collections.abc import Sequence
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.adapters.bundled import registers
from functions.domain import duplicates, review
from functions.domain.duplicates import LEADS, OF_CALLER, SHOWN, THRESHOLD, score
from functions.domain.matter import TOGETHER
from functions.domain.record import Likely, Record, Status, Subject
from local.layout import PROJECT
from tests.builders import (
    ANALYST,
    CALLER,
    NOW,
    SUBJECT,
    in_status,
    numbered,
    reference_of,
    registered,
    under_review,
)

STRANGER = "+919830099999"
POLICE_DISTRICTS = registers().police_districts
TEXTS = st.text(alphabet="কখগরলশসাি্ কखगरलस abst 12.", min_size=1, max_size=60).filter(str.strip)
SUBJECTS = st.builds(
    lambda summary, district, block, scheme, category: Subject(
        summary=summary, district=district, block=block, scheme=scheme, category=category
    ),
    TEXTS,
    st.sampled_from([None, "320", "304"]),
    st.sampled_from([None, "Ranaghat-II", "রানাঘাট ২", "Gosaba"]),
    st.sampled_from([None, "khadya-sathi", "swasthya-sathi"]),
    st.sampled_from([None, "ration"]),
)


def earlier(
    number: int = 1, *, phone: str = CALLER.phone, days: float = 1, subject: Subject = SUBJECT
) -> Record:
    """A record that came before the one that is looked at."""
    return numbered(registered(at=NOW - timedelta(days=days), subject=subject), number).model_copy(
        update={"caller": CALLER.model_copy(update={"phone": phone})}
    )


def likely(record: Record, candidates: Sequence[Record], *others: Record) -> tuple[Likely, ...]:
    """What is proposed where these, and the candidates, are on file."""
    on_file = {one.reference: one for one in (*others, *candidates)}
    return duplicates.likely(record, candidates, on_file.__getitem__)


def marked(record: Record, lead: Record) -> Record:
    return review.mark_duplicate(
        under_review(record), analyst_id=ANALYST, reason=None, duplicate_of=lead.reference, at=NOW
    )


def worded(summary: str, details: str | None = None, **changes: object) -> Subject:
    return SUBJECT.model_copy(update={"summary": summary, "details": details, **changes})


def test_the_same_words_by_the_same_caller_are_proposed_with_a_hundred() -> None:
    found = likely(registered(), [earlier()])
    assert found == (Likely(reference=earlier().reference, score=100, same_caller=True),)


def test_the_same_matter_by_another_citizen_is_proposed() -> None:
    other = earlier(phone=STRANGER, subject=worded("নার্সিং হোম কার্ড নিতে চাইছে না, স্বাস্থ্যসাথী দেখালে ফিরিয়ে দেয়"))
    asked = registered(subject=worded("স্বাস্থ্যসাথী কার্ড দেখালে নার্সিংহোম ফিরিয়ে দিচ্ছে, নিতে চাইছে না"))
    (found,) = likely(asked, [other])
    assert found.reference == other.reference
    assert not found.same_caller


def test_the_same_matter_in_latin_letters_is_proposed() -> None:
    other = earlier(subject=worded("দু মাস ধরে রেশন দোকানে চাল আটা মিলছে না", scheme=None))
    asked = registered(subject=worded("du mas dhore ration dokane chal ata milche na", scheme=None))
    assert [one.reference for one in likely(asked, [other])] == [other.reference]


def test_another_matter_of_the_same_caller_is_not_proposed() -> None:
    other = earlier(subject=worded("পাড়ার রাস্তা ভেঙে গেছে, টোটো চলে না", category="road-village", scheme=None))
    assert likely(registered(), [other]) == ()


def test_a_duplicate_leads_to_the_record_that_goes_on_for_it_and_is_shown_once() -> None:
    lead = earlier(1, phone=STRANGER)
    theirs = [marked(earlier(number, phone=STRANGER), lead) for number in (2, 3)]
    own = marked(earlier(4), lead)
    assert [one.reference for one in likely(registered(), theirs, lead)] == [lead.reference]
    # Whether the same number called is told of whichever led there.
    for candidates in ([lead, *theirs, own], [own, *theirs, lead]):
        (found,) = likely(registered(), candidates)
        assert found == Likely(reference=lead.reference, score=100, same_caller=True)


def test_a_duplicate_of_a_duplicate_leads_to_the_end_of_the_chain() -> None:
    lead = earlier(1, phone=STRANGER)
    middle = marked(earlier(2, phone=STRANGER), lead)
    ends = [marked(earlier(3), middle), marked(earlier(4, phone=STRANGER), lead)]
    (found,) = likely(registered(), ends, middle, lead)
    assert found == Likely(reference=lead.reference, score=100, same_caller=True)


def test_what_leads_to_a_record_that_was_not_taken_up_is_not_proposed() -> None:
    turned_down = review.reject(under_review(earlier(1)), analyst_id=ANALYST, reason="Sub judice", at=NOW)
    led = marked(earlier(2), turned_down)
    assert likely(registered(), [led], turned_down) == ()
    # AND what goes on is shown in its place
    assert [one.reference for one in likely(registered(), [led, earlier(3)], turned_down)] == [
        earlier(3).reference
    ]


def test_what_leads_round_in_a_circle_is_not_proposed() -> None:
    one, other = earlier(1), earlier(2)
    assert likely(registered(), [marked(one, other)], marked(other, one)) == ()


def test_no_more_leads_are_looked_up_than_are_worth_it() -> None:
    leads = {number: earlier(number, phone=STRANGER) for number in range(100, 190)}
    candidates = [marked(earlier(number - 99), lead) for number, lead in leads.items()]
    by_reference = {lead.reference: lead for lead in leads.values()}
    looked_up: list[str] = []

    def load(reference: str) -> Record:
        looked_up.append(reference)
        return by_reference[reference]

    assert len(duplicates.likely(registered(), candidates, load)) == SHOWN
    assert len(looked_up) <= LEADS


def test_what_was_not_taken_up_what_is_later_and_itself_are_no_candidates() -> None:
    rejected = in_status(Status.REJECTED).model_copy(update={"reference": reference_of("CC-1")})
    later = numbered(registered(at=NOW + TOGETHER + timedelta(seconds=1)), 2)
    mine = registered()
    leads_here = marked(earlier(3), mine)
    assert likely(mine, [rejected, later, mine, leads_here]) == ()


def test_of_two_that_came_together_the_later_one_is_shown_where_it_was_looked_at_without_this_one() -> None:
    mine, later = registered(), numbered(registered(at=NOW + TOGETHER), 2)
    assert [one.reference for one in likely(mine, [later])] == [later.reference]
    assert [one.reference for one in likely(later, [mine])] == [mine.reference]
    knows = Likely(reference=mine.reference, score=100, same_caller=True)
    assert likely(mine, [later.model_copy(update={"likely_duplicates": (knows,)})]) == ()


@pytest.mark.parametrize(
    ("district", "office", "same"),
    [
        ("320", "POL-RANAGHAT", True),
        ("320", "POL-KRISHNANAGAR", True),
        ("315", "POL-KOLKATA", True),
        ("304", "POL-KOLKATA", True),
        ("319", "POL-RANAGHAT", False),
        ("320", "POL-NOWHERE", False),
    ],
)
def test_a_police_office_that_is_named_alone_lies_in_its_districts(
    district: str, office: str, *, same: bool
) -> None:
    here = {"district": district, "block": None}
    there = {"district": None, "block": None, "police_office": office}
    mine = registered().model_copy(update={"subject": SUBJECT.model_copy(update=here)})
    yours = earlier(phone=STRANGER).model_copy(update={"subject": SUBJECT.model_copy(update=there)})
    assert (score(mine, yours, POLICE_DISTRICTS) >= THRESHOLD) is same
    assert score(mine, yours) < THRESHOLD


def test_two_police_offices_of_one_district_are_two_places() -> None:
    one, other = (
        SUBJECT.model_copy(update={"district": None, "block": None, "police_office": office})
        for office in ("POL-BARRACKPORE", "POL-BIDHANNAGAR")
    )
    mine = registered().model_copy(update={"subject": one})
    yours = earlier(phone=STRANGER).model_copy(update={"subject": other})
    assert score(mine, yours, POLICE_DISTRICTS) < THRESHOLD


def test_a_missed_call_is_like_nothing() -> None:
    silent = earlier().model_copy(update={"subject": None})
    assert score(registered(), silent) == 0
    assert likely(silent.model_copy(update={"registered_at": NOW}), [earlier(2)]) == ()


def test_few_are_shown_the_likeliest_first_and_always_the_same() -> None:
    candidates = [earlier(number, phone=STRANGER, days=2 * number) for number in range(1, 9)]
    found = likely(registered(), candidates)
    assert len(found) == SHOWN
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)
    assert found == likely(registered(), list(reversed(candidates)) + candidates)


def test_of_those_that_are_certain_the_very_same_words_come_first_whatever_the_references() -> None:
    tube_well = "রসুলপুর স্কুলের পাশে টিউবওয়েলের হাতল ভাঙা, দশ দিন জল ওঠে না"
    about = {"category": "drinking-water", "scheme": None, "department": "PHE"}
    asked = registered().model_copy(update={"subject": worded(tube_well, **about)})
    near = worded(f"{tube_well}, পঞ্চায়েতে বলেছি", **about)
    others = [earlier(number, phone=STRANGER, subject=near) for number in range(1, 40)]
    last = max(others, key=lambda one: one.reference)
    same = last.model_copy(update={"subject": asked.subject})
    found = likely(asked, [*others, same])
    assert {one.score for one in found} == {100}
    assert found[0].reference == same.reference


def test_a_long_text_that_comes_whole_as_details_is_not_counted_twice() -> None:
    text = "রেশন দোকানে চাল আটা মিলছে না " * 8
    whole = earlier(phone=STRANGER, subject=worded(text[:200], text))
    assert score(registered(subject=worded(text[:150], text)), whole) >= 90


@pytest.mark.parametrize(
    "changes",
    [
        {"district": "304", "block": None},
        {"district": "304"},
        {"block": "Chakdaha"},
        {"district": None, "police_office": "POL-RANAGHAT", "block": None},
    ],
)
def test_another_callers_other_place_is_never_proposed_however_alike(changes: dict[str, str | None]) -> None:
    subject = SUBJECT.model_copy(update=changes)
    assert score(registered(), earlier(phone=STRANGER, subject=subject)) < THRESHOLD
    # The same caller may have named the wrong place once.
    assert score(registered(), earlier(subject=subject)) == 100


def test_another_village_of_the_same_block_is_not_proposed() -> None:
    one = worded("গোপালপুর গ্রামের নলকূপ বিকল, পানীয় জল নেই", scheme=None)
    other = worded("রসুলপুর গ্রামের নলকূপ বিকল, পানীয় জল নেই", scheme=None)
    assert score(registered(subject=one), earlier(phone=STRANGER, subject=other)) < THRESHOLD


def test_time_between_the_calls_lowers_the_score() -> None:
    other = worded("স্বাস্থ্যসাথী কার্ড নার্সিং হোম নিতে চাইছে না, তিনবার গিয়েছি সোমবার থেকে")
    scores = [score(registered(subject=other), earlier(days=days)) for days in (0, 12, 400, 4000)]
    assert scores[0] > scores[1] > scores[2] == scores[3] >= THRESHOLD


@given(one=SUBJECTS, other=SUBJECTS, same=st.booleans(), days=st.integers(0, 60))
def test_the_score_is_the_same_either_way_round(
    one: Subject, other: Subject, days: int, *, same: bool
) -> None:
    mine = registered(subject=SUBJECT).model_copy(update={"subject": one})
    yours = earlier(days=days, phone=CALLER.phone if same else STRANGER).model_copy(update={"subject": other})
    assert score(mine, yours) == score(yours, mine)
    assert 0 <= score(mine, yours) <= 100


@given(subject=SUBJECTS, other=SUBJECTS, days=st.integers(0, 1000))
def test_the_same_words_by_the_same_caller_are_a_hundred_whatever_else(
    subject: Subject, other: Subject, days: int
) -> None:
    mine = registered().model_copy(update={"subject": subject})
    again = other.model_copy(update={"summary": subject.summary})
    assert score(mine, earlier(days=days).model_copy(update={"subject": again})) == 100


@given(subject=SUBJECTS, other=SUBJECTS)
def test_another_caller_in_another_district_is_never_proposed(subject: Subject, other: Subject) -> None:
    mine = registered().model_copy(update={"subject": subject.model_copy(update={"district": "320"})})
    yours = earlier(phone=STRANGER).model_copy(
        update={"subject": other.model_copy(update={"district": "304"})}
    )
    assert score(mine, yours) < THRESHOLD


def test_only_who_compares_pays_for_the_libraries() -> None:
    asked = "import sys, app; print(sorted({'rapidfuzz', 'anyascii'} & set(sys.modules)))"
    done = subprocess.run(  # noqa: S603 - our own
        [sys.executable, "-c", asked], capture_output=True, text=True, check=True, cwd=PROJECT
    )
    assert done.stdout.strip() == "[]"


def test_the_bounds_are_small() -> None:
    assert (SHOWN, OF_CALLER) == (5, 20)
    assert 50 <= duplicates.THRESHOLD <= 60
