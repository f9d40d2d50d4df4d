"""What became of messages is found by the provider's id, and kept in their evidence."""

from datetime import timedelta
from typing import Any

import pytest
from botocore.exceptions import ClientError

from functions.adapters.alert_log import DynamoAlertLog
from functions.adapters.deliveries import DynamoDeliveries
from functions.adapters.table import Table, from_item
from functions.domain.alerts import alerts_for
from functions.domain.channel import Channel
from functions.domain.citizen_messages import CitizenMessage
from functions.domain.contact import contact_key
from functions.domain.delivery import DeliveryState, Outcome
from functions.domain.errors import Outrun, Unavailable
from functions.domain.ports import AlertLog, Deliveries
from functions.domain.record import EventType
from tests.adapters.conftest import TABLE, Repeating, Wire
from tests.builders import ALERT_RULES, NOW, PHONE, event_of, forwarded, reference_of
from tests.fakes import FakeAlertLog, FakeClock, FakeDeliveries, FakeIdentifiers

REFERENCE = reference_of()
ALERTS = alerts_for(forwarded(), event_of(forwarded(), EventType.RECORD_FORWARDED), ALERT_RULES)
SMS, MAIL = ALERTS[:2]
CONTACT = contact_key(Channel.SMS, PHONE)
BUSY = Outcome(state=DeliveryState.FAILED, at=NOW, code="VOICE_BUSY")
READ = Outcome(state=DeliveryState.READ, at=NOW + timedelta(minutes=1))

Both = tuple[AlertLog, Deliveries]


@pytest.fixture(params=["DynamoDB", "memory"])
def both(request: pytest.FixtureRequest, clock: FakeClock, identifiers: FakeIdentifiers) -> Both:
    if request.param == "memory":
        fake = FakeAlertLog(clock)
        return fake, FakeDeliveries(fake)
    table = request.getfixturevalue("table")
    return DynamoAlertLog(table, clock, identifiers), DynamoDeliveries(table)


def test_a_message_is_found_by_the_providers_id_on_its_channel_alone(both: Both) -> None:
    log, deliveries = both
    log.claim(REFERENCE, SMS)
    log.sent(REFERENCE, SMS, "id-1", CONTACT)
    found = deliveries.find(Channel.SMS, ["unknown", "id-1"])
    assert found is not None
    assert (found.reference, found.alert, found.contact, found.outcome) == (REFERENCE, SMS, CONTACT, None)
    assert not found.is_under_way
    assert deliveries.find(Channel.EMAIL, ["id-1"]) is None
    assert deliveries.find(Channel.SMS, ["unknown"]) is None


def test_what_the_provider_refused_is_found_with_its_outcome(both: Both) -> None:
    log, deliveries = both
    log.claim(REFERENCE, SMS)
    log.refused(REFERENCE, SMS, BUSY, "refused/1", CONTACT)
    found = deliveries.find(Channel.SMS, ["refused/1"])
    assert found is not None
    assert (found.outcome, found.contact, found.is_under_way) == (BUSY, CONTACT, False)


def test_of_a_citizens_message_no_alert_is_told(both: Both) -> None:
    log, deliveries = both
    message = CitizenMessage(sequence=1, template="citizen_rejected", keeps_hours=True)
    log.claim(REFERENCE, message)
    log.sent(REFERENCE, message, "id-1", CONTACT)
    found = deliveries.find(Channel.SMS, ["id-1"])
    assert found is not None
    assert (found.alert, found.contact) == (None, CONTACT)


def test_an_outcome_is_noted_on_what_was_read_alone(both: Both) -> None:
    log, deliveries = both
    log.claim(REFERENCE, SMS)
    log.sent(REFERENCE, SMS, "id-1", CONTACT)
    before = deliveries.find(Channel.SMS, ["id-1"])
    assert before is not None
    deliveries.note(before, BUSY)
    with pytest.raises(Outrun):
        deliveries.note(before, READ)
    found = deliveries.find(Channel.SMS, ["id-1"])
    assert found is not None
    assert found.outcome == BUSY
    deliveries.note(found, READ)
    standing = deliveries.find(Channel.SMS, ["id-1"])
    assert standing is not None
    assert standing.outcome == READ


def test_what_one_event_told_is_found_together(both: Both) -> None:
    log, deliveries = both
    for alert in (SMS, MAIL, SMS.model_copy(update={"sequence": SMS.sequence + 1})):
        log.claim(REFERENCE, alert)
    log.sent(REFERENCE, MAIL, "id-2")
    found = {one.alert.channel: one for one in deliveries.of_event(REFERENCE, SMS.sequence) if one.alert}
    assert {channel: one.is_under_way for channel, one in found.items()} == {
        Channel.SMS: True,
        Channel.EMAIL: False,
    }
    assert deliveries.of_event("SSM-4821-903-7717", SMS.sequence) == []


def test_a_way_lasts_sixty_days_and_tells_no_address(
    table: Table, clock: FakeClock, identifiers: FakeIdentifiers
) -> None:
    log = DynamoAlertLog(table, clock, identifiers)
    log.claim(REFERENCE, SMS)
    log.sent(REFERENCE, SMS, "id-1", CONTACT)
    items = [from_item(item) for item in table.client.scan(TableName=TABLE)["Items"]]
    (way,) = [item for item in items if item["pk"] == "MESSAGE#sms#id-1"]
    assert int(way["expires_at"]) == int((clock.now() + timedelta(days=60)).timestamp())
    assert PHONE.removeprefix("+91") not in str(items)


def test_a_note_whose_answer_was_lost_is_seen_when_it_is_read_again(
    table: Table, clock: FakeClock, identifiers: FakeIdentifiers
) -> None:
    log = DynamoAlertLog(table, clock, identifiers)
    log.claim(REFERENCE, SMS)
    log.sent(REFERENCE, SMS, "id-1", CONTACT)
    client: Any = Repeating(table.client, "update_item")
    deliveries = DynamoDeliveries(Table(client, TABLE))
    before = deliveries.find(Channel.SMS, ["id-1"])
    assert before is not None
    with pytest.raises(Outrun):
        deliveries.note(before, BUSY)
    after = deliveries.find(Channel.SMS, ["id-1"])
    assert after is not None
    assert after.outcome == BUSY


def test_a_table_that_is_out_is_an_outage_and_a_fault_of_ours_is_not(
    table: Table, wire: Wire, clock: FakeClock, identifiers: FakeIdentifiers
) -> None:
    log = DynamoAlertLog(table, clock, identifiers)
    log.claim(REFERENCE, SMS)
    log.sent(REFERENCE, SMS, "id-1", CONTACT)
    deliveries = DynamoDeliveries(table)
    found = deliveries.find(Channel.SMS, ["id-1"])
    assert found is not None
    wire.fail("GetItem", "ThrottlingException")
    wire.fail("Query", "ThrottlingException")
    wire.fail("UpdateItem", "ThrottlingException", "AccessDeniedException")
    with pytest.raises(Unavailable, match="table"):
        deliveries.find(Channel.SMS, ["id-1"])
    with pytest.raises(Unavailable, match="table"):
        deliveries.of_event(REFERENCE, SMS.sequence)
    with pytest.raises(Unavailable, match="table"):
        deliveries.note(found, BUSY)
    with pytest.raises(ClientError):
        deliveries.note(found, BUSY)
