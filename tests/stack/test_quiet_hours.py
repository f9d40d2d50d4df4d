"""At night nobody is disturbed by an ordinary matter: its SMS waits for the morning, and goes once."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

from functions.domain.calendar import IST
from tests.stack.world import World


def test_a_reminder_at_night_goes_by_mail_at_once_and_by_sms_in_the_morning(world: World) -> None:
    # GIVEN an ordinary grievance whose officer was told of it, at whatever hour this is
    reference = world.forwarded()
    world.until(lambda: world.sms(reference), lambda sent: len(sent) == 2)
    world.until(lambda: world.mails(reference), lambda sent: len(sent) == 3)
    due = datetime.fromisoformat(world.state(reference)["sla"]["due_at"]).astimezone(IST)
    night = datetime.combine(due.date(), time(2), IST)
    morning = datetime.combine(due.date(), time(8), IST)

    with world.deployed_with(["notify", "notify_citizens"], QUIET_HOURS="on"):
        # WHEN a reminder falls due in the night before the due day
        sweeps_at(world, night)

        # THEN the officer has the mail, and the SMS is held
        world.until(lambda: reminders_by_mail(world, reference), lambda count: count == 1)
        held = world.until(lambda: world.record_of(reference).held_alerts, lambda held: len(held) == 1)
        assert held[0].until == morning.astimezone(UTC)
        sweeps_at(world, morning - timedelta(minutes=1))
        world.until_quiet()
        assert reminders(world, reference) == 0

        # WHEN the morning comes THEN it goes, and nothing is held any more
        sweeps_at(world, morning)
        world.until(lambda: reminders(world, reference), lambda count: count == 1)
        assert world.record_of(reference).held_alerts == ()

        # AND no further sweep sends it again
        sweeps_at(world, morning + timedelta(minutes=1))
        world.until_quiet()
        assert (reminders(world, reference), reminders_by_mail(world, reference)) == (1, 1)


def sweeps_at(world: World, moment: datetime) -> None:
    assert world.sweeps(moment - datetime.now(UTC))["failed"] == 0


def reminders(world: World, reference: str) -> int:
    return sum("REMINDER" in sms["Message"] or "স্মরণ" in sms["Message"] for sms in world.sms(reference))


def reminders_by_mail(world: World, reference: str) -> int:
    subjects = [mail["Subject"] for mail in world.mails(reference)]
    return sum("eminder" in subject or "স্মরণ" in subject for subject in subjects)
