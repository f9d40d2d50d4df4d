"""The command that shows what a draft of rules of routing would change; nothing is put in force."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path
from typing import Annotated, Any

import typer
from botocore.exceptions import BotoCoreError, ClientError
from rich.console import Console
from rich.table import Table

from functions.registry.drafts import FOLDER, LAST, LOOKED_AT, MOST_LOOKED_AT, result_key
from functions.registry.files import ROUTING
from local.aws import Emulator
from local.layout import Layout
from local.state import StackState, read_state
from local.waiting import wait_until

_SECONDS = 120
_SHOWN = 20


def route_preview(
    file: Annotated[Path, typer.Option(help="The draft, in the columns of routing.csv.", dir_okay=False)],
    last: Annotated[
        int, typer.Option(min=1, max=MOST_LOOKED_AT, help="How many records to look at, the newest.")
    ] = LOOKED_AT,
) -> None:
    """Shows which of the last records would go to another office under a draft of routing.csv."""
    state = read_state(Layout())
    if state is None:
        typer.echo("route-preview: the stack is not running: start it with make up", err=True)
        raise typer.Exit(1)
    try:
        key, outcome = preview(state, file.read_bytes(), last)
    except (OSError, BotoCoreError, ClientError) as error:
        typer.echo(f"route-preview: {error}", err=True)
        raise typer.Exit(1) from error
    if outcome is None:
        typer.echo(f"route-preview: no outcome after {_SECONDS} seconds", err=True)
        raise typer.Exit(1)
    print_outcome(outcome, Console(highlight=False, markup=False, emoji=False, soft_wrap=True))
    typer.echo(f"in s3://{state.registry_bucket}/{key}")
    if not outcome["valid"]:
        raise typer.Exit(1)


def preview(state: StackState, draft: bytes, last: int) -> tuple[str, dict[str, Any] | None]:
    """Uploads a draft as an administrator does, and waits for what it would change.

    Args:
        state: the running stack.
        draft: the file.
        last: how many records to look at.

    Returns:
        Where the outcome is, and the outcome; None where it did not come in time.
    """
    s3, bucket = Emulator(state.aws_endpoint).s3, state.registry_bucket
    put = s3.put_object(
        Bucket=bucket, Key=FOLDER + ROUTING, Body=draft, ContentType="text/csv", Metadata={LAST: str(last)}
    )
    key = result_key(FOLDER + ROUTING, put["VersionId"])
    found: list[dict[str, Any]] = []

    def has_come() -> bool:
        with suppress(s3.exceptions.NoSuchKey):
            found.append(json.loads(s3.get_object(Bucket=bucket, Key=key)["Body"].read()))
        return bool(found)

    wait_until(has_come, _SECONDS, 0.2)
    return key, found[0] if found else None


def print_outcome(outcome: dict[str, Any], console: Console) -> None:
    """Prints a preview: its errors, or how many would go which way and some of them."""
    for error in outcome["errors"]:
        console.print(f"line {error['line']}, {error['column'] or 'whole'}: {error['detail']}")
    if not outcome["valid"]:
        return
    console.print(
        f"{outcome['rows']} rules in the draft; of the last {outcome['looked_at']} records "
        f"{outcome['moved']} would go to another office"
    )
    if not outcome["moves"]:
        return
    ways = Table("from", "to", "records", box=None, pad_edge=False)
    for way in outcome["moves"]:
        ways.add_row(way["from"], way["to"], str(way["count"]))
    console.print(ways)
    for one in outcome["records"][:_SHOWN]:
        console.print(f"  {one['reference']}  {one['from']} -> {one['to']}")
