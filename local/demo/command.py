"""The command ``demo``."""

from __future__ import annotations

import csv
import secrets
import signal
import sys
import time  # noqa: TID251 - tells the person at the terminal how long it took
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from botocore.exceptions import BotoCoreError, ClientError
from rich.console import Console

from functions.domain.calendar import IST
from local.aws import Emulator
from local.demo.actors import Clock, DataAnalysts, FieldTeam, Officers, Portal, TeleCaller
from local.demo.board import Board, console
from local.demo.choice import choose
from local.demo.lookout import Lookout
from local.demo.news import News
from local.demo.outcome import Outcome
from local.demo.page import page, print_page
from local.demo.play import Audience, Cast, Play, Scene
from local.demo.recording import Recorder
from local.demo.report import write_report
from local.demo.samples import Sample, read_samples
from local.demo.sent import Post, Register
from local.errors import LocalStackError
from local.layout import PROJECT, Layout
from local.running import Running, running_stack
from local.state import StackState

_PATIENCE = 420.0
_EXECUTIVES = PROJECT / "samples" / "registry" / "field_executives.csv"


class _Several:
    """An audience of several."""

    def __init__(self, audiences: Iterable[Audience]) -> None:
        self._audiences = list(audiences)

    def see(self, scene: Scene) -> None:
        for audience in self._audiences:
            audience.see(scene)

    def hear(self, item: News) -> None:
        for audience in self._audiences:
            audience.hear(item)


def demo(
    *, record: Annotated[Path | None, typer.Option(help="Write an animated SVG of the run there.")] = None
) -> None:
    """Plays a morning at the call centre and what becomes of it, and checks the outcome.

    The stack is brought up unless it is up, and taken down only if this brought it up.

    At a terminal it stays until Ctrl-C; otherwise it ends by itself.
    """
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    began = time.monotonic()
    out = console()
    layout = Layout()
    try:
        samples = read_samples()
        with running_stack(layout, typer.echo) as running:
            well = _play(running.state, samples, out, layout.demo_report, record)
            verdict = "all is as expected" if well else "not as expected"
            typer.echo(f"\n{verdict}, after {time.monotonic() - began:.1f} s")
            typer.echo(f"the same with charts: {layout.demo_report}")
            if sys.stdout.isatty() and sys.stdin.isatty():
                _stay(running)
    except KeyboardInterrupt:
        raise typer.Exit(128 + signal.SIGINT) from None
    except (LocalStackError, BotoCoreError, ClientError) as error:
        typer.echo(f"demo: {error}", err=True)
        raise typer.Exit(1) from error
    if not well:
        raise typer.Exit(1)


def _play(
    state: StackState, samples: tuple[Sample, ...], out: Console, report: Path, record: Path | None
) -> bool:
    emulator = Emulator(state.aws_endpoint)
    register = Register.read(emulator, state.registry_bucket)
    run = f"{datetime.now(IST):%y%m%d%H%M%S}{secrets.token_hex(2)}"
    cast = Cast(
        tele_caller=TeleCaller(state, run),
        analysts=DataAnalysts(state),
        officers=Officers(state),
        field_team=FieldTeam(state),
        portal=Portal(state),
        clock=Clock(state),
        executives=_executives(_EXECUTIVES),
    )
    recorder = Recorder("The demo: a morning at the call centre, and what becomes of it")
    began, at = datetime.now(UTC), time.monotonic()
    with Board(out) as board:
        play = Play(
            cast,
            Lookout(emulator.dynamodb, state.table),
            Post(state.aws_endpoint, state.portal_url),
            register,
            _Several([board, recorder] if record else [board]),
        )
        calls = play.run(samples, _PATIENCE)
    references = {call.reference for call in calls if call.is_own and call.reference}
    outcome = Outcome(calls, cast.portal.entries(references), began, time.monotonic() - at)
    chosen = choose(calls, register)
    print_page(outcome, chosen, out)
    write_report(outcome, chosen, report)
    if record:
        recorder.turn_over(page(outcome, chosen, recorder.width))
        recorder.write(record)
    return outcome.is_well


def _executives(path: Path) -> Mapping[str, str]:
    """By district, the first field validation executive who serves there."""
    found: dict[str, str] = {}
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            for district in row["districts"].split(";"):
                found.setdefault(district, row["executive_id"])
    return found


def _stay(running: Running) -> None:
    state = running.state
    typer.echo("\nHave a look at")
    typer.echo(f"  console  {state.console_url} (what was sent, and what the portal holds)")
    typer.echo(f"  API      {state.api_url}/v1/health")
    typer.echo(f"  portal   {state.portal_url}/_sim/grievances")
    typer.echo("  make story REF=SSM-… in another terminal (everything that happened to one record)")
    ending = "takes the stack down" if running.is_ours else "ends the demo; the stack stays up"
    typer.echo(f"Ctrl-C {ending}.")
    try:
        signal.pause()
    except KeyboardInterrupt:
        typer.echo()
