"""What was put in force before a rule was tightened is read as it is."""

from functions.adapters.registry import DynamoRegistry
from functions.adapters.table import Table
from tests.builders import officer, upload
from tests.fakes import FakeClock, FakeIdentifiers


def test_an_address_that_would_be_refused_today_hides_no_officer(
    table: Table, clock: FakeClock, identifiers: FakeIdentifiers
) -> None:
    kept = officer().model_copy(update={"email": "nodal.hfw@officers.wb.example\u200b"})
    assert DynamoRegistry(table, clock, identifiers).apply_officers([kept], upload()) is None
    assert list(DynamoRegistry(table, clock, identifiers).officers_of("HFW")) == [kept]
