"""The labelled pairs hold the score to what the documents say of it; the benchmark counts right."""

from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from local.bench.duplicates import repeats
from local.bench.duplicates.command import bench
from local.bench.duplicates.labelled import Figures, Pair, judge, read_pairs
from local.replay.draw import read_offices
from local.replay.rows import Complaint

PAIRS = read_pairs()
EASY = [pair for pair in PAIRS if not pair.is_hard]
TUNED = [pair for pair in PAIRS if not pair.is_locked]
LOCKED = [pair for pair in PAIRS if pair.is_locked]


@pytest.mark.parametrize(
    ("pairs", "recall", "precision"),
    [
        pytest.param(EASY, 1.0, 0.97, id="easy"),
        pytest.param(TUNED, 0.95, 0.9, id="tuned on"),
        # Those that nobody looks at: what came out, and the documents tell.
        pytest.param(LOCKED, 0.66, 0.74, id="locked"),
    ],
)
def test_the_score_is_as_good_as_the_documents_say(
    pairs: list[Pair], recall: float, precision: float
) -> None:
    figures = judge(pairs)
    assert figures.recall >= recall
    assert figures.precision >= precision


def test_the_pairs_are_of_use() -> None:
    assert (len(EASY), len(TUNED) - len(EASY), len(LOCKED)) == (234, 120, 60)
    assert len({pair.number for pair in PAIRS}) == len(PAIRS)
    for pairs in (EASY, TUNED, LOCKED):
        assert sum(pair.label == "same" for pair in pairs) * 2 == len(pairs)
    assert {(pair.label, pair.kind) for pair in PAIRS} == {
        ("same", "same-caller"),
        ("same", "many-citizens"),
        ("same", "family"),
        ("same", "repeat"),
        ("same", "script"),
        ("same", "language"),
        ("different", "other-matter"),
        ("different", "other-village"),
        ("different", "caller-other-matter"),
        ("different", "other-problem"),
        ("different", "other-person"),
        ("different", "other-object"),
        ("different", "mended"),
    }
    # No text stands on both sides, so that what was tuned on tells nothing of what was locked.
    sides = [
        {one.subject.summary for pair in side for one in (pair.one, pair.other) if one.subject}
        for side in (TUNED, LOCKED)
    ]
    assert not sides[0] & sides[1]


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
    assert "locked, hard" in done.stdout
    assert "3 rows: 1 of 1 exact repeats found" in done.stdout
    refused = CliRunner().invoke(app, ["--file", str(path), "--column", "none"])
    assert refused.exit_code == 1
