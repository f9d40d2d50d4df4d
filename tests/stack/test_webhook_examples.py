"""What ``docs/webhook.md`` tells a developer to run."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from local.layout import PROJECT
from local.state import StackState
from tests.stack.world import World

PAGE = (PROJECT / "docs" / "webhook.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", PAGE, re.DOTALL | re.MULTILINE)


def needs(*programs: str) -> pytest.MarkDecorator:
    missing = [program for program in programs if shutil.which(program) is None]
    return pytest.mark.skipif(bool(missing), reason=f"not installed: {', '.join(missing)}")


def run(stack: StackState, folder: Path, *command: str) -> str:
    """What a command prints, run as the page says."""
    told = {"SSM_API": stack.api_url, "SSM_SECRET": stack.webhook_secrets["call-centre"]}
    done = subprocess.run(  # noqa: S603 - our own page
        command,
        cwd=folder,
        env=os.environ | told,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout + done.stderr


def assert_kept_once(first: str, second: str) -> None:
    """The first call made the record, the second found it."""
    answers = []
    for printed, status in ((first, "201"), (second, "200")):
        assert re.search(rf"(^|\}}){status}\b", printed), printed
        found = re.search(r"\{.*\}", printed)
        assert found, printed
        answers.append(json.loads(found.group()))
    assert answers[0] == answers[1]
    assert answers[0]["status"] == "registered"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where a reader has saved the programs."""
    program, *_ = blocks("python")
    (tmp_path / "ssm.py").write_text(program, encoding="utf-8")
    (tmp_path / "ssm.mjs").write_text(blocks("javascript")[0], encoding="utf-8")
    (tmp_path / "Ssm.java").write_text(blocks("java")[0], encoding="utf-8")
    return tmp_path


@needs("bash", "curl", "openssl")
def test_the_call_in_bash(stack: StackState, folder: Path) -> None:
    (call,) = blocks("bash")
    assert_kept_once(*(run(stack, folder, "bash", "-euc", call) for _ in range(2)))


@needs("python3")
def test_the_call_in_python(stack: StackState, folder: Path) -> None:
    assert_kept_once(*(run(stack, folder, "python3", "ssm.py") for _ in range(2)))


@needs("node")
def test_the_call_in_node(stack: StackState, folder: Path) -> None:
    assert_kept_once(*(run(stack, folder, "node", "ssm.mjs") for _ in range(2)))


@needs("java", "javac")
def test_the_call_in_java(stack: StackState, folder: Path) -> None:
    assert_kept_once(*(run(stack, folder, "java", "Ssm.java") for _ in range(2)))


@needs("python3")
def test_a_backlog_and_the_list_of_it(world: World, folder: Path) -> None:
    _, backlog, walk = blocks("python")
    printed = [run(world.stack, folder, "python3", "-c", backlog) for _ in range(2)]
    # The repeat of a batch gets its first answer again.
    assert printed[0] == printed[1]
    answer = json.loads(printed[0].removeprefix("200 "))
    assert [item["status"] for item in answer["items"]] == [201, 201, 201]
    references = [item["reference"] for item in answer["items"]]
    for reference in references:
        world.until_status(reference, "under_review")
    assert set(references) <= set(run(world.stack, folder, "python3", "-c", walk).split())
    for reference in references:
        assert world.decides(reference, "reject", reason="of a test").status == 200
