"""The command ``demo``."""

from __future__ import annotations

import secrets
import signal
import sys
import time  # noqa: TID251 - tells the person at the terminal how long it took
from datetime import datetime

import typer
from botocore.exceptions import BotoCoreError, ClientError

from functions.domain.calendar import IST
from local.aws import Emulator
from local.demo.actors import DataAnalyst, TeleCaller
from local.demo.calls import Sample, read_samples
from local.demo.outcome import Call, conserve
from local.demo.play import Play
from local.demo.second_act import SecondAct
from local.demo.sent import Officers, Post
from local.demo.show import Show, console
from local.errors import LocalStackError
from local.layout import Layout
from local.running import Running, running_stack
from local.state import StackState

_PATIENCE = 120.0


def demo() -> None:
    """Plays a dozen sample calls, from the tele-caller to the officers' alerts, and checks the outcome.

    The stack is brought up unless it is up, and taken down only if this brought it up.

    At a terminal it stays until Ctrl-C; otherwise it ends by itself.
    """
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    began = time.monotonic()
    try:
        samples = read_samples()
        with running_stack(Layout(), typer.echo) as running:
            well = _play(running.state, samples)
            typer.echo(f"\n{'all is as expected' if well else 'not as expected'}, {_since(began)}")
            if sys.stdout.isatty() and sys.stdin.isatty():
                _stay(running)
    except KeyboardInterrupt:
        raise typer.Exit(128 + signal.SIGINT) from None
    except (LocalStackError, BotoCoreError, ClientError) as error:
        typer.echo(f"demo: {error}", err=True)
        raise typer.Exit(1) from error
    if not well:
        raise typer.Exit(1)


def _play(state: StackState, samples: tuple[Sample, ...]) -> bool:
    secret = state.webhook_secrets["call-centre"]
    officers = Officers.read(Emulator(state.aws_endpoint), state.registry_bucket)
    show = Show(console(), officers.designation_of)
    run = f"{datetime.now(IST):%y%m%d%H%M%S}{secrets.token_hex(2)}"
    tele_caller = TeleCaller(state.api_url, secret, run)
    play = Play(
        tele_caller,
        DataAnalyst(state.api_url, secret),
        Post(state.aws_endpoint, state.portal_url),
        officers,
        show,
    )
    calls = play.run(samples, _PATIENCE)
    show.table(calls)
    conservation = conserve(
        (call.answer.status if call.answer else None for call in calls),
        (call.state.status if call.state else None for call in calls if call.reference),
    )
    differences = [(call, found) for call in calls if (found := call.difference())]
    if emergency := _an_emergency(calls):
        show.messages(emergency)
        show.heading(f"What becomes of {emergency.reference}, with the clock handed forward")
        otherwise = SecondAct(state, tele_caller, show.line).play(emergency)
        differences += [(emergency, otherwise)] if otherwise else []
        show.timeline(emergency)
    show.sums(conservation)
    for call, difference in differences:
        show.line(f"call {call.number}, {call.sample.title}: {difference}", "bold red")
    return conservation.holds and not differences


def _an_emergency(calls: list[Call]) -> Call | None:
    return next((call for call in calls if call.state and call.state.emergency and call.state.assignee), None)


def _stay(running: Running) -> None:
    state = running.state
    typer.echo("\nHave a look at")
    typer.echo(f"  console  {state.console_url} (what was sent, and what the portal holds)")
    typer.echo(f"  API      {state.api_url}/v1/health")
    typer.echo(f"  portal   {state.portal_url}/_sim/grievances")
    ending = "takes the stack down" if running.is_ours else "ends the demo; the stack stays up"
    typer.echo(f"Ctrl-C {ending}.")
    try:
        signal.pause()
    except KeyboardInterrupt:
        typer.echo()


def _since(began: float) -> str:
    return f"after {time.monotonic() - began:.1f} s"
