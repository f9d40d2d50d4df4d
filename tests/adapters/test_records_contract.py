"""What the port ``Records`` promises, held by DynamoDB and the fake alike: neither drifts from the other."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from functions.adapters.pending_events import DynamoPendingEvents
from functions.adapters.records import DynamoRecords
from functions.adapters.watermark import DynamoWatermark
from functions.domain import callback, feedback, forwarding, matter, review
from functions.domain.errors import KeyReused, NotFound, Outrun, Refused
from functions.domain.office import Level, Officer
from functions.domain.ports import Page, PendingEvents, Records, Registered, WaitsAlready, Watermark
from functions.domain.record import Callback, CallbackOutcome, Kind, Record, Status
from tests.builders import (
    ANALYST,
    NOW,
    PHONE,
    PORTAL_ID,
    REACHED,
    SENDER,
    SUBJECT,
    accepted,
    action_taken,
    called,
    forwarded,
    in_portal,
    in_status,
    numbered,
    officer,
    receipt,
    reference_of,
    registered,
    under_review,
)
from tests.fakes import FakeClock, FakeIdentifiers, FakePendingEvents, FakeRecords, FakeWatermark

REFERENCE = reference_of()


def answer(record: Record) -> str:
    return f"the answer to {record.record_id}, {record.status}"


@dataclass
class World:
    """Records and their clock."""

    records: Records
    clock: FakeClock

    def register(
        self,
        record: Record,
        webhook_id: str = "msg_1",
        *,
        fingerprint: str = "print-of-the-request",
        owner: str = "this worker",
    ) -> Registered | WaitsAlready | None:
        """Registers a record."""
        note = receipt(webhook_id, fingerprint=fingerprint, owner=owner, answer=answer(record))
        return self.records.register(record, note, answer)

    def let_stand(self, record: Record) -> Record:
        """A record in any state in the table."""
        born = record.model_copy(update={"version": 1, "owner": "owner-at-birth"})
        assert self.register(born, f"msg of {record.reference}")
        return self.records.load(record.reference)


@pytest.fixture(params=["DynamoDB", "memory"])
def world(request: pytest.FixtureRequest, clock: FakeClock, identifiers: FakeIdentifiers) -> World:
    if request.param == "memory":
        return World(FakeRecords(clock, identifiers), clock)
    return World(DynamoRecords(request.getfixturevalue("table"), clock, identifiers), clock)


@pytest.mark.parametrize("status", sorted(REACHED))
@pytest.mark.parametrize("emergency", [False, True])
def test_a_record_comes_back_as_it_was_kept(world: World, status: Status, *, emergency: bool) -> None:
    record = in_status(status, emergency=emergency)
    assert world.register(record) == Registered(answer=answer(record), created=True)
    assert world.records.load(record.reference) == record


def test_the_same_request_again_gets_the_first_answer(world: World) -> None:
    world.register(registered())
    repeat = world.register(registered(), owner="another worker")
    assert repeat == Registered(answer=answer(registered()), created=False)


def test_a_write_sent_again_after_its_answer_was_lost_is_still_the_first(world: World) -> None:
    assert world.register(registered(), owner="me") == world.register(registered(), owner="me")
    again = world.register(registered(), owner="me")
    assert isinstance(again, Registered)
    assert again.created


def test_a_webhook_id_with_another_content_is_a_clash(world: World) -> None:
    world.register(registered())
    with pytest.raises(KeyReused, match="webhook-id"):
        world.register(numbered(registered(), 2), fingerprint="another")
    with pytest.raises(NotFound):
        world.records.load(numbered(registered(), 2).reference)


def test_the_same_record_under_another_webhook_id_gets_the_answer_to_what_was_kept(world: World) -> None:
    world.register(registered())
    late = registered(at=NOW + timedelta(days=1))
    assert world.register(late, "msg_2") == Registered(answer=answer(registered()), created=False)
    assert world.records.load(REFERENCE) == registered()
    # AND that id is taken now, with that answer
    note = world.records.receipt(SENDER, "msg_2")
    assert note is not None
    assert note.answer == answer(registered())
    assert world.register(late, "msg_2", owner="x") == Registered(answer=answer(registered()), created=False)
    with pytest.raises(KeyReused, match="webhook-id"):
        world.register(numbered(registered(), 2), "msg_2", fingerprint="another")


def test_a_record_id_with_another_content_is_a_clash_and_leaves_its_webhook_id_free(world: World) -> None:
    world.register(registered())
    with pytest.raises(KeyReused, match="record_id"):
        world.register(registered(content_hash="another"), "msg_2")
    assert world.records.receipt(SENDER, "msg_2") is None


def test_a_reference_of_another_record_is_left_to_it(world: World) -> None:
    world.register(registered())
    taken = registered(record_id="CC-another").model_copy(update={"reference": REFERENCE})
    assert world.register(taken, "msg_2") is None
    assert world.records.load(REFERENCE) == registered()
    assert world.records.receipt(SENDER, "msg_2") is None


def test_what_was_never_kept_is_not_found(world: World) -> None:
    with pytest.raises(NotFound):
        world.records.load(REFERENCE)
    assert world.records.receipt(SENDER, "msg_1") is None


def test_a_change_is_kept_under_the_next_version(world: World) -> None:
    before = world.let_stand(under_review())
    after = world.records.save(before, accepted(before))
    assert after.version == before.version + 1
    assert after.owner != before.owner
    assert after.status is Status.ACCEPTED
    assert world.records.load(REFERENCE) == after


def test_a_change_of_what_has_changed_is_outrun_and_keeps_nothing(world: World) -> None:
    before = world.let_stand(under_review())
    first = world.records.save(before, accepted(before))
    with pytest.raises(Outrun):
        world.records.save(before, accepted(before))
    with pytest.raises(Outrun):
        world.records.save(before, accepted(before), receipt("msg_2"))
    assert world.records.load(REFERENCE) == first
    assert world.records.receipt(SENDER, "msg_2") is None


def test_what_was_never_kept_is_not_changed_into_being(world: World) -> None:
    with pytest.raises(Outrun):
        world.records.save(under_review(), accepted())
    with pytest.raises(Outrun):
        world.records.save(under_review(), accepted(), receipt())
    with pytest.raises(NotFound):
        world.records.load(REFERENCE)


def test_a_change_is_kept_together_with_its_receipt(world: World) -> None:
    before = world.let_stand(under_review())
    note = receipt("msg_2", answer="decided")
    after = world.records.save(before, accepted(before), note)
    assert world.records.receipt(SENDER, "msg_2") == note
    assert world.records.load(REFERENCE) == after


def test_a_receipt_that_is_there_keeps_the_change_out(world: World) -> None:
    before = world.let_stand(under_review())
    decided = world.records.save(before, accepted(before), receipt("msg_2", owner="the first"))
    # the same request by another worker: it is to look for the first answer
    with pytest.raises(Outrun):
        world.records.save(decided, decided, receipt("msg_2", owner="the second"))
    # another request under the same id: a clash
    with pytest.raises(KeyReused):
        world.records.save(decided, decided, receipt("msg_2", fingerprint="another", owner="the third"))
    assert world.records.load(REFERENCE) == decided


def test_receipts_of_two_senders_are_two(world: World) -> None:
    world.register(registered())
    assert world.records.receipt("portal", "msg_1") is None
    assert world.records.receipt(SENDER, "MSG_1") is None
    assert world.records.receipt(SENDER, "msg_1") is not None


def queue(world: World, limit: int) -> list[str]:
    """What waits for review, read page by page."""
    listed: list[str] = []
    cursor: str | None = None
    while True:
        page = world.records.waiting_for_review(limit, cursor)
        assert len(page.records) <= limit
        assert all(record.status is Status.UNDER_REVIEW for record in page.records)
        listed += [record.record_id for record in page.records]
        if page.next is None:
            return listed
        cursor = page.next


def waiting(number: int, minute: int, *, emergency: bool = False) -> Record:
    at = NOW + timedelta(minutes=minute)
    return numbered(under_review(registered(emergency=emergency, at=at)), number)


@pytest.fixture
def seven(world: World) -> list[str]:
    """Seven records that wait, and what does not; their names in the order in which they are to be taken."""
    records = [
        waiting(5, 10),
        waiting(1, 40, emergency=True),
        waiting(6, 20),
        waiting(4, 0),
        waiting(2, 50, emergency=True),
        waiting(7, 30),
        waiting(3, 60, emergency=True),
    ]
    for record in (*records, numbered(registered(), 8), numbered(accepted(), 9)):
        world.let_stand(record)
    world.let_stand(registered(kind=Kind.MISSED_CALL, record_id="MC-1"))
    return [f"CC-20261124-{number:06d}" for number in range(1, 8)]


@pytest.mark.parametrize("limit", [1, 2, 3, 4, 6, 7, 8, 100])
def test_emergencies_come_first_then_the_oldest_whatever_the_page(
    world: World, seven: list[str], limit: int
) -> None:
    assert queue(world, limit) == seven


def test_what_was_decided_waits_no_more_and_the_rest_keeps_its_place(world: World, seven: list[str]) -> None:
    first = world.records.waiting_for_review(2, None)
    for record in first.records:
        world.records.save(record, accepted(record))
    rest = world.records.waiting_for_review(100, first.next)
    assert [record.record_id for record in rest.records] == seven[2:]
    assert queue(world, 3) == seven[2:]


def test_where_nothing_waits_the_list_is_empty(world: World) -> None:
    assert queue(world, 50) == []


@pytest.mark.parametrize("cursor", ["", "x", "bm9uZQ", "====", "আ", "a b", "e30", "W10", "bnVsbA", "\ud800"])
def test_a_cursor_that_is_none_of_the_lists_is_refused(world: World, seven: list[str], cursor: str) -> None:
    assert seven
    with pytest.raises(Refused, match="cursor") as refused:
        world.records.waiting_for_review(10, cursor)
    assert [fault.pointer for fault in refused.value.faults] == [None]


def test_a_cursor_is_base64url_without_padding(world: World, seven: list[str]) -> None:
    for limit in range(1, len(seven)):
        cursor = world.records.waiting_for_review(limit, None).next
        assert cursor is not None
        assert cursor.replace("-", "").replace("_", "").isalnum()


def rejected(record: Record) -> Record:
    return review.reject(record, analyst_id=ANALYST, reason="A reason", at=NOW)


def emergency(number: int, minute: int = 0) -> Record:
    return waiting(number, minute, emergency=True)


def test_clocks_are_due_at_their_moment_the_longest_overdue_first(world: World) -> None:
    records = [emergency(1, 30), emergency(2, 0), emergency(3, 90)]
    for record in records:
        world.let_stand(record)
    deadline = NOW + timedelta(minutes=15)
    assert world.records.with_timer_due(deadline - timedelta(microseconds=1)) == []
    assert world.records.with_timer_due(deadline) == [records[1].reference]
    world.clock.advance(minutes=50)
    assert world.records.with_timer_due(NOW + timedelta(minutes=50)) == [
        records[1].reference,
        records[0].reference,
    ]


def test_a_clock_that_stopped_is_due_no_more(world: World) -> None:
    kept = world.let_stand(emergency(1))
    world.records.save(kept, rejected(kept))
    world.clock.advance(days=1)
    assert world.records.with_timer_due(NOW + timedelta(days=1)) == []


@pytest.mark.parametrize("days", [1, 3, 10, 45])
def test_no_clock_is_skipped_by_an_outage(world: World, days: int) -> None:
    # GIVEN sweeps that went well, and then none for days, while clocks ran out
    world.records.with_timer_due(world.clock.now())
    record = world.let_stand(emergency(1))
    world.clock.advance(days=days)
    # THEN the first sweep afterwards finds it
    assert world.records.with_timer_due(world.clock.now()) == [record.reference]


def test_no_clock_is_skipped_when_the_very_first_sweep_comes_late(world: World) -> None:
    record = world.let_stand(emergency(1))
    world.clock.advance(days=20)
    assert world.records.with_timer_due(world.clock.now()) == [record.reference]


def test_a_clock_that_is_not_handled_stays_due_for_ever(world: World) -> None:
    record = world.let_stand(emergency(1))
    for _ in range(30):
        world.clock.advance(days=1)
        assert world.records.with_timer_due(world.clock.now()) == [record.reference]


def test_a_clock_that_is_written_late_is_due_at_once(world: World) -> None:
    # GIVEN sweeps up to now
    for _ in range(10):
        world.records.with_timer_due(world.clock.now())
        world.clock.advance(days=1)
    # WHEN a clock is written that ran out long ago
    record = world.let_stand(emergency(1))
    assert world.records.with_timer_due(world.clock.now()) == [record.reference]


def test_a_sweep_that_was_handed_a_later_time_harms_no_clock_in_between(world: World) -> None:
    # GIVEN a sweep by hand, a month ahead
    early = world.let_stand(emergency(1))
    ahead = NOW + timedelta(days=30)
    assert world.records.with_timer_due(ahead) == [early.reference]
    world.records.save(early, rejected(early))
    assert world.records.with_timer_due(ahead) == []
    # WHEN clocks start afterwards THEN each is found in its own time
    for day in range(1, 9):
        world.clock.moment = NOW + timedelta(days=day)
        record = world.let_stand(emergency(100 + day, day * 24 * 60))
        assert world.records.with_timer_due(world.clock.now()) == []
        world.clock.advance(minutes=15)
        assert world.records.with_timer_due(world.clock.now()) == [record.reference]
        world.records.save(record, rejected(record))


def test_no_clock_is_skipped_by_an_outage_after_a_sweep_that_was_handed_a_later_time(world: World) -> None:
    for _ in range(2):
        world.records.with_timer_due(NOW + timedelta(days=30))
    record = world.let_stand(emergency(1))
    world.clock.advance(days=9)
    assert world.records.with_timer_due(world.clock.now()) == [record.reference]


def test_a_sweep_whose_event_comes_late_finds_what_was_due_then(world: World) -> None:
    record = world.let_stand(emergency(1))
    world.clock.advance(hours=40)
    assert world.records.with_timer_due(NOW + timedelta(minutes=15)) == [record.reference]
    assert world.records.with_timer_due(NOW) == []


def test_a_record_is_found_by_the_id_that_the_portal_gave_it(world: World) -> None:
    kept = world.let_stand(accepted())
    assert world.records.by_portal_id(PORTAL_ID) is None
    held = world.records.save(kept, in_portal(kept))
    assert world.records.load(REFERENCE) == held
    assert world.records.by_portal_id(PORTAL_ID) == REFERENCE
    assert world.records.by_portal_id("CMO/2026/another") is None


def test_one_id_of_the_portal_is_never_two_records(world: World) -> None:
    first, second = world.let_stand(accepted()), world.let_stand(numbered(accepted(), 2))
    world.records.save(first, in_portal(first))
    with pytest.raises(ValueError, match="one id to two records"):
        world.records.save(second, in_portal(second))
    assert world.records.load(second.reference) == second
    assert world.records.by_portal_id(PORTAL_ID) == REFERENCE


def test_a_portals_answer_for_what_has_changed_is_outrun(world: World) -> None:
    kept = world.let_stand(accepted())
    world.records.save(kept, kept)
    with pytest.raises(Outrun):
        world.records.save(kept, in_portal(kept))
    assert world.records.by_portal_id(PORTAL_ID) is None


def reported(number: int, minute: int, district: str | None) -> Record:
    """A record of which action was reported, so many minutes late."""
    subject = SUBJECT.model_copy(update={"district": district})
    before = forwarded().model_copy(update={"subject": subject, "portal_id": f"CMO/2026/{number}"})
    return numbered(action_taken(before, at=NOW + timedelta(minutes=minute)), number)


@pytest.mark.parametrize("limit", [1, 2, 3, 100])
def test_what_is_due_for_a_field_check_is_listed_by_district_the_longest_waiting_first(
    world: World, limit: int
) -> None:
    for record in (
        reported(1, 30, "320"),
        reported(2, 10, "303"),
        reported(3, 20, "320"),
        reported(4, 0, None),
        numbered(in_status(Status.RECALLED), 5),
    ):
        world.let_stand(record)

    def listed(*districts: str) -> list[str]:
        found: list[str] = []
        cursor: str | None = None
        while True:
            page = world.records.waiting_for_field_check(districts, limit, cursor)
            found += [record.record_id[-1] for record in page.records]
            if page.next is None:
                return found
            cursor = page.next

    assert listed("320") == ["3", "1"]
    assert listed("303", "320", "") == ["4", "2", "3", "1"]
    assert listed("") == ["4"]
    assert listed("664") == []


def test_a_cursor_of_the_field_checks_that_is_none_is_refused(world: World) -> None:
    with pytest.raises(Refused, match="cursor"):
        world.records.waiting_for_field_check(["320"], 10, "bm9uZQ")


def test_what_waits_for_the_portal_is_found_emergencies_first_until_it_goes_in(world: World) -> None:
    def waits(number: int, *, emergency: bool = False) -> Record:
        record = numbered(accepted(under_review(registered(emergency=emergency))), number)
        record = record.model_copy(update={"registered_at": NOW - timedelta(minutes=number)})
        return world.let_stand(forwarding.parked(record, task_token="token", at=NOW))

    world.let_stand(numbered(accepted(), 9))
    ordinary = [waits(number) for number in (1, 3, 2)]
    emergencies = [waits(number, emergency=True) for number in (4, 5)]
    in_order = [emergencies[1], emergencies[0], ordinary[1], ordinary[2], ordinary[0]]
    assert world.records.waiting_for_portal(10) == [record.reference for record in in_order]
    assert world.records.waiting_for_portal(3) == [record.reference for record in in_order[:3]]
    assert world.records.waiting_for_portal(1) == [in_order[0].reference]
    for record in in_order:
        world.records.save(record, forwarding.pushed(record, portal_id=f"CMO/{record.reference}", at=NOW))
    assert world.records.waiting_for_portal(10) == []


def test_what_was_changed_in_a_stretch_of_time_is_found_whatever_the_change_tells(world: World) -> None:
    first = world.let_stand(under_review())
    world.clock.advance(minutes=10)
    second = world.let_stand(numbered(under_review(), 2))
    world.clock.advance(minutes=10)
    world.records.save(first, accepted(first))
    # a record stands where it was changed last
    assert world.records.changed_since(NOW, NOW + timedelta(minutes=15)) == [second.reference]
    found = world.records.changed_since(NOW, NOW + timedelta(minutes=20))
    assert found == [second.reference, first.reference]
    assert world.records.changed_since(NOW + timedelta(minutes=21), NOW + timedelta(minutes=40)) == []


@pytest.fixture
def pending(request: pytest.FixtureRequest, world: World) -> PendingEvents:
    if isinstance(world.records, FakeRecords):
        return FakePendingEvents(world.clock, world.records)
    return DynamoPendingEvents(request.getfixturevalue("table"), world.clock)


def test_what_the_portal_tells_too_early_is_kept_in_its_order_until_it_is_matched(
    world: World, pending: PendingEvents
) -> None:
    pending.keep(PORTAL_ID, '{"n": 1}', receipt("msg_1"))
    world.clock.advance(seconds=1)
    pending.keep(PORTAL_ID, '{"n": 2}', receipt("msg_2"))
    pending.keep("CMO/2026/another", '{"n": 3}', receipt("msg_3"))
    kept = pending.of(PORTAL_ID)
    assert [event for _, event in kept] == ['{"n": 1}', '{"n": 2}']
    pending.drop(PORTAL_ID, kept[0][0])
    pending.drop(PORTAL_ID, kept[0][0])
    assert [event for _, event in pending.of(PORTAL_ID)] == ['{"n": 2}']
    assert world.records.receipt(SENDER, "msg_1") == receipt("msg_1")


def test_the_same_event_is_kept_once(world: World, pending: PendingEvents) -> None:
    pending.keep(PORTAL_ID, '{"n": 1}', receipt("msg_1"))
    world.clock.advance(seconds=1)
    with pytest.raises(Outrun):
        pending.keep(PORTAL_ID, '{"n": 1}', receipt("msg_1", owner="another"))
    assert len(pending.of(PORTAL_ID)) == 1


@pytest.fixture
def watermark(request: pytest.FixtureRequest, world: World) -> Watermark:
    if isinstance(world.records, FakeRecords):
        return FakeWatermark()
    return DynamoWatermark(request.getfixturevalue("table"), world.clock)


@pytest.mark.parametrize(
    ("minutes", "known_from", "stands_at"),
    [(10, 0, 10), (10, -5, 10), (-10, -20, 0), (10, 1, 0), (0, 0, 0)],
    ids=["forward", "known from before", "never back", "over no gap", "where it stands"],
)
def test_the_watermark_moves_forward_and_over_no_gap(
    world: World, watermark: Watermark, minutes: int, known_from: int, stands_at: int
) -> None:
    assert watermark.read() is None
    watermark.move(NOW, known_from=NOW)
    world.clock.advance(minutes=1)
    watermark.move(NOW + timedelta(minutes=minutes), known_from=NOW + timedelta(minutes=known_from))
    assert watermark.read() == NOW + timedelta(minutes=stands_at)


# Numbers that rang after hours


def rang(number: int) -> Record:
    return numbered(registered(kind=Kind.MISSED_CALL), number)


def joins(world: World, record: Record, first: Record) -> Registered | WaitsAlready | None:
    joined = record.model_copy(update={"callback": Callback(joined_to=first.reference), "timers": {}})
    note = receipt(f"msg of {record.reference}", answer=answer(joined))
    return world.records.register(joined, note, answer, (first, callback.rang_again(first, NOW)))


def test_a_number_waits_once_however_often_it_rang(world: World) -> None:
    first = world.let_stand(rang(1))
    assert world.register(rang(2), "msg_2") == WaitsAlready(first.reference)
    with pytest.raises(NotFound):
        world.records.load(rang(2).reference)
    assert isinstance(joins(world, rang(2), first), Registered)
    now = world.records.load(first.reference)
    assert now.version == first.version + 1
    assert now.callback is not None
    assert now.callback.rang_at == (NOW - timedelta(minutes=10), NOW)
    page = world.records.to_be_called_back(NOW + timedelta(days=2), 10, None)
    assert [record.reference for record in page.records] == [first.reference]


def test_who_joins_a_record_that_changed_meanwhile_keeps_nothing(world: World) -> None:
    first = world.let_stand(rang(1))
    world.records.save(first, called(CallbackOutcome.NO_ANSWER, record=first))
    with pytest.raises(Outrun):
        joins(world, rang(2), first)
    with pytest.raises(NotFound):
        world.records.load(rang(2).reference)


def test_a_repeat_of_a_ring_finds_itself_whether_it_waits_or_joined(world: World) -> None:
    first = world.let_stand(rang(1))
    joins(world, rang(2), first)
    for number in (1, 2):
        again = world.register(rang(number), f"msg_again_{number}")
        assert isinstance(again, Registered)
        assert not again.created


@pytest.mark.parametrize("outcome", [CallbackOutcome.REACHED, CallbackOutcome.WRONG_NUMBER])
def test_when_the_matter_has_ended_the_number_may_ring_anew(world: World, outcome: CallbackOutcome) -> None:
    first = world.let_stand(rang(1))
    world.records.save(first, called(outcome, record=first), receipt("msg_3", answer="done"))
    assert isinstance(world.register(rang(2), "msg_2"), Registered)
    page = world.records.to_be_called_back(NOW + timedelta(days=2), 10, None)
    assert [record.reference for record in page.records] == [rang(2).reference]
    given_up = world.records.unreachable(10, None).records
    assert bool(given_up) is (outcome is CallbackOutcome.WRONG_NUMBER)


def test_only_what_is_due_is_to_be_called_the_longest_waiting_first(world: World) -> None:
    at_night = NOW + timedelta(hours=10)
    for number, hours in ((1, 2), (2, 0), (3, 1), (4, 48)):
        born = registered(kind=Kind.MISSED_CALL, at=at_night + timedelta(hours=hours))
        other = {"caller": born.caller.model_copy(update={"phone": f"+91983001234{number}"})}
        world.let_stand(numbered(born, number).model_copy(update=other))
    opens = datetime(2026, 11, 25, 3, 30, tzinfo=UTC)
    assert world.records.to_be_called_back(opens - timedelta(seconds=1), 10, None).records == []
    found, cursor = [], None
    while True:
        page = world.records.to_be_called_back(opens, 2, cursor)
        found += [record.record_id for record in page.records]
        cursor = page.next
        if cursor is None:
            break
    assert sorted(found) == [numbered(registered(), number).record_id for number in (1, 2, 3)]


def test_what_fell_due_is_to_be_called_whatever_time_the_sweep_was_handed(world: World) -> None:
    at_night = NOW + timedelta(hours=10)
    world.clock.moment = at_night
    first = world.let_stand(numbered(registered(kind=Kind.MISSED_CALL, at=at_night), 1))
    assert world.records.to_be_called_back(at_night, 10, None).records == []
    world.records.save(
        first, callback.fell_due(first, at=at_night + timedelta(days=3)).model_copy(update={"timers": {}})
    )
    assert len(world.records.to_be_called_back(at_night, 10, None).records) == 1


def test_a_callers_records_newest_first(world: World) -> None:
    for number in range(1, 6):
        world.let_stand(numbered(registered(at=NOW + timedelta(minutes=number)), number))
    stranger = {"caller": registered().caller.model_copy(update={"phone": "+919830099999"})}
    world.let_stand(numbered(registered(), 6).model_copy(update=stranger))
    found, cursor = [], None
    while True:
        page = world.records.of_caller(PHONE, 2, cursor)
        found += [record.record_id for record in page.records]
        cursor = page.next
        if cursor is None:
            break
    assert found == [numbered(registered(), number).record_id for number in (5, 4, 3, 2, 1)]
    assert world.records.of_caller("+919830011111", 2, None) == Page([], None)


def of_matter(number: int, days: float = 0, **changes: object) -> Record:
    """A record of the builders' matter, so many days after ``NOW``."""
    subject = SUBJECT.model_copy(update=changes)
    return numbered(registered(at=NOW + timedelta(days=days), subject=subject), number)


