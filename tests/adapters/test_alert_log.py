"""Evidence of alerts: each is sent by one worker, and by another when that one died over it."""

from datetime import UTC, datetime
from typing import Any

import pytest
from botocore.exceptions import ClientError

from functions.adapters.alert_log import DynamoAlertLog
from functions.adapters.deliveries import DynamoDeliveries
from functions.adapters.table import Table, from_item
from functions.domain.alerts import Alert, alerts_for
from functions.domain.channel import Channel
from functions.domain.citizen_messages import CitizenMessage
from functions.domain.delivery import refused_at_once
from functions.domain.errors import BeingSent, Unavailable
from functions.domain.office import Level
from functions.domain.overdue import ReviewsOverdue
from functions.domain.ports import AlertLog
from functions.domain.record import EventType
from functions.domain.roster import RosterSent
from functions.domain.upload import UploadInForce
from functions.domain.vacancy import Vacancy
from tests.adapters.conftest import TABLE, Repeating, Wire
from tests.builders import ALERT_RULES, event_of, forwarded, reference_of
from tests.fakes import FakeAlertLog, FakeClock, FakeIdentifiers

REFERENCE = reference_of()
ALERTS = alerts_for(forwarded(), event_of(forwarded(), EventType.RECORD_FORWARDED), ALERT_RULES)
ALERT = ALERTS[0]


@pytest.fixture(params=["DynamoDB", "memory"])
def log(request: pytest.FixtureRequest, clock: FakeClock, identifiers: FakeIdentifiers) -> AlertLog:
    if request.param == "memory":
        return FakeAlertLog(clock)
    return DynamoAlertLog(request.getfixturevalue("table"), clock, identifiers)


def test_whoever_comes_first_sends_it(log: AlertLog) -> None:
    assert log.claim(REFERENCE, ALERT) is True


def test_what_was_sent_is_never_sent_again(log: AlertLog, clock: FakeClock) -> None:
    log.claim(REFERENCE, ALERT)
    log.sent(REFERENCE, ALERT, "message-1")
    assert log.claim(REFERENCE, ALERT) is False
    clock.advance(days=400)
    assert log.claim(REFERENCE, ALERT) is False


def test_while_another_sends_it_nobody_else_does_and_its_event_comes_again(
    log: AlertLog, clock: FakeClock
) -> None:
    log.claim(REFERENCE, ALERT)
    for _ in range(6):
        with pytest.raises(BeingSent):
            log.claim(REFERENCE, ALERT)
        clock.advance(seconds=9)


def test_after_a_minute_without_a_word_it_is_sent_by_the_next_and_by_one_only(
    log: AlertLog, clock: FakeClock
) -> None:
    log.claim(REFERENCE, ALERT)
    clock.advance(seconds=61)
    assert log.claim(REFERENCE, ALERT) is True
    with pytest.raises(Unavailable):
        log.claim(REFERENCE, ALERT)


def test_what_could_not_be_sent_is_sent_by_the_next_at_once_and_by_one_only(log: AlertLog) -> None:
    log.claim(REFERENCE, ALERT)
    log.let_go(REFERENCE, ALERT)
    assert log.claim(REFERENCE, ALERT) is True
    with pytest.raises(Unavailable):
        log.claim(REFERENCE, ALERT)


def test_what_was_sent_cannot_be_let_go(log: AlertLog) -> None:
    log.claim(REFERENCE, ALERT)
    log.sent(REFERENCE, ALERT, "message-1")
    log.let_go(REFERENCE, ALERT)
    assert log.claim(REFERENCE, ALERT) is False


