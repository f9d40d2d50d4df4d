"""Where several processes run the tests, each is run, and what shares a deployment stays together."""

from __future__ import annotations

import pytest
from xdist.scheduler import LoadScopeScheduling

from tests.conftest import ByFolder


@pytest.fixture
def scheduler() -> ByFolder:
    return ByFolder.__new__(ByFolder)


def test_the_stacks_tests_go_to_one_process_and_others_file_by_file(scheduler: ByFolder) -> None:
    stack = {
        scheduler._split_scope(nodeid)
        for nodeid in ("tests/stack/test_a.py::test_x[a::b]", "tests/stack/test_b.py::test_y")
    }
    assert stack == {"tests/stack"}
    assert scheduler._split_scope("tests/workflow/test_paths.py::test_x") == "tests/workflow"
    assert scheduler._split_scope("tests/unit/test_a.py::test_x") == "tests/unit/test_a.py"


def test_tests_that_share_an_id_are_each_run(scheduler: ByFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    taken: list[list[str]] = []
    monkeypatch.setattr(LoadScopeScheduling, "add_node_collection", lambda *given: taken.append(given[2]))
    scheduler.add_node_collection("gw0", ["a.py::x", "a.py::x", "a.py::y", "a.py::x"])
    (collection,) = taken
    assert len(set(collection)) == 4
    assert {scheduler._split_scope(nodeid) for nodeid in collection} == {"a.py"}
