"""Letters of each kind, as they lie among the dead ones."""

from __future__ import annotations

from typing import Any

FORWARDED = {
    "version": "0",
    "id": "1",
    "source": "ssm",
    "account": "123456789012",
    "detail-type": "RecordForwarded",
    "time": "2026-11-24T04:45:00Z",
    "detail": {"reference": "SSM-4821-903-7717", "sequence": 5, "at": "2026-11-24T04:45:00+00:00"},
}
EXECUTION = "arn:aws:states:ap-south-1:123456789012:execution:ssm-test-grievance:SSM-4821"
ENDED: dict[str, Any] = {
    "version": "0",
    "id": "2",
    "source": "aws.states",
    "account": "123456789012",
    "detail-type": "Step Functions Execution Status Change",
    "time": "2026-11-24T04:45:00Z",
    "detail": {
        "executionArn": EXECUTION,
        "stateMachineArn": "arn:aws:states:ap-south-1:123456789012:stateMachine:ssm-test-grievance",
        "status": "FAILED",
        "input": '{"reference": "SSM-4821-903-7717"}',
        "error": "StepFailed",
        "cause": "A step failed after all its retries",
    },
}
SCHEDULED = {"source": "aws.events", "detail-type": "Scheduled Event", "detail": {}}


def stretch(first: str) -> dict[str, Any]:
    return {
        "requestContext": {"condition": "RetryAttemptsExhausted"},
        "version": "1.0",
        "DDBStreamBatchInfo": {
            "shardId": "shardId-1",
            "approximateArrivalOfFirstRecord": first,
            "approximateArrivalOfLastRecord": "2026-11-24T05:00:00Z",
            "batchSize": 3,
        },
    }


def upload(version: str | None, key: str = "officers.csv") -> dict[str, Any]:
    entry = {"key": key, "eTag": "e"} | ({"versionId": version} if version else {})
    return {"requestPayload": {"Records": [{"s3": {"object": entry}}]}, "responsePayload": None}