def found_with(world: World, record: Record) -> list[str]:
    return [one.record_id for one in world.records.of_same_matter(record)]


def names(*numbers: int) -> list[str]:
    return [numbered(registered(), number).record_id for number in numbers]


def test_earlier_records_of_the_same_matter_and_place_newest_first(world: World) -> None:
    for record in (
        of_matter(1, -3),
        of_matter(2, -1),
        of_matter(3, -8),
        of_matter(4, -15),
        of_matter(5, -1, category="health-service"),
        of_matter(6, -1, district="304"),
        of_matter(7, -1, category=None),
        of_matter(8, 0.5),
        # of four weeks ago
        of_matter(9, -24),
    ):
        world.let_stand(record)
    assert found_with(world, of_matter(10)) == names(2, 1, 3, 4)
    assert found_with(world, of_matter(2, -1)) == names(1, 3, 4)
    assert found_with(world, of_matter(11, 0, category="land-record")) == []
    assert found_with(world, registered(kind=Kind.MISSED_CALL)) == []


def test_what_was_turned_down_or_amended_to_another_matter_is_found_there_no_more(world: World) -> None:
    for number in (1, 2, 3):
        kept = world.let_stand(under_review(of_matter(number, -1)))
        if number == 2:
            world.records.save(kept, rejected(kept))
        if number == 3:
            moved = SUBJECT.model_copy(update={"category": "health-service"})
            world.records.save(kept, accepted(kept).model_copy(update={"subject": moved}))
    assert found_with(world, of_matter(4)) == names(1)
    assert found_with(world, of_matter(4, category="health-service")) == names(3)


