"""The command that holds what was pushed against what the portal lists, without waiting for the night."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any

import typer
from botocore.exceptions import BotoCoreError, ClientError

from functions.domain.calendar import IST
from functions.domain.reconciliation import SETTLED_AFTER
from local.aws import Emulator
from local.layout import Layout
from local.state import StackState, read_state


def reconcile(
    day: Annotated[
        str, typer.Option(help="Day of registration, such as 2026-11-24; today when left out.")
    ] = "",
    *,
    at_once: Annotated[
        bool, typer.Option(help="Also what changed within the last quarter of an hour.")
    ] = False,
) -> None:
    """Holds what was pushed against what the portal lists, and mends what may be mended."""
    state = read_state(Layout())
    if state is None:
        typer.echo("reconcile: the stack is not running: start it with make up", err=True)
        raise typer.Exit(1)
    asked = {"day": day or f"{datetime.now(IST):%Y-%m-%d}"}
    if at_once:
        asked["time"] = (datetime.now(UTC) + SETTLED_AFTER + timedelta(minutes=1)).isoformat()
    try:
        figures = _ask(state, asked)
    except (BotoCoreError, ClientError) as error:
        typer.echo(f"reconcile: {error}", err=True)
        raise typer.Exit(1) from error
    if "errorMessage" in figures:
        typer.echo(f"reconcile: {figures['errorMessage']}", err=True)
        raise typer.Exit(1)
    for one in figures["days"]:
        typer.echo(json.dumps(one, indent=1))
        typer.echo(f"in s3://{state.registry_bucket}/{one['report']}")


def _ask(state: StackState, asked: dict[str, str]) -> dict[str, Any]:
    answer = Emulator(state.aws_endpoint).functions.invoke(
        FunctionName=state.functions["reconcile"], Payload=json.dumps(asked).encode()
    )
    figures: dict[str, Any] = json.loads(answer["Payload"].read())
    return figures
