"""What the demo tells of reviews that were left undecided while the clock was handed forward."""

from datetime import timedelta

from functions.domain import timers
from functions.domain.record import EventType, Status
from infra.build import PROJECT
from infra.template import load_fragment
from local.client import Answer
from local.demo.call import Call, untold
from local.demo.outcome import Outcome
from local.demo.samples import Sample
from local.demo.sent import SUPERVISOR, Register
from local.story import CITIZEN, Alert
from tests import builders

LEFT = Sample.model_validate(
    {
        "title": "A call that nobody decides",
        "expect": "under_review",
        "analyst": None,
        "officer": None,
        "record": {"record_id": "CC-1", "call": {"started_at": "{{now}}"}},
    }
)


def test_an_overdue_review_is_the_supervisors_and_no_officers_reminder() -> None:
    waiting = timers.run_out(builders.under_review(), builders.NOW + timedelta(days=2), lambda _: None)
    assert waiting.events[-1].type is EventType.SLA_REMINDER_DUE
    call = Call(1, LEFT, Answer(201, {}, {"reference": waiting.reference}), waiting)
    call.status = Status.UNDER_REVIEW
    # All that was told is to the citizen, that it is registered.
    call.alerts = [Alert(1, CITIZEN, "sms", "sent", builders.NOW, "id")]

    run = Outcome([call], {}, began=builders.NOW, seconds=40.0)

    assert (run.turns["reviews told to the supervisor"], run.turns["reminders"]) == (1, 0)
    assert untold(waiting, call.alerts) == []
    assert run.is_well


def test_an_officers_reminder_stays_one() -> None:
    reminded = timers.run_out(
        builders.forwarded(emergency=True), builders.NOW + timedelta(hours=13), lambda _: None
    )
    call = Call(1, LEFT, Answer(201, {}, {"reference": reminded.reference}), reminded)
    run = Outcome([call], {}, began=builders.NOW, seconds=40.0)
    assert (run.turns["reviews told to the supervisor"], run.turns["reminders"]) == (0, 1)


def test_the_supervisors_address_is_known_by_its_post() -> None:
    parameters = load_fragment(PROJECT / "infra" / "parameters.yaml")["Parameters"]
    assert parameters["ReviewSupervisorMail"]["Default"] == SUPERVISOR
    assert Register([]).holder_of(SUPERVISOR) == "data analysts' supervisor"
    assert Register([]).holder_of("nobody@ssm.wb.example") is None
