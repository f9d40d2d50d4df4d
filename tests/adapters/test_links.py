"""Acknowledgement links in DynamoDB."""

from datetime import timedelta

import pytest

from functions.adapters.links import DynamoLinks
from functions.adapters.table import Table, from_item
from functions.domain.acknowledgement import Link, digest_of
from functions.domain.errors import Unavailable
from functions.domain.office import Level
from tests.adapters.conftest import TABLE, Wire
from tests.builders import NOW

LINK = Link(
    digest=digest_of("token"),
    reference="SSM-4821-903-7717",
    assignment=2,
    level=Level.HEAD,
    expires_at=NOW + timedelta(days=30),
)


def test_a_link_is_found_by_the_digest_of_its_token(table: Table) -> None:
    links = DynamoLinks(table)
    links.keep(LINK)
    assert links.find(digest_of("token")) == LINK
    assert links.find(digest_of("another")) is None


def test_what_is_kept_goes_when_it_expires_and_names_no_token(table: Table) -> None:
    DynamoLinks(table).keep(LINK)
    (item,) = table.client.scan(TableName=TABLE)["Items"]
    kept = from_item(item)
    assert kept["expires_at"] == int(LINK.expires_at.timestamp())
    assert "'token'" not in str(kept)


def test_a_link_is_read_as_it_stands_now(table: Table, wire: Wire) -> None:
    DynamoLinks(table).find("digest")
    assert wire.parameters[-1]["ConsistentRead"] is True


def test_links_of_a_table_that_is_out_are_an_outage(table: Table, wire: Wire) -> None:
    wire.fail("PutItem", "ThrottlingException")
    wire.fail("GetItem", "ThrottlingException")
    with pytest.raises(Unavailable):
        DynamoLinks(table).keep(LINK)
    with pytest.raises(Unavailable):
        DynamoLinks(table).find(LINK.digest)
