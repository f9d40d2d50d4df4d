"""Every queue of the template: who reads it, what it may do there, and where ends what fails."""

import json
from typing import Any

import pytest

from infra.build import PROJECT
from infra.template import merge_fragments

CONFIG = json.loads((PROJECT / ".chalice" / "config.json").read_text(encoding="utf-8"))
RESOURCES = merge_fragments(sorted((PROJECT / "infra").glob("*.yaml")), PROJECT)["Resources"]
READ = [
    name
    for name, resource in RESOURCES.items()
    if resource.get("Type") == "AWS::SQS::Queue" and not name.endswith("DeadLetters")
]
ASKED_OF_A_QUEUE = {
    "sqs:ReceiveMessage",
    "sqs:DeleteMessage",
    "sqs:GetQueueAttributes",
    "sqs:ChangeMessageVisibility",
}


def arn(name: str) -> dict[str, Any]:
    return {"Fn::GetAtt": [name, "Arn"]}


def reader(queue: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """The one event source that reads a queue, and the configuration of its function."""
    (source,) = (
        resource["Properties"]
        for resource in RESOURCES.values()
        if resource.get("Type") == "AWS::Lambda::EventSourceMapping"
        and resource["Properties"]["EventSourceArn"] == arn(queue)
    )
    functions = CONFIG["stages"]["app"]["lambda_functions"]
    # Chalice makes a logical id of a function's name.
    by_logical_id = {
        "".join(part.capitalize() for part in name.split("_")): said for name, said in functions.items()
    }
    return source, by_logical_id[source["FunctionName"]["Ref"]]


def allowed(policy: str, queue: str) -> set[str]:
    """What a policy allows with a queue."""
    statements = json.loads((PROJECT / ".chalice" / policy).read_text(encoding="utf-8"))["Statement"]
    return {
        action
        for statement in statements
        if arn(queue) in _listed(statement.get("Resource"))
        for action in _listed(statement["Action"])
    }


def _listed(one_or_more: Any) -> list[Any]:  # noqa: ANN401 - as a policy has it
    return one_or_more if isinstance(one_or_more, list) else [one_or_more]


@pytest.mark.parametrize("queue", READ)
def test_its_reader_judges_each_message_alone_and_may_ask_for_it_again(queue: str) -> None:
    source, function = reader(queue)
    assert source["FunctionResponseTypes"] == ["ReportBatchItemFailures"]
    assert allowed(function["iam_policy_file"], queue) >= ASKED_OF_A_QUEUE


@pytest.mark.parametrize("queue", READ)
def test_a_message_is_handed_out_again_only_when_its_reader_has_ended(queue: str) -> None:
    _, function = reader(queue)
    seconds = function.get("lambda_timeout", CONFIG["lambda_timeout"])
    assert RESOURCES[queue]["Properties"]["VisibilityTimeout"] >= 3 * seconds


@pytest.mark.parametrize("queue", READ)
def test_what_fails_for_good_ends_with_dead_letters_of_its_own(queue: str) -> None:
    redrive = RESOURCES[queue]["Properties"]["RedrivePolicy"]
    ends = redrive["deadLetterTargetArn"]["Fn::GetAtt"][0]
    assert RESOURCES[ends]["Type"] == "AWS::SQS::Queue"
    assert redrive["maxReceiveCount"] > 1
    others = [
        name
        for name in READ
        if RESOURCES[name]["Properties"]["RedrivePolicy"]["deadLetterTargetArn"] == arn(ends)
    ]
    assert others == [queue]


def test_who_tells_citizens_hands_on_to_those_whose_records_were_linked() -> None:
    _, function = reader("CitizenAlerts")
    assert "sqs:SendMessage" in allowed(function["iam_policy_file"], "CitizenAlerts")


@pytest.mark.parametrize(
    ("policy", "action"),
    [
        # Of an emergency that is refused before anybody has it, the officer is looked up.
        ("policy-push.json", "dynamodb:Query"),
        ("policy-drain.json", "dynamodb:Query"),
        ("policy-notify-citizens.json", "dynamodb:BatchGetItem"),
    ],
)
def test_a_function_may_read_of_the_table_what_it_needs(policy: str, action: str) -> None:
    assert action in allowed(policy, "Table")
