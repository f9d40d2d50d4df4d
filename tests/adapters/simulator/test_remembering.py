"""What outlives a restart."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from local.portal.journal import Journal, JournalError
from local.portal.server import PortalSimulator
from local.portal.store import Message
from tests.adapters.simulator.client import (
    REFERENCE,
    TOKEN,
    Client,
    grievance,
    numbered,
)


def test_what_was_accepted_is_there_again_and_a_torn_line_is_not(journal: Path) -> None:
    with PortalSimulator(state=journal, token=TOKEN) as portal:
        client = Client(portal)
        portal_id = client.post(grievance()).json["portal_id"]
        client.post(grievance(recall_of=portal_id), f"{REFERENCE}:recall:1")
        message = Message(
            channel="voice", to="+919830012345", text="জরুরি", reference=REFERENCE, at=datetime.now(UTC)
        )
        portal.store.keep_message(message)
        before, sent = client.held(), client.call("GET", "/_sim/outbox").json
    with journal.open("ab") as torn:
        torn.write(b'{"type":"post","key":"SSM-0001')

    with PortalSimulator(state=journal, token=TOKEN) as portal:
        client = Client(portal)
        assert client.held() == before
        assert client.call("GET", "/_sim/outbox").json == sent
        assert client.post(grievance()).status == 200
        assert client.post(grievance(emergency=True)).status == 409
        assert client.post(grievance(numbered(2))).json["portal_id"] == "CMO/2026/0000002"

    with PortalSimulator(state=journal, token=TOKEN) as portal:
        assert [item["reference"] for item in Client(portal).held()] == [REFERENCE, numbered(2)]


def test_a_broken_line_in_the_middle_stops_the_start(journal: Path) -> None:
    journal.parent.mkdir()
    journal.write_bytes(b'{"type":"post"}\n')

    with pytest.raises(JournalError, match="line 1"):
        PortalSimulator(state=journal, token=TOKEN)


def test_a_journal_has_one_holder(client: Client, journal: Path) -> None:
    del client

    with pytest.raises(JournalError, match="another"):
        Journal(journal)


def test_a_journal_that_cannot_be_written_means_try_later(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: object, line: bytes) -> None:
        raise OSError(28, f"no space for {len(line)} bytes")

    with monkeypatch.context() as patch:
        patch.setattr(Journal, "append", full)
        assert client.post(grievance()).status == 503

    assert client.held() == []
    assert client.post(grievance()).status == 201
