"""The command ``replay``."""

from __future__ import annotations

import secrets
import signal
import sys
import time  # noqa: TID251 - measures by the wall clock
from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from botocore.exceptions import BotoCoreError, ClientError
from rich.console import Console

from functions.domain.calendar import IST
from local.client import SignedClient
from local.errors import LocalStackError
from local.layout import Layout
from local.replay.accounting import Account, percentile
from local.replay.draw import Draw, read_offices
from local.replay.progress import Bar
from local.replay.rows import Rows, read
from local.replay.sending import Traffic
from local.retrying import Delivery
from local.running import running_stack
from local.state import StackState

_SHOWN = 5
_ACCEPTED = frozenset({"200", "201"})


def replay(
    file: Annotated[Path, typer.Option(help="A CSV file, UTF-8, with a header.")],
    column: Annotated[str, typer.Option(help="The column that holds the complaints' texts.")],
    n: Annotated[
        int, typer.Option("--n", "--count", min=1, max=100_000, help="How many rows to read.")
    ] = 100,
    rate: Annotated[float, typer.Option(min=0, help="Records a second; 0 is as fast as it goes.")] = 10,
    seed: Annotated[int, typer.Option(help="For what is drawn by lot.")] = 1,
    connections: Annotated[int, typer.Option(min=1, max=64, help="Requests under way at once.")] = 8,
    minutes: Annotated[float, typer.Option(min=0.1, help="When to give up.")] = 30,
    *,
    keep: Annotated[bool, typer.Option("--keep", help="Leave the stack up that this brought up.")] = False,
) -> None:
    """Posts real complaints as grievances, and accounts for every one.

    Districts, departments, categories, callers and emergencies are drawn by lot.

    The stack is brought up unless it is up, and taken down only if this brought it up.
    """
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    try:
        rows = read(file, column, n)
        with running_stack(Layout(), typer.echo, keep=keep) as running:
            holds = _replay(running.state, rows, Draw(read_offices(), seed), rate, connections, minutes * 60)
    except KeyboardInterrupt:
        raise typer.Exit(128 + signal.SIGINT) from None
    except (LocalStackError, BotoCoreError, ClientError) as error:
        typer.echo(f"replay: {error}", err=True)
        raise typer.Exit(1) from error
    if not holds:
        raise typer.Exit(1)


def _replay(state: StackState, rows: Rows, draw: Draw, rate: float, connections: int, seconds: float) -> bool:
    out = Console(highlight=False, markup=False, emoji=False, soft_wrap=True)
    now = datetime.now(IST)
    run = f"{now:%y%m%d%H%M%S}{secrets.token_hex(2)}"
    records = [draw.record(complaint, run, now) for complaint in rows.complaints]
    client = SignedClient(state.api_url, state.webhook_secrets["call-centre"], connections)
    began = time.monotonic()
    traffic = Traffic(client, connections, began + seconds)

    deliveries: list[Delivery] = []
    with Bar(out, "posted", len(records)) as bar:
        for delivery in traffic.send(records, rate):
            deliveries.append(delivery)
            bar.advance()
    posted_after = time.monotonic() - began
    references = [_reference(one) for one in deliveries if one.outcome in _ACCEPTED]
    with Bar(out, "taken up", len(set(references))) as bar:
        statuses = traffic.read_back(references, bar.advance)
    taken_up_after = time.monotonic() - began - posted_after

    account = Account(
        rows=len(rows.complaints) + rows.skipped,
        skipped=rows.skipped,
        answers=Counter(one.outcome for one in deliveries),
        references=references,
        statuses=statuses,
    )
    _say_times(out, deliveries, posted_after, taken_up_after)
    out.print(f"emergencies among them: {sum(bool(record['emergency']) for record in records)}")
    out.print(f"where they stand: {account.by_status}")
    if account.hanging:
        out.print(
            f"not taken up: {', '.join(account.hanging[:_SHOWN])}{' …' * (len(account.hanging) > _SHOWN)}"
        )
    for line in account.lines:
        out.print(line, style="bold green" if account.holds else "bold red")
    return account.holds


def _say_times(out: Console, deliveries: list[Delivery], posted_after: float, taken_up_after: float) -> None:
    times = [delivery.seconds * 1000 for delivery in deliveries]
    again = sum(delivery.tries - 1 for delivery in deliveries)
    out.print(
        f"posted in {posted_after:.1f} s, {len(deliveries) / max(posted_after, 0.001):.1f} a second, "
        f"{again} posted again; read back {taken_up_after:.1f} s later"
    )
    out.print(f"answer times: p50 {percentile(times, 0.5):.0f} ms, p95 {percentile(times, 0.95):.0f} ms")


def _reference(delivery: Delivery) -> str:
    return str(delivery.answer.body["reference"]) if delivery.answer else ""
