"""``python -m local.bench.duplicates``: see `local.bench.duplicates.command`."""

import typer

from local.bench.duplicates.command import bench

typer.run(bench)
