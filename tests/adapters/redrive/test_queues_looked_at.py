"""Which queues are emptied, and that each is looked at whole."""

from __future__ import annotations

import pytest

from infra import redrive as module
from infra.redrive import RULES, SOURCES, Outcome, RedriveError, redrive
from infra.template import load_fragment
from local.layout import PROJECT
from tests.adapters.redrive.letters import FORWARDED, SCHEDULED
from tests.adapters.redrive.place import DEAD_LETTERS, STACK, Place


def test_every_dead_letter_queue_of_the_template_is_emptied_and_no_other(place: Place) -> None:
    outcomes = place.run()
    assert sorted(outcomes) == sorted(DEAD_LETTERS)
    assert all(outcome == Outcome(queue, 0, 0, 0) for queue, outcome in outcomes.items())


def test_each_queue_goes_back_to_the_one_whose_dead_letters_it_holds() -> None:
    resources = load_fragment(PROJECT / "infra" / "queues.yaml")["Resources"]
    holding = {
        resource["Properties"]["RedrivePolicy"]["deadLetterTargetArn"]["Fn::GetAtt"][0]: source
        for source, resource in resources.items()
        if "RedrivePolicy" in resource.get("Properties", {})
    }
    assert holding == SOURCES


def test_all_servers_of_a_queue_are_asked(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    # Without a wait SQS asks a few of them, and may find nothing where something is.
    monkeypatch.undo()
    place.put(RULES, SCHEDULED)
    assert module._POLL_SECONDS >= 1
    next(redrive(STACK, place.clients))
    waits = [sent["WaitTimeSeconds"] for sent in place.wire.parameters if "WaitTimeSeconds" in sent]
    assert waits
    assert min(waits) >= 1


def test_another_stack_is_left_alone(place: Place) -> None:
    del place.cloudformation.resources["PushedDeadLetters"], place.cloudformation.resources["Bus"]
    place.put("AlertDeadLetters", FORWARDED)
    with pytest.raises(RedriveError, match="ssm-test has no Bus, PushedDeadLetters"):
        place.run()
    assert place.bodies("AlertDeadLetters") == [FORWARDED]
