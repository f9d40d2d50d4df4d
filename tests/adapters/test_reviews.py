"""What a review keeps in the table, and what is kept of the mail about overdue ones."""

from datetime import timedelta

import pytest

from functions.adapters.alert_log import DynamoAlertLog
from functions.adapters.records import DynamoRecords
from functions.adapters.table import Table, from_item
from functions.domain import overdue, second_look, timers
from functions.domain.errors import Unavailable
from functions.domain.overdue import ReviewsOverdue
from functions.domain.ports import AlertLog
from functions.domain.record import Kind, Status, TimerKind
from functions.notify.supervising import REVIEWS
from tests.adapters.conftest import TABLE
from tests.builders import ANALYST, ANALYST_REASON, NOW, receipt, registered, under_review
from tests.fakes import FakeAlertLog, FakeClock, FakeIdentifiers

MESSAGE = ReviewsOverdue(decide_by=NOW + timedelta(days=1))


@pytest.fixture
def records(table: Table, clock: FakeClock, identifiers: FakeIdentifiers) -> DynamoRecords:
    return DynamoRecords(table, clock, identifiers)


def test_a_proposed_rejection_comes_back_as_it_was_kept_and_stands_in_no_index(
    records: DynamoRecords, table: Table
) -> None:
    records.register(registered(), receipt("msg_1"), lambda _: "{}")
    before = records.load(registered().reference)
    proposed = second_look.reject(
        under_review(before), analyst_id=ANALYST, reason=ANALYST_REASON, at=NOW + timedelta(minutes=5)
    )
    kept = records.save(before, proposed, receipt("msg_2"))

    assert records.load(kept.reference) == kept
    assert kept.review is not None
    assert kept.review.rejection_proposed is not None
    (listed,) = records.waiting_for_review(10, None).records
    assert listed == kept
    items = [from_item(item) for item in table.client.scan(TableName=TABLE)["Items"]]
    (item,) = [item for item in items if "record" in item]
    outside_the_record = str({name: value for name, value in item.items() if name != "record"})
    assert ANALYST not in outside_the_record
    assert ANALYST_REASON not in outside_the_record


def test_an_ordinary_review_is_found_when_it_falls_due_and_no_more_once_told(records: DynamoRecords) -> None:
    records.register(registered(kind=Kind.SUGGESTION), receipt("msg_1"), lambda _: "{}")
    before = records.load(registered().reference)
    waiting = records.save(before, under_review(before))
    due = waiting.timers[TimerKind.REVIEW_DEADLINE]
    assert records.with_timer_due(due - timedelta(seconds=1)) == []
    assert records.with_timer_due(due) == [waiting.reference]

    told = records.save(waiting, timers.run_out(waiting, due, lambda _: None))

    assert records.with_timer_due(due + timedelta(days=1)) == []
    kept = records.load(waiting.reference)
    assert (kept, kept.status) == (told, Status.UNDER_REVIEW)
    assert overdue.message_of(kept.events[-1]) == ReviewsOverdue(decide_by=due)


@pytest.fixture(params=["DynamoDB", "memory"])
def log(request: pytest.FixtureRequest, clock: FakeClock, identifiers: FakeIdentifiers) -> AlertLog:
    if request.param == "memory":
        return FakeAlertLog(clock)
    return DynamoAlertLog(request.getfixturevalue("table"), clock, identifiers)


def test_the_mail_of_a_moment_is_claimed_once_and_each_moment_has_its_own(
    log: AlertLog, clock: FakeClock
) -> None:
    assert log.claim(REVIEWS, MESSAGE) is True
    with pytest.raises(Unavailable):
        log.claim(REVIEWS, MESSAGE)
    log.sent(REVIEWS, MESSAGE, "message-1")
    clock.advance(days=400)
    assert log.claim(REVIEWS, MESSAGE) is False
    assert log.claim(REVIEWS, ReviewsOverdue(decide_by=MESSAGE.decide_by + timedelta(days=1))) is True


def test_the_evidence_says_which_moment_it_was_about(
    table: Table, clock: FakeClock, identifiers: FakeIdentifiers
) -> None:
    log = DynamoAlertLog(table, clock, identifiers)
    log.claim(REVIEWS, MESSAGE)
    log.sent(REVIEWS, MESSAGE, "message-1")
    items = table.client.scan(TableName=TABLE)["Items"]
    (item,) = [one for one in items if one["pk"]["S"].startswith("REC#")]
    kept = from_item(item)
    assert (kept["pk"], kept["sk"]) == ("REC#REVIEWS", f"ALERT#{MESSAGE.key}")
    assert (kept["state"], kept["message_id"]) == ("sent", "message-1")
    assert ReviewsOverdue.model_validate(kept["alert"]) == MESSAGE
