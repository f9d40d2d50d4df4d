"""Which of two uploads is the later one."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.domain.upload import Upload
from tests.builders import NOW, upload

A_SECOND = timedelta(seconds=1)
sequencers = st.text("0123456789ABCDEFabcdef", min_size=1, max_size=20)
moments = st.integers(-3, 3).map(lambda seconds: NOW + seconds * A_SECOND)
uploads = st.builds(upload, st.sampled_from(["v1", "v2", "v3"]), at=moments, sequencer=sequencers)


def test_s3s_own_order_counts_more_than_its_clocks() -> None:
    first = upload("v1", at=NOW + A_SECOND, sequencer="0055AED6DCD90281E5")
    second = upload("v2", at=NOW, sequencer="0055AED6DCD90281E6")
    assert second.is_later_than(first)
    assert not first.is_later_than(second)


@pytest.mark.parametrize(
    ("earlier", "later"), [("0055", "00550"), ("0055A", "0055B0"), ("009", "00A"), ("0a", "0B")]
)
def test_sequencers_of_different_length_are_read_from_the_left(earlier: str, later: str) -> None:
    assert not upload(sequencer=earlier).is_later_than(upload(sequencer=later))
    assert upload(sequencer=later + "1").is_later_than(upload(sequencer=earlier))


@pytest.mark.parametrize("sequencer", [None, "0055AED6DCD90281E5"])
def test_without_both_sequencers_the_time_decides(sequencer: str | None) -> None:
    later = upload("v1", at=NOW + A_SECOND, sequencer=sequencer)
    assert later.is_later_than(upload("v2"))
    assert not upload("v2").is_later_than(later)


def test_of_one_second_the_version_decides_so_that_all_decide_alike() -> None:
    assert upload("v2").is_later_than(upload("v1"))
    assert not upload("v1").is_later_than(upload("v2"))


@given(one=uploads, other=uploads)
def test_of_two_uploads_one_is_later_and_never_both(one: Upload, other: Upload) -> None:
    assert not (one.is_later_than(other) and other.is_later_than(one))
    assert not one.is_later_than(one)
