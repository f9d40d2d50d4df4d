"""What goes into the functions' zip: our code, its dependencies without ballast, all of it compiled."""

from __future__ import annotations

import hashlib
import importlib.util
import py_compile
import shutil
import subprocess
import sys
import tempfile
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator

Target = Literal["local", "aws"]

LOCK = Path("requirements") / "runtime.txt"
RUNNING_PYTHON = f"{sys.version_info.major}.{sys.version_info.minor}"
# The services that the functions call (adapters/wiring.py): botocore carries models of four hundred more.
SERVICES = frozenset(
    {
        *("dynamodb", "events", "s3", "secretsmanager", "sesv2", "sns", "sqs", "stepfunctions"),
        *("pinpoint-sms-voice-v2", "socialmessaging"),
    }
)
# Whole parts of libraries that no function imports; a function that comes to need one fails its first test.
_BALLAST = (
    *("bin", "stdnum/??", "stdnum/??_", "stdnum/*.dat", "aws_lambda_powertools/event_handler"),
    "aws_lambda_powertools/utilities/auth_alpha",
    "aws_lambda_powertools/utilities/circuit_breaker",
    "aws_lambda_powertools/utilities/data_masking",
    "aws_lambda_powertools/utilities/feature_flags",
    "aws_lambda_powertools/utilities/kafka",
    "aws_lambda_powertools/utilities/parameters",
    "aws_lambda_powertools/utilities/parser",
    "aws_lambda_powertools/utilities/streaming",
    "aws_lambda_powertools/utilities/validation",
    # Distances that nobody asks for, and a second copy for newer processors: without them it falls back.
    *("rapidfuzz/distance/metrics_cpp*", "rapidfuzz/fuzz_cpp_avx2*"),
)
_KEPT_METADATA = frozenset({"METADATA", "entry_points.txt", "licenses"})
# Lambda's Python 3.11 runs on Amazon Linux 2 (glibc 2.26), later ones on Amazon Linux 2023 (glibc 2.34).
_OLD_GLIBC = ("manylinux2014_x86_64", "manylinux_2_17_x86_64")
_NEW_GLIBC = ("manylinux_2_34_x86_64", "manylinux_2_28_x86_64", *_OLD_GLIBC)
_ZIP_DATE = (1980, 1, 1, 0, 0, 0)
_REGULAR_FILE = 0o100644 << 16


class BuildError(Exception):
    """The bundle cannot be built; the message says why."""


@dataclass(frozen=True)
class Stage:
    """A Chalice project of its own, made for packaging and thrown away with the next one."""

    root: Path

    @property
    def vendor(self) -> Path:
        """What Chalice ships beside `app.py`."""
        return self.root / "vendor"


def prepare_stage(project: Path, stage: Stage, dependencies: Path) -> None:
    """Lays out the Chalice project to package: our code copied, the dependencies linked.

    Args:
        project: The repository.
        stage: Where to lay it out; what is there goes.
        dependencies: What `install_dependencies` gave.
    """
    shutil.rmtree(stage.root, ignore_errors=True)
    stage.vendor.mkdir(parents=True)
    shutil.copy2(project / "app.py", stage.root)
    shutil.copytree(project / ".chalice", stage.root / ".chalice", ignore=shutil.ignore_patterns("deploy*"))
    shutil.copytree(
        project / "functions",
        stage.vendor / "functions",
        ignore=shutil.ignore_patterns("__pycache__", "*.pyc"),
    )
    for entry in sorted(dependencies.iterdir()):
        (stage.vendor / entry.name).symlink_to(entry)


