"""What goes into the functions' zip, and that the same sources always give the same zip."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

from infra.bundle import Stage, compile_tree, finish_archive, prepare_stage, trim

if TYPE_CHECKING:
    from pathlib import Path

UNCHECKED_HASH = 0b01


def put(folder: Path, *paths: str) -> None:
    for path in paths:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text("answer = 42\n")


def zipped(path: Path, names: list[str]) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name in names:
            archive.writestr(name, "answer = 42\n")
    return path


def test_the_stage_holds_our_code_and_links_to_the_dependencies(tmp_path: Path) -> None:
    project, stage, dependencies = tmp_path / "project", Stage(tmp_path / "stage"), tmp_path / "site"
    put(project, "app.py", ".chalice/config.json", "statemachines/x.json", "functions/a/handler.py")
    put(
        project,
        "functions/a/__pycache__/handler.pyc",
        "functions/messages/bn/a.j2",
    )
    put(dependencies, "boto3/__init__.py")
    put(stage.root, "left-over.py")

    prepare_stage(project, stage, dependencies)

    laid_out = {path.relative_to(stage.root).as_posix() for path in stage.root.rglob("*") if path.is_file()}
    assert laid_out == {
        "app.py",
        ".chalice/config.json",
        "vendor/functions/a/handler.py",
        "vendor/functions/messages/bn/a.j2",
    }
    assert (stage.vendor / "boto3" / "__init__.py").exists()


def test_trimming_keeps_the_services_that_we_call_and_what_they_share(tmp_path: Path) -> None:
    put(tmp_path, "botocore/data/endpoints.json", "botocore/data/dynamodb/x.json", "botocore/data/ec2/x.json")
    put(
        tmp_path,
        "bin/tool",
        "stdnum/verhoeff.py",
        "stdnum/in_/pan.py",
        "rapidfuzz/fuzz_cpp.cpython-311-x86_64-linux-gnu.so",
        "rapidfuzz/fuzz_cpp_avx2.cpython-311-x86_64-linux-gnu.so",
        "rapidfuzz/distance/metrics_cpp.cpython-311-x86_64-linux-gnu.so",
        "lib/tests/test_lib.py",
        "lib/core.py",
    )
    put(tmp_path, "lib-1.dist-info/METADATA", "lib-1.dist-info/RECORD", "lib-1.dist-info/licenses/LICENSE")

    trim(tmp_path)

    left = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()}
    assert left == {
        "botocore/data/endpoints.json",
        "botocore/data/dynamodb/x.json",
        "stdnum/verhoeff.py",
        "rapidfuzz/fuzz_cpp.cpython-311-x86_64-linux-gnu.so",
        "lib/core.py",
        "lib-1.dist-info/METADATA",
        "lib-1.dist-info/licenses/LICENSE",
    }


def test_modules_are_compiled_so_that_nothing_is_checked_against_its_source(tmp_path: Path) -> None:
    put(tmp_path, "package/module.py")

    compile_tree(tmp_path)

    (compiled,) = tmp_path.rglob("*.pyc")
    assert compiled.read_bytes()[4] == UNCHECKED_HASH


def test_the_same_files_give_the_same_zip_in_whatever_order_they_came(tmp_path: Path) -> None:
    names = ["app.py", "chalice/app.py", "functions/a.py"]
    one, other = (
        zipped(tmp_path / "one.zip", names),
        zipped(tmp_path / "other.zip", list(reversed(names))),
    )

    finish_archive(one, tmp_path / "1.zip")
    finish_archive(other, tmp_path / "2.zip")

    assert (tmp_path / "1.zip").read_bytes() == (tmp_path / "2.zip").read_bytes()


def test_every_module_in_the_finished_zip_is_compiled(tmp_path: Path) -> None:
    finish_archive(zipped(tmp_path / "in.zip", ["app.py", "chalice/app.py", "page.j2"]), tmp_path / "out.zip")

    with zipfile.ZipFile(tmp_path / "out.zip") as archive:
        names = archive.namelist()
    compiled = [name for name in names if name.endswith(".pyc")]
    assert [name.rpartition("/")[0] for name in compiled] == ["__pycache__", "chalice/__pycache__"]
    assert len(names) == 5
