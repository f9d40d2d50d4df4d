"""Ranks that are held ex officio: read as the rank they name, and counted where the deployment says so."""

import pytest

from functions.adapters.bundled import registers
from functions.domain.office import Level, ex_officio_rank, may_serve
from functions.registry.files import COLUMNS, OFFICERS, check

EX_OFFICIO = "OSD & e.o. Joint Secretary"


@pytest.mark.parametrize(
    ("rank", "named"),
    [
        (EX_OFFICIO, "Joint Secretary"),
        ("OSD and E.O. Joint Secretary", "Joint Secretary"),
        ("Director & eo Special Secretary", "Special Secretary"),
        ("Director, Agriculture & ex-officio Secretary", "Secretary"),
        ("Commissioner and Ex Officio Principal Secretary", "Principal Secretary"),
        ("Joint Secretary", None),
        ("Registrar / OSD / Special Officer", None),
        ("District Magistrate & Collector", None),
        ("Deputy Magistrate & Deputy Collector", None),
        ("e.o. Joint Secretary", None),
        ("OSD & e.o. ", None),
        ("Theo Joint Secretary", None),
    ],
)
def test_a_rank_held_by_office_is_told_from_one_of_ones_own(rank: str, named: str | None) -> None:
    assert ex_officio_rank(rank) == named


def test_no_rank_of_the_ladders_is_taken_for_one_held_by_office() -> None:
    assert not [row.rank for row in registers().ranks if ex_officio_rank(row.rank)]


@pytest.mark.parametrize(
    ("rank", "level", "counts", "reason"),
    [
        (EX_OFFICIO, Level.NODAL, True, None),
        (EX_OFFICIO, Level.NODAL, False, "is held ex officio"),
        (EX_OFFICIO, Level.HEAD, False, None),
        ("OSD & e.o. Deputy Secretary", Level.NODAL, True, "below the SOP's floor"),
        ("OSD & e.o. Wizard", Level.NODAL, True, "is not a rank"),
        ("Joint Secretary", Level.NODAL, False, None),
    ],
)
def test_it_meets_the_floor_where_the_deployment_says_so(
    rank: str, level: Level, reason: str | None, *, counts: bool
) -> None:
    office = registers().offices["HFW"]
    found = may_serve(level, office, rank, registers().ranks, ex_officio_counts=counts)
    assert (found is None) if reason is None else (found is not None and reason in found)


def test_the_police_have_no_floor_to_meet() -> None:
    office = registers().offices["POL-RANAGHAT"]
    rank = "OSD & e.o. Superintendent of Police"
    assert may_serve(Level.NODAL, office, rank, registers().ranks, ex_officio_counts=False) is None


@pytest.mark.parametrize("counts", [True, False])
def test_a_file_is_checked_by_what_the_deployment_says(*, counts: bool) -> None:
    row = f"HFW,nodal,A. Roy,{EX_OFFICIO},{EX_OFFICIO},+919000000001,,a@wb.example,bn,2026-01-01,"
    content = ",".join(COLUMNS[OFFICERS]) + "\n" + row + "\n"
    checked = check(OFFICERS, content.encode(), registers(), ex_officio_counts=counts)
    assert [(error.line, error.column) for error in checked.errors] == ([] if counts else [(2, "rank")])
    assert [one.rank for one in checked.officers] == [EX_OFFICIO]
