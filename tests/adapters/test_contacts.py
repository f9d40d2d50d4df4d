"""What is known of contacts."""

from datetime import timedelta
from typing import Any

import pytest
from botocore.exceptions import ClientError

from functions.adapters.contacts import DynamoContacts
from functions.adapters.table import Table, from_item
from functions.domain.channel import Channel
from functions.domain.contact import Contact, after_delivery, after_failure, contact_key
from functions.domain.delivery import DeliveryState, Outcome
from functions.domain.errors import Outrun, Unavailable
from functions.domain.office import Level
from functions.domain.ports import Contacts
from tests.adapters.conftest import TABLE, Repeating, Wire
from tests.builders import NOW, PHONE
from tests.fakes import FakeContacts

KEY = contact_key(Channel.SMS, PHONE)
UNKNOWN = Contact(key=KEY, channel=Channel.SMS, office="HFW", level=Level.NODAL)
FAILED = Outcome(state=DeliveryState.FAILED, at=NOW, code="invalid-number", for_good=True)
MARKED = after_failure(UNKNOWN, FAILED)
REACHED = after_delivery(MARKED, NOW + timedelta(minutes=1))


@pytest.fixture(params=["DynamoDB", "memory"])
def contacts(request: pytest.FixtureRequest) -> Contacts:
    if request.param == "memory":
        return FakeContacts()
    return DynamoContacts(request.getfixturevalue("table"))


def test_what_was_kept_is_found(contacts: Contacts) -> None:
    assert contacts.find(KEY) is None
    contacts.keep(None, MARKED)
    assert contacts.find(KEY) == MARKED
    contacts.keep(MARKED, REACHED)
    assert contacts.find(KEY) == REACHED


def test_who_read_something_else_is_outrun(contacts: Contacts) -> None:
    contacts.keep(None, MARKED)
    with pytest.raises(Outrun):
        contacts.keep(None, REACHED)
    with pytest.raises(Outrun):
        contacts.keep(REACHED, MARKED)
    assert contacts.find(KEY) == MARKED


def test_it_lasts_a_month_and_tells_no_number(table: Table) -> None:
    DynamoContacts(table).keep(None, REACHED)
    (item,) = table.client.scan(TableName=TABLE)["Items"]
    kept = from_item(item)
    assert int(kept["expires_at"]) == int((NOW + timedelta(days=30, minutes=1)).timestamp())
    assert PHONE.removeprefix("+91") not in str(kept)


def test_a_write_whose_answer_was_lost_is_seen_when_it_is_read_again(table: Table) -> None:
    client: Any = Repeating(table.client, "put_item")
    with pytest.raises(Outrun):
        DynamoContacts(Table(client, TABLE)).keep(None, MARKED)
    assert DynamoContacts(table).find(KEY) == MARKED


def test_a_table_that_is_out_is_an_outage_and_a_fault_of_ours_is_not(table: Table, wire: Wire) -> None:
    contacts = DynamoContacts(table)
    wire.fail("GetItem", "ThrottlingException")
    wire.fail("PutItem", "ThrottlingException", "AccessDeniedException")
    with pytest.raises(Unavailable, match="table"):
        contacts.find(KEY)
    with pytest.raises(Unavailable, match="table"):
        contacts.keep(None, MARKED)
    with pytest.raises(ClientError):
        contacts.keep(None, MARKED)
