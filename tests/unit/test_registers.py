"""The registers, and the samples beside them, hold together."""

import csv
import re
import unicodedata
from datetime import date
from pathlib import Path

import phonenumbers
import pytest

from functions.domain import checks_of_fields
from local import sample_officers

ROOT = Path(__file__).resolve().parents[2]
REGISTERS = ROOT / "functions" / "registers"
SAMPLES = ROOT / "samples"
LADDERS = {"department": "secretariat", "district": "district"}


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, strict=True))


def register(name: str) -> list[dict[str, str]]:
    return rows(REGISTERS / f"{name}.csv")


def codes(name: str) -> set[str]:
    return {row["code"] for row in register(name)}


def officers() -> list[dict[str, str]]:
    return rows(SAMPLES / "registry" / "officers.csv")


def is_valid(phone: str) -> bool:
    return phonenumbers.is_valid_number(phonenumbers.parse(phone))


def ladder_of(office: str) -> str:
    kinds = {row["code"]: f"police_{row['kind']}" for row in register("police_offices")}
    kinds |= dict.fromkeys(codes("departments"), LADDERS["department"])
    return (kinds | dict.fromkeys(codes("districts"), LADDERS["district"]))[office]


@pytest.mark.parametrize(
    ("name", "count"),
    [("departments", 55), ("districts", 23), ("police_offices", 35), ("schemes", 40), ("categories", 29)],
)
def test_codes_are_unique_and_whole(name: str, count: int) -> None:
    found = register(name)
    assert len(found) == len(codes(name)) == count


@pytest.mark.parametrize(
    "path", [*REGISTERS.glob("*.csv"), *SAMPLES.rglob("*.csv")], ids=lambda path: path.name
)
def test_files_are_tidy(path: Path) -> None:
    text = path.read_bytes().decode("utf-8")
    assert "\r" not in text
    assert text.endswith("\n")
    assert unicodedata.is_normalized("NFC", text)
    for row in rows(path):
        assert None not in row
        assert all(value == value.strip() for value in row.values())
        assert row.get("source", "uploaded files have no source")


def test_no_code_names_two_offices() -> None:
    together = [*codes("departments"), *codes("districts"), *codes("police_offices")]
    assert len(together) == len(set(together))


@pytest.mark.parametrize("name", ["departments", "districts", "police_offices", "schemes", "categories"])
def test_bengali_names_are_bengali(name: str) -> None:
    for row in register(name):
        assert re.search("[\u0980-\u09ff]", row["name_bn"])
        assert not re.search("[A-Za-z]", row["name_bn"])


def test_schemes_and_categories_name_known_departments() -> None:
    known = codes("departments")
    assert all(set(row["departments"].split(";")) <= known for row in register("schemes"))
    assert {row["default_department"] for row in register("categories")} <= known
    assert {row["emergency_candidate"] for row in register("categories")} == {"no", "possible", "yes"}
    assert "benefit-not-received" in codes("categories")


def test_words_of_danger_stand_once_in_a_language_and_name_known_categories() -> None:
    words = register("emergency_words")
    assert len({(row["language"], row["word"]) for row in words}) == len(words) > 300
    assert {row["language"] for row in words} == {"bn", "bn-Latn", "en", "hi", "hi-Latn", "ne"}
    assert {row["category"] for row in words} <= codes("categories") | {""}


def test_subjects_that_are_not_taken_up_have_words_in_three_languages() -> None:
    assert {"sub-judice", "rti", "service-matter"} <= codes("not_taken_up")
    for row in register("not_taken_up"):
        assert all(row[column] for column in ("name", "words_en", "words_bn", "words_hi"))


def test_the_categories_that_the_checks_know_are_in_the_register() -> None:
    assert set(checks_of_fields._KIND_OF_CATEGORY) <= codes("categories")
    police = {row["default_department"] for row in register("categories") if row["code"] == "police-inaction"}
    assert police == {checks_of_fields._POLICE_DEPARTMENT}


def test_police_offices_lie_in_known_districts() -> None:
    covered = {code for row in register("police_offices") for code in row["districts"].split(";")}
    assert covered == codes("districts")
    assert {row["kind"] for row in register("police_offices")} == {"commissionerate", "district"}
    assert all(row["code"].startswith("POL-") for row in register("police_offices"))


def test_announced_districts_have_known_parents() -> None:
    assert {row["parent_code"] for row in register("announced_districts")} <= codes("districts")


def test_ranks_are_unique_and_the_floor_divides_a_ladder() -> None:
    ranks = register("ranks")
    assert len({row["rank"] for row in ranks}) == len(ranks)
    for ladder in {row["ladder"] for row in ranks}:
        steps = sorted((int(row["order"]), row["nodal_floor"]) for row in ranks if row["ladder"] == ladder)
        floors = [floor for _, floor in steps]
        assert floors == sorted(floors, reverse=True)
        assert set(floors) == ({""} if ladder.startswith("police_") else {"true", "false"})


def test_service_levels_have_one_default() -> None:
    expected = {
        "department": "*",
        "category": "*",
        "amount": "7",
        "unit": "working_days",
        "reminders": "50;80",
    }
    assert register("service_levels") == [expected]


def test_every_office_has_its_officers() -> None:
    wanted = {
        (code, level)
        for name in ("departments", "districts", "police_offices")
        for code in codes(name)
        for level in ("nodal", "head")
    }
    found = [(row["office"], row["level"]) for row in officers()]
    assert sorted(found) == sorted({*wanted, ("CMO", "apex")})


def test_officers_have_a_rank_of_their_ladder_and_nodals_meet_its_floor() -> None:
    ranks = {row["rank"]: row for row in register("ranks")}
    heads = {row["code"]: row["head_post"] for row in register("police_offices")}
    for row in officers():
        rank = ranks[row["rank"]]
        assert rank["ladder"] == ladder_of(row["office"])
        assert rank["nodal_floor"] != "false"
        if row["level"] == "head":
            assert row["rank"] == heads.get(row["office"], row["rank"])


def test_heads_stand_above_their_nodals() -> None:
    order = {row["rank"]: int(row["order"]) for row in register("ranks")}
    places = {(row["office"], row["level"]): order[row["rank"]] for row in officers()}
    assert all(
        places[office, "head"] < places[office, "nodal"] for office, level in places if level == "nodal"
    )


def test_officers_are_reachable_and_plainly_made_up() -> None:
    found = officers()
    assert len({row["phone"] for row in found}) == len({row["email"] for row in found}) == len(found)
    assert len({row["name"] for row in found}) == len(found)
    for row in found:
        assert is_valid(row["phone"])
        assert row["phone"].startswith("+9190000")
        assert row["whatsapp"] == row["phone"]
        assert row["email"].endswith(".example")
        assert row["name"].endswith(" (sample)")
        assert row["language"] in {"bn", "en"}
        assert date.fromisoformat(row["valid_from"]) == date(2026, 1, 1)
        assert not row["valid_to"]


def test_the_officers_file_is_what_its_generator_writes() -> None:
    text = (SAMPLES / "registry" / "officers.csv").read_bytes().decode("utf-8")
    assert text == sample_officers.as_csv()


def test_holidays_parse_in_order() -> None:
    dates = [date.fromisoformat(row["date"]) for row in rows(SAMPLES / "registry" / "holidays.csv")]
    assert dates == sorted(set(dates))
    assert {day.year for day in dates} == {2026}