def install_dependencies(project: Path, target: Target, cache: Path) -> Path:
    """Installs the locked dependencies for a target, once for each lock, Python and way of trimming.

    Args:
        project: The repository, with its lock.
        target: Whose machine they must run on.
        cache: The folder that keeps them between builds.

    Returns:
        The folder that holds them, trimmed and compiled.

    Raises:
        BuildError: pip could not install them.
    """
    recipe = hashlib.sha256((project / LOCK).read_bytes() + Path(__file__).read_bytes()).hexdigest()[:16]
    installed = cache / f"{target}-{RUNNING_PYTHON}-{recipe}"
    if installed.is_dir():
        return installed
    cache.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=cache) as scratch:
        fresh = Path(scratch) / "site"
        _pip_install(project / LOCK, fresh, target)
        trim(fresh)
        compile_tree(fresh)
        fresh.rename(installed)
    for former in cache.glob(f"{target}-*"):
        if former != installed:
            shutil.rmtree(former)
    return installed


def _pip_install(lock: Path, into: Path, target: Target) -> None:
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--no-input", "--disable-pip-version-check"]
    command += ["--require-hashes", "--no-deps", "--no-compile", "--target", str(into), "-r", str(lock)]
    if target == "aws":
        platforms = _NEW_GLIBC if sys.version_info >= (3, 12) else _OLD_GLIBC
        command += [part for platform in platforms for part in ("--platform", platform)]
        command += ["--implementation", "cp", "--python-version", RUNNING_PYTHON, "--only-binary=:all:"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - our own
    if done.returncode:
        raise BuildError(f"pip cannot install {lock.name} for {target}:\n{done.stderr.strip()}")


def trim(site: Path) -> None:
    """Takes out of an installation what no function needs at run time."""
    for path in [path for pattern in _BALLAST for path in site.glob(pattern)]:
        _remove(path)
    for models in (site / "botocore" / "data", site / "boto3" / "data"):
        for service in models.iterdir() if models.is_dir() else ():
            if service.is_dir() and service.name not in SERVICES:
                shutil.rmtree(service)
    for folder in [
        path for path in site.rglob("*") if path.name in {"tests", "__pycache__"} and path.is_dir()
    ]:
        shutil.rmtree(folder, ignore_errors=True)  # it may lie in one that is gone already
    for metadata in site.glob("*.dist-info"):
        for entry in metadata.iterdir():
            if entry.name not in _KEPT_METADATA:
                _remove(entry)


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink()


def compile_tree(site: Path) -> None:
    """Compiles each module beside its source, so that a cold start compiles nothing."""
    for source in site.rglob("*.py"):
        _compile(
            source, source.relative_to(site).as_posix(), Path(importlib.util.cache_from_source(str(source)))
        )


def _compile(source: Path, name: str, compiled: Path) -> None:
    # A zip keeps no reliable modification times, hence the hash; unchecked, for nobody edits a bundle.
    py_compile.compile(
        str(source),
        cfile=str(compiled),
        dfile=f"/var/task/{name}",
        doraise=True,
        invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH,
    )


def finish_archive(packaged: Path, archive: Path) -> None:
    """Rewrites Chalice's zip so that the same sources give the same bytes and each module is compiled.

    Args:
        packaged: The zip as Chalice made it.
        archive: Where the finished one goes.
    """
    with tempfile.TemporaryDirectory() as scratch:
        tree = Path(scratch)
        with zipfile.ZipFile(packaged) as zipped:
            zipped.extractall(tree)
        for source in tree.rglob("*.py"):
            compiled = Path(importlib.util.cache_from_source(str(source)))
            if not compiled.exists():
                _compile(source, source.relative_to(tree).as_posix(), compiled)
        with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as zipped:
            for name, path in _files(tree):
                entry = zipfile.ZipInfo(name, _ZIP_DATE)
                entry.compress_type = zipfile.ZIP_DEFLATED
                entry.external_attr = _REGULAR_FILE
                zipped.writestr(entry, path.read_bytes())


def _files(tree: Path) -> Iterator[tuple[str, Path]]:
    named = {path.relative_to(tree).as_posix(): path for path in tree.rglob("*") if path.is_file()}
    return ((name, named[name]) for name in sorted(named))
