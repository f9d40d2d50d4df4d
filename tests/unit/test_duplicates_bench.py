"""The labelled pairs hold the score to what the documents say of it; the benchmark counts right."""

from collections.abc import Sequence
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from functions.domain import duplicates, matter
from local.bench.duplicates import repeats
from local.bench.duplicates.busy import OF_EACH, Busy
from local.bench.duplicates.command import bench
from local.bench.duplicates.labelled import ENTERED_OTHERWISE, Figures, Pair, judge, read_pairs
from local.replay.draw import read_offices
from local.replay.rows import Complaint

PAIRS = read_pairs()
EASY = [pair for pair in PAIRS if not pair.is_hard]
TUNED = [pair for pair in PAIRS if not pair.is_locked]
LOCKED = [pair for pair in PAIRS if pair.is_locked]
OTHERWISE = read_pairs(ENTERED_OTHERWISE)


@pytest.mark.parametrize(
    ("pairs", "recall", "precision"),
    [
        pytest.param(EASY, 0.99, 0.96, id="easy"),
        pytest.param(TUNED, 0.98, 0.95, id="tuned on"),
        # Those that nobody looks at: what came out, and the documents tell.
        pytest.param(LOCKED, 0.83, 0.75, id="locked"),
        pytest.param(PAIRS, 0.95, 0.9, id="all"),
    ],
)
def test_the_score_is_as_good_as_the_documents_say(
    pairs: Sequence[Pair], recall: float, precision: float
) -> None:
    figures = judge(pairs)
    assert figures.recall >= recall
    assert figures.precision >= precision


def test_the_pairs_are_of_use() -> None:
    assert (len(EASY), len(TUNED) - len(EASY), len(LOCKED)) == (234, 180, 96)
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


def test_the_pairs_that_were_entered_otherwise_are_of_use() -> None:
    assert len({pair.number for pair in (*PAIRS, *OTHERWISE)}) == len(PAIRS) + len(OTHERWISE)
    for locked in (False, True):
        side = [pair for pair in OTHERWISE if pair.is_locked is locked]
        assert [pair.label for pair in side].count("same") * 2 == len(side) == 20
        assert {pair.kind for pair in side} == {"other-category", "no-category", "police-office"}
    for pair in OTHERWISE:
        one, other = pair.one.subject, pair.other.subject
        assert one is not None
        assert other is not None
        assert pair.one.caller.phone != pair.other.caller.phone
        assert one.category != other.category or other.district is None


def test_a_busy_district_hides_hardly_any_call_by_another_citizen() -> None:
    of_others = [
        pair for pair in TUNED if pair.label == "same" if pair.one.caller.phone != pair.other.caller.phone
    ]
    assert len(of_others) > 100
    busy = Busy(TUNED)
    alone, crowded = busy.judge(of_others, 0), busy.judge(of_others, 4 * OF_EACH)
    assert alone.reached == len(of_others)
    assert crowded.reached >= 0.97 * len(of_others)
    assert crowded.found_of_others >= 0.9 * len(of_others)
    assert crowded.most_compared <= matter.COMPARED + duplicates.OF_CALLER
    assert crowded.queries <= 14 * crowded.calls


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
    assert max(compared) <= matter.COMPARED + duplicates.OF_CALLER
    assert max(compared) - min(compared) < 30


def test_the_command_says_both(tmp_path: Path) -> None:
    app = typer.Typer()
    app.command()(bench)
    path = tmp_path / "calls.csv"
    path.write_text("text\nNo water\nNo water \nDog bites\n", encoding="utf-8")
    done = CliRunner().invoke(app, ["--file", str(path), "--column", "text", "--a-day", "0"])
    assert done.exit_code == 0
    assert "locked, hard" in done.stdout
    assert "0 unrelated a day" in done.stdout
    assert "3 rows: 1 of 1 exact repeats found" in done.stdout
    refused = CliRunner().invoke(app, ["--file", str(path), "--column", "none"])
    assert refused.exit_code == 1
