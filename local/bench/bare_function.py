"""The bare function: no framework, no signature, no check; one request to the table, and the answer.

It is deployed alone, beside ``request.json``: what the webhook itself sent to the table for one record.
"""

from __future__ import annotations

import copy
import json
import os
import uuid  # noqa: TID251 - it is no part of the functions
from pathlib import Path
from typing import Any

import boto3  # noqa: TID251 - same
from botocore.config import Config

# As the functions' own client is built.
_CONFIG = Config(
    connect_timeout=2,
    read_timeout=4,
    retries={"mode": "standard", "total_max_attempts": 3},
    max_pool_connections=8,
)
_TABLE = os.environ["TABLE"]
_REQUEST = json.loads((Path(__file__).parent / "request.json").read_text(encoding="utf-8"))
_ANSWER = json.dumps(
    {"reference": "SSM-4821-903-7717", "kind": "grievance", "status": "registered", "emergency": False}
)
_client = boto3.client("dynamodb", config=_CONFIG)


def handler(_event: dict[str, Any], _context: object) -> dict[str, Any]:
    """Writes a record and its receipt, each under a new key."""
    writes = copy.deepcopy(_REQUEST)
    for write in writes:
        put = write["Put"]
        put["TableName"] = _TABLE
        key = put["Item"]["pk"]["S"]
        # As long as the key was, so that the items weigh the same.
        put["Item"]["pk"]["S"] = (key[:4] + uuid.uuid4().hex * 4)[: len(key)]
    _client.transact_write_items(TransactItems=writes)
    # One line, as the webhook writes: the emulator waits 50 ms for the log of a function that writes none.
    print('{"message": "answered", "status": 201}')
    return {
        "statusCode": 201,
        "headers": {"Content-Type": "application/json", "Cache-Control": "no-store"},
        "body": _ANSWER,
    }
