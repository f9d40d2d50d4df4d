"""``python -m infra.messages``: fails, and says why, when a message is not as it must be."""

from __future__ import annotations

from typing import Annotated

import typer

from infra.messages.catalogue import read
from infra.messages.check import check


def main(
    *,
    public_base_url: Annotated[
        str | None, typer.Option(help="That of the deployment; when left out, one as long as it may be.")
    ] = None,
) -> None:
    """Checks every message."""
    catalogue = read()
    found = check(catalogue, public_base_url)
    for one in found:
        typer.echo(str(one), err=True)
    if found:
        raise typer.Exit(1)
    typer.echo(f"{len(catalogue.files)} message files are as they must be")


if __name__ == "__main__":
    typer.run(main)
