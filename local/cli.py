"""The commands of the local stack: ``python -m local``."""

from __future__ import annotations

import signal
import sys
from typing import Annotated

import typer
from botocore.exceptions import BotoCoreError, ClientError
from rich.console import Console
from rich.table import Table

from infra.redrive import Clients, RedriveError, report
from infra.redrive import redrive as hand_back
from local.aws import Emulator
from local.demo.command import demo
from local.deployment import STACK
from local.errors import LocalStackError
from local.layout import Layout
from local.messages import messages
from local.reconcile import reconcile
from local.replay.command import replay
from local.route_preview import route_preview
from local.stack import Stack
from local.state import read_state
from local.story import story

app = typer.Typer(help="The whole service on this machine.", no_args_is_help=True, add_completion=False)


def _say(sentence: str) -> None:
    typer.echo(sentence)


def _end_in_order(*_: object) -> None:
    sys.exit(128 + signal.SIGTERM)


@app.command()
def up(*, fresh: Annotated[bool, typer.Option(help="Forget what the stack held before.")] = False) -> None:
    """Builds and starts everything, and writes .local/stack.json."""
    signal.signal(signal.SIGTERM, _end_in_order)
    layout = Layout()
    try:
        state = Stack(layout, _say).up(fresh=fresh)
    except (LocalStackError, BotoCoreError, ClientError) as error:
        typer.echo(f"up: {error}", err=True)
        raise typer.Exit(1) from error
    typer.echo(f"  API      {state.api_url}")
    typer.echo(f"  portal   {state.portal_url}")
    typer.echo(f"  console  {state.console_url}")
    typer.echo(f"  AWS      {state.aws_endpoint} ({state.region})")


@app.command()
def down() -> None:
    """Stops everything and keeps what was saved."""
    typer.echo("down" if Stack(Layout(), _say).down() else "nothing was running")


@app.command()
def status() -> None:
    """Shows the processes, their health and their memory."""
    layout = Layout()
    parts = Stack(layout, _say).parts()
    if not parts:
        typer.echo("not running")
        return
    table = Table("process", "pid", "health", "processes", "memory", "address", box=None, pad_edge=False)
    for part in parts:
        health = "well" if part.healthy else "not well"
        memory = f"{part.rss / 2**20:.0f} MB"
        table.add_row(part.name, str(part.pid), health, str(part.count), memory, part.url)
    total = sum(part.rss for part in parts) / 2**20
    table.add_row("all", "", "", str(sum(part.count for part in parts)), f"{total:.0f} MB", "")
    console = Console()
    console.print(table)
    state = read_state(layout)
    if state:
        console.print(f"console {state.console_url}", highlight=False)
    if not all(part.healthy for part in parts):
        raise typer.Exit(1)


@app.command()
def redrive() -> None:
    """Hands dead letters back, once what made them fail is mended."""
    state = read_state(Layout())
    if state is None:
        typer.echo("redrive: the stack is not running: start it with make up", err=True)
        raise typer.Exit(1)
    emulator = Emulator(state.aws_endpoint)
    clients = Clients(
        emulator.cloudformation, emulator.queues, emulator.events, emulator.functions, emulator.s3
    )
    try:
        done = report(hand_back(STACK, clients))
    except (RedriveError, BotoCoreError, ClientError) as error:
        typer.echo(f"redrive: {error}", err=True)
        raise typer.Exit(1) from error
    if not done:
        raise typer.Exit(1)


app.command()(demo)
app.command()(messages)
app.command()(reconcile)
app.command()(replay)
app.command()(route_preview)
app.command()(story)