def test_no_more_of_a_week_are_read_than_are_compared(world: World) -> None:
    # A Tuesday at 04:45 UTC: the week began the day before.
    for number in range(matter.PER_WEEK + 3):
        world.let_stand(of_matter(number, -number / 100))
        if number < 3:
            world.let_stand(of_matter(1000 + number, -7 - number / 100))
    found = found_with(world, of_matter(2000, 0.001))
    assert found == names(*range(matter.PER_WEEK), 1000, 1001, 1002)


def test_whose_citizen_is_to_be_asked(world: World) -> None:
    asked = feedback.received(
        in_status(Status.CLOSED), agent_id="A-17", satisfied=True, rating=5, remark=None, at=NOW
    )
    for number, record in enumerate(
        (in_status(Status.CLOSED), asked, in_status(Status.ACTION_TAKEN), in_status(Status.FORWARDED)), 1
    ):
        world.let_stand(numbered(record, number).model_copy(update={"portal_id": f"CMO/2026/{number}"}))
    page = world.records.to_be_asked(NOW - timedelta(days=1), 10, None)
    assert {record.record_id for record in page.records} == {
        numbered(registered(), number).record_id for number in (1, 3)
    }
    assert world.records.to_be_asked(NOW + timedelta(days=1), 10, None).records == []


