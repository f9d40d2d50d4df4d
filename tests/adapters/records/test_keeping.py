"""Records are kept, found, changed and repeated."""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import get_args

import pytest
from pydantic import BaseModel

from functions.domain import redress
from functions.domain.errors import KeyReused, NotFound, Outrun
from functions.domain.ports import Registered
from functions.domain.record import Record, Status
from tests.adapters.records.stand import REFERENCE, World, answer
from tests.builders import (
    NOW,
    REACHED,
    REPORT,
    SENDER,
    accepted,
    forwarded,
    in_status,
    numbered,
    receipt,
    registered,
    under_review,
)


@pytest.mark.parametrize("status", sorted(REACHED))
@pytest.mark.parametrize("emergency", [False, True])
def test_a_record_comes_back_as_it_was_kept(world: World, status: Status, *, emergency: bool) -> None:
    record = in_status(status, emergency=emergency)
    assert world.register(record) == Registered(answer=answer(record), created=True)
    assert world.records.load(record.reference) == record


def test_a_report_of_which_the_portal_does_not_tell_who_made_it_comes_back(world: World) -> None:
    record = redress.action_taken(forwarded(), at=NOW, officer=None, report=REPORT, received_at=NOW)
    assert world.let_stand(record).atr == record.atr


def test_what_may_be_none_may_be_left_out() -> None:
    # An item keeps no None: a field that had to be told would make the whole record unreadable.
    required = [
        f"{model.__name__}.{name}"
        for model in _models(Record)
        for name, field in model.model_fields.items()
        if field.is_required() and type(None) in get_args(field.annotation)
    ]
    assert required == []


def _models(annotation: object) -> Iterator[type[BaseModel]]:
    """A model with all that it is made of; a type hint's own."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
        parts: Iterable[object] = [field.annotation for field in annotation.model_fields.values()]
    else:
        parts = get_args(annotation)
    for part in parts:
        yield from _models(part)


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
