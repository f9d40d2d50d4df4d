"""What the README tells a reader to type."""

import re
import shutil
import subprocess

import pytest

from local.layout import PROJECT, Layout
from local.state import StackState


@pytest.mark.skipif(
    not all(map(shutil.which, ("bash", "curl", "openssl"))), reason="needs bash, curl, openssl"
)
def test_the_signed_call_works_as_it_stands_there(stack: StackState) -> None:
    readme = (PROJECT / "README.md").read_text(encoding="utf-8")
    (call,) = [block for block in re.findall(r"```sh\n(.*?)```", readme, re.DOTALL) if "openssl" in block]
    state_file = Layout(root=PROJECT / ".local" / "tests").state_file
    assert stack.api_url in state_file.read_text(encoding="utf-8")
    script = call.replace(".local/stack.json", str(state_file))
    answers = [
        subprocess.run(  # noqa: S603 - our own page
            ["bash", "-ec", text],  # noqa: S607 - whichever the reader has
            check=True,
            capture_output=True,
            text=True,
            timeout=60,
        ).stdout.split()
        for text in (script, script, script.replace("A-17", "A-18"), script.replace('"$ID.', '"x$ID.'))
    ]
    assert [answer[-1] for answer in answers] == ["201", "200", "409", "401"]
    assert answers[0][:2] == answers[1][:2]
