"""The labelled pairs hold the score to what the documents say of it; the benchmark counts right."""

from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from local.bench.duplicates import repeats
from local.bench.duplicates.command import bench
from local.bench.duplicates.labelled import Figures, judge, read_pairs
from local.replay.draw import read_offices
from local.replay.rows import Complaint

PAIRS = read_pairs()
TUNED = [pair for pair in PAIRS if pair.number % 2 == 0]
HELD_OUT = [pair for pair in PAIRS if pair.number % 2]


@pytest.mark.parametrize("half", [TUNED, HELD_OUT], ids=["tuned on", "held out"])
def test_what_is_the_same_is_proposed_and_little_else(half: list[object]) -> None:
    figures = judge(pair for pair in PAIRS if pair in half)
    assert figures.recall >= 0.95
    assert figures.precision >= 0.9


def test_the_pairs_are_of_use() -> None:
    assert len(PAIRS) >= 160
    assert len({pair.number for pair in PAIRS}) == len(PAIRS)
    same = [pair for pair in PAIRS if pair.label == "same"]
    assert len(same) * 2 == len(PAIRS)
    assert {pair.kind for pair in PAIRS} == {
        "same-caller",
        "many-citizens",
        "repeat",
        "script",
        "other-matter",
        "other-village",
        "caller-other-matter",
        "other-problem",
    }
    # No text stands in both halves, so that what was tuned on tells nothing of what was held out.
    halves = [
        {one.subject.summary for pair in half for one in (pair.one, pair.other) if one.subject}
        for half in (TUNED, HELD_OUT)
    ]
    assert not halves[0] & halves[1]


def test_figures_of_nothing_are_none() -> None:
    assert (Figures().recall, Figures().precision) == (0, 0)


def test_repeats_are_counted_and_found() -> None:
    texts = ["Pothole at the school gate", "No water for a week", "Pothole at the school gate", "Dog bites"]
    rows = [Complaint(number, text, None) for number, text in enumerate([*texts, texts[0]], 1)]
    found = repeats.find(rows, read_offices())
    assert (found.records, found.repeats, found.found) == (5, 2, 2)
    # The third of a kind is proposed with both before it.
    assert found.proposed == 3


def test_the_number_of_comparisons_stays_when_the_file_grows() -> None:
    rows = [Complaint(number, f"Text of row {number}", None) for number in range(100)]
    compared = [pace.compared for pace in repeats.pace(rows, (1000, 2000, 3000))]
    assert max(compared) <= 95
    assert max(compared) - min(compared) < 30


def test_the_command_says_both(tmp_path: Path) -> None:
    app = typer.Typer()
    app.command()(bench)
    path = tmp_path / "calls.csv"
    path.write_text("text\nNo water\nNo water \nDog bites\n", encoding="utf-8")
    done = CliRunner().invoke(app, ["--file", str(path), "--column", "text"])
    assert done.exit_code == 0
    assert "held out (odd)" in done.stdout
    assert "3 rows: 1 of 1 exact repeats found" in done.stdout
    refused = CliRunner().invoke(app, ["--file", str(path), "--column", "none"])
    assert refused.exit_code == 1
