"""``python -m local.bench``: see `local.bench.command`."""

import typer

from local.bench.command import bench

typer.run(bench)