@pytest.mark.parametrize("cursor", ["", "x", "bm9uZXxvZg"])
def test_a_foreign_cursor_opens_no_list(request: pytest.FixtureRequest, cursor: str) -> None:
    records = DynamoRecords(request.getfixturevalue("table"), FakeClock(), FakeIdentifiers())
    with pytest.raises(Refused):
        records.to_be_called_back(NOW, 10, cursor)
    with pytest.raises(Refused):
        records.unreachable(10, cursor)
    with pytest.raises(Refused):
        records.to_be_asked(NOW, 10, cursor)
    with pytest.raises(Refused):
        records.of_caller(PHONE, 10, cursor)


# --- What is open with an office


HEAD = officer(level=Level.HEAD)
SUCCESSOR = officer(name="Next One (sample)")


def given(world: World, number: int, who: Officer, record: Record | None = None) -> Record:
    """A record that was given to an officer, in the table."""
    whose = record or forwarded(who=who)
    return world.let_stand(numbered(whose.model_copy(update={"portal_id": None}), number))


def test_an_office_has_something_open_while_an_officer_of_it_is_to_report(world: World) -> None:
    assert not world.records.has_open("HFW")
    record = given(world, 1, officer())
    assert world.records.has_open("HFW")
    assert not world.records.has_open("320")
    world.records.save(record, action_taken(record))
    assert not world.records.has_open("HFW")