def test_a_worker_that_was_taken_for_dead_does_not_let_go_what_another_sends(
    table: Table, clock: FakeClock, identifiers: FakeIdentifiers
) -> None:
    slow, other, third = (DynamoAlertLog(table, clock, identifiers) for _ in range(3))
    slow.claim(REFERENCE, ALERT)
    clock.advance(seconds=61)
    assert other.claim(REFERENCE, ALERT) is True
    slow.let_go(REFERENCE, ALERT)
    with pytest.raises(Unavailable, match="alert"):
        third.claim(REFERENCE, ALERT)
    other.sent(REFERENCE, ALERT, "message-1")
    slow.let_go(REFERENCE, ALERT)
    assert third.claim(REFERENCE, ALERT) is False


def test_each_alert_is_its_own(log: AlertLog) -> None:
    assert [log.claim(REFERENCE, alert) for alert in ALERTS] == [True] * 5
    assert log.claim("SSM-4821-903-7717", ALERT) is True
    later = ALERT.model_copy(update={"sequence": ALERT.sequence + 1})
    assert log.claim(REFERENCE, later) is True


def test_the_evidence_names_what_went_to_whom_and_nothing_else(
    table: Table, clock: FakeClock, identifiers: FakeIdentifiers
) -> None:
    log = DynamoAlertLog(table, clock, identifiers)
    log.claim(REFERENCE, ALERT)
    clock.advance(seconds=2)
    log.sent(REFERENCE, ALERT, "message-1")
    items = [from_item(item) for item in table.client.scan(TableName=TABLE)["Items"]]
    (kept,) = [item for item in items if item["pk"] == f"REC#{REFERENCE}"]
    assert (kept["state"], kept["message_id"], kept["told"]) == ("sent", "message-1", "officer")
    assert kept["sent_at"] == clock.now().isoformat()
    assert Alert.model_validate(kept["alert"]) == ALERT
    assert ALERT.channel is Channel.SMS


def test_of_a_citizens_message_no_more_than_references_is_kept(
    table: Table, clock: FakeClock, identifiers: FakeIdentifiers
) -> None:
    log = DynamoAlertLog(table, clock, identifiers)
    messages = [
        CitizenMessage(sequence=3, template=template, keeps_hours=True, lead="SSM-4821-903-7717")
        for template in ("citizen_linked", "citizen_linked_redressed")
    ]
    assert [log.claim(REFERENCE, message) for message in messages] == [True, True]
    log.sent(REFERENCE, messages[0], "message-1")
    assert log.claim(REFERENCE, messages[0]) is False
    found = [from_item(item) for item in table.client.scan(TableName=TABLE)["Items"]]
    items = [item for item in found if item["pk"].startswith("REC#")]
    assert [(item["pk"], item["sk"]) for item in items] == [
        (f"REC#{REFERENCE}", f"ALERT#000003#citizen#{message.template}") for message in messages
    ]
    assert [CitizenMessage.model_validate(item["alert"]) for item in items] == messages


def test_a_claim_whose_answer_was_lost_is_known_as_ones_own(
    table: Table, clock: FakeClock, identifiers: FakeIdentifiers
) -> None:
    client: Any = Repeating(table.client, "put_item")
    repeating = DynamoAlertLog(Table(client, TABLE), clock, identifiers)
    assert repeating.claim(REFERENCE, ALERT) is True
    with pytest.raises(Unavailable):
        DynamoAlertLog(table, clock, identifiers).claim(REFERENCE, ALERT)


def test_a_table_that_is_out_is_an_outage_and_a_fault_of_ours_is_not(
    table: Table, wire: Wire, clock: FakeClock, identifiers: FakeIdentifiers
) -> None:
    log = DynamoAlertLog(table, clock, identifiers)
    wire.fail("PutItem", "ThrottlingException", "AccessDeniedException")
    wire.fail("TransactWriteItems", "ThrottlingException")
    with pytest.raises(Unavailable, match="table"):
        log.claim(REFERENCE, ALERT)
    with pytest.raises(ClientError):
        log.claim(REFERENCE, ALERT)
    with pytest.raises(Unavailable, match="table"):
        log.sent(REFERENCE, ALERT, "message-1")


