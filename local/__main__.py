"""``python -m local``: see `local.cli`."""

from local.cli import app

app(prog_name="python -m local")