@pytest.mark.parametrize("status", sorted(REACHED))
def test_only_what_waits_for_an_officer_is_open(world: World, status: Status) -> None:
    world.let_stand(in_status(status))
    is_open = status in {Status.FORWARDED, Status.RECALLED}
    assert world.records.has_open("HFW") is is_open
    assert bool(world.records.left_behind("HFW", Level.NODAL, (), 10)) is is_open


def test_what_was_left_behind_is_found_by_post_and_person(world: World) -> None:
    mine = [given(world, number, officer()).reference for number in range(4)]
    given(world, 4, SUCCESSOR)
    heads = given(world, 5, HEAD).reference
    given(world, 6, officer("320"))
    left = world.records.left_behind("HFW", Level.NODAL, {SUCCESSOR.holder}, 10)
    assert sorted(left) == sorted(mine)
    assert world.records.left_behind("HFW", Level.NODAL, {SUCCESSOR.holder, officer().holder}, 10) == []
    assert world.records.left_behind("HFW", Level.HEAD, {officer().holder}, 10) == [heads]
    assert world.records.left_behind("HFW", Level.HEAD, {HEAD.holder}, 10) == []
    assert world.records.left_behind("HFW", Level.APEX, (), 10) == []


@pytest.mark.parametrize("limit", [1, 2, 3, 7, 50])
def test_a_portion_of_it_steps_over_whatever_is_with_somebody_present(world: World, limit: int) -> None:
    people = [officer(name=f"Officer {number} (sample)") for number in range(5)]
    present = {people[1].holder, people[3].holder}
    references = {
        given(world, 10 * number + each, who).reference: who.holder
        for number, who in enumerate(people)
        for each in range(3)
    }
    left = world.records.left_behind("HFW", Level.NODAL, present, limit)
    assert len(left) == len(set(left)) == min(limit, 9)
    assert not {references[reference] for reference in left} & present


def test_of_a_time_when_nobody_was_noted_all_is_left_behind(world: World) -> None:
    record = forwarded()
    assert record.assignment
    unknown = record.model_copy(update={"assignment": record.assignment.model_copy(update={"holder": None})})
    reference = given(world, 1, officer(), unknown).reference
    assert world.records.left_behind("HFW", Level.NODAL, {officer().holder}, 10) == [reference]
