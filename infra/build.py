"""Builds what is deployed: one SAM template and one zip, out of the app and the fragments beside this file.

Run it with ``python -m infra.build --target local|aws``.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from infra.bundle import (
    LOCK,
    RUNNING_PYTHON,
    BuildError,
    Stage,
    Target,
    finish_archive,
    install_dependencies,
    prepare_stage,
)
from infra.template import TemplateError, merge_fragments

if TYPE_CHECKING:
    from collections.abc import Iterator

PROJECT = Path(__file__).resolve().parent.parent
CHALICE_STAGE = "app"

_FINGERPRINT = "fingerprint"
_CHALICE = (sys.executable, "-c", "import sys; from chalice.cli import main; sys.exit(main())")


@dataclass(frozen=True)
class Bundle:
    """A built template and the zip that it names."""

    template: Path
    archive: Path


def build(target: Target, out: Path | None = None, project: Path = PROJECT) -> Bundle:
    """Builds the bundle, or gives the one that is there when nothing it is made of has changed.

    Args:
        target: `local` for this machine's interpreter, `aws` for Lambda's.
        out: The folder to build in, `.build/<target>` when left out.
        project: The repository.

    Returns:
        Where the template and the zip lie.

    Raises:
        BuildError: Something is missing or wrong; the message says what.
    """
    out = (out or project / ".build" / target).resolve()
    bundle = Bundle(template=out / "sam.json", archive=out / "deployment.zip")
    fingerprint = _fingerprint(project, target)
    stamp = out / _FINGERPRINT
    if bundle.template.exists() and bundle.archive.exists() and _text(stamp) == fingerprint:
        return bundle
    stamp.unlink(missing_ok=True)
    out.mkdir(parents=True, exist_ok=True)
    stage = Stage(out / "stage")
    prepare_stage(project, stage, install_dependencies(project, target, project / ".build" / "cache"))
    merged = out / "infra.json"
    try:
        template = merge_fragments(sorted((project / "infra").glob("*.yaml")), project)
    except TemplateError as error:
        raise BuildError(str(error)) from error
    merged.write_text(json.dumps(template, indent=1))
    packaged = _package(stage, merged)
    finish_archive(packaged / bundle.archive.name, bundle.archive)
    shutil.copyfile(packaged / bundle.template.name, bundle.template)
    stamp.write_text(fingerprint)
    return bundle


def _package(stage: Stage, merged: Path) -> Path:
    packaged = stage.root / "out"
    command = [*_CHALICE, "--project-dir", str(stage.root), "package", "--stage", CHALICE_STAGE]
    command += ["--pkg-format", "cloudformation", "--merge-template", str(merged), str(packaged)]
    # Chalice imports app.py: no bytecode may be left beside it, for that would change the zip.
    environment = os.environ | {"AWS_DEFAULT_REGION": "ap-south-1", "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(  # noqa: S603 - our own command line
        command, cwd=stage.root, env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise BuildError(f"chalice cannot package the app:\n{done.stdout}{done.stderr}".rstrip())
    return packaged


def _fingerprint(project: Path, target: Target) -> str:
    digest = hashlib.sha256(f"{target} {sys.version} {importlib.metadata.version('chalice')}".encode())
    for path in _inputs(project):
        digest.update(f"\0{path.relative_to(project)}\0".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _inputs(project: Path) -> Iterator[Path]:
    yield from (project / "app.py", project / LOCK)
    for folder, pattern in (
        (".chalice", "*.json"),
        ("functions", "*"),
        ("infra", "*.py"),
        ("infra", "*.yaml"),
        ("statemachines", "*.json"),
    ):
        for path in sorted((project / folder).rglob(pattern)):
            if path.is_file() and "__pycache__" not in path.parts:
                yield path


def _text(path: Path) -> str:
    return path.read_text() if path.exists() else ""


def main(
    target: Annotated[Target, typer.Option(help="Whose interpreter the bundle is for.")],
    out: Annotated[
        Path | None, typer.Option(help="The folder to build in, .build/TARGET when left out.")
    ] = None,
) -> None:
    """Builds the SAM template and the zip of the functions."""
    try:
        bundle = build(target, out)
    except BuildError as error:
        typer.echo(f"build: {error}", err=True)
        raise typer.Exit(1) from error
    size = bundle.archive.stat().st_size / 2**20
    typer.echo(f"{bundle.template}\n{bundle.archive} ({size:.1f} MiB, Python {RUNNING_PYTHON})")


if __name__ == "__main__":
    typer.run(main)
