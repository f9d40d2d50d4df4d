"""What is open with a post is given to the successor, in bounded portions, and repeats change nothing."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest

from functions.domain.channel import Channel
from functions.domain.errors import Unavailable
from functions.domain.office import Level, Officer
from functions.domain.record import EventType, Record, Status
from functions.notify.alerting import tell
from functions.registry import handing_over, handler
from functions.registry.applying import KNOWN_EVERYWHERE, apply
from functions.registry.files import OFFICERS
from functions.registry.handing_over import hand_over
from tests.batches import batch, message
from tests.builders import (
    CONTEXT,
    NOW,
    PRIVATE,
    action_taken,
    event_of,
    forwarded,
    numbered,
    officer,
    raised,
    settings,
    upload,
)
from tests.fakes import SAMPLES, FakePorts

BASE = "https://ssm.wb.example"
FORMER = officer(phone="+919000000061", email="former@wb.example", language="bn")
NEXT = officer(name="Next One (sample)", phone="+919000000099", email="next@wb.example")
HEAD = officer(level=Level.HEAD, phone="+919000000062")


def open_records(count: int, who: Officer = FORMER, first: int = 0) -> list[Record]:
    return [
        numbered(forwarded(who=who), number).model_copy(update={"portal_id": f"CMO/2026/{number}"})
        for number in range(first, first + count)
    ]


def holders(outside: FakePorts) -> list[str | None]:
    return [one.assignment.holder if one.assignment else None for one in outside.records.kept.values()]


def tell_last(outside: FakePorts, record: Record) -> int:
    latest = outside.records.load(record.reference)
    return tell(outside, BASE, record.reference, latest.events[-1].sequence)


@pytest.fixture(autouse=True)
def _a_successor(outside: FakePorts) -> None:
    outside.registry.officers = [FORMER, HEAD]
    outside.registry.apply_officers([NEXT, HEAD], upload())


def test_the_successor_gets_what_is_open_and_nothing_else(outside: FakePorts) -> None:
    left = [forwarded(who=FORMER), raised(who=FORMER)]
    others = [action_taken(forwarded(who=FORMER)), forwarded(who=HEAD), forwarded(who=officer("320"))]
    records = [numbered(record, number) for number, record in enumerate([*left, *others])]
    outside.records.put(*records)

    assert hand_over(outside, "HFW") == 2

    assert holders(outside)[:2] == [NEXT.holder] * 2
    assert [outside.records.load(one.reference) for one in records[2:]] == records[2:]
    # AND a repeat changes nothing
    writes = outside.records.writes
    assert hand_over(outside, "HFW") == 0
    assert outside.records.writes == writes


def test_both_are_told_each_once_at_their_own_number_and_address(outside: FakePorts) -> None:
    (record,) = open_records(1)
    outside.records.put(record)
    hand_over(outside, "HFW")

    assert tell_last(outside, record) == 4

    assert [(sms.phone, sms.template) for sms in outside.messaging.sms] == [
        (NEXT.phone, "en/officer_forwarded.sms.j2"),
        (FORMER.phone, "bn/officer_succeeded.sms.j2"),
    ]
    assert [mail.to for mail in outside.messaging.mails] == [NEXT.email, FORMER.email]
    to_former = outside.messaging.mails[1]
    assert record.reference in to_former.subject
    parts = (outside.messaging.sms[1].text, to_former.subject, to_former.text, to_former.html)
    assert not [(said, part) for said in (*PRIVATE, " IST", BASE) for part in parts if said in part]
    assert tell_last(outside, record) == 0


def test_a_former_officer_is_told_although_it_has_gone_on_since(outside: FakePorts) -> None:
    (record,) = open_records(1)
    outside.records.put(record)
    hand_over(outside, "HFW")
    first = outside.records.load(record.reference).events[-1].sequence
    third = officer(name="Third (sample)", phone="+919000000098", email="third@wb.example")
    outside.registry.apply_officers([third, HEAD], upload("v2"))
    hand_over(outside, "HFW")

    assert tell(outside, BASE, record.reference, first) == 2
    assert {sms.phone for sms in outside.messaging.sms} == {FORMER.phone}
    assert tell_last(outside, record) == 4
    assert [sms.phone for sms in outside.messaging.sms[1:]] == [third.phone, NEXT.phone]


def test_a_number_that_belongs_to_the_post_is_not_told_of_a_successor(outside: FakePorts) -> None:
    of_post = officer(name="Next One (sample)", email="next@wb.example")
    outside.registry.apply_officers([of_post, HEAD], upload("v2"))
    (record,) = open_records(1)
    outside.records.put(record)
    hand_over(outside, "HFW")
    assert tell_last(outside, record) == 3
    assert [sms.template for sms in outside.messaging.sms] == ["en/officer_forwarded.sms.j2"]
    assert [mail.to for mail in outside.messaging.mails] == [of_post.email, FORMER.email]


def test_who_is_back_in_the_post_is_not_told_that_it_is_anothers(outside: FakePorts) -> None:
    (record,) = open_records(1)
    outside.records.put(record)
    hand_over(outside, "HFW")
    sequence = outside.records.load(record.reference).events[-1].sequence
    outside.registry.apply_officers([FORMER, HEAD], upload("v2"))
    hand_over(outside, "HFW")
    assert tell(outside, BASE, record.reference, sequence) == 0
    assert holders(outside) == [FORMER.holder]


def test_an_officer_of_whom_nothing_is_kept_is_not_told_and_the_successor_is(outside: FakePorts) -> None:
    (record,) = open_records(1)
    outside.records.put(record)
    outside.registry.former.clear()
    hand_over(outside, "HFW")
    assert tell_last(outside, record) == 2
    assert {sms.phone for sms in outside.messaging.sms} == {NEXT.phone}


def test_a_channel_that_is_out_holds_back_no_other_and_is_tried_again(outside: FakePorts) -> None:
    (record,) = open_records(1)
    outside.records.put(record)
    hand_over(outside, "HFW")
    outside.messaging.out.add(Channel.SMS)
    with pytest.raises(Unavailable):
        tell_last(outside, record)
    assert [mail.to for mail in outside.messaging.mails] == [NEXT.email, FORMER.email]
    outside.messaging.out.clear()
    outside.clock.advance(minutes=2)
    assert tell_last(outside, record) == 2


@pytest.mark.parametrize(
    "same",
    [
        officer(phone="+919000000061", email="corrected@wb.example"),
        officer(name="ANANYA ROY (sample)", phone="+919000000061", email="former@wb.example"),
        officer(phone="+919000000061", email="former@wb.example", designation="Special Secretary"),
    ],
)
def test_a_correction_is_no_succession(outside: FakePorts, same: Officer) -> None:
    outside.registry.apply_officers([same, HEAD], upload("v2"))
    records = open_records(3)
    outside.records.put(*records)
    assert hand_over(outside, "HFW") == 0
    assert list(outside.records.kept.values()) == records


def test_a_successor_takes_over_on_the_first_day_without_an_upload(outside: FakePorts) -> None:
    last_day = NOW.date()
    leaving = FORMER.model_copy(update={"valid_to": last_day})
    coming = NEXT.model_copy(update={"valid_from": last_day + timedelta(days=1)})
    outside.registry.apply_officers([leaving, coming], upload("v2"))
    (record,) = open_records(1)
    outside.records.put(record)
    assert hand_over(outside, "HFW") == 0
    outside.clock.advance(days=1)
    assert hand_over(outside, "HFW") == 1
    assert tell_last(outside, record) == 4


def test_what_a_vacant_post_has_stays_where_it_is(outside: FakePorts) -> None:
    outside.registry.officers = [HEAD]
    outside.records.put(*open_records(2))
    assert hand_over(outside, "HFW") == 0


def test_what_the_head_has_passes_to_the_next_head(outside: FakePorts) -> None:
    next_head = officer(
        level=Level.HEAD, name="Next Head (sample)", phone="+919000000097", email="h@wb.example"
    )
    outside.registry.apply_officers([NEXT, next_head], upload("v2"))
    record = numbered(forwarded(who=HEAD), 1)
    outside.records.put(record)
    assert hand_over(outside, "HFW") == 1
    assert holders(outside) == [next_head.holder]
    assert tell_last(outside, record) == 4


def test_many_are_handed_over_portion_by_portion(outside: FakePorts, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(handing_over, "AT_ONCE", 4)
    outside.records.put(*open_records(10))
    portions = [hand_over(outside, "HFW")]
    while outside.handovers.asked:
        assert outside.handovers.asked.pop() == ("HFW", timedelta())
        portions.append(hand_over(outside, "HFW"))
    assert portions == [4, 4, 2]
    assert holders(outside) == [NEXT.holder] * 10


def test_one_that_fails_holds_back_no_other_and_comes_again(
    outside: FakePorts, monkeypatch: pytest.MonkeyPatch
) -> None:
    records = open_records(3)
    outside.records.put(*records)
    real = handing_over._give

    def fail_once(*arguments: object) -> None:
        if records[1].reference in arguments:
            message = "a record that cannot be read"
            raise ValueError(message)
        real(*arguments)  # type: ignore[arg-type]  # handed on

    monkeypatch.setattr(handing_over, "_give", fail_once)
    with pytest.raises(Unavailable):
        hand_over(outside, "HFW")
    assert holders(outside).count(NEXT.holder) == 2
    monkeypatch.setattr(handing_over, "_give", real)
    assert hand_over(outside, "HFW") == 1


NEXT_HEAD = officer(
    level=Level.HEAD, name="Next Head (sample)", phone="+919000000097", email="next.head@wb.example"
)


def fails_always(monkeypatch: pytest.MonkeyPatch, *broken: Record) -> None:
    """Handing over fails for these records, whenever it is tried."""
    real = handing_over._give
    references = {record.reference for record in broken}

    def give(outside: FakePorts, reference: str, *rest: Any) -> None:  # noqa: ANN401 - handed on
        if reference in references:
            message = "a record that cannot be read"
            raise ValueError(message)
        real(outside, reference, *rest)

    monkeypatch.setattr(handing_over, "_give", give)


def with_two_levels(outside: FakePorts, nodal: int, head: int) -> list[Record]:
    """What the nodal officer of before had open, beside what the head had, where both have a successor."""
    outside.registry.apply_officers([NEXT, NEXT_HEAD], upload("v2"))
    nodals = open_records(nodal)
    heads = open_records(head, HEAD, first=nodal)
    outside.records.put(*nodals, *heads)
    return nodals


def test_one_that_fails_for_ever_holds_back_no_other_level(
    outside: FakePorts, monkeypatch: pytest.MonkeyPatch
) -> None:
    nodals = with_two_levels(outside, 2, 3)
    fails_always(monkeypatch, nodals[0])
    for _ in range(2):
        with pytest.raises(Unavailable):
            hand_over(outside, "HFW")
        assert holders(outside) == [FORMER.holder, NEXT.holder, *[NEXT_HEAD.holder] * 3]
    assert outside.handovers.asked == []


def test_one_that_fails_for_ever_holds_back_no_later_portion(
    outside: FakePorts, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(handing_over, "AT_ONCE", 4)
    nodals = with_two_levels(outside, 10, 2)
    fails_always(monkeypatch, nodals[0])
    with pytest.raises(Unavailable):
        hand_over(outside, "HFW")
    runs = 1
    while outside.handovers.asked:
        assert outside.handovers.asked.pop() == ("HFW", timedelta())
        with pytest.raises(Unavailable):
            hand_over(outside, "HFW")
        runs += 1
    assert holders(outside) == [FORMER.holder, *[NEXT.holder] * 9, *[NEXT_HEAD.holder] * 2]
    assert runs <= 4


def test_as_many_as_are_looked_at_that_all_fail_hold_back_no_other_level_and_ask_for_no_more(
    outside: FakePorts, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(handing_over, "AT_ONCE", 4)
    nodals = with_two_levels(outside, 5, 3)
    fails_always(monkeypatch, *nodals)
    with pytest.raises(Unavailable):
        hand_over(outside, "HFW")
    assert holders(outside) == [*[FORMER.holder] * 5, *[NEXT_HEAD.holder] * 3]
    # Its own message comes again; another one beside it would be one more each time.
    assert outside.handovers.asked == []


def test_what_was_reported_on_meanwhile_is_left_alone(outside: FakePorts) -> None:
    (record,) = open_records(1)
    outside.records.put(record)

    def reported() -> None:
        outside.records.kept[record.reference] = action_taken(record).model_copy(
            update={"version": record.version + 1}
        )

    outside.records.before_write.append(reported)
    hand_over(outside, "HFW")
    assert outside.records.load(record.reference).status is Status.ACTION_TAKEN


def test_an_upload_has_its_offices_looked_at_when_every_function_knows_it(outside: FakePorts) -> None:
    outside.uploads.files[OFFICERS, "v3"] = (SAMPLES / OFFICERS).read_bytes()
    apply(outside, "cell@wb.example", OFFICERS, "v3", upload("v3"))
    offices = outside.registry.registers().offices
    assert outside.handovers.asked == [(office, KNOWN_EVERYWHERE) for office in sorted(offices)]


def test_messages_are_judged_one_by_one(outside: FakePorts, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(handler, "ports", lambda: outside)
    monkeypatch.setattr(handler, "settings", settings)
    (record,) = open_records(1)
    outside.records.put(record)
    messages = batch(message("wrong", "{}"), message("right", json.dumps({"office": "HFW"})))
    answer = handler.look_after_posts(messages, CONTEXT)
    assert answer == {"batchItemFailures": [{"itemIdentifier": "wrong"}]}
    assert event_of(outside.records.load(record.reference), EventType.RECORD_FORWARDED).sequence == 6
