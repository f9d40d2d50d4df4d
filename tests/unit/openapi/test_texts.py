"""Texts and references are refused by the same characters in schema and code."""

from __future__ import annotations

import re
import sys

import pytest
from pydantic import TypeAdapter, ValidationError

from functions.domain import reference as references
from functions.domain.errors import (
    Refused,
)
from functions.domain.text import Name, Summary, clean
from infra.openapi_schemas import REFERENCE as REFERENCE_SCHEMA


def test_texts_are_refused_by_the_same_characters() -> None:
    name, summary = (TypeAdapter(kind).json_schema()["pattern"] for kind in (Name, Summary))
    for number in range(sys.maxunicode + 1):
        text = f"a{chr(number)}"
        if 0xD800 <= number <= 0xDFFF:
            continue  # a lone surrogate is in no JSON text
        try:
            clean(text)
        except ValueError:
            taken = False
        else:
            taken = True
        assert bool(re.search(name, text)) == bool(re.search(summary, text)) == taken, hex(number)


@pytest.mark.parametrize("blank", ["", " ", "\t\n", "\u00a0", "\u3000 "])
def test_a_text_that_must_not_be_blank_is_refused_by_the_pattern_too(blank: str) -> None:
    adapter = TypeAdapter(Summary)
    assert not re.search(adapter.json_schema()["pattern"], blank)
    with pytest.raises(ValidationError):
        adapter.validate_python(blank)


@pytest.mark.parametrize(
    ("spelt", "taken"),
    [
        ("SSM-4821-903-7717", True),
        ("ssm 4821 903 7717", True),
        (" SSM48219037717 ", True),
        ("SSM-4821-9037717", True),
        ("4821-903-7717", False),
        ("SSM-4821-903-771", False),
        ("SSM--4821-903-7717", False),
        ("SSM-৪৮২১-903-7717", False),
    ],
)
def test_a_reference_is_spelt_as_the_pattern_says(spelt: str, taken: bool) -> None:  # noqa: FBT001 - pytest hands it in
    assert bool(re.search(REFERENCE_SCHEMA["pattern"], spelt)) == taken
    if taken:
        assert references.parse(spelt) == "SSM-4821-903-7717"
    else:
        with pytest.raises(Refused):
            references.parse(spelt)