def test_what_concerns_no_record_stands_apart_from_the_alerts_of_records(
    table: Table, clock: FakeClock, identifiers: FakeIdentifiers
) -> None:
    log = DynamoAlertLog(table, clock, identifiers)
    roster = RosterSent(of="nodal-officers", occasion="2026-12", office="CMO", level=Level.APEX)
    vacancy = Vacancy(office="HFW", level=Level.NODAL, last_day=None, is_now=True)
    in_force = UploadInForce(file="officers.csv", version="v1")
    for name, told in (("ROSTERS", roster), ("VACANCIES", vacancy), ("UPLOADS", in_force)):
        assert log.claim(name, told)
        log.sent(name, told, "message-1")
        assert not log.claim(name, told)
    keys = {(item["pk"]["S"], item["sk"]["S"]) for item in table.client.scan(TableName=TABLE)["Items"]}
    assert keys == {
        ("MESSAGE#email#message-1", "MESSAGE"),
        ("REC#ROSTERS", "ROSTER#nodal-officers#2026-12#CMO#apex"),
        ("REC#VACANCIES", "VACANCY#now#HFW#nodal#never"),
        ("REC#UPLOADS", "UPLOAD#officers.csv#v1"),
    }


def test_of_events_that_tell_the_same_one_is_at_it_and_the_others_are_done(
    log: AlertLog, clock: FakeClock
) -> None:
    moment = datetime(2026, 11, 25, 12, 30, tzinfo=UTC)
    one, another = (ReviewsOverdue(decide_by=moment, told_by=event) for event in ("SSM-1#3", "SSM-2#3"))
    assert log.claim("REVIEWS", one)
    assert not log.claim("REVIEWS", another)
    # Its own repeat is not done with it: should the first fail, this one has to come again.
    with pytest.raises(Unavailable, match="alert"):
        log.claim("REVIEWS", one)
    clock.advance(seconds=61)
    assert log.claim("REVIEWS", another)
    log.sent("REVIEWS", another, "message-1")
    assert not log.claim("REVIEWS", one)


def test_what_its_provider_refused_is_not_tried_again(log: AlertLog, clock: FakeClock) -> None:
    log.claim(REFERENCE, ALERT)
    outcome = refused_at_once("OptedOut", clock.now(), for_good=True)
    log.refused(REFERENCE, ALERT, outcome, "refused/1", "a-contact")
    clock.advance(seconds=61)
    assert log.claim(REFERENCE, ALERT) is False


def test_the_note_and_the_way_to_it_are_one_write_which_is_tried_again_when_it_meets_another(
    table: Table, wire: Wire, clock: FakeClock, identifiers: FakeIdentifiers
) -> None:
    log = DynamoAlertLog(table, clock, identifiers)
    log.claim(REFERENCE, ALERT)
    wire.reasons = [{"Code": "TransactionConflict"}, {"Code": "None"}]
    wire.fail("TransactWriteItems", *["TransactionCanceledException"] * 2)
    log.sent(REFERENCE, ALERT, "message-1", "a-contact")
    assert wire.sent == ["PutItem", *["TransactWriteItems"] * 3]
    found = DynamoDeliveries(table).find(Channel.SMS, ["message-1"])
    assert found is not None
    assert (found.alert, found.contact) == (ALERT, "a-contact")
    wire.fail("TransactWriteItems", *["TransactionCanceledException"] * 5)
    with pytest.raises(Unavailable, match="table"):
        log.sent(REFERENCE, ALERT, "message-1")


def test_a_note_whose_answer_was_lost_stands_once(
    table: Table, clock: FakeClock, identifiers: FakeIdentifiers
) -> None:
    client: Any = Repeating(table.client, "transact_write_items")
    log = DynamoAlertLog(Table(client, TABLE), clock, identifiers)
    log.claim(REFERENCE, ALERT)
    log.sent(REFERENCE, ALERT, "message-1", "a-contact")
    assert log.claim(REFERENCE, ALERT) is False
    assert len(table.client.scan(TableName=TABLE)["Items"]) == 2
