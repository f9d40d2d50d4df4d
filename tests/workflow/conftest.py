"""An emulator for all tests of the state machine's paths."""

from collections.abc import Iterator

import pytest

from local.layout import Layout
from tests.workflow.machine import Machine, Stage, emulator_of_its_own


# Of this package alone: threads read its queues, and other tests of the process count calls of the SDK.
@pytest.fixture(scope="package")
def machine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machine]:
    """The state machine, ready to be started."""
    stage = Stage()
    with stage.open(), emulator_of_its_own(Layout(tmp_path_factory.mktemp("emulator"))) as endpoint:
        machine = Machine(endpoint, stage)
        with machine.queues_read():
            yield machine
