"""Reviews that nobody decides within a working day: the supervisor is told, in one mail."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from functions.adapters.record_items import RECORD_PREFIX, record_from_item, record_key
from functions.domain.overdue import ReviewsOverdue
from functions.domain.record import Record
from functions.notify.supervising import LISTED, REVIEWS
from tests.stack.world import PERSONAL, World, record


def kept(world: World, reference: str) -> Record:
    answer = world.aws("dynamodb").get_item(TableName=world.stack.table, Key=record_key(reference))
    return record_from_item(answer["Item"])


def under_review(world: World) -> str:
    reference = world.registers(record())
    world.until_status(reference, "under_review")
    return reference


def moment_of(world: World, reference: str) -> ReviewsOverdue:
    """At which moment its review falls due, of which no mail went out yet."""
    review = kept(world, reference).review
    assert review is not None
    assert review.decide_by is not None
    moment = ReviewsOverdue(decide_by=review.decide_by)
    # Another test may have handed the clock forward on this day: that mail is as if it had not been sent.
    key = {"pk": {"S": RECORD_PREFIX + REVIEWS}, "sk": {"S": f"ALERT#{moment.key}"}}
    world.aws("dynamodb").delete_item(TableName=world.stack.table, Key=key)
    return moment


def told_of(world: World, reference: str) -> list[str]:
    """The events of which the supervisor is told."""
    timeline = world.state(reference)["timeline"]
    return [one["event"] for one in timeline if "supervisor is told" in one["note"]]


def mails(world: World) -> list[dict[str, Any]]:
    return world.mails("overdue: not decided by the data analysts within a working day")


def test_the_supervisor_gets_one_mail_for_all_that_are_overdue(world: World) -> None:
    # GIVEN reviews that nobody decides, one that somebody does, and an emergency
    left = [under_review(world) for _ in range(3)]
    decided = under_review(world)
    assert world.decides(decided, "reject", reason="of a test").status == 200
    urgent = world.registers(record(emergency=True))
    world.until_status(urgent, "under_review")
    world.until_quiet()
    moments = {moment_of(world, reference).decide_by for reference in left}
    known = len(mails(world))
    waiting = [item["reference"] for item in world.waiting_for_review() if not item["emergency"]]
    assert set(left) <= set(waiting)

    # WHEN their time is over, and the sweep comes twice
    later = max(moments) - datetime.now(UTC) + timedelta(minutes=1)
    world.sweeps(later)
    world.sweeps(later)

    # THEN each of them is told once, and waits on; the emergency went ahead
    for reference in left:
        assert world.state(reference)["status"] == "under_review"
        assert told_of(world, reference) == ["SlaReminderDue"]
    world.until_status(urgent, "forwarded")
    assert told_of(world, decided) == told_of(world, urgent) == []

    # AND there is one mail for each moment: one, unless midnight came between them
    world.until(lambda: mails(world), lambda found: len(found) >= known + len(moments))
    world.until_quiet()
    sent = mails(world)
    assert len(sent) == known + len(moments)
    mail = next(one for one in sent if one["Subject"].startswith(f"{len(waiting):,} reviews overdue"))
    assert mail["To"] == ["review-supervisor@ssm.wb.example"]
    listed = [line for line in mail["BodyText"].splitlines() if line.startswith("- SSM-")]
    assert len(listed) == min(len(waiting), LISTED)
    assert decided not in mail["BodyText"]
    assert urgent not in mail["BodyText"]
    assert not [said for said in PERSONAL.values() if said in mail["BodyText"] + (mail["BodyHtml"] or "")]
    # AND no officer was told of it
    assert not [sms for reference in left for sms in world.sms(reference)]

    for reference in left:
        assert world.decides(reference, "reject", reason="of a test").status == 200
