"""Deploys the bare function behind an API and a front door of its own, beside the stack."""

from __future__ import annotations

import io
import json
import os
import sys
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import boto3  # noqa: TID251 - the commands here talk to the emulator, they are no part of the functions

from infra.bundle import RUNNING_PYTHON
from local.aws import CREDENTIALS, REGION, Emulator
from local.errors import LocalStackError
from local.layout import PROJECT, Layout
from local.ports import HOST, choose_ports, is_open
from local.processes import Processes
from local.waiting import wait_until

PATH = "/v1/call-centre/records"

_NAME = "bench-bare"
_STAGE = "api"
_DOOR = "bench-gateway"
_SECONDS = 15
_CODE = Path(__file__).with_name("bare_function.py")
_ALIKE = ("AttributeDefinitions", "KeySchema", "StreamSpecification")
_ROLE = "arn:aws:iam::000000000000:role/bench"  # the emulator asks for none


def deploy(emulator: Emulator, layout: Layout, table: str, writes: Sequence[Any]) -> str:
    """Deploys it.

    Args:
        emulator: Where to.
        layout: The stack beside which it stands, and with which it goes.
        table: The stack's table: the scratch table has the same keys, indexes and stream.
        writes: What the webhook wrote for one record.

    Returns:
        The base address of its API.

    Raises:
        LocalStackError: Its front door does not open.
    """
    _make_table(emulator, table)
    function = emulator.functions.create_function(
        FunctionName=_NAME,
        Runtime=f"python{RUNNING_PYTHON}",  # type: ignore[arg-type]  # the stubs want a literal
        Role=_ROLE,
        Handler=f"{_CODE.stem}.handler",
        Code={"ZipFile": _zip(writes)},
        MemorySize=1024,
        Timeout=20,
        Environment={"Variables": {"TABLE": _NAME}},
    )
    upstream = _make_api(emulator, function["FunctionArn"])
    port = _port(layout)
    command = [sys.executable, "-m", "local.gateway", "--port", str(port), "--upstream", upstream]
    Processes(layout).start(_DOOR, command, os.environ, PROJECT)
    wait_until(lambda: is_open(port), _SECONDS)
    if not is_open(port):
        raise LocalStackError("the front door of the bare function does not open")
    return f"http://{HOST}:{port}"


def _make_table(emulator: Emulator, like: str) -> None:
    described: Any = emulator.dynamodb.describe_table(TableName=like)["Table"]
    indexes: list[Any] = [
        {name: index[name] for name in ("IndexName", "KeySchema", "Projection")}
        for index in described["GlobalSecondaryIndexes"]
    ]
    emulator.dynamodb.create_table(
        TableName=_NAME,
        BillingMode="PAY_PER_REQUEST",
        **{name: described[name] for name in _ALIKE},
        GlobalSecondaryIndexes=indexes,
    )


def _make_api(emulator: Emulator, function: str) -> str:
    client = boto3.client(
        "apigateway",
        endpoint_url=emulator.endpoint,
        region_name=REGION,
        aws_access_key_id=CREDENTIALS["AWS_ACCESS_KEY_ID"],
        aws_secret_access_key=CREDENTIALS["AWS_SECRET_ACCESS_KEY"],
    )
    api = client.create_rest_api(name=_NAME, endpointConfiguration={"types": ["REGIONAL"]})["id"]
    parent = client.get_resources(restApiId=api)["items"][0]["id"]
    for part in PATH.strip("/").split("/"):
        parent = client.create_resource(restApiId=api, parentId=parent, pathPart=part)["id"]
    client.put_method(restApiId=api, resourceId=parent, httpMethod="POST", authorizationType="NONE")
    client.put_integration(
        restApiId=api,
        resourceId=parent,
        httpMethod="POST",
        type="AWS_PROXY",
        integrationHttpMethod="POST",
        uri=f"arn:aws:apigateway:{REGION}:lambda:path/2015-03-31/functions/{function}/invocations",
    )
    client.create_deployment(restApiId=api, stageName=_STAGE)
    emulator.functions.add_permission(
        FunctionName=_NAME,
        StatementId="api",
        Action="lambda:InvokeFunction",
        Principal="apigateway.amazonaws.com",
    )
    return f"{emulator.endpoint}/restapis/{api}/{_STAGE}/_user_request_"


def _zip(writes: Sequence[Any]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.write(_CODE, _CODE.name)
        archive.writestr("request.json", json.dumps(writes))
    return packed.getvalue()


def _port(layout: Layout) -> int:
    # The stack's own ports stay noted: the file holds those of the last choice alone.
    noted = layout.ports_file.read_text(encoding="utf-8")
    port = choose_ports([_DOOR], layout)[_DOOR]
    layout.ports_file.write_text(noted, encoding="utf-8")
    return port
